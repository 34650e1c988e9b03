//! The text that is stored and hashed for a record.

use ledger::{
    Error,
    canonical::{self, Piece},
};
use meta::{Extras, Imported, Texts};
use serde_json::{Map, Value};

/// Most records fit into so many bytes.
const ROOM: usize = 4096;

/// The text of a record under way: first what it holds, then what it carries.
pub(super) struct Text {
    all: String,
}

/// Canonical JSON of `{body, extras}`, straight from where both stand: the same bytes as those of
/// what they serialize to.
///
/// # Errors
/// When it holds what cannot be stored: where and what.
pub(super) fn text(fields: &Map<String, Value>, extras: Option<&Extras>) -> Result<String, Error> {
    Text::of(fields)?.with(extras)
}

impl Text {
    /// Canonical JSON of `{body}`.
    ///
    /// # Errors
    /// As [`text`].
    pub(super) fn of(fields: &Map<String, Value>) -> Result<Self, Error> {
        let mut all = String::with_capacity(ROOM);
        canonical::push_pieces(&Piece::Object(vec![("body", Piece::Map(fields))]), &mut all)?;
        Ok(Self { all })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.all
    }

    /// Canonical JSON of `{body, extras}`. It may be kept for long, and has no more memory than it
    /// needs.
    ///
    /// # Errors
    /// As [`text`].
    pub(super) fn with(mut self, extras: Option<&Extras>) -> Result<String, Error> {
        if let Some(extras) = extras.filter(|it| !it.is_empty()) {
            self.push(extras)?;
        }
        Ok(self.all.as_str().to_owned())
    }

    fn push(&mut self, extras: &Extras) -> Result<(), Error> {
        // Named one by one, so that none can be forgotten.
        let Extras { columns, imported, tags, external_id, confirmed, attachments, stub } = extras;
        let value = |it: Result<Value, serde_json::Error>| it.expect("extras have text keys only");
        let confirmed = value(serde_json::to_value(confirmed));
        let attachments = value(serde_json::to_value(attachments));
        let stub = Value::from(*stub);
        let mut pieces = vec![
            ("attachments", Piece::Value(&attachments)),
            ("columns", texts(columns)),
            ("confirmed", Piece::Value(&confirmed)),
            ("imported", Piece::List(imported.iter().map(row).collect())),
            ("stub", Piece::Value(&stub)),
            ("tags", Piece::List(tags.iter().map(|it| Piece::Text(it)).collect())),
        ];
        pieces.extend(external_id.iter().map(|it| ("external_id", Piece::Text(it))));
        let extras = Piece::Object(vec![("extras", Piece::Object(pieces))]);
        let is_bare = self.all == "{}";
        self.all.pop();
        let end = self.all.len();
        canonical::push_pieces(&extras, &mut self.all)?;
        let joint = if is_bare || &self.all[end..] == "{}" { "" } else { "," };
        self.all.replace_range(end..=end, joint);
        Ok(())
    }
}

fn row(imported: &Imported) -> Piece<'_> {
    let Imported { register, key, row } = imported;
    Piece::Object(vec![
        ("key", Piece::Text(key)),
        ("register", Piece::Text(register)),
        ("row", texts(row)),
    ])
}

fn texts(texts: &Texts) -> Piece<'_> {
    Piece::Object(texts.iter().map(|(header, it)| (header, Piece::Text(it))).collect())
}

#[cfg(test)]
mod tests {
    use meta::{Confirmed, FileRef, Id};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// What was stored before there were pieces, and must be stored for ever.
    fn by_value(body: &Map<String, Value>, extras: &Extras) -> String {
        let mut content = json!({ "body": body });
        if !extras.is_empty() {
            content["extras"] = serde_json::to_value(extras).unwrap();
        }
        canonical::write(&content).unwrap()
    }

    fn any_texts() -> impl Strategy<Value = Texts> {
        let pairs = prop::collection::vec(("[a-c\u{e000}-\u{10ffff}\"\\\\]{0,3}", ".{0,5}"), 0..4);
        pairs.prop_map(|it| it.iter().map(|(header, text)| (&**header, &**text)).collect())
    }

    fn any_imported() -> impl Strategy<Value = Imported> {
        (".{0,3}", ".{0,3}", any_texts()).prop_map(|(register, key, row)| Imported {
            register,
            key,
            row,
        })
    }

    fn any_file() -> impl Strategy<Value = FileRef> {
        (".{0,3}", 0..1_u64 << 53).prop_map(|(name, size)| FileRef {
            sha256: "ab".repeat(32),
            media: "text/plain".to_owned(),
            name,
            size,
        })
    }

    fn any_extras() -> impl Strategy<Value = Extras> {
        let lists = (
            prop::collection::vec(any_imported(), 0..3),
            prop::collection::vec(".{0,3}", 0..3),
            prop::collection::vec(any_file(), 0..2),
        );
        let day = jiff::civil::date(2026, 3, 31);
        let confirmed = any::<Option<u128>>();
        let confirmed =
            confirmed.prop_map(move |it| it.map(|it| Confirmed { by: Id::from_u128(it), on: day }));
        let rest = (any_texts(), any::<Option<String>>(), confirmed, any::<Option<bool>>());
        (lists, rest).prop_map(|((imported, tags, attachments), rest)| {
            let (columns, external_id, confirmed, stub) = rest;
            Extras { columns, imported, tags, external_id, confirmed, attachments, stub }
        })
    }

    proptest! {
        #[test]
        fn the_bytes_are_those_of_the_value(extras in any_extras(), title in ".{0,4}") {
            let has_nul = serde_json::to_string(&(&extras, &title)).unwrap().contains("\\u0000");
            prop_assume!(!has_nul);
            let body = json!({"title": title, "owner": null, "tags": [], "list": [{"z": 1, "a": {}}]});
            let body = body.as_object().unwrap();
            let text = text(body, Some(&extras)).unwrap();
            prop_assert_eq!(&text, &by_value(body, &extras));
            // What is kept in memory is what the text says.
            let read: Value = serde_json::from_str(&text).unwrap();
            let read = read.get("extras").cloned().unwrap_or_else(|| json!({}));
            prop_assert_eq!(serde_json::from_value::<Extras>(read).unwrap(), extras);
        }
    }

    #[test]
    fn trouble_names_its_place() {
        let body = json!({"title": "T"});
        let columns = [("A/B", "nul: \0")].into_iter().collect();
        let extras = Extras { columns, ..Extras::default() };
        let found = text(body.as_object().unwrap(), Some(&extras)).unwrap_err();
        let wanted = json!({"body": body, "extras": extras});
        assert_eq!(found.to_string(), canonical::write(&wanted).unwrap_err().to_string());
        assert!(found.to_string().contains("/extras/columns/A~1B"), "{found}");
    }
}
