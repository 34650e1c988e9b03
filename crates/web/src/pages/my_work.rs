//! My work: all that waits for whoever asks, and the agenda by week.

mod acts;
mod agenda;
mod gaps;

use axum::http::StatusCode;
use domain::{
    access::{Act, On},
    duties::{self, Duty, What},
};
use kinds::approval::{Approval, Purpose};
use maud::{Markup, html};
use meta::{Choice, Record};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    pages::employee,
    routes::{Needs, Route, get, post},
    shell, words,
};

/// The routes of my work.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/work", Needs::Member, show),
    post("/o/{place}/work-review", Needs::Member, acts::review),
    post("/o/{place}/work-confirm", Needs::Member, acts::confirm),
];

/// So many things of a sort are shown at once; so many more can be unfolded.
const FIRST: usize = 8;
const SHOWN: usize = 40;

/// What a section shows: its heading, and what is in it.
struct Section {
    title: &'static str,
    lead: &'static str,
    what: &'static [What],
}

/// The sections that are plain lists, in the order in which they matter.
const SECTIONS: [Section; 6] = [
    Section {
        title: "Asked of you",
        lead: "Somebody waits for your answer.",
        what: &[What::Answer],
    },
    Section {
        title: "Decide about risks",
        lead: "Only the owner of a risk can approve how it is treated and accept what remains; above the criteria, whom the method names.",
        what: &[What::ApproveTreatment, What::AcceptResidual, What::AcceptAbove],
    },
    Section {
        title: "Reports to look into",
        lead: "Somebody noticed something and told it. Say who looks into it, and what it turned out to be.",
        what: &[What::Handle],
    },
    Section { title: "To do", lead: "", what: &[What::Act, What::Prove] },
    Section {
        title: "To read",
        lead: "Read it, then say on its page that you did.",
        what: &[What::Read],
    },
    Section { title: "Somebody mentions you", lead: "", what: &[What::Mention] },
];

fn show(ask: &Ask) -> Result<Answer, Problem> {
    if employee::is_for(ask) {
        return employee::show(ask);
    }
    page(ask, None)
}

/// The page; with the form in which nothing was chosen, where one was sent like that.
fn page(ask: &Ask, unchosen: Option<&str>) -> Result<Answer, Problem> {
    let sight = ask.sight();
    let duties = duties::of(sight);
    let open = gaps::of(ask);
    let late = duties.iter().filter(|it| it.day.is_some_and(|day| day < ask.day())).count();
    let of = |what: &[What]| -> Vec<&Duty<'_>> {
        duties.iter().filter(|it| what.contains(&it.what)).collect()
    };
    let body = html! {
        header {
            h1 { "My work" }
            p.lead {
                @if duties.is_empty() && open.is_empty() { "Nothing waits for you. Thank you." }
                @else { (sentence_of(duties.len(), late)) }
            }
        }
        @if duties.is_empty() && open.is_empty() { (nothing(ask)) }
        @else {
            div.grid {
                div.c8.side {
                    @for section in &SECTIONS { (list(ask, section, &of(section.what))) }
                    (choose(ask, "Look at these again", "Read each as it stands. What is still true needs one click; what is not, edit first.", "review", "Reviewed, still true", &of(&[What::Review]), unchosen))
                    (choose(ask, "Proposals in your name", "The program proposed these. They count for nothing until you make them yours.", "confirm", "Make them ours", &of(&[What::Seed]), unchosen))
                    (gaps::section(ask, &open))
                }
                div.c4.side { (agenda::agenda(ask, &duties)) (reports(ask)) }
            }
        }
    };
    let status = if unchosen.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Page::new("My work", body).at("/work").with_status(status).into())
}

fn sentence_of(count: usize, late: usize) -> String {
    let things = words::count(count, "thing waits", "things wait");
    match late {
        0 => format!("{things} for you, and nothing of it is late."),
        1 => format!("{things} for you; one of them is late."),
        late => format!("{things} for you; {late} of them are late."),
    }
}

fn nothing(ask: &Ask) -> Markup {
    html! {
        div.empty {
            p { "What others ask of you, what you own and what is due to be looked at again comes together here." }
            p.row {
                a.btn href=(ask.to("/document")) { "Read the documents" }
                @if ask.may_make("event_report") { a.btn href=(ask.to("/report")) { "Report something" } }
            }
        }
    }
}

