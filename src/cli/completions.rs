//! `exoguide completions`: what makes the Tab key know `exoguide`.

use std::io::{self, Write as _};

use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use super::{Cli, Status, examples};

/// Print what makes the Tab key of a shell know exoguide
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("bash", "exoguide completions bash > ~/.local/share/bash-completion/completions/exoguide"),
    ("fish", "exoguide completions fish > ~/.config/fish/completions/exoguide.fish"),
    ("zsh, in a folder named in fpath", "exoguide completions zsh > ~/.zfunc/_exoguide"),
]))]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub fn run(&self) -> anyhow::Result<Status> {
        let mut script = Vec::new();
        generate(self.shell, &mut Cli::command(), "exoguide", &mut script);
        io::stdout().lock().write_all(&script)?;
        Ok(Status::Fine)
    }
}
