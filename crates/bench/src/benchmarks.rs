//! The figures as a table on a terminal and as a page of the documentation.

use std::fmt::Write;

use jiff::civil::Date;

use crate::{Figure, Unit, machine::Machine};

/// A function that was measured by itself.
#[derive(Debug, Clone)]
pub struct Function {
    /// What it is.
    pub name: String,
    /// The quickest and the median call, as the measuring library writes them.
    pub fastest: String,
    /// The median.
    pub median: String,
}

/// The line of a table of 80 columns for a figure.
pub fn line(figure: &Figure) -> String {
    let share = figure.share().map_or_else(String::new, |it| format!("{it:.2}"));
    let Figure { name, .. } = figure;
    let (value, limit, verdict) = (figure.value(), figure.limit(), figure.verdict());
    format!("{name:<35} {value:>10} {limit:>10} {share:>5}  {verdict}").trim_end().to_owned()
}

/// How a figure was measured, indented and in lines of 80 columns.
pub fn note(figure: &Figure) -> String {
    let (mut text, mut width) = (String::from("   "), 3);
    for word in figure.note.split(' ') {
        let length = 1 + word.chars().count();
        if width + length > 79 {
            text.push_str("\n   ");
            width = 3;
        }
        text.push(' ');
        text.push_str(word);
        width += length;
    }
    text
}

/// The line above the figures.
pub fn head() -> String {
    let line = format!("{:<35} {:>10} {:>10} {:>5}", "figure", "measured", "target", "used");
    format!("{line}\n{}", "─".repeat(79))
}

/// What the machine is, in lines.
pub fn about(machine: &Machine) -> String {
    let Machine { processor, cores, memory, sync, busy } = machine;
    format!(
        "{processor}, {cores} threads, {:.0} GB of memory.\nOne fsync of 4 KiB takes {}. On \
         average {busy:.1} other threads wanted to run.",
        memory / 1e3,
        Unit::Seconds.show(*sync)
    )
}

/// The page of the documentation.
pub fn page(
    day: Option<Date>,
    machine: &Machine,
    figures: &[Figure],
    functions: &[Function],
) -> String {
    let mut page = String::from(
        "# Benchmarks\n\nWritten by `cargo xtask bench`; the command measures again on your \
         machine. The targets are for two cores and an organization of 100,000 records: 50,000 \
         assets, 20,000 risks, 10,000 actions and 20,000 pieces of evidence, and beside them \
         people, roles, controls, a method in force and approvals. *Used* is the part of the \
         target that was used up: above 1 it is missed. Of several runs the \
         quickest counts, because whatever else a machine does only makes them longer.\n\n",
    );
    let measured = day.map_or_else(String::new, |day| format!("Measured on {day}. "));
    let out = "a String takes all text";
    writeln!(page, "{measured}{}\n", about(machine).replace('\n', " ")).expect(out);
    page.push_str("| figure | measured | target | used | |\n| --- | --: | --: | --: | --- |\n");
    for figure in figures {
        let share = figure.share().map_or_else(String::new, |it| format!("{it:.2}"));
        let (name, value, limit) = (&figure.name, figure.value(), figure.limit());
        let verdict = figure.verdict();
        writeln!(page, "| {name} | {value} | {limit} | {share} | {verdict} |").expect(out);
    }
    page.push_str("\n## How each is measured\n\n");
    for figure in figures {
        writeln!(page, "- **{}**: {}", figure.name, figure.note).expect(out);
    }
    if !functions.is_empty() {
        page.push_str(
            "\n## Functions\n\n`cargo bench -p muniment-bench` measures these alone, on 20,000 \
             risks of that organization.\n\n| function | fastest | median |\n| --- | --: | --: |\n",
        );
        for Function { name, fastest, median } in functions {
            writeln!(page, "| {name} | {fastest} | {median} |").expect(out);
        }
    }
    page
}

/// Reads what the measuring library printed for each function.
pub fn functions(printed: &str) -> Vec<Function> {
    printed.lines().filter_map(function).collect()
}

fn function(line: &str) -> Option<Function> {
    let line = line.trim_start_matches(['├', '╰', '─', '│', ' ']);
    let mut columns = line.split('│');
    let (name, fastest) = columns.next()?.trim().split_once("  ")?;
    let median = columns.nth(1)?.trim();
    let is_time = |it: &str| it.ends_with('s') && it.starts_with(|it: char| it.is_ascii_digit());
    let fastest = fastest.trim();
    (is_time(fastest) && is_time(median)).then(|| Function {
        name: name.replace('_', " "),
        fastest: fastest.to_owned(),
        median: median.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Target;

    #[test]
    fn lines_fit_a_terminal() {
        let figure = Figure {
            name: "Statement of Applicability, PDF".to_owned(),
            measured: 1.5,
            unit: Unit::Seconds,
            target: Target::AtMost(0.75),
            note: String::new(),
        };
        let line = line(&figure);
        assert!(line.chars().count() <= 80, "{line}");
        assert!(line.ends_with("MISSED by 100 %"), "{line}");
        assert!(line.contains("2.00"), "{line}");
    }

    #[test]
    fn printed_functions_are_read() {
        let printed = "\
functions           fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ clone_isms       45.2 ns       │ 90 ns         │ 47.9 ns       │ 50 ns         │ 100     │ 100
╰─ sort_20000_risks 4.1 ms        │ 5 ms          │ 4.3 ms        │ 4.4 ms        │ 100     │ 100
";
        let found = functions(printed);
        // The name takes a column of its own width: one space may be all that is between.
        assert_eq!(found[0].name, "clone isms");
        assert_eq!((found[0].fastest.as_str(), found[0].median.as_str()), ("45.2 ns", "47.9 ns"));
    }
}
