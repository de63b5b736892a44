//! How fast it is: loading the guide, a question on its path, and a cold start.
//!
//! `cargo bench` prints the fastest, slowest, median and mean of each. The questions are those of `tests/data/questions`;
//! each sample of [`answer`] is another of them, so that its median is that of questions, not of one question.

use std::cell::Cell;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::{env, fs};

use divan::{Bencher, black_box};
use exoguide::guide::Guide;
use exoguide::knowledge::{self, Checked, Origin};
use exoguide::text::tokens;

/// As many samples as the sets have questions, about.
const QUESTIONS: u32 = 400;

/// Discord takes no longer messages from most people.
const LONGEST: usize = 2_000;

static GUIDE: LazyLock<Guide> = LazyLock::new(|| Guide::new(compiled_in()));

static SET: LazyLock<Vec<String>> = LazyLock::new(questions);

fn main() {
    divan::main();
}

fn compiled_in() -> Checked {
    knowledge::load(&Origin::CompiledIn).knowledge.expect("the compiled-in guide is sound")
}

/// All questions of the sets, in the order of files and lines.
fn questions() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/questions");
    let entries = fs::read_dir(&folder).expect("the question sets are there");
    let mut sets: Vec<PathBuf> = entries.map(|entry| entry.expect("a name").path()).collect();
    sets.sort();
    let lines = sets.iter().map(|set| fs::read_to_string(set).expect("a question set"));
    let text = lines.collect::<String>();
    text.lines().filter_map(|line| line.split('\t').nth(1)).map(str::to_owned).collect()
}

/// Every question in turn, again and again.
fn in_turn() -> impl Fn() -> &'static str {
    let next = Cell::new(0);
    move || {
        let number = next.replace(next.get() + 1);
        &SET[number % SET.len()]
    }
}

/// The first characters of all questions in a row: many words, nearly all of them known.
fn longest_question() -> String {
    SET.join(" ").chars().take(LONGEST).collect()
}

/// A message of words that all want to be repaired.
fn most_misspelt_question() -> String {
    let swapped = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        let middle = letters.len() / 2;
        if middle > 0 {
            letters.swap(middle - 1, middle);
        }
        letters.into_iter().collect::<String>()
    };
    longest_question().split(' ').map(swapped).collect::<Vec<_>>().join(" ")
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn load_files() -> Checked {
    compiled_in()
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn compile_guide(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(compiled_in).bench_values(Guide::new);
}

#[divan::bench(sample_count = QUESTIONS, sample_size = 1)]
fn normalise(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(in_turn()).bench_local_values(|question| tokens(black_box(question)));
}

#[divan::bench(sample_count = QUESTIONS, sample_size = 1)]
fn answer(bencher: Bencher<'_, '_>) {
    let guide = &*GUIDE;
    bencher.with_inputs(in_turn()).bench_local_values(|question| guide.answer(black_box(question)));
}

#[divan::bench]
fn answer_longest(bencher: Bencher<'_, '_>) {
    let (guide, question) = (&*GUIDE, longest_question());
    bencher.bench_local(|| guide.answer(black_box(&question)));
}

#[divan::bench]
fn answer_most_misspelt(bencher: Bencher<'_, '_>) {
    let (guide, question) = (&*GUIDE, most_misspelt_question());
    bencher.bench_local(|| guide.answer(black_box(&question)));
}

/// From nothing to a reply: a process started, the guide loaded, one question answered.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn cold_ask() {
    let status = Command::new(env!("CARGO_BIN_EXE_exoguide"))
        .args(["ask", "how much is it"])
        // A folder without `knowledge`, so that the compiled-in guide answers.
        .current_dir(env::temp_dir())
        .env_remove("EXOGUIDE_KNOWLEDGE")
        .env_remove("EXOGUIDE_CONFIG")
        .stdout(Stdio::null())
        .status();
    assert!(status.expect("exoguide runs").success());
}
