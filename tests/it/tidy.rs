//! The house rules that a machine can hold.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use exoguide::eval::Floors;
use exoguide::knowledge::{self, FixedCommand, SourceFile};

/// The path of a question, from the inside out: each module may use those before it.
const PATH: [&[&str]; 6] = [&["text"], &["triage", "matching"], &["decide"], &["answer"], &["guide"], &["sheet"]];

/// What the path may use besides: values, the knowledge they are made from, and a second thread to make them.
const BESIDE_THE_PATH: [&str; 4] = ["diagnostic", "knowledge", "markdown", "parallel"];

/// What would make a reply depend on anything but the question and the knowledge.
const NOT_ON_THE_PATH: [&str; 9] =
    ["std::env", "std::fs", "std::io", "std::net", "std::process", "std::time", "serenity", "tokio", "rand::"];

/// The keys of a topic and of a boundary in the order in which `docs/knowledge-format.md` shows them.
const TOPIC: [&str; 15] = [
    "title",
    "verdict",
    "answer",
    "details",
    "questions",
    "keywords",
    "related",
    "section",
    "kind",
    "reviewed",
    "sums",
    "checklist",
    "timeline",
    "link",
    "table",
];
const BOUNDARY: [&str; 7] = ["title", "answer", "personal", "suggest", "questions", "keywords", "reviewed"];

/// Larger files make every clone slower.
const LARGEST: u64 = 550_000;

/// A source file without its comments.
struct Source {
    path: String,
    code: String,
}

impl Source {
    /// The first module of its path: `matching` for `src/matching/terms.rs`.
    fn module(&self) -> &str {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        inner.split('/').next().unwrap_or(inner)
    }

    /// The modules of this crate that it names.
    fn uses(&self) -> BTreeSet<&str> {
        let named = self.code.split("crate::").skip(1);
        named.map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or(rest)).collect()
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("`{path}`: {error}"))
}

/// All files below `folder` that end in `ending`, in order.
fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("`{folder}`: {error}")) {
        let path = entry.expect("a name").path();
        let shown = path.to_str().expect("a name in UTF-8").replace('\\', "/");
        if path.is_dir() {
            found.extend(files(&shown, ending));
        } else if shown.ends_with(ending) {
            found.push(shown);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    let code = |path: &str| {
        let lines =
            read(path).lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        Source { path: path.to_owned(), code: lines }
    };
    files("src", ".rs").iter().map(|path| code(path)).collect()
}

/// Fails with all that was found, not only the first.
fn assert_none(rule: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn the_path_of_a_question_points_one_way() {
    let mut found = Vec::new();
    for (step, modules) in PATH.iter().enumerate() {
        let before: BTreeSet<&str> = PATH[..step].concat().into_iter().chain(BESIDE_THE_PATH).collect();
        for source in sources().iter().filter(|source| modules.contains(&source.module())) {
            let wrong = source.uses().into_iter().filter(|used| *used != source.module() && !before.contains(used));
            found.extend(wrong.map(|used| format!("{} uses `{used}`", source.path)));
        }
    }
    assert_none("a module uses one that comes after it", found);
}

#[test]
fn knowledge_knows_nothing_of_those_who_ask() {
    let allowed = ["diagnostic", "knowledge", "markdown", "parallel", "text", "triage"];
    let of_knowledge = ["diagnostic", "knowledge", "markdown"];
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| of_knowledge.contains(&source.module())) {
        let wrong = source.uses().into_iter().filter(|used| !allowed.contains(used));
        found.extend(wrong.map(|used| format!("{} uses `{used}`", source.path)));
    }
    assert_none("knowledge uses a surface or the engine", found);
}

#[test]
fn the_path_of_a_question_depends_on_nothing_outside() {
    let path = PATH.concat();
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| path.contains(&source.module())) {
        // Tests of internals may read a file or the time.
        let is_test = source.path.ends_with("/tests.rs");
        let code = source.code.split("#[cfg(test)]").next().unwrap_or_default();
        let outside = NOT_ON_THE_PATH.iter().filter(|name| !is_test && code.contains(**name));
        found.extend(outside.map(|name| format!("{} names `{name}`", source.path)));
    }
    assert_none("no I/O, clock, chance or runtime on the path", found);
}

#[test]
fn serenity_is_named_where_discord_is_spoken_only() {
    let speaks = |path: &str| path.starts_with("src/discord") || path.starts_with("src/render/discord");
    let named = sources().into_iter().filter(|source| !speaks(&source.path) && source.code.contains("serenity"));
    assert_none("serenity outside `discord` and `render/discord`", named.map(|source| source.path).collect());
}

