//! The gap analysis: every requirement of clauses 4 to 10 and every control as an interview, and
//! what comes of it.

mod advice;
mod compare;
mod interview;
mod paper;
mod questions;

use std::collections::HashMap;

use domain::{
    Command, Step,
    access::{Act, On},
    command::{Edit, New},
};
use kinds::{
    Kind,
    gap_answer::{Answer as Found, GapAnswer},
    gap_assessment::{GapAssessment, ISO_27001_2022},
};
use maud::{Markup, html};
use meta::{Choice, Extras, Provenance, Record};
use serde_json::{Map, Value, json};

use self::questions::Question;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get, post},
    shell, words,
};

/// The routes of the gap analysis.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/gap", Needs::May(Act::SeeEverything), index),
    post("/o/{place}/gap", Needs::May(Act::SeeEverything), begin),
    get("/o/{place}/gap/{number}", Needs::May(Act::SeeEverything), overview),
    post("/o/{place}/gap/{number}/stage", Needs::May(Act::SeeEverything), turn),
    get("/o/{place}/gap/{number}/advice", Needs::May(Act::SeeEverything), advice::show),
    post("/o/{place}/gap/{number}/advice", Needs::May(Act::SeeEverything), advice::take),
    get("/o/{place}/gap/{number}/compare", Needs::May(Act::SeeEverything), compare::show),
    get("/o/{place}/gap/{number}/paper", Needs::May(Act::SeeEverything), paper::show),
    get("/o/{place}/gap/{number}/on/{subject}", Needs::May(Act::SeeEverything), interview::show),
    post("/o/{place}/gap/{number}/on/{subject}", Needs::May(Act::SeeEverything), interview::save),
];

/// One assessment with its answers, by what was asked.
struct Sheet<'a> {
    record: &'a Record,
    body: &'a GapAssessment,
    answers: HashMap<&'a str, (&'a Record, &'a GapAnswer)>,
}

impl<'a> Sheet<'a> {
    /// The assessment named in the path.
    fn asked(ask: &'a Ask) -> Result<Self, Problem> {
        let number = ask.param("number").parse().map_err(|_| Problem::NotFound)?;
        Self::numbered(ask, number)
    }

    fn numbered(ask: &'a Ask, number: u32) -> Result<Self, Problem> {
        let record = ask.sight().numbered(GapAssessment::ID, number).ok_or(Problem::NotFound)?;
        let body = record.typed::<GapAssessment>().ok_or(Problem::NotFound)?;
        let rows = ask.isms().sources::<GapAnswer>(record.head.id);
        let of_it = rows.filter(|(_, it)| {
            it.assessment.is_some_and(|assessment| assessment.id() == record.head.id)
        });
        let answers = of_it.filter_map(|(row, it)| Some((it.subject.as_deref()?, (row, it))));
        Ok(Self { record, body, answers: answers.collect() })
    }

    fn on(&self, question: &Question) -> Option<(&'a Record, &'a GapAnswer)> {
        self.answers.get(question.id).copied()
    }

    fn found(&self, question: &Question) -> Option<Found> {
        self.on(question)?.1.answer.filter(|it| *it != Found::NotLookedAt)
    }

    fn is_open(&self) -> bool {
        self.record.is_live()
    }

    /// The first question from this place on that nobody has looked at, then from the beginning.
    fn next_open(&self, from: usize) -> Option<&'static Question> {
        let all = questions::all();
        let (before, after) = all.split_at(from.min(all.len()));
        after.iter().chain(before).find(|it| self.found(it).is_none())
    }

    fn path(&self, ask: &Ask) -> String {
        ask.to(&format!("/gap/{}", self.record.head.number))
    }
}

/// All assessments, and room to begin one.
fn index(ask: &Ask) -> Result<Answer, Problem> {
    let sight = ask.sight();
    let mut rows: Vec<(&Record, &GapAssessment)> = sight.all::<GapAssessment>().collect();
    rows.reverse();
    let body = html! {
        header {
            h1 { "Gap analysis" }
            p.lead { "Walk through everything the standard asks for, one question at a time, and note where you stand. What is missing becomes a list of recommendations, and those become actions." }
        }
        @if rows.is_empty() {
            div.empty {
                h2 { "Nobody has looked yet" }
                p { "There are " (questions::all().len()) " questions: the requirements of clauses 4 to 10 and the 93 controls. You need not answer them in one sitting, nor alone: every answer is kept at once." }
                (beginning(ask))
            }
        } @else {
            div.scroll { table.list {
                thead { tr { th scope="col" { "Number" } th scope="col" { "Name" } th scope="col" { "Begun" } th scope="col" { "Where it stands" } th scope="col" { "Stage" } } }
                tbody { @for (record, assessment) in &rows {
                    @let sheet = Sheet::numbered(ask, record.head.number)?;
                    tr {
                        td { span.ref { (record.name()) } }
                        td { a.to href=(sheet.path(ask)) { (words::title(record)) } }
                        td { @if let Some(day) = assessment.started_on { time datetime=(day) { (words::short_day(day)) } } }
                        td { (tally(&sheet, questions::all())) }
                        td { (record.stage().label) }
                    }
                } }
            } }
            @if ask.may_make(GapAssessment::ID) { section.card { h2 { "Look again" } (beginning(ask)) } }
        }
    };
    Ok(Page::new("Gap analysis", body).at("/gap").into())
}

