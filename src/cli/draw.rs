//! `exoguide draw`: the pictures that commands show, as files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, ValueHint};

use super::{Status, examples};
use crate::config::Config;
use crate::render::picture;
use crate::sheet::drawings;

/// Draw the pictures that commands show, into a folder
///
/// So moderators see how an edit looks: tables that are compared, sums, timelines, and lists to print.
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("Draw the pictures of the guide that is served", "exoguide draw pictures"),
    ("Draw those of an edited guide", "exoguide draw pictures --knowledge my-guide"),
]))]
pub struct Draw {
    /// The folder into which they are drawn; it is made where it is missing
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
}

impl Draw {
    /// Draws the pictures.
    pub fn run(&self, config: &Config) -> anyhow::Result<Status> {
        let guide = super::guide(config)?;
        let mut out = anstream::stdout();
        let drawings = drawings(&guide);
        if drawings.is_empty() {
            writeln!(
                out,
                "nothing is drawn: no topic of this guide has figures to compare, a list to take along or a timeline"
            )?;
            return Ok(Status::Fine);
        }
        let shown = self.folder.display();
        fs::create_dir_all(&self.folder).with_context(|| format!("the folder `{shown}` can't be made"))?;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (name, drawing) in drawings {
            let number = seen.entry(name.clone()).and_modify(|number| *number += 1).or_insert(1);
            let name = if *number == 1 { name } else { name.replace(".png", &format!("-{number}.png")) };
            let Some(png) = picture::png(&drawing) else {
                bail!("`{name}` is too high to be drawn: shorten its words")
            };
            let path = self.folder.join(&name);
            fs::write(&path, png).with_context(|| format!("`{}` can't be written", path.display()))?;
            writeln!(out, "{}: {}", path.display(), drawing.in_words())?;
        }
        Ok(Status::Fine)
    }
}
