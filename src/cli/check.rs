//! `exoguide check`: everything that is wrong with a knowledge folder, and what to write instead.

use std::io::{self, Write};
use std::path::PathBuf;

use annotate_snippets::Renderer;
use anstyle::{AnsiColor, Style};
use clap::{Args, ValueHint};

use super::{Format, Status, examples};
use crate::config::Config;
use crate::diagnostic::{self, Diagnostic};
use crate::knowledge::{Loaded, Origin};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// Say everything that is wrong with the knowledge
///
/// Each problem comes with the file, the line, a mark under the place, and what to write instead.
/// The exit status is 0 if nothing was found and 1 otherwise.
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("Check the folder `knowledge`", "exoguide check"),
    ("Check another folder", "exoguide check my-guide"),
    ("For an editor or a build, one JSON array", "exoguide check --format json"),
]))]
pub struct Check {
    /// The knowledge folder, before what --knowledge says
    #[arg(value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// How to say it: as text for people, or as json, one array
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,
}

impl Check {
    /// Checks, and prints what was found.
    pub fn run(&self, config: &Config) -> anyhow::Result<Status> {
        let knowledge = self.dir.clone().or_else(|| config.knowledge.clone());
        let config = Config { knowledge, ..config.clone() };
        if let Some(astray) = super::astray(&config) {
            return self.report_nothing_checked(astray);
        }
        let loaded = config.load_and_try(super::today(&config));
        match self.format {
            Format::Text => print_text(&config.origin(), &loaded)?,
            Format::Json => print_json(&loaded.diagnostics)?,
        }
        Ok(if loaded.diagnostics.is_empty() { Status::Fine } else { Status::Found })
    }

    fn report_nothing_checked(&self, astray: Diagnostic) -> anyhow::Result<Status> {
        let found = [astray];
        match self.format {
            Format::Text => {
                let mut out = anstream::stdout().lock();
                write!(out, "{}", diagnostic::render(&found, &Renderer::styled()))?;
                writeln!(out, "{BAD}nothing was checked{BAD:#}")?;
            }
            Format::Json => print_json(&found)?,
        }
        Ok(Status::Found)
    }
}

fn print_json(diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
    writeln!(io::stdout().lock(), "{}", serde_json::to_string(diagnostics)?)?;
    Ok(())
}

fn print_text(origin: &Origin, loaded: &Loaded) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    write!(out, "{}", diagnostic::render(&loaded.diagnostics, &Renderer::styled()))?;
    let style = if loaded.diagnostics.is_empty() { GOOD } else { BAD };
    let summary = diagnostic::summary(&loaded.diagnostics);
    writeln!(out, "{origin} ({}): {style}{summary}{style:#}", loaded.tally)?;
    if !loaded.missing_nets.is_empty() {
        let missing = loaded.missing_nets.iter().map(|(file, without)| format!("`{file}` ({without})"));
        writeln!(out, "Not there: {}.", missing.collect::<Vec<_>>().join(", "))?;
    }
    if *origin == Origin::CompiledIn {
        writeln!(out, "There is no folder `knowledge` here: no file of yours was checked.")?;
    }
    Ok(())
}
