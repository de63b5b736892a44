//! Common English words: they are spelled right as they stand, so no other word was meant by them.
//!
//! `month` is not a misspelled `mouth`. The list is SCOWL's of the most common words; rarer ones stay open to repair,
//! since for a guide they are more often a mistake than themselves (`puss`).

use std::sync::LazyLock;

use super::stem;

/// The common words of four letters and more, folded; shorter ones are never repaired anyway.
const LIST: &str = include_str!("familiar.txt");

/// The words, each with its place in the list.
fn words() -> impl Iterator<Item = (usize, &'static str)> {
    let lines = LIST.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, line.trim_end()))
    });
    lines.filter(|(_, line)| !line.starts_with('#'))
}

/// The hash of each word's stem and the word's place in the list, in the order of these. They are the same for every
/// guide, and stemming all words takes a few milliseconds; the stems themselves would take ten times the memory.
static BY_STEM: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let mut by_stem = Vec::with_capacity(words().count());
    by_stem.extend(words().map(|(place, word)| (hash(&stem(word)), place as u32)));
    by_stem.sort_unstable();
    by_stem
});

fn with_stem(stem: &str) -> impl Iterator<Item = &'static str> {
    let hash = hash(stem);
    let from = BY_STEM.partition_point(|(known, _)| *known < hash);
    let same = BY_STEM[from..].iter().take_while(move |(known, _)| *known == hash);
    same.filter_map(|(_, place)| LIST[*place as usize..].lines().next())
}

fn hash(stem: &str) -> u32 {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(stem.as_bytes());
    (hasher.finish() >> 32) as u32
}

/// Whether `word`, in folded form, is a common word or another form of one.
pub fn is_familiar(word: &str) -> bool {
    with_stem(&stem(word)).next().is_some()
}

/// The common words with this stem.
pub fn familiar_forms(stem_wanted: &str) -> impl Iterator<Item = &'static str> {
    with_stem(stem_wanted).filter(move |word| stem(word) == stem_wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_folded_and_in_order() {
        let words: Vec<&str> = words().map(|(_, word)| word).collect();
        assert!(words.is_sorted());
        assert!(words.iter().all(|word| word.len() >= 4 && crate::text::fold::fold(word) == **word));
    }

    #[test]
    fn forms_of_common_words_are_familiar() {
        assert!(is_familiar("months") && !is_familiar("mnths"));
        assert!(familiar_forms("breath").any(|word| word == "breathing"));
    }
}
