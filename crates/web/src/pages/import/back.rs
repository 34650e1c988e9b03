//! Files that were exported from here, coming back with edits.

use exchange::{
    Workbook,
    export::{ReadBack, exported_kind, read_back, read_back_json},
};
use maud::html;

use super::{Brought, look};
use crate::{Answer, Ask, Problem, answer::Page, shell, words};

/// At most so many changes are listed.
const SHOWN: usize = 200;

/// What an exported file says after it was edited.
pub(super) struct Back {
    name: String,
    read: ReadBack,
}

/// Whether bytes are JSON rather than a table.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let first = bytes.iter().find(|it| !it.is_ascii_whitespace());
    first == Some(&b'[')
}

fn is_ours(book: &Workbook) -> bool {
    book.sheets.iter().any(|it| exported_kind(it).is_some())
}

impl Back {
    /// Reads the file, where what was brought is one that was exported from here.
    pub(super) fn of(ask: &Ask, brought: &Brought) -> Result<Option<Self>, Problem> {
        let ours = brought.books.iter().find(|it| is_ours(&it.1));
        let name = match (&brought.json, ours) {
            (None, None) => return Ok(None),
            (Some((name, _)), _) => name,
            (None, Some((name, _))) => name,
        };
        if brought.keys.len() > 1 {
            let why = format!("`{name}` was exported from here: bring it alone");
            return Err(Problem::Wrong(why));
        }
        let view = ask.view();
        let read = match (&brought.json, ours) {
            (Some((_, bytes)), _) => read_back_json(view, bytes, &mut app::fresh_id),
            (None, Some((_, book))) => read_back(view, book, &mut app::fresh_id),
            (None, None) => return Ok(None),
        };
        let read =
            read.map_err(|err| Problem::Wrong(format!("`{name}`: {}", super::told(&err))))?;
        Ok(Some(Self { name: name.clone(), read }))
    }

    /// Shows what would change, or changes it.
    pub(super) fn go_on(self, ask: &Ask, brought: &Brought) -> Result<Answer, Problem> {
        let mut trouble = None;
        if ask.form.get("do") == Some("apply") && !self.read.command.steps.is_empty() {
            let mut command = self.read.command.clone();
            command.note.get_or_insert_with(|| format!("Edits in {}", self.name));
            match ask.execute(command) {
                Ok(receipt) => {
                    let to = ask.to(&format!("/import/{}", receipt.seq));
                    return Ok(Answer::done(to, "The edits are taken in.", Some(receipt.seq)));
                }
                Err(problem @ (Problem::Refused { .. } | Problem::Wrong(_))) => {
                    trouble = Some(problem.sentence());
                }
                Err(problem) => return Err(problem),
            }
        }
        Ok(self.page(ask, brought, trouble.as_deref()).into())
    }

    fn page(&self, ask: &Ask, brought: &Brought, trouble: Option<&str>) -> Page {
        let changed = self.read.rows.saturating_sub(self.read.unchanged);
        let is_nothing = self.read.command.steps.is_empty();
        let body = html! {
            header {
                h1 { (self.name) }
                p.lead {
                    "This file was exported from here. "
                    @if is_nothing { "It says what the records say: nothing would change." }
                    @else { (words::count(changed, "row", "rows")) " of " (self.read.rows) " changed in it. Nothing is written yet." }
                }
            }
            (look::troubles(trouble, &brought.troubles))
            @if !self.read.lines.is_empty() {
                section.card {
                    h2 { "What would change" }
                    ul.timeline { @for it in self.read.lines.iter().take(SHOWN) { li { span { span.ref { (it.place) } " " (it.text) } } } }
                    @if self.read.lines.len() > SHOWN { p.soft { "and " (self.read.lines.len() - SHOWN) " more" } }
                }
            }
            form.row method="post" action=(ask.to("/import")) {
                (shell::token(ask))
                @for key in &brought.keys { input type="hidden" name="file" value=(key); }
                @if !is_nothing { button.btn.go name="do" value="apply" { "Take these edits in" } }
                a.btn href=(ask.to("/import")) { "Other files" }
            }
        };
        let status = match trouble {
            Some(_) => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            None => axum::http::StatusCode::OK,
        };
        let page = Page::new(self.name.clone(), body).at("/import").with_status(status);
        page.below("Import", ask.to("/import"))
    }
}
