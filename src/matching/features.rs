//! Features: the terms of a text and the pairs of terms near each other, weighted by how rare they are.
//!
//! A feature's weight is its inverse document frequency over the texts counted; a text is a vector of length 1. Words that
//! the knowledge does not have count in the length: a question full of them comes out weak, and so unsure.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::numeric::ln;
use super::terms::{Source, Term, TermUse};

/// A feature's number.
pub(crate) type Feature = u32;

/// How texts become vectors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scheme {
    /// A pair of terms is a feature where so many texts have it: a rarer one says little more than its words, and there
    /// are many.
    pub(crate) least_pairs: u32,
    /// So many words on from the first the second of a pair may stand.
    pub(crate) reach: usize,
    /// A text counts as if it had so many unknown words besides: few words say too little to be sure of.
    pub(crate) unsaid: usize,
}

impl Default for Scheme {
    fn default() -> Scheme {
        Scheme { least_pairs: 4, reach: 1, unsaid: 0 }
    }
}

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
    scheme: Scheme,
    numbers: Numbers,
    idf: Vec<f32>,
    /// So many features are single terms; the pairs come behind them.
    terms: usize,
    /// The weight of a feature that a single text has: what a word unknown to all texts weighs too.
    rarest: f32,
}

/// Features numbered from 0 in the order in which their keys first come. A table of the numbers beside a list of the keys takes
/// half of what a map from keys to numbers does.
#[derive(Debug, Default)]
struct Numbers {
    keys: Vec<u64>,
    table: HashTable<Feature>,
}

impl Numbers {
    fn of_keys(keys: impl Iterator<Item = u64>) -> Numbers {
        let mut numbers = Numbers::default();
        keys.for_each(|key| {
            numbers.number(key);
        });
        numbers.keys.shrink_to_fit();
        numbers.table.shrink_to_fit(|feature| hash(numbers.keys[*feature as usize]));
        numbers
    }

    /// The number of the feature with this key, which is added unless it is known.
    fn number(&mut self, key: u64) -> Feature {
        let Numbers { keys, table } = self;
        let same = |feature: &Feature| keys[*feature as usize] == key;
        let entry = table.entry(hash(key), same, |feature| hash(keys[*feature as usize]));
        let feature = *entry.or_insert(keys.len() as Feature).get();
        if feature as usize == keys.len() {
            keys.push(key);
        }
        feature
    }

    fn get(&self, key: u64) -> Option<Feature> {
        self.table.find(hash(key), |feature| self.keys[*feature as usize] == key).copied()
    }

    fn len(&self) -> usize {
        self.keys.len()
    }
}

fn hash(key: u64) -> u64 {
    FxBuildHasher.hash_one(key)
}

fn key_of_term(term: Term) -> u64 {
    u64::from(term)
}

fn key_of_pair(a: Term, b: Term) -> u64 {
    (u64::from(a) + 1) << 32 | u64::from(b)
}

fn is_pair(key: u64) -> bool {
    key >> 32 != 0
}

/// Calls `visit` with the key of each feature of a text, and how much it counts there; a key may come more than once.
fn for_each_key(uses: &[TermUse], reach: usize, mut visit: impl FnMut(u64, f32)) {
    for (at, a) in uses.iter().enumerate() {
        let Some(first) = a.term else { continue };
        visit(key_of_term(first), a.weight);
        for (steps, b) in (1..=reach).zip(&uses[at + 1..]) {
            // Meanings stand behind the words, and are nobody's neighbours.
            let neighbours = b.source != Source::Meant && b.token <= a.token + steps;
            if let (true, Some(second)) = (neighbours, b.term) {
                visit(key_of_pair(first, second), a.weight.min(b.weight));
            }
        }
    }
}

/// Orders features from this place on, and leaves each once, at its greatest value.
fn once_each(features: &mut Vec<Weighted>, from: usize) {
    features[from..].sort_unstable_by_key(|weighted| weighted.feature);
    let mut end = from;
    for at in from..features.len() {
        let next = features[at];
        match features[from..end].last_mut() {
            Some(last) if last.feature == next.feature => last.value = last.value.max(next.value),
            _ => {
                features[end] = next;
                end += 1;
            }
        }
    }
    features.truncate(end);
}

/// Numbers the features of texts, and counts how many texts have each.
#[derive(Default)]
pub(crate) struct Counter {
    scheme: Scheme,
    numbers: Numbers,
    counts: Vec<u32>,
    vectors: Vectors,
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
    /// Nothing counted yet.
    pub(crate) fn new(scheme: Scheme) -> Counter {
        Counter { scheme, ..Counter::default() }
    }

    /// Counts a text of the knowledge.
    pub(crate) fn add(&mut self, uses: &[TermUse]) {
        let features = &mut self.vectors.features;
        let start = features.len();
        for_each_key(uses, self.scheme.reach, |key, value| {
            features.push(Weighted { feature: self.numbers.number(key), value });
        });
        once_each(features, start);
        self.counts.resize(self.numbers.len(), 0);
        features[start..].iter().for_each(|weighted| self.counts[weighted.feature as usize] += 1);
        self.vectors.ends.push(features.len());
    }

