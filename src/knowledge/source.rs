//! Where the files of the knowledge come from: a folder, or the guide compiled into the binary.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, did_you_mean};

/// The files of the compiled-in guide: path and text, ordered by path.
const COMPILED_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/compiled_in.rs"));

/// The folder used when none is named and it exists.
const DEFAULT_FOLDER: &str = "knowledge";

/// The files that stand in the knowledge folder itself, and the folders beside them.
const FILES: [&str; 9] = [
    "adverts.toml",
    "alarms.toml",
    "claims.toml",
    "facts.toml",
    "glossary.toml",
    "guide.toml",
    "languages.toml",
    "urgent.toml",
    "vocabulary.toml",
];
const FOLDERS: [&str; 2] = ["topics", "boundaries"];

/// The files without which patients are less safe, and what holds while one is not there.
const NETS: [(&str, &str); 3] = [
    ("claims.toml", "no claim was checked"),
    ("facts.toml", "no figure and no name was checked"),
    ("urgent.toml", "the program's own signs are used"),
];

/// Longer files are refused: no topic is that long, and a mistaken download should not be read to its end.
const MOST_BYTES: u64 = 1024 * 1024;

/// How the file begins that an office program keeps beside one that is open in it.
const OFFICE_LOCK: &str = "~$";

/// How files begin that are no text, and what they are.
const NO_TEXT: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a Word document (or a zip archive)"),
    (b"\xD0\xCF\x11\xE0", "a Word document of the old kind"),
    (b"{\\rtf", "a document with formatting (RTF)"),
    (b"%PDF", "a PDF document"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
];

/// Where the knowledge comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A folder on disk.
    Folder(PathBuf),
    /// The guide compiled into the binary.
    CompiledIn,
}

impl Origin {
    /// The folder that was named, else `./knowledge` where it exists, else the compiled-in guide.
    pub fn find(named: Option<&Path>) -> Origin {
        match named {
            Some(folder) => Origin::Folder(folder.to_owned()),
            // A link that leads nowhere is a mistake to be told, not a reason to answer from something else.
            None if Path::new(DEFAULT_FOLDER).symlink_metadata().is_ok() => Origin::Folder(DEFAULT_FOLDER.into()),
            None => Origin::CompiledIn,
        }
    }
}

/// What to say where the compiled-in guide would be used though the program was started in a knowledge folder, or in one
/// of the folders within it: whoever works there means that one.
pub fn one_folder_too_deep() -> Option<Diagnostic> {
    let within = || std::env::current_dir().is_ok_and(|here| FOLDERS.iter().any(|folder| here.ends_with(folder)));
    let folder = if Path::new("guide.toml").is_file() || Path::new("topics").is_dir() {
        "."
    } else if within() {
        ".."
    } else {
        return None;
    };
    let message = format!("there is no folder `{DEFAULT_FOLDER}` here: you are inside a guide's folder");
    let help = format!("type `exoguide check {folder}`, or go up to the folder in which the guide's folder lies");
    Some(Diagnostic::error("missing-folder", folder, message).help(help))
}

/// Whether a guide has a file at `path`.
pub(super) fn is_read(path: &str) -> bool {
    FILES.contains(&path) || path.split_once('/').is_some_and(|(folder, _)| FOLDERS.contains(&folder))
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Folder(folder) => write!(f, "the folder `{}`", folder.display()),
            Origin::CompiledIn => f.write_str("the compiled-in guide"),
        }
    }
}

/// One file's path in the knowledge folder, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the knowledge folder, with `/` between folders.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

impl SourceFile {
    /// The file's id, if it lies in `folder`: its name without `.toml`.
    pub fn id_in(&self, folder: &str) -> Option<&str> {
        self.path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".toml")
    }
}

/// The files of the guide compiled into the binary.
pub fn compiled_in() -> Vec<SourceFile> {
    COMPILED_IN.iter().map(|(path, text)| SourceFile { path: (*path).into(), text: (*text).into() }).collect()
}

/// One file of the guide compiled into the binary.
pub fn compiled_in_file(path: &str) -> SourceFile {
    let text = COMPILED_IN.iter().find(|(name, _)| *name == path).map_or("", |(_, text)| text);
    SourceFile { path: path.into(), text: text.into() }
}

/// The files without which patients are less safe that are not among `files`, each with what holds without it; none where
/// there is no file at all, which is told as such.
pub(super) fn missing_nets(files: &[SourceFile]) -> Vec<(&'static str, &'static str)> {
    let is_missing = |net: &str| !files.is_empty() && !files.iter().any(|file| file.path == net);
    NETS.into_iter().filter(|(net, _)| is_missing(net)).collect()
}

/// All files of `origin`, ordered by path. What can't be read is reported.
pub fn files(origin: &Origin, diagnostics: &mut Vec<Diagnostic>) -> Vec<SourceFile> {
    match origin {
        Origin::CompiledIn => compiled_in(),
        Origin::Folder(folder) => {
            let mut files = read_folder(folder, diagnostics);
            files.sort_by(|a, b| a.path.cmp(&b.path));
            files
        }
    }
}

