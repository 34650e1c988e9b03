//! One thing that a letter tells, in words, and the question that can be answered from it.

use app::{accounts::Question, outbox::Item};
use domain::{
    access::{Act, On, Sight},
    duties::{self, Duty, What},
    notices::Occasion,
};
use kinds::{
    approval::{Approval, Decision, Purpose},
    comment::Comment,
    document::Document,
    evidence::Evidence,
    risk::Risk,
};
use meta::{Choice, Id, Record};

use crate::words;

/// One thing that a letter tells.
pub(super) struct Line<'i> {
    /// What it is made of.
    pub(super) item: &'i Item,
    /// What happened, in a sentence.
    pub(super) says: String,
    /// The record that it is about: number and title.
    pub(super) record: String,
    /// More about it, a line each.
    pub(super) more: Vec<String>,
    /// The subject of a letter that tells nothing else: without the title.
    pub(super) subject: String,
    /// Where it is, below the organization.
    pub(super) path: String,
    /// The record by which letters belong together.
    pub(super) thread: Id,
}

/// A question that one person can answer by a link.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    /// The question.
    pub(super) question: Question,
    /// The record it is about.
    pub(super) record: Id,
    /// The version that is seen.
    pub(super) version: u32,
    /// What the link is called.
    pub(super) label: &'static str,
}

impl<'i> Line<'i> {
    /// The thing in words; `None` when it is over, or the person may not see it.
    pub(super) fn of(sight: Sight<'_>, open: &[Duty<'_>], item: &'i Item) -> Option<Self> {
        let record = sight.get(item.record).filter(|it| !it.head.withdrawn && !it.is_erased())?;
        let actor = sight.view.isms.moment(item.seq).and_then(|it| it.actor);
        let by = words::person(&sight, actor);
        let duty = open.iter().find(|it| {
            it.record.head.id == item.record
                && it.day.is_some_and(|day| day.to_string() == item.mark)
        });
        let mut more = Vec::new();
        let (says, subject) = match item.occasion()? {
            Occasion::Asked => asked(sight, open, record, &by, &mut more)?,
            Occasion::Answered => answered(sight, record, &by, &mut more)?,
            Occasion::Given => (format!("{by} gave this to you"), "it is yours now".to_owned()),
            Occasion::Mentioned => {
                let comment = record.typed::<Comment>()?;
                more.push(format!("“{}”", comment.title));
                (format!("{by} mentions you"), format!("{by} mentions you"))
            }
            Occasion::Edition => {
                let reads =
                    |it: &Duty<'_>| it.what == What::Read && it.record.head.id == item.record;
                open.iter().find(|it| reads(it))?;
                let says = "A new edition is in force. Please read it".to_owned();
                (says, "a new edition to read".to_owned())
            }
            Occasion::Event => {
                ("Somebody reported an event".to_owned(), "an event was reported".to_owned())
            }
            Occasion::Soon => {
                let duty = duty?;
                let day = duty.day.map(words::day).unwrap_or_default();
                (format!("Due on {day}: {}", to_do(duty.what)), format!("due on {day}"))
            }
            Occasion::Late => {
                let duty = duty?;
                let day = duty.day.map(words::day).unwrap_or_default();
                (format!("Late: {} was due on {day}", to_do(duty.what)), "late".to_owned())
            }
        };
        let about = about(sight, record);
        let reads = item.occasion() == Some(Occasion::Edition)
            || duty.is_some_and(|it| it.what == What::Read);
        Some(Self {
            item,
            says: format!("{says}."),
            record: called(about),
            more,
            subject: format!("{}: {subject}", about.name()),
            path: path(record, about, reads),
            thread: about.head.id,
        })
    }
}

/// The question that this thing puts to the person, where it can be answered by a link.
pub(super) fn question_of(sight: Sight<'_>, item: &Item) -> Option<Asking> {
    let record = sight.get(item.record)?;
    let assent = |purpose: Purpose, about: &Record, label: &'static str| {
        let version = seen_version(sight, purpose, about)?;
        let may = sight.may(Act::Approve(purpose), On::Record(about));
        let question = Question::Assent(purpose);
        may.then_some(Asking { question, record: about.head.id, version, label })
    };
    let confirm = || Asking {
        question: Question::Confirm,
        record: record.head.id,
        version: record.head.version,
        label: "Answer",
    };
    match item.occasion()? {
        Occasion::Asked => {
            if record.typed::<Evidence>().is_some() {
                return Some(confirm());
            }
            if record.typed::<Risk>().is_some() {
                let what = *duties::to_decide(sight, record).first()?;
                let purpose = match what {
                    What::ApproveTreatment => Purpose::ApproveTreatment,
                    _ => Purpose::AcceptResidual,
                };
                return assent(purpose, record, "Look and decide");
            }
            let approval = record.typed::<Approval>()?;
            let purpose = approval.purpose.filter(|it| by_link(*it))?;
            let about = sight.get(approval.subject?.id())?;
            assent(purpose, about, "Look and decide")
        }
        Occasion::Edition => assent(Purpose::Acknowledge, record, "Read and confirm"),
        Occasion::Given if sight.may(Act::Comment, On::Record(record)) => Some(confirm()),
        Occasion::Soon | Occasion::Late => match record.typed::<Document>() {
            Some(_) if waits_to_be_read(sight, record) => {
                assent(Purpose::Acknowledge, record, "Read and confirm")
            }
            _ if record.typed::<Approval>().is_some() => None,
            _ if domain::approvals::next_review(sight.view, record)
                .is_some_and(|it| it.to_string() == item.mark) =>
            {
                assent(Purpose::Review, record, "Is it still true?")
            }
            _ => None,
        },
        _ => None,
    }
}

