//! The binary as people and scripts meet it: what it prints, how it ends, what it leaves alone.

mod bad_input;
mod check;
mod examples;
mod exchange;
mod journey;
mod proof;
mod token;

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

/// A folder with an organization in it.
pub struct Place {
    folder: tempfile::TempDir,
}

/// What a command answered.
pub struct Answer {
    /// Its exit code.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it said on standard error.
    pub err: String,
}

impl Place {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder for the test") }
    }

    /// A folder with a new organization.
    pub fn begun() -> Self {
        let place = Self::empty();
        place.good(&[
            "init",
            "--name",
            "Beispiel GmbH",
            "--person",
            "Ada Weber",
            "--email",
            "ada@example.com",
            "--time-zone",
            "Europe/Berlin",
        ]);
        place
    }

    /// The path of a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), bytes).expect("the folder takes files");
        name.to_owned()
    }

    /// Runs a command.
    pub fn run(&self, args: &[&str]) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muniment"));
        for name in ["MUNIMENT_AS", "MUNIMENT_DATABASE", "MUNIMENT_ORGANIZATION", "EDITOR"] {
            command.env_remove(name);
        }
        let output = command
            .args(args)
            .current_dir(self.folder.path())
            .env("MUNIMENT_KEYS", self.path("keys"))
            .env("COLUMNS", "80")
            .stdin(Stdio::null())
            .output()
            .expect("the binary starts");
        Answer {
            code: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).expect("text is UTF-8"),
            err: String::from_utf8(output.stderr).expect("text is UTF-8"),
        }
    }

    /// Runs a command that must succeed.
    pub fn good(&self, args: &[&str]) -> String {
        let answer = self.run(args);
        assert_eq!(answer.code, 0, "{args:?}: {}{}", answer.out, answer.err);
        answer.out
    }

    /// Runs a command that must be refused in one line.
    pub fn refused(&self, args: &[&str]) -> String {
        let answer = self.run(args);
        assert_eq!(answer.code, 1, "{args:?}: {}{}", answer.out, answer.err);
        assert_eq!(answer.out, "", "{args:?}");
        assert!(answer.err.starts_with("muniment: "), "{args:?}: {}", answer.err);
        assert_eq!(answer.err.lines().count(), 1, "{args:?}: {}", answer.err);
        answer.err
    }

    /// Runs a command that must succeed, as JSON.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        let args = [args, &["--format", "json"]].concat();
        serde_json::from_str(&self.good(&args)).expect("it is JSON")
    }

    /// The number of the newest entry.
    pub fn entry(&self) -> u64 {
        self.json(&["log", "--limit", "1"])[0]["entry"].as_u64().expect("an entry has a number")
    }

    /// Makes what most tests need: a role that Ada holds, and a risk.
    pub fn with_risk(self) -> Self {
        let held = "held_by={person = \"PERSON-1\", from = \"2026-01-01\"}";
        self.good(&["new", "role", "--set", "title=Head of IT", "--set", held]);
        self.good(&[
            "new",
            "risk",
            "--set",
            "title=Ransomware",
            "--set",
            "concerns=information",
            "--set",
            "owner=Head of IT",
            "--set",
            "current.likelihood=3",
            "--set",
            "current.money=4",
        ]);
        self
    }
}
