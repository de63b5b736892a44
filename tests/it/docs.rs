//! The documentation: its examples run, and its links lead somewhere.
//!
//! A page is followed from top to bottom in a temporary folder, as a reader would follow it:
//! - below `<!-- folder: PATH -->` that folder is a fresh copy of PATH; a page begins with an empty one;
//! - a block below `<!-- file: PATH -->` is saved as PATH;
//! - in a `console` block every line that begins with `$ ` is typed, and what it prints must stand below it.
//!
//! `UPDATE_DOCS=1 cargo test --test it docs` writes into the pages what is printed now.

use std::fs;
use std::path::{Path, PathBuf};

use exoguide::guide::Guide;
use exoguide::knowledge::{SourceFile, load_files, source};
use tempfile::TempDir;

use crate::support::cli::exoguide;

const FENCE: &str = "```";
const PROMPT: &str = "$ ";

/// How a reader calls the program: where it is installed, and in a clone of the repository.
const PROGRAM: [&str; 2] = ["exoguide ", "cargo run --release -- "];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every page, by its path in the repository.
fn pages() -> Vec<PathBuf> {
    let folders = [root().to_owned(), root().join("docs")];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    pages.sort();
    pages
}

fn read(page: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(page)).unwrap()
}

fn shown(page: &Path) -> String {
    page.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn the_examples_print_what_the_pages_show() {
    let mut stale = Vec::new();
    for page in pages() {
        let text = read(&page);
        let followed = Reader::new().follow(&text);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&page, followed).unwrap();
        } else if let Some((line, (stands, printed))) = first_difference(&text, &followed) {
            stale.push(format!("{}:{line}: here stands `{stands}`, and `{printed}` is printed", shown(&page)));
        }
    }
    assert!(stale.is_empty(), "{}\nwrite it anew with `UPDATE_DOCS=1 cargo test --test it docs`", stale.join("\n"));
}

fn first_difference<'t>(text: &'t str, followed: &'t str) -> Option<(usize, (&'t str, &'t str))> {
    let longest = text.lines().count().max(followed.lines().count());
    let lines = |text: &'t str| text.lines().chain(std::iter::repeat("")).take(longest);
    (1..).zip(lines(text).zip(lines(followed))).find(|(_, (before, after))| before != after)
}

/// Somebody who does what a page says.
struct Reader {
    folder: TempDir,
}

impl Reader {
    fn new() -> Reader {
        Reader { folder: tempfile::tempdir().unwrap() }
    }

    /// The page with what its commands print now.
    fn follow(&mut self, page: &str) -> String {
        let mut followed = Vec::new();
        let mut lines = page.lines();
        let mut file = None;
        while let Some(line) = lines.next() {
            followed.push(line.to_owned());
            if let Some(path) = remark(line, "folder") {
                self.folder = tempfile::tempdir().unwrap();
                copy(&root().join(path), self.folder.path());
            }
            file = remark(line, "file").or(file);
            let Some(language) = line.strip_prefix(FENCE) else { continue };
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != FENCE).collect();
            if let Some(path) = file.take() {
                self.save(path, &block);
            }
            match language {
                "console" => followed.extend(self.type_in(&block)),
                _ => followed.extend(block.into_iter().map(str::to_owned)),
            }
            followed.push(FENCE.to_owned());
        }
        followed.join("\n") + "\n"
    }

    fn save(&self, path: &str, lines: &[&str]) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, lines.join("\n") + "\n").unwrap();
    }

    /// The commands of a block, each with what it prints.
    fn type_in(&self, block: &[&str]) -> Vec<String> {
        let mut shown = Vec::new();
        for line in block.iter().filter_map(|line| line.strip_prefix(PROMPT)) {
            let arguments = PROGRAM.iter().find_map(|program| line.strip_prefix(program));
            let arguments = arguments.unwrap_or_else(|| panic!("`{line}` can't be tried: put it into a block of `sh`"));
            let ran = exoguide(&words(arguments)).started_in(self.folder.path()).run();
            shown.push(format!("{PROMPT}{line}"));
            shown.extend((ran.stdout + &ran.stderr).lines().map(str::to_owned));
        }
        shown
    }
}

