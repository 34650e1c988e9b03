//! Gap answers: what a gap assessment found at one requirement or control.

use meta::{Choice, Kind, Markdown, Problem, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{action::Action, evidence::Evidence, gap_assessment::GapAssessment, risk::Risk};

/// What a gap assessment found at one requirement or control, and what should be done.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "gap_answer", prefix = "ANSWER", plural = "Gap answers", clause = "4.4",
    stage = Lifecycle,
    also = "gap assessment answers; gap list; lückenliste; liste des écarts")]
pub struct GapAnswer {
    /// What was asked, in a few words: the title of the requirement or control.
    #[field(create, list, label = "Asked", also = "title; question; frage; titel; titre")]
    pub title: String,
    /// The gap assessment it belongs to.
    #[field(create, filter, label = "Assessment", also = "gap assessment; analyse; évaluation")]
    pub assessment: Option<Ref<GapAssessment>>,
    /// The requirement or control of the standard, for example 6.1.3.d or A.5.15.
    #[field(
        create,
        list,
        filter,
        label = "Requirement or control",
        also = "clause; requirement; control; anforderung; normkapitel; maßnahme; exigence; mesure"
    )]
    pub subject: Option<String>,
    /// What you found. Empty means that nobody has looked yet.
    #[field(list, filter, also = "finding; status; result; antwort; ergebnis; réponse; constat")]
    pub answer: Option<Answer>,
    /// What you saw and heard.
    #[field(also = "comment; remark; observation; notiz; bemerkung; remarque")]
    pub note: Option<Markdown>,
    /// What shows it.
    #[field(also = "proof; proofs; nachweis; nachweise; preuve; preuves")]
    pub evidence: Vec<Ref<Evidence>>,
    /// What should be done.
    #[field(also = "measure; recommended action; empfehlung; mesure recommandée")]
    pub recommendation: Option<Markdown>,
    /// How much it would help.
    #[field(list, filter, also = "benefit; impact; nutzen; wirkung; effet")]
    pub effect: Option<Extent>,
    /// How much work it would be.
    #[field(list, filter, also = "cost; aufwand; charge; travail")]
    pub effort: Option<Extent>,
    /// The actions and risks that came of it.
    #[field(also = "actions; led to; wurde zu; devenu")]
    pub became: Vec<Ref<(Action, Risk)>>,
}

/// What was found at a requirement or control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Answer {
    /// It is done as the standard asks.
    #[choice(also = "yes; met; full; fulfilled; ja; erfüllt; oui; conforme")]
    Conforms,
    /// Part of it is there.
    #[choice(also = "partial; partially; in part; teilweise; partiel; partiellement")]
    Partly,
    /// It is missing.
    #[choice(also = "no; missing; not met; nein; fehlt; non; absent")]
    DoesNot,
    /// Nobody has looked yet.
    #[choice(also = "open; unknown; tbd; nicht geprüft; offen; non examiné; inconnu")]
    NotLookedAt,
    /// It asks nothing of you; only a control can be left out like this.
    #[choice(also = "n/a; na; excluded; nicht anwendbar; entfällt; sans objet; non applicable")]
    NotApplicable,
}

/// How much of something, in three steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Extent {
    /// Little.
    #[choice(also = "1; small; gering; niedrig; faible")]
    Low,
    /// Some.
    #[choice(also = "2; moderate; mittel; moyen")]
    Medium,
    /// Much.
    #[choice(also = "3; large; hoch; groß; élevé; fort")]
    High,
}

/// The life of a gap answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It can still change.
    #[stage(to = "closed")]
    Open,
    /// It stands as it is, or what it asked for is done.
    #[stage(to = "open", ended)]
    Closed,
}

impl Rules for GapAnswer {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let Some(subject) = &self.subject else { return problems };
        let control = catalog::control(subject).is_some();
        // One spelling only: two answers to one question must be found out.
        if !control && catalog::requirement(subject).is_none_or(|it| it.id != subject) {
            let message = format!(
                "there is no requirement or control `{subject}`: write it like 6.1.3.d or A.5.1"
            );
            problems.push(Problem::on("subject", message));
        }
        if self.answer == Some(Answer::NotApplicable) && !control {
            let message = "clauses 4 to 10 always apply: only a control can be left out";
            problems.push(Problem::on("answer", message));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_to_a_question_there_is() {
        let fields = |subject: &str, answer| -> Vec<String> {
            let answer =
                GapAnswer { subject: Some(subject.to_owned()), answer, ..GapAnswer::default() };
            answer.check().into_iter().map(|it| it.field).collect()
        };
        assert!(fields("6.1.3.d", Some(Answer::Partly)).is_empty());
        assert!(fields("A.5.15", Some(Answer::NotApplicable)).is_empty());
        assert_eq!(fields("6.1.3 d)", None), ["subject"]);
        assert_eq!(fields("A.9.9", None), ["subject"]);
        assert_eq!(fields("6.1.3.d", Some(Answer::NotApplicable)), ["answer"]);
    }
}