    /// The features worth keeping, and the texts as vectors of them.
    pub(crate) fn finish(self) -> (Space, Vectors) {
        let texts = self.vectors.ends.len() as f32;
        let space = self.frequent(texts);
        let renumbered: Vec<Option<Feature>> = self.numbers.keys.iter().map(|key| space.numbers.get(*key)).collect();
        let mut vectors = Vectors { features: Vec::new(), ends: Vec::with_capacity(self.vectors.ends.len()) };
        for text in self.vectors.iter() {
            let kept = text.iter().filter_map(|weighted| {
                renumbered[weighted.feature as usize].map(|feature| Weighted { feature, ..*weighted })
            });
            let start = vectors.features.len();
            vectors.features.extend(kept);
            vectors.features[start..].sort_unstable_by_key(|weighted| weighted.feature);
            space.weigh(&mut vectors.features[start..], 0);
            vectors.ends.push(vectors.features.len());
        }
        (space, vectors)
    }

    /// The features frequent enough to keep, the single terms first.
    fn frequent(&self, texts: f32) -> Space {
        let all = || self.numbers.keys.iter().copied().zip(self.counts.iter().copied());
        let kept = || {
            let terms = all().filter(|(key, _)| !is_pair(*key));
            terms.chain(all().filter(|(key, count)| is_pair(*key) && *count >= self.scheme.least_pairs))
        };
        Space {
            scheme: self.scheme,
            numbers: Numbers::of_keys(kept().map(|(key, _)| key)),
            idf: kept().map(|(_, count)| ln(1.0 + texts / count as f32)).collect(),
            terms: all().filter(|(key, _)| !is_pair(*key)).count(),
            rarest: ln(1.0 + texts),
        }
    }
}

impl Space {
    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.idf.len()
    }

    /// Those of a text's features, ordered, that are single terms.
    pub(crate) fn single_terms<'f>(&self, features: &'f [Weighted]) -> &'f [Weighted] {
        &features[..features.partition_point(|weighted| (weighted.feature as usize) < self.terms)]
    }

    /// How many features are single terms; they have the lowest numbers.
    pub(crate) fn terms(&self) -> usize {
        self.terms
    }

    /// A question as a vector of length 1, less the share of what is unknown.
    pub(crate) fn vector(&self, uses: &[TermUse]) -> Vector {
        let mut features = Vec::with_capacity(uses.len() * (1 + self.scheme.reach));
        for_each_key(uses, self.scheme.reach, |key, value| {
            features.extend(self.numbers.get(key).map(|feature| Weighted { feature, value }));
        });
        once_each(&mut features, 0);
        let unknown = self.weigh(&mut features, uses.iter().filter(|one| self.is_unknown(one)).count());
        Vector { features, unknown }
    }

    /// Whether no text has the term.
    fn is_unknown(&self, one: &TermUse) -> bool {
        one.term.is_none_or(|term| one.source != Source::Meant && self.of_term(term).is_none())
    }

    /// Weighs features by how rare they are; gives the share of what is unknown.
    fn weigh(&self, features: &mut [Weighted], strangers: usize) -> f32 {
        features.iter_mut().for_each(|weighted| weighted.value *= self.idf[weighted.feature as usize]);
        let known: f32 = features.iter().map(|weighted| weighted.value * weighted.value).sum();
        let unknown = (strangers + self.scheme.unsaid) as f32 * self.rarest * self.rarest;
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

    /// The feature of a single term.
    pub(crate) fn of_term(&self, term: Term) -> Option<Feature> {
        self.numbers.get(key_of_term(term))
    }

    /// The feature of two neighbouring terms.
    pub(crate) fn of_pair(&self, a: Term, b: Term) -> Option<Feature> {
        self.numbers.get(key_of_pair(a, b))
    }
}

#[cfg(test)]
mod tests {
    use super::super::terms::typed;
    use super::*;

    #[test]
    fn frequent_pairs_are_features_behind_all_terms() {
        let mut counter = Counter::new(Scheme { least_pairs: 2, reach: 2, unsaid: 0 });
        for text in [&[7, 8, 9][..], &[7, 5, 9], &[8, 7, 8]] {
            counter.add(&typed(text));
        }
        let (space, vectors) = counter.finish();
        // 7 8 and 7 _ 9 stand in two texts each; 8 twice in one text is one feature.
        assert_eq!((space.terms(), space.len()), (4, 6));
        assert!(space.of_pair(7, 8).is_some() && space.of_pair(7, 9).is_some() && space.of_pair(8, 9).is_none());
        let counts: Vec<usize> = vectors.iter().map(<[Weighted]>::len).collect();
        assert_eq!(counts, [5, 4, 3]);
        assert!(vectors.iter().all(|features| features.is_sorted_by(|a, b| a.feature < b.feature)));
        assert_eq!(space.single_terms(vectors.iter().next().unwrap_or_default()).len(), 3);
    }
}
