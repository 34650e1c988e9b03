//! What the records say about one requirement, clause or control of the standard.

use std::collections::BTreeSet;

use domain::{
    approvals,
    conformity::{Case, Judged, Report, Rule, Verdict},
    holder,
};
use kinds::{Holder, Kind, control::Control, document::Document, evidence::Evidence};
use maud::{Markup, html};
use meta::{Choice, Id, KindDef, Record};

use crate::{Ask, words};

/// What the records say about one requirement, clause or control.
pub(crate) struct About<'a> {
    id: &'a str,
    is_control: bool,
    control: Option<(&'a Record, &'a Control)>,
    judged: Vec<&'a Judged>,
    /// What rules of other clauses find at the control.
    cases: Vec<(&'static Rule, Verdict, &'a Case)>,
    documents: Vec<(&'a Record, &'a Document)>,
    proofs: Vec<(&'a Record, &'a Evidence)>,
    callers: Vec<&'a Record>,
    registers: Vec<&'static KindDef>,
}

/// At most so many records of a register are named one by one.
const NAMED: usize = 12;

/// Whether one of the numbers a record gives is this subject, lies within it or holds it.
pub(crate) fn serves(named: &[String], subject: &str) -> bool {
    named.iter().any(|it| {
        let control = || catalog::control(it).map(|it| it.id);
        let known = catalog::requirement(it).map(|it| it.id);
        let known = known.or_else(|| catalog::clause(it.trim()).map(|it| it.id));
        known.or_else(control).is_some_and(|it| is_within(it, subject))
    })
}