#[test]
fn the_day_is_read_in_one_place() {
    let named =
        sources().into_iter().filter(|source| source.path != "src/cli.rs" && source.code.contains("SystemTime"));
    assert_none("the day outside `cli`", named.map(|source| source.path).collect());
}

#[test]
fn the_glossary_is_in_alphabetical_order() {
    let text = read("knowledge/glossary.toml");
    let words = text.lines().filter_map(|line| line.strip_prefix("word = "));
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let out_of_order: Vec<String> = words.windows(2).filter(|two| two[0] >= two[1]).map(|two| two[1].clone()).collect();
    assert!(words.len() > 10, "the words are not found any more");
    assert_none("words out of order in the glossary", out_of_order);
}

#[test]
fn every_module_says_its_job_first() {
    let silent = files("src", ".rs").into_iter().filter(|path| !read(path).starts_with("//!"));
    assert_none("no `//!` on the first line", silent.collect());
}

#[test]
fn the_sources_know_of_no_subject() {
    let words = ["hair", "hairs", "scalp", "exosome", "exosomes"];
    let mut found = Vec::new();
    for path in files("src", ".rs") {
        for (number, line) in read(&path).lines().enumerate() {
            let lower = line.to_lowercase();
            if lower.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word)) {
                found.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert_none("what the guide is about stands in `knowledge` only", found);
}

/// Whether a path that begins with `place` stands in `line`; behind a letter it is part of something else.
fn stands_in(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| !line[..at].ends_with(char::is_alphanumeric))
}

#[test]
fn no_file_names_a_place_on_one_machine() {
    // In two pieces, so that this file holds none of them.
    let places =
        [["/ro", "ot/"], ["/wo", "rk/"], ["/tmp", "/wt"], ["/Us", "ers/"], ["C:\\", "Users"]].map(|of| of.concat());
    let mut found = Vec::new();
    for path in in_git() {
        // Files that are no text hold no such place.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            if places.iter().any(|place| stands_in(line, place)) {
                found.push(format!("{path}:{}: {line}", number + 1));
            }
        }
    }
    assert_none("paths that are right on one machine only", found);
}

#[test]
fn every_dependency_comes_from_the_public_registry() {
    let locks = read("Cargo.lock") + &read("benches/rivals/Cargo.lock");
    let sources = locks.lines().filter(|line| line.starts_with("source = "));
    let others = sources.filter(|line| !line.contains("\"registry+https://github.com/rust-lang/crates.io-index\""));
    assert_none("dependencies from elsewhere", others.map(str::to_owned).collect());
}

#[test]
fn no_file_in_git_is_large() {
    let size = |path: &String| fs::metadata(path).map_or(0, |about| about.len());
    // The lock file, the tables that `tools` makes, and thousands of messages to learn from, a line each.
    let exempt = ["Cargo.lock", "src/matching/listener.bin", "src/text/vectors.bin", "tools/listener/messages.toml"];
    let large = in_git().into_iter().filter(|path| !exempt.contains(&path.as_str()) && size(path) > LARGEST);
    assert_none("files over 550 kB", large.collect());
}

/// The files under version control; none in an unpacked archive.
fn in_git() -> Vec<String> {
    let names = git(&["ls-files", "-z"]).unwrap_or_default();
    names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// What git prints; nothing in an unpacked archive.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        println!("left out: git does not say `git {}` here", arguments.join(" "));
        return None;
    };
    Some(String::from_utf8(output.stdout).expect("git prints UTF-8"))
}

#[test]
fn floors_only_rise() {
    const FILE: &str = "tests/data/floors.toml";
    const QUESTIONS: &str = "tests/data/questions";
    // Floors of other questions say nothing of these, so nothing before the questions last changed is looked at.
    let changed = git(&["diff", "--name-only", "HEAD", "--", QUESTIONS]).is_some_and(|names| !names.is_empty());
    let latest = git(&["log", "--first-parent", "-1", "--format=%H", "--", QUESTIONS]).unwrap_or_default();
    let latest = latest.trim();
    if changed || latest.is_empty() {
        return;
    }
    let later = git(&["log", "--first-parent", "--format=%H", &format!("{latest}..HEAD"), "--", FILE]);
    let commits = later.unwrap_or_default();
    let now = floors(read(FILE));
    let mut fallen = Vec::new();
    for commit in commits.lines().chain([latest]) {
        let then = git(&["show", &format!("{commit}:{FILE}")]).map(floors);
        let lost =
            then.iter().flat_map(Floors::iter).filter(|before| !now.iter().any(|floor| floor.is_as_strict_as(before)));
        fallen.extend(lost.map(|floor| format!("`{}` was {floor} in {commit}", floor.figure.name)));
    }
    assert_none("floors that fell", fallen);
}

