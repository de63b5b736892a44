//! Files that somebody copied and left lying beside the original, told by their phrasings.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{boundary_path, topic_path};
use super::schema::{Knowledge, Placed};

/// So many phrasings two files don't share by chance.
const SHARED: usize = 3;

/// The files most of whose phrasings are another's, each with that other: of the two, the one with the longer name
/// (`recovery copy`, `Copy of recovery`, `recovery-2`).
pub(super) fn copies(knowledge: &Knowledge) -> BTreeMap<String, String> {
    let files: Vec<(String, BTreeSet<String>)> = phrasings(knowledge)
        .map(|(path, questions)| (path, questions.iter().map(|question| words_of(question)).collect()))
        .collect();
    let mut copies: BTreeMap<String, String> = BTreeMap::new();
    for (pair, shared) in shared(&files) {
        let [(one, of_one), (other, of_other)] = pair.map(|at| &files[at]);
        let mostly = |phrasings: &BTreeSet<String>| shared >= SHARED && shared * 2 > phrasings.len();
        let (copy, original) = match (mostly(of_one), mostly(of_other)) {
            (true, true) if one.len() > other.len() => (one, other),
            (_, true) => (other, one),
            (true, false) => (one, other),
            (false, false) => continue,
        };
        let found = copies.entry(copy.clone()).or_insert_with(|| original.clone());
        if original.len() < found.len() {
            found.clone_from(original);
        }
    }
    copies
}

/// How many phrasings each two of `files` have in common, if they have any.
fn shared(files: &[(String, BTreeSet<String>)]) -> BTreeMap<[usize; 2], usize> {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut shared = BTreeMap::new();
    for (at, (_, phrasings)) in files.iter().enumerate() {
        for words in phrasings.iter().filter(|words| !words.is_empty()) {
            let holders = holders.entry(words).or_default();
            holders.iter().for_each(|earlier| *shared.entry([*earlier, at]).or_default() += 1);
            holders.push(at);
        }
    }
    shared
}

/// The file of each topic and boundary, and its phrasings.
pub(super) fn phrasings(knowledge: &Knowledge) -> impl Iterator<Item = (String, &Vec<Placed<String>>)> {
    let topics = knowledge.topics.iter().map(|topic| (topic_path(&topic.id), &topic.questions));
    topics.chain(knowledge.boundaries.iter().map(|boundary| (boundary_path(&boundary.id), &boundary.questions)))
}

/// What two phrasings have in common that differ in signs and capitals only.
pub(super) fn words_of(question: &str) -> String {
    let mut words = String::with_capacity(question.len());
    for word in question.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words
}
