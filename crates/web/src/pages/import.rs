//! Import as a guided page: bring files, see what was understood sheet by sheet, correct it, see
//! what would be done, and do it in one commit. The files wait on the shelf meanwhile, and
//! everything that was said is in the form.

mod back;
mod done;
mod look;
mod rejects;
mod said;
mod sheet;

use domain::{Actor, Now, access::Act};
use exchange::{
    Limits, Workbook,
    import::{self, Plan, SheetPlan, Source},
};
use maud::{Markup, html};
use meta::KindDef;

use self::{back::Back, said::Said};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get, post},
    shell, words,
};

/// The routes of the import.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/import", Needs::May(Act::Import), begin),
    post("/o/{place}/import", Needs::May(Act::Import), go_on),
    get("/o/{place}/import/{entry}", Needs::May(Act::Import), done::show),
    get("/o/{place}/import/{entry}/rejects/{sheet}", Needs::May(Act::Import), rejects::show),
];

/// The files that were brought, as far as they can be read.
#[derive(Default)]
struct Brought {
    /// The keys by which they wait, of those that could be read and of the others.
    keys: Vec<String>,
    /// Name and content.
    books: Vec<(String, Workbook)>,
    /// What was exported from here as JSON.
    json: Option<(String, Vec<u8>)>,
    /// What could not be read, a sentence each.
    troubles: Vec<String>,
}

/// Asks for the files.
fn begin(ask: &Ask) -> Result<Answer, Problem> {
    let kind = said::kinds().find(|it| ask.query.said("kind") == Some(it.id));
    let title = kind.map(|it| format!("Import {}", words::small(it.plural)));
    let body = html! {
        header {
            h1 { (title.as_deref().unwrap_or("Import")) }
            p.lead { "Bring the spreadsheets you have, as they are. You see what each sheet and column would become, and correct it, before anything is written." }
        }
        (door(ask, kind, "Read them"))
        section.card {
            h2 { "Good to know" }
            ul.prose {
                li { "Excel workbooks (XLSX) and CSV files, all at once: rows may name each other across files." }
                li { "Importing the same file again changes nothing. An edited copy changes the cells that changed in it." }
                li { "Columns that fit nowhere are kept beside the fields. Rows that cannot be taken come back as a file with the reason in front." }
                li { "Everything is one entry of the ledger, which you can undo as a whole." }
            }
        }
    };
    Ok(Page::new("Import", body).at("/import").into())
}

/// Room to bring files, of which a single sheet holds this kind; also a door of the first hour.
pub(super) fn door(ask: &Ask, kind: Option<&KindDef>, button: &str) -> Markup {
    html! {
        drop-files {
            form.empty method="post" action=(ask.to("/import")) enctype="multipart/form-data" {
                (shell::token(ask))
                @if let Some(kind) = kind { input type="hidden" name="kind" value=(kind.id); }
                label for="files" { strong { "Your files" } }
                input #files type="file" name="files" multiple required accept=".csv,.xlsx,.json,.txt,.tsv";
                p.soft { "Choose several, or drop them here." }
                button.btn.go { (button) }
            }
        }
    }
}

/// Shows what was understood, or does it, or hands out the rows that cannot be taken.
fn go_on(ask: &Ask) -> Result<Answer, Problem> {
    let brought = Brought::of(ask)?;
    if brought.books.is_empty() && brought.json.is_none() {
        let said = match brought.troubles.as_slice() {
            [] => "choose the files first".to_owned(),
            troubles => troubles.join("; "),
        };
        return Err(Problem::Wrong(said));
    }
    if let Some(back) = Back::of(ask, &brought)? {
        return back.go_on(ask, &brought);
    }
    let sources: Vec<Source<'_>> =
        brought.books.iter().map(|it| Source { name: &it.0, workbook: &it.1 }).collect();
    let mut said = Said::of(ask, &sources);
    let view = ask.view();
    let planned = import::plan(view, &sources, &said.options, &mut app::fresh_id);
    let mut plan = match planned {
        Ok(plan) => plan,
        Err(err) => {
            said.trouble = Some(err.to_string());
            said.options.each.clear();
            let planned = import::plan(view, &sources, &said.options, &mut app::fresh_id);
            planned.map_err(|err| Problem::Wrong(err.to_string()))?
        }
    };
    let alike = import::alike(view, &plan);
    for it in said.united(&alike) {
        import::unite(view, &mut plan, it);
    }
    let wanted = ask.form.get("do").unwrap_or_default();
    if let Some(at) = wanted.strip_prefix("rejects.").and_then(|it| it.parse::<usize>().ok()) {
        let sheet = plan.sheets.get(at).ok_or(Problem::NotFound)?;
        return Ok(rejects::file(rejects::name(sheet), import::rejects_csv(sheet)));
    }
    if wanted == "apply" && said.trouble.is_none() && !plan.command.steps.is_empty() {
        return apply(ask, &brought, plan, &mut said, &alike);
    }
    Ok(look::page(ask, &brought, &plan, &said, &alike).into())
}

