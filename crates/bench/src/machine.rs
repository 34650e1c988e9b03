//! The machine that is measured on.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    time::Instant,
};

use anyhow::Result;

use crate::figure::median;

/// What of a machine the figures depend on.
#[derive(Debug, Clone)]
pub struct Machine {
    /// What its processor is called.
    pub processor: String,
    /// How many threads it runs at once.
    pub cores: usize,
    /// Its memory in megabytes of 10^6 bytes.
    pub memory: f64,
    /// What it costs to append 4 KiB to a file and wait until they are on disk, in seconds.
    pub sync: f64,
    /// How many threads wanted to run in the minute before, on average.
    pub busy: f64,
}

impl Machine {
    /// Looks at this machine; files are written in `folder`.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn look(folder: &Path) -> Result<Self> {
        let processor = line("/proc/cpuinfo", "model name").unwrap_or("unknown".to_owned());
        let memory = line("/proc/meminfo", "MemTotal").and_then(|it| kilobytes(&it));
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        Ok(Self {
            processor,
            cores: std::thread::available_parallelism()?.get(),
            memory: memory.unwrap_or_default(),
            sync: sync(folder)?,
            busy: load.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or_default(),
        })
    }
}

/// A measure of this process' memory in megabytes of 10^6 bytes: `VmHWM` (the most it ever held)
/// or `VmRSS` (what it holds).
pub fn memory(measure: &str) -> Option<f64> {
    line("/proc/self/status", measure).and_then(|it| kilobytes(&it))
}

/// The processor time this process has used, in seconds of one thread; a machine that does
/// something else besides makes it no longer, as it does the time on the wall.
pub fn effort() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    let mut numbers = rest.split_whitespace().skip(11);
    let ticks = numbers.next()?.parse::<f64>().ok()? + numbers.next()?.parse::<f64>().ok()?;
    // Linux shows hundredths of a second to programs, whatever it counts in.
    Some(ticks / 100.0)
}

fn sync(folder: &Path) -> Result<f64> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        file.write_all(&[27; 4096])?;
        file.sync_data()?;
        times.push(start.elapsed().as_secs_f64());
    }
    fs::remove_file(path)?;
    Ok(median(times))
}

fn line(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let found = text.lines().find(|it| it.starts_with(name))?;
    Some(found.split_once(':')?.1.trim().to_owned())
}

fn kilobytes(text: &str) -> Option<f64> {
    Some(text.strip_suffix("kB")?.trim().parse::<f64>().ok()? * 1024.0 / 1e6)
}
