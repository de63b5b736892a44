//! `exoguide eval`: how often the guide does right by questions whose right answers are known.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use anyhow::bail;
use clap::{Args, ValueHint};
use serde::Serialize;

use super::{Format, Status, examples};
use crate::config::Config;
use crate::diagnostic::{self, Diagnostic};
use crate::eval::{self, BrokenFloor, Case, Floor, Question, Summary, floor, questions};
use crate::guide::Guide;
use crate::knowledge::source;
use crate::render::eval::report;
use crate::render::terminal::Page;

const BROKEN: Style = AnsiColor::Red.on_default().bold();

/// Measure how well questions are answered
///
/// A question set has one question a line: what is expected, a tab, the question, and where wanted another tab and
/// tags with commas between. What is expected is a topic's id, several joined by `|` where any of them is right,
/// `decline` where the guide does not cover the question, or `urgent`.
///
/// The exit status is 1 if a floor is broken, and 2 if a question set can't be used.
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("Measure two sets as one", "exoguide eval voices-a.tsv voices-b.tsv"),
    ("Fail where fewer than 85 % are found, or more than 5 % are answered wrongly",
     "exoguide eval --floor first=0.85 --floor wrong=0.05 voices-a.tsv"),
    ("For programs, one JSON object", "exoguide eval --format json voices-a.tsv"),
]))]
pub struct Eval {
    /// The question sets
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// How to say it: for people, or one JSON object
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,
    /// List at most N of the questions that did not get what is right [default: all]
    #[arg(long, value_name = "N")]
    misses: Option<usize>,
    #[arg(long, value_name = "NAME=SHARE", help = floor_help())]
    floor: Vec<Floor>,
}

fn floor_help() -> String {
    let names: Vec<&str> = floor::names().collect();
    format!(
        "Exit with 1 if a figure is worse than SHARE, from 0 to 1; can be given several times [{}]",
        names.join(", ")
    )
}

/// What programs read.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    summary: &'a Summary,
    broken_floors: &'a [BrokenFloor],
}

impl Eval {
    /// Measures, and prints the figures.
    pub fn run(&self, config: &Config) -> anyhow::Result<Status> {
        let guide = super::guide(config)?;
        let questions = self.questions(&guide)?;
        let cases: Vec<Case<'_>> =
            questions.iter().map(|question| (question, eval::observe(&guide, &question.text))).collect();
        let mut summary = Summary::new(&cases);
        let broken: Vec<BrokenFloor> = self.floor.iter().filter_map(|floor| floor.broken_by(&summary)).collect();
        let missed = summary.misses.len();
        summary.misses.truncate(self.misses.unwrap_or(usize::MAX));
        match self.format {
            Format::Text => write!(anstream::stdout().lock(), "{}", report(&summary, missed, Page::detect()))?,
            Format::Json => {
                let report = Report { summary: &summary, broken_floors: &broken };
                writeln!(io::stdout().lock(), "{}", serde_json::to_string(&report)?)?;
            }
        }
        for floor in &broken {
            anstream::eprintln!("{BROKEN}floor broken{BROKEN:#}: {floor}");
        }
        Ok(if broken.is_empty() { Status::Fine } else { Status::Found })
    }

    /// The questions of all sets; or everything that is wrong with the sets, printed.
    fn questions(&self, guide: &Guide) -> anyhow::Result<Vec<Question>> {
        let topics: Vec<&str> = guide.knowledge().topics.iter().map(|topic| topic.id.as_str()).collect();
        let mut diagnostics = Vec::new();
        let mut found = Vec::new();
        for file in &self.files {
            if let Some(file) = read(file, &mut diagnostics) {
                found.extend(questions::parse(&file.path, &file.text, &topics, &mut diagnostics));
            }
        }
        if !diagnostics.is_empty() {
            super::print_to_stderr(&diagnostics);
            bail!("the question sets have {}: mend them", diagnostic::summary(&diagnostics));
        }
        if found.is_empty() {
            bail!("there is no question in the question sets: write one a line, as `exoguide eval --help` says");
        }
        Ok(found)
    }
}

fn read(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<source::SourceFile> {
    let shown = path.display().to_string();
    match fs::read(path) {
        Ok(bytes) => source::decoded(bytes, shown, diagnostics),
        Err(error) => {
            let message = format!("`{shown}` can't be read: {error}");
            let help = "check the name of the file, and who may read it";
            diagnostics.push(Diagnostic::error("unreadable", shown, message).help(help));
            None
        }
    }
}
