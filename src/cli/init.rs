//! `exoguide init`: writes the compiled-in guide out, to start a guide from.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::{Args, ValueHint};

use super::{LITERAL, Status, examples};
use crate::knowledge::{SourceFile, source};

/// Write the compiled-in guide into a folder, to start from
///
/// The folder must be new or empty: nothing is ever overwritten.
#[derive(Debug, Args)]
#[command(after_help = examples(&[("Start a guide of your own", "exoguide init my-guide")]))]
pub struct Init {
    /// The folder to make
    #[arg(value_hint = ValueHint::DirPath)]
    dir: PathBuf,
}

impl Init {
    /// Writes the files, or says why not.
    pub fn run(&self) -> anyhow::Result<Status> {
        let dir = &self.dir;
        refuse_if_in_use(dir)?;
        let files = source::compiled_in();
        let mut written = Written::default();
        if let Err(error) = files.iter().try_for_each(|file| written.write(dir, file)) {
            written.take_back();
            return Err(error);
        }
        let (count, shown) = (files.len(), dir.display());
        let mut out = anstream::stdout().lock();
        writeln!(out, "wrote {count} files into `{shown}`")?;
        writeln!(out, "edit them, then see whether they are right: {LITERAL}exoguide check {shown}{LITERAL:#}")?;
        Ok(Status::Fine)
    }
}

fn refuse_if_in_use(dir: &Path) -> anyhow::Result<()> {
    let shown = dir.display();
    let mut entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            bail!("`{shown}` is a file: name a folder that does not exist yet")
        }
        Err(error) => bail!("`{shown}` can't be read: {error}; name another folder"),
    };
    if entries.next().is_some() {
        bail!("`{shown}` is not empty: name a folder that does not exist yet, or empty it first");
    }
    Ok(())
}

/// What was made, in order, so that a failure half-way leaves nothing behind.
#[derive(Default)]
struct Written {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Written {
    fn write(&mut self, dir: &Path, file: &SourceFile) -> anyhow::Result<()> {
        let path = dir.join(&file.path);
        let written = self.make_folders(path.parent().unwrap_or(dir)).and_then(|()| {
            let mut out = fs::File::create_new(&path)?;
            self.files.push(path.clone());
            out.write_all(file.text.as_bytes())
        });
        written.map_err(|error| {
            anyhow!("`{}` can't be written: {error}; check who may write there, and the space left", path.display())
        })
    }

    fn make_folders(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|one| !one.as_os_str().is_empty() && !one.exists()).collect();
        for one in missing.into_iter().rev() {
            fs::create_dir(one)?;
            self.folders.push(one.to_owned());
        }
        Ok(())
    }

    /// Removes what was made. What can't be removed stays: the error to tell is the first one.
    fn take_back(&self) {
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}
