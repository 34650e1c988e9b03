//! How a mail looks: as text and as HTML, without anything that is loaded from elsewhere.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A mail before it is text and HTML.
pub(super) struct Dress {
    /// The heading.
    pub(super) heading: String,
    /// What follows.
    pub(super) parts: Vec<Part>,
    /// The page on which one chooses what one is told, for mails that one may choose not to get.
    pub(super) foot: Option<String>,
}

/// A part of a mail.
pub(super) enum Part {
    /// A paragraph.
    Text(String),
    /// A paragraph beside the point.
    Soft(String),
    /// A link that is the point.
    Button {
        /// What it does.
        label: String,
        /// Where it leads.
        link: String,
    },
    /// One thing that is told.
    Thing {
        /// What happened.
        says: String,
        /// The record: number and title.
        record: String,
        /// More about it, a line each.
        more: Vec<String>,
        /// Where one answers at once, and what that is called.
        answer: Option<(String, String)>,
        /// The page of the record.
        link: String,
    },
}

/// Colors of the pages, light and dark. Programs that do not know the second part show the first.
const STYLE: &str = "
body { margin: 0; background: #fbfaf6; color: #191d26; font: 16px/1.5 system-ui, sans-serif; }
.page { max-width: 36rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font: 600 1.4rem/1.25 Georgia, serif; margin: 0 0 1rem; }
p { margin: 0 0 1rem; }
.soft { color: #51555f; font-size: .875rem; }
.thing { border-top: 1px solid #dcd8cf; padding: 1rem 0 0; margin: 0; }
.thing b { font-family: Georgia, serif; }
a.button { display: inline-block; background: #264b91; color: #ffffff; padding: .6rem 1rem; \
border-radius: 4px; text-decoration: none; }
a { color: #264b91; }
@media (prefers-color-scheme: dark) {
body { background: #101319; color: #eae7e0; } .soft { color: #aeb1b8; }
.thing { border-color: #30343d; } a { color: #8fb8f5; }
a.button { background: #8fb8f5; color: #101319; }
}";

impl Dress {
    /// As plain text.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{}\n\n", self.heading);
        for part in &self.parts {
            match part {
                Part::Text(it) | Part::Soft(it) => text.push_str(&format!("{it}\n\n")),
                Part::Button { label, link } => text.push_str(&format!("{label}:\n{link}\n\n")),
                Part::Thing { says, record, more, answer, link } => {
                    text.push_str(&format!("{says}\n{record}\n"));
                    more.iter().for_each(|it| text.push_str(&format!("{it}\n")));
                    if let Some((label, link)) = answer {
                        text.push_str(&format!("{label}: {link}\n"));
                    }
                    text.push_str(&format!("Open it: {link}\n\n"));
                }
            }
        }
        if let Some(page) = &self.foot {
            text.push_str(&format!("--\n{FOOT}: {page}\n"));
        }
        text
    }

    /// As a page of HTML.
    pub(super) fn html(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.heading) }
                    style { (PreEscaped(STYLE)) }
                }
                body { div.page {
                    h1 { (self.heading) }
                    @for part in &self.parts { (part.html()) }
                    @if let Some(page) = &self.foot { p.thing.soft { (FOOT) ": " a href=(page) { "your choice" } "." } }
                } }
            }
        }
    }
}

const FOOT: &str = "What you are told, and how often";

impl Part {
    fn html(&self) -> Markup {
        match self {
            Self::Text(it) => html! { p { (it) } },
            Self::Soft(it) => html! { p.soft { (it) } },
            Self::Button { label, link } => html! { p { a.button href=(link) { (label) } } },
            Self::Thing { says, record, more, answer, link } => html! {
                div.thing {
                    p { (says) br; b { (record) } @for it in more { br; span.soft { (it) } } }
                    p {
                        @if let Some((label, link)) = answer { a.button href=(link) { (label) } " " }
                        a href=(link) { "Open it" }
                    }
                }
            },
        }
    }
}
