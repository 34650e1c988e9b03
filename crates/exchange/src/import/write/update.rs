//! The changes that a row makes to a record there is: cell by cell, and only what changed in the
//! sheet since it was last imported.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    Isms, Step,
    command::Edit,
    text::{self, Links},
};
use meta::{Extras, Imported, Need, Provenance, Record};
use serde_json::{Map, Value as Json};

use super::{
    super::{
        Conflict, Options, Outcome, Target,
        book::Clerk,
        cells, complete,
        convert::{Converted, Sheet},
        fit,
        links::same,
        merge::{self, Merged},
        outline::Line,
    },
    Written,
    affected::{affected, only},
    drop_field, imported, keep_stage,
    relink::{relink, unlinked},
    unread,
};

/// Changes a record where its row changed since it was last imported.
///
/// # Errors
/// When the record cannot become what the row says: why.
pub(in crate::import) fn update(
    isms: &Isms,
    sheet: &Sheet<'_>,
    line: &Line<'_>,
    (key, base_key): (&str, Option<&str>),
    record: &Record,
    options: &Options,
    clerk: &mut Clerk<'_, '_>,
) -> Result<(Outcome, Written), String> {
    let extras = record.head.extras.as_deref().cloned().unwrap_or_default();
    let base = last_import(sheet, base_key.unwrap_or(key), &extras).cloned();
    let base = base.as_ref();
    let was = |header: &str| base.and_then(|it| it.row.get(header)).unwrap_or_default();
    let columns = &sheet.outline.columns;
    let now: Vec<&str> = line.cells.iter().map(|it| &**it).collect();
    let before: Vec<&str> = columns.iter().map(|it| was(&it.header)).collect();
    let again = match options.relink && base.is_some() {
        true => unlinked(sheet, record, &before, &now),
        false => Vec::new(),
    };
    if base.is_some_and(|it| it.key == key) && now == before && again.is_empty() {
        return Ok((Outcome::Unchanged, Written::default()));
    }
    let mut affected = affected(sheet, &before, &now, base.is_some());
    again.iter().for_each(|at| affected[*at] = true);
    // Where a formula failed, the cell says what it said before.
    let failed: Vec<usize> = (0..now.len()).filter(|at| cells::is_failed(now[*at])).collect();
    let mut said = now.clone();
    failed.iter().for_each(|at| said[*at] = before[*at]);
    let mut former = Converted::default();
    if base.is_some() {
        former = sheet.convert(&only(&before, &affected), line.line, &mut clerk.reader());
    }
    let mut row = sheet.convert(&only(&said, &affected), line.line, clerk);
    let unread = unread::unread(&former, &row, &before);
    if !unread.is_empty() {
        unread.iter().for_each(|at| said[*at] = before[*at]);
        let read = sheet.convert(&only(&said, &affected), line.line, clerk);
        row = unread::told(sheet, row, read, &unread);
    }
    complete::complete(sheet, key, &mut row, false, line.line);
    complete::without_self(&mut row.body, record.head.id);
    if base.is_some() {
        complete::complete(sheet, key, &mut former, false, line.line);
    }
    for (at, column) in columns.iter().enumerate() {
        let kept = extras.columns.get(&column.header).filter(|it| cells::is_failed(it));
        if let Some(text) = kept {
            former.keep(&column.header, text);
        }
        if failed.contains(&at) {
            row.keep(&column.header, now[at]);
        }
    }
    for at in again {
        relink(sheet, record, at, now[at], &mut former, &mut row);
    }
    let mut update = Update {
        isms,
        sheet,
        line,
        record,
        options,
        first: base.is_none(),
        before: &before,
        now: &now,
        fields: Map::new(),
        extras,
        touched: Vec::new(),
        kept_back: failed.into_iter().chain(unread).filter(|at| !before[*at].is_empty()).collect(),
        conflicts: Vec::new(),
    };
    update.merge_fields(&former, &mut row);
    update.merge_columns(&former, &row);
    update.finish(&former, row, key, base.cloned())
}

/// The record of a row's last import.
fn last_import<'e>(sheet: &Sheet<'_>, key: &str, extras: &'e Extras) -> Option<&'e Imported> {
    extras.imported.iter().find(|it| it.register == sheet.kind.id && it.key == key)
}

/// A merge under way.
struct Update<'u, 'o> {
    isms: &'u Isms,
    sheet: &'u Sheet<'o>,
    line: &'u Line<'u>,
    record: &'u Record,
    options: &'u Options,
    first: bool,
    before: &'u [&'u str],
    now: &'u [&'u str],
    fields: Map<String, Json>,
    extras: Extras,
    touched: Vec<String>,
    /// Headers whose former text stays the one last imported, so that a conflict shows again.
    kept_back: BTreeSet<usize>,
    conflicts: Vec<Conflict>,
}

