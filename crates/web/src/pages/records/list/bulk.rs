//! One act on many records: all of it in one commit with one undo, or nothing of it.

mod lacking;
mod refused;
mod set;

use domain::{
    Command, Step,
    access::{Act, On},
    command::{Assent, Edit, Subject},
};
use kinds::approval::Purpose;
use maud::{Markup, html};
use meta::{KindDef, Record, StageDef};
use serde_json::Map;

use super::{super::form, Listing, Refused, listing::at};
use crate::{Answer, Ask, Problem, form::Form, problem::sentence_of, shell, words};

/// At most so many records are changed by one form.
const MOST: usize = 2_000;

/// What is to be done to whom.
struct Job<'a> {
    def: &'static KindDef,
    /// The records, with the version that was seen, where one by one they were ticked.
    chosen: Vec<(&'a Record, Option<u32>)>,
    /// What each of them shall go through.
    steps: Vec<(&'a Record, Step)>,
    /// Steps before all others: records that a link names and that are made with it.
    first: Vec<Step>,
    files: Vec<app::FileStored>,
    /// What is said when it is done, after the number of records.
    said: String,
}

/// Does what the bar below a list asks for.
pub(in crate::pages::records) fn act(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    let sees = ask.sees();
    let chosen = chosen(ask, def, Listing::read(ask, def, &asked(ask), ask.asker(&sees)))?;
    if chosen.is_empty() {
        let refused = Refused::Bulk("tick some records first");
        return super::page(ask, &asked(ask), Some(&refused));
    }
    if chosen.len() > MOST {
        let count = chosen.len();
        let what = format!("{count} records are too many at once: narrow the list to {MOST}");
        return Err(Problem::Wrong(what));
    }
    let said = String::new();
    let mut job =
        Job { def, chosen, steps: Vec::new(), first: Vec::new(), files: Vec::new(), said };
    if let Some(page) = lacking::page(ask, &job) {
        return Ok(page);
    }
    if matches!(ask.form.said("do"), Some("set" | "empty")) || ask.form.has(crate::widget::SHOWN) {
        if let Some(page) = set::ask_or_take(ask, &mut job)? {
            return Ok(page);
        }
    } else {
        job.plan(ask)?;
    }
    job.run(ask)
}

impl<'a> Job<'a> {
    fn plan(&mut self, ask: &Ask) -> Result<(), Problem> {
        let said = |name: &str| ask.form.said(name).map(str::to_owned);
        let wrong = |what: &str| Problem::Wrong(what.to_owned());
        match ask.form.said("do").unwrap_or_default() {
            "move" => {
                let to = said("to").unwrap_or_default();
                let stage = self.def.stages.iter().find(|it| it.id == to);
                let stage = stage.ok_or_else(|| wrong("there is no such stage"))?;
                self.said = format!("now: {}", words::small(stage.label));
                self.each(|record, version| {
                    let (record_id, to, reason) = (record.head.id, to.clone(), said("reason"));
                    let step = Step::Move { record: record_id, version, to, reason };
                    (record.stage().id != stage.id).then_some(step)
                });
            }
            how @ ("tag" | "untag") => {
                let tags = tags(ask);
                let adds = how == "tag";
                let named = tags.join("”, “");
                self.said = match adds {
                    true => format!("now tagged “{named}”"),
                    false => format!("no longer tagged “{named}”"),
                };
                self.each(|record, version| tagged(record, version, &tags, adds));
            }
            "review" => {
                self.said = "still true, by your word".to_owned();
                self.each(|record, version| Some(Step::Assent(review(record, version))));
            }
            "confirm" => {
                self.said = "yours now".to_owned();
                self.each(|record, _| {
                    (!record.is_own()).then_some(Step::Confirm { record: record.head.id })
                });
            }
            "withdraw" => {
                self.said = "withdrawn".to_owned();
                self.each(|record, version| {
                    let step = Step::Withdraw { record: record.head.id, version };
                    (!record.head.withdrawn).then_some(step)
                });
            }
            _ => return Err(wrong("say what to do with the records")),
        }
        Ok(())
    }

    fn each(&mut self, step: impl Fn(&'a Record, Option<u32>) -> Option<Step>) {
        let steps = self.chosen.iter().filter_map(|(it, version)| Some((*it, step(it, *version)?)));
        self.steps = steps.collect();
    }

    fn run(self, ask: &Ask) -> Result<Answer, Problem> {
        if self.steps.is_empty() {
            let said = "Nothing was changed: all of them are that way already.";
            return Ok(Answer::done(back(ask, self.def), said, None));
        }
        let steps = self.first.iter().cloned();
        let steps = steps.chain(self.steps.iter().map(|it| it.1.clone())).collect();
        let command = Command { note: None, steps };
        match ask.execute_with(command, self.files.clone()) {
            Ok(receipt) => {
                let (one, many) = (words::small(self.def.label), words::small(self.def.plural));
                let is = if self.steps.len() == 1 { "is" } else { "are" };
                let count = words::count(self.steps.len(), &one, &many);
                let said = format!("{count} {is} {}.", self.said);
                Ok(Answer::done(back(ask, self.def), said, Some(receipt.seq)))
            }
            Err(Problem::Refused { sentence, .. }) => refused::page(ask, &self, &sentence),
            Err(problem) => Err(problem),
        }
    }
}

/// The bar below a list: what may be done with the records that are ticked.
pub(super) fn bar(ask: &Ask, listing: &Listing<'_>, refused: Option<&Refused>) -> Markup {
    let def = listing.def;
    let may = |act: Act| ask.may(act, On::Kind(def));
    html! {
        (shell::token(ask))
        input type="hidden" name="query" value=(listing.query);
        @if let Some(Refused::Bulk(why)) = refused { p.wrong role="alert" { span { (sentence_of(why)) } } }
        div.row.bulk-bar role="group" aria-label="With the ticked records" {
            strong data-ticked { "With the ticked records" }
            @if listing.rows.len() > listing.shown().len() {
                label.row { input type="checkbox" name="all" value="1"; span { "all " (listing.rows.len()) " found" } }
            }
            @if may(Act::Move) && stages(def).nth(1).is_some() && def.id != "approval" {
                details.drop name="bulk" { summary.btn.small { "Move on" } div.sheet {
                    (moving(def))
                } }
            }
            @if may(Act::Edit) {
                details.drop name="bulk" { summary.btn.small { "Set a field" } div.sheet {
                    (set::which(def))
                } }
                details.drop name="bulk" { summary.btn.small { "Tags" } div.sheet {
                    (tagging())
                } }
            }
            @if def.field("next_review").is_some() && def.id != "approval" && may(Act::Approve(Purpose::Review)) {
                button.btn.small name="do" value="review" { "Reviewed, still true" }
            }
            @if may(Act::Edit) && listing.shown().iter().any(|it| !it.is_own()) {
                button.btn.small name="do" value="confirm" { "Make them ours" }
            }
            @if may(Act::Withdraw) { button.btn.small.danger.push name="do" value="withdraw" { "Withdraw" } }
        }
    }
}

/// The stages that records are moved to by hand.
fn stages(def: &'static KindDef) -> impl Iterator<Item = &'static StageDef> {
    def.stages.iter().filter(|it| !it.edition)
}

fn moving(def: &'static KindDef) -> Markup {
    html! {
        label { "To" select name="to" { option value="" { "choose" } @for stage in stages(def) { option value=(stage.id) { (stage.label) } } } }
        label { "Why" @if stages(def).any(|it| it.reason) { small { " needed for some stages" } } input type="text" name="reason"; }
        button.btn.go name="do" value="move" { "Move on" }
    }
}

fn tagging() -> Markup {
    html! {
        label { "Tags" small { " parted by commas" } input type="text" name="tag" autocomplete="off"; }
        div.row { button.btn.go name="do" value="tag" { "Add" } button.btn name="do" value="untag" { "Take off" } }
    }
}

/// Whether there is anything that whoever asks may do to several records of a kind.
pub(super) fn is_offered(ask: &Ask, def: &'static KindDef) -> bool {
    let acts = [Act::Edit, Act::Move, Act::Withdraw, Act::Approve(Purpose::Review)];
    acts.into_iter().any(|it| ask.may(it, On::Kind(def)))
}

/// The query of the list that the form stands on.
fn asked(ask: &Ask) -> Form {
    Form::parse(ask.form.get("query").unwrap_or_default().as_bytes())
}

/// That list.
fn back(ask: &Ask, def: &KindDef) -> String {
    let pairs = asked(ask);
    at(ask, def, pairs.pairs().map(|(name, it)| (name.to_owned(), it.to_owned())))
}

/// The records that are ticked, or all that were found.
fn chosen<'a>(
    ask: &'a Ask,
    def: &KindDef,
    listing: Listing<'a>,
) -> Result<Vec<(&'a Record, Option<u32>)>, Problem> {
    if ask.form.has("all") {
        // Half an address finds more than was shown.
        if let Some(misread) = listing.misread.first() {
            return Err(Problem::Wrong(misread.to_string()));
        }
        return Ok(listing.all().into_iter().map(|it| (it, None)).collect());
    }
    let ticked = ask.form.all("record").map(|it| {
        let (number, version) = it.split_once('.').unwrap_or((it, ""));
        let record = ask.sight().numbered(def.id, number.parse().ok()?)?;
        Some((record, version.parse().ok()))
    });
    ticked.collect::<Option<_>>().ok_or(Problem::NotFound)
}

/// The tags that were typed.
fn tags(ask: &Ask) -> Vec<String> {
    form::tags(ask.form.get("tag").unwrap_or_default())
}

fn tagged(record: &Record, version: Option<u32>, tags: &[String], adds: bool) -> Option<Step> {
    let mut extras = record.head.extras.as_deref().cloned().unwrap_or_default();
    let before = extras.tags.len();
    extras.tags.retain(|it| adds || !tags.contains(it));
    for tag in tags.iter().filter(|_| adds) {
        if !extras.tags.contains(tag) {
            extras.tags.push(tag.clone());
        }
    }
    if extras.tags.len() == before {
        return None;
    }
    // A tag makes nobody answer for the text.
    let provenance = record.head.provenance;
    let (record, fields, extras) = (record.head.id, Map::new(), Some(extras));
    Some(Step::Edit(Edit { record, version, fields, extras, provenance }))
}

fn review(record: &Record, version: Option<u32>) -> Assent {
    Assent {
        version,
        ..Assent::new(app::fresh_id(), Purpose::Review, Subject::Record(record.head.id))
    }
}
