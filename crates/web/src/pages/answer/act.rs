//! Answering by a link, and taking the answer back.

use app::{Request, Undo, accounts::Question};
use domain::{
    Actor, Command, Step,
    access::permit,
    command::{Assent, New, Subject},
    risk,
};
use jiff::civil::Date;
use kinds::{
    approval::{Approval, Decision, Purpose},
    risk::Risk,
};
use meta::{Extras, Id, Provenance, Record};
use serde_json::{Map, json};

use super::{Link, page};
use crate::{Answer, Ask, Problem};

/// The longest word about it, in characters.
const LONGEST: usize = 10_000;

/// What was answered.
pub(super) struct Said {
    /// In a sentence.
    pub(super) sentence: &'static str,
    /// Its mark.
    pub(super) class: &'static str,
    /// What was added.
    pub(super) comment: Option<String>,
}

/// Takes the answer.
pub(super) fn answer(ask: &Ask) -> Result<Answer, Problem> {
    let Some(link) = Link::of(ask)? else { return page(ask, None) };
    let Some(record) = link.record() else { return page(ask, None) };
    if link.asked.used.is_some() || !link.is_open(record) {
        return page(ask, None);
    }
    let comment = ask.form.said("comment").map(str::to_owned);
    let yes = match ask.form.said("answer") {
        Some("yes") => true,
        Some("no") => false,
        _ => return page(ask, Some("say yes or no")),
    };
    if !yes && comment.is_none() {
        return page(ask, Some("say what is wrong: a few words are enough"));
    }
    if comment.as_ref().is_some_and(|it| it.chars().count() > LONGEST) {
        return page(ask, Some("this is too long: keep it to a page"));
    }
    let seen: Option<u32> = ask.form.said("version").and_then(|it| it.parse().ok());
    if seen.is_none() || seen != link.version(record) {
        return page(ask, Some("it changed while you looked: this is what it says now"));
    }
    let step = step(&link, record, yes, seen, comment);
    let act = || execute(&link, Command::one(step));
    match ask.site.app.accounts().answer(ask.param("token"), act) {
        Ok(_) => Ok(Answer::go(ask.path.clone())),
        Err(app::Error::LinkOver) => page(ask, None),
        Err(app::Error::Refused { sentence, .. }) => page(ask, Some(&sentence)),
        Err(err) => Err(err.into()),
    }
}

/// Takes the answer back: the link asks again then.
pub(super) fn undo(ask: &Ask) -> Result<Answer, Problem> {
    let Some(link) = Link::of(ask)? else { return page(ask, None) };
    let here = ask.path.trim_end_matches("/undo").to_owned();
    let Some(undo) = link.asked.seq.map(|it| undoing(&link, it)).transpose()?.flatten() else {
        return Ok(Answer::go(here));
    };
    execute(&link, undo.command)?;
    ask.site.app.accounts().reopen_answer(ask.param("token"))?;
    Ok(Answer::go(here))
}

/// What takes an answer back, where that is the person's to do and nothing was built on it.
pub(super) fn undoing(link: &Link, seq: u64) -> Result<Option<Undo>, Problem> {
    let undo = link.organization.undo(seq)?;
    let (isms, day) = (&link.past.isms, link.past.day);
    let may = permit(isms, day, link.asked.bound.person, &undo.command).is_ok();
    let whole = undo.left.is_empty() && !undo.command.steps.is_empty();
    Ok(Some(undo).filter(|_| may && whole))
}

/// What was answered in a commit.
pub(super) fn said(link: &Link, seq: u64) -> Result<Said, Problem> {
    let commit = link.organization.commit(seq)?;
    let made = commit.revisions.iter().find_map(|it| link.past.isms.get(it.record));
    let approval = made.and_then(|it| it.typed::<Approval>());
    let text = |record: &Record, field: &str| record.cell(field).text().map(str::to_owned);
    Ok(match approval {
        Some(it) if it.decision == Some(Decision::Refused) => Said {
            sentence: "You said no.",
            class: "bad",
            comment: made.and_then(|it| text(it, "comment")),
        },
        Some(it) => Said {
            sentence: match it.purpose {
                Some(Purpose::Review) => "You said that it is still true.",
                Some(Purpose::Acknowledge) => "You said that you have read it.",
                _ => "You said yes.",
            },
            class: "good",
            comment: made.and_then(|it| text(it, "comment")),
        },
        None => Said {
            sentence: "Your word stands beside it, as a comment.",
            class: "good",
            comment: made.and_then(|it| text(it, "text")),
        },
    })
}

fn execute(link: &Link, command: Command) -> Result<u64, app::Error> {
    let actor = Actor::Person(link.asked.bound.person);
    let request = Request { actor, via: "mail", command, files: Vec::new(), bound: true };
    Ok(link.organization.execute(request)?.seq)
}

fn step(
    link: &Link,
    record: &Record,
    yes: bool,
    seen: Option<u32>,
    comment: Option<String>,
) -> Step {
    let purpose = match link.asked.bound.question {
        Question::Assent(purpose) if yes || link.can_refuse() => purpose,
        _ => return Step::New(word(link, record, yes, comment)),
    };
    let id = link.request(purpose).unwrap_or_else(app::fresh_id);
    let subject = Subject::Record(link.asked.bound.record);
    Step::Assent(Assent {
        // The edition is what was read, whatever the working copy says meanwhile.
        version: seen.filter(|_| purpose != Purpose::Acknowledge),
        decision: if yes { Decision::Given } else { Decision::Refused },
        comment,
        good_until: accepted_until(link, purpose).filter(|_| yes),
        ..Assent::new(id, purpose, subject)
    })
}

/// The last day until which a yes accepts what remains of a risk, where its method sets one.
pub(super) fn accepted_until(link: &Link, purpose: Purpose) -> Option<Date> {
    let view = link.sight().view;
    let risk = view.isms.typed::<Risk>(link.asked.bound.record)?;
    risk::accepted_until(view, risk).filter(|_| purpose == Purpose::AcceptResidual)
}

/// A comment that says what is wrong, or that the person takes it on; whoever gave it is told.
fn word(link: &Link, record: &Record, yes: bool, comment: Option<String>) -> New {
    let begin = match (yes, link.asked.bound.question) {
        (true, _) => "I do it.",
        (false, Question::Assent(Purpose::Review)) => "This is not true any more.",
        (false, _) => "Something is wrong with this.",
    };
    let text = comment.map_or_else(|| begin.to_owned(), |it| format!("{begin}\n\n{it}"));
    let mut fields = Map::from_iter([
        ("title".to_owned(), json!(begin)),
        ("text".to_owned(), json!(text)),
        ("about".to_owned(), json!(link.asked.bound.record.to_string())),
    ]);
    let isms = &link.past.isms;
    let giver = isms.moment(record.head.changed).and_then(|it| it.actor);
    let giver: Option<Id> = giver.filter(|it| *it != link.asked.bound.person);
    if let Some(giver) = giver.filter(|it| link.sight().get(*it).is_some()) {
        fields.insert("mentions".to_owned(), json!([giver.to_string()]));
    }
    New {
        id: app::fresh_id(),
        kind: "comment".to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    }
}
