//! Common English words: they are spelled right as they stand, so no other word was meant by them.
//!
//! `month` is not a misspelled `mouth`. The list is SCOWL's of the most common words; rarer ones stay open to repair,
//! since for a guide they are more often a mistake than themselves (`puss`).

use std::sync::LazyLock;

use super::stem;

/// The common words of four letters and more, folded; shorter ones are never repaired anyway.
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
        assert!(words.iter().all(|word| word.len() >= 4 && crate::text::fold::fold(word) == **word));
    }

    #[test]
    fn forms_of_common_words_are_familiar() {
        assert!(is_familiar("months") && !is_familiar("mnths"));
        assert!(familiar_forms("breath").any(|word| word == "breathing"));
    }
}
