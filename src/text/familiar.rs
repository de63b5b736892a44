//! Common English words: they are spelled right as they stand, so no other word was meant by them.
//!
//! `month` is not a misspelled `mouth`. The list is SCOWL's of the most common words; rarer ones stay open to repair,
//! since for a guide they are more often a mistake than themselves (`puss`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::stem;

/// The common words of four letters and more, folded; shorter ones are never repaired anyway.
fn words() -> impl Iterator<Item = &'static str> {
    include_str!("familiar.txt").lines().filter(|line| !line.starts_with('#'))
}

/// The words by their stems. They are the same for every guide, and stemming them all takes a few milliseconds.
static BY_STEM: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_stem: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
    for word in words() {
        by_stem.entry(stem(word).into_owned()).or_default().push(word);
    }
    by_stem
});

/// Whether `word`, in folded form, is a common word or another form of one.
pub fn is_familiar(word: &str) -> bool {
    BY_STEM.contains_key(&*stem(word))
}

/// The common words with this stem.
pub fn familiar_forms(stem: &str) -> &'static [&'static str] {
    BY_STEM.get(stem).map_or(&[], Vec::as_slice)
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
        assert!(familiar_forms("breath").contains(&"breathing"));
    }
}