impl Update<'_, '_> {
    fn merge_fields(&mut self, former: &Converted, row: &mut Converted) {
        let ours = match self.record.body.json() {
            Json::Object(body) => body,
            _ => Map::new(),
        };
        let mut names: Vec<&String> = former.body.keys().chain(row.body.keys()).collect();
        names.sort_unstable();
        names.dedup();
        let names: Vec<String> = names.into_iter().cloned().collect();
        for name in names {
            let sheet = row.body.get(&name).cloned();
            let merged = merge::merge(
                former.body.get(&name).cloned(),
                sheet.clone(),
                ours.get(&name).cloned(),
            );
            match merged {
                Merged::Ours => {}
                Merged::Set(value) => self.set(&name, value),
                Merged::Conflict if self.keeps_title(&name) => {
                    let title = complete::text(&row.body, &name);
                    let header = self.sheet.headers_of(&name).next().map(|(_, it)| it);
                    if let Some(header) = header.filter(|_| !same(&title, self.record.title())) {
                        row.keep(header, &title);
                    }
                }
                Merged::Conflict if self.first && self.is_seed() => self.set(&name, sheet),
                Merged::Conflict => {
                    let columns: Vec<usize> =
                        self.sheet.headers_of(&name).map(|(at, _)| at).collect();
                    self.conflict(&name, &columns, self.ours_of(&name));
                    match self.takes_sheet(&name) {
                        true => self.set(&name, sheet),
                        false => self.kept_back.extend(columns),
                    }
                }
            }
        }
    }

    fn merge_columns(&mut self, former: &Converted, row: &Converted) {
        let mut headers: Vec<&String> = former.columns.keys().chain(row.columns.keys()).collect();
        headers.sort_unstable();
        headers.dedup();
        for header in headers {
            let [was, now] = [former, row].map(|it| it.columns.get(header).map(String::as_str));
            let ours = self.extras.columns.get(header);
            if was == now || ours == now {
                continue;
            }
            let free = ours == was;
            let ours = ours.unwrap_or_default().to_owned();
            if !free {
                let at = self.sheet.outline.columns.iter().position(|it| it.header == *header);
                self.conflict(header, &at.into_iter().collect::<Vec<_>>(), ours);
            }
            if free || self.takes_sheet(header) {
                self.touched.push(header.clone());
                match now {
                    Some(text) => self.extras.columns.insert(header, text),
                    None => self.extras.columns.remove(header),
                }
            } else {
                let mut columns = self.sheet.outline.columns.iter();
                self.kept_back.extend(columns.position(|it| it.header == *header));
            }
        }
    }

    fn finish(
        mut self,
        former: &Converted,
        mut row: Converted,
        key: &str,
        base: Option<Imported>,
    ) -> Result<(Outcome, Written), String> {
        let record = self.fit(&mut row)?;
        let to = self.stage(former, &mut row, &record);
        let before = self.record.head.extras.as_deref().cloned().unwrap_or_default();
        let entry = imported(self.sheet, key, self.line, base.as_ref(), &self.kept_back);
        let place = self.extras.imported.iter().position(|it| {
            it.register == entry.register && base.as_ref().is_some_and(|base| it.key == base.key)
        });
        match place {
            Some(at) => self.extras.imported[at] = entry,
            None => self.extras.imported.push(entry),
        }
        if self.extras.external_id.is_none() {
            self.extras.external_id.clone_from(&row.external);
        }
        self.extras.stub = None;
        let mut written =
            Written { steps: Vec::new(), conflicts: self.conflicts, remarks: row.remarks };
        if self.fields.is_empty() && self.extras == before && to.is_none() {
            return Ok((Outcome::Unchanged, written));
        }
        let id = self.record.head.id;
        written.steps.push(Step::Edit(Edit {
            record: id,
            version: Some(self.record.head.version),
            fields: self.fields,
            extras: Some(self.extras),
            provenance: self.options.provenance,
        }));
        if let Some(to) = to {
            self.touched.push("stage".to_owned());
            let reason = Some("the imported sheet says so".to_owned());
            let (version, to) = (Some(self.record.head.version), to.to_owned());
            written.steps.push(Step::Move { record: id, version, to, reason });
        }
        Ok((Outcome::Updated(self.touched), written))
    }

