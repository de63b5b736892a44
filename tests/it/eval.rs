//! `exoguide eval`, as people and programs see it.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Output};

use exoguide::decide::Outcome;
use exoguide::eval::{Case, Floor, Mistyped, Observation, RankedId, Summary, questions};
use exoguide::knowledge::{self, Id, Origin};
use exoguide::render::eval::card::score_card;
use exoguide::render::eval::report;
use exoguide::render::terminal::Page;
use serde_json::Value;

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
        .args(["eval", "--knowledge", "knowledge", "--typos", "1", "--misses", "0"])
        .args(["--floors", "tests/data/floors.toml"])
        .args(sets.map(|set| set.expect("a name").path()))
        .env_remove("EXOGUIDE_CONFIG")
        .output()
        .expect("exoguide runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What a guide could have made of a few questions: one case a line.
fn summary() -> Summary {
    let easy = "\
        opening-hours\twhen are you open\tterse\n\
        opening-hours|tickets\ttil what time cn I swim for two dollars\ttypo\n\
        tickets\tdo you take coins\tterse\n";
    let hard = "\
        lanes\tI would like to do forty lengths in peace, and I do not like to be splashed on while I do so\n\
        lanes\twhere do the fast ones swim\toblique\n\
        decline\tcan I park my car\n\
        decline\tis the fish fresh\toblique\n\
        urgent\tmy friend does not breathe\n\
        urgent\tshe is bleeding\n";
    let mut problems = Vec::new();
    let mut parse = |file, set| questions::parse(file, set, &["lanes", "opening-hours", "tickets"], &mut problems);
    let questions = [parse("sets/easy.tsv", easy), parse("sets/hard.tsv", hard)].concat();
    assert!(problems.is_empty());
    let observed = [
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
    let mut mistyped = observed.clone();
    mistyped[0] = seen(Outcome::Decline, &[], 0.12, &["lanes", "tickets"]);
    let cases: Vec<Case<'_>> = questions.iter().zip(observed).collect();
    let mistyped: Vec<Case<'_>> = questions.iter().zip(mistyped).collect();
    Summary { mistyped: Some(Mistyped::new(7, &cases, &mistyped)), ..Summary::new(&cases) }
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
        write!(shown, "{}", report(&summary, 3, page)).expect("to memory");
        insta::assert_snapshot!(name, String::from_utf8(shown.into_inner()).expect("UTF-8"));
    }
}

#[test]
fn a_score_card_holds_figures_and_floors() {
    let pool = knowledge::load(&Origin::Folder("tests/data/pool".into())).knowledge.expect("the pool is sound");
    let floors =
        ["first=0.5", "wrong=0.25", "mistyped-first=0.3"].map(|floor| floor.parse::<Floor>().expect("a floor"));
    insta::assert_snapshot!("score_card", score_card(&pool, &summary(), &floors));
}

#[test]
fn programs_get_the_same_as_json() {
    let mut summary = summary();
    summary.calibration.bins.truncate(1);
    summary.topics.truncate(1);
    summary.sets.truncate(1);
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
fn floors_rise_with_the_score_card_and_hold_from_then_on() {
    const SET: &str = "tests/data/pool/questions.tsv";
    let folder = tempfile::tempdir().expect("a folder");
    let [floors, card] = ["floors.toml", "SCORECARD.md"].map(|name| folder.path().join(name));
    let keep_score = || {
        let [floors, card] = [&floors, &card].map(|path| path.display().to_string());
        status_and_text(&["--misses", "0", "--floors", &floors, "--score-card", &card, SET])
    };
    let is_written = |text: &str| std::fs::read_to_string(&floors).is_ok_and(|floors| floors == text);
    let write = |text: &str| std::fs::write(&floors, text).expect("to a temporary folder");

    write("sets = [\"questions.tsv\"] # ours\nwrong = 1\nfirst = 1\n");
    assert!(keep_score().ends_with("\nstatus 1"));
    assert!(!card.exists() && is_written("sets = [\"questions.tsv\"] # ours\nwrong = 1\nfirst = 1\n"));

    write("sets = [\"questions.tsv\"] # ours\nwrong = 1\nfirst = 0\n");
    assert!(keep_score().ends_with("\nstatus 0"));
    assert!(card.exists() && !is_written("sets = [\"questions.tsv\"] # ours\nwrong = 1\nfirst = 0\n"));
    let raised = std::fs::read_to_string(&floors).expect("floors");
    assert!(keep_score().ends_with("\nstatus 0") && is_written(&raised), "{raised}");
}

#[test]
fn floors_of_other_sets_are_no_floors_of_these() {
    let told = status_and_text(&["--floors", "tests/data/floors.toml", "tests/data/pool/questions.tsv"]);
    insta::assert_snapshot!(told, @r"
    error: the floors in `tests/data/floors.toml` are for `held-back.tsv`, `voices-f-g.tsv`, `voices-h-i.tsv`, `voices-j-k.tsv`: measure those, or give these sets floors of their own
    status 2
    ");
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
    let output = eval(&["--format", "json", "--typos", "1", "--floor", "ece=0", "--floor", "urgent=0", set]);
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
