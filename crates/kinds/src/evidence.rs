//! Evidence: what shows that something is so.

mod choices;

use jiff::{Timestamp, civil::Date};
use meta::{Any, FileRef, Kind, Markdown, Period, Problem, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{Holder, PersonalData, YesNo, person::Person, shared::ends_before};
pub use choices::{Form, Judgment};

/// Something that shows that a thing is as you say: a report, a list, a screenshot, what somebody
/// saw or said.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "evidence", prefix = "EVID", plural = "Evidence", clause = "7.5", stage = Lifecycle,
    also = "evidence register; evidence log; proofs; proof; records; nachweise; nachweisregister; \
    belege; preuves; registre des preuves; éléments de preuve")]
pub struct Evidence {
    /// What it shows, for example “Rights in the ERP were reviewed in March”.
    #[field(
        create,
        list,
        label = "What it shows",
        also = "title; name; evidence; description; \
        nachweis; titel; bezeichnung; beleg; preuve; titre; élément de preuve"
    )]
    pub title: String,
    /// The controls, obligations, actions or other records for which it counts.
    #[field(
        list,
        filter,
        also = "control; controls; related to; linked to; control id; for; \
        nachweis für; zu maßnahme; bezug; lié à; mesure; pour"
    )]
    pub shows: Vec<Ref<Any>>,
    /// The clauses and Annex A controls for which it counts, for example 9.2 or A.8.13.
    #[field(
        filter,
        label = "Shows for clauses",
        also = "clause; clauses; iso clause; annex a; \
        normkapitel; kapitel; chapitre; article"
    )]
    pub shows_clauses: Vec<String>,
    /// Which of the wanted proofs it is: the same words as in the control's table.
    #[field(label = "Answers the proof wanted")]
    pub proof: Option<String>,
    /// In what form you have it.
    #[field(list, filter, also = "type; evidence type; format; art; form; typ; forme; nature")]
    pub form: Option<Form>,
    /// The file.
    #[field(also = "attachment; datei; anlage; fichier; pièce jointe")]
    pub file: Option<FileRef>,
    /// Where it is, if it is kept in another place.
    #[field(also = "url; location; path; fundort; ablageort; verweis; lien; emplacement")]
    pub link: Option<String>,
    /// The record that shows it, if it is one of your own here.
    pub record: Option<Ref<Any>>,
    /// The first day of the time it speaks for.
    #[field(
        leave,
        label = "Speaks for: from",
        also = "period start; period from; from; \
        zeitraum von; von; période du; début de période"
    )]
    pub period_from: Option<Date>,
    /// The last day of the time it speaks for.
    #[field(
        leave,
        label = "Speaks for: until",
        also = "period end; period until; to; until; \
        zeitraum bis; bis; période au; fin de période"
    )]
    pub period_until: Option<Date>,
    /// The day it was collected.
    #[field(
        leave,
        list,
        also = "date; collection date; date collected; collected; captured on; \
        datum; erhoben am; gesammelt am; recueilli le; date de collecte"
    )]
    pub collected_on: Option<Date>,
    /// Who collected it.
    #[field(
        also = "collected by; provided by; by; erhoben von; bereitgestellt von; recueilli par; \
        fourni par"
    )]
    pub collected_by: Option<Ref<Person>>,
    /// The program that collected it, if none of us did.
    #[field(also = "system; source system; source; werkzeug; quelle; outil")]
    pub tool: Option<String>,
    /// How it was collected, so that another person could do it again.
    #[field(also = "method; method of collection; methode; vorgehen; méthode")]
    pub how: Option<Markdown>,
    /// For a list: of what it is a list, for example all accounts of the ERP.
    pub population: Option<String>,
    /// For a list: the query that made it.
    pub query: Option<String>,
    /// For a list: how many entries it has.
    pub count: Option<i64>,
    /// For a list: whether it holds all there are.
    pub complete: Option<YesNo>,
    /// For a list: when it was made.
    pub extracted_at: Option<Timestamp>,
    /// Whether somebody looked at it and found it good enough. Nothing counts before that.
    #[field(
        list,
        filter,
        also = "review result; accepted; bewertung; geprüft; ergebnis; \
        évaluation; accepté"
    )]
    pub judged: Option<Judgment>,
    /// Who looked at it.
    #[field(also = "reviewed by; judged by; geprüft von; vérifié par; examiné par")]
    pub judged_by: Option<Ref<Person>>,
    /// The day they looked.
    #[field(also = "reviewed on; judged on; geprüft am; vérifié le; examiné le")]
    pub judged_on: Option<Date>,
    /// Why it is enough, or what is missing.
    #[field(
        label = "Why",
        also = "review comment; comment; remark; bemerkung; begründung; \
        commentaire; motif"
    )]
    pub judged_why: Option<Markdown>,
    /// The last day on which it still counts.
    #[field(
        list,
        filter,
        also = "valid until; expires; expiry; expiry date; expires on; \
        gültig bis; ablaufdatum; läuft ab; valable jusqu'au; expire le; date d'expiration"
    )]
    pub good_until: Option<Date>,
    /// How often a fresh one is wanted.
    #[field(
        label = "Wanted every",
        also = "frequency; refresh; collection frequency; häufigkeit; \
        intervall; fréquence; périodicité"
    )]
    pub cadence: Option<Period>,
    /// Events after which a fresh one is wanted.
    #[field(label = "Wanted when")]
    pub review_on: Vec<String>,
    /// The day it was last looked at.
    #[field(also = "last review; letzte überprüfung; dernière revue")]
    pub last_reviewed: Option<Date>,
    /// The day it should be looked at again.
    #[field(also = "next review; next collection; nächste überprüfung; prochaine revue")]
    pub next_review: Option<Date>,
    /// Its information class, by the name your organization gives it.
    #[field(
        filter,
        label = "Classification",
        also = "classification; confidentiality; \
        klassifizierung; vertraulichkeit; confidentialité"
    )]
    pub class: Option<String>,
    /// Whether it tells something about people, and how sensitive that is.
    #[field(also = "pii; personenbezogene daten; données personnelles")]
    pub personal_data: Option<PersonalData>,
    /// How long it is kept.
    #[field(
        also = "retention; retention period; aufbewahrung; aufbewahrungsfrist; conservation; \
        durée de conservation"
    )]
    pub keep_for: Option<Period>,
    /// Through whose hands it went, where that matters.
    pub custody: Vec<Custody>,
    /// The older evidence whose place it takes.
    #[field(also = "supersedes; ersetzt; remplace")]
    pub replaces: Option<Ref<Evidence>>,
    /// Who was asked to bring it.
    #[field(
        filter,
        also = "requested from; assigned to; owner; responsible; angefragt bei; \
        verantwortlich; demandé à; responsable"
    )]
    pub asked_of: Option<Holder>,
    /// By when it is wanted.
    #[field(
        filter,
        label = "Wanted by",
        also = "due; due date; deadline; fällig am; frist; \
        échéance; date limite"
    )]
    pub wanted_by: Option<Date>,
}