fn floors(text: String) -> Floors {
    let file = SourceFile { path: "floors.toml".to_owned(), text };
    Floors::parse(&file, &mut Vec::new()).expect("a file of floors")
}

#[test]
fn knowledge_files_have_their_keys_in_one_order() {
    let mut found = Vec::new();
    for (folder, order) in [("knowledge/topics", TOPIC.as_slice()), ("knowledge/boundaries", BOUNDARY.as_slice())] {
        for path in files(folder, ".toml") {
            let keys = keys(&read(&path));
            let places: Vec<Option<usize>> = keys.iter().map(|key| order.iter().position(|name| name == key)).collect();
            if !places.is_sorted() {
                found.push(format!("{path}: {}; the order is {}", keys.join(", "), order.join(", ")));
            }
        }
    }
    assert_none("keys out of order", found);
}

/// The keys of a file, in the order in which they stand in it.
fn keys(text: &str) -> Vec<String> {
    let table = toml::de::DeTable::parse(text).expect("the knowledge is sound");
    let mut keys: Vec<(usize, String)> =
        table.get_ref().iter().map(|(key, _)| (key.span().start, key.get_ref().to_string())).collect();
    keys.sort();
    keys.into_iter().map(|(_, key)| key).collect()
}

#[test]
fn the_format_page_names_every_key() {
    let page = read("docs/knowledge-format.md");
    let named = |key: &str| {
        let ways = [format!("{key} = "), format!("`{key}`"), format!("[{key}]"), format!(".{key}]")];
        ways.iter().any(|way| page.contains(way.as_str()))
    };
    let asked: BTreeSet<String> =
        files("src/knowledge", ".rs").iter().flat_map(|path| asked_keys(&read(path))).collect();
    assert!(asked.len() > 50, "the keys are not found in the sources any more: {asked:?}");
    assert_none(
        "keys that `docs/knowledge-format.md` does not name",
        asked.into_iter().filter(|key| !named(key)).collect(),
    );
}

/// The keys for which a reader asks: `fields.text("title", ...)`, and the sentences that `say!` declares.
fn asked_keys(source: &str) -> Vec<String> {
    let is_key = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let mut keys = Vec::new();
    for rest in source.split("fields.").skip(1) {
        let asked = rest.split_once('(').filter(|(method, _)| is_key(method));
        let key = asked.and_then(|(_, rest)| rest.trim_start().strip_prefix('"')?.split('"').next());
        keys.extend(key.filter(|key| is_key(key)).map(str::to_owned));
    }
    let declared = source.split("\nsay! {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap_or_default();
    let sentences = declared.lines().filter_map(|line| line.trim().strip_suffix(','));
    keys.extend(sentences.filter(|sentence| is_key(sentence)).map(str::to_owned));
    keys
}

#[test]
fn the_format_page_names_the_commands_that_every_guide_has() {
    let page = read("docs/knowledge-format.md");
    let unnamed = FixedCommand::ALL.iter().filter(|command| !page.contains(&format!("`/{}`", command.name())));
    assert_none("commands that are not named", unnamed.map(|command| command.name().to_owned()).collect());
    // Discord takes a hundred of a bot.
    let room = format!("up to {} times", 100 - FixedCommand::ALL.len());
    assert!(page.contains(&room), "a guide can have its own commands {room}");
}

#[test]
fn the_examples_of_the_format_page_can_be_read() {
    let page = read("docs/knowledge-format.md");
    let mut files = Vec::new();
    for section in page.split("\n## ").skip(1) {
        let path = section.split('`').nth(1).unwrap_or_default().replace("<id>", "example");
        let example = section.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        files.extend(example.map(|text| SourceFile { path, text: text.to_owned() }));
    }
    assert!(files.len() >= 4, "the examples are not found any more");
    let mut problems = Vec::new();
    knowledge::read::knowledge(&files, &mut problems);
    assert_none("mistakes in the examples", problems.iter().map(|problem| problem.one_line()).collect());
}
