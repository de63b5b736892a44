//! Words and phrases with what they stand for, found in a text in any of their forms.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::{Token, stem, tokens};

/// Phrases, by the stem of their first word.
#[derive(Clone, Debug)]
pub(crate) struct Phrasebook<T>(BTreeMap<String, Vec<(Vec<String>, T)>>);

impl<T> Default for Phrasebook<T> {
    fn default() -> Phrasebook<T> {
        Phrasebook(BTreeMap::new())
    }
}

impl<T> Phrasebook<T> {
    /// Adds a phrase. One without words is left out.
    pub(crate) fn add(&mut self, phrase: &str, meaning: T) {
        let mut stems: Vec<String> = tokens(phrase).iter().map(|token| stem(&token.word).into_owned()).collect();
        if stems.is_empty() {
            return;
        }
        let first = stems.remove(0);
        let known = self.0.entry(first).or_default();
        known.push((stems, meaning));
        // The longest first, so that a phrase wins over a word it begins with.
        known.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }

    /// The phrases in these tokens, in order: which tokens, and what they stand for.
    pub(crate) fn find(&self, tokens: &[Token]) -> Vec<(Range<usize>, &T)> {
        let stems: Vec<String> = tokens.iter().map(|token| stem(&token.word).into_owned()).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < stems.len() {
            match self.begins(&stems[at..]) {
                Some((words, meaning)) => {
                    found.push((at..at + words, meaning));
                    at += words;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The phrase with which `stems` begin, by its number of words, and what it stands for.
    fn begins(&self, stems: &[String]) -> Option<(usize, &T)> {
        let (first, rest) = stems.split_first()?;
        let phrase = self.0.get(first)?.iter().find(|(phrase, _)| rest.starts_with(phrase))?;
        Some((phrase.0.len() + 1, &phrase.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_in_any_form() {
        let mut book = Phrasebook::default();
        book.add("cell", 'c');
        book.add("stem cell", 's');
        let tokens = tokens("Stem cells and cells, one stem.");
        let found: Vec<_> = book.find(&tokens).into_iter().map(|(range, meaning)| (range, *meaning)).collect();
        assert_eq!(found, [(0..2, 's'), (3..4, 'c')]);
    }
}
