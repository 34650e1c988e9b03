//! Every kind of record, one file each.
//!
//! Must not know storage or HTTP. A kind is one documented struct: doc comments are the help texts
//! of forms, API and manual. Start reading at [`risk`](mod@risk); `docs/adding-a-kind.md` tells how
//! to add one.

pub mod action;
pub mod approval;
pub mod assessment_round;
pub mod asset;
pub mod comment;
pub mod control;
pub mod determination;
pub mod document;
pub mod event_report;
pub mod evidence;
pub mod gap_answer;
pub mod gap_assessment;
pub mod interested_party;
pub mod issue;
pub mod ledger_event;
pub mod membership;
pub mod objective;
pub mod obligation;
pub mod opportunity;
pub mod organization;
pub mod person;
pub mod requirement;
pub mod risk;
pub mod risk_method;
pub mod role;
pub mod scope;
pub mod site;
pub mod supplier;
pub mod unit;

mod shared;

pub use meta::Kind;
use meta::{KindDef, Ref};
pub use shared::{Cia, Degree, InScope, PersonalData, Side, YesNo};

/// Who answers for something: a role or a person. A role stands for whoever holds it that day.
pub type Holder = Ref<(role::Role, person::Person)>;

/// Every kind, in the order of menus.
pub static KINDS: &[&KindDef] = &[
    organization::Organization::DEF,
    unit::Unit::DEF,
    site::Site::DEF,
    issue::Issue::DEF,
    interested_party::InterestedParty::DEF,
    requirement::Requirement::DEF,
    obligation::Obligation::DEF,
    scope::Scope::DEF,
    determination::Determination::DEF,
    opportunity::Opportunity::DEF,
    role::Role::DEF,
    person::Person::DEF,
    asset::Asset::DEF,
    supplier::Supplier::DEF,
    risk_method::RiskMethod::DEF,
    risk::Risk::DEF,
    assessment_round::AssessmentRound::DEF,
    control::Control::DEF,
    action::Action::DEF,
    objective::Objective::DEF,
    document::Document::DEF,
    evidence::Evidence::DEF,
    event_report::EventReport::DEF,
    gap_assessment::GapAssessment::DEF,
    gap_answer::GapAnswer::DEF,
    membership::Membership::DEF,
    comment::Comment::DEF,
    approval::Approval::DEF,
    ledger_event::LedgerEvent::DEF,
];

/// The place of the kind with this id in [`KINDS`].
///
/// # Panics
/// When there is none.
pub const fn place(id: &str) -> u8 {
    let mut at = 0;
    loop {
        let (one, other) = (KINDS[at].id.as_bytes(), id.as_bytes());
        let mut same = 0;
        while same < one.len() && same < other.len() && one[same] == other[same] {
            same += 1;
        }
        if same == one.len() && same == other.len() {
            return at as u8;
        }
        at += 1;
    }
}

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
