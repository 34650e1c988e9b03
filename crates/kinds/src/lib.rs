//! Every kind of record, one file each.
//!
//! Must not know storage or HTTP. A kind is one documented struct: doc comments are the help texts
//! of forms, API and manual. Start reading at [`risk`](mod@risk); `docs/adding-a-kind.md` tells how
//! to add one.

pub mod approval;
pub mod ledger_event;
pub mod person;
pub mod role;

mod shared;

pub use meta::Kind;
use meta::{KindDef, Ref};
pub use shared::{InScope, YesNo};

/// Who answers for something: a role or a person. A role stands for whoever holds it that day.
pub type Holder = Ref<(role::Role, person::Person)>;

/// Every kind, in the order of menus.
pub static KINDS: &[&KindDef] = &[
    role::Role::DEF,
    person::Person::DEF,
    approval::Approval::DEF,
    ledger_event::LedgerEvent::DEF,
];

/// The kind with this id, prefix or plural, in any case.
pub fn kind(name: &str) -> Option<&'static KindDef> {
    let is = |it: &str| {
        it.len() == name.len()
            && it.chars().zip(name.chars()).all(|(a, b)| {
                let fold =
                    |c: char| if c == ' ' || c == '-' { '_' } else { c.to_ascii_lowercase() };
                fold(a) == fold(b)
            })
    };
    KINDS.iter().find(|it| is(it.id) || is(it.prefix) || is(it.plural)).copied()
}
