//! Exclusions that the records speak against.

use kinds::{
    InScope, PersonalData, YesNo,
    asset::{Asset, AssetType},
    determination::{Answer, Question},
    organization::{Fact, Organization},
    person::Person,
    site::{Site, SiteType},
    supplier::{ServiceKind, Supplier},
};

use crate::conformity::{
    AuditStage, Basis, Chain, ControlState, Grade, Outcome, Rule, answers, outcome::Each,
};

pub(super) const CONTRADICTED: Rule = Rule {
    id: "SOA-08",
    clause: "6.1.3.d",
    title: "No exclusion is contradicted by the records",
    explanation: "Some controls follow from facts: suppliers, the cloud, personal data, people, \
                  remote work, development, premises, systems. Where the organization's facts or \
                  records show the fact, an excluded control is a question, which a determination \
                  answers. It is minor where the stated reason denies the very fact, and major where \
                  a whole family is denied so.",
    mend: "Include the control, correct the reason, or record why it is not needed all the same: \
           `muniment new determination` with the question “group of controls not needed”.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: &[
        "control",
        "organization",
        "supplier",
        "asset",
        "person",
        "site",
        "determination",
        "approval",
    ],
    judge: Some(contradicted),
    waits_for: "",
};

/// Controls that follow from one fact about the organization.
struct Family {
    controls: &'static [&'static str],
    /// What the records show, where they show it.
    shown: fn(&Chain<'_>) -> Option<String>,
    /// The questions that answer it, where records are silent.
    facts: &'static [Fact],
    /// Words by which a reason speaks of the fact.
    words: &'static [&'static str],
}

static FAMILIES: &[Family] = &[
    Family {
        controls: &["A.5.19", "A.5.20", "A.5.21", "A.5.22"],
        shown: |chain| supplier(chain, |_| true),
        facts: &[Fact::Suppliers],
        words: &["supplier", "vendor", "third part", "lieferant", "dienstleister", "fournisseur"],
    },
    Family {
        controls: &["A.5.23"],
        shown: |chain| supplier(chain, is_cloud),
        facts: &[Fact::Cloud],
        words: &["cloud", "saas", "hosted", "nuage"],
    },
    Family {
        controls: &["A.5.34"],
        shown: personal_data,
        facts: &[Fact::PersonalData, Fact::SpecialPersonalData],
        words: &["personal", "pii", "privacy", "personenbezogen", "personnel"],
    },
    Family {
        controls: &["A.6.1", "A.6.2", "A.6.4", "A.6.5"],
        shown: people,
        facts: &[],
        words: &["employee", "staff", "people", "personnel", "mitarbeiter", "employé"],
    },
    Family {
        controls: &["A.6.7"],
        shown: remote_work,
        facts: &[Fact::RemoteWork],
        words: &["remote", "home", "telework", "mobil", "télétravail"],
    },
    Family {
        controls: &["A.8.4", "A.8.25", "A.8.27", "A.8.28", "A.8.29", "A.8.31"],
        shown: |_| None,
        facts: &[Fact::OwnDevelopment],
        words: &["develop", "software", "code", "coding", "program", "entwick", "développ"],
    },
    Family {
        controls: &["A.8.30"],
        shown: |chain| supplier(chain, |it| it == ServiceKind::Development),
        facts: &[Fact::OutsourcedDevelopment],
        words: &["develop", "software", "outsourc", "entwick", "développ"],
    },
    Family {
        controls: &["A.7.1", "A.7.2", "A.7.3"],
        shown: premises,
        facts: &[Fact::OwnPremises],
        words: &["premises", "office", "site", "building", "room", "büro", "räume", "bureau"],
    },
    Family {
        controls: &["A.8.13", "A.8.15", "A.8.32"],
        shown: systems,
        facts: &[],
        words: &["system", "server", "application", "infrastructure", "anwendung"],
    },
];

fn contradicted(chain: &Chain<'_>) -> Outcome {
    if !chain.controls.iter().any(ControlState::is_decided) {
        return Outcome::unknown("no control is decided yet: see SOA-02");
    }
    let excluded: Vec<_> = chain
        .annex_a()
        .filter_map(|(known, it)| Some((known.id, it.filter(|it| it.is_excluded())?)))
        .collect();
    let mut each = Each::new();
    let mut grade = Grade::Minor;
    let family_of = |id: &str| FAMILIES.iter().find(|it| it.controls.contains(&id));
    for (id, it) in &excluded {
        if family_of(id).is_none() {
            each.pass(it.record);
        }
    }
    for family in FAMILIES {
        let left_out: Vec<_> =
            excluded.iter().filter(|it| family.controls.contains(&it.0)).collect();
        if left_out.is_empty() {
            continue;
        }
        let shown = (family.shown)(chain).or_else(|| affirmed(chain, family.facts));
        let mut denied = 0;
        for (id, it) in &left_out {
            let Some(fact) = &shown else {
                match is_denied(chain, family.facts) {
                    true => each.pass(it.record),
                    false => each.unknown(it.record, "the organization's facts are silent on it"),
                }
                continue;
            };
            if denies(ControlState::text(&it.control.exclusion_reason), family.words) {
                denied += 1;
                each.fail(it.record, format!("the reason denies it, yet {fact}"));
            } else if is_determined(chain, id) {
                each.pass(it.record);
            } else {
                each.unknown(it.record, format!("it is excluded, yet {fact}: is that right?"));
            }
        }
        if denied > 1 && denied == family.controls.len() {
            grade = Grade::Major;
        }
    }
    let none = || Outcome::not_applicable("no control of Annex A is excluded");
    each.outcome(grade, "excluded controls", none)
}

