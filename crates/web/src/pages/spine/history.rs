//! The commits that touched some records, newest first.

use domain::access::{Act, On};
use ledger::Op;
use maud::{Markup, html};
use meta::Record;

use crate::{Ask, Problem, words};

/// At most so many records are asked for their versions: the ones that changed last.
const MOST_RECORDS: usize = 40;

/// At most so many changes are shown.
const SHOWN: usize = 30;

/// What was done to these records, up to the point looked at.
pub(super) fn of(ask: &Ask, records: &[&Record]) -> Result<Markup, Problem> {
    let (upto, sight) = (ask.isms().position(), ask.sight());
    let mut newest: Vec<&Record> = records.to_vec();
    newest.retain(|it| ask.may(Act::SeeHistory, On::Record(it)));
    newest.sort_by_key(|it| std::cmp::Reverse(it.head.changed));
    newest.truncate(MOST_RECORDS);
    let organization = &ask.place()?.organization;
    let mut changes = Vec::new();
    for record in newest {
        for revision in organization.revisions(record.head.id)? {
            if revision.seq <= upto && sight.reads_version(record, revision.seq) {
                changes.push((revision.seq, record, revision.version, revision.op));
            }
        }
    }
    changes.sort_by_key(|it| std::cmp::Reverse(it.0));
    let zone = ask.zone();
    Ok(html! {
        @if changes.is_empty() { p.soft { "Nothing yet." } }
        ol.timeline { @for (seq, record, version, op) in changes.iter().take(SHOWN) {
            @let moment = ask.isms().moment(*seq);
            li { span.row {
                @if let Some(moment) = moment { span.soft { (words::moment(moment.at, &zone)) " by " (words::person(&sight, moment.actor)) } }
                (words::record(ask, record))
                span.soft { (what(*version, *op)) }
                a.ref href=(ask.to(&format!("/history/{seq}"))) { "entry " (seq) }
            } }
        } }
        @if changes.len() > SHOWN { p.soft { "and " (changes.len() - SHOWN) " earlier changes" } }
    })
}

fn what(version: u32, op: Op) -> String {
    match op {
        Op::Withdraw => "withdrawn".to_owned(),
        Op::Erase => "content erased".to_owned(),
        Op::Put if version == 1 => "made".to_owned(),
        Op::Put => format!("version {version}"),
    }
}
