//! What is done with a record beside editing it: each is a form of one button or a few fields on
//! its page, and leads back to it.

use domain::{
    Refusal, Step,
    access::{Act, On},
    command::{Assent, Edit, Former, New, Subject},
    holder,
};
use jiff::civil::Date;
use kinds::{
    Kind,
    approval::{Approval, Decision, Purpose},
};
use meta::{Choice, Extras, Provenance, Record};
use serde_json::{Map, json};

use crate::{Answer, Ask, Problem, comment};

/// The longest reason that stands beside what is asked for, in letters.
const WHY: usize = 200;

/// Does an act; one that is refused is shown on the page of the record, with what was typed.
pub(super) fn on_page(
    ask: &Ask,
    act: fn(&Ask) -> Result<Answer, Problem>,
) -> Result<Answer, Problem> {
    match act(ask) {
        Err(problem @ (Problem::Refused { .. } | Problem::Wrong(_))) => {
            super::show::again(ask, &problem)
        }
        answer => answer,
    }
}

/// Moves a record to another stage.
pub(super) fn stage(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    let to = ask.form.said("to").unwrap_or_default().to_owned();
    let reason = ask.form.said("reason").map(str::to_owned);
    let label =
        record.def().stages.iter().find(|it| it.id == to).map_or(to.as_str(), |it| it.label);
    let said = format!("{} is now: {}.", record.name(), label.to_lowercase());
    let step = Step::Move { record: record.head.id, version: seen(ask), to: to.clone(), reason };
    done(ask, record, step, said)
}

/// Reviewed, still true.
pub(super) fn review(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    let step = Step::Assent(assent(ask, record, Purpose::Review)?);
    let receipt = ask.step(step)?;
    let next = receipt.isms.get(record.head.id).and_then(|it| {
        domain::approvals::next_review(domain::View::new(&receipt.isms, ask.day()), it)
    });
    let mut said = format!("{} is still true, by your word.", record.name());
    if let Some(next) = next {
        said.push_str(&format!(" It comes up again on {}.", crate::words::day(next)));
    }
    Ok(Answer::done(back(ask, record), said, Some(receipt.seq)))
}

/// Seeded or imported text is made one's own.
pub(super) fn confirm(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    let said = format!("{} is yours now.", record.name());
    done(ask, record, Step::Confirm { record: record.head.id }, said)
}

/// Approves, publishes, accepts, attests, acknowledges; or refuses to.
pub(super) fn approve(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    let purpose = ask.form.said("purpose").and_then(Purpose::from_id);
    let purpose = purpose.ok_or_else(|| Problem::Wrong("say what you decide on".to_owned()))?;
    ask.must(Act::Approve(purpose), On::Record(record))?;
    let assent = assent(ask, record, purpose)?;
    let said = match assent.decision {
        Decision::Refused => format!("{}: you said no. It is on record.", record.name()),
        _ => format!("{}: {}, in your name.", record.name(), purpose.def().label.to_lowercase()),
    };
    done(ask, record, Step::Assent(assent), said)
}

/// Asks somebody to decide.
pub(super) fn request(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    ask.must(Act::Create, On::Kind(Approval::DEF))?;
    let purpose = ask.form.said("purpose").and_then(Purpose::from_id);
    let purpose = purpose.ok_or_else(|| Problem::Wrong("say what you ask for".to_owned()))?;
    let typed = ask.form.said("asked_of").unwrap_or_default();
    let named = crate::widget::pick(&ask.sight(), &["role", "person"], typed);
    let named = named.map_err(|_| {
        Problem::Wrong(match typed {
            "" => "say whom you ask: a role or a person".to_owned(),
            typed => format!("there is no role or person called `{typed}`"),
        })
    })?;
    let mut title = format!("{}: {}", purpose.def().label, record.name());
    if let Some(why) = ask.form.said("why") {
        title.push_str(&format!(". {}", why.chars().take(WHY).collect::<String>()));
    }
    let mut fields = Map::from_iter([
        ("title".to_owned(), json!(title)),
        ("purpose".to_owned(), json!(purpose.def().id)),
        ("subject".to_owned(), json!(record.head.id.to_string())),
        ("asked_of".to_owned(), json!(named.to_string())),
        ("asked_by".to_owned(), json!(ask.person().to_string())),
        ("asked_on".to_owned(), json!(ask.day().to_string())),
    ]);
    if let Some(by) = day(ask, "answer_by")? {
        fields.insert("answer_by".to_owned(), json!(by.to_string()));
    }
    let new = New {
        id: app::fresh_id(),
        kind: "approval".to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    };
    let whom = ask.sight().get(named.id).map_or(typed, Record::title);
    done(
        ask,
        record,
        Step::New(new),
        format!("{whom} is asked: {}.", purpose.def().label.to_lowercase()),
    )
}

/// Hides a record from lists.
pub(super) fn withdraw(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    let receipt = ask.step(Step::Withdraw { record: record.head.id, version: seen(ask) })?;
    let said = format!("{} is withdrawn.", record.name());
    let to = ask.to(&format!("/{}", record.def().id));
    Ok(Answer::done(to, said, Some(receipt.seq)))
}

/// Undoes a withdrawal.
pub(super) fn reinstate(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    let said = format!("{} is back.", record.name());
    done(ask, record, Step::Reinstate { record: record.head.id }, said)
}

