//! The statement made from the records.

use kinds::{
    approval::Approval,
    control::{self, Control},
    organization::Organization,
    person::Person,
    role::Role,
    scope::Scope,
};
use meta::{Choice, Id, Provenance, Record, Ref};

use super::{Applicability, Counts, Driver, Edition, Held, Implementation, Soa, SoaRow};
use crate::{
    View,
    approvals::State,
    conformity::{Chain, ControlState},
    parameters,
    text::{self, Links},
};

/// What the Statement of Applicability says on the view's day: all 93 controls of Annex A in their
/// order (one without a record is undecided), then the organization's own (6.1.3 d).
pub fn statement(view: View<'_>) -> Soa {
    of(&Chain::build(view))
}

/// How many rows say what, without making them.
pub fn counts(chain: &Chain<'_>) -> Counts {
    let mut counts = Counts::default();
    for state in states(chain) {
        let own = matches!(&state, Row::Of(it) if it.annex_a.is_none());
        let (applicability, implementation) = match &state {
            Row::Missing(_) => (Applicability::Undecided, Implementation::Unknown),
            Row::Of(it) => (applicability(it), implementation(it)),
        };
        counts.add(own, applicability, implementation);
    }
    counts
}

fn of(chain: &Chain<'_>) -> Soa {
    let view = chain.view;
    let rows: Vec<SoaRow> = states(chain)
        .map(|it| match it {
            Row::Missing(known) => missing(known),
            Row::Of(it) => row(chain, it),
        })
        .collect();
    let organization = view.isms.all::<Organization>().next();
    let scope = view.isms.live::<Scope>().find_map(|(it, _)| {
        let edition = view.isms.in_force(it.head.id, view.day)?;
        Some((&*edition.record, view.isms.typed::<Approval>(edition.approval)))
    });
    let approved = chain.statement.as_ref().filter(|it| it.2 == State::Valid);
    let approval = approved.map(|it| it.1);
    Soa {
        organization: organization.map_or_else(String::new, |(it, _)| it.title().to_owned()),
        title: "Statement of Applicability".to_owned(),
        edition: approved.map(|(record, it, _)| edition(view, record, it)),
        position: view.isms.position(),
        day: view.day,
        scope: scope.and_then(|(it, _)| Some(it.typed::<Scope>()?.statement.as_ref()?.0.clone())),
        scope_edition: scope.map(|(it, approval)| scope_edition(it, approval)),
        approver: approval.and_then(|it| approver(view, it)),
        approved_on: approval.and_then(|it| it.decided_on),
        seeds: rows.iter().filter(|it| it.seed).count() as u32,
        counts: Counts::of(&rows),
        rows,
        root: None,
    }
}

