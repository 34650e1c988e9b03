//! The first hour: three doors for an organization with nearly nothing in it.

use std::collections::BTreeMap;

use domain::{
    Step,
    access::{Act, On},
    command::{Edit, New},
    proposals::{self, Proposal},
};
use kinds::{
    Kind, YesNo,
    organization::{Answer as FactAnswer, Fact, Organization},
};
use maud::{Markup, html};
use meta::{Choice, Extras, Provenance, Record};
use serde_json::{Map, json};

use super::import;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get, post},
    shell, words,
};

/// The routes of the first hour.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/begin", Needs::May(Act::Import), doors),
    get("/o/{place}/begin/facts", Needs::May(Act::Import), facts),
    post("/o/{place}/begin/facts", Needs::May(Act::Import), answer),
    get("/o/{place}/begin/proposals", Needs::May(Act::Import), proposed),
    post("/o/{place}/begin/proposals", Needs::May(Act::Import), take),
];

/// Three ways to begin.
fn doors(ask: &Ask) -> Result<Answer, Problem> {
    let answered = organization(ask).is_some_and(|it| !it.1.facts.is_empty());
    let open = proposals::open(ask.isms()).len();
    let body = html! {
        header {
            h1 { "Where would you like to begin?" }
            p.lead { "Nobody starts from nothing: you have spreadsheets, or you know your business. Whatever you choose, nothing is lost, and every step can be undone." }
        }
        div.grid {
            section.card.c4.door {
                h2 { "Bring my spreadsheets" }
                p { "Risk register, assets, suppliers, Statement of Applicability, in whatever form they have. You see sheet by sheet what was understood, which names mean the same, and what contradicts itself." }
                (import::door(ask, None, "Read them"))
            }
            section.card.c4.door {
                h2 { "Ask me" }
                p { (Fact::ALL.len()) " questions about how you work. From the answers come proposals for your scope, the parties that have a stake, and the laws and contracts that bind you, each with its reason. You take what fits." }
                div.row {
                    a.btn.go href=(ask.to("/begin/facts")) { @if answered { "Look at the answers" } @else { "Ask me" } }
                    @if answered && open > 0 { a.btn href=(ask.to("/begin/proposals")) { (words::count(open, "proposal", "proposals")) } }
                }
            }
            section.card.c4.door {
                h2 { "Show me an example" }
                p { "The ISMS of a made-up company, with its risks, controls and documents and more than a year of history. It runs beside yours and touches nothing here." }
                p { "Start it on your own machine:" }
                pre { "muniment demo" }
                p.soft { "It opens in your browser; Ctrl C stops it." }
            }
        }
        p { "Or look around: " a.to href=(ask.base()) { "Home" } " tells what the standard asks for first, and the " a.to href=(ask.to("/gap")) { "gap analysis" } " walks you through all of it." }
    };
    Ok(Page::new("Begin", body).at("/").wide().into())
}

/// The questions of fact.
fn facts(ask: &Ask) -> Result<Answer, Problem> {
    let known = organization(ask).map(|it| it.1);
    let body = html! {
        header {
            h1 { "How do you work?" }
            p.lead { "Answer what you know. “Not known yet” is an answer too, and you can change all of this later." }
        }
        form.form method="post" action=(ask.to("/begin/facts")) {
            (shell::token(ask))
            ul.questions { @for fact in Fact::ALL {
                @let def = fact.def();
                @let now = known.map_or(YesNo::Unknown, |it| it.fact(*fact));
                li {
                    fieldset {
                        legend { (def.help) }
                        div.options.answers { @for (value, label) in [(YesNo::Yes, "Yes"), (YesNo::No, "No"), (YesNo::Unknown, "Not known yet")] {
                            label { input type="radio" name=(def.id) value=(value.def().id) checked[now == value]; span { (label) } }
                        } }
                    }
                }
            } }
            div.actions { button.btn.go { "See what follows" } a.btn href=(ask.to("/begin")) { "Back" } }
        }
    };
    Ok(Page::new("Ask me", body).at("/").below("Begin", ask.to("/begin")).into())
}