fn read_folder(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<SourceFile> {
    let Some(names) = names_in(root, &root.display().to_string(), diagnostics) else { return Vec::new() };
    let mut files = Vec::new();
    for name in &names {
        let path = root.join(name);
        if FOLDERS.contains(&name.as_str()) {
            for inner in names_in(&path, name, diagnostics).unwrap_or_default() {
                let shown = format!("{name}/{inner}");
                if inner.ends_with(".toml") {
                    files.extend(read_file(&path.join(&inner), shown, diagnostics));
                } else {
                    diagnostics.push(unread(&inner, shown, path.join(&inner).is_dir()));
                }
            }
        } else if FILES.contains(&name.as_str()) {
            files.extend(read_file(&path, name.clone(), diagnostics));
        } else {
            diagnostics.push(unknown_name(name, path.is_dir(), &names));
        }
    }
    files
}

/// A file or folder among the topics or boundaries that is not read.
fn unread(name: &str, shown: String, is_folder: bool) -> Diagnostic {
    let help = match toml_name(name) {
        Some(meant) if !is_folder => format!("rename it to `{meant}`{}", hidden_ending(name)),
        _ => "only files that end in `.toml` are".to_owned(),
    };
    Diagnostic::warning("unknown-file", shown, format!("`{name}` is not read")).help(help)
}

/// The name that was meant by `washing.toml.txt`, `washing.TOML` or `washing.txt`.
fn toml_name(name: &str) -> Option<String> {
    let stem = |name: &str, ending: &str| {
        let at = name.len().checked_sub(ending.len())?;
        name.get(at..)?.eq_ignore_ascii_case(ending).then(|| name[..at].to_owned())
    };
    let stem = [".toml.txt", ".toml", ".txt"].iter().find_map(|ending| stem(name, ending))?;
    Some(format!("{stem}.toml"))
}

/// Why somebody may not see the ending that is wrong.
fn hidden_ending(name: &str) -> &'static str {
    let hidden = name.to_lowercase().ends_with(".toml.txt");
    if hidden { " (if you see no `.txt`, let the file manager show file name extensions)" } else { "" }
}

/// A file or folder beside `others` that is not read.
fn unknown_name(name: &str, is_folder: bool, others: &[String]) -> Diagnostic {
    let known: &[&str] = if is_folder { &FOLDERS } else { &FILES };
    let lower = name.to_lowercase();
    let with_ending = toml_name(&lower).filter(|meant| known.contains(&meant.as_str()));
    let meant = with_ending.as_deref().or_else(|| did_you_mean(&lower, known.iter().copied()));
    let help = match meant {
        Some(meant) if with_ending.is_some() => format!("rename it to `{meant}`{}", hidden_ending(name)),
        Some(meant) => format!("did you mean `{meant}`? then rename it"),
        None if is_folder => "topics lie in `topics`, boundaries in `boundaries`".to_owned(),
        None => format!("a topic lies in `topics`; the files here are {}", FILES.join(", ")),
    };
    let is_missing = |net: &str| meant == Some(net) && !others.iter().any(|other| other == net);
    let message = format!("`{name}` is not read");
    let diagnostic = match NETS.iter().find(|(net, _)| is_missing(net)) {
        Some((_, without)) => Diagnostic::error("unknown-file", name, format!("{message}, and so {without}")),
        None => Diagnostic::warning("unknown-file", name, message),
    };
    diagnostic.help(help)
}

/// The names in a folder, in order, but for what lies beside the knowledge.
fn names_in(folder: &Path, shown: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            diagnostics.push(unreadable_folder(folder, shown, &error));
            return None;
        }
    };
    Some(names(entries.map(|entry| Ok(entry?.file_name())), folder, shown, diagnostics))
}

