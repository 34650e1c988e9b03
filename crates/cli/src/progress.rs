//! Progress of long work, on a terminal only.

use std::{
    io::{IsTerminal, stderr},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget};

/// A sign of life while something takes long; gone when dropped.
pub struct Busy(ProgressBar);

impl Busy {
    /// Says what is being done.
    pub fn with(what: &'static str) -> Self {
        let bar = ProgressBar::no_length().with_message(what);
        let bar = match stderr().is_terminal() {
            true => bar,
            false => {
                bar.set_draw_target(ProgressDrawTarget::hidden());
                bar
            }
        };
        if let Ok(style) = indicatif::ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
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