/// Keeps the answers in the organization's record.
fn answer(ask: &Ask) -> Result<Answer, Problem> {
    let to = ask.to("/begin/proposals");
    let known = organization(ask);
    let mut rows: BTreeMap<usize, FactAnswer> = BTreeMap::new();
    let place = |fact: Fact| Fact::ALL.iter().position(|it| *it == fact);
    for row in known.iter().flat_map(|it| &it.1.facts) {
        if let Some(at) = row.question.and_then(place) {
            rows.insert(at, row.clone());
        }
    }
    for (at, fact) in Fact::ALL.iter().enumerate() {
        let Some(said) = ask.form.said(fact.def().id).and_then(YesNo::from_id) else { continue };
        let row = rows.entry(at).or_default();
        row.question = Some(*fact);
        row.answer = Some(said);
    }
    let rows: Vec<FactAnswer> = rows.into_values().collect();
    let value = json!(rows);
    let fields = Map::from_iter([("facts".to_owned(), value.clone())]);
    let step = match known {
        Some((record, body)) => {
            ask.must(Act::Edit, On::Record(record))?;
            if json!(body.facts) == value {
                return Ok(Answer::go(to));
            }
            Step::Edit(Edit {
                record: record.head.id,
                version: None,
                fields,
                extras: None,
                provenance: Provenance::Person,
            })
        }
        None => {
            ask.must(Act::Create, On::Kind(Organization::DEF))?;
            let mut fields = fields;
            fields.insert("title".to_owned(), json!(ask.place()?.organization.slug()));
            new(Organization::ID, fields, Provenance::Person)
        }
    };
    let receipt = ask.step(step)?;
    Ok(Answer::done(
        to,
        "Your answers are kept. Here is what follows from them.",
        Some(receipt.seq),
    ))
}

/// What follows from the facts.
fn proposed(ask: &Ask) -> Result<Answer, Problem> {
    let open = proposals::open(ask.isms());
    let taken: Vec<(&Proposal, &Record)> = proposals::proposals()
        .filter_map(|it| Some((it, proposals::found(ask.isms(), it)?)))
        .filter(|it| it.1.is_live())
        .collect();
    let body = html! {
        header {
            h1 { "What we propose" }
            p.lead { "From what you said. Take what fits, one by one: it goes into your register as a proposal, and becomes yours when you put it in your own words or make it yours there. No check counts a proposal as done." }
        }
        @for def in kinds::KINDS {
            @let its: Vec<&&Proposal> = open.iter().filter(|it| it.kind == def.id).collect();
            @if !its.is_empty() {
                section.card {
                    h2 { (def.plural) small { (def.help) } }
                    ul.todo { @for it in its { (offer(ask, it)) } }
                }
            }
        }
        @if open.is_empty() { div.empty { p { "There is nothing more to propose: your registers hold it all." } a.btn.go href=(ask.base()) { "Go home" } } }
        @if !taken.is_empty() {
            section.card {
                h2 { "In your registers" small { (taken.len()) } }
                ul.timeline { @for (_, record) in &taken {
                    li { span { (words::record(ask, record)) " " @if record.is_own() { span.st.good { "yours" } } @else { span.chip.seed { "a proposal" } } } }
                } }
            }
        }
        div.row { a.btn href=(ask.to("/begin/facts")) { "Change the answers" } a.btn.go.push href=(ask.base()) { "Go on to Home" } }
    };
    let page = Page::new("Proposals", body).at("/");
    Ok(page.below("Begin", ask.to("/begin")).into())
}

fn offer(ask: &Ask, proposal: &Proposal) -> Markup {
    let def = kinds::kind(proposal.kind);
    let may = ask.may_make(proposal.kind);
    let long: Vec<(&str, &str)> = proposal
        .fields
        .iter()
        .filter_map(|(name, value)| {
            let field = def?.field(name)?.1;
            matches!(field.ty, meta::FieldType::Markdown).then_some((field.label, *value))
        })
        .collect();
    html! {
        li {
            span.st.none { span.unseen { "proposed" } }
            span {
                strong { (proposal.title) }
                small { (proposal.because) }
                @for (label, value) in long { small { span.soft { (label) ": " } "“" (value) "”" } }
            }
            @if may {
                form method="post" action=(ask.to("/begin/proposals")) {
                    (shell::token(ask))
                    button.btn.small name="take" value=(proposal.id) aria-label={ "Take " (proposal.title) } { "Take it" }
                }
            }
        }
    }
}

/// Puts a proposal into its register, as one.
fn take(ask: &Ask) -> Result<Answer, Problem> {
    let wanted = ask.form.said("take").unwrap_or_default();
    let proposal = proposals::proposal(wanted)
        .ok_or_else(|| Problem::Wrong("choose a proposal first".to_owned()))?;
    let def = kinds::kind(proposal.kind).ok_or(Problem::NotFound)?;
    ask.must(Act::Create, On::Kind(def))?;
    let to = ask.to("/begin/proposals");
    if let Some(record) = proposals::found(ask.isms(), proposal).filter(|it| it.is_live()) {
        return Ok(Answer::done(to, format!("{} is there already.", record.name()), None));
    }
    let receipt = ask.step(new(proposal.kind, proposal.body(), Provenance::Seed))?;
    Ok(Answer::done(to, format!("“{}” is in your register.", proposal.title), Some(receipt.seq)))
}

fn new(kind: &str, fields: Map<String, serde_json::Value>, provenance: Provenance) -> Step {
    Step::New(New {
        id: app::fresh_id(),
        kind: kind.to_owned(),
        fields,
        stage: None,
        provenance,
        extras: Extras::default(),
    })
}

fn organization(ask: &Ask) -> Option<(&Record, &Organization)> {
    ask.isms().live::<Organization>().next()
}