/// Says something about a record; `@name` mentions a person.
pub(super) fn comment(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    ask.must(Act::Comment, On::Record(record))?;
    let text = ask.form.said("text").unwrap_or_default();
    let new = comment::new(ask, record, text, Provenance::Person).map_err(Problem::Wrong)?;
    match done(ask, record, Step::New(new), "Your comment is there.".to_owned()) {
        Err(Problem::Refused { refusal, sentence }) => {
            // On screen the comment is one field without a name.
            let sentence = match &*refusal {
                Refusal::Invalid { problems, .. } => {
                    let whys: Vec<&str> = problems.iter().map(|it| it.message.as_str()).collect();
                    format!("your comment {}", whys.join("; "))
                }
                _ => sentence,
            };
            Err(Problem::Refused { refusal, sentence })
        }
        answer => answer,
    }
}

/// Keeps files with a record.
pub(super) fn attach(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    ask.must(Act::Edit, On::Record(record))?;
    let mut extras = record.head.extras.as_deref().cloned().unwrap_or_default();
    let mut files = Vec::new();
    let organization = &ask.place()?.organization;
    for upload in ask.uploads.iter().filter(|it| it.size > 0) {
        let (file, stored) =
            organization.store_file(&upload.name, upload.media, &mut upload.open()?)?;
        extras.attachments.push(file);
        files.push(stored);
    }
    if files.is_empty() {
        return Err(Problem::Wrong("choose a file first".to_owned()));
    }
    let said = match files.len() {
        1 => "The file is kept.".to_owned(),
        count => format!("{count} files are kept."),
    };
    let edit = Edit {
        record: record.head.id,
        version: None,
        fields: Map::new(),
        extras: Some(extras),
        provenance: Provenance::Person,
    };
    let receipt = ask.execute_with(domain::Command::one(Step::Edit(edit)), files)?;
    Ok(Answer::done(back(ask, record), said, Some(receipt.seq)))
}

/// Gives a record the content of an earlier version.
pub(super) fn restore(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    let version: u32 =
        ask.form.said("to").and_then(|it| it.parse().ok()).ok_or(Problem::NotFound)?;
    let revisions = ask.place()?.organization.revisions(record.head.id)?;
    let found = revisions.into_iter().find(|it| it.version == version).ok_or(Problem::NotFound)?;
    let Some(content) = found.content else {
        return Err(Problem::Wrong(format!("version {version} was erased for good")));
    };
    let former = Former {
        text: content.text,
        stage: found.stage,
        withdrawn: record.head.withdrawn,
        provenance: Provenance::Person,
    };
    let said = format!("{} is as it was at version {version}.", record.name());
    let step = Step::Revert { record: record.head.id, version: seen(ask), to: Some(former) };
    done(ask, record, step, said)
}

fn done(ask: &Ask, record: &Record, step: Step, said: String) -> Result<Answer, Problem> {
    let receipt = ask.step(step)?;
    Ok(Answer::done(back(ask, record), said, Some(receipt.seq)))
}

/// The page the form stood on, where it says so; else that of the record.
fn back(ask: &Ask, record: &Record) -> String {
    let named = ask.form.said("back").filter(|it| crate::carry::is_local(it));
    named.map_or_else(|| ask.to_record(record), str::to_owned)
}

fn day(ask: &Ask, name: &str) -> Result<Option<Date>, Problem> {
    let wrong = |it| Problem::Wrong(format!("`{it}` is not a day: write it like 2026-03-31"));
    ask.form.said(name).map(|it| it.parse().map_err(|_| wrong(it))).transpose()
}

fn seen(ask: &Ask) -> Option<u32> {
    ask.form.said("version").and_then(|it| it.parse().ok())
}

fn assent(ask: &Ask, record: &Record, purpose: Purpose) -> Result<Assent, Problem> {
    let decision = match ask.form.said("decision") {
        Some("refused") => Decision::Refused,
        _ if ask.form.said("conditions").is_some() => Decision::GivenOnCondition,
        _ => Decision::Given,
    };
    // Where it is an answer to a request, the request becomes the answer.
    let asked =
        waiting(ask, record).find(|it| it.1.purpose == Some(purpose)).map(|it| it.0.head.id);
    let acting_as = ask.form.said("acting_as").and_then(|it| it.parse().ok());
    Ok(Assent {
        version: seen(ask),
        decision,
        conditions: ask.form.said("conditions").map(str::to_owned),
        comment: ask.form.said("comment").map(str::to_owned),
        acting_as,
        good_until: day(ask, "good_until")?,
        effective_from: day(ask, "effective_from")?,
        edition: ask.form.said("edition").map(str::to_owned),
        next_review: day(ask, "next_review")?,
        ..Assent::new(asked.unwrap_or_else(app::fresh_id), purpose, Subject::Record(record.head.id))
    })
}

/// What whoever asks is asked to decide on this record.
pub(crate) fn waiting<'a>(
    ask: &'a Ask,
    record: &'a Record,
) -> impl Iterator<Item = (&'a Record, &'a Approval)> {
    let view = ask.view();
    let asked = ask.isms().sources::<Approval>(record.head.id).filter(|(row, it)| {
        row.is_live()
            && row.stage().id == "asked"
            && it.subject.is_some_and(|it| it.id() == record.head.id)
    });
    asked.filter(move |(_, it)| {
        it.asked_of.is_none_or(|it| holder::is_behind(view, ask.person(), &it))
    })
}