/// One hand through which evidence went.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Custody {
    /// Who had it.
    #[field(create)]
    pub who: Option<String>,
    /// From when.
    #[field(create)]
    pub on: Option<Date>,
    /// What for.
    pub why: Option<String>,
}

/// The life of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Somebody was asked to bring it.
    #[stage(to = "collected, withdrawn")]
    Wanted,
    /// It is here; nobody has judged it yet.
    #[stage(to = "wanted, accepted, returned, withdrawn")]
    Collected,
    /// It shows what it should.
    #[stage(to = "collected, returned, withdrawn")]
    Accepted,
    /// It was not enough; something is missing.
    #[stage(to = "wanted, collected, accepted, withdrawn", reason)]
    Returned,
    /// It no longer counts.
    #[stage(to = "collected", ended, reason)]
    Withdrawn,
}

impl Evidence {
    /// Whether somebody looked at it and found it good enough.
    pub fn is_accepted(&self) -> bool {
        self.judged == Some(Judgment::Accepted)
    }

    /// The last day on which it counts: that given, or one cadence after the time it speaks for;
    /// `None` where neither is known.
    pub fn counts_until(&self) -> Option<Date> {
        let spoken_for = self.period_until.or(self.collected_on);
        self.good_until.or_else(|| Some(self.cadence?.after(spoken_for?)))
    }

    /// Whether it no longer counts on this day.
    pub fn is_expired(&self, day: Date) -> bool {
        self.counts_until().is_some_and(|last| last < day)
    }
}

impl Rules for Evidence {
    fn check(&self) -> Vec<Problem> {
        let mut problems = unknown_clauses("shows_clauses", &self.shows_clauses);
        problems.extend(ends_before(self.period_from, "period_until", self.period_until));
        if self.judged_on.zip(self.collected_on).is_some_and(|(judged, had)| judged < had) {
            let message = "it was judged before it was collected: correct one of the days";
            problems.push(Problem::on("judged_on", message));
        }
        if self.count.is_some_and(|it| it < 0) {
            problems.push(Problem::on("count", "a list has at least 0 entries"));
        }
        problems
    }
}

/// Reports what is neither a clause, nor a lettered requirement, nor a control of Annex A.
pub(crate) fn unknown_clauses(field: &str, ids: &[String]) -> Vec<Problem> {
    let is_known = |id: &str| {
        catalog::clause(id).is_some()
            || catalog::requirement(id).is_some()
            || catalog::control(id).is_some()
    };
    ids.iter()
        .filter(|id| !is_known(id.trim()))
        .map(|id| {
            let message =
                format!("there is no clause or control `{id}`: write it like 6.1.3 or A.5.1");
            Problem::on(field, message)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use meta::Unit;

    use super::*;

    #[test]
    fn evidence_counts_until_its_day_or_for_one_cadence() {
        let mut evidence = Evidence {
            period_until: Some(date(2026, 3, 31)),
            collected_on: Some(date(2026, 4, 10)),
            ..Evidence::default()
        };
        assert_eq!(evidence.counts_until(), None);
        assert!(!evidence.is_expired(date(2099, 1, 1)), "unknown is not expired");
        evidence.cadence = Some(Period::new(3, Unit::Month));
        assert_eq!(evidence.counts_until(), Some(date(2026, 6, 30)));
        assert!(!evidence.is_expired(date(2026, 6, 30)) && evidence.is_expired(date(2026, 7, 1)));
        evidence.good_until = Some(date(2026, 5, 1));
        assert_eq!(evidence.counts_until(), Some(date(2026, 5, 1)));
    }

    #[test]
    fn evidence_must_not_contradict_itself() {
        let evidence = Evidence {
            shows_clauses: vec!["9.2".to_owned(), "A.8.13".to_owned(), "B.1".to_owned()],
            period_from: Some(date(2026, 3, 1)),
            period_until: Some(date(2026, 2, 1)),
            collected_on: Some(date(2026, 3, 1)),
            judged_on: Some(date(2026, 2, 1)),
            count: Some(-1),
            ..Evidence::default()
        };
        let fields: Vec<_> = evidence.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["shows_clauses", "period_until", "judged_on", "count"]);
        assert!(!evidence.is_accepted());
    }
}
