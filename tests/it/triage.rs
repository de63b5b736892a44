//! Signs of an emergency, in thousands of forms.

mod variants;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use exoguide::knowledge::read::compiled_in_urgent;
use exoguide::text::tokens;
use exoguide::triage::Triage;
use variants::{Change, Variant, variants};

/// Variants of messages that must alarm.
const VARIANTS: usize = 3_000;
/// Of so many at most one of the variants is missed.
const MISSED: f64 = 0.003;

static TRIAGE: LazyLock<Triage> = LazyLock::new(|| Triage::new(&compiled_in_urgent()));

fn alarms(message: &str) -> bool {
    TRIAGE.assess(&tokens(message)).alarm.is_some()
}

/// The messages of a file in `tests/data/triage`, one a line.
fn messages_in(file: &str) -> Vec<String> {
    let path = format!("{}/tests/data/triage/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

/// The examples of all signs, and others that nothing was written for.
fn signs() -> Vec<String> {
    let examples = compiled_in_urgent().signs.into_iter().flat_map(|sign| sign.examples);
    examples.map(|example| example.value).chain(messages_in("signs.txt")).collect()
}

/// What looks like a sign and is none.
fn near_misses() -> Vec<String> {
    let urgent = compiled_in_urgent();
    let examples = urgent.set_aside.into_iter().flat_map(|entry| entry.examples).chain(urgent.ordinary);
    examples.map(|example| example.value).chain(messages_in("near-misses.txt")).collect()
}

/// The variants for which `wrong` holds, and what has happened to them; and their share, after all is printed.
fn count(variants: &[Variant], wrong: impl Fn(&str) -> bool) -> f64 {
    let wrong: Vec<&Variant> = variants.iter().filter(|variant| wrong(&variant.text)).collect();
    let mut by_change: BTreeMap<Change, usize> = BTreeMap::new();
    for variant in &wrong {
        println!("{:?}\n    {:?}\n    was {:?}", variant.changes, variant.text, variant.of);
        variant.changes.iter().for_each(|change| *by_change.entry(*change).or_default() += 1);
    }
    println!("{} of {} variants are judged wrongly: {by_change:?}", wrong.len(), variants.len());
    wrong.len() as f64 / variants.len() as f64
}

#[test]
fn a_sign_is_seen_in_whatever_form() {
    let signs = signs();
    let changes = [&Change::HARMLESS[..], &Change::MISTAKES].concat();
    let missed = count(&variants(&signs, &changes, VARIANTS), |text| !alarms(text));
    assert!(missed <= MISSED, "{missed}");
}

#[test]
fn what_is_no_sign_becomes_none_by_how_it_is_written() {
    let near_misses = near_misses();
    let alarmed = count(&variants(&near_misses, &Change::HARMLESS, VARIANTS), alarms);
    assert!(alarmed <= 0.0, "{alarmed}");
}

#[test]
fn what_is_no_sign_becomes_none_by_mistakes() {
    let near_misses = near_misses();
    let alarmed = count(&variants(&near_misses, &Change::MISTAKES, VARIANTS), alarms);
    assert!(alarmed <= 0.05, "{alarmed}");
}

#[test]
fn messages_as_they_stand() {
    for m in signs() { if !alarms(&m) { println!("MISS {m}") } }
    for m in near_misses() { if alarms(&m) { println!("ALARM {m}") } }
}