    /// Takes fields back that the record cannot hold.
    fn fit(&mut self, row: &mut Converted) -> Result<Arc<Record>, String> {
        let stage = self.record.stage();
        let must_stay: Vec<String> = self
            .fields
            .iter()
            .filter(|(_, value)| value.is_null())
            .filter(|(name, _)| {
                let need = self.record.def().field(name).map(|(_, it)| it.need);
                let first = self.record.head.stage == 0 || stage.ended;
                need == Some(Need::Create) || need == Some(Need::Leave) && !first
            })
            .map(|(name, _)| name.clone())
            .collect();
        for name in must_stay {
            self.take_back(&name);
            let header = self.sheet.headers_of(&name).next().map_or("", |(_, it)| it);
            let said = format!(
                "the cell was emptied, but a record that is `{}` needs it: it stays",
                stage.label
            );
            row.remark(self.line.line, (header, ""), &said);
        }
        let mut body = match self.record.body.json() {
            Json::Object(body) => body,
            _ => Map::new(),
        };
        for (name, value) in &self.fields {
            match value {
                Json::Null => drop(body.remove(name)),
                value => drop(body.insert(name.clone(), value.clone())),
            }
        }
        body.retain(|_, it| !it.is_null());
        let fitted = fit::fit(self.sheet.kind, self.record.head.id, body)?;
        for (name, why) in fitted.dropped {
            if !self.fields.contains_key(&name) {
                return Err(format!("it contradicts `{name}` of {}: {why}", self.record.name()));
            }
            self.take_back(&name);
            drop_field(self.sheet, self.now, self.line, &name, &why, row);
            for (at, header) in self.sheet.headers_of(&name) {
                if !self.now[at].is_empty() {
                    self.extras.columns.insert(header, self.now[at]);
                }
            }
        }
        Ok(fitted.record)
    }

    /// The stage to move to, where the status in the sheet changed.
    fn stage(
        &mut self,
        former: &Converted,
        row: &mut Converted,
        record: &Record,
    ) -> Option<&'static str> {
        let to = row.stage?;
        let here = self.record.stage();
        if to == here.id || former.stage == Some(to) {
            return None;
        }
        let ours_moved = match former.stage {
            Some(was) => was != here.id && self.record.head.stage != 0,
            None => self.record.head.stage != 0,
        };
        let at = self.sheet.outline.columns.iter().position(|it| it.target == Target::Stage)?;
        if ours_moved {
            self.conflict("stage", &[at], here.label.to_owned());
            if !self.takes_sheet("stage") {
                self.kept_back.insert(at);
                return None;
            }
        }
        if here.next.contains(&to) && fit::may_be_in(record, to) {
            return Some(to);
        }
        keep_stage(self.sheet, self.now, self.line, record, row);
        self.extras.columns.insert(&self.sheet.outline.columns[at].header, self.now[at]);
        None
    }

    fn takes_sheet(&self, field: &str) -> bool {
        self.options.takes_sheet(self.record.head.id, field)
    }

    fn set(&mut self, name: &str, value: Option<Json>) {
        self.touched.push(name.to_owned());
        self.fields.insert(name.to_owned(), value.unwrap_or_default());
    }

    fn take_back(&mut self, name: &str) {
        self.fields.remove(name);
        self.touched.retain(|it| it != name);
    }

    fn conflict(&mut self, field: &str, columns: &[usize], ours: String) {
        let join = |texts: &[&str]| {
            let texts = columns.iter().filter_map(|at| texts.get(*at));
            let texts: Vec<&str> = texts.copied().filter(|it| !it.is_empty()).collect();
            texts.join("; ")
        };
        self.conflicts.push(Conflict {
            line: self.line.line,
            record: self.record.head.id,
            field: field.to_owned(),
            was: join(self.before),
            now: join(self.now),
            ours,
        });
    }

    fn ours_of(&self, name: &str) -> String {
        text::of(self.isms, self.record.cell(name), Links::Titles)
    }

    /// Whether the record's own title stands whatever the sheet calls it: controls of Annex A.
    fn keeps_title(&self, name: &str) -> bool {
        self.first
            && self.sheet.kind.id == "control"
            && name == "title"
            && self.record.cell("reference").text().is_some_and(|it| catalog::control(it).is_some())
    }

    /// Whether nobody made the record their own yet: a seed, or named in a cell only.
    fn is_seed(&self) -> bool {
        let extras = self.record.head.extras.as_deref();
        self.record.head.provenance == Provenance::Seed && !self.record.is_own()
            || extras.is_some_and(|it| it.stub == Some(true))
    }
}
