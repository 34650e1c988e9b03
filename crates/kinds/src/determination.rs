//! Determinations: recorded answers to questions that must be asked, above all where the answer
//! is “none”.

use jiff::civil::Date;
use meta::{Any, Choice, Kind, Markdown, Period, Problem, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{evidence::Evidence, interested_party::PartyType, person::Person, shared::ends_before};

/// A question that had to be asked, and the answer somebody gave, also where it is “none”.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "determination", prefix = "DET", plural = "Determinations", clause = "4.1",
    stage = Lifecycle,
    also = "decisions; decision log; recorded decisions; feststellungen; entscheidungen; \
        constats; décisions")]
pub struct Determination {
    /// The question in a few words, such as `Is climate change relevant for us?`.
    #[field(
        create,
        list,
        label = "Determination",
        also = "name; title; decision; feststellung; entscheidung; bezeichnung; constat; décision; \
            intitulé"
    )]
    pub title: String,
    /// Which of the questions it is.
    #[field(create, list, filter, also = "type; topic; frage; thema; sujet de la question")]
    pub question: Option<Question>,
    /// The record it is about, such as the risk that need not be assessed anew.
    #[field(list, filter, also = "about; concerns; betrifft; concerne")]
    pub subject: Option<Ref<Any>>,
    /// The register it is about, if it is about a whole one, such as `opportunity`.
    #[field(filter)]
    pub register: Option<String>,
    /// The type of interested party it is about, if it is about one.
    #[field(filter, label = "Type of party")]
    pub party_type: Option<PartyType>,
    /// The controls it is about, by their numbers, such as `A.8.25`.
    #[field(also = "annex a controls; maßnahmen; mesures")]
    pub controls: Vec<String>,
    /// The answer, yes or no, to the question as its help puts it.
    #[field(leave, material, list, filter, also = "result; antwort; ergebnis; réponse; résultat")]
    pub answer: Option<Answer>,
    /// The answer in your own words, if a bare yes or no leaves something out.
    #[field(material, also = "details; erläuterung; détails")]
    pub answer_in_words: Option<Markdown>,
    /// Why the answer is right: what you looked at and what you found.
    #[field(leave, material, also = "reason; justification; why; begründung; motif; raison")]
    pub rationale: Option<Markdown>,
    /// Who decided.
    #[field(leave, list, filter, label = "Decided by", also = "by; entschieden von; décidé par")]
    pub by: Option<Ref<Person>>,
    /// The day of the decision.
    #[field(leave, list, also = "date; decision date; datum; entschieden am; décidé le")]
    pub decided_on: Option<Date>,
    /// The last day on which it holds; leave it empty if you look at it again from time to time.
    #[field(
        list,
        label = "Holds until",
        also = "valid until; expires; gültig bis; valable jusqu'au"
    )]
    pub good_until: Option<Date>,
    /// How often it is looked at again, such as `1 year`.
    #[field(
        label = "Review every",
        also = "cadence; review interval; review frequency; frequency; turnus; prüfintervall; \
            überprüfungsintervall; fréquence; fréquence de revue; périodicité"
    )]
    pub cadence: Option<Period>,
    /// What else calls for another look, such as `a new law` or `an incident`.
    #[field(label = "Review on events", also = "review triggers; triggers; anlässe; déclencheurs")]
    pub review_on: Vec<String>,
    /// When it was last looked at.
    #[field(
        also = "last review; reviewed on; last review date; letzte prüfung; letzte überprüfung; \
            zuletzt geprüft; dernière revue"
    )]
    pub last_reviewed: Option<Date>,
    /// When it is to be looked at next.
    #[field(
        list,
        filter,
        also = "review date; next review date; review due; nächste prüfung; nächste überprüfung; \
            wiedervorlage; prochaine revue"
    )]
    pub next_review: Option<Date>,
    /// What shows that you asked and looked.
    #[field(also = "proof; nachweis; nachweise; preuve; preuves")]
    pub evidence: Vec<Ref<Evidence>>,
}

