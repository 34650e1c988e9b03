//! Canonical JSON.

use ledger::canonical::{MAX_INTEGER, parse, write};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

#[test]
fn writes_the_one_form() {
    for (value, expected) in [
        (json!({"b": 1, "a": [true, "x"]}), r#"{"a":[true,"x"],"b":1}"#),
        (json!({"a": null, "b": [], "c": {}, "d": {"e": null}}), "{}"),
        (json!([{"a": null}, {}]), "[{},{}]"),
        (
            json!({"a": MAX_INTEGER, "b": -MAX_INTEGER}),
            r#"{"a":9007199254740991,"b":-9007199254740991}"#,
        ),
        (json!("\u{8}\t\n\u{c}\r\"\\/\u{1f}\u{7f}é"), "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u001f\u{7f}é\""),
        (json!(null), "null"),
        (json!({"": 0, "é": 1, "z": 2}), r#"{"":0,"z":2,"é":1}"#),
        // U+1F600 is D83D DE00 in UTF-16 and so comes before U+FB01, unlike in UTF-8.
        (json!({"\u{fb01}": 1, "\u{1f600}": 2}), "{\"\u{1f600}\":2,\"\u{fb01}\":1}"),
    ] {
        assert_eq!(write(&value).unwrap(), expected);
    }
}

#[test]
fn names_what_cannot_be_recorded() {
    for (value, expected) in [
        (
            json!({"a": [{"b/c": 1.5}]}),
            "the value at `/a/0/b~1c` cannot be recorded: a number with",
        ),
        (json!({"a": MAX_INTEGER + 1}), "the value at `/a` cannot be recorded: an integer beyond"),
        (json!([u64::MAX]), "the value at `/0` cannot be recorded: an integer beyond"),
        (json!({"a\0": 1}), "the value at `` cannot be recorded: a text with the character U+0000"),
        (json!([1, null]), "the value at `/1` cannot be recorded: a list with null"),
        (json!([[]]), "the value at `/0` cannot be recorded: a list with null"),
    ] {
        let error = write(&value).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn reads_strictly() {
    for (text, expected) in [
        (r#"{"a":1,"a":2}"#, "the key `a` comes twice"),
        ("1.0", "a number with a fraction"),
        ("1e400", "number out of range"),
        ("9007199254740992", "an integer beyond"),
        (r#""\u0000""#, "U+0000"),
        ("[1] 2", "trailing characters"),
        ("", "EOF"),
    ] {
        let error = parse(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
    let nested = |depth| "[".repeat(depth) + "1" + &"]".repeat(depth);
    assert_eq!(write(&parse(&nested(127)).unwrap()).unwrap(), nested(127));
    assert!(parse(&nested(128)).is_err());
    assert!(parse(&nested(1_000_000)).is_err());
    let deep = (0..128).fold(json!(1), |value, _| json!([value]));
    assert!(write(&deep).unwrap_err().to_string().contains("nested deeper"));
}

fn value(text: &'static str) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-MAX_INTEGER..=MAX_INTEGER).prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..6).prop_map(Value::from),
            prop::collection::btree_map(text, inner, 1..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn agrees_with_serde_json(value in value("[\\x01-\\x7f]{0,8}")) {
        prop_assert_eq!(write(&value).unwrap(), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn reads_what_it_wrote(value in value("[\\x01-\u{10ffff}]{0,6}")) {
        let text = write(&value).unwrap();
        prop_assert_eq!(&parse(&text).unwrap(), &value);
        prop_assert_eq!(write(&parse(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn never_panics(text in "[\\[\\]{}\":,0-9eE.\\\\u+a-f\\PC-]{0,60}") {
        if let Ok(value) = parse(&text) {
            let _ = write(&value);
        }
    }
}