/// Whether a clause is this subject, lies within it or holds it: `6.1.3.d` and `6.1.3`.
pub(crate) fn is_within(clause: &str, subject: &str) -> bool {
    let below = |one: &str, other: &str| {
        one.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    // `6` holds everything about planning and says nothing about one part of it.
    below(clause, subject) || clause.contains('.') && below(subject, clause)
}

impl<'a> About<'a> {
    /// Gathers it; `id` is one of the catalog.
    pub(crate) fn of(ask: &'a Ask, report: &'a Report, id: &'a str) -> Self {
        let (sight, isms) = (ask.sight(), ask.isms());
        let is_control = catalog::control(id).is_some_and(|it| it.id == id);
        let control = is_control
            .then(|| isms.live::<Control>().find(|it| it.1.annex_a().is_some_and(|it| it.id == id)))
            .flatten();
        let own = control.map(|it| it.0.head.id);
        let is_own = |it: Id| own == Some(it);
        let rules = control.map(|it| it.1.rules.as_slice()).unwrap_or_default();
        let documents = sight.all::<Document>().filter(|(record, it)| {
            record.is_live()
                && (serves(&it.serves_clauses, id)
                    || it.serves_records.iter().any(|it| is_own(it.id()))
                    || rules.iter().any(|it| it.id() == record.head.id))
        });
        let mut proofs: Vec<_> = sight
            .all::<Evidence>()
            .filter(|(_, it)| {
                serves(&it.shows_clauses, id) || it.shows.iter().any(|it| is_own(it.id()))
            })
            .collect();
        proofs.sort_by_key(|(_, it)| std::cmp::Reverse(it.period_until.or(it.collected_on)));
        let mut cases = Vec::new();
        for it in &report.results {
            let outcome = &it.outcome;
            let fails = outcome.fails.iter().map(|it| (Verdict::Fail, it));
            let all = fails.chain(outcome.unknowns.iter().map(|it| (Verdict::Unknown, it)));
            let here = all.filter(|(_, case)| own.is_some() && case.record == own);
            cases.extend(here.map(|(verdict, case)| (it.rule, verdict, case)));
        }
        let calls = ["risk", "requirement", "obligation", "action", "objective"];
        let callers: BTreeSet<(&str, u32, Id)> = own
            .into_iter()
            .flat_map(|own| isms.links_to(own))
            .filter_map(|it| sight.get(it.source))
            .filter(|it| it.is_live() && calls.contains(&it.def().id))
            .map(|it| (it.def().id, it.head.number, it.head.id))
            .collect();
        Self {
            id,
            is_control,
            control,
            judged: report.results.iter().filter(|it| is_within(it.rule.clause, id)).collect(),
            cases,
            documents: documents.collect(),
            proofs,
            callers: callers.into_iter().filter_map(|it| isms.get(it.2)).collect(),
            registers: registers(id),
        }
    }

    /// The page of the spine it belongs to.
    pub(crate) fn page(&self) -> &str {
        catalog::requirement(self.id).map_or(self.id, |it| it.clause)
    }

    /// Whether nothing is known at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.control.is_none()
            && self.documents.is_empty()
            && self.proofs.is_empty()
            && !self.is_judged()
    }

    /// Whether any rule says something about it.
    pub(super) fn is_judged(&self) -> bool {
        !self.judged.is_empty() || !self.cases.is_empty()
    }

    /// Whether no record says anything.
    pub(super) fn says_nothing(&self) -> bool {
        self.control.is_none() && self.registers.is_empty()
    }

    /// The records it is made of.
    pub(super) fn records(&self) -> Vec<&'a Record> {
        let mut records: Vec<&Record> = self.control.iter().map(|it| it.0).collect();
        records.extend(self.documents.iter().map(|it| it.0));
        records.extend(self.proofs.iter().map(|it| it.0));
        records.extend(&self.callers);
        records
    }

    /// How the control stands.
    pub(crate) fn control(&self, ask: &Ask) -> Markup {
        let Some((record, control)) = self.control else {
            return html! { @if self.is_control { p.soft { "This control is not in the register yet." } } };
        };
        let text = |it: &Option<meta::Markdown>| {
            html! { @if let Some(it) = it { (words::markdown(&it.0)) } }
        };
        html! {
            dl.facts {
                dt { "Record" } dd { (words::record(ask, record)) }
                dt { "Needed" } dd { @match control.applicability { Some(it) => { (it.def().label) } None => { span.soft { "nobody has decided" } } } }
                @if control.is_excluded() {
                    dt { "Why not" } dd { @match control.exclusion_reason { Some(_) => { (text(&control.exclusion_reason)) } None => { span.soft { "nobody has said" } } } }
                } @else {
                @if !control.reasons.is_empty() { dt { "Because of" } dd { @for (at, it) in control.reasons.iter().enumerate() { @if at > 0 { ", " } (it.def().label.to_lowercase()) } } }
                @if control.justification.is_some() { dt { "Why" } dd { (text(&control.justification)) } }
                dt { "Declared" } dd { @match control.implementation { Some(it) => { (it.def().label) } None => { span.soft { "nobody has said" } } } @if let Some(day) = control.since { " since " (words::short_day(day)) } }
                @if control.how.is_some() { dt { "How" } dd { (text(&control.how)) } }
                @if !control.proof_wanted.is_empty() { dt { "Proof wanted" } dd { ul.several { @for it in &control.proof_wanted { li { (it.what) @if let Some(every) = it.cadence { span.soft { ", every " (every.words()) } } } } } } }
                }
            }
        }
    }

    /// What the rules find, at most so many cases of each.
    pub(crate) fn verdicts(&self, ask: &Ask, most: usize) -> Markup {
        let rule = |rule: &Rule| ask.to(&format!("/conformity/{}", rule.id));
        html! {
            @if self.is_judged() {
                ul.timeline {
                    @for it in &self.judged { li {
                        span { (verdict(it)) " " a.to href=(rule(it.rule)) { (it.rule.title) } " " span.ref { (it.rule.id) } }
                        small { (words::with_days(&it.outcome.summary)) }
                        @let cases = it.outcome.fails.iter().chain(&it.outcome.unknowns);
                        @for case in cases.take(most) { (self::case(ask, case)) }
                        @let count = it.outcome.fails.len() + it.outcome.unknowns.len();
                        @if count > most { small { "and " (count - most) " more" } }
                    } }
                    @for (its, found, case) in &self.cases { li {
                        span { @match found { Verdict::Fail => { span.st.bad { "fail" } } _ => { span.st.none { "unknown" } } } " " a.to href=(rule(its)) { (its.title) } " " span.ref { (its.id) } }
                        small { (words::with_days(&case.note)) }
                    } }
                }
            }
        }
    }

    /// The documents that answer it, in few words.
    pub(crate) fn documents(&self, ask: &Ask) -> Markup {
        html! {
            @if !self.documents.is_empty() {
                h3 { "Documents" }
                ul.timeline { @for (record, _) in self.documents.iter().take(NAMED) {
                    li { (words::record(ask, record)) small { (in_force(ask, record).1) } }
                } }
            }
        }
    }

    /// The proofs, newest first, in few words.
    pub(crate) fn proofs(&self, ask: &Ask, most: usize) -> Markup {
        html! {
            @if !self.proofs.is_empty() {
                h3 { "Proofs" }
                ul.timeline { @for (record, evidence) in self.proofs.iter().take(most) {
                    li { (words::record(ask, record)) small { (proof_state(ask, record, evidence)) } }
                } }
                @if self.proofs.len() > most { p.soft { "and " (self.proofs.len() - most) " more" } }
            }
        }
    }

    /// The registers that answer a clause, and what stands in them.
    pub(super) fn said(&self, ask: &Ask) -> Markup {
        let sight = ask.sight();
        html! {
            @for def in &self.registers {
                @let rows: Vec<&Record> = sight.rows(def.id).filter(|it| it.is_live()).collect();
                h3 { a.to href=(ask.to(&format!("/{}", def.id))) { (def.plural) } " " span.soft { (rows.len()) } }
                @if rows.is_empty() { p.soft { "None yet." } }
                ul.several { @for record in rows.iter().take(NAMED) { li { (words::record(ask, record)) } } }
                @if rows.len() > NAMED { p.soft { "and " (rows.len() - NAMED) " more" } }
            }
        }
    }

    /// The records that call for the control.
    pub(super) fn callers(&self, ask: &Ask) -> Markup {
        html! {
            @if !self.callers.is_empty() {
                h3 { "What calls for it" }
                ul.several { @for record in self.callers.iter().take(NAMED * 2) { li { (words::record(ask, record)) " " span.soft { (record.def().label.to_lowercase()) } } } }
                @if self.callers.len() > NAMED * 2 { p.soft { "and " (self.callers.len() - NAMED * 2) " more" } }
            }
        }
    }

    /// Who answers for the control and the documents.
    pub(super) fn responsible(&self, ask: &Ask) -> Markup {
        let view = ask.view();
        let mut lines: Vec<(String, &str)> = Vec::new();
        let mut add = |holder: Option<&Holder>, what: &'static str| {
            if let Some(holder) = holder {
                let line = (holder::describe(view, holder), what);
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        };
        if let Some((_, control)) = self.control {
            add(control.owner.as_ref(), "answers for the control");
            add(control.operator.as_ref(), "does the work");
        }
        for (_, document) in &self.documents {
            add(document.owner.as_ref(), "keeps the documents right");
        }
        html! {
            @if lines.is_empty() { p.soft { "Nobody is named." } }
            ul.timeline { @for (name, what) in &lines { li { (name) small { (what) } } } }
        }
    }

    /// The documents with the editions in force.
    pub(super) fn rule_documents(&self, ask: &Ask) -> Markup {
        html! {
            @if self.documents.is_empty() { p.soft { "No document says that it answers this." } } @else {
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Document" } th scope="col" { "Edition in force" } th scope="col" { "Approved by" } th scope="col" { "Looked at again" } } }
                    tbody { @for (record, document) in &self.documents {
                        @let (approver, edition) = in_force(ask, record);
                        tr {
                            td { (words::record(ask, record)) @if let Some(it) = &document.identifier { span.why { (it) } } }
                            td { (edition) }
                            td { (approver) }
                            td { @if let Some(day) = approvals::next_review(ask.view(), record) { time datetime=(day) { (words::short_day(day)) } @if day < ask.day() { " " span.st.bad { "late" } } } }
                        }
                    } }
                } }
            }
        }
    }

    /// The proofs by date with their state.
    pub(super) fn proof_table(&self, ask: &Ask) -> Markup {
        html! {
            @if self.proofs.is_empty() { p.soft { "Nothing was brought yet." } } @else {
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Speaks for" } th scope="col" { "Proof" } th scope="col" { "State" } th scope="col" { "Judged by" } } }
                    tbody { @for (record, it) in &self.proofs {
                        tr {
                            td {
                                @match (it.period_from, it.period_until.or(it.collected_on)) {
                                    (Some(from), Some(until)) if from != until => { (words::short_day(from)) " to " (words::short_day(until)) }
                                    (_, Some(day)) => { (words::short_day(day)) }
                                    _ => { span.soft { "no day" } }
                                }
                            }
                            td { (words::record(ask, record)) }
                            td { (proof_state(ask, record, it)) }
                            td { @if let Some(by) = it.judged_by { (words::person(&ask.sight(), Some(by.id()))) } @if let Some(on) = it.judged_on { span.why { (words::short_day(on)) } } }
                        }
                    } }
                } }
            }
        }
    }
}

