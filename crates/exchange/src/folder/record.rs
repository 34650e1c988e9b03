//! One record as the text of its file.

use std::collections::BTreeMap;

use domain::Isms;
use kinds::approval::Approval;
use meta::{Choice, Record};

use super::{document, toml::Writer};
use crate::export::{
    Names, Node,
    said::{self, Part},
};

/// The text of a record's file.
pub(super) fn write(names: &Names<'_>, record: &Record) -> String {
    let def = record.def();
    let mut said = said::of(names, record);
    let main = document::main_text(def);
    let text = main.and_then(|at| match said.get(&Part::Field(at)) {
        Some(Node::Text(text)) if document::fits(text) => said.remove(&Part::Field(at)),
        _ => None,
    });
    let mut out = Writer::default();
    out.table(&[def.id], if record.is_erased() { "its content was erased" } else { "" });
    let fields = said.iter().filter_map(|(part, node)| match part {
        Part::Field(at) => Some((def.fields[*at].name, node)),
        _ => None,
    });
    out.pairs(&[def.id], fields);
    extras(&mut out, &said);
    out.table(&["muniment"], "");
    out.pair("id", &Node::Text(record.head.id.to_string()));
    out.pair("number", &Node::Text(record.name()));
    out.pair("version", &Node::Integer(record.head.version.into()));
    envelope(&mut out, names, record);
    match (main, text) {
        (None, _) => out.finish(),
        (Some(_), Some(Node::Text(text))) => document::join(&out.finish(), Some(&text)),
        (Some(_), _) => document::join(&out.finish(), None),
    }
}

fn extras(out: &mut Writer, said: &BTreeMap<Part, Node>) {
    let single = |part: &Part| match part {
        Part::Tags => Some("tags"),
        Part::ExternalId => Some("external_id"),
        Part::Attachments => Some("attachments"),
        Part::Field(_) | Part::Column(_) => None,
    };
    let column = |part: &Part| matches!(part, Part::Column(_));
    if said.keys().any(|it| single(it).is_some()) {
        out.table(&["extras"], "");
        out.pairs(&["extras"], said.iter().filter_map(|(part, it)| Some((single(part)?, it))));
    }
    if said.keys().any(column) {
        out.table(&["extras", "columns"], "");
        for (part, node) in said {
            if let Part::Column(header) = part {
                out.pair(header, node);
            }
        }
    }
}

/// What is written for readers and never read.
fn envelope(out: &mut Writer, names: &Names<'_>, record: &Record) {
    let isms = names.isms();
    let text = |text: &str| Node::Text(text.to_owned());
    out.table(&["envelope"], "never read");
    out.pair("stage", &text(record.stage().id));
    out.pair("provenance", &text(record.head.provenance.id()));
    out.pair("created", &text(&when(isms, record.head.created)));
    out.pair("changed", &text(&when(isms, record.head.changed)));
    let extras = record.head.extras.as_deref();
    if let Some(confirmed) = extras.and_then(|it| it.confirmed.as_ref()) {
        let by = names.name(confirmed.by.into());
        out.pair("confirmed", &text(&format!("{} by {by}", confirmed.on)));
    }
    if extras.is_some_and(|it| it.stub == Some(true)) {
        out.pair("stub", &Node::Bool(true));
    }
    let id = record.head.id;
    let approvals =
        isms.sources::<Approval>(id).filter(|(_, it)| it.subject.is_some_and(|it| it.id() == id));
    let approvals = approvals.map(|(approval, it)| {
        let decision = it.decision.map_or(approval.stage().id, |it| it.def().id);
        let version = it.version.map(|it| format!(" of version {it}")).unwrap_or_default();
        let day = it.decided_on.map(|it| format!(" on {it}")).unwrap_or_default();
        let title =
            format!("{}{version}: {decision}{day}", it.purpose.map_or("", |it| it.def().id));
        Node::Name { name: approval.name(), title }
    });
    let approvals: Vec<Node> = approvals.collect();
    if !approvals.is_empty() {
        out.pair("approvals", &Node::List(approvals));
    }
}

fn when(isms: &Isms, position: u64) -> String {
    let Some(moment) = isms.moment(position) else { return format!("position {position}") };
    let by = moment.actor.map_or_else(
        || "the system".to_owned(),
        |it| isms.get(it).map_or_else(|| it.to_string(), Record::name),
    );
    format!("{} by {by}, position {position}", moment.at)
}
