//! The menu: the pages in the order of plan, do, check, act.

use domain::access::{Act, On};
use maud::{Markup, html};

use crate::{Ask, words};

/// What an entry of the menu leads to.
enum Entry {
    /// The list of a kind.
    Kind(&'static str),
    /// A page of its own: its path, its label, and what must be allowed to open it.
    Page(&'static str, &'static str, Option<Act>),
}

use Entry::{Kind, Page};

/// For who sees everything.
const ALL: Option<Act> = Some(Act::SeeEverything);

/// For who sees the registers.
const REGISTERS: Option<Act> = Some(Act::SeeRegisters);

/// The sections: their heading and entries.
const SECTIONS: &[(&str, &[Entry])] = &[
    ("", &[Page("", "Home", ALL), Page("/work", "My work", None)]),
    (
        "Plan",
        &[
            Page("/gap", "Gap analysis", ALL),
            Kind("issue"),
            Kind("interested_party"),
            Kind("requirement"),
            Kind("scope"),
            Kind("obligation"),
            Kind("role"),
            Kind("asset"),
            Kind("risk"),
            Page("/matrix", "Risk matrix", REGISTERS),
            Page("/soa", "Applicability (SoA)", REGISTERS),
            Kind("objective"),
            Kind("opportunity"),
        ],
    ),
    (
        "Do",
        &[Kind("document"), Kind("person"), Kind("supplier"), Kind("action"), Kind("event_report")],
    ),
    (
        "Check",
        &[
            Kind("evidence"),
            Kind("assessment_round"),
            Kind("determination"),
            Page("/charts", "Over time", ALL),
        ],
    ),
    (
        "Assurance",
        &[
            Page("/conformity", "Conformity", ALL),
            Page("/documented", "Documented information", ALL),
            Page("/spine", "Auditor's view", ALL),
            Page("/history", "History", Some(Act::SeeHistory)),
        ],
    ),
    (
        "This organization",
        &[
            Kind("organization"),
            Kind("unit"),
            Kind("site"),
            Kind("risk_method"),
            Page("/registers", "All registers", None),
            Page("/import", "Import", Some(Act::Import)),
            Page("/settings", "Settings", ALL),
        ],
    ),
];

/// The menu at the side; over the page on a phone.
pub(super) fn rail(ask: &Ask, current: &str) -> Markup {
    let all = ask.may(Act::SeeEverything, On::Everything);
    let name = words::organization(ask.isms(), ask.here().organization.slug());
    html! {
        nav.rail #menu aria-label="Main" {
            div.top {
                a.name href=(ask.base()) { "Muniment" }
                a.org href="/organizations" title="Other organizations" { (name) " ▾" }
                a.close-menu href="#" { "Close" }
            }
            @for (heading, entries) in SECTIONS {
                @let lines: Vec<(String, &str, String)> = entries.iter().filter_map(|it| line(ask, it, all)).collect();
                @if !lines.is_empty() {
                    div {
                        @if !heading.is_empty() { h2 { (heading) } }
                        @for (path, label, count) in &lines {
                            @let here = !current.is_empty() && path.ends_with(current) || current == "/" && *path == ask.base();
                            a href=(path) aria-current=[here.then_some("page")] { (label) span { (count) } }
                        }
                    }
                }
            }
        }
    }
}

/// The pages of the menu that whoever asks may see: paths and labels, then all registers, also
/// those that the menu leaves out.
pub(crate) fn pages(ask: &Ask) -> Vec<(String, String)> {
    let all = ask.may(Act::SeeEverything, On::Everything);
    let registers = ask.sight().kinds().map(|it| {
        let label = if it.sole { it.label } else { it.plural };
        (ask.to(&format!("/{}", it.id)), label.to_owned())
    });
    let entries = SECTIONS.iter().flat_map(|it| it.1);
    let pages = entries.filter(|it| matches!(it, Page(..))).filter_map(|it| line(ask, it, all));
    let pages = pages.map(|(path, label, _)| (path, label.to_owned()));
    pages.chain(registers).collect()
}

/// The path, label and count of an entry that whoever asks may see.
fn line(ask: &Ask, entry: &Entry, all: bool) -> Option<(String, &'static str, String)> {
    match *entry {
        Page(path, label, needs) => {
            let may = needs.is_none_or(|it| ask.may(it, On::Everything));
            may.then(|| (ask.to(path), label, String::new()))
        }
        Kind(id) => {
            let def = kinds::kind(id)?;
            if !ask.may(Act::See, On::Kind(def)) {
                return None;
            }
            let count = if all { ask.isms().count_live(id).to_string() } else { String::new() };
            let label = if def.sole { def.label } else { def.plural };
            Some((ask.to(&format!("/{id}")), label, if def.sole { String::new() } else { count }))
        }
    }
}
