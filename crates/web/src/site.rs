//! What all requests share.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
    time::Duration,
};

use app::{App, Clock, Organization, provider::Provider};
use meta::Id;
use tokio::sync::Semaphore;

use crate::{
    Metrics, Proxies, ProxyHeader,
    admitted::Admitted,
    api::{self, Bearers},
    curves::Curves,
    mails::Post,
    noted::GoOn,
    pages,
    papers::Papers,
    past::Pasts,
    remembered::Remembered,
    upload::Shelf,
    verdicts::Verdicts,
};

/// How the site is reached and what it allows.
#[derive(Clone)]
pub struct Settings {
    /// The address that people type, without a slash at the end: `https://isms.example.org`.
    pub origin: String,
    /// Whether people reach it by HTTPS: then cookies are bound to the host and HSTS is sent.
    pub secure: bool,
    /// Which proxies in front are trusted to name the address of who asks.
    pub proxies: Proxies,
    /// The header in which they name it.
    pub proxy_header: ProxyHeader,
    /// The largest upload, in bytes.
    pub largest_upload: u64,
    /// The folder for uploads on their way; the system's when absent.
    pub uploads: Option<PathBuf>,
    /// How long a body may stand still on its way.
    pub patience: Duration,
    /// Who bears this token is shown the metrics; nobody when absent.
    pub metrics_token: Option<String>,
    /// Where traces are wanted: how one goes on with that of a trusted proxy.
    pub traces: Option<GoOn>,
    /// How people sign in.
    pub sign_in: app::accounts::SignIn,
}

impl Default for Settings {
    /// Plain HTTP on this machine.
    fn default() -> Self {
        Self {
            origin: "http://127.0.0.1".to_owned(),
            secure: false,
            proxies: Proxies::default(),
            proxy_header: ProxyHeader::default(),
            largest_upload: 200_000_000,
            uploads: None,
            patience: Duration::from_secs(30),
            metrics_token: None,
            traces: None,
            sign_in: app::accounts::SignIn::default(),
        }
    }
}

/// The running site: the installation, and what is kept beside it for quick answers.
pub struct Site {
    /// The installation.
    pub app: App,
    /// How it is reached.
    pub settings: Settings,
    /// The clock that the installation runs by.
    pub clock: Clock,
    /// What is counted.
    pub metrics: Metrics,
    /// Whether it was asked to stop.
    pub(crate) stopping: AtomicBool,
    /// How it reaches people outside of its pages.
    pub post: Post,
    pub(crate) papers: Box<dyn Papers>,
    pub(crate) providers: Vec<Provider>,
    pub(crate) shelf: Shelf,
    /// Turns at computing a page: one for each core.
    pub(crate) turns: Arc<Semaphore>,
    /// Tokens that programs showed a moment ago.
    pub(crate) bearers: Bearers,
    pub(crate) remembered: Remembered,
    beside: Mutex<HashMap<Id, Arc<Beside>>>,
}

/// What is kept beside the records of one organization: all of it can be made again.
#[derive(Default)]
pub(crate) struct Beside {
    /// The last finished verdicts.
    pub(crate) verdicts: Arc<Verdicts>,
    /// What members may do.
    pub(crate) admitted: Admitted,
    /// Earlier points of the ledger that somebody looks at.
    pub(crate) pasts: Pasts,
    /// Statements of Applicability that were made last.
    pub(crate) soa: pages::soa::Sheets,
    /// Orders, answers and texts of lists and searches.
    pub(crate) lists: domain::Cache,
    /// What the checks say about single records.
    pub(crate) marks: pages::records::Marks,
    /// JSON of records that programs read.
    pub(crate) kept: api::Kept,
    /// Figures over time.
    pub(crate) curves: Arc<Curves>,
}

impl Site {
    /// A site on this installation.
    ///
    /// # Errors
    /// When there is no room for uploads.
    pub fn new(
        app: App,
        clock: Clock,
        settings: Settings,
        papers: Box<dyn Papers>,
    ) -> std::io::Result<Self> {
        let shelf = Shelf::new(settings.uploads.as_deref())?;
        let cores = std::thread::available_parallelism().map_or(1, |it| it.get());
        let turns = Arc::new(Semaphore::new(cores));
        let providers = settings.sign_in.providers.iter();
        let providers = providers.map(|it| Provider::new(it.clone(), clock.clone())).collect();
        let (metrics, stopping) = (Metrics::default(), AtomicBool::new(false));
        Ok(Self {
            app,
            settings,
            clock,
            metrics,
            post: Post::default(),
            stopping,
            papers,
            providers,
            shelf,
            turns,
            bearers: Bearers::default(),
            remembered: Remembered::default(),
            beside: Mutex::default(),
        })
    }

    /// The same site, which reaches people outside of its pages so.
    #[must_use]
    pub fn with_post(self, post: Post) -> Self {
        Self { post, ..self }
    }

    /// The provider of this short name.
    pub(crate) fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|it| it.settings().id == id)
    }

    pub(crate) fn beside(&self, organization: &Organization) -> Arc<Beside> {
        let mut all = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = all.get(&organization.id()) {
            return found.clone();
        }
        // What was kept for organizations that are in memory no longer goes with them.
        let loaded = self.app.loaded();
        all.retain(|id, _| loaded.iter().any(|it| it.id() == *id));
        all.entry(organization.id()).or_default().clone()
    }
}
