//! The table: what each access profile allows, by act, kind and relation. Whether a record may be
//! seen at all is asked before.

use kinds::{approval::Purpose, membership::Profile};
use meta::KindDef;

use super::{Act, relation::Relation};

/// How much of the records a profile sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Breadth {
    /// Nothing.
    Nothing,
    /// Documents in force, and what concerns the person alone.
    Own,
    /// The registers, without memberships and event reports of others.
    Registers,
    /// Everything but event reports.
    ButReports,
    /// Everything.
    Everything,
}

/// How much of the records a profile sees.
pub(super) fn breadth(profile: Profile) -> Breadth {
    match profile {
        Profile::Administrator
        | Profile::IsmsManager
        | Profile::TopManagement
        | Profile::InternalAuditor => Breadth::Everything,
        Profile::ExternalAuditor => Breadth::ButReports,
        Profile::RiskOwner | Profile::ControlOwner | Profile::Contributor => Breadth::Registers,
        Profile::Employee => Breadth::Own,
    }
}

/// What a profile allows on the records as a whole.
pub(super) fn on_everything(profile: Profile, act: Act) -> bool {
    match act {
        Act::See => true,
        Act::SeeRegisters => breadth(profile) >= Breadth::Registers,
        Act::SeeSettings => breadth(profile) == Breadth::Everything,
        Act::SeeEverything | Act::SeeHistory | Act::Export => {
            breadth(profile) >= Breadth::ButReports
        }
        Act::Create
        | Act::Edit
        | Act::Move
        | Act::Judge
        | Act::Withdraw
        | Act::Merge
        | Act::Undo
        | Act::Import => keeps(profile),
        Act::Erase | Act::ManageAccess => profile == Profile::Administrator,
        Act::Approve(Purpose::Approve | Purpose::Publish) => leads(profile),
        Act::Approve(_) | Act::Comment => false,
    }
}

/// Whether a profile allows an act on some record of a kind, or on a new one.
pub(super) fn on_kind(profile: Profile, act: Act, def: &KindDef) -> bool {
    match act {
        Act::See => match breadth(profile) {
            Breadth::Nothing => false,
            Breadth::Own => {
                ["document", "person", "event_report", "action", "approval", "evidence"]
                    .contains(&def.id)
            }
            Breadth::ButReports => def.id != "event_report",
            Breadth::Registers | Breadth::Everything => true,
        },
        Act::Create => creates(profile, def.id),
        Act::Import => {
            let made_here = ["membership", "comment", "approval", ledger::EVENT_KIND];
            keeps(profile) && !made_here.contains(&def.id)
        }
        _ => on_record(profile, act, def, Relation::ANY),
    }
}

/// Whether a profile allows an act on a record that it sees.
pub(super) fn on_record(profile: Profile, act: Act, def: &KindDef, relation: Relation) -> bool {
    let kind = def.id;
    match act {
        Act::See => true,
        Act::SeeRegisters | Act::SeeHistory | Act::Export => breadth(profile) >= Breadth::Registers,
        Act::SeeEverything => breadth(profile) >= Breadth::ButReports,
        Act::SeeSettings => breadth(profile) == Breadth::Everything,
        Act::Create | Act::Import => on_kind(profile, act, def),
        Act::Edit => edits(profile, kind, relation),
        Act::Move => moves(profile, kind, relation),
        Act::Judge => judges(profile, kind, relation),
        // Hiding a decision takes its effect as taking it back does.
        Act::Withdraw if kind == "approval" => moves(profile, kind, relation),
        Act::Withdraw => {
            // What was told stays told.
            let own = relation.author && relation.fresh && kind != "event_report";
            let own = own && creates(profile, kind) && edits(profile, kind, relation);
            kind != ledger::EVENT_KIND && (keeps_kind(profile, kind) || own)
        }
        Act::Merge | Act::Undo => kind != ledger::EVENT_KIND && keeps_kind(profile, kind),
        Act::Erase => kind != ledger::EVENT_KIND && profile == Profile::Administrator,
        Act::Comment => !matches!(profile, Profile::Employee | Profile::ExternalAuditor),
        Act::Approve(purpose) => assents(profile, purpose, kind, relation),
        Act::ManageAccess => profile == Profile::Administrator,
    }
}

/// Whether an act fits a record that was withdrawn or erased.
pub(super) fn fits_what_is_gone(act: Act) -> bool {
    matches!(
        act,
        Act::See
            | Act::SeeHistory
            | Act::SeeRegisters
            | Act::SeeEverything
            | Act::SeeSettings
            | Act::Export
            | Act::Withdraw
            | Act::Undo
            | Act::Erase
            | Act::ManageAccess
    )
}

