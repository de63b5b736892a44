//! `exoguide chat`: a conversation with the guide in the terminal.
//!
//! [`conversation`] decides what is said, [`lines`] reads what is typed, and [`followup`] tells what goes on from the last
//! reply. Nothing that is typed is ever stored: the history is forgotten when the conversation ends.

mod conversation;
mod followup;
mod lines;

use std::io::{self, Write};

use anstyle::Style;
use clap::Args;

use super::{LITERAL, Status, examples};
use crate::config::Config;
use crate::guide::Guide;
use crate::knowledge::Origin;
use crate::render::terminal::{self, Page, printable};
use crate::sheet::command::{in_words, slots};
use conversation::{COMMANDS, Conversation, Said};
use lines::Lines;

const BOLD: Style = Style::new().bold();

/// How wide the columns of topics' ids and of commands are; a longer entry moves its own line only.
const IDS: usize = 24;
const COMMANDS_WIDTH: usize = 12;

/// Talk with the guide in the terminal
///
/// A question is answered; "more" shows the details of an answer; a number, or "the second one", picks a topic that was
/// offered; `/help` lists the commands.
/// Nothing is stored.
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("Talk with the guide", "exoguide chat"),
    ("Try an edited guide", "exoguide chat --knowledge my-guide"),
]))]
pub struct Chat {}

impl Chat {
    /// Talks until the patient leaves.
    pub fn run(&self, config: &Config) -> anyhow::Result<Status> {
        let guide = super::guide(config)?;
        let page = Page::detect();
        let mut out = anstream::stdout();
        greet(&guide, &config.origin(), &mut out)?;
        let mut lines = Lines::open(&guide)?;
        let mut conversation = Conversation::new(&guide);
        while let Some(line) = lines.next()? {
            match conversation.hear(&line) {
                Said::Nothing => continue,
                Said::Goodbye => break,
                Said::Reply(reply) => write!(out, "\n{}", terminal::reply(&reply, page))?,
                Said::Sheet(sheet) => write!(out, "\n{}", terminal::sheet(&sheet, page))?,
                Said::Words(terms) => {
                    write!(out, "\n{}", terminal::words(&guide.knowledge().guide.say.words, &terms, page))?
                }
                Said::Note(note) => writeln!(out, "\n{}", page.hanging("", &printable(&note)))?,
                Said::Topics => print_topics(&guide, &mut out)?,
                Said::Help => print_help(&guide, page, &mut out)?,
            }
            out.flush()?;
        }
        Ok(Status::Fine)
    }
}

fn greet(guide: &Guide, origin: &Origin, out: &mut impl Write) -> io::Result<()> {
    let about = &guide.knowledge().guide;
    let edition = about.edition.as_ref().map(|edition| format!(", edition {edition}")).unwrap_or_default();
    writeln!(out, "{BOLD}{}{BOLD:#}{}, from {origin}", printable(&about.title), printable(&edition))?;
    write!(out, "Ask in your own words. Type {LITERAL}more{LITERAL:#} for details, ")?;
    writeln!(out, "{LITERAL}/help{LITERAL:#} for the commands.")
}

fn print_topics(guide: &Guide, out: &mut impl Write) -> io::Result<()> {
    for (title, topics) in guide.by_subject() {
        writeln!(out, "\n{BOLD}{}{BOLD:#}", printable(title))?;
        for topic in topics {
            writeln!(out, "  {LITERAL}{:<IDS$}{LITERAL:#} {}", topic.id.as_str(), printable(&topic.title))?;
        }
    }
    writeln!(out, "\nShow one of them with {LITERAL}/topic ID{LITERAL:#}.")
}

fn print_help(guide: &Guide, page: Page, out: &mut impl Write) -> io::Result<()> {
    let indent = format!("  {:COMMANDS_WIDTH$} ", "");
    writeln!(out)?;
    for command in &guide.knowledge().guide.commands {
        print_command(&format!("/{}", command.name), &command.description, out)?;
        let slots = guide.topic(command.topic.as_str()).map(|topic| slots(guide, topic)).unwrap_or_default();
        for takes in in_words(&slots) {
            writeln!(out, "{}", page.hanging(&indent, &printable(&takes)))?;
        }
    }
    for command in &COMMANDS {
        print_command(command.usage, command.purpose, out)?;
    }
    writeln!(out, "\nA number picks what was offered, `more` shows details; all else is a question.")
}

fn print_command(usage: &str, purpose: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  {LITERAL}{usage:<COMMANDS_WIDTH$}{LITERAL:#} {}", printable(purpose))
}
