//! exoguide beside what one would take instead, in one run: the same knowledge, the same questions.
//!
//! ```sh
//! cargo run --release --manifest-path benches/rivals/Cargo.toml
//! ```
//!
//! Rivals get the titles, phrasings and keywords of topics and boundaries. Quality is counted by `exoguide::eval`, as for
//! exoguide itself. Loading begins with knowledge that is read already.

mod search;
mod similarity;
mod texts;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use exoguide::decide::Outcome;
use exoguide::eval::{self, Case, Observation, Question, RankedId, Summary, questions};
use exoguide::guide::Guide;
use exoguide::knowledge::{self, Checked, Knowledge, Origin};

use search::Tantivy;
use similarity::Strsim;
use texts::Texts;

/// An engine that says how much a question is like each class; more is better.
trait Rival {
    /// The score of every class, in the order of [`Texts::classes`].
    fn scores(&self, question: &str) -> Vec<f32>;
}

fn main() {
    let loaded = knowledge::load(&Origin::CompiledIn);
    let knowledge = loaded.knowledge.expect("the compiled-in guide is sound");
    let asked = asked(&knowledge);
    let texts = Texts::of(&knowledge);
    println!("{}; {} questions", loaded.tally, asked.len());
    println!("| engine                          | first | in 3 | OSC10 | AUROC | load, ms | median, µs | 99 %, µs |");
    println!("|---------------------------------|------:|-----:|------:|------:|---------:|-----------:|---------:|");
    exoguide(&knowledge, &asked);
    rival("tantivy, best phrasing", &texts, &asked, || Tantivy::of_phrasings(&texts));
    rival("tantivy, one document a topic", &texts, &asked, || Tantivy::of_classes(&texts));
    rival("strsim loop, Sørensen-Dice", &texts, &asked, || Strsim::new(&texts, strsim::sorensen_dice));
    rival("strsim loop, Jaro-Winkler", &texts, &asked, || Strsim::new(&texts, strsim::jaro_winkler));
}

/// The questions of all sets, in the order of files and lines.
fn asked(knowledge: &Knowledge) -> Vec<Question> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/questions");
    let entries = fs::read_dir(folder).expect("the question sets are there");
    let mut sets: Vec<_> = entries.map(|entry| entry.expect("a name").path()).collect();
    sets.sort();
    let topics: Vec<&str> = knowledge.topics.iter().map(|topic| topic.id.as_str()).collect();
    let mut problems = Vec::new();
    let parsed = sets.iter().flat_map(|set| {
        let text = fs::read_to_string(set).expect("a question set");
        questions::parse(&set.display().to_string(), &text, &topics, &mut problems)
    });
    parsed.collect()
}

fn exoguide(knowledge: &Checked, asked: &[Question]) {
    let knowledge = knowledge.clone();
    let started = Instant::now();
    let guide = Guide::new(knowledge);
    let loading = started.elapsed();
    let times = times(asked, |question| {
        black_box(guide.answer(question));
    });
    print("exoguide", &eval::measure(&guide, asked, None), loading, &times);
}

fn rival<R: Rival>(name: &str, texts: &Texts, asked: &[Question], load: impl FnOnce() -> R) {
    let started = Instant::now();
    let rival = load();
    let loading = started.elapsed();
    let times = times(asked, |question| {
        black_box(rival.scores(question));
    });
    let cases: Vec<Case<'_>> =
        asked.iter().map(|question| (question, observation(texts, &rival.scores(&question.text)))).collect();
    print(name, &Summary::new(&cases), loading, &times);
}

/// What a rival makes of a question: it ranks topics by their scores, and is as sure as the best of them outweighs the
/// best boundary.
fn observation(texts: &Texts, scores: &[f32]) -> Observation {
    let (topics, boundaries) = scores.split_at(texts.topics);
    let mut ranked: Vec<usize> = (0..topics.len()).collect();
    ranked.sort_by(|a, b| topics[*b].total_cmp(&topics[*a]));
    let best = topics[ranked[0]];
    let against = boundaries.iter().copied().fold(0.0, f32::max);
    let ranking = ranked
        .iter()
        .take(eval::TOP)
        .map(|class| RankedId { id: texts.classes[*class].clone(), score: topics[*class] });
    Observation {
        outcome: Outcome::Answer,
        shown: vec![texts.classes[ranked[0]].clone()],
        boundary: None,
        confidence: if best > 0.0 { best / (best + against) } else { 0.0 },
        ranking: ranking.collect(),
    }
}

/// The time of each question, the shortest first.
fn times(asked: &[Question], answer: impl Fn(&str)) -> Vec<Duration> {
    let time = |question: &Question| {
        let started = Instant::now();
        answer(black_box(&question.text));
        started.elapsed()
    };
    let mut times: Vec<Duration> = asked.iter().map(time).collect();
    times.sort();
    times
}

fn print(name: &str, summary: &Summary, loading: Duration, times: &[Duration]) {
    let percent = |share: Option<f64>| share.map_or(f64::NAN, |share| share * 100.0);
    let [median, most] = [50, 99].map(|percent| times[times.len() * percent / 100].as_secs_f64() * 1e6);
    println!(
        "| {name:<31} | {:>5.1} | {:>4.1} | {:>5.1} | {:>5.3} | {:>8.1} | {median:>10.1} | {most:>8.1} |",
        percent(summary.in_scope.first.share),
        percent(summary.in_scope.top3.share),
        percent(summary.osc10.and_then(|osc10| osc10.share)),
        summary.auroc.unwrap_or(f64::NAN),
        loading.as_secs_f64() * 1e3,
    );
}
