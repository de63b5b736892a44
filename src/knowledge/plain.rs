//! Plain language: how hard a text is to read, and which of its words are hard and not explained.
//!
//! The grade is that of Flesch and Kincaid ("Derivation of new readability formulas for Navy enlisted personnel", 1975):
//! 0.39 × words a sentence + 11.8 × syllables a word − 15.59, about the years of school in the United States that a
//! reader needs. A line ends a sentence, so that an item of a list is one. A number is a word of one syllable. A word that
//! the glossary explains counts two syllables at most, like an everyday word: readers can ask what it means.

use std::collections::BTreeSet;
use std::ops::Range;

use super::check::{Checker, boundary_path};
use super::passage::{Passage, ReadAs};
use super::schema::{Boundary, Knowledge};
use crate::diagnostic::Diagnostic;
use crate::text::syllables::syllables;
use crate::text::{Token, is_familiar, stem, tokens};

/// What an answer may demand of its readers, and what the details may.
const ANSWER: f64 = 8.0;
const DETAILS: f64 = 10.0;

/// A shorter text has too few sentences for an average.
const SHORTEST: usize = 25;

/// A word of so many syllables is hard, unless everybody knows it.
const HARD: usize = 3;
/// What an explained word counts.
const EXPLAINED: usize = 2;

/// So many of the longest words are named.
const NAMED: usize = 3;

/// What patients read can be read: warnings, for a text that is hard is better than none.
pub(super) fn texts_are_plain(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let Some(glossary) = &knowledge.glossary else { return };
    // Each hard word is told once a file.
    let mut told: BTreeSet<(&str, String)> = BTreeSet::new();
    for passage in &knowledge.passages {
        let tokens = tokens(&passage.text);
        let explained = glossary.explains(&tokens);
        if let Some((diagnostic, part)) = too_hard(passage, &tokens, &explained) {
            checker.report_in(diagnostic, passage, &part);
        }
        let own = patients_words(knowledge, &passage.file);
        for at in hard_words(passage, &tokens, &explained) {
            let token = &tokens[at];
            if !own.contains(&*stem(&token.word)) && told.insert((&passage.file, token.word.clone())) {
                checker.report_in(unexplained(passage, token), passage, &token.span);
            }
        }
    }
}

/// The text is harder to read than it may be, and its longest sentence.
fn too_hard(passage: &Passage, tokens: &[Token], explained: &[bool]) -> Option<(Diagnostic, Range<usize>)> {
    let (most, kind) = match passage.read_as {
        ReadAs::Answer => (ANSWER, "a short text"),
        ReadAs::Details => (DETAILS, "details"),
        _ => return None,
    };
    let reading = Reading::new(tokens, explained);
    // A tenth more or less is no difference that anybody could feel.
    let grade = (reading.grade() * 10.0).round() / 10.0;
    if reading.words < SHORTEST || grade <= most {
        return None;
    }
    let sentence = &reading.longest;
    let words = reading.heaviest(tokens, explained).join("`, `");
    let message = format!("this reads at grade {grade:.1}, and {most} is the most for {kind}");
    let help = format!("split this sentence of {} words, or find simpler words than `{words}`", sentence.len());
    let part = tokens[sentence.start].span.start..tokens[sentence.end - 1].span.end;
    Some((Diagnostic::warning("hard-to-read", &passage.file, message).help(help), part))
}

/// What the formula needs to know of a text.
struct Reading {
    words: usize,
    sentences: usize,
    syllables: usize,
    /// The tokens of the longest sentence.
    longest: Range<usize>,
}

impl Reading {
    fn new(tokens: &[Token], explained: &[bool]) -> Reading {
        let mut reading = Reading { words: 0, sentences: 0, syllables: 0, longest: 0..0 };
        let mut start = 0;
        for (at, token) in tokens.iter().enumerate() {
            reading.words += usize::from(token.word != "$");
            reading.syllables += weight(token, explained[at]);
            if token.ends_sentence() || at + 1 == tokens.len() {
                reading.sentences += 1;
                if at + 1 - start > reading.longest.len() {
                    reading.longest = start..at + 1;
                }
                start = at + 1;
            }
        }
        reading
    }

    fn grade(&self) -> f64 {
        let (words, sentences) = (self.words.max(1) as f64, self.sentences.max(1) as f64);
        0.39 * words / sentences + 11.8 * self.syllables as f64 / words - 15.59
    }

    /// The words that weigh most, each once.
    fn heaviest<'t>(&self, tokens: &'t [Token], explained: &[bool]) -> Vec<&'t str> {
        let weighed = tokens.iter().zip(explained).map(|(token, explained)| (weight(token, *explained), &*token.word));
        let mut weighed: Vec<(usize, &str)> = weighed.collect::<BTreeSet<_>>().into_iter().collect();
        weighed.sort_by_key(|(weight, word)| (std::cmp::Reverse(*weight), *word));
        weighed.into_iter().take(NAMED).map(|(_, word)| word).collect()
    }
}

/// The syllables that a word counts.
fn weight(token: &Token, explained: bool) -> usize {
    let most = if explained { EXPLAINED } else { usize::MAX };
    if token.word == "$" { 0 } else { syllables(&token.word).min(most) }
}

/// The hard words that the glossary does not explain. What is written with a capital within a sentence is a name.
fn hard_words(passage: &Passage, tokens: &[Token], explained: &[bool]) -> Vec<usize> {
    if matches!(passage.read_as, ReadAs::Section | ReadAs::Row | ReadAs::Fact) {
        return Vec::new();
    }
    let opens = |at: usize| at == 0 || tokens[at - 1].ends_sentence();
    let is_name = |at: usize| passage.text[tokens[at].span.clone()].starts_with(char::is_uppercase) && !opens(at);
    // `example.org`: a full stop with a letter right behind it.
    let is_address = |at: usize| tokens.get(at + 1).is_some_and(|next| gap(&passage.text, &tokens[at], next) == ".");
    let hard = |at: &usize| {
        let word = &tokens[*at].word;
        let plain = explained[*at] || is_name(*at) || is_address(*at) || is_familiar(word);
        syllables(word) >= HARD && !plain
    };
    (0..tokens.len()).filter(hard).collect()
}

fn gap<'t>(text: &'t str, token: &Token, next: &Token) -> &'t str {
    &text[token.span.end..next.span.start]
}

fn unexplained(passage: &Passage, token: &Token) -> Diagnostic {
    let word = &passage.text[token.span.clone()];
    let message = format!("`{word}` is a hard word, and the glossary does not explain it");
    let help = "write a simpler word, or add a `[[term]]` to `glossary.toml`";
    Diagnostic::warning("hard-word", &passage.file, message).help(help)
}

/// The stems of the words with which patients ask about a boundary: they know what they mean.
fn patients_words(knowledge: &Knowledge, file: &str) -> BTreeSet<String> {
    let asked = |boundary: &&Boundary| boundary_path(&boundary.id) == file;
    let boundary = knowledge.boundaries.iter().find(asked);
    let questions = boundary.into_iter().flat_map(|boundary| boundary.questions.iter().chain(&boundary.keywords));
    questions.flat_map(|question| tokens(question)).map(|token| stem(&token.word).into_owned()).collect()
}
