//! Common English words: they are spelled right as they stand, so no other word was meant by them.
//!
//! `month` is not a misspelled `mouth`. The list is SCOWL's of the most common words; rarer ones stay open to repair,
//! since for a guide they are more often a mistake than themselves (`puss`).

use std::sync::LazyLock;

use super::list::{Place, word_at, words};
use super::{Token, hash, stem};

/// Words from this length on tell a language; many shorter ones stand in several.
const TELLING: usize = 4;

/// A text is foreign that has more than so many times as many foreign words as English ones.
const TIMES: usize = 2;

/// The common words, folded.
const LIST: &str = include_str!("familiar.txt");

/// The hash of each word's stem and the word's place in the list, in the order of these. They are the same for every
/// guide, and stemming all words takes a few milliseconds; the stems themselves would take ten times the memory.
static BY_STEM: LazyLock<Vec<(u32, Place)>> = LazyLock::new(|| {
    let mut by_stem = Vec::with_capacity(words(LIST).count());
    by_stem.extend(words(LIST).map(|(place, word)| (hash(&stem(word)), place)));
    by_stem.sort_unstable();
    by_stem
});

/// The hash of each word, in order: to compare numbers takes a fraction of comparing words. No two of them share one, and of other
/// words one in some 400,000 has that of a common one.
static LISTED: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut listed: Vec<u32> = words(LIST).map(|(_, word)| hash(word)).collect();
    listed.sort_unstable();
    listed
});

fn with_stem(stem: &str) -> impl Iterator<Item = &'static str> {
    let hash = hash(stem);
    let from = BY_STEM.partition_point(|(known, _)| *known < hash);
    let same = BY_STEM[from..].iter().take_while(move |(known, _)| *known == hash);
    same.map(|(_, place)| word_at(LIST, *place))
}

/// Whether `word`, in folded form, is a common word or another form of one.
pub fn is_familiar(word: &str) -> bool {
    with_stem(&stem(word)).next().is_some()
}

/// Whether `word`, in folded form, is a common word as it stands, as far as its hash tells.
pub fn is_listed(word: &str) -> bool {
    LISTED.binary_search(&hash(word)).is_ok()
}

/// Whether a text seems to be in another language: of the words long enough to tell, or in another script, hardly one is
/// a common English one. Names and technical words make up half of many an English question.
pub fn is_foreign(tokens: &[Token]) -> bool {
    let words = tokens.iter().map(|token| token.word.as_str()).filter(|word| word.chars().all(char::is_alphabetic));
    let telling = words.filter(|word| word.len() >= TELLING || !word.is_ascii());
    let (english, foreign): (Vec<&str>, Vec<&str>) = telling.partition(|word| is_familiar(word));
    foreign.len() > english.len() * TIMES
}

/// The common words with this stem, as far as its hash tells.
pub fn familiar_forms(stem: &str) -> impl Iterator<Item = &'static str> {
    with_stem(stem)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_words_are_folded_and_neither_they_nor_their_stems_share_a_hash() {
        let words: Vec<&str> = words(LIST).map(|(_, word)| word).collect();
        assert!(LISTED.is_sorted_by(|a, b| a < b));
        let stems: BTreeSet<String> = words.iter().map(|word| stem(word).into_owned()).collect();
        let hashes: BTreeSet<u32> = stems.iter().map(|stem| hash(stem)).collect();
        assert_eq!(stems.len(), hashes.len());
        assert!(words.iter().all(|word| word.len() >= 3 && crate::text::fold::fold(word) == **word));
    }

    #[test]
    fn other_languages_are_told_by_nearly_all_of_the_words() {
        let is_foreign = |text| super::is_foreign(&crate::text::tokens(text));
        for text in ["¿Cuánto cuesta el tratamiento?", "Wie viel kostet die Behandlung", "इलाज की कीमत", "это больно?"]
        {
            assert!(is_foreign(text), "{text}");
        }
        for text in
            ["", "2026 $ 1500", "is it ok", "how much is a session with Dr. Müller", "onset of the vesicles' effect"]
        {
            assert!(!is_foreign(text), "{text}");
        }
    }

    #[test]
    fn forms_of_common_words_are_familiar() {
        assert!(is_familiar("months") && !is_familiar("mnths"));
        assert!(is_familiar("forme") && !is_listed("forme") && is_listed("form"));
        assert!(familiar_forms("breath").any(|word| word == "breathing"));
    }
}