fn list(ask: &Ask, section: &Section, duties: &[&Duty<'_>]) -> Markup {
    if duties.is_empty() {
        return html! {};
    }
    html! {
        section.card {
            h2 { (section.title) small { (duties.len()) } }
            @if !section.lead.is_empty() { p.soft { (section.lead) } }
            (folded(duties, |it| html! {
                li { (mark(ask, it)) span { (about(ask, it)) small { (says(ask, it)) } } (way(ask, it)) }
            }))
        }
    }
}

/// A list to choose from, and one button for all that were chosen; each has its own as well.
fn choose(
    ask: &Ask,
    title: &str,
    lead: &str,
    action: &str,
    button: &str,
    duties: &[&Duty<'_>],
    unchosen: Option<&str>,
) -> Markup {
    if duties.is_empty() {
        return html! {};
    }
    let write = !ask.is_past();
    html! {
        section.card id=(action) {
            h2 { (title) small { (duties.len()) } }
            p.soft { (lead) }
            form method="post" action=(ask.to(&format!("/work-{action}"))) {
                (shell::token(ask))
                input type="hidden" name="back" value=(ask.to("/work"));
                (folded(duties, |it| html! {
                    li {
                        @if write { input type="checkbox" name="record" value=(it.record.head.id) aria-label={ "Choose " (it.record.name()) }; } @else { (mark(ask, it)) }
                        span { (words::record(ask, it.record)) small { (says(ask, it)) } }
                        @if write { button.btn.small name="only" value=(it.record.head.id) { (button) span.unseen { ": " (it.record.name()) } } }
                    }
                }))
                @if unchosen == Some(action) { p.wrong role="alert" { span { "Choose at least one record first." } } }
                @if write && duties.len() > 1 { p.row { button.btn { (button) } span.soft { "for all that you chose" } } }
            }
        }
    }
}

/// The first few, and more to unfold: who has much to do is not to be buried in it.
fn folded(duties: &[&Duty<'_>], item: impl Fn(&Duty<'_>) -> Markup) -> Markup {
    let (first, rest) = duties.split_at(duties.len().min(FIRST));
    html! {
        ul.todo { @for it in first { (item(it)) } }
        @if !rest.is_empty() {
            details.fold {
                summary { (rest.len()) " more" }
                ul.todo { @for it in rest.iter().take(SHOWN) { (item(it)) } }
                @if rest.len() > SHOWN { p.soft { "and " (rest.len() - SHOWN) " more, when these are done" } }
            }
        }
    }
}

fn mark(ask: &Ask, it: &Duty<'_>) -> Markup {
    let late = it.day.is_some_and(|day| day < ask.day());
    html! { @if late { span.st.bad { span.unseen { "late" } } } @else { span.st.none {} } }
}

/// What it is about: for a request the record that it asks about.
fn about(ask: &Ask, it: &Duty<'_>) -> Markup {
    match it.what {
        What::Answer | What::Mention => match subject(ask, it.record) {
            Some(record) => words::record(ask, record),
            None if it.record.typed::<Approval>().is_some_and(|it| it.paper.is_some()) => {
                html! { a.to href=(ask.to("/soa")) { "Statement of Applicability" } }
            }
            None => words::record(ask, it.record),
        },
        _ => words::record(ask, it.record),
    }
}

fn subject<'a>(ask: &'a Ask, record: &Record) -> Option<&'a Record> {
    let name = if record.def().id == "approval" { "subject" } else { "about" };
    let mut found = None;
    record.cell(name).links(&mut |link| found = Some(link.id));
    ask.sight().get(found?)
}

/// Why it waits and until when, in a line.
fn says(ask: &Ask, it: &Duty<'_>) -> Markup {
    let what = match it.what {
        What::Answer => asked(ask, it.record),
        What::ApproveTreatment => "approve how it is treated".to_owned(),
        What::AcceptResidual => "accept what remains".to_owned(),
        What::AcceptAbove => "it stays above the criteria: accept it, or ask for more".to_owned(),
        What::Handle => "look into it and judge it".to_owned(),
        What::Act => it.record.stage().label.to_lowercase(),
        What::Prove => "bring the proof".to_owned(),
        What::Read => "read it".to_owned(),
        What::Review => "look at it again".to_owned(),
        What::Mention => mention(ask, it.record),
        What::Seed => it.record.def().label.to_lowercase(),
    };
    html! {
        (what)
        @if !it.note.is_empty() { " · " (it.note) }
        @if let Some(day) = it.day { " · by " time datetime=(day) { (words::short_day(day)) } ", " (words::away(day, ask.day())) }
    }
}

fn asked(ask: &Ask, record: &Record) -> String {
    let Some(approval) = record.typed::<Approval>() else { return String::new() };
    let purpose = approval.purpose.map_or("answer", |it: Purpose| it.def().label);
    match approval.asked_by {
        Some(by) => {
            format!(
                "{} asks: {}",
                words::person(&ask.sight(), Some(by.id())),
                purpose.to_lowercase()
            )
        }
        None => purpose.to_lowercase(),
    }
}

fn mention(ask: &Ask, record: &Record) -> String {
    let by = ask.isms().moment(record.head.created).and_then(|it| it.actor);
    format!("{}: “{}”", words::person(&ask.sight(), by), record.title())
}

/// The button that leads to where it is done.
fn way(ask: &Ask, it: &Duty<'_>) -> Markup {
    if ask.is_past() {
        return html! {};
    }
    let subject = subject(ask, it.record);
    let (label, path) = match it.what {
        What::Answer => ("Answer", subject.map_or_else(|| ask.to("/soa"), |it| ask.to_record(it))),
        What::Mention => {
            ("Reply", format!("{}#comments", ask.to_record(subject.unwrap_or(it.record))))
        }
        What::ApproveTreatment | What::AcceptResidual | What::AcceptAbove => {
            ("Decide", ask.to_record(it.record))
        }
        What::Read => ("Read", ask.to(&format!("/read/{}", it.record.head.number))),
        What::Act | What::Prove if ask.may(Act::Edit, On::Record(it.record)) => {
            ("Report", format!("{}/edit", ask.to_record(it.record)))
        }
        _ => ("Open", ask.to_record(it.record)),
    };
    html! { a.btn href=(path) { (label) span.unseen { ": " (it.record.name()) } } }
}

/// Everybody can say what they noticed.
fn reports(ask: &Ask) -> Markup {
    html! {
        @if ask.may_make("event_report") {
            section.card {
                h2 { "Noticed something?" }
                p.soft { "A wrong mail, a lost key, a system that behaves oddly: say so early. Nobody is blamed for it." }
                p { a.btn href=(ask.to("/report")) { "Report it" } }
            }
        }
    }
}
