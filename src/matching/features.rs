//! Features: the terms of a text and the pairs of neighbouring terms, weighted by how rare they are.
//!
//! A feature's weight is its inverse document frequency over all phrasings; a text is a vector of length 1. Words that
//! the knowledge does not have count in the length: a question full of them comes out weak, and so unsure.

use rustc_hash::FxHashMap;

use super::numeric::ln;
use super::terms::{Source, Term, TermUse};

/// A feature's number.
pub(crate) type Feature = u32;

/// A pair of terms is a feature where so many phrasings have it: a rarer one says little more than its words, and there are many.
const LEAST_PAIRS: u32 = 4;

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

pub(super) fn key_of_term(term: Term) -> u64 {
    u64::from(term)
}

fn key_of_pair(a: Term, b: Term) -> u64 {
    (u64::from(a) + 1) << 32 | u64::from(b)
}

/// The keys of a text's features with their weights, ordered by key, each once at its greatest weight.
pub(super) fn keys(uses: &[TermUse]) -> Vec<(u64, f32)> {
    let mut keys: Vec<(u64, f32)> = uses.iter().filter_map(|one| Some((key_of_term(one.term?), one.weight))).collect();
    for pair in uses.windows(2) {
        let [a, b] = pair else { continue };
        // Meanings stand behind the words, and are nobody's neighbours.
        let neighbours = b.source != Source::Meant && b.token <= a.token + 1;
        if let (true, Some(first), Some(second)) = (neighbours, a.term, b.term) {
            keys.push((key_of_pair(first, second), a.weight.min(b.weight)));
        }
    }
    keys.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    keys.dedup_by_key(|(key, _)| *key);
    keys
}

/// Numbers the features of texts, and counts how many texts have each.
pub(crate) struct Counter {
    numbers: FxHashMap<u64, Feature>,
    counts: Vec<u32>,
    vectors: Vectors,
    least_pairs: u32,
}

impl Default for Counter {
    fn default() -> Counter {
        let numbers = FxHashMap::default();
        Counter { numbers, counts: Vec::new(), vectors: Vectors::default(), least_pairs: LEAST_PAIRS }
    }
}

/// The vectors of many texts, one after another.
#[derive(Default)]
pub(crate) struct Vectors {
    features: Vec<Weighted>,
    ends: Vec<usize>,
}

impl Vectors {
    /// The features of each text, in the order in which the texts came.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[Weighted]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.features[start..*end])
    }
}

impl Counter {
    /// Keeps no pair, however many texts have it.
    pub(crate) fn of_single_terms() -> Counter {
        Counter { least_pairs: u32::MAX, ..Counter::default() }
    }

    /// Counts a text of the knowledge.
    pub(crate) fn add(&mut self, uses: &[TermUse]) {
        for (key, value) in keys(uses) {
            let next = self.counts.len() as Feature;
            let feature = *self.numbers.entry(key).or_insert(next);
            if feature == next {
                self.counts.push(0);
            }
            self.counts[feature as usize] += 1;
            self.vectors.features.push(Weighted { feature, value });
        }
        self.vectors.ends.push(self.vectors.features.len());
    }

    /// The features worth keeping, and the texts as vectors of them.
    pub(crate) fn finish(mut self) -> (Space, Vectors) {
        let texts = self.vectors.ends.len() as f32;
        let renumbered = self.keep_frequent();
        let kept = self.counts.iter().zip(&renumbered).filter(|(_, number)| number.is_some());
        let idf = kept.map(|(count, _)| ln(1.0 + texts / *count as f32)).collect();
        let space = Space { numbers: self.numbers, idf, rarest: ln(1.0 + texts) };
        let mut vectors = Vectors { features: Vec::new(), ends: Vec::with_capacity(self.vectors.ends.len()) };
        for text in self.vectors.iter() {
            let kept = text.iter().filter_map(|weighted| {
                renumbered[weighted.feature as usize].map(|feature| Weighted { feature, ..*weighted })
            });
            let start = vectors.features.len();
            vectors.features.extend(kept);
            space.weigh(&mut vectors.features[start..], 0);
            vectors.ends.push(vectors.features.len());
        }
        (space, vectors)
    }

    /// Drops the features too rare to keep; the new number of each by its old one.
    fn keep_frequent(&mut self) -> Vec<Option<Feature>> {
        let (counts, least) = (&self.counts, self.least_pairs);
        self.numbers.retain(|key, feature| *key >> 32 == 0 || counts[*feature as usize] >= least);
        self.numbers.shrink_to_fit();
        let mut renumbered = vec![None; counts.len()];
        self.numbers.values().for_each(|feature| renumbered[*feature as usize] = Some(0));
        for (number, feature) in renumbered.iter_mut().flatten().enumerate() {
            *feature = number as Feature;
        }
        self.numbers.values_mut().for_each(|feature| *feature = renumbered[*feature as usize].unwrap_or_default());
        renumbered
    }
}

impl Space {
    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.idf.len()
    }

    /// A question as a vector of length 1, less the share of what is unknown.
    pub(crate) fn vector(&self, uses: &[TermUse]) -> Vector {
        let known = keys(uses).into_iter();
        let mut features: Vec<Weighted> =
            known.filter_map(|(key, value)| Some(Weighted { feature: *self.numbers.get(&key)?, value })).collect();
        let unknown = self.weigh(&mut features, uses.iter().filter(|one| self.is_unknown(one)).count());
        Vector { features, unknown }
    }

    /// Whether no text has the term.
    fn is_unknown(&self, one: &TermUse) -> bool {
        one.term.is_none_or(|term| one.source != Source::Meant && self.of_term(term).is_none())
    }

    /// Weighs features by how rare they are, and orders them; gives the share of what is unknown.
    pub(super) fn weigh(&self, features: &mut [Weighted], strangers: usize) -> f32 {
        let idf = |feature: Feature| self.idf.get(feature as usize).copied().unwrap_or(self.rarest);
        features.iter_mut().for_each(|weighted| weighted.value *= idf(weighted.feature));
        features.sort_unstable_by_key(|weighted| weighted.feature);
        let known: f32 = features.iter().map(|weighted| weighted.value * weighted.value).sum();
        let unknown = strangers as f32 * self.rarest * self.rarest;
        let mass = known + unknown;
        if mass == 0.0 {
            return 1.0;
        }
        let scale = 1.0 / mass.sqrt();
        features.iter_mut().for_each(|weighted| weighted.value *= scale);
        unknown / mass
    }

    /// The vector as it would be had its text not been among those of the knowledge: what it alone has is unknown.
    pub(crate) fn as_stranger(&self, text: &[Weighted]) -> Vector {
        let (features, own): (Vec<Weighted>, Vec<Weighted>) =
            text.iter().partition(|weighted| self.idf[weighted.feature as usize] < self.rarest);
        Vector { features, unknown: own.iter().map(|weighted| weighted.value * weighted.value).sum::<f32>() }
    }

    /// How rare a term is; one that the knowledge does not have is as rare as can be.
    pub(crate) fn idf(&self, term: Option<Term>) -> f32 {
        term.and_then(|term| self.of_term(term)).map_or(self.rarest, |feature| self.idf[feature as usize])
    }

    /// The number of the feature with this key.
    pub(super) fn number(&self, key: u64) -> Option<Feature> {
        self.numbers.get(&key).copied()
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
