//! `exoguide eval`, as people and programs see it.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Output};

use exoguide::decide::Outcome;
use exoguide::eval::{Case, Observation, RankedId, Summary, questions};
use exoguide::knowledge::Id;
use exoguide::render::eval::report;
use exoguide::render::terminal::Page;
use serde_json::Value;

/// How bad the compiled-in guide may be at the questions of `tests/data/questions`. These only ever get stricter.
const FLOORS: [&str; 8] = [
    "first=0.87",
    "top3=0.95",
    "answered=0.75",
    "wrong=0.07",
    "out-answered=0.07",
    "auroc=0.95",
    "osc10=0.83",
    "ece=0.1",
];

/// Runs `exoguide eval` with the small guide of `tests/data/pool`.
fn eval(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_exoguide"))
        .args(["eval", "--knowledge", "tests/data/pool"])
        .args(arguments)
        .env_remove("EXOGUIDE_CONFIG")
        .output()
        .expect("exoguide runs")
}

fn status_and_text(arguments: &[&str]) -> String {
    let output = eval(arguments);
    let status = output.status.code().expect("a status");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}{err}status {status}")
}

#[test]
fn the_compiled_in_guide_is_as_good_as_it_was() {
    let sets = std::fs::read_dir("tests/data/questions").expect("the question sets are there");
    let output = Command::new(env!("CARGO_BIN_EXE_exoguide"))
        .args(["eval", "--knowledge", "knowledge", "--misses", "0"])
        .args(FLOORS.iter().flat_map(|floor| ["--floor", floor]))
        .args(sets.map(|set| set.expect("a name").path()))
        .env_remove("EXOGUIDE_CONFIG")
        .output()
        .expect("exoguide runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What a guide could have made of a few questions: one case a line.
fn summary() -> Summary {
    let set = "\
        opening-hours\twhen are you open\tterse\n\
        opening-hours|tickets\ttil what time cn I swim for two dollars\ttypo\n\
        tickets\tdo you take coins\tterse\n\
        lanes\tI would like to do forty lengths in peace, and I do not like to be splashed on while I do so\n\
        lanes\twhere do the fast ones swim\toblique\n\
        decline\tcan I park my car\n\
        decline\tis the fish fresh\toblique\n\
        urgent\tmy friend does not breathe\n\
        urgent\tshe is bleeding\n";
    let mut problems = Vec::new();
    let questions = questions::parse("set.tsv", set, &["lanes", "opening-hours", "tickets"], &mut problems);
    assert!(problems.is_empty());
    let seen = [
        seen(Outcome::Answer, &["opening-hours"], 0.97, &["opening-hours", "tickets"]),
        seen(Outcome::Answer, &["tickets"], 0.74, &["tickets", "lanes"]),
        seen(Outcome::Answer, &["opening-hours"], 0.67, &["opening-hours", "tickets"]),
        seen(Outcome::Clarify, &["lanes", "tickets"], 0.34, &["lanes", "tickets"]),
        seen(Outcome::Decline, &[], 0.08, &["tickets", "opening-hours", "lanes"]),
        Observation { boundary: Some(Id("parking".into())), ..seen(Outcome::Decline, &[], 0.02, &["tickets"]) },
        seen(Outcome::Urgent, &[], 0.05, &["lanes"]),
        seen(Outcome::Urgent, &[], 0.0, &["lanes"]),
        seen(Outcome::Decline, &[], 0.03, &["tickets"]),
    ];
    let cases: Vec<Case<'_>> = questions.iter().zip(seen).collect();
    Summary::new(&cases)
}

fn seen(outcome: Outcome, shown: &[&str], confidence: f32, ranking: &[&str]) -> Observation {
    let id = |name: &&str| Id((*name).to_owned());
    let ranking = ranking.iter().zip([0.62, 0.21, 0.05]).map(|(name, score)| RankedId { id: id(name), score });
    Observation {
        outcome,
        shown: shown.iter().map(id).collect(),
        boundary: None,
        confidence,
        ranking: ranking.collect(),
    }
}

#[test]
fn figures_and_misses_are_shown_in_a_terminal_and_in_a_pipe() {
    let summary = summary();
    for (name, page) in [("terminal", Page { width: 88, drawn: true }), ("pipe", Page { width: 80, drawn: false })] {
        let mut shown = anstream::StripStream::new(Vec::new());
        write!(shown, "{}", report(&summary, summary.misses.len() + 3, page)).expect("to memory");
        insta::assert_snapshot!(name, String::from_utf8(shown.into_inner()).expect("UTF-8"));
    }
}

#[test]
fn programs_get_the_same_as_json() {
    let mut summary = summary();
    summary.calibration.bins.truncate(1);
    summary.topics.truncate(1);
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&summary).expect("JSON"));
}

