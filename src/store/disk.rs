//! Files that are there whole or not at all.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// Ends the name of a file that is being written.
const UNFINISHED: &str = "new";

/// Ends the name of a file that was set aside.
const BROKEN: &str = "broken";

/// Makes a folder, and those around it, which nobody but the bot's account can look into.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// The names of the files in a folder, in order.
pub(super) fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut names: Vec<String> = entries.iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// What stands in a file; nothing, if there is none, or if it can't be understood and is set aside.
pub(super) fn read<T>(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<T, toml::de::Error>,
) -> anyhow::Result<Option<T>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("`{}` can't be read", path.display())),
    };
    let mistake = match str::from_utf8(&bytes) {
        Ok(text) => match parse(text) {
            Ok(value) => return Ok(Some(value)),
            Err(error) => told(text, &error),
        },
        Err(_) => "it is no text in UTF-8".to_owned(),
    };
    let aside = set_aside(path).with_context(|| format!("`{}` can't be set aside", path.display()))?;
    tracing::error!(
        "a file of the state folder can't be understood, {mistake}: it is kept as `{}`, and what it said does not hold; \
         stop the bot, mend the file, take `.{BROKEN}` off its name, and start again",
        aside.display()
    );
    Ok(None)
}

/// The mistake and its place, without the text that stands there.
fn told(text: &str, error: &toml::de::Error) -> String {
    let mistake = error.message().lines().next().unwrap_or_default();
    let place = error.span().map(|span| text.get(..span.start).unwrap_or_default().lines().count().max(1));
    place.map_or_else(|| mistake.to_owned(), |line| format!("{mistake} in line {line}"))
}

/// Renames a file to what nobody reads or writes. An older one that was set aside is kept too.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let name = |number: u32| match number {
        1 => ending(path, BROKEN),
        _ => ending(path, &format!("{number}.{BROKEN}")),
    };
    let free = (1..).map(name).find(|name| !name.exists()).unwrap_or_else(|| ending(path, BROKEN));
    fs::rename(path, &free)?;
    Ok(free)
}

/// Puts `text` into a file, in the place of what stood there. Whatever happens meanwhile, the file holds the one or the
/// other.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let unfinished = ending(path, UNFINISHED);
    let mut file = File::create(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    settle(path)
}

/// Removes a file, if there is one.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => settle(path),
    }
}

/// Waits until the folder's list of names is on the disk too, where folders can be opened.
fn settle(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    let _ = path;
    Ok(())
}

fn ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
