//! What was meant by a word that stands in no list: one with a slip of the finger in it, or two written together.

use std::borrow::Cow;

use super::words::{NO_KEY, Vocabulary};

/// In bytes; longer words are not typed by people.
const LONGEST_WORD: usize = 80;

/// How to take a word that nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Rather as a slip of the finger than as two words written together.
    Whole,
    /// The other way round: `heate` is `he ate` and not `heat`.
    Apart,
}

/// What was meant by a word.
pub(super) enum Meant<'a> {
    /// One of these, and nobody knows which.
    OneOf(Vec<Cow<'a, str>>),
    /// Both of these, one after the other.
    Both([&'a str; 2]),
}

fn one_of(words: Vec<&str>) -> Meant<'_> {
    Meant::OneOf(words.into_iter().map(Cow::Borrowed).collect())
}

impl Vocabulary {
    /// What was meant by a word that stands in no list, where that is another one.
    pub(super) fn meant<'a>(&'a self, word: &'a str, reading: Reading) -> Option<Meant<'a>> {
        if word.len() > LONGEST_WORD {
            return None;
        }
        let apart = || self.apart(word).map(Meant::Both);
        let whole = |word| Some(Meant::OneOf(vec![Cow::Owned(word)]));
        // No slip is likelier than a letter too many, so nothing else was meant, though no pattern may have that word.
        if let Some(once) = self.undoubled(word) {
            return whole(once);
        }
        // Also a word with the stem of a common one may be two: `forme`.
        if let (Reading::Apart, Some(both)) = (reading, apart()) {
            return Some(both);
        }
        if let Some(swapped) = self.swapped(word) {
            return whole(swapped);
        }
        if self.is_spelled_right(word) {
            return None;
        }
        match self.lexicon.slips(word) {
            Some((1, words)) => Some(one_of(words)),
            slips => apart().or(slips.map(|(_, words)| one_of(words))),
        }
    }

    /// The word with one letter less where one is doubled, if that is a word.
    fn undoubled(&self, word: &str) -> Option<String> {
        let letters: Vec<char> = word.chars().collect();
        self.first_word((1..letters.len()).filter(|at| letters[*at] == letters[*at - 1]).map(|at| {
            let mut once = letters.clone();
            once.remove(at);
            String::from_iter(once)
        }))
    }

    /// The word with two neighbouring letters in each other's place, if that is a word.
    fn swapped(&self, word: &str) -> Option<String> {
        let letters: Vec<char> = word.chars().collect();
        self.first_word((1..letters.len()).map(|at| {
            let mut swapped = letters.clone();
            swapped.swap(at - 1, at);
            String::from_iter(swapped)
        }))
    }

    /// The first of `forms` that is a word, rather one of the patterns.
    fn first_word(&self, forms: impl Iterator<Item = String>) -> Option<String> {
        let words: Vec<String> = forms.filter(|form| self.is_written(form)).collect();
        words.iter().find(|word| self.known(word).is_some()).or(words.first()).cloned()
    }

    /// The two words that were written together: `tokill`, `heate`, `eyeafter`. Of several ways to part them that is
    /// meant where both are of the patterns; then that of the longest shorter word.
    fn apart<'a>(&self, word: &'a str) -> Option<[&'a str; 2]> {
        let places = word.char_indices().map(|(at, _)| word.split_at(at));
        places
            .filter(|(a, b)| self.is_part(a) && self.is_part(b))
            .max_by_key(|(a, b)| {
                let known = self.known(a).is_some() && self.known(b).is_some();
                (known, a.len().min(b.len()), a.len())
            })
            .map(|(a, b)| [a, b])
    }

    /// Whether it is long enough not to end a word by chance, or a small word. Of two letters are those that patterns have
    /// in any form: what is told from `er!` is a name. Of one letter English has two.
    fn is_part(&self, part: &str) -> bool {
        match part.chars().count() {
            0 => false,
            1 => matches!(part, "a" | "i"),
            2 => self.stands_for(part).iter().any(|known| known.small || known.stem != NO_KEY),
            _ => self.is_written(part),
        }
    }
}
