//! Common English words: they are spelled right as they stand, so no other word was meant by them.
//!
//! `month` is not a misspelled `mouth`. The list is SCOWL's of the most common words; rarer ones stay open to repair,
//! since for a guide they are more often a mistake than themselves (`puss`).

use std::sync::LazyLock;

use super::{Token, stem};

/// The list has the words from this length on; shorter ones are never repaired anyway.
const SHORTEST: usize = 4;

/// A text is foreign that has more than so many times as many foreign words as English ones.
const TIMES: usize = 2;

/// The common words, folded.
fn words() -> impl Iterator<Item = &'static str> {
    include_str!("familiar.txt").lines().filter(|line| !line.starts_with('#'))
}

/// The words with the hashes of their stems, in the order of these. They are the same for every guide, and stemming them
/// all takes a few milliseconds; hashes take a fifth of the memory that the stems would.
static BY_STEM: LazyLock<Vec<(u32, &'static str)>> = LazyLock::new(|| {
    let mut by_stem: Vec<(u32, &str)> = words().map(|word| (hash(&stem(word)), word)).collect();
    by_stem.sort_unstable();
    by_stem
});

fn with_stem(stem: &str) -> &'static [(u32, &'static str)] {
    let hash = hash(stem);
    let from = BY_STEM.partition_point(|(known, _)| *known < hash);
    let to = from + BY_STEM[from..].partition_point(|(known, _)| *known == hash);
    &BY_STEM[from..to]
}

fn hash(stem: &str) -> u32 {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(stem.as_bytes());
    (hasher.finish() >> 32) as u32
}

/// Whether `word`, in folded form, is a common word or another form of one.
pub fn is_familiar(word: &str) -> bool {
    !with_stem(&stem(word)).is_empty()
}

/// Whether a text seems to be in another language: of the words long enough to tell, or in another script, hardly one is
/// a common English one. Names and technical words make up half of many an English question.
pub fn is_foreign(tokens: &[Token]) -> bool {
    let words = tokens.iter().map(|token| token.word.as_str()).filter(|word| word.chars().all(char::is_alphabetic));
    let telling = words.filter(|word| word.len() >= SHORTEST || !word.is_ascii());
    let (english, foreign): (Vec<&str>, Vec<&str>) = telling.partition(|word| is_familiar(word));
    foreign.len() > english.len() * TIMES
}

/// The common words with this stem.
pub fn familiar_forms(stem_wanted: &str) -> impl Iterator<Item = &'static str> {
    with_stem(stem_wanted).iter().map(|(_, word)| *word).filter(move |word| stem(word) == stem_wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_folded_and_in_order() {
        let words: Vec<&str> = words().collect();
        assert!(words.is_sorted());
        assert!(words.iter().all(|word| word.len() >= SHORTEST && crate::text::fold::fold(word) == **word));
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
        assert!(familiar_forms("breath").any(|word| word == "breathing"));
    }
}
