//! The command line as a test types it: arguments, input, folder, and what came of it.

use std::fmt;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// A small guide of another field, for what should not change when the shipped guide does.
pub(crate) const TEA: [&str; 2] = ["--knowledge", "tests/data/tea"];

/// The day on which the shipped guide was reviewed: nothing that a test sees depends on the day it runs.
pub(crate) const TODAY: &str = "2026-11-23";

/// A run of `exoguide` in the making.
pub(crate) struct Exoguide {
    command: Command,
    input: Vec<u8>,
}

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// `exoguide` with these arguments, started where the package lies, with nothing in its environment that concerns it.
pub(crate) fn exoguide(args: &[&str]) -> Exoguide {
    let mut command = Command::new(env!("CARGO_BIN_EXE_exoguide"));
    command.args(args).current_dir(env!("CARGO_MANIFEST_DIR"));
    let ours = |name: &str| name.starts_with("EXOGUIDE_") || name.contains("COLOR") || name == "COLUMNS";
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    // A setting counts as an argument, and without any the program shows its help.
    if !args.is_empty() {
        command.env("EXOGUIDE_TODAY", TODAY);
    }
    Exoguide { command, input: Vec::new() }
}

/// `exoguide` with the guide about tea.
pub(crate) fn with_tea(args: &[&str]) -> Exoguide {
    exoguide(&[args, &TEA].concat())
}

impl Exoguide {
    /// What it reads on standard input.
    pub(crate) fn input(self, input: impl Into<Vec<u8>>) -> Exoguide {
        Exoguide { input: input.into(), ..self }
    }

    /// The folder where it is started.
    pub(crate) fn started_in(mut self, folder: &Path) -> Exoguide {
        self.command.current_dir(folder);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Exoguide {
        self.command.env(name, value);
        self
    }

    /// The command with all its streams piped, for tests that speak with it while it runs.
    pub(crate) fn piped(mut self) -> Command {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        self.command
    }

    pub(crate) fn run(mut self) -> Ran {
        let input = std::mem::take(&mut self.input);
        let mut child = self.piped().spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // It may leave without reading what it was given.
        let writer = thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ran {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What it prints, when all goes well.
    pub(crate) fn prints(self) -> String {
        let ran = self.run();
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{ran}");
        ran.stdout
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "status {}", self.status)?;
        for (name, text) in [("output", &self.stdout), ("errors", &self.stderr)] {
            if !text.is_empty() {
                write!(f, "--- {name}\n{text}")?;
            }
        }
        Ok(())
    }
}
