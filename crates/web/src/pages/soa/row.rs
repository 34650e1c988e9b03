//! One row of the table.

use domain::soa::{Held, SoaRow};
use kinds::control::{Applicability, Control, Implementation, Reason};
use maud::{Markup, html};
use meta::{Choice, Link, Record};

use super::{Said, Wrong, typed::Typed};
use crate::{Ask, pages::records::grade_class, problem::sentence_of, words};

/// A row, with what is beside it.
pub(super) struct Row<'a> {
    pub(super) row: &'a SoaRow,
    pub(super) record: Option<&'a Record>,
    pub(super) control: Option<&'a Control>,
    /// The control of Annex A it stands for.
    pub(super) known: Option<&'static catalog::Control>,
    pub(super) said: &'a [Said<'a>],
    /// Whether it says something else than the edition in force.
    pub(super) is_changed: bool,
    pub(super) may_edit: bool,
    pub(super) typed: &'a Typed,
    pub(super) wrong: Option<&'a Wrong>,
    /// The entry that just saved it.
    pub(super) saved: Option<u64>,
    pub(super) key: String,
}

impl Row<'_> {
    /// Whether a rule finds that something contradicts it.
    pub(super) fn is_contradicted(&self) -> bool {
        self.said.iter().any(|it| it.2)
    }

    /// The row.
    pub(super) fn show(&self, ask: &Ask) -> Markup {
        html! {
            tr id={ "row-" (self.key) } data-key=(self.key) data-seen=(self.saved.map(|it| it.to_string()).unwrap_or_default()) {
                td.ref { (self.row.reference) }
                th scope="row" { (self.title(ask)) }
                td { (self.applicability()) }
                td.why-cell { (self.why(ask)) }
                td { (self.implementation()) }
                td { (self.owner(ask)) }
                td { (self.proof(ask)) }
            }
        }
    }

    fn title(&self, ask: &Ask) -> Markup {
        html! {
            @if self.may_edit { input type="hidden" name={ (self.key) ".version" } value=(self.record.map(|it| it.head.version.to_string()).unwrap_or_default()); }
            @match self.record {
                Some(record) => { a.to href=(ask.to_record(record)) { (self.row.title) } }
                None => { (self.row.title) }
            }
            @if self.is_changed { " " span.chip { "changed" } }
            @if self.row.seed {
                " " span.chip.seed { "proposed" }
                @if self.may_edit { " " button.btn.small name="confirm" value=(self.key) title="Nobody made this row theirs yet" { "Make it ours" } }
            }
            @if let Some(wrong) = self.wrong { (trouble(wrong)) }
            @if let Some(entry) = self.saved {
                span.why { "Saved. " button.plain formaction=(ask.to(&format!("/history/{entry}/undo"))) { "Undo" } }
            }
            @for (rule, case, fails) in self.said {
                a.case href=(ask.to(&format!("/conformity/{}", rule.id))) title={ (rule.title) " (" (rule.id) "): " (rule.mend) } {
                    span.st.(if *fails { grade_class(Some(rule.isolated)) } else { "none" }) { (words::with_days(&case.note)) }
                }
            }
        }
    }

    fn applicability(&self) -> Markup {
        let value = self.typed.text(&self.key, "applicability", self.control);
        let label = Applicability::from_id(&value).map_or("undecided", |it| it.def().label);
        html! {
            @if self.may_edit {
                select.cell name={ (self.key) ".applicability" } aria-label={ "Is " (self.row.reference) " necessary?" } {
                    @if self.control.is_none_or(|it| it.applicability.is_none()) { option value="" selected[value.is_empty()] { "Not said" } }
                    @for it in Applicability::CHOICES { option value=(it.id) selected[it.id == value] { (it.label) } }
                }
            } @else { (label) }
        }
    }

    fn implementation(&self) -> Markup {
        let value = self.typed.text(&self.key, "implementation", self.control);
        let chosen = Implementation::from_id(&value);
        let excluded = self.control.is_some_and(Control::is_excluded);
        let class = match chosen {
            _ if excluded => "none",
            Some(Implementation::Implemented) => "good",
            Some(Implementation::InPart | Implementation::Planned) => "part",
            Some(Implementation::NotBegun) => "bad",
            Some(Implementation::Unknown) | None => "none",
        };
        html! {
            @if self.may_edit && !(excluded && value.is_empty()) {
                span.st.(class) {
                    select.cell name={ (self.key) ".implementation" } aria-label={ "Is " (self.row.reference) " implemented?" } {
                        option value="" selected[value.is_empty()] { "Not said" }
                        @for it in Implementation::CHOICES { option value=(it.id) selected[it.id == value] { (it.label) } }
                    }
                }
            } @else if excluded { span.st.none { "–" } }
            @else { span.st.(class) { (chosen.map_or("not said", |it| it.def().label)) } }
            @if let Some(on) = self.control.and_then(|it| it.declared_on).filter(|_| !excluded) { span.why { "declared " (words::short_day(on)) } }
        }
    }

    /// The reasons and texts, and the records behind them; opened, they are edited.
    fn why(&self, ask: &Ask) -> Markup {
        let reasons = self.typed.reasons(&self.key, self.control);
        let justification = self.typed.text(&self.key, "justification", self.control);
        let exclusion = self.typed.text(&self.key, "exclusion_reason", self.control);
        let excluded = self.typed.text(&self.key, "applicability", self.control) == "excluded";
        let text = if excluded { &exclusion } else { &justification };
        let chips = Reason::CHOICES.iter().filter(|it| reasons.iter().any(|id| id == it.id));
        let summary = html! {
            @if !excluded { @for it in chips { span.chip { (it.label.to_lowercase()) } " " } }
            @if !text.is_empty() { span.said-why { (text) } }
            @else if excluded { span.st.bad { "no reason given" } }
            @else if reasons.is_empty() { span.soft { @if self.may_edit { "Say why…" } @else { "–" } } }
        };
        html! {
            @if self.may_edit {
                details.edit open[self.wrong.is_some()] {
                    summary { (summary) }
                    div.sheet {
                        fieldset.options { legend { "Reasons to include" }
                            @for it in Reason::CHOICES {
                                label title=(it.help) { input type="checkbox" name={ (self.key) ".reasons" } value=(it.id) checked[reasons.iter().any(|id| id == it.id)]; (it.label) }
                            }
                        }
                        label { "Why it is included" textarea name={ (self.key) ".justification" } rows="2" { "\n" (justification) } }
                        label { "Why it is excluded" textarea name={ (self.key) ".exclusion_reason" } rows="2" { "\n" (exclusion) } }
                        @if self.known.is_some_and(|it| !it.asks.is_empty()) { p.help { (self.known.map_or("", |it| it.asks)) } }
                        div.row { button.btn.small.go data-save { "Save" } }
                    }
                }
            } @else { (summary) }
            (self.drivers(ask))
        }
    }

    /// The records that call for the control.
    fn drivers(&self, ask: &Ask) -> Markup {
        const SHOWN: usize = 6;
        let drivers = &self.row.drivers;
        html! {
            @if !drivers.is_empty() {
                span.why {
                    "Called for by "
                    @for (at, it) in drivers.iter().take(SHOWN).enumerate() {
                        @if at > 0 { ", " }
                        a.to href=(ask.to(&path_of(&it.number))) title={ (it.title) " (" (it.kind) ")" } { (it.number) }
                    }
                    @if drivers.len() > SHOWN { " and " (drivers.len() - SHOWN) " more" }
                }
            }
        }
    }

    fn owner(&self, ask: &Ask) -> Markup {
        let owner = self.control.and_then(|it| it.owner).map(|it| it.link());
        let excluded = self.control.is_some_and(Control::is_excluded);
        html! {
            @match (owner, self.record) {
                (Some(owner), _) => { (words::link(ask, Link::to(owner.id))) }
                (None, _) if excluded => { span.soft { "–" } }
                (None, Some(record)) if self.may_edit => { a.to href={ (ask.to_record(record)) "/edit#owner" } { "name one" } }
                _ => { span.soft { "nobody" } }
            }
        }
    }

    /// Proof wanted and held: what is declared is not yet shown.
    fn proof(&self, ask: &Ask) -> Markup {
        let Some(control) = self.control.filter(|it| !it.is_excluded()) else {
            return html! { span.soft { "–" } };
        };
        let day = ask.day();
        let good: Vec<&Held> = self.row.evidence.iter().filter(|it| it.holds_on(day)).collect();
        let wanted = self.row.proof_wanted as usize;
        let is_declared = control.implementation == Some(Implementation::Implemented);
        let newest = good.first().map(|it| {
            let age = it.day.until(day).map_or(0, |it| it.get_days());
            words::count(usize::try_from(age).unwrap_or(0), "day old", "days old")
        });
        let held = match (wanted, good.len()) {
            (0, 0) => "none held, none asked for".to_owned(),
            (0, count) => words::count(count, "proof held", "proofs held"),
            (wanted, count) => {
                format!("{} wanted, {count} held", words::count(wanted, "proof", "proofs"))
            }
        };
        html! {
            @if good.is_empty() && is_declared {
                span.st.part { "declared, not proven" }
            }
            span.why {
                (held)
                @if let (Some(newest), Some(it)) = (newest, good.first()) {
                    ", " a.to href=(ask.to(&path_of(&it.number))) title=(it.title) { "newest" } " "
                    @if newest.starts_with("no ") { "of today" } @else { (newest) }
                }
            }
            @if good.is_empty() && let Some(old) = self.row.evidence.first() && let Some(until) = old.until {
                span.why { a.to href=(ask.to(&path_of(&old.number))) { (old.number) } " ran out on " (words::short_day(until)) }
            }
        }
    }
}

fn trouble(wrong: &Wrong) -> Markup {
    html! {
        p.wrong role="alert" { (sentence_of(&wrong.message)) }
        @if !wrong.theirs.is_empty() {
            ul.theirs { @for (label, text) in &wrong.theirs {
                li { (label) ": " @if text.is_empty() { em { "emptied" } } @else { q { (text) } } }
            } }
        }
    }
}

/// The path of a record by its name: `RISK-4` is `/risk/4`.
fn path_of(name: &str) -> String {
    let parts = name.rsplit_once('-');
    let kind = parts.and_then(|(prefix, _)| kinds::KINDS.iter().find(|it| it.prefix == prefix));
    let number = parts.map_or("", |it| it.1);
    kind.map_or_else(String::new, |it| format!("/{}/{number}", it.id))
}
