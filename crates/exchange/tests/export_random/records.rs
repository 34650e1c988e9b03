//! Records of every kind made from random bytes, by the types of their fields.

use std::sync::Arc;

use domain::{Isms, Moment, command::Edit};
use jiff::{Timestamp, civil::Date};
use meta::{Envelope, FieldDef, FieldType, Id, KindDef, Need, Provenance, Record};
use serde_json::{Map, Value, json};

const TEXTS: [&str; 40] = [
    "a",
    " lead",
    "trail ",
    "=1+1",
    "+a",
    "@x",
    "-3",
    "'quoted",
    "a; b",
    "\"q\" r",
    "two\nlines",
    "tab\tbed",
    "a\r\nb",
    "r\rs",
    "é😀",
    "\"\"\"",
    "x\n\"\"\"\"\ny\"",
    "+++",
    "x\n+++\ny",
    "'''",
    "\\",
    "back\\\nslash",
    "\u{7f}",
    "\u{1}",
    "# no",
    "[x]",
    "2024",
    "true",
    "2026-01-01",
    "_x000D_",
    "\u{feff}",
    "\u{2028}",
    "A.5.1",
    "RISK-1",
    "sep=;",
    "ends\n",
    "\nbegins",
    "muniment:risk",
    ";",
    "",
];

/// How many records of each kind there are.
pub const EACH: u32 = 3;

/// Random bytes, zero once they are used up, and the texts to choose from.
struct Bytes<'a>(std::slice::Iter<'a, u8>, &'static [&'static str]);

impl Bytes<'_> {
    fn below(&mut self, end: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % end
    }

    fn text(&mut self) -> &'static str {
        self.1[self.below(self.1.len())]
    }

    fn list(&mut self, mut member: impl FnMut(&mut Self) -> Option<Value>) -> Value {
        let count = self.below(4);
        (0..count).filter_map(|_| member(self)).collect()
    }

    fn link(&mut self, kinds: &[&str]) -> Value {
        let kind = match kinds {
            [] => kinds::KINDS[self.below(kinds::KINDS.len())].id,
            kinds => kinds[self.below(kinds.len())],
        };
        let id = id(kind, 1 + self.below(EACH as usize) as u32);
        Value::from(if self.below(5) == 4 { format!("{id}@3") } else { id.to_string() })
    }

    fn value(&mut self, ty: &FieldType) -> Value {
        match ty {
            FieldType::Text | FieldType::Markdown => Value::from(self.text()),
            FieldType::Bool => Value::from(self.below(2) == 1),
            FieldType::Integer => json!([0, 1, -7, 9_007_199_254_740_991_i64][self.below(4)]),
            FieldType::Decimal => {
                json!(["0", "-0.05", "12.5", "123456789012345678"][self.below(4)])
            }
            FieldType::Day => {
                json!(["2026-03-01", "1850-12-31", "0001-01-01", "-000044-03-15"][self.below(4)])
            }
            FieldType::Instant => {
                json!(["2026-03-01T10:00:00Z", "1850-01-01T00:00:00.123456789Z"][self.below(2)])
            }
            FieldType::Period => json!(["P3M", "PT4H", "P1Y", "PT90M"][self.below(4)]),
            FieldType::Choice(options) => Value::from(options[self.below(options.len())].id),
            FieldType::Choices(options) => {
                self.list(|it| Some(Value::from(options[it.below(options.len())].id)))
            }
            FieldType::Words => self.list(|it| Some(Value::from(it.text()))),
            FieldType::Link(kinds) => self.link(kinds),
            FieldType::Links(kinds) => self.list(|it| Some(it.link(kinds))),
            FieldType::File => self.file(),
            FieldType::Rating => {
                let consequences =
                    self.list(|it| Some(json!({"criterion": it.text(), "rank": it.below(5)})));
                let controls = self.list(|it| Some(it.link(&["control"])));
                json!({
                    "likelihood": self.below(5), "consequences": consequences,
                    "rationale": self.text(), "controls": controls,
                    "by": self.link(&["person"]), "on": "2026-03-01",
                })
            }
            FieldType::Rows(def) => self.list(|it| Some(Value::Object(it.fields(def.fields)))),
        }
    }

    fn file(&mut self) -> Value {
        let name = self.text();
        json!({"name": name, "sha256": "ab".repeat(32), "size": 5, "media": "text/plain"})
    }

    fn fields(&mut self, fields: &[FieldDef]) -> Map<String, Value> {
        let mut map = Map::new();
        for field in fields {
            if field.need == Need::Create || self.below(3) > 0 {
                map.insert(field.name.to_owned(), self.value(&field.ty));
            }
        }
        map
    }

    fn extras(&mut self) -> Value {
        if self.below(2) == 0 {
            return Value::Null;
        }
        let columns: Map<String, Value> = (0..self.below(3))
            .map(|_| (self.text().to_owned(), Value::from(self.text())))
            .collect();
        json!({
            "columns": columns,
            "tags": self.list(|it| Some(Value::from(it.text()))),
            "external_id": self.text(),
            "attachments": self.list(|it| Some(it.file())),
            "imported": [{"register": "risk", "key": "R-1", "row": {"ID": self.text()}}],
        })
    }
}

