//! Progress of long work, on a terminal only.

use std::{
    io::{IsTerminal, Read, Write, stderr},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A sign of life while something takes long, and how far it is where that is known; gone when
/// dropped.
pub struct Busy(ProgressBar);

impl Busy {
    /// Says what is being done, where nobody can tell how much of it there is.
    pub fn with(what: &'static str) -> Self {
        Self::new(ProgressBar::no_length(), what, "{spinner} {msg} {elapsed}")
    }

    /// Says what is being done, in so many steps.
    pub fn steps(what: &'static str, count: usize) -> Self {
        let bar = ProgressBar::new(count as u64);
        Self::new(bar, what, "{spinner} {msg} {wide_bar} {pos}/{len} {elapsed}")
    }

    /// One step further, with what is done next.
    pub fn step(&self, next: &'static str) {
        self.0.inc(1);
        self.0.set_message(next);
    }

    /// Reads through it: the bar shows how much of `size` bytes was read.
    pub fn reading<R: Read>(what: &'static str, size: u64, from: R) -> (Self, impl Read) {
        let bar = ProgressBar::new(size);
        let busy = Self::new(bar, what, "{spinner} {msg} {wide_bar} {bytes}/{total_bytes}");
        let reader = busy.0.wrap_read(from);
        (busy, reader)
    }

    /// Writes through it: the line shows how much was written.
    pub fn writing<W: Write>(&self, to: W) -> impl Write + use<W> {
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {bytes} {elapsed}") {
            self.0.set_style(style);
        }
        self.0.wrap_write(to)
    }

    fn new(bar: ProgressBar, what: &'static str, template: &str) -> Self {
        let bar = bar.with_message(what);
        if !stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