/// A question that an ISMS must have an answer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Question {
    /// Is climate change relevant for your information security?
    #[choice(
        label = "Climate change relevant",
        also = "climate change; climate; klimawandel; klima; changement climatique"
    )]
    ClimateRelevant,
    /// Did you look for interested parties of this type and find none?
    #[choice(label = "No party of this type")]
    NoPartyOfType,
    /// Can people outside the organization get your information security policy?
    #[choice(label = "Policy available to outsiders")]
    PolicyForOutsiders,
    /// Is a register empty on purpose, because there is nothing to put in?
    #[choice(label = "Register deliberately empty")]
    RegisterEmpty,
    /// Must risks be assessed anew because of what happened?
    #[choice(
        label = "New assessment needed after an event",
        also = "reassessment needed; neubewertung nötig; réévaluation nécessaire"
    )]
    ReassessmentNeeded,
    /// Do you need documents that others wrote, such as standards or manuals?
    ExternalDocumentsNeeded,
    /// Do you need to tell people outside about your information security?
    ExternalCommunicationNeeded,
    /// Is it true that this objective cannot be measured?
    #[choice(label = "Objective not measurable")]
    NotMeasurable,
    /// Is it true that you need none of these controls?
    #[choice(label = "Group of controls not needed")]
    ControlsNotNeeded,
    /// Another question, told in the title.
    #[choice(also = "misc; sonstige; autre")]
    Other,
}

/// The answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Answer {
    /// Yes.
    #[choice(also = "y; ja; oui; true; relevant")]
    Yes,
    /// In part or on request, as told in words.
    #[choice(
        also = "partly; partially; on request; teilweise; auf anfrage; en partie; sur demande"
    )]
    InPart,
    /// No.
    #[choice(also = "n; nein; non; false; none; not relevant")]
    No,
}

/// The life of a determination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// The question is asked and has no answer yet.
    #[stage(to = "decided")]
    Open,
    /// The answer was given and holds.
    #[stage(to = "open, lapsed")]
    Decided,
    /// The answer no longer holds.
    #[stage(to = "open", ended)]
    Lapsed,
}

impl Determination {
    /// Whether the answer was given by this day and has not run out.
    pub fn holds_on(&self, day: Date) -> bool {
        self.answer.is_some()
            && self.decided_on.is_some_and(|it| it <= day)
            && self.good_until.is_none_or(|it| it >= day)
    }
}

impl Rules for Determination {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(register) = &self.register
            && !crate::KINDS.iter().any(|it| it.id == register)
        {
            let message = format!("there is no register `{register}`: name one, such as `risk`");
            problems.push(Problem::on("register", message));
        }
        for control in &self.controls {
            if catalog::control(control).is_none() {
                let message = format!("`{control}` is no control of Annex A: write it like A.8.25");
                problems.push(Problem::on("controls", message));
            }
        }
        problems.extend(ends_before(self.decided_on, "good_until", self.good_until));
        // Before the answer, the question may still be a sketch.
        if self.answer.is_some() {
            let missing = match self.question {
                Some(Question::NoPartyOfType) if self.party_type.is_none() => {
                    Some(("party_type", "say which type of party there is none of"))
                }
                Some(Question::RegisterEmpty) if self.register.is_none() => {
                    Some(("register", "say which register is empty"))
                }
                Some(Question::ControlsNotNeeded) if self.controls.is_empty() => {
                    Some(("controls", "name the controls that are not needed"))
                }
                _ => None,
            };
            problems.extend(missing.map(|(field, message)| Problem::on(field, message)));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn decided() -> Determination {
        Determination {
            question: Some(Question::ClimateRelevant),
            answer: Some(Answer::No),
            decided_on: Some(date(2026, 3, 1)),
            good_until: Some(date(2027, 3, 1)),
            ..Determination::default()
        }
    }

    #[test]
    fn an_answer_holds_from_its_day_to_its_end() {
        let it = decided();
        assert!(it.check().is_empty());
        assert!(!it.holds_on(date(2026, 2, 28)));
        assert!(it.holds_on(date(2026, 3, 1)) && it.holds_on(date(2027, 3, 1)));
        assert!(!it.holds_on(date(2027, 3, 2)));
        assert!(!Determination { answer: None, ..it }.holds_on(date(2026, 6, 1)));
    }

    #[test]
    fn an_answer_says_what_it_is_about() {
        for (question, field) in [
            (Question::NoPartyOfType, "party_type"),
            (Question::RegisterEmpty, "register"),
            (Question::ControlsNotNeeded, "controls"),
        ] {
            let it = Determination { question: Some(question), ..decided() };
            assert_eq!(it.check()[0].field, field);
            assert!(Determination { answer: None, ..it }.check().is_empty());
        }
    }

    #[test]
    fn unknown_registers_and_controls_are_refused() {
        let it = Determination {
            register: Some("opportunity".into()),
            controls: vec!["A.8.25".into()],
            ..decided()
        };
        assert!(it.check().is_empty());
        let it = Determination {
            register: Some("opportunities of old".into()),
            controls: vec!["A.9.99".into()],
            good_until: Some(date(2026, 2, 1)),
            ..decided()
        };
        let fields: Vec<String> = it.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["register", "controls", "good_until"]);
    }
}
