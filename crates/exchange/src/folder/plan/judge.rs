//! Whether a folder belongs here, and which record a file of it stands for.

use domain::Isms;
use meta::{KindDef, Record};

use super::{Planning, Source};
use crate::{
    export::{Fault, by_number},
    folder::{
        file::{self, Contents},
        manifest::{Here, Manifest},
    },
};

/// Why a folder does not belong here.
pub(super) fn stranger(
    now: &Isms,
    base: &Isms,
    here: &Here<'_>,
    from: &Manifest,
) -> Option<String> {
    if from.organization != here.organization || from.origin != here.origin {
        return Some(format!(
            "the folder belongs to the ledger `{}`, and this is `{}`: choose the right database \
             and organization",
            from.origin, here.origin
        ));
    }
    if from.position > now.position() {
        return Some(format!(
            "the folder was written at position {}, and the ledger ends at {}: the database is \
             older than the folder",
            from.position,
            now.position()
        ));
    }
    (from.position != base.position()).then(|| {
        format!("the folder was written at position {}, not {}", from.position, base.position())
    })
}

/// The record that a file of this name would be written for.
pub(super) fn numbered<'i>(
    isms: &'i Isms,
    def: &'static KindDef,
    stem: &str,
) -> Option<&'i Record> {
    let link = by_number(isms, &[def.id], stem)?;
    isms.get(link.id).filter(|it| it.name().eq_ignore_ascii_case(stem))
}

impl<'a> Planning<'a> {
    /// The record a file stands for; none for a new one.
    pub(super) fn judge(
        &self,
        source: &Source<'_>,
        contents: &Contents,
    ) -> Result<Option<&'a Record>, Fault> {
        let fault = |line: usize, message: String| Fault::at(file::at(source.path, line), message);
        let Some((id, line)) = contents.id else {
            let given = contents.number.as_ref().map(|it| it.1).or(contents.version.map(|it| it.1));
            if let Some(line) = given {
                let message = "there is a number or a version without an id: put the id back, or \
                               remove [muniment] to make a new record";
                return Err(fault(line, message.to_owned()));
            }
            if let Some(record) = numbered(self.now, source.def, source.stem) {
                let message = format!(
                    "{} is there already and the file has no id: put its [muniment] back, or give \
                     the file of a new record another name",
                    record.name()
                );
                return Err(Fault::at(source.path, message));
            }
            return Ok(None);
        };
        let Some(record) = self.base.get(id) else {
            let message = match self.now.get(id) {
                Some(record) => format!(
                    "{} was made after the folder was written: write the folder again",
                    record.name()
                ),
                None => "no record has this id: remove [muniment] to make a new one".to_owned(),
            };
            return Err(fault(line, message));
        };
        let (name, def) = (record.name(), record.def());
        if def.id != source.def.id || name != source.stem {
            let message = format!("the id is that of {name}, and the file bears another name");
            return Err(fault(line, format!("{message}: put one of them right")));
        }
        if let Some((number, line)) = contents.number.as_ref().filter(|it| it.0 != name) {
            let message =
                format!("`{number}` is not the number of this record, {name}: put it back");
            return Err(fault(*line, message));
        }
        let version = i64::from(record.head.version);
        match contents.version {
            Some((seen, line)) if seen != version => Err(fault(
                line,
                format!(
                    "the file has version {seen} of {name}, and the folder was written with \
                     version {version}: write {version} if you mean this content to hold"
                ),
            )),
            _ if record.head.withdrawn => {
                let message = format!("{name} was withdrawn before the folder was written");
                Err(Fault::at(source.path, format!("{message}: reinstate it, or remove the file")))
            }
            _ => Ok(Some(record)),
        }
    }
}
