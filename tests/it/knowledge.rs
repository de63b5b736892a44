//! What moderators are told about their mistakes: a small broken folder for every kind of problem.
//!
//! `tests/data/broken/<code>` has the problem with that code in all its forms; what stands behind `--` tells cases of
//! one kind apart. A new kind needs a folder only, and `INSTA_UPDATE=always cargo test --test it` writes what is told.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use annotate_snippets::Renderer;
use exoguide::diagnostic::{self, Diagnostic};
use exoguide::knowledge::{Date, Origin, SourceFile, load_and_try, load_files};
use exoguide::render::discord::too_long;

const BROKEN: &str = "tests/data/broken";

/// The day on which the shipped guide was reviewed.
const TODAY: Date = Date { year: 2026, month: 11, day: 23 };

/// Where the problems are named, for the test that each has a folder.
const SOURCES: &str = "src/knowledge";

/// The names in `tests/data/broken`, and the one name that must not be there.
fn broken() -> BTreeSet<String> {
    names_in(BROKEN).chain(["missing-folder".to_owned()]).collect()
}

fn names_in(folder: &str) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("`{folder}`: {error}"));
    entries.map(|entry| entry.expect("a name").file_name().into_string().expect("a name in UTF-8"))
}

fn kind(name: &str) -> &str {
    name.split("--").next().unwrap_or(name)
}

fn problems(folder: impl AsRef<Path>) -> Vec<Diagnostic> {
    load_and_try(&Origin::Folder(folder.as_ref().to_owned()), Some(TODAY), too_long).diagnostics
}

fn told(problems: &[Diagnostic]) -> String {
    diagnostic::render(problems, &Renderer::plain()) + &diagnostic::summary(problems)
}

/// Compares with `tests/it/snapshots/broken/<name>.snap`.
fn assert_told(name: &str, told: String) {
    insta::with_settings!({
        snapshot_path => "snapshots/broken",
        prepend_module_to_snapshot => false,
        omit_expression => true
    }, {
        insta::assert_snapshot!(name, told);
    });
}

#[test]
fn every_mistake_is_told_with_its_place_and_the_way_out() {
    for name in broken() {
        let problems = problems(Path::new(BROKEN).join(&name));
        assert!(problems.iter().any(|problem| problem.code == kind(&name)), "`{name}` is not found in its folder");
        for problem in &problems {
            assert!(problem.help.is_some(), "no way out of: {}", problem.one_line());
        }
        assert_told(&name, told(&problems));
    }
}

#[test]
fn a_file_that_is_too_large_is_told_and_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("topics")).expect("a folder for topics");
    let megabytes = "# a comment, again and again\n".repeat(40_000);
    fs::write(folder.path().join("topics/opening-hours.toml"), megabytes).expect("a large file");
    assert_told("too-large", told(&problems(folder.path())));
}

/// Each text is short enough by itself, and with the others it is not.
#[test]
fn what_would_not_reach_a_patient_whole_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: String| {
        fs::create_dir_all(folder.path().join(path).parent().expect("a folder")).expect("a folder");
        fs::write(folder.path().join(path), text).expect("a file");
    };
    let disclaimer = "Mind the wet floor. ".repeat(15);
    write("guide.toml", format!("title = \"The swimming pool\"\ndisclaimer = \"{disclaimer}\"\n"));
    let rows = |most: usize| -> String {
        let row = |n| format!("[[table.row]]\nid = \"r{n}\"\ncells = [\"A ticket for {n} visits\", \"${n}\"]\n");
        (1..=most).map(row).collect()
    };
    let topic = |rows: &str| {
        format!(
            "title = \"Tickets\"\nanswer = \"At the desk.\"\nquestions = [\"where do I pay\"]\n\
         [[table]]\ntitle = \"Tickets\"\ncolumns = [\"Ticket\", \"Price\"]\n{rows}"
        )
    };
    write("topics/tickets.toml", topic(&rows(80)));
    assert_eq!(problems(folder.path()), []);
    write("topics/tickets.toml", topic(&rows(150)));
    let details = "Bring a towel. ".repeat(230);
    write(
        "topics/towels.toml",
        format!("title = \"Towels\"\nanswer = \"Yes.\"\nquestions = [\"a towel?\"]\ndetails = \"\"\"{details}\"\"\"\n"),
    );
    assert_told("too-long--on-discord", told(&problems(folder.path())));
}

