//! Word vectors: common English words as points, near each other where people mean much the same.
//!
//! `price` and `cost` share no letters, and no moderator can list all such pairs. The table was distilled from a sentence
//! encoder over the definitions and examples of WordNet; `tools/word-vectors` has the recipe. It is the same for every
//! guide, and only read.

use std::sync::LazyLock;

use super::list::{Place, word_at, words};

/// How many numbers make a vector.
pub const WIDTH: usize = 96;

/// The words, folded and in order; the vectors in `vectors.bin` stand in the same order, a byte for each number.
const LIST: &str = include_str!("vectors.txt");
static NUMBERS: &[u8] = include_bytes!("vectors.bin");

/// The place of each word in the list.
static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let mut places = Vec::with_capacity(words(LIST).count());
    places.extend(words(LIST).map(|(place, _)| place));
    places
});

/// The vector of a word: where it stands in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordVector(u16);

impl WordVector {
    /// The vector of `word`, in folded form, if it is a common one.
    pub fn of(word: &str) -> Option<WordVector> {
        let row = PLACES.binary_search_by(|place| word_at(LIST, *place).cmp(word)).ok()?;
        Some(WordVector(row as u16))
    }

    /// Its numbers. The longer a vector, the more its word tells of what a text is about.
    pub fn numbers(self) -> [f32; WIDTH] {
        let bytes = &NUMBERS[usize::from(self.0) * WIDTH..][..WIDTH];
        std::array::from_fn(|at| f32::from(bytes[at] as i8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_folded_in_order_and_has_a_vector() {
        let words: Vec<&str> = words(LIST).map(|(_, word)| word).collect();
        assert!(words.is_sorted());
        assert!(words.iter().all(|word| crate::text::fold::fold(word) == **word));
        assert_eq!(NUMBERS.len(), words.len() * WIDTH);
        assert!(words.len() <= usize::from(u16::MAX));
    }

    #[test]
    fn words_that_mean_much_the_same_are_near() {
        let likeness = |a: &str, b: &str| {
            let [a, b] = [a, b].map(|word| WordVector::of(word).expect("a common word").numbers());
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
        };
        assert!(likeness("price", "cost") > 2.0 * likeness("price", "doctor"));
        assert!(likeness("doctor", "physician") > 2.0 * likeness("doctor", "money"));
        assert_eq!(WordVector::of("xyzzy"), None);
    }
}
