//! What is done beside the pages, again and again: the list of all jobs, and the threads at them.

use std::thread::{self, JoinHandle};

use app::{App, Job, Stop};

/// Threads at work on jobs. Dropped, it lets them come to an end, and waits for that.
pub struct House {
    stop: Stop,
    working: Option<JoinHandle<()>>,
}

impl House {
    /// Begins to do these jobs whenever they are due.
    pub fn keep(app: App, jobs: Vec<Job>) -> Self {
        let stop = Stop::default();
        let told = stop.clone();
        let working = thread::spawn(move || app.work(&jobs, &told));
        Self { stop, working: Some(working) }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop.give();
        if let Some(working) = self.working.take() {
            working.join().ok();
        }
    }
}

/// All jobs of an installation.
pub fn jobs() -> Vec<Job> {
    Job::housekeeping()
}
