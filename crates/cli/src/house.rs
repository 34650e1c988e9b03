//! What is done beside the pages, again and again: the list of all jobs, and the threads at them.

use std::{
    sync::Arc,
    thread::{self, JoinHandle},
};

use app::{App, Clock, Job, Stop, hooks::HookSettings, mail::Mailer};
use web::Post;

use crate::{
    configuration::{Backup, Mail, Webhooks},
    place::Place,
};

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

/// All jobs of an installation whose pages are at this address.
///
/// # Errors
/// When the configuration cannot be read.
pub fn jobs(place: &Place, origin: &str, post: &Post) -> anyhow::Result<Vec<Job>> {
    let mut jobs = Job::housekeeping();
    jobs.extend(web::jobs(origin, &Clock::system(), post));
    let backup: Backup = place.configuration().read()?;
    jobs.extend(backup.plan().map(Job::backup));
    Ok(jobs)
}

/// How people outside of the pages are reached.
///
/// # Errors
/// When the configuration contradicts itself.
pub fn post(place: &Place) -> anyhow::Result<Post> {
    let webhooks: Webhooks = place.configuration().read()?;
    let hooks = HookSettings { allow_private: webhooks.allow_private };
    Ok(Post { mailer: mailer(place)?, hooks })
}

/// What sends mail, where that is set up.
///
/// # Errors
/// When the configuration contradicts itself.
pub fn mailer(place: &Place) -> anyhow::Result<Option<Arc<Mailer>>> {
    let mail: Mail = place.configuration().read()?;
    let mailer = mail.smtp()?.map(|it| Mailer::new(&it)).transpose()?;
    Ok(mailer.map(Arc::new))
}