/// The kinds in which an answer to a clause stands.
fn registers(id: &str) -> Vec<&'static KindDef> {
    let clause = catalog::requirement(id).map_or(id, |it| it.clause);
    let skip = ["approval", "comment", "control", Document::ID, Evidence::ID, "gap_answer"];
    let all = kinds::KINDS.iter().copied().filter(|it| !skip.contains(&it.id));
    all.filter(|it| it.clause == clause).collect()
}

fn verdict(judged: &Judged) -> Markup {
    match (judged.outcome.verdict, judged.outcome.grade) {
        (Verdict::Pass, _) => html! { span.st.good { "pass" } },
        (Verdict::Fail, Some(grade)) => html! { span.st.bad { (grade.id()) } },
        (Verdict::Fail, None) => html! { span.st.bad { "fail" } },
        (Verdict::Unknown, _) => html! { span.st.none { "unknown" } },
        (Verdict::NotApplicable, _) => html! { span.st.none { "not applicable" } },
    }
}

fn case(ask: &Ask, case: &Case) -> Markup {
    let record = case.record.and_then(|it| ask.sight().get(it));
    html! { small { @if let Some(record) = record { (words::record(ask, record)) " " } (words::with_days(&case.note)) } }
}

/// Who approved the edition in force, and what it is called.
fn in_force(ask: &Ask, record: &Record) -> (String, Markup) {
    let view = ask.view();
    let Some(edition) = view.isms.in_force(record.head.id, view.day) else {
        return (String::new(), html! { span.st.none { "no edition in force" } });
    };
    let approval = view.isms.typed::<kinds::approval::Approval>(edition.approval);
    let by = approval.and_then(|it| it.by).map(|it| words::person(&ask.sight(), Some(it.id())));
    let label = approval.and_then(|it| it.edition.clone());
    let label = label.unwrap_or_else(|| format!("version {}", edition.record.head.version));
    let since = approval.and_then(|it| it.effective_from.or(it.decided_on));
    let shown = html! {
        span.st.good { "edition " (label) @if let Some(day) = since { ", since " (words::short_day(day)) } }
    };
    (by.unwrap_or_default(), shown)
}

fn proof_state(ask: &Ask, record: &Record, evidence: &Evidence) -> Markup {
    let until = evidence.counts_until();
    html! {
        @if evidence.is_expired(ask.day()) { span.st.bad { "ran out" @if let Some(day) = until { " on " (words::short_day(day)) } } }
        @else if evidence.is_accepted() { span.st.good { "accepted" @if let Some(day) = until { ", good until " (words::short_day(day)) } } }
        @else { span.st.part { (record.stage().label.to_lowercase()) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_answered_by_what_names_it_its_parts_or_the_clause_around_it() {
        let named = |it: &str| vec![it.to_owned()];
        for it in ["6.1.3", "6.1.3 d)", "6.1.3.d", "6.1"] {
            assert!(serves(&named(it), "6.1.3.d"), "{it}");
        }
        for it in ["6.1.3.e", "6.1.2", "A.6.1", "6", "16.1", ""] {
            assert!(!serves(&named(it), "6.1.3.d"), "{it}");
        }
        assert!(serves(&named("6.1.3.d"), "6.1.3") && serves(&named("A 5.1"), "A.5.1"));
        assert!(!serves(&named("A.5.10"), "A.5.1"));
    }
}
