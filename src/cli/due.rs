//! `exoguide due`: what is due for review, the soonest first.

use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use clap::Args;
use serde::Serialize;

use super::{Format, Status, examples};
use crate::config::Config;
use crate::diagnostic::counted;
use crate::knowledge::{Date, NextReview, next_reviews};
use crate::render::terminal::printable;

const OVERDUE: Style = AnsiColor::Red.on_default().bold();
const SOON: Style = AnsiColor::Yellow.on_default();

/// How wide the column of files is at least.
const FILES: usize = 42;

/// List what is due for review, the soonest first
///
/// How long a review holds depends on the topic's `kind`; `[review]` in guide.toml has the days.
/// The exit status is 0 if nothing is due and 1 otherwise.
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("What is due within the month", "exoguide due"),
    ("Plan a year ahead", "exoguide due --within 365"),
    ("What would be due on another day", "exoguide due --today 2027-03-01"),
]))]
pub struct Due {
    /// List what is due within DAYS [default: the days of notice in guide.toml, usually 30]
    #[arg(long, value_name = "DAYS")]
    within: Option<u16>,
    /// How to say it: as text for people, or as json, one array
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,
}

/// What programs read.
#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    title: &'a str,
    kind: &'static str,
    reviewed: String,
    due: String,
    days: i64,
}

impl<'a> Entry<'a> {
    fn new(next: &'a NextReview<'_>, today: Date) -> Entry<'a> {
        Entry {
            file: &next.file,
            title: next.title,
            kind: next.last.kind.name(),
            reviewed: next.last.on.to_string(),
            due: next.due.to_string(),
            days: next.days_left(today),
        }
    }
}

impl Due {
    /// Lists, and says by its status whether anything is due.
    pub fn run(&self, config: &Config) -> anyhow::Result<Status> {
        let (knowledge, today) = (super::knowledge(config)?, super::today(config));
        let within = i64::from(self.within.unwrap_or(knowledge.guide.review.notice));
        let all = next_reviews(&knowledge);
        let due: Vec<&NextReview<'_>> = all.iter().filter(|next| next.days_left(today) <= within).collect();
        match self.format {
            Format::Text => print_text(&due, all.get(due.len()), today)?,
            Format::Json => print_json(&due, today)?,
        }
        Ok(if due.is_empty() { Status::Fine } else { Status::Found })
    }
}

fn print_text(due: &[&NextReview<'_>], later: Option<&NextReview<'_>>, today: Date) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let files = due.iter().map(|next| next.file.len()).max().unwrap_or_default().max(FILES);
    for next in due {
        let left = next.days_left(today);
        let style = if left < 0 { OVERDUE } else { SOON };
        let when = if left < 0 { format!("{} late", days(-left)) } else { format!("in {}", days(left)) };
        let (date, kind, title) = (next.due, next.last.kind.name(), printable(next.title));
        writeln!(out, "{date}  {style}{when:<14}{style:#}  {kind:<6}  {:<files$}  {title}", next.file)?;
    }
    match later {
        Some(next) if due.is_empty() => {
            writeln!(out, "nothing is due: the first will be `{}`, on {}", next.file, next.due)
        }
        Some(next) => writeln!(out, "the next after these is `{}`, on {}", next.file, next.due),
        None if due.is_empty() => writeln!(out, "nothing is ever due: no file has a `reviewed` date"),
        None => Ok(()),
    }
}

fn days(number: i64) -> String {
    counted(usize::try_from(number).unwrap_or_default(), "day")
}

fn print_json(due: &[&NextReview<'_>], today: Date) -> anyhow::Result<()> {
    let entries: Vec<Entry<'_>> = due.iter().map(|next| Entry::new(next, today)).collect();
    writeln!(io::stdout().lock(), "{}", serde_json::to_string(&entries)?)?;
    Ok(())
}
