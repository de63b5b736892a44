//! How cost and quality grow with the guide: `cargo bench --bench scale`.
//!
//! Guides are generated, written into a folder and read back, as anybody's would be. Questions come from where the
//! phrasings come from, and are none of them. `cargo bench --bench scale -- 300 30000` measures 300 topics with 30,000
//! phrasings.

mod generated;

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use exoguide::eval::{self, Question, Share, questions, typos};
use exoguide::guide::Guide;
use exoguide::knowledge::{self, Origin};
use generated::Generated;

/// Topics and phrasings.
const SIZES: [[usize; 2]; 2] = [[150, 15_000], [1_000, 100_000]];

const QUESTIONS: usize = 2_000;

/// The file of the questions, beside the knowledge.
const SET: &str = "questions.tsv";

/// Of the typing mistakes.
const SEED: u64 = 1;

/// Discord takes no longer messages from most people.
const LONGEST: usize = 2_000;

fn main() {
    // Cargo adds an option of its own.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    match &arguments[..] {
        [folder] => measure(Path::new(folder)),
        [topics, phrasings] => {
            let number = |text: &str| text.parse().expect("how many topics, and how many phrasings");
            measure_apart([number(topics), number(phrasings)]);
        }
        _ => SIZES.into_iter().for_each(measure_apart),
    }
}

/// Generates a guide, and measures it in a process of its own, whose memory holds nothing else.
fn measure_apart([topics, phrasings]: [usize; 2]) {
    println!("{topics} topics, {phrasings} phrasings");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let generated = Generated::new(topics);
    generated.write(folder.path(), phrasings, QUESTIONS).expect("room for the guide");
    println!("  first, if all is known {:>8.1} %", percent(ceiling(&generated, &folder.path().join(SET))));
    let program = env::current_exe().expect("this program has a place");
    let status = Command::new(program).arg(folder.path()).status();
    assert!(status.expect("this program can run").success());
}

/// The share of questions whose topic can be told, even by one who knows how they were made.
fn ceiling(generated: &Generated, set: &Path) -> Option<f64> {
    let text = fs::read_to_string(set).expect("the questions were written");
    let asked: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    Share::among(&asked, |(topic, question)| generated.meant_by(question) == *topic).share
}

fn measure(folder: &Path) {
    let guide = measure_loading(&Origin::Folder(folder.join("knowledge")));
    let asked = asked(&folder.join(SET), &guide);
    let summary = eval::measure(&guide, &asked, Some(SEED));
    let mistyped = summary.mistyped.as_ref().and_then(|mistyped| mistyped.in_scope.first.share);
    println!("  first, as written    {:>10.1} %", percent(summary.in_scope.first.share));
    println!("  first, mistyped      {:>10.1} %", percent(mistyped));

    let texts: Vec<String> = asked.iter().map(|question| question.text.clone()).collect();
    print_times("as written", &guide, &texts);
    print_times("mistyped", &guide, &texts.iter().map(|text| typos::mistyped(text, SEED)).collect::<Vec<_>>());
    let longest: String = texts.join("? ").chars().take(LONGEST).collect();
    print_times("2000 letters", &guide, &vec![longest; 100]);
}

fn measure_loading(origin: &Origin) -> Guide {
    let before = memory("VmRSS:");
    let started = Instant::now();
    let knowledge = knowledge::load(origin).knowledge.expect("a generated guide is sound");
    let read = started.elapsed();
    let guide = Guide::new(knowledge);
    println!("  reading the files    {:>10.1} ms", read.as_secs_f64() * 1e3);
    println!("  compiling            {:>10.1} ms", (started.elapsed() - read).as_secs_f64() * 1e3);
    println!("  resident memory      {:>10.1} MB", memory("VmRSS:") - before);
    println!("  at most, loading     {:>10.1} MB", memory("VmHWM:") - before);
    guide
}

fn asked(file: &Path, guide: &Guide) -> Vec<Question> {
    let text = fs::read_to_string(file).expect("the questions were written");
    let topics: Vec<&str> = guide.knowledge().topics.iter().map(|topic| topic.id.as_str()).collect();
    let mut problems = Vec::new();
    let asked = questions::parse(SET, &text, &topics, &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    asked
}

fn print_times(name: &str, guide: &Guide, texts: &[String]) {
    let time = |question: &String| {
        let started = Instant::now();
        black_box(guide.answer(black_box(question)));
        started.elapsed()
    };
    let mut times: Vec<Duration> = texts.iter().map(time).collect();
    times.sort();
    let [median, most] = [50, 99].map(|percent| times[times.len() * percent / 100].as_secs_f64() * 1e6);
    println!("  answer, {name:<12} {median:>10.1} µs, 99 % within {most:.1} µs");
}

fn percent(share: Option<f64>) -> f64 {
    share.map_or(f64::NAN, |share| share * 100.0)
}

/// What the system says of this process's memory, in megabytes; nothing where it says it otherwise than Linux.
fn memory(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kibibytes = status.lines().find_map(|found| found.strip_prefix(line)?.trim().strip_suffix(" kB")?.parse().ok());
    kibibytes.map_or(f64::NAN, |kibibytes: f64| kibibytes * 1024.0 / 1e6)
}