/// The id of the record of this kind with this number.
pub fn id(kind: &str, number: u32) -> Id {
    let at = kinds::KINDS.iter().position(|it| it.id == kind).unwrap();
    Id::from_u128(
        0x0199_0000_0000_7000_8000_0000_0000_0000 + (at as u128) * 1000 + u128::from(number),
    )
}

/// A record of this kind as it would be stored.
pub fn record(def: &'static KindDef, number: u32, body: &Value, extras: &Value) -> Arc<Record> {
    let head = Envelope {
        id: id(def.id, number),
        number,
        version: 2,
        content_version: 2,
        stage: (number as usize % def.stages.len()) as u8,
        provenance: Provenance::Person,
        withdrawn: false,
        created: 1,
        changed: 1,
        hash: [0; 32],
        extras: None,
    };
    let mut content = Map::from_iter([("body".to_owned(), body.clone())]);
    if !extras.is_null() {
        content.insert("extras".to_owned(), extras.clone());
    }
    let text = Value::Object(content).to_string();
    (def.parse)(head, &text).unwrap_or_else(|err| panic!("{}: {err}: {text}", def.id))
}

/// An ISMS of one commit with records of every kind.
pub fn isms(bytes: &[u8]) -> Isms {
    fill(Bytes(bytes.iter(), &TEXTS))
}

/// The same without empty texts, which files do not tell from nothing.
pub fn filled(bytes: &[u8]) -> Isms {
    fill(Bytes(bytes.iter(), &TEXTS[..TEXTS.len() - 1]))
}

/// The same records with a title and a reference only.
pub fn bare(isms: &Isms) -> Isms {
    let mut bare = isms.clone();
    for record in isms.records() {
        let mut body = json!({"title": record.title()});
        if let Some(reference) = record.cell("reference").text() {
            body["reference"] = Value::from(reference);
        }
        bare.put(self::record(record.def(), record.head.number, &body, &Value::Null));
    }
    bare
}

/// The stored content of a record, of its extras what files may change.
pub fn content(record: &Record) -> Value {
    let text = domain::stored_text(record).unwrap();
    let mut content: Value = serde_json::from_str(&text).unwrap();
    if let Some(extras) = content.get_mut("extras").and_then(Value::as_object_mut) {
        extras.remove("imported");
    }
    content
}

/// A record after an edit, without the rules.
pub fn patched(isms: &Isms, edit: &Edit) -> Arc<Record> {
    let record = isms.get(edit.record).unwrap();
    let mut body = record.body.json();
    for (key, value) in &edit.fields {
        body[key] = value.clone();
    }
    let extras = edit.extras.as_ref().map(|it| serde_json::to_value(it).unwrap());
    self::record(record.def(), record.head.number, &body, &extras.unwrap_or_default())
}

fn fill(mut bytes: Bytes<'_>) -> Isms {
    let mut isms = Isms::default();
    isms.advance(Moment { at: Timestamp::UNIX_EPOCH, actor: None });
    // Round by round, so that few bytes fill one record of each kind first.
    for number in 1..=EACH {
        for def in kinds::KINDS {
            let mut body = bytes.fields(def.fields);
            if def.id == "control" {
                let references = ["A.5.1", "A.5.2", "A.5.1"];
                body.insert("reference".to_owned(), json!(references[number as usize - 1]));
            }
            let extras = bytes.extras();
            isms.put(record(def, number, &Value::Object(body), &extras));
        }
    }
    isms
}

/// The day of all tests.
pub const TODAY: Date = jiff::civil::date(2026, 3, 1);
