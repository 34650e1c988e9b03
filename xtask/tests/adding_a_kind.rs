//! The example in `docs/adding-a-kind.md` is a kind that compiles and works.

#[expect(dead_code, reason = "inside the crate `kinds` the stages are public")]
#[path = "adding_a_kind/improvement.rs"]
mod improvement;

// The example says `crate::Holder`, as it would inside the crate `kinds`.
use kinds::Holder;

use improvement::Improvement;
use meta::{Kind, Rules};

#[test]
fn the_guide_shows_this_file() {
    let guide = include_str!("../../docs/adding-a-kind.md");
    let example = include_str!("adding_a_kind/improvement.rs");
    let block = format!("```rust\n{example}```\n");
    assert!(guide.contains(&block), "copy the file of the example into the guide");
}

#[test]
fn the_example_is_a_kind() {
    let def = Improvement::DEF;
    assert_eq!((def.id, def.prefix, def.body_version), ("improvement", "IMPR", 1));
    let names: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
    assert_eq!(names, ["title", "value", "owner", "decision", "decided_on"]);
    assert_eq!(def.fields[0].label, "Idea");
    assert_eq!(def.stages[0].next, ["agreed", "declined"]);
    assert!(kinds::kind(def.id).is_none(), "now that it is a kind, take another example");
}

#[test]
fn the_example_reads_itself_and_checks_itself() {
    let text = r#"{"decided_on":"2026-11-22","title":"Fewer passwords"}"#;
    let read: Improvement = serde_json::from_str(text).unwrap();
    assert_eq!(read.check()[0].field, "decision");
    assert!(serde_json::from_str::<Improvement>(r#"{"idea":"x"}"#).is_err());
}
