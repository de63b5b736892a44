//! `exoguide advert`: which red flags the words of an advert show.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Read as _, Write as _};

use anyhow::{Context as _, bail};
use clap::Args;

use super::{Status, examples};
use crate::config::Config;
use crate::render::terminal::{self, Page};
use crate::sheet::advert::advert;

/// An advert is no longer than this, in bytes; who hands over something else need not wait for its end.
const LONGEST: u64 = 64 * 1024;

/// Look for red flags in the words of an advert
///
/// It says which red flags of the guide the words show, what they do not tell, and what to ask.
/// Without TEXT, the advert is read from standard input.
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("Look at an advert", "exoguide advert \"FDA-approved, results guaranteed\""),
    ("Look at one that is in a file", "exoguide advert < advert.txt"),
]))]
pub struct Advert {
    /// The words of the advert; several are joined
    text: Vec<OsString>,
}

impl Advert {
    /// Looks at the advert.
    pub fn run(&self, config: &Config) -> anyhow::Result<Status> {
        if self.text.is_empty() && io::stdin().is_terminal() {
            bail!("no advert: write its words behind `exoguide advert`, or send a file to it with `<`");
        }
        let guide = super::guide(config)?;
        let Some(sheet) = advert(&guide, &self.words()?) else {
            bail!("{} has no rules for adverts: they stand in `adverts.toml`", config.origin());
        };
        write!(anstream::stdout(), "{}", terminal::sheet(&sheet, Page::detect()))?;
        Ok(Status::Fine)
    }

    fn words(&self) -> anyhow::Result<String> {
        if self.text.is_empty() {
            let mut bytes = Vec::new();
            io::stdin().lock().take(LONGEST).read_to_end(&mut bytes).context("standard input can't be read")?;
            return Ok(String::from_utf8_lossy(&bytes).into_owned());
        }
        let words: Vec<_> = self.text.iter().map(|word| word.to_string_lossy()).collect();
        Ok(words.join(" "))
    }
}