/// Other systems let no such name arise.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_told_and_not_read() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let topics = folder.path().join("topics");
    fs::create_dir(&topics).expect("a folder for topics");
    for name in [b"caf\xe9.toml".as_slice(), b".caf\xe9", b"coffee.toml"] {
        fs::write(topics.join(std::ffi::OsStr::from_bytes(name)), "title = \"Coffee\"\nanswer = \"Black.\"\n")
            .expect("a topic");
    }
    assert_told("unreadable--name", told(&problems(folder.path())));
}

/// Five commands are there in every guide.
#[test]
fn more_commands_than_discord_takes_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("topics")).expect("a folder for topics");
    let topic = "title = \"Tickets\"\nanswer = \"At the desk.\"\nquestions = [\"where do I pay\"]\n";
    fs::write(folder.path().join("topics/tickets.toml"), topic).expect("a topic");
    let with_commands = |most: usize| {
        let command = |n| format!("\n[[command]]\nname = \"c{n}\"\ndescription = \"d\"\ntopic = \"tickets\"\n");
        let commands: String = (1..=most).map(command).collect();
        let guide = format!("title = \"The swimming pool\"\ndisclaimer = \"Ask at the desk.\"\n{commands}");
        fs::write(folder.path().join("guide.toml"), guide).expect("a guide file");
        problems(folder.path())
    };
    assert_eq!(with_commands(95), []);
    assert_told("too-many--commands", told(&with_commands(97)));
}

#[test]
fn problems_are_told_to_programs_too() {
    for name in ["never-found", "duplicate-phrasing"] {
        let json = serde_json::to_string_pretty(&problems(Path::new(BROKEN).join(name))).expect("JSON");
        assert_told(&format!("{name}.json"), json);
    }
}

#[test]
fn the_compiled_in_guide_has_no_problem() {
    let problems = load_and_try(&Origin::CompiledIn, Some(TODAY), too_long).diagnostics;
    assert!(problems.is_empty(), "{}", told(&problems));
}

#[test]
fn only_what_can_answer_is_made_into_a_guide() {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    let guide = file("guide.toml", "title = \"T\"");
    let boundary = file("boundaries/parking.toml", "title = \"P\"\nanswer = \"a\"\nquestions = [\"parking\"]");
    let topic = file("topics/tickets.toml", "title = \"T\"\nanswer = \"a\"");
    let unfinished = file("topics/sauna.toml", "title = \"S\"");
    assert!(load_files(&[]).knowledge.is_none());
    assert!(load_files(&[guide.clone(), boundary.clone()]).knowledge.is_none());
    assert!(load_files(&[topic.clone(), unfinished]).knowledge.is_none());
    assert!(load_files(&[guide, boundary, topic]).knowledge.is_some());
}

#[test]
fn every_kind_of_problem_has_a_folder() {
    let shown: BTreeSet<String> = broken().iter().map(|name| kind(name).to_owned()).collect();
    // Made by a test of its own: no megabyte belongs into git.
    let made = BTreeSet::from(["too-large".to_owned()]);
    let named: BTreeSet<String> = names_in(SOURCES).flat_map(|file| codes(&format!("{SOURCES}/{file}"))).collect();
    assert!(named.len() > 15, "the codes are not found in the sources any more: {named:?}");
    assert_eq!(named, &shown | &made);
}

/// The codes that a source file names: the texts that open `Diagnostic::error(` and `Diagnostic::warning(`, and those
/// that reach them through a tuple or `report_pattern`.
fn codes(file: &str) -> Vec<String> {
    let source = fs::read_to_string(file).unwrap_or_else(|error| panic!("`{file}`: {error}"));
    let openings = ["Diagnostic::error(", "Diagnostic::warning(", "Some((", "report_pattern("];
    let mut codes = Vec::new();
    for opening in openings {
        for rest in source.split(opening).skip(1) {
            let code = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            // A message can stand there as well, and has spaces.
            codes.extend(code.filter(|code| !code.contains(' ')).map(str::to_owned));
        }
    }
    codes
}