fn beginning(ask: &Ask) -> Markup {
    html! {
        @if ask.may_make(GapAssessment::ID) {
            form.form method="post" action=(ask.to("/gap")) {
                (shell::token(ask))
                div.field {
                    label for="title" { "What you call it" }
                    input #title type="text" name="title" required value=(format!("Where we stand in {}", ask.day().strftime("%B %Y")));
                }
                div.row { button.btn.go { "Begin" } }
            }
        } @else { p.soft { "Your ISMS manager or an internal auditor can begin one." } }
    }
}

/// Begins an assessment and asks the first question.
fn begin(ask: &Ask) -> Result<Answer, Problem> {
    ask.must(Act::Create, On::Kind(GapAssessment::DEF))?;
    let Some(title) = ask.form.said("title") else {
        return Err(Problem::Wrong(
            "give it a name, such as “Where we stand in spring”".to_owned(),
        ));
    };
    let rounds = ask.isms().all::<GapAssessment>().filter_map(|(_, it)| it.round);
    let round = rounds.max().unwrap_or(0).saturating_add(1);
    let id = app::fresh_id();
    let fields = Map::from_iter([
        ("title".to_owned(), json!(title)),
        ("framework".to_owned(), json!(ISO_27001_2022)),
        ("round".to_owned(), json!(round)),
        ("started_on".to_owned(), json!(ask.day())),
        ("lead".to_owned(), json!(ask.person().to_string())),
    ]);
    let new = New {
        id,
        kind: GapAssessment::ID.to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    };
    let receipt = ask.step(Step::New(new))?;
    let record = receipt.isms.get(id).ok_or(Problem::NotFound)?;
    let first = questions::all().first().map_or("", |it| it.id);
    let to = ask.to(&format!("/gap/{}/on/{first}", record.head.number));
    Ok(Answer::done(to, "Begun. Here is the first question.", Some(receipt.seq)))
}

/// Where an assessment stands: every question as a square that leads to it.
fn overview(ask: &Ask) -> Result<Answer, Problem> {
    let sheet = Sheet::asked(ask)?;
    let path = sheet.path(ask);
    let may = sheet.is_open() && ask.may_make(GapAnswer::ID);
    let others: Vec<&Record> = ask
        .sight()
        .rows(GapAssessment::ID)
        .filter(|it| it.head.id != sheet.record.head.id && !it.head.withdrawn)
        .collect();
    let body = html! {
        header {
            p.soft { "Gap analysis " a.to href=(ask.to_record(sheet.record)) { span.ref { (sheet.record.name()) } } }
            h1 { (words::title(sheet.record)) }
            p.row {
                span.chip { (sheet.record.stage().label) }
                @if let Some(day) = sheet.body.started_on { span.soft { "begun on " (words::day(day)) } }
                @if let Some(day) = sheet.body.closed_on { span.soft { "closed on " (words::day(day)) } }
                @if let Some(lead) = sheet.body.lead { span.soft { "led by " (words::link(ask, lead.link())) } }
            }
        }
        div.row.acts {
            @match sheet.next_open(0) {
                Some(next) if may => { a.btn.go href={ (path) "/on/" (next.id) } data-key="e" { "Go on with " (next.reference) } }
                _ => {}
            }
            a.btn href={ (path) "/advice" } { "Recommendations" }
            @if let Some(other) = others.last() { a.btn href={ (path) "/compare?with=" (other.head.number) } { "Compare" } }
            a.btn href={ (path) "/paper" } { "To print" }
            (closing(ask, &sheet))
        }
        section.card {
            h2 { "What was found" small { (tally(&sheet, questions::all())) } }
            (squares(&sheet, &path, None))
            (key())
        }
    };
    let page = Page::new(sheet.record.name(), body).at("/gap");
    Ok(page.below("Gap analysis", ask.to("/gap")).into())
}

