//! From `urgent.toml` to the rules that triage works with.

use std::ops::Range;

use super::pattern::{self, Choice, Groups, Mistake, Part};
use super::reason::{Reason, Reasons};
use super::rules::Rules;
use super::scope::Cue;
use super::tree::{PartId, Sapling};
use super::words::{Lists, Vocabulary};
use super::{Sign, Triage};
use crate::diagnostic::correction;
use crate::knowledge::{Grammar, Placed, SetAsideEntry, SignEntry, UrgentFile, VocabularyEntry};
use crate::text;

/// Something in `urgent.toml` that can't be used, and is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the value in which it stands.
    pub span: Range<usize>,
    /// The part of the value that is wrong; empty if it is the whole.
    pub fragment: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// The rules of `file`, and what of it can't be used.
pub(super) fn compile(file: &UrgentFile) -> (Triage, Vec<Problem>) {
    let mut compiler = Compiler::default();
    compiler.groups(file);
    compiler.grammar(&file.cues.grammar);
    file.cues.set_aside.iter().for_each(|entry| compiler.set_aside(entry));
    let signs = file.signs.iter().enumerate().map(|(at, entry)| compiler.sign(at, entry, file)).collect();
    compiler.heeds(file);
    compiler.finish(file, signs)
}

#[derive(Default)]
struct Compiler {
    groups: Groups,
    vocabulary: Vocabulary,
    phrases: Sapling,
    cues: Rules<Cue>,
    signs: Rules<usize>,
    heeded: Vec<Reasons>,
    problems: Vec<Problem>,
}

impl Compiler {
    fn groups(&mut self, file: &UrgentFile) {
        for group in &file.groups {
            let parts = group.words.iter().filter_map(|words| self.parse(words));
            let choices: Vec<Choice> = parts.flatten().flatten().collect();
            let phrases = choices.iter().flat_map(Choice::phrases).collect();
            if self.groups.insert(group.name.value.clone(), phrases).is_some() {
                let message = format!("there are two groups `{}`", group.name.value);
                self.problem(&group.name, message, "join them, or rename one".to_owned());
            }
        }
    }

    fn grammar(&mut self, grammar: &Grammar) {
        self.cues(&grammar.turns, Cue::Turn);
        self.cues(&grammar.starts, Cue::Start);
        self.cues(&grammar.joins, Cue::Join);
    }

    fn set_aside(&mut self, entry: &SetAsideEntry) {
        let Some(reason) = self.reason(&entry.reason) else { return };
        self.cues(&entry.words, Cue::Gives(reason));
        self.cues(&entry.except, Cue::Except(reason));
        self.cues(&entry.unless, Cue::TakesBack(reason));
    }

    fn reason(&mut self, name: &Placed<String>) -> Option<Reason> {
        let reason = Reason::named(name);
        if reason.is_none() && !name.is_empty() {
            let names = Reason::ALL.map(Reason::name);
            let help = correction(name, names).unwrap_or_else(|| format!("the reasons are {}", names.join(", ")));
            self.problem(name, format!("there is no reason `{}`", name.value), help);
        }
        reason
    }

    fn sign(&mut self, at: usize, entry: &SignEntry, file: &UrgentFile) -> Sign {
        for pattern in &entry.patterns {
            let Some(parts) = self.parse(pattern) else { continue };
            parts.iter().for_each(|part| self.vocabulary.prefer(part));
            let parts = self.add(&parts);
            self.signs.add(at, parts);
        }
        self.cues(&entry.only_with, Cue::Allows(at));
        let care = file.cares.iter().position(|care| care.id.value == entry.care.value);
        if care.is_none() && !entry.care.as_str().is_empty() {
            let ids = file.cares.iter().map(|care| care.id.as_str());
            let help = correction(entry.care.as_str(), ids)
                .unwrap_or_else(|| format!("write a `[[care]]` with `id = \"{}\"`", entry.care.value));
            let name = Placed { value: entry.care.value.0.clone(), span: entry.care.span.clone() };
            self.problem(&name, format!("there is no care `{}`", entry.care.value), help);
        }
        Sign {
            id: entry.id.value.0.clone(),
            name: entry.name.clone(),
            // Better the first kind of help than none.
            care: care.unwrap_or(0),
            needs_context: !entry.only_with.is_empty(),
        }
    }

    fn heeds(&mut self, file: &UrgentFile) {
        for care in &file.cares {
            let heeded: Reasons = care.heeds.iter().filter_map(|name| self.reason(name)).collect();
            self.heeded.push(if care.heeds.is_empty() { Reasons::EVERY } else { heeded });
        }
    }

    fn cues(&mut self, patterns: &[Placed<String>], cue: Cue) {
        for pattern in patterns {
            let Some(parts) = self.parse(pattern) else { continue };
            let parts = self.add(&parts);
            self.cues.add(cue, parts);
        }
    }

    fn add(&mut self, parts: &[Part]) -> Vec<PartId> {
        parts.iter().map(|part| self.phrases.add(part)).collect()
    }

    fn parse(&mut self, pattern: &Placed<String>) -> Option<Vec<Part>> {
        let Mistake { fragment, message, help } = match pattern::parse(pattern, &self.groups, &mut self.vocabulary) {
            Ok(parts) => return Some(parts),
            Err(mistake) => mistake,
        };
        // An empty text was reported when the file was read.
        if !pattern.is_empty() {
            self.problems.push(Problem { span: pattern.span.clone(), fragment, message, help });
        }
        None
    }

    fn problem(&mut self, at: &Placed<String>, message: String, help: String) {
        self.problems.push(Problem { span: at.span.clone(), fragment: String::new(), message, help });
    }

    fn finish(mut self, file: &UrgentFile, signs: Vec<Sign>) -> (Triage, Vec<Problem>) {
        let grammar = &file.cues.grammar;
        self.vocabulary.finish(Lists {
            small_words: words(&grammar.small_words),
            other_words: words(&grammar.other_words),
            other_units: words(&grammar.other_units),
            number_words: words(&grammar.number_words),
            spellings: spellings(file),
        });
        let triage = Triage {
            cares: file.cares.clone(),
            signs,
            vocabulary: self.vocabulary,
            phrases: self.phrases.finish(),
            cues: self.cues,
            sign_rules: self.signs,
            heeded: self.heeded,
        };
        (triage, self.problems)
    }
}

/// The words of a list, folded.
fn words(lists: &[Placed<String>]) -> Vec<String> {
    lists.iter().flat_map(|list| text::tokens(&list.replace('|', " "))).map(|token| token.word).collect()
}

/// Each word that is written otherwise in a chat, with the one that it means.
fn spellings(file: &UrgentFile) -> Vec<(String, String)> {
    let pairs = |entry: &VocabularyEntry| {
        let meant = words(std::slice::from_ref(&entry.means)).concat();
        words(&entry.words).into_iter().map(|typed| (typed, meant.clone())).collect::<Vec<_>>()
    };
    file.spellings.iter().flat_map(pairs).collect()
}
