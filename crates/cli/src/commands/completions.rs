//! `completions`: for shells.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::{Done, args::Args, output::Out};

/// Prints completions for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    mkdir -p ~/.local/share/bash-completion/completions\n  \
    muniment completions bash > ~/.local/share/bash-completion/completions/muniment")]
pub struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    /// Prints the completions.
    pub fn run(self, out: &mut Out) -> anyhow::Result<Done> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Args::command(), "muniment", &mut text);
        out.bytes(&text);
        Ok(Done::Well)
    }
}
