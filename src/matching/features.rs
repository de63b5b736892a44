//! Features: the terms of a text and the pairs of neighbouring terms, weighted by how rare they are.
//!
//! A feature's weight is its inverse document frequency over all phrasings; a text is a vector of length 1. Words that
//! the knowledge does not have count in the length: a question full of them comes out weak, and so unsure.

use rustc_hash::FxHashMap;

use super::numeric::ln;
use super::terms::{Term, TermUse};

/// A feature's number.
pub(crate) type Feature = u32;

/// A pair of terms is a feature where so many phrasings have it: a pair that occurs once says no more than its words.
const LEAST_PAIRS: u32 = 2;

/// A feature of a text and its share of the text's length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weighted {
    /// Which feature.
    pub(crate) feature: Feature,
    /// Its value in the text's vector.
    pub(crate) value: f32,
}

/// A text as a vector.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vector {
    /// The features the knowledge has, ordered, each once.
    pub(crate) features: Vec<Weighted>,
    /// The share of the text that the knowledge does not have, 0 to 1.
    pub(crate) unknown: f32,
}

/// All features of the knowledge with their weights.
#[derive(Debug, Default)]
pub(crate) struct Space {
    numbers: FxHashMap<u64, Feature>,
    idf: Vec<f32>,
    /// The weight of a feature that a single text has: what a word unknown to all texts weighs too.
    rarest: f32,
}

fn key_of_term(term: Term) -> u64 {
    u64::from(term)
}

fn key_of_pair(a: Term, b: Term) -> u64 {
    (u64::from(a) + 1) << 32 | u64::from(b)
}

/// A text's features by key, before the knowledge's features have numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    /// Key and weight, ordered by key, each once at its greatest weight.
    keys: Vec<(u64, f32)>,
    /// How many of the text's words the knowledge does not have.
    unknown: usize,
}

/// The features of a text.
pub(crate) fn keys(uses: &[TermUse]) -> Keys {
    let mut keys: Vec<(u64, f32)> = uses.iter().filter_map(|one| Some((key_of_term(one.term?), one.weight))).collect();
    for pair in uses.windows(2) {
        let [a, b] = pair else { continue };
        // Meanings stand behind the words, and are nobody's neighbours.
        let neighbours = b.source != super::terms::Source::Meant && b.token <= a.token + 1;
        if let (true, Some(first), Some(second)) = (neighbours, a.term, b.term) {
            keys.push((key_of_pair(first, second), a.weight.min(b.weight)));
        }
    }
    keys.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    keys.dedup_by_key(|(key, _)| *key);
    Keys { keys, unknown: uses.iter().filter(|one| one.term.is_none()).count() }
}

impl Space {
    /// The features of `texts`, weighted by how many of the texts have each.
    pub(crate) fn new(texts: &[Keys]) -> Space {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for (key, _) in texts.iter().flat_map(|text| &text.keys) {
            *counts.entry(*key).or_default() += 1;
        }
        let mut kept: Vec<(u64, u32)> =
            counts.into_iter().filter(|(key, count)| *key >> 32 == 0 || *count >= LEAST_PAIRS).collect();
        kept.sort_unstable();
        let idf = |count: u32| ln(1.0 + texts.len() as f32 / count as f32);
        Space {
            idf: kept.iter().map(|(_, count)| idf(*count)).collect(),
            numbers: kept.iter().enumerate().map(|(number, (key, _))| (*key, number as Feature)).collect(),
            rarest: idf(1),
        }
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.idf.len()
    }

    /// The text as a vector of length 1, less the share of what is unknown.
    pub(crate) fn vector(&self, text: &Keys) -> Vector {
        // Numbers are given in the order of keys, so the features come out ordered.
        let mut features: Vec<Weighted> = text
            .keys
            .iter()
            .filter_map(|(key, weight)| {
                let feature = *self.numbers.get(key)?;
                Some(Weighted { feature, value: weight * self.idf[feature as usize] })
            })
            .collect();
        let known: f32 = features.iter().map(|weighted| weighted.value * weighted.value).sum();
        let unknown = text.unknown as f32 * self.rarest * self.rarest;
        let mass = known + unknown;
        if mass > 0.0 {
            let scale = 1.0 / mass.sqrt();
            features.iter_mut().for_each(|weighted| weighted.value *= scale);
        }
        Vector { features, unknown: if mass > 0.0 { unknown / mass } else { 1.0 } }
    }

    /// The vector as it would be had its text not been among those of the knowledge: what it alone has is unknown.
    pub(crate) fn as_stranger(&self, vector: &Vector) -> Vector {
        let (features, own): (Vec<Weighted>, Vec<Weighted>) =
            vector.features.iter().partition(|weighted| self.idf[weighted.feature as usize] < self.rarest);
        let unknown = vector.unknown + own.iter().map(|weighted| weighted.value * weighted.value).sum::<f32>();
        Vector { features, unknown }
    }

    /// The feature of a single term.
    pub(crate) fn of_term(&self, term: Term) -> Option<Feature> {
        self.numbers.get(&key_of_term(term)).copied()
    }

    /// The feature of two neighbouring terms.
    pub(crate) fn of_pair(&self, a: Term, b: Term) -> Option<Feature> {
        self.numbers.get(&key_of_pair(a, b)).copied()
    }
}
