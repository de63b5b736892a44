//! Hard words with a plain explanation: `glossary.toml`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::fields::{Fields, Limit};
use super::passage::ReadAs;
use super::phrasebook::Phrasebook;
use super::read::KEYWORD;
use super::schema::Placed;
use crate::text::Token;

/// An explanation is a single sentence.
const SENTENCE: Limit = Limit::read(ReadAs::Answer, 200, 400);

/// A hard word, and what it means.
#[derive(Clone, Debug, Default)]
pub struct Term {
    /// The word, or a few.
    pub word: Placed<String>,
    /// Other words that mean the same.
    pub also: Vec<Placed<String>>,
    /// What it means, in a sentence.
    pub say: String,
}

/// The hard words, and where they stand in a text.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// The words, in the order of the file.
    pub terms: Vec<Term>,
    /// Each word with the number of its term, and its own among those of the term.
    places: Phrasebook<(usize, usize)>,
}

/// A word of a text, with its explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Explained<'g> {
    /// The word, as the glossary writes it.
    pub word: &'g str,
    /// What it means, in a sentence.
    pub say: &'g str,
}

impl Term {
    /// The word, and those that mean the same.
    pub(super) fn words(&self) -> impl Iterator<Item = &Placed<String>> {
        std::iter::once(&self.word).chain(&self.also)
    }
}

impl Glossary {
    fn new(terms: Vec<Term>) -> Glossary {
        let mut places = Phrasebook::default();
        for (number, term) in terms.iter().enumerate() {
            term.words().enumerate().for_each(|(which, word)| places.add(word, (number, which)));
        }
        Glossary { terms, places }
    }

    /// The terms that these tokens name, each once, in their order.
    pub fn explained(&self, tokens: &[Token]) -> Vec<Explained<'_>> {
        let mut seen = BTreeSet::new();
        let found = self.places.find(tokens).into_iter().filter(|(_, (number, _))| seen.insert(*number));
        let explained = found.filter_map(|(_, (number, which))| {
            let term = &self.terms[*number];
            Some(Explained { word: term.words().nth(*which)?, say: &term.say })
        });
        explained.collect()
    }

    /// Whether each of these tokens is part of a term.
    pub(super) fn explains(&self, tokens: &[Token]) -> Vec<bool> {
        let mut explains = vec![false; tokens.len()];
        for (range, _) in self.places.find(tokens) {
            explains[range].fill(true);
        }
        explains
    }
}

/// Reads `glossary.toml`.
pub(super) fn glossary(fields: &mut Fields<'_, '_>) -> Glossary {
    Glossary::new(fields.tables("term", |fields| Term {
        word: fields.required_text("word", KEYWORD),
        also: fields.texts("also", KEYWORD),
        say: fields.required_text("say", SENTENCE).value,
    }))
}