/// Whether a reason says that there is no such thing.
fn denies(reason: &str, words: &[&str]) -> bool {
    let reason = reason.to_lowercase();
    let negations =
        ["no ", "not ", "none", "n't ", "without ", "kein", "nicht ", "aucun", "pas de"];
    negations.iter().any(|it| reason.contains(it)) && words.iter().any(|it| reason.contains(it))
}

fn is_determined(chain: &Chain<'_>, id: &str) -> bool {
    let is_meant = |it: &kinds::determination::Determination| {
        it.answer == Some(Answer::Yes)
            && it.controls.iter().any(|it| catalog::control(it).is_some_and(|it| it.id == id))
    };
    answers::answer(chain, Question::ControlsNotNeeded, is_meant).is_some()
}

fn affirmed(chain: &Chain<'_>, facts: &[Fact]) -> Option<String> {
    let (_, organization) = chain.own::<Organization>().next()?;
    let yes = facts.iter().any(|it| organization.fact(*it) == YesNo::Yes);
    yes.then(|| "the organization's facts say yes".to_owned())
}

fn is_denied(chain: &Chain<'_>, facts: &[Fact]) -> bool {
    let organization = chain.own::<Organization>().next();
    !facts.is_empty()
        && organization.is_some_and(|(_, it)| facts.iter().all(|fact| it.fact(*fact) == YesNo::No))
}

fn supplier(chain: &Chain<'_>, is_meant: fn(ServiceKind) -> bool) -> Option<String> {
    let (record, _) = chain.own::<Supplier>().find(|(record, it)| {
        let mut kinds = it.services.iter().filter_map(|it| it.service_kind);
        matches!(record.stage().id, "in_use" | "approved" | "suspended" | "leaving")
            && it.in_scope != Some(InScope::No)
            && (is_meant_by_all(is_meant) || kinds.any(is_meant))
    })?;
    Some(format!("{} {} works for you", record.name(), record.title()))
}

/// Whether every kind of service is meant: then the supplier alone is enough.
fn is_meant_by_all(is_meant: fn(ServiceKind) -> bool) -> bool {
    [ServiceKind::Goods, ServiceKind::Advice, ServiceKind::CloudSoftware].into_iter().all(is_meant)
}

fn is_cloud(kind: ServiceKind) -> bool {
    matches!(
        kind,
        ServiceKind::CloudInfrastructure | ServiceKind::CloudPlatform | ServiceKind::CloudSoftware
    )
}

fn personal_data(chain: &Chain<'_>) -> Option<String> {
    let holds = |it: Option<PersonalData>| {
        matches!(it, Some(PersonalData::Ordinary | PersonalData::Special))
    };
    let asset = chain
        .own::<Asset>()
        .find(|(_, it)| holds(it.personal_data) && it.in_scope != Some(InScope::No));
    asset.map(|(it, _)| format!("{} {} holds personal data", it.name(), it.title()))
}

fn people(chain: &Chain<'_>) -> Option<String> {
    let counted = chain.own::<Organization>().next().and_then(|(_, it)| it.persons());
    if let Some(count) = counted.filter(|it| *it > 1) {
        return Some(format!("{count} persons work in scope"));
    }
    let here = chain
        .own::<Person>()
        .filter(|(it, person)| it.stage().id == "active" && person.in_scope == Some(InScope::Yes))
        .filter(|(_, it)| it.is_here_on(chain.view.day));
    let count = here.take(2).count();
    (count > 1).then(|| "several persons work in scope".to_owned())
}

fn remote_work(chain: &Chain<'_>) -> Option<String> {
    let organization = chain.own::<Organization>().next();
    let share = organization
        .is_some_and(|(_, it)| it.head_counts.iter().any(|it| it.remote_share > Some(0)));
    if share {
        return Some("part of the work is done away from your sites".to_owned());
    }
    let site = chain.own::<Site>().find(|(_, it)| {
        it.site_type == Some(SiteType::HomeWorking) && it.in_scope != Some(InScope::No)
    });
    if let Some((site, _)) = site {
        return Some(format!("{} {} is in use", site.name(), site.title()));
    }
    let person = chain
        .own::<Person>()
        .find(|(record, it)| record.stage().id == "active" && it.remote == Some(true));
    person.map(|(it, _)| format!("{} works remotely", it.name()))
}

fn premises(chain: &Chain<'_>) -> Option<String> {
    let own = |it: Option<SiteType>| matches!(it, Some(SiteType::Office | SiteType::DataCenter));
    let site =
        chain.own::<Site>().find(|(_, it)| own(it.site_type) && it.in_scope == Some(InScope::Yes));
    site.map(|(it, _)| format!("{} {} is in scope", it.name(), it.title()))
}

fn systems(chain: &Chain<'_>) -> Option<String> {
    let is_system = |it: Option<AssetType>| {
        matches!(
            it,
            Some(
                AssetType::Software | AssetType::Service | AssetType::Hardware | AssetType::Network
            )
        )
    };
    let asset = chain
        .own::<Asset>()
        .find(|(_, it)| is_system(it.asset_type) && it.in_scope == Some(InScope::Yes));
    asset
        .map(|(it, _)| format!("{} {} is in scope", it.name(), it.title()))
        .or_else(|| affirmed(chain, &[Fact::Cloud, Fact::OwnDevelopment]))
}
