//! `exoguide eval`: how often the guide does right by questions whose right answers are known.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use anyhow::{Context as _, bail};
use clap::{Args, ValueHint};
use serde::Serialize;

use super::{Format, Status, examples};
use crate::config::Config;
use crate::diagnostic::{self, Diagnostic};
use crate::eval::{self, BrokenFloor, Floor, Floors, Question, Summary, floor, questions};
use crate::guide::Guide;
use crate::knowledge::source;
use crate::matching::Part;
use crate::render::eval::ablation::ablation;
use crate::render::eval::card::score_card;
use crate::render::eval::report;
use crate::render::terminal::Page;

const BROKEN: Style = AnsiColor::Red.on_default().bold();

/// Measure how well questions are answered
///
/// A question set has one question a line: what is expected, a tab, the question, and where wanted another tab and
/// tags with commas between. What is expected is a topic's id, several joined by `|` where any of them is right,
/// `decline` where the guide does not cover the question, or `urgent`.
///
/// A file of floors has a line `sets = ["FILE", ...]` with the sets they are for, and a line `NAME = SHARE` for each.
///
/// The exit status is 1 if a floor is broken, and 2 if a question set can't be used.
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("Measure two sets as one", "exoguide eval voices-a.tsv voices-b.tsv"),
    ("Fail where fewer than 85 % are found, or more than 5 % are answered wrongly",
     "exoguide eval --floor first=0.85 --floor wrong=0.05 voices-a.tsv"),
    ("See what typing mistakes cost", "exoguide eval --typos 1 voices-a.tsv"),
    ("See what each part of matching is worth", "exoguide eval --ablation voices-a.tsv"),
    ("Keep a score card whose floors rise and never fall",
     "exoguide eval --floors floors.toml --score-card SCORECARD.md voices-*.tsv"),
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
    /// Ask all questions once more with typing mistakes, which the number SEED chooses
    #[arg(long, value_name = "SEED")]
    typos: Option<u64>,
    /// Show instead what each part of matching is worth: the figures of all, and of all but one
    #[arg(long, conflicts_with_all = ["format", "floor", "floors", "score_card", "misses"])]
    ablation: bool,
    #[arg(long, value_name = "NAME=SHARE", help = floor_help())]
    floor: Vec<Floor>,
    /// Hold the figures to the floors in FILE, too
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    floors: Option<PathBuf>,
    /// Unless a floor is broken, write the figures to FILE as Markdown, and raise the floors of --floors to just below
    /// what was reached
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    score_card: Option<PathBuf>,
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
        let summary = eval::measure(&guide, &questions, self.typos);
        if self.ablation {
            return self.ablate(config, &questions, &summary);
        }
        let kept = self.floors.as_deref().map(|path| floors_for(path, &summary)).transpose()?;
        let floors = self.floor.iter().chain(kept.iter().flat_map(Floors::iter));
        let broken: Vec<BrokenFloor> = floors.filter_map(|floor| floor.broken_by(&summary)).collect();
        self.print(summary.clone(), &broken)?;
        if !broken.is_empty() {
            return Ok(Status::Found);
        }
        self.keep_score(&guide, &summary, kept.as_ref())?;
        Ok(Status::Fine)
    }

    /// Measures again without each part of matching, and prints what that is worth.
    fn ablate(&self, config: &Config, questions: &[Question], whole: &Summary) -> anyhow::Result<Status> {
        let without = |part| {
            let guide = Guide::without(super::knowledge(config)?, part);
            Ok((part, eval::measure(&guide, questions, self.typos)))
        };
        let without: Vec<(Part, Summary)> = Part::ALL.into_iter().map(without).collect::<anyhow::Result<_>>()?;
        write!(anstream::stdout().lock(), "{}", ablation(whole, &without, Page::detect()))?;
        Ok(Status::Fine)
    }

    /// Writes what was asked for: the card, and the floors that rise with it.
    fn keep_score(&self, guide: &Guide, summary: &Summary, kept: Option<&Floors>) -> anyhow::Result<()> {
        let Some(card) = &self.score_card else { return Ok(()) };
        let raised: Vec<Floor> =
            kept.iter().flat_map(|floors| floors.iter()).map(|floor| floor.raised(summary)).collect();
        write(card, &score_card(guide.knowledge(), summary, &raised))?;
        if let (Some(path), Some(floors)) = (&self.floors, kept) {
            write(path, &floors.raised_text(summary))?;
        }
        Ok(())
    }

    fn print(&self, mut summary: Summary, broken: &[BrokenFloor]) -> io::Result<()> {
        let most = self.misses.unwrap_or(usize::MAX);
        match self.format {
            Format::Text => write!(anstream::stdout().lock(), "{}", report(&summary, most, Page::detect()))?,
            Format::Json => {
                summary.misses.truncate(most);
                summary.mistyped.iter_mut().for_each(|mistyped| mistyped.lost.truncate(most));
                let report = Report { summary: &summary, broken_floors: broken };
                writeln!(io::stdout().lock(), "{}", serde_json::to_string(&report)?)?;
            }
        }
        for floor in broken {
            anstream::eprintln!("{BROKEN}floor broken{BROKEN:#}: {floor}");
        }
        Ok(())
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

/// The floors of a file, which must be for the sets that were measured.
fn floors_for(path: &Path, summary: &Summary) -> anyhow::Result<Floors> {
    let shown = path.display().to_string();
    let mut diagnostics = Vec::new();
    let file = source::read_file(path, shown.clone(), &mut diagnostics);
    let floors = file.and_then(|file| Floors::parse(&file, &mut diagnostics));
    let Some(floors) = floors.filter(|_| diagnostics.is_empty()) else {
        super::print_to_stderr(&diagnostics);
        bail!("`{shown}` has {}: mend it", diagnostic::summary(&diagnostics));
    };
    let measured = summary.sets.iter().map(|set| &set.name);
    if !floors.sets().iter().eq(measured) {
        let sets: Vec<String> = floors.sets().iter().map(|name| format!("`{name}`")).collect();
        bail!(
            "the floors in `{shown}` are for {}: measure those, or give these sets floors of their own",
            sets.join(", ")
        );
    }
    Ok(floors)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("can't write `{}`", path.display()))
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
