//! Files without an id: new records, each made once.

use std::collections::HashMap;

use domain::{Isms, Step, command::New};
use meta::{Id, Imported, Need, Provenance, Record};

use super::{Planning, Source};
use crate::{
    export::{
        Fault, Node,
        said::{self, Delta, Part, in_words},
    },
    folder::file::{self, Contents, Found},
};

/// The register under which a new record remembers the file it was made from.
const REGISTER: &str = "folder";

/// The records made from files since a position, by what they remember of them.
pub(super) fn made_before(now: &Isms, position: u64) -> HashMap<&str, &Record> {
    let newer = now.records().filter(|it| it.head.created > position);
    let keys = newer.flat_map(|record| {
        let imported = record.head.extras.iter().flat_map(|it| &it.imported);
        imported.filter(|it| it.register == REGISTER).map(move |it| (it.key.as_str(), record))
    });
    keys.collect()
}

impl<'a> Planning<'a> {
    /// Gives new files their ids, so that others can link to them.
    pub(super) fn name(
        &mut self,
        news: Vec<(Source<'a>, Contents)>,
        ids: &mut dyn FnMut() -> Id,
    ) -> Vec<(Source<'a>, Id, Contents)> {
        let mut named = Vec::new();
        for (source, contents) in news {
            let made = self.before.get(self.key(&source).as_str());
            let id = made.map_or_else(&mut *ids, |it| it.head.id);
            let key = format!("{}/{}", source.def.id, source.stem);
            self.new.insert(key, (id, source.def));
            named.push((source, id, contents));
        }
        named
    }

    fn key(&self, source: &Source<'_>) -> String {
        format!("{}@{}", source.path, self.base.position())
    }

    pub(super) fn make(&mut self, source: &Source<'_>, id: Id, contents: &Contents) {
        let def = source.def;
        let (deltas, faults) = self.read_all(source, contents);
        if !faults.is_empty() {
            self.faults.extend(faults);
            return;
        }
        if let Some(&record) = self.before.get(self.key(source).as_str()) {
            let name = record.name();
            if self.says_the_same(record, &deltas) {
                return self.remark(source.path, format!("made into {name} already"));
            }
            let message = format!(
                "it was made into {name} already, and one of them changed since: write the folder \
                 again and edit the file of {name}"
            );
            return self.faults.push(Fault::at(source.path, message));
        }
        let said = |at: usize| deltas.iter().any(|it| it.part == Part::Field(at));
        let fields = def.fields.iter().enumerate();
        let missing: Vec<&str> = fields
            .filter(|(at, it)| it.need == Need::Create && !said(*at))
            .map(|(_, it)| it.name)
            .collect();
        if !missing.is_empty() {
            let message =
                format!("`{}` is missing: write it into [{}]", missing.join("`, `"), def.id);
            return self.faults.push(Fault::at(source.path, message));
        }
        let title = deltas.iter().find(|it| it.part == Part::Field(0)).map(|it| in_words(&it.to));
        let title = title.unwrap_or_else(|| "without a title".to_owned());
        self.line(source.path, format!("new {} {title}", def.label.to_lowercase()));
        let (fields, extras) = said::patch(def, None, &deltas);
        let mut extras = extras.unwrap_or_default();
        let (register, key) = (REGISTER.to_owned(), self.key(source));
        extras.imported.push(Imported { register, key, ..Imported::default() });
        self.made.push((source.path.to_owned(), id));
        let (kind, provenance) = (def.id.to_owned(), Provenance::Person);
        self.steps.push(Step::New(New { id, kind, fields, stage: None, provenance, extras }));
    }

    fn read_all(&self, source: &Source<'_>, contents: &Contents) -> (Vec<Delta>, Vec<Fault>) {
        let (mut deltas, mut faults) = (Vec::new(), Vec::new());
        for (part, Found { value, line }) in &contents.said {
            match part.read(&|kinds, text| self.resolve(kinds, text), source.def, value) {
                Ok(read) if read.is_null() => {}
                Ok(read) => deltas.push(Delta {
                    part: part.clone(),
                    from: serde_json::Value::Null,
                    to: value.clone(),
                    value: read,
                }),
                Err(err) => {
                    let message = format!("`{}`: {err}", part.label(source.def));
                    faults.push(Fault::at(file::at(source.path, *line), message));
                }
            }
        }
        (deltas, faults)
    }

    fn says_the_same(&self, record: &Record, deltas: &[Delta]) -> bool {
        let resolve = |kinds: &[&str], text: &str| self.now_names.resolve(kinds, text);
        let said = said::of(&self.now_names, record);
        said.len() == deltas.len()
            && deltas.iter().all(|delta| {
                let ours = said.get(&delta.part).map(Node::json).unwrap_or_default();
                delta.part.read(&resolve, record.def(), &ours).is_ok_and(|it| it == delta.value)
            })
    }
}
