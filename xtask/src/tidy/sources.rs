//! What must not stand in a file, and how long it may be.

use super::Fault;
use crate::workspace::File;

/// The most lines of a Rust file, its tests not counted.
const MOST_LINES: usize = 500;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &["mod", "utils", "helpers", "common", "types"];

/// Text that no line of Rust may hold, in two pieces so that a rule does not find itself, and what
/// to do instead.
const BANNED: &[([&str; 2], &str)] = &[
    (["#[al", "low("], "write #[expect(…, reason = \"…\")]"),
    (["#![al", "low("], "write #![expect(…, reason = \"…\")]"),
    (["to", "do!("], "finish it, or refuse in one sentence"),
    (["unimple", "mented!("], "refuse in one sentence"),
];

/// Folders of one machine; no file of ours may know one.
const MACHINE: &[[&str; 2]] =
    &[["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["/Us", "ers/"], ["/tmp/", "bash"]];

/// What only some crates may say outside tests.
const RESERVED: &[Reserved] = &[
    Reserved {
        text: ["se", "al("],
        crates: &["app", "bench", "ledger"],
        why: "only `app` seals: what is sealed elsewhere was never decided",
    },
    Reserved {
        text: ["clippy::disallowed_", "methods"],
        crates: &["app", "bench"],
        why: "only `app` reads the clock and makes ids; take them as arguments",
    },
];

struct Reserved {
    text: [&'static str; 2],
    crates: &'static [&'static str],
    why: &'static str,
}

/// The faults of one file.
pub fn check(file: &File) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (line, text) in numbered(&file.text) {
        if let Some(found) = MACHINE.iter().map(|it| it.concat()).find(|it| text.contains(it)) {
            let message = format!("`{found}` is a folder of one machine; take it out");
            faults.push(Fault::at(&file.path, line, message));
        }
    }
    if file.path.ends_with(".rs") {
        check_name(file, &mut faults);
        check_rust(file, &mut faults);
    }
    faults
}

fn check_name(file: &File, faults: &mut Vec<Fault>) {
    let name = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    if EMPTY_NAMES.contains(&name) {
        let message = "name the file after what it holds; a module `foo` is `foo.rs` and `foo/`";
        faults.push(Fault::of(&file.path, message));
    }
}

fn check_rust(file: &File, faults: &mut Vec<Fault>) {
    let path = &file.path;
    for (line, text) in numbered(&file.text) {
        for (pieces, instead) in BANNED {
            let pattern = pieces.concat();
            if text.contains(&pattern) {
                faults.push(Fault::at(path, line, format!("`{pattern}`: {instead}")));
            }
        }
    }
    if path.ends_with("/src/lib.rs") && !file.text.starts_with("//!") {
        let message = "open with `//!`: what the crate is, what it must not know, where to start";
        faults.push(Fault::of(path, message));
    }
    if is_test(path) {
        return;
    }
    let code = without_tests(&file.text);
    let lines = code.lines().count();
    if lines > MOST_LINES {
        let message = format!("{lines} lines without tests; past {MOST_LINES}, split by meaning");
        faults.push(Fault::of(path, message));
    }
    let home = path.strip_prefix("crates/").and_then(|it| it.split('/').next()).unwrap_or("");
    for rule in RESERVED.iter().filter(|it| !it.crates.contains(&home)) {
        let pattern = rule.text.concat();
        for (line, _) in numbered(code).filter(|(_, it)| has_word(it, &pattern)) {
            faults.push(Fault::at(path, line, format!("`{pattern}`: {}", rule.why)));
        }
    }
}

/// Whether a whole file is there for tests, examples or measurements.
fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs")
        || ["/tests/", "/benches/", "/examples/"].iter().any(|it| path.contains(it))
}

/// The part of a file above its module of tests.
fn without_tests(text: &str) -> &str {
    let at = text.find("\n#[cfg(test)]\nmod tests {").map_or(text.len(), |it| it + 1);
    &text[..at]
}

/// Whether a line holds a text that is not the end of a longer name or a method.
fn has_word(line: &str, text: &str) -> bool {
    line.match_indices(text).any(|(at, _)| {
        !line[..at].ends_with(|it: char| it.is_alphanumeric() || it == '_' || it == '.')
    })
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        check(&file).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_say_what_is_inside() {
        assert_eq!(found("crates/web/src/utils.rs", "").len(), 1);
        assert_eq!(found("crates/web/tests/common/mod.rs", "").len(), 1);
        assert!(found("crates/web/src/cookies.rs", "").is_empty());
    }

    #[test]
    fn banned_words_are_found_where_they_stand() {
        let bad = "fn f() {\n    #[al\u{6c}ow(dead_code)]\n    let x = t\u{6f}do!();\n}\n";
        let lines = found("crates/web/src/page.rs", bad);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].starts_with("crates/web/src/page.rs:2: "), "{lines:?}");
        assert!(lines[1].starts_with("crates/web/src/page.rs:3: "), "{lines:?}");
        assert!(found("docs/x.md", bad).is_empty());
    }

    #[test]
    fn long_files_are_long_without_their_tests() {
        let code = "fn f() {}\n".repeat(501);
        assert_eq!(found("crates/web/src/page.rs", &code).len(), 1);
        let tests = format!("fn f() {{}}\n#[cfg(test)]\nmod tests {{\n{code}}}\n");
        assert!(found("crates/web/src/page.rs", &tests).is_empty());
        assert!(found("crates/web/src/page/tests.rs", &code).is_empty());
    }

    #[test]
    fn only_app_seals_and_reads_the_clock() {
        let seal = format!("fn f() {{\n    ledger::{}draft)\n}}\n", RESERVED[0].text.concat());
        assert_eq!(found("crates/web/src/page.rs", &seal).len(), 1);
        assert!(found("crates/app/src/writer.rs", &seal).is_empty());
        assert!(found("crates/store/tests/suite.rs", &seal).is_empty());
        let method =
            format!("fn f() {{\n    paper.{}wax);\n    un{0}it);\n}}\n", RESERVED[0].text.concat());
        assert!(found("crates/web/src/page.rs", &method).is_empty());
        let clock = format!("#[expect({})]\n", RESERVED[1].text.concat());
        assert_eq!(found("crates/domain/src/decide.rs", &clock).len(), 1);
    }

    #[test]
    fn crates_say_what_they_are() {
        assert_eq!(found("crates/web/src/lib.rs", "mod page;\n").len(), 1);
        assert!(found("crates/web/src/lib.rs", "//! Pages.\n").is_empty());
    }

    #[test]
    fn machines_are_not_named() {
        let path = format!("see {}x\n", MACHINE[2].concat());
        assert_eq!(found("docs/x.md", &path).len(), 1);
    }
}
