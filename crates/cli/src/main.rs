//! `muniment`, the binary: a thin layer over the other crates.
//!
//! [`args`] is what can be typed, `commands` has one file for each command, [`place`] finds the
//! database, the organization and who acts, [`output`] prints. Decides nothing itself.

mod args;
mod commands;
mod configuration;
mod demo;
mod door;
mod house;
mod output;
mod place;
mod progress;
mod stop;
mod telemetry;
mod value;
mod written;

use std::{
    ffi::OsString,
    io::{Write, stderr},
    process::ExitCode,
};

use clap::{CommandFactory, Parser};

use crate::{
    args::{Args, Verb},
    output::{Format, Out},
    place::Place,
    stop::refused,
};

/// How a command ended that did what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// All is well.
    Well,
    /// The answer is one that the person asked to fail on.
    Found,
    /// It was told that something does not work.
    Failed,
}

/// An import makes and frees millions of small texts; this allocator is quicker at it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = match Args::try_parse_from(typed()) {
        Ok(args) => args,
        Err(err) => return usage(&err),
    };
    let mut out = Out::new(args.global.format);
    let done = run(args, &mut out);
    if let Err(err) = out.flush() {
        say(&format!("the output could not be written: {err}"));
        return ExitCode::from(2);
    }
    match done {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Found) => ExitCode::from(1),
        Ok(Done::Failed) => ExitCode::from(2),
        Err(err) => {
            say(&stop::sentence(&err));
            ExitCode::from(stop::code(&err))
        }
    }
}

/// What was typed; `help COMMAND` asks for the same as `COMMAND --help`.
fn typed() -> Vec<OsString> {
    let mut words: Vec<OsString> = std::env::args_os().collect();
    if words.get(1).is_some_and(|it| it == "help") {
        words.remove(1);
        words.push("--help".into());
    }
    words
}

fn run(args: Args, out: &mut Out) -> anyhow::Result<Done> {
    let Args { global, verb } = args;
    if global.as_of.is_some() && !verb.looks_back() {
        return Err(refused(
            "this command works on the present, or names its points itself: leave out --as-of, \
             which is for list, show, check, soa, log, export, verify, checkpoint and bundle",
        ));
    }
    if !verb.speaks(global.format) {
        return Err(refused(match global.format {
            Format::Sarif => "only `muniment check` answers as SARIF: use table, json or csv",
            _ if verb.speaks(Format::Json) => {
                "this command answers in words or as JSON: use table or json"
            }
            _ => "this command answers in words only: leave out --format",
        }));
    }
    let place = match (Place::new(global, verb.flags()), &verb) {
        (Err(err), Verb::Doctor(_)) => return Ok(commands::doctor::misconfigured(&err, out)),
        (place, _) => place?,
    };
    match verb {
        Verb::Init(it) => it.run(&place, out),
        Verb::Demo(it) => it.run(&place, out),
        Verb::Serve(it) => it.run(&place, out),
        Verb::Config(it) => it.run(&place, out),
        Verb::Doctor(it) => it.run(&place, out),
        Verb::Health(it) => it.run(&place, out),
        Verb::Link(it) => it.run(&place, out),
        Verb::Token(it) => it.run(&place, out),
        Verb::Mail(it) => it.run(&place, out),
        Verb::List(it) => it.run(&place, out),
        Verb::Show(it) => it.run(&place, out),
        Verb::New(it) => it.run(&place, out),
        Verb::Edit(it) => it.run(&place, out),
        Verb::Move(it) => it.run(&place, out),
        Verb::Withdraw(it) => it.run(&place, out),
        Verb::Reinstate(it) => it.run(&place, out),
        Verb::Merge(it) => it.run(&place, out),
        Verb::Undo(it) => it.run(&place, out),
        Verb::Review(it) => it.run(&place, out),
        Verb::Approve(it) => it.run(&place, out),
        Verb::Confirm(it) => it.run(&place, out),
        Verb::Redact(it) => it.run(&place, out),
        Verb::Attach(it) => it.run(&place, out),
        Verb::Log(it) => it.run(&place, out),
        Verb::Diff(it) => it.run(&place, out),
        Verb::Check(it) => it.run(&place, out),
        Verb::Soa(it) => it.run(&place, out),
        Verb::Import(it) => it.run(&place, out),
        Verb::Export(it) => it.run(&place, out),
        Verb::Apply(it) => it.run(&place, out),
        Verb::Verify(it) => it.run(&place, out),
        Verb::Checkpoint(it) => it.run(&place, out),
        Verb::Bundle(it) => it.run(&place, out),
        Verb::Key(it) => it.run(&place, out),
        Verb::Backup(it) => it.run(&place, out),
        Verb::Files(it) => it.run(&place, out),
        Verb::Reporting(it) => it.run(&place, out),
        Verb::Restore(it) => it.run(&place, out),
        Verb::Completions(it) => it.run(out),
        Verb::Manual(it) => it.run(out),
    }
}

/// Help and version go out as they are; a mistake becomes one sentence.
fn usage(err: &clap::Error) -> ExitCode {
    use clap::error::ErrorKind;
    match err.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            err.print().ok();
            return ExitCode::from(if err.use_stderr() { 1 } else { 0 });
        }
        _ => {}
    }
    let mut command = Args::command();
    let mut path = "muniment".to_owned();
    for word in std::env::args().skip(1) {
        if let Some(verb) = command.find_subcommand(&word) {
            path = format!("{path} {word}");
            command = verb.clone();
        }
    }
    if err.kind() == ErrorKind::MissingSubcommand {
        let help = command.bin_name(path).render_help();
        // Whoever closed standard error does not want to know.
        write!(stderr(), "{help}").ok();
        return ExitCode::from(1);
    }
    let text = err.to_string();
    let told = text.split("\n\n").next().unwrap_or_default();
    let told = told.trim_start_matches("error: ").replace('\'', "`");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = in_words(&told);
    let tip = text.lines().find_map(|it| it.trim().strip_prefix("tip: ")).unwrap_or_default();
    let tip = match tip.replace('\'', "`") {
        tip if tip.is_empty() || tip.contains("--") && tip.contains("to pass") => {
            format!("see `{path} --help`")
        }
        tip => tip,
    };
    say(&format!("{told}: {tip}"));
    ExitCode::from(1)
}

/// What the library says of a value, in words for people.
fn in_words(told: &str) -> String {
    let Some((what, why)) = told.split_once(">`: ") else { return told.to_owned() };
    let why = match why {
        _ if what.ends_with("<DATE") => "it is not a day, like 2026-03-31",
        why if why.contains("invalid digit") || why.contains("empty string") => {
            "it is not a whole number, like 3"
        }
        why if why.contains("number too") => "the number is too large or too small",
        why => why,
    };
    format!("{what}>`: {why}")
}

fn say(sentence: &str) {
    // Whoever closed standard error does not want to know.
    writeln!(stderr(), "muniment: {sentence}").ok();
}