/// The value in `<!-- key: value -->`.
fn remark<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.strip_prefix("<!-- ")?.strip_suffix(" -->")?.strip_prefix(key)?.strip_prefix(": ")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("`{}`: {error}", from.display())) {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => fs::write(&target, fs::read(&path).unwrap()).unwrap(),
        }
    }
}

/// The words of a command; those between `"` and `"` are one.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('"').enumerate();
    parts.flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }).collect()
}

#[test]
fn the_links_lead_somewhere() {
    for page in pages() {
        let text = read(&page);
        for link in links(&text).filter(|link| !link.contains("://")) {
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            assert!(target.exists(), "{}: the link `{link}` leads nowhere", shown(&page));
            let found =
                heading.is_empty() || read(&target).lines().any(|line| anchor(line).as_deref() == Some(heading));
            assert!(found, "{}: there is no heading for the link `{link}`", shown(&page));
        }
    }
}

fn links(page: &str) -> impl Iterator<Item = &str> {
    let prose = page.split(FENCE).step_by(2);
    prose.flat_map(|text| text.split("](").skip(1)).filter_map(|rest| rest.split(')').next())
}

/// What a heading is linked by: its words in small letters with hyphens between them.
fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').trim().to_lowercase();
    Some(heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>().replace(' ', "-"))
}

#[test]
fn the_readme_opens_with_the_two_commands() {
    let text = read("README.md");
    let first_screen: Vec<&str> = text.lines().take(40).collect();
    for command in ["$ cargo run --release -- ask \"", "cargo test"] {
        assert!(first_screen.iter().any(|line| line.starts_with(command)), "`{command}` is not there");
    }
}

#[test]
fn moderators_find_every_message_of_check() {
    let page = read("docs/moderators.md");
    for folder in fs::read_dir(root().join("tests/data/broken")).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        let code = name.split("--").next().unwrap();
        assert!(page.contains(&format!("\n| `{code}` |")), "`{code}` is not in docs/moderators.md");
    }
}

/// Moderators practise in the whole guide, which must not cover the subject of the first topic either.
#[test]
fn the_first_topic_is_found_in_the_whole_guide_too() {
    const ADDED: &str = "my boss must not find out";
    let page = read("docs/moderators.md");
    let blocks = page.split("<!-- file: knowledge/topics/telling-family.toml -->\n```toml\n").skip(1);
    let saved: Vec<&str> = blocks.map(|rest| rest.split(FENCE).next().unwrap()).collect();
    let [_, bare, with_phrasings] = saved[..] else { panic!("the file is saved {} times", saved.len()) };
    assert!(page.contains(&format!("\"{ADDED}\" is a phrasing worth adding")));
    let with_one_more = with_phrasings.replace("questions = [", &format!("questions = [\n  \"{ADDED}\","));
    for (topic, asked) in [
        (bare, &[("should my wife know", false)][..]),
        (with_phrasings, &[("should my wife know", true), ("what if my boss finds out", false)]),
        (&with_one_more, &[("what if my boss finds out", true)]),
    ] {
        let mut files = source::compiled_in();
        files.push(SourceFile { path: "topics/telling-family.toml".to_owned(), text: topic.to_owned() });
        let guide = Guide::new(load_files(&files).knowledge.unwrap());
        for (question, is_found) in asked {
            assert!(page.contains(&format!("\"{question}\"\n")), "the page does not ask `{question}`");
            let reply = guide.answer(question);
            let found = reply.topics.iter().any(|topic| topic.id.as_str() == "telling-family");
            assert_eq!(found, *is_found, "{question}: {reply:?}");
        }
    }
}
