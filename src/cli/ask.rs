//! `exoguide ask`: answers a question, or one question a line from standard input.

use std::ffi::OsString;
use std::io::{self, BufRead as _, BufReader, BufWriter, IsTerminal as _, Write};

use anyhow::{Context as _, bail};
use clap::Args;

use super::{Format, Status, examples};
use crate::answer::Depth;
use crate::config::Config;
use crate::guide::Guide;
use crate::render::terminal::{self, Page, printable};
use crate::render::{explain, json};

/// So much of the input is read, and of the output collected, at a time.
const BUFFER: usize = 64 * 1024;

/// Answer a question, or one question a line from standard input
///
/// Without QUESTION, every line of standard input is a question, and each gets its reply at once.
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("Ask in your own words", "exoguide ask \"how much is it?\""),
    ("See why the reply is what it is", "exoguide ask --explain does it hurt"),
    ("Answer many questions, one JSON object a line", "exoguide ask --format json < questions.txt"),
]))]
pub struct Ask {
    /// The question; several words are joined
    question: Vec<OsString>,
    /// How to answer: as text for people, or as json, one object a line
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = true)]
    format: Format,
    /// Show the N best topics as well, whatever the outcome
    #[arg(long, value_name = "N")]
    ranking: Option<usize>,
    /// Show why: what each word was read as, what counted, what else was considered
    #[arg(long)]
    explain: bool,
    /// Show the details of the answer as well
    #[arg(long)]
    more: bool,
    /// Explain the hard words of the answer as well
    #[arg(long)]
    words: bool,
}

impl Ask {
    /// Answers what was asked.
    pub fn run(&self, config: &Config) -> anyhow::Result<Status> {
        if self.question.is_empty() && io::stdin().is_terminal() {
            bail!("no question: write it behind `exoguide ask`, or use `exoguide chat` for a conversation");
        }
        if self.explain && self.format == Format::Json {
            bail!("`--explain` is for people: leave it out, or `--format json`");
        }
        let guide = super::guide(config)?;
        let mut out = self.output();
        if self.question.is_empty() {
            self.answer_lines(&guide, &mut out)?;
        } else {
            let words: Vec<_> = self.question.iter().map(|word| word.to_string_lossy()).collect();
            self.answer(&guide, &words.join(" "), &mut out)?;
        }
        out.flush()?;
        Ok(Status::Fine)
    }

    /// JSON goes out byte for byte; text passes through the stream that knows whether styles are wanted.
    fn output(&self) -> Box<dyn Write> {
        match self.format {
            Format::Json => Box::new(BufWriter::with_capacity(BUFFER, io::stdout().lock())),
            Format::Text => Box::new(BufWriter::with_capacity(BUFFER, anstream::stdout().lock())),
        }
    }

    /// Answers each line as it comes: what is ready is sent before waiting for more.
    fn answer_lines(&self, guide: &Guide, out: &mut impl Write) -> anyhow::Result<()> {
        let mut input = BufReader::with_capacity(BUFFER, io::stdin().lock());
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line).context("standard input can't be read")? > 0 {
            let question = String::from_utf8_lossy(without_line_end(&line));
            if self.format == Format::Text {
                writeln!(out, "> {}\n", printable(&question))?;
            }
            self.answer(guide, &question, out)?;
            if self.format == Format::Text {
                writeln!(out)?;
            }
            if input.buffer().is_empty() {
                out.flush()?;
            }
            line.clear();
        }
        Ok(())
    }

    fn answer(&self, guide: &Guide, question: &str, out: &mut impl Write) -> anyhow::Result<()> {
        match self.format {
            Format::Text => self.answer_text(guide, question, out),
            Format::Json => self.answer_json(guide, question, out),
        }
    }

    fn answer_json(&self, guide: &Guide, question: &str, out: &mut impl Write) -> anyhow::Result<()> {
        let mut reply = guide.answer(question);
        reply.depth = self.depth();
        let ranking = self.ranking.map(|most| guide.ranking(question, most));
        let words = self.words.then(|| guide.glossary_of(&reply));
        let answer = json::Answer::new(question, &reply, ranking.as_deref()).with_words(words);
        serde_json::to_writer(&mut *out, &answer).map_err(io::Error::from)?;
        Ok(writeln!(out)?)
    }

    fn answer_text(&self, guide: &Guide, question: &str, out: &mut impl Write) -> anyhow::Result<()> {
        let page = Page::detect();
        let mut reply = guide.answer(question);
        reply.depth = self.depth();
        write!(out, "{}", terminal::reply(&reply, page))?;
        let terms = if self.words { guide.glossary_of(&reply) } else { Vec::new() };
        if !terms.is_empty() {
            write!(out, "\n{}", terminal::words(&reply.say.words, &terms, page))?;
        }
        if self.explain {
            write!(out, "\n{}", explain::explanation(&guide.explain(question), page))?;
        }
        if let Some(most) = self.ranking {
            writeln!(out)?;
            for ranked in guide.ranking(question, most) {
                writeln!(out, "{:.4}  {}", ranked.score, ranked.topic.id)?;
            }
        }
        Ok(())
    }

    fn depth(&self) -> Depth {
        if self.more { Depth::Full } else { Depth::Short }
    }
}

fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
