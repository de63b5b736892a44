//! What a message is heard by: its words, and its pairs of words with up to one between the two (skip-grams: Guthrie and others,
//! "A Closer Look at Skip-gram Modelling", 2006). Pairs tell "can't breathe" from "can't wait".

use crate::text::{hash, stem};

/// The number of a word's stem, or of a pair of stems; two that differ hardly ever share one.
pub(super) type Gram = u32;

/// So many words on from the first the second of a pair may stand.
const REACH: usize = 2;

/// A word as it is heard.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// The token it comes from.
    pub(super) token: usize,
    /// The number of its stem.
    pub(super) stem: Gram,
    /// How much it counts, 0 to 1.
    pub(super) weight: f32,
}

/// A gram of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct GramUse {
    pub(super) gram: Gram,
    /// Whether it is one word.
    pub(super) single: bool,
    /// How much it counts, 0 to 1.
    pub(super) weight: f32,
}

/// The words of a text that is taken as it stands, given in folded form.
pub(super) fn words(text: &[String]) -> Vec<Word> {
    let word = |(token, word): (usize, &String)| Word { token, stem: of_stem(&stem(word)), weight: 1.0 };
    text.iter().enumerate().map(word).collect()
}

/// The gram of a single word.
pub(super) fn of_stem(stem: &str) -> Gram {
    hash(stem)
}

fn of_pair(first: Gram, second: Gram) -> Gram {
    // Fibonacci hashing: the upper bits of the product depend on all of both.
    let both = u64::from(first) << 32 | u64::from(second);
    ((both ^ both >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as Gram
}

/// The grams of a text, ordered, each once, with the greatest weight that it has.
pub(super) fn grams(words: &[Word]) -> Vec<GramUse> {
    let mut grams = Vec::with_capacity(words.len() * (1 + REACH));
    for (at, first) in words.iter().enumerate() {
        grams.push(GramUse { gram: first.stem, single: true, weight: first.weight });
        for second in words[at + 1..].iter().take(REACH) {
            let gram = of_pair(first.stem, second.stem);
            grams.push(GramUse { gram, single: false, weight: first.weight.min(second.weight) });
        }
    }
    grams.sort_unstable_by(|a, b| a.gram.cmp(&b.gram).then(b.weight.total_cmp(&a.weight)));
    grams.dedup_by_key(|heard| heard.gram);
    grams
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Vec<GramUse> {
        grams(&words(&text.split(' ').map(str::to_owned).collect::<Vec<_>>()))
    }

    fn grams_of(text: &str) -> Vec<Gram> {
        heard(text).into_iter().map(|heard| heard.gram).collect()
    }

    #[test]
    fn words_and_pairs_in_any_form_count_once_and_in_their_order() {
        let singles = |text| heard(text).into_iter().filter(|heard| heard.single).count();
        assert_eq!((singles("a b c b"), grams_of("a b c").len(), grams_of("a b c d").len()), (3, 6, 9));
        assert_eq!(grams_of("chest hurts"), grams_of("chest hurting"));
        assert_ne!(grams_of("no fever"), grams_of("fever no"));
    }
}
