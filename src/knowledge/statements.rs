//! What a text asserts, what it denies, and what it leaves open: "is approved", "is not approved", "is it approved?".
//!
//! A text of ours has to be told apart in the same way as a patient's: a sign of an emergency can be denied, asked
//! about or reported too. So the engine of triage does it, with patterns and grammar of `claims.toml`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::schema::{Care, Cues, Grammar, Id, Placed, SignEntry, UrgentFile};
use crate::text::{End, Token, is_familiar, stem, tokens};
use crate::triage::{Finding, Problem, Reason, Triage};

/// Triage knows kinds of help, and statements call for none.
const NO_CARE: &str = "statement";

/// Something that a text can state, and the patterns that state it.
pub(super) struct Statable<'a> {
    /// Its name.
    pub(super) id: &'a Placed<String>,
    /// The patterns.
    pub(super) patterns: &'a [Placed<String>],
}

/// Stands for a word that no pattern has. It is no letter, so triage repairs it to none.
const OTHER_WORD: &str = "\u{fffd}";

/// Finds what texts state.
pub(super) struct Statements {
    triage: Triage,
    /// The stems of all words in patterns and grammar.
    stems: BTreeSet<String>,
}

/// What a text says about something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// It is so.
    Asserted,
    /// It is not so.
    Denied,
    /// It is asked whether it is so.
    Asked,
    /// It may be so, or is said by others.
    Open,
}

/// Something that a text states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// The name of what is stated.
    pub(super) id: String,
    /// How it is stated.
    pub(super) stance: Stance,
    /// The tokens that state it, from the first to the last.
    pub(super) words: Range<usize>,
}

impl Statements {
    /// Compiles the patterns, with these cues; and says what is wrong with them.
    pub(super) fn new(statable: &[Statable<'_>], cues: &Cues) -> (Statements, Vec<Problem>) {
        let care = Placed { value: Id(NO_CARE.to_owned()), span: 0..0 };
        let sign = |one: &Statable<'_>| SignEntry {
            id: Placed { value: Id(one.id.value.clone()), span: one.id.span.clone() },
            care: care.clone(),
            patterns: one.patterns.to_vec(),
            ..SignEntry::default()
        };
        let file = UrgentFile {
            cares: vec![Care { id: care.clone(), ..Care::default() }],
            signs: statable.iter().map(sign).collect(),
            cues: cues.clone(),
            ..UrgentFile::default()
        };
        let (triage, problems) = Triage::compile(&file);
        (Statements { triage, stems: stems(&file) }, problems)
    }

    /// What the text of these tokens states, in order.
    pub(super) fn of(&self, tokens: &[Token]) -> Vec<Statement> {
        let read: Vec<Token> = tokens.iter().map(|token| self.as_written(token)).collect();
        let assessment = self.triage.assess(&read);
        let asserted = assessment.alarm.iter().flat_map(|alarm| &alarm.findings);
        let asserted = asserted.map(|finding| (finding, Stance::Asserted));
        let others = assessment.set_aside.iter().map(|aside| match aside.reason {
            Reason::Negated => (&aside.finding, Stance::Denied),
            _ => (&aside.finding, Stance::Open),
        });
        let mut statements: Vec<Statement> =
            asserted.chain(others).map(|(finding, stance)| statement(finding, stance, tokens)).collect();
        statements.sort_by_key(|statement| (statement.words.start, statement.words.end, statement.id.clone()));
        statements
    }

    /// The token, unless triage would take it for a misspelt word of a pattern: patients misspell, and moderators mean
    /// what they write. `Curls` is no misspelt `cures`.
    fn as_written(&self, token: &Token) -> Token {
        let known = is_familiar(&token.word) || self.stems.contains(&*stem(&token.word));
        let is_word = token.word.starts_with(char::is_alphabetic);
        if known || !is_word { token.clone() } else { Token { word: OTHER_WORD.to_owned(), ..token.clone() } }
    }
}

/// The stems of all words that `file` knows.
fn stems(file: &UrgentFile) -> BTreeSet<String> {
    let signs = file.signs.iter().flat_map(|sign| &sign.patterns);
    let reasons = file.cues.set_aside.iter().flat_map(|entry| [&entry.words, &entry.except, &entry.unless]).flatten();
    let Grammar { small_words, turns, starts, joins, other_units: _, other_words, number_words } = &file.cues.grammar;
    let lists = [small_words, turns, starts, joins, other_words, number_words];
    let patterns = signs.chain(reasons).chain(lists.into_iter().flatten());
    let words = patterns.flat_map(|pattern| tokens(&pattern.replace(['|', '/', '+', '!'], " ")));
    words.map(|token| stem(&token.word).into_owned()).collect()
}

fn statement(finding: &Finding<'_>, stance: Stance, tokens: &[Token]) -> Statement {
    let start = finding.words.iter().map(|range| range.start).min().unwrap_or_default();
    let end = finding.words.iter().map(|range| range.end).max().unwrap_or_default();
    let stance = match stance {
        Stance::Asserted if is_asked(tokens, end) => Stance::Asked,
        _ if is_asked(tokens, end) => Stance::Open,
        said => said,
    };
    Statement { id: finding.sign.id.clone(), stance, words: start..end }
}

/// Whether the sentence in which the words before `end` stand is a question.
fn is_asked(tokens: &[Token], end: usize) -> bool {
    let last = tokens[end.saturating_sub(1)..].iter().find(|token| token.ends_sentence());
    last.is_some_and(|token| token.end == End::Question)
}
