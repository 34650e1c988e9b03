//! One suite for both databases.
//!
//! PostgreSQL is tested where `MUNIMENT_TEST_POSTGRES` holds the address of a database in which
//! schemas may be made; `cargo xtask test` sets it.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

/// Makes of each function two tests, one on SQLite and one on PostgreSQL.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $name() {
                super::$name(&crate::place::Place::sqlite());
            })*
        }
        mod postgres {
            $(#[test]
            fn $name() {
                if let Some(place) = crate::place::Place::postgres() {
                    super::$name(&place);
                }
            })*
        }
    };
}

/// The same, and one on SQLite with files in a bucket. The bucket is tested where
/// `MUNIMENT_TEST_S3` holds the address of one that may be written to.
macro_rules! on_bucket_too {
    ($($name:ident),* $(,)?) => {
        on_both!($($name),*);
        mod bucket {
            $(#[test]
            fn $name() {
                if let Some(place) = crate::place::Place::bucket() {
                    super::$name(&place);
                }
            })*
        }
    };
}

mod accounts;
mod commit;
mod erasing;
mod files;
mod leases;
mod opening;
mod outbox;
mod outline;
mod place;
mod reading;
mod sharing;
mod versions;
mod writing;