fn apply(
    ask: &Ask,
    brought: &Brought,
    mut plan: Plan,
    said: &mut Said,
    alike: &[import::Alike],
) -> Result<Answer, Problem> {
    let command = plan.command.clone();
    match ask.execute(command) {
        Ok(receipt) => {
            rejects::keep(ask, receipt.seq, &plan)?;
            let sum = |of: fn(&SheetPlan) -> usize| plan.sheets.iter().map(of).sum::<usize>();
            let (made, changed) = (sum(|it| it.summary.made), sum(|it| it.summary.updated));
            let rows = words::count(made + changed, "row", "rows");
            let mut text = format!("{rows} taken in: {made} new, {changed} changed");
            let (rejected, left_out) = (sum(|it| it.summary.rejected), sum(|it| it.left_out));
            if rejected > 0 {
                text.push_str(&format!(", {rejected} not taken"));
            }
            if left_out > 0 {
                text.push_str(&format!(", {left_out} left out"));
            }
            let to = ask.to(&format!("/import/{}", receipt.seq));
            Ok(Answer::done(to, crate::problem::sentence_of(&text), Some(receipt.seq)))
        }
        Err(problem @ (Problem::Refused { .. } | Problem::Wrong(_))) => {
            said.trouble = Some(problem.sentence());
            plan.command.note = None;
            let page = look::page(ask, brought, &plan, said, alike);
            Ok(page.with_status(problem.status()).into())
        }
        Err(problem) => Err(problem),
    }
}

/// What the records would be, or why the plan is refused.
fn outcome(ask: &Ask, plan: &Plan) -> Result<domain::Change, String> {
    let actor = Actor::Person(ask.person());
    let mut salt = app::fresh_salt;
    let mut now = Now { at: ask.now, day: ask.day(), salt: &mut salt };
    let decided = domain::decide(ask.isms(), actor, &plan.command, &mut now);
    decided.map_err(|refusal| words::refusal(ask.isms(), &refusal))
}

impl Brought {
    /// The files that came now, and those that wait since an earlier step.
    fn of(ask: &Ask) -> Result<Self, Problem> {
        let mut brought = Self::default();
        let limits = Limits::default();
        for upload in ask.uploads.iter().filter(|it| it.field == "files") {
            let copy = upload.again(&ask.site.shelf)?;
            brought.keys.push(ask.site.shelf.put(copy, ask.now));
        }
        brought.keys.extend(ask.form.all("file").map(str::to_owned));
        let mut kept = Vec::new();
        for key in std::mem::take(&mut brought.keys) {
            let Some((name, bytes)) = ask.site.shelf.look(&key)? else {
                let why = "a file has waited for more than an hour and is gone: bring it again";
                brought.troubles.push(why.to_owned());
                continue;
            };
            if back::is_json(&bytes) {
                brought.json = Some((name, bytes));
                kept.push(key);
                continue;
            }
            match exchange::read(&name, &bytes, &limits) {
                Ok(book) => {
                    brought.books.push((name, book));
                    kept.push(key);
                }
                Err(err) => brought.troubles.push(format!("`{name}` was left out: {}", told(&err))),
            }
        }
        brought.keys = kept;
        Ok(brought)
    }
}

fn told(err: &exchange::Error) -> String {
    let cause = std::error::Error::source(err).map(|it| format!(": {it}"));
    format!("{err}{}", cause.unwrap_or_default())
}