/// Keeps all records.
fn keeps(profile: Profile) -> bool {
    matches!(profile, Profile::Administrator | Profile::IsmsManager)
}

fn keeps_kind(profile: Profile, kind: &str) -> bool {
    match kind {
        "membership" => profile == Profile::Administrator,
        _ => keeps(profile),
    }
}

/// Approves for the organization.
fn leads(profile: Profile) -> bool {
    matches!(profile, Profile::IsmsManager | Profile::TopManagement)
}

fn creates(profile: Profile, kind: &str) -> bool {
    let kinds: &[&str] = match profile {
        Profile::Administrator | Profile::IsmsManager => {
            return kind != ledger::EVENT_KIND && keeps_kind(profile, kind);
        }
        Profile::TopManagement => &["comment", "event_report", "approval"],
        Profile::RiskOwner => &[
            "risk",
            "action",
            "evidence",
            "issue",
            "opportunity",
            "comment",
            "event_report",
            "approval",
        ],
        Profile::ControlOwner => {
            &["evidence", "action", "exception", "comment", "event_report", "approval"]
        }
        Profile::Contributor => &[
            "evidence",
            "action",
            "issue",
            "asset",
            "supplier",
            "document",
            "risk",
            "comment",
            "event_report",
            "approval",
        ],
        Profile::InternalAuditor => {
            &["gap_assessment", "gap_answer", "comment", "event_report", "evidence"]
        }
        Profile::Employee => &["event_report"],
        Profile::ExternalAuditor => &[],
    };
    kinds.contains(&kind)
}

fn edits(profile: Profile, kind: &str, relation: Relation) -> bool {
    let Relation { owner, assigned, fresh, .. } = relation;
    // What somebody made under another profile is no longer theirs for that.
    let author = relation.author && creates(profile, kind);
    match (kind, profile) {
        (_, Profile::ExternalAuditor) | (ledger::EVENT_KIND, _) => false,
        ("membership", _) => profile == Profile::Administrator,
        // Nobody puts words into somebody else's mouth.
        ("comment", _) => author,
        (_, Profile::Administrator | Profile::IsmsManager) => true,
        ("event_report", Profile::InternalAuditor) => author && fresh,
        ("event_report", _) => owner || author && fresh,
        ("approval", _) => author,
        (_, Profile::TopManagement) => owner || assigned,
        (_, Profile::RiskOwner | Profile::ControlOwner) => owner || assigned || author,
        (_, Profile::Contributor) => owner || assigned || author && fresh,
        (_, Profile::InternalAuditor) => author,
        ("action" | "evidence", Profile::Employee) => owner || assigned,
        (_, Profile::Employee) => false,
    }
}

fn moves(profile: Profile, kind: &str, relation: Relation) -> bool {
    match kind {
        // A report moves by being judged.
        "event_report" => judges(profile, kind, relation),
        // What is moved here is taken back: anything else is an assent.
        "approval" => {
            let own = relation.author && profile != Profile::ExternalAuditor;
            own || leads(profile) || keeps(profile)
        }
        "comment" => edits(profile, kind, relation) || keeps(profile),
        _ => edits(profile, kind, relation),
    }
}

fn judges(profile: Profile, kind: &str, relation: Relation) -> bool {
    match kind {
        "event_report" => {
            let looks = matches!(profile, Profile::InternalAuditor | Profile::ExternalAuditor);
            keeps(profile) || relation.owner && !looks
        }
        "evidence" => {
            !matches!(profile, Profile::Contributor | Profile::Employee)
                && edits(profile, kind, relation)
        }
        _ => false,
    }
}

fn assents(profile: Profile, purpose: Purpose, kind: &str, relation: Relation) -> bool {
    if profile == Profile::ExternalAuditor {
        return false;
    }
    match purpose {
        Purpose::Publish => leads(profile),
        Purpose::Approve | Purpose::SignMinutes => leads(profile) || relation.asked,
        Purpose::AcceptResidual | Purpose::ApproveTreatment => relation.owner || relation.asked,
        Purpose::Review => profile == Profile::IsmsManager || relation.owner || relation.asked,
        Purpose::Attest => leads(profile) || relation.owner || relation.asked,
        Purpose::Acknowledge => true,
        Purpose::AcceptRole => relation.holds || relation.asked,
        Purpose::GrantException => {
            profile == Profile::TopManagement || relation.asked || relation.decides
        }
        Purpose::ConfirmSeed => edits(profile, kind, relation),
    }
}
