//! `exoguide draw`: the pictures that commands show, as files.

use std::collections::BTreeMap;
use std::fs;
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
        let shown = self.folder.display();
        fs::create_dir_all(&self.folder).with_context(|| format!("the folder `{shown}` can't be made"))?;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut out = anstream::stdout();
        for (name, drawing) in drawings(&guide) {
            let number = seen.entry(name.clone()).and_modify(|number| *number += 1).or_insert(1);
            let name = if *number == 1 { name } else { name.replace(".png", &format!("-{number}.png")) };
            let Some(png) = picture::png(&drawing) else {
                bail!("`{name}` is too high to be drawn: shorten its words")
            };
            let path = self.folder.join(&name);
            fs::write(&path, png).with_context(|| format!("`{}` can't be written", path.display()))?;
            std::io::Write::write_fmt(&mut out, format_args!("{}: {}\n", path.display(), drawing.in_words()))?;
        }
        Ok(Status::Fine)
    }
}