/// What somebody is asked to do, as the end of a sentence that begins with “asks you to”.
fn verb(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Approve => "approve this",
        Purpose::Publish => "publish this",
        Purpose::AcceptResidual => "accept what remains of this risk",
        Purpose::ApproveTreatment => "approve how this risk is treated",
        Purpose::Review => "look at this again",
        Purpose::Acknowledge => "read this",
        Purpose::Attest => "say that this is there",
        Purpose::AcceptRole => "take this role",
        Purpose::SignMinutes => "say that these minutes are right",
        Purpose::GrantException => "grant this exception",
        Purpose::ConfirmSeed => "make this ours",
    }
}

/// The version that an assent by a link is bound to: of a document to be read, its edition in force.
pub(crate) fn seen_version(sight: Sight<'_>, purpose: Purpose, about: &Record) -> Option<u32> {
    match purpose {
        Purpose::Acknowledge => {
            let edition = sight.view.isms.in_force(about.head.id, sight.view.day)?;
            Some(edition.record.head.version)
        }
        _ => Some(about.head.version),
    }
}

/// What publishes or lets a rule be broken wants more than a button in a mail.
fn by_link(purpose: Purpose) -> bool {
    !matches!(purpose, Purpose::Publish | Purpose::GrantException | Purpose::ConfirmSeed)
}

fn waits_to_be_read(sight: Sight<'_>, record: &Record) -> bool {
    duties::of(sight).iter().any(|it| it.what == What::Read && it.record.head.id == record.head.id)
}

fn asked(
    sight: Sight<'_>,
    open: &[Duty<'_>],
    record: &Record,
    by: &str,
    more: &mut Vec<String>,
) -> Option<(String, String)> {
    if let Some(evidence) = record.typed::<Evidence>() {
        if !matches!(record.stage().id, "wanted" | "returned") {
            return None;
        }
        more.extend(evidence.wanted_by.map(|it| format!("Wanted by {}", words::day(it))));
        return Some((format!("{by} asks you for this proof"), "a proof is wanted".to_owned()));
    }
    if record.typed::<Risk>().is_some() {
        let mine = open.iter().filter(|it| it.record.head.id == record.head.id);
        let purposes: Vec<&str> = mine
            .filter_map(|it| match it.what {
                What::ApproveTreatment => Some(verb(Purpose::ApproveTreatment)),
                What::AcceptResidual => Some(verb(Purpose::AcceptResidual)),
                _ => None,
            })
            .collect();
        if purposes.is_empty() {
            return None;
        }
        let says = format!("You own this risk. Please {}", purposes.join(", and "));
        return Some((says, "your decision is wanted".to_owned()));
    }
    let approval = record.typed::<Approval>().filter(|_| record.stage().id == "asked")?;
    let by = match approval.asked_by {
        Some(it) => words::person(&sight, Some(it.id())),
        None => by.to_owned(),
    };
    let why = domain::approvals::asked_why(sight.view.isms, approval);
    more.extend(why.map(|it| format!("“{it}”")));
    more.extend(approval.answer_by.map(|it| format!("An answer is wanted by {}", words::day(it))));
    let verb = approval.purpose.map_or("answer", verb);
    Some((format!("{by} asks you to {verb}"), format!("{by} asks you to {verb}")))
}

fn answered(
    sight: Sight<'_>,
    record: &Record,
    by: &str,
    more: &mut Vec<String>,
) -> Option<(String, String)> {
    let approval = record.typed::<Approval>().filter(|_| record.stage().id != "revoked");
    let Some(approval) = approval else {
        let says = format!("{by} took back what you decided about this");
        return Some((says, "your decision was taken back".to_owned()));
    };
    let by = words::person(&sight, approval.by.map(|it| it.id()));
    let said = match approval.decision? {
        Decision::Given => "said yes",
        Decision::GivenOnCondition => "said yes, on conditions",
        Decision::Refused => "said no",
    };
    let asked = approval.purpose.map(|it| words::small(it.def().label)).unwrap_or_default();
    more.push(format!("You asked: {asked}"));
    more.extend(approval.conditions.as_ref().map(|it| format!("Conditions: {}", it.0)));
    more.extend(approval.comment.as_ref().map(|it| format!("“{}”", it.0)));
    Some((format!("{by} {said}"), format!("{by} {said}")))
}

fn to_do(what: What) -> &'static str {
    match what {
        What::Answer => "your answer",
        What::ApproveTreatment => "approving how it is treated",
        What::AcceptResidual => "accepting what remains",
        What::AcceptAbove => "accepting it above the criteria",
        What::Handle => "your look at it",
        What::Act => "your action",
        What::Prove => "your proof",
        What::Read => "reading it",
        What::Review => "looking at it again",
        What::Mention => "your reply",
        What::Seed => "making it yours",
    }
}

/// What a request or a comment is about; of everything else the record itself.
fn about<'a>(sight: Sight<'a>, record: &'a Record) -> &'a Record {
    let name = match record.def().id {
        "approval" => "subject",
        "comment" => "about",
        _ => return record,
    };
    let mut found = None;
    record.cell(name).links(&mut |link| found = Some(link.id));
    found.and_then(|it| sight.get(it)).unwrap_or(record)
}

fn called(record: &Record) -> String {
    format!("{} {}", record.name(), words::title(record))
}

fn path(record: &Record, about: &Record, reads: bool) -> String {
    if reads {
        return format!("/read/{}", about.head.number);
    }
    let page = format!("/{}/{}", about.def().id, about.head.number);
    match record.def().id {
        "comment" => format!("{page}#comments"),
        _ => page,
    }
}
