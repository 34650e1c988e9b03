//! `manual`: the reference of all commands in Markdown, made from what can be typed.

use std::fmt::Write;

use clap::{Command, CommandFactory};

use crate::{Done, args::Args, output::Out};

/// Prints the reference of all commands.
#[derive(Debug, clap::Args)]
pub struct Manual {
    /// Print the description of the API instead, as OpenAPI 3.1.
    #[arg(long)]
    api: bool,
}

impl Manual {
    /// Prints it.
    pub fn run(self, out: &mut Out) -> anyhow::Result<Done> {
        match self.api {
            true => out.bytes(web::api::description().as_bytes()),
            false => out.bytes(markdown().as_bytes()),
        }
        Ok(Done::Well)
    }
}

/// The reference in Markdown.
fn markdown() -> String {
    let mut root = Args::command();
    root.build();
    let mut text = String::from(
        "# The command line\n\nWritten by `cargo xtask generate` from what can be typed: change \
         `crates/cli/src/args.rs` and the files of the commands instead.\n\n",
    );
    write_command(&mut text, &root, "##", true);
    for command in root.get_subcommands().filter(|it| !it.is_hide_set()) {
        write_command(&mut text, command, "##", false);
        for inner in command.get_subcommands().filter(|it| !it.is_hide_set()) {
            write_command(&mut text, inner, "###", false);
        }
    }
    format!("{}\n", text.trim_end())
}

fn write_command(text: &mut String, command: &Command, heading: &str, with_global: bool) {
    let mut write = |line: String| {
        writeln!(text, "{line}").expect("a string takes everything");
    };
    let name = command.get_bin_name().unwrap_or(command.get_name());
    write(format!("{heading} {name}\n"));
    if let Some(about) = command.get_long_about().or(command.get_about()) {
        write(format!("{about}\n"));
    }
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("\n       ", "\n");
    write(format!("```text\n{usage}\n```\n"));
    let arguments = command
        .get_arguments()
        .filter(|it| !it.is_hide_set() && !matches!(it.get_id().as_str(), "help" | "version"))
        .filter(|it| with_global || !it.is_global_set());
    let mut any = false;
    for argument in arguments {
        let mut shown = argument.to_string();
        if let Some(short) = argument.get_short() {
            shown = format!("-{short}, {shown}");
        }
        let help = argument.get_long_help().or(argument.get_help()).cloned().unwrap_or_default();
        let help = help.to_string().replace('\n', " ");
        write(format!("- `{shown}`: {help}"));
        any = true;
    }
    if any {
        write(String::new());
    }
    if let Some(after) = command.get_after_help() {
        let after = after.to_string();
        let (title, rest) = after.split_once('\n').unwrap_or(("", &after));
        match title.ends_with(':') {
            true => {
                let (code, more) = rest.split_once("\n\n").unwrap_or((rest, ""));
                write(format!("{title}\n\n```sh\n{}\n```\n", outdent(code)));
                if !more.is_empty() {
                    write(format!("{more}\n"));
                }
            }
            false => write(format!("{after}\n")),
        }
    }
}

fn outdent(text: &str) -> String {
    text.lines().map(|it| it.strip_prefix("  ").unwrap_or(it)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_references_are_up_to_date() {
        let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");
        let api = web::api::description().to_owned();
        for (name, made) in [("cli.md", super::markdown()), ("openapi.json", api)] {
            let found = std::fs::read_to_string(format!("{docs}/{name}")).unwrap_or_default();
            let same = found == made;
            assert!(
                same,
                "docs/{name} is not up to date: run `cargo xtask generate` and commit it"
            );
        }
    }
}
