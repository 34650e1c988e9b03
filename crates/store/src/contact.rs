//! Whether the server of the database answers. A network that swallows everything gives no error:
//! a thread asks every second, and who waits for an answer gives up when none came for long.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use crate::Address;
use crate::db::Connection;

/// Without an answer for so long, a process is cut off from its database.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
/// How often it is asked.
const EVERY: Duration = Duration::from_secs(1);

/// When the server last answered, as far as anybody keeps an eye on it.
#[derive(Default)]
pub(crate) struct Contact {
    last: Mutex<Option<Instant>>,
}

impl Contact {
    /// How long ago the server last answered, when that is too long.
    pub(crate) fn cut_off(&self) -> Option<Duration> {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.map(|it| it.elapsed()).filter(|it| *it > PATIENCE)
    }

    /// Whether anybody keeps an eye on it.
    pub(crate) fn is_watched(&self) -> bool {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn answered(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

/// Keeps an eye on a server for as long as somebody holds `contact`.
pub(crate) fn watch(address: Address, contact: &Arc<Contact>) {
    if contact.is_watched() {
        return;
    }
    contact.answered();
    let contact = Arc::downgrade(contact);
    thread::spawn(move || ask(&address, &contact));
}

fn ask(address: &Address, contact: &Weak<Contact>) {
    let mut connection: Option<Connection> = None;
    // This thread may give up on its own question and must not on the next one.
    let own = Arc::<Contact>::default();
    while contact.strong_count() > 0 {
        own.answered();
        if connection.is_none() {
            connection = Connection::open_watched(address, &own).ok();
        }
        let answered = connection.as_ref().is_some_and(|it| {
            own.answered();
            it.first("select cast($1 as bigint)", &[1_i64.into()], |_| Ok(())).is_ok()
        });
        match (answered, contact.upgrade()) {
            (true, Some(contact)) => contact.answered(),
            _ => connection = None,
        }
        thread::sleep(EVERY);
    }
}