#[test]
fn floors_that_are_broken_are_told_and_end_with_1() {
    let set = "tests/data/pool/questions.tsv";
    assert_eq!(eval(&["--floor", "first=0", "--floor", "wrong=1", set]).status.code(), Some(0));
    // No confidence is without error.
    let broken = eval(&["--floor", "first=0", "--floor", "ece=0", set]);
    assert_eq!(broken.status.code(), Some(1));
    let told = String::from_utf8_lossy(&broken.stderr);
    assert!(told.starts_with("floor broken: `ece` is 0."), "{told}");
}

#[test]
fn all_that_is_wrong_with_the_sets_is_told_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let set = folder.path().join("set.tsv");
    std::fs::write(&set, "ticket\thow much\nlanes\nurgent|lanes\thelp\n").expect("a set");
    let binary = folder.path().join("binary.tsv");
    std::fs::write(&binary, b"lanes\t\xFF\n").expect("a set");
    let sets = [set, folder.path().join("missing.tsv"), binary].map(|path| path.display().to_string());
    let told = status_and_text(&sets.each_ref().map(String::as_str));
    insta::assert_snapshot!(told.replace(&folder.path().display().to_string(), "sets"));
}

#[test]
fn sets_without_a_question_are_no_evaluation() {
    let folder = tempfile::tempdir().expect("a folder");
    let set = folder.path().join("set.tsv");
    std::fs::write(&set, "# later\n\n").expect("a set");
    let told = status_and_text(&[&set.display().to_string()]);
    insta::assert_snapshot!(told, @r"
    error: there is no question in the question sets: write one a line, as `exoguide eval --help` says
    status 2
    ");
}

#[test]
fn one_object_holds_figures_and_broken_floors() {
    let output = eval(&["--format", "json", "--floor", "ece=0", "--misses", "0", "tests/data/pool/questions.tsv"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["questions"], 7);
    assert_eq!(report["in_scope"]["first"]["of"], 5);
    assert_eq!(report["misses"], serde_json::json!([]));
    assert_eq!(report["broken_floors"][0]["figure"], "ece");
}

/// Every key and every number of a JSON value.
fn walk(value: &Value, keys: &mut BTreeSet<String>, numbers: &mut Vec<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| {
            keys.insert(key.clone());
            walk(value, keys, numbers);
        }),
        Value::Array(list) => list.iter().for_each(|value| walk(value, keys, numbers)),
        Value::Number(number) => numbers.push(number.to_string()),
        Value::Null => panic!("there is a null"),
        Value::Bool(_) | Value::String(_) => {}
    }
}

#[test]
fn programs_find_steady_figures_under_documented_keys() {
    let page = std::fs::read_to_string("docs/json-output.md").expect("the page");
    let set = "tests/data/pool/questions.tsv";
    let output = eval(&["--format", "json", "--floor", "ece=0", "--floor", "urgent=0", set]);
    let (mut keys, mut numbers) = (BTreeSet::new(), Vec::new());
    walk(&serde_json::from_slice(&output.stdout).expect("JSON"), &mut keys, &mut numbers);
    for key in keys {
        assert!(page.contains(&format!("`{key}`")), "`{key}` is not in docs/json-output.md");
    }
    for number in numbers {
        let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        assert!(decimals <= 4, "{number}");
    }
}
