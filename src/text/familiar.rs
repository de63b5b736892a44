//! Common English words: they are spelled right as they stand, so no other word was meant by them.
//!
//! `month` is not a misspelled `mouth`. The list is SCOWL's of the most common words; rarer ones stay open to repair,
//! since for a guide they are more often a mistake than themselves (`puss`).

/// The common words of four letters and more, folded; shorter ones are never repaired anyway.
pub fn familiar_words() -> impl Iterator<Item = &'static str> {
    include_str!("familiar.txt").lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::familiar_words;

    #[test]
    fn the_words_are_folded_and_in_order() {
        let words: Vec<&str> = familiar_words().collect();
        assert!(words.is_sorted());
        assert!(words.iter().all(|word| word.len() >= 4 && crate::text::fold::fold(word) == **word));
    }
}