/// One row: of a record, or of a control of Annex A that has none.
enum Row<'c, 'a> {
    Of(&'c ControlState<'a>),
    Missing(&'static catalog::Control),
}

/// The rows in their order.
fn states<'c, 'a>(chain: &'c Chain<'a>) -> impl Iterator<Item = Row<'c, 'a>> {
    let annex_a = chain.annex_a().map(|(known, it)| it.map_or(Row::Missing(known), Row::Of));
    let own = chain.controls.iter().filter(|it| it.annex_a.is_none());
    annex_a.chain(own.map(Row::Of))
}

fn missing(known: &catalog::Control) -> SoaRow {
    SoaRow {
        reference: known.id.to_owned(),
        title: known.title.to_owned(),
        theme: known.theme.name().to_owned(),
        own: false,
        applicability: Applicability::Undecided,
        reasons: Vec::new(),
        justification: String::new(),
        exclusion: String::new(),
        implementation: Implementation::Unknown,
        how: String::new(),
        owner: String::new(),
        drivers: Vec::new(),
        evidence: Vec::new(),
        proof_wanted: 0,
        documents: Vec::new(),
        seed: false,
    }
}

fn row(chain: &Chain<'_>, it: &ControlState<'_>) -> SoaRow {
    let control: &Control = it.control;
    let mut drivers = it.callers.clone();
    drivers.sort_by_key(|it| (it.kind, it.record.head.number));
    drivers.dedup_by_key(|it| it.record.head.id);
    let owner = control.owner.map(|it| text::of_link(chain.view.isms, it.link(), Links::Titles));
    SoaRow {
        reference: it.reference(),
        title: it.record.title().to_owned(),
        theme: it.annex_a.map_or("Own", |it| it.theme.name()).to_owned(),
        own: it.annex_a.is_none(),
        applicability: applicability(it),
        reasons: control.reasons.iter().map(|it| it.def().label.to_lowercase()).collect(),
        justification: ControlState::text(&control.justification).to_owned(),
        exclusion: ControlState::text(&control.exclusion_reason).to_owned(),
        implementation: implementation(it),
        how: ControlState::text(&control.how).to_owned(),
        owner: owner.unwrap_or_default(),
        drivers: drivers
            .iter()
            .map(|it| Driver {
                kind: it.kind.label().to_owned(),
                number: it.record.name(),
                title: it.record.title().to_owned(),
            })
            .collect(),
        evidence: evidence(chain, it),
        proof_wanted: control.proof_wanted.len() as u32,
        documents: it.documents.iter().map(|(it, _)| it.title().to_owned()).collect(),
        seed: matches!(it.record.head.provenance, Provenance::Seed | Provenance::Import)
            && it.record.head.extras.as_ref().is_none_or(|it| it.confirmed.is_none()),
    }
}

/// The accepted evidence of a control, the newest first.
fn evidence(chain: &Chain<'_>, it: &ControlState<'_>) -> Vec<Held> {
    let default = parameters::period(chain.view.isms, "evidence.cadence");
    let wanted = it.control.proof_wanted.iter().filter_map(|it| it.cadence).max();
    let cadence = wanted.unwrap_or(default);
    let counting = it.proofs.iter().filter(|it| it.counts);
    let mut held: Vec<Held> = counting
        .filter_map(|it| {
            Some(Held {
                number: it.record.name(),
                title: it.record.title().to_owned(),
                day: it.day().or(it.evidence.judged_on)?,
                until: it.until(cadence),
            })
        })
        .collect();
    held.sort_by_key(|it| std::cmp::Reverse(it.day));
    held
}

/// What is decided about a control; nothing while it is a proposal nobody confirmed.
fn applicability(it: &ControlState<'_>) -> Applicability {
    match (it.is_included(), it.is_excluded()) {
        (true, _) => Applicability::Included,
        (_, true) => Applicability::Excluded,
        _ => Applicability::Undecided,
    }
}

fn implementation(it: &ControlState<'_>) -> Implementation {
    match it.control.implementation {
        Some(control::Implementation::NotBegun) => Implementation::NotBegun,
        Some(control::Implementation::Planned) => Implementation::Planned,
        Some(control::Implementation::InPart) => Implementation::InPart,
        Some(control::Implementation::Implemented) => Implementation::Implemented,
        Some(control::Implementation::Unknown) | None => Implementation::Unknown,
    }
}

pub(super) fn edition(view: View<'_>, record: &Record, approval: &Approval) -> Edition {
    let place = || {
        let before = crate::approvals::soa_standing(view.isms);
        before.take_while(|(it, _)| it.head.id != record.head.id).count() + 1
    };
    Edition {
        number: approval.edition.clone().unwrap_or_else(|| place().to_string()),
        in_force_from: approval.effective_from,
    }
}

fn scope_edition(record: &Record, approval: Option<&Approval>) -> String {
    let named = approval.and_then(|it| it.edition.clone());
    let name = named.unwrap_or_else(|| record.head.version.to_string());
    format!("{}, edition {name}", record.name())
}

/// Who approved, with the role they acted in: `Ada Weber, Chief executive`.
fn approver(view: View<'_>, approval: &Approval) -> Option<String> {
    let title = |id: Id| view.isms.get(id).map(Record::title).filter(|it| !it.is_empty());
    let by = approval.by.and_then(|it: Ref<Person>| title(it.id()))?;
    let role = approval.acting_as.and_then(|it: Ref<Role>| title(it.id()));
    Some(role.map_or_else(|| by.to_owned(), |role| format!("{by}, {role}")))
}