fn closing(ask: &Ask, sheet: &Sheet<'_>) -> Markup {
    let to = if sheet.is_open() { "closed" } else { "open" };
    html! {
        @if ask.may(Act::Move, On::Record(sheet.record)) {
            form.push method="post" action={ (sheet.path(ask)) "/stage" } {
                (shell::token(ask))
                input type="hidden" name="to" value=(to);
                button.btn { @if sheet.is_open() { "Close it" } @else { "Open it again" } }
            }
        }
    }
}

/// Closes an assessment, or opens it again.
fn turn(ask: &Ask) -> Result<Answer, Problem> {
    let sheet = Sheet::asked(ask)?;
    let closes = ask.form.get("to") == Some("closed");
    let (to, day) = match closes {
        true => ("closed", json!(ask.day())),
        false => ("open", Value::Null),
    };
    let record = sheet.record.head.id;
    let mut steps = Vec::new();
    if closes || sheet.body.closed_on.is_some() {
        steps.push(Step::Edit(Edit {
            record,
            version: None,
            fields: Map::from_iter([("closed_on".to_owned(), day)]),
            extras: None,
            provenance: Provenance::Person,
        }));
    }
    steps.push(Step::Move { record, version: None, to: to.to_owned(), reason: None });
    let receipt = ask.execute(Command { note: None, steps })?;
    let said = match closes {
        true => "Closed: it stands as it is now. The next one shows what became better.",
        false => "Open again: answers can be changed.",
    };
    Ok(Answer::done(sheet.path(ask), said, Some(receipt.seq)))
}

/// All questions as squares, section by section; the one that is looked at now is marked.
fn squares(sheet: &Sheet<'_>, path: &str, here: Option<&str>) -> Markup {
    html! {
        div.mosaic.asked { @for section in questions::sections() {
            @let its: Vec<&Question> = questions::of(section).collect();
            div {
                span { strong { (section.id) } " " (section.title) br; small { (tally(sheet, its.iter().copied())) } }
                ol { @for question in its {
                    @let found = sheet.found(question);
                    @let name = format!("{} {}: {}", question.reference, question.title, said(found));
                    li class=(square(found)) {
                        a href={ (path) "/on/" (question.id) } title=(name) aria-label=(name) aria-current=[(here == Some(question.id)).then_some("true")] {}
                    }
                } }
            }
        } }
    }
}

fn key() -> Markup {
    html! {
        p.key { @for found in Found::ALL {
            @let found = Some(*found).filter(|it| *it != Found::NotLookedAt);
            span { i class=(square(found)) {} (said(found)) }
        } }
    }
}

/// How many questions have which answer, in words.
fn tally<'q>(sheet: &Sheet<'_>, questions: impl IntoIterator<Item = &'q Question>) -> String {
    let mut counts = [0usize; 5];
    for question in questions {
        counts[place(sheet.found(question))] += 1;
    }
    let parts = Found::ALL.iter().map(|it| (counts[place(Some(*it))], *it));
    let parts = parts.filter(|it| it.0 > 0).map(|(count, found)| match (count, found) {
        (2.., Found::Conforms) => format!("{count} conform"),
        (2.., Found::DoesNot) => format!("{count} do not"),
        _ => format!("{count} {}", said(Some(found))),
    });
    parts.collect::<Vec<_>>().join(" · ")
}

fn place(found: Option<Found>) -> usize {
    let found = found.unwrap_or(Found::NotLookedAt);
    Found::ALL.iter().position(|it| *it == found).unwrap_or_default()
}

/// An answer in a word or two.
fn said(found: Option<Found>) -> &'static str {
    match found {
        Some(Found::Conforms) => "conforms",
        Some(Found::Partly) => "partly",
        Some(Found::DoesNot) => "does not",
        Some(Found::NotApplicable) => "not applicable",
        Some(Found::NotLookedAt) | None => "not looked at",
    }
}

/// The look of a square.
fn square(found: Option<Found>) -> &'static str {
    match found {
        Some(Found::Conforms) => "good",
        Some(Found::Partly) => "part",
        Some(Found::DoesNot) => "bad",
        Some(Found::NotApplicable) => "na",
        Some(Found::NotLookedAt) | None => "none",
    }
}

/// An answer with its shape.
fn mark(found: Option<Found>) -> Markup {
    let class = match square(found) {
        "na" => "none",
        class => class,
    };
    html! { span class={ "st " (class) } { (said(found)) } }
}
