//! Accounts through their front door: who they are, signing in, sessions, links, backup.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

/// Makes of each function two tests, one on SQLite and one on PostgreSQL.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $name() {
                super::$name(&crate::place::Place::new(None));
            })*
        }
        mod postgres {
            $(#[test]
            fn $name() {
                match std::env::var("MUNIMENT_TEST_POSTGRES") {
                    Ok(server) => super::$name(&crate::place::Place::new(Some(server))),
                    Err(_) => eprintln!("skipped: MUNIMENT_TEST_POSTGRES names no database"),
                }
            })*
        }
    };
}

mod device;
mod factors;
mod idp;
mod keeping;
mod linked;
mod links;
mod people;
mod place;
mod provider;
mod sessions;
mod signing_in;
mod tokens;