fn names(
    entries: impl Iterator<Item = io::Result<OsString>>,
    folder: &Path,
    shown: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let names = entries.filter_map(|entry| match entry {
        Ok(name) if is_beside_the_knowledge(&name.to_string_lossy()) => None,
        Ok(name) => readable(name, shown, diagnostics),
        Err(error) => {
            diagnostics.push(unreadable_folder(folder, shown, &error));
            None
        }
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn readable(name: OsString, shown: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    name.into_string().map_err(|name| diagnostics.push(unreadable_name(&name.to_string_lossy(), shown))).ok()
}

fn unreadable_name(name: &str, shown: &str) -> Diagnostic {
    let path = if FOLDERS.contains(&shown) { format!("{shown}/{name}") } else { name.to_owned() };
    Diagnostic::error("unreadable", path, format!("the name `{name}` is not written in UTF-8"))
        .help("rename it, with plain letters")
}

/// Hidden files, editors' backups, and Markdown files.
fn is_beside_the_knowledge(name: &str) -> bool {
    name.starts_with(['.', '#']) || name.starts_with(OFFICE_LOCK) || name.ends_with('~') || name.ends_with(".md")
}

/// Whether this error means that there is nothing: not for what may not be looked at.
pub(crate) fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn unreadable_folder(folder: &Path, shown: &str, error: &io::Error) -> Diagnostic {
    if is_missing(error) && !folder.exists() {
        return Diagnostic::error("missing-folder", shown, format!("there is no folder `{shown}`"))
            .help(format!("name the folder that holds `topics`, or make one with `exoguide init {shown}`"));
    }
    if folder.is_file() {
        let help = match FOLDERS.contains(&shown) {
            true => "make a folder of this name, with one file for each topic or boundary",
            false => "name the folder that holds `guide.toml` and `topics`",
        };
        let message = format!("`{shown}` is a file, and a folder is needed");
        return Diagnostic::error("not-a-folder", shown, message).help(help);
    }
    Diagnostic::error("unreadable", shown, format!("`{shown}` can't be read: {error}"))
        .help("check who may read the folder")
}

/// The file at `path`, which messages call `shown`; what is wrong with it is reported.
pub(crate) fn read_file(path: &Path, shown: String, diagnostics: &mut Vec<Diagnostic>) -> Option<SourceFile> {
    // Opening a pipe would wait for somebody to write into it, for ever.
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let message = format!("`{shown}` is no file");
        diagnostics
            .push(Diagnostic::error("unreadable", shown, message).help("put the text into a plain file of its own"));
        return None;
    }
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        diagnostics.push(unreadable_file(path, shown, &error));
        return None;
    }
    if bytes.len() as u64 > MOST_BYTES {
        let message = format!("`{shown}` is larger than {} MB", MOST_BYTES / (1024 * 1024));
        diagnostics.push(
            Diagnostic::error("too-large", shown, message)
                .help("take out what does not belong here, or split a topic into several"),
        );
        return None;
    }
    decoded(bytes, shown, diagnostics)
}

/// The file that messages call `shown`, and whose bytes are these; what is wrong with them is reported.
pub(crate) fn decoded(bytes: Vec<u8>, shown: String, diagnostics: &mut Vec<Diagnostic>) -> Option<SourceFile> {
    if let Some(kind) = no_text(&bytes) {
        let help = "copy its text into a plain text editor (Notepad; TextEdit with Format > Make Plain Text), and save \
                    it there under this name";
        diagnostics.push(Diagnostic::error("unreadable", shown, format!("this is {kind}, not plain text")).help(help));
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(SourceFile { path: shown, text: with_line_ends(without_byte_order_mark(text)) }),
        Err(error) => {
            diagnostics.push(not_utf8(shown, &error));
            None
        }
    }
}

fn unreadable_file(path: &Path, shown: String, error: &io::Error) -> Diagnostic {
    let (message, help) = match path.is_dir() {
        true => (format!("`{shown}` is a folder, and a file is needed"), "rename the folder, or move it elsewhere"),
        false => (format!("`{shown}` can't be read: {error}"), "check who may read the file"),
    };
    Diagnostic::error("unreadable", shown, message).help(help)
}

/// Some editors put a mark in front of a text; TOML has no use for it.
fn without_byte_order_mark(text: String) -> String {
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}

/// Very old editors end each line with a carriage return alone.
fn with_line_ends(text: String) -> String {
    if text.contains('\n') { text } else { text.replace('\r', "\n") }
}

/// What a file that begins with these bytes is, if it is no text.
fn no_text(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    let begins = |opening: &[u8]| bytes.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening));
    NO_TEXT.iter().find(|(opening, _)| begins(opening)).map(|(_, kind)| *kind)
}

fn not_utf8(shown: String, error: &std::string::FromUtf8Error) -> Diagnostic {
    const HELP: &str = "save the file again, and choose UTF-8 as its encoding";
    let bytes = error.as_bytes();
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Diagnostic::error("not-utf8", shown, "this file is saved as UTF-16").help(HELP);
    }
    let at = error.utf8_error().valid_up_to();
    let message = format!("this character is not saved as UTF-8 (byte 0x{:02X})", bytes[at]);
    let text = String::from_utf8_lossy(bytes);
    Diagnostic::error("not-utf8", shown, message).help(HELP).at(&text, at..at + char::REPLACEMENT_CHARACTER.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_can_not_be_read_to_its_end_is_told() {
        let entries = [Ok("b.toml".into()), Err(io::Error::other("the disk is worn out")), Ok("a.toml".into())];
        let mut told = Vec::new();
        assert_eq!(names(entries.into_iter(), Path::new("."), "topics", &mut told), ["a.toml", "b.toml"]);
        let told: Vec<String> = told.iter().map(Diagnostic::one_line).collect();
        assert_eq!(told, ["topics: `topics` can't be read: the disk is worn out; check who may read the folder"]);
    }
}
