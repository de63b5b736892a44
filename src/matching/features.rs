//! Features: the terms of a text and the pairs of neighbouring terms, weighted by how rare they are.
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
    terms: TermNumbers,
    pairs: PairNumbers,
    idf: Vec<f32>,
    /// The weight of a feature that a single text has: what a word unknown to all texts weighs too.
    rarest: f32,
}

/// Single terms, numbered from 0 in the order in which they first come.
#[derive(Debug, Default)]
struct TermNumbers {
    of_term: Vec<Option<Feature>>,
    len: usize,
}

impl TermNumbers {
    /// The number of the term, which gets one unless it has one.
    fn number(&mut self, term: Term) -> Feature {
        let place = term as usize;
        if self.of_term.len() <= place {
            self.of_term.resize(place + 1, None);
        }
        *self.of_term[place].get_or_insert_with(|| {
            self.len += 1;
            (self.len - 1) as Feature
        })
    }

    fn get(&self, term: Term) -> Option<Feature> {
        *self.of_term.get(term as usize)?
    }
}

/// Pairs of terms, numbered from 0 in the order in which they first come. A table of the numbers beside a list of the pairs
/// takes half of what a map from pairs to numbers does.
#[derive(Debug, Default)]
struct PairNumbers {
    pairs: Vec<Pair>,
    table: HashTable<Feature>,
}

type Pair = (Term, Term);

impl PairNumbers {
    /// Numbers pairs of which each comes once.
    fn of_each(pairs: impl Iterator<Item = Pair>) -> PairNumbers {
        let mut pairs: Vec<Pair> = pairs.collect();
        pairs.shrink_to_fit();
        let mut table = HashTable::with_capacity(pairs.len());
        for (number, pair) in pairs.iter().enumerate() {
            table.insert_unique(hash(*pair), number as Feature, |number| hash(pairs[*number as usize]));
        }
        PairNumbers { pairs, table }
    }

    /// The number of the pair, which gets one unless it has one.
    fn number(&mut self, pair: Pair) -> Feature {
        let PairNumbers { pairs, table } = self;
        let same = |number: &Feature| pairs[*number as usize] == pair;
        let entry = table.entry(hash(pair), same, |number| hash(pairs[*number as usize]));
        let number = *entry.or_insert(pairs.len() as Feature).get();
        if number as usize == pairs.len() {
            pairs.push(pair);
        }
        number
    }

    fn get(&self, pair: Pair) -> Option<Feature> {
        self.table.find(hash(pair), |number| self.pairs[*number as usize] == pair).copied()
    }
}

fn hash((a, b): Pair) -> u64 {
    FxBuildHasher.hash_one(u64::from(a) << 32 | u64::from(b))
}

/// What a feature is made of.
enum Gram {
    Term(Term),
    Pair(Pair),
}

/// Calls `visit` with each feature of a text, and how much it counts there; one may come more than once.
fn for_each(uses: &[TermUse], mut visit: impl FnMut(Gram, f32)) {
    for (at, a) in uses.iter().enumerate() {
        let Some(first) = a.term else { continue };
        visit(Gram::Term(first), a.weight);
        // Meanings stand behind the words, and are nobody's neighbours.
        let next = uses.get(at + 1).filter(|b| b.source != Source::Meant && b.token <= a.token + 1);
        if let Some((b, second)) = next.and_then(|b| Some((b, b.term?))) {
            visit(Gram::Pair((first, second)), a.weight.min(b.weight));
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
    /// A pair of terms is kept where so many texts have it.
    least_pairs: u32,
    terms: TermNumbers,
    sketch: Sketch,
    /// The terms of all texts, one after another.
    uses: Vec<TermUse>,
    /// Where those of each text end.
    ends: Vec<usize>,
}

/// How many texts have each feature.
#[derive(Default)]
struct Counts {
    /// The pairs that may be frequent.
    pairs: PairNumbers,
    of_terms: Vec<u32>,
    of_pairs: Vec<u32>,
    /// The texts. Pairs stand in them by their numbers from [`PAIRS`] on.
    vectors: Vectors,
}

/// About how often each pair comes, up to 255 times, and never less than it does: pairs that share a place are counted together. Most come once, and
/// need no number (Park, Chen and Yu, "An Effective Hash-Based Algorithm for Mining Association Rules", 1995).
struct Sketch(Vec<u8>);

impl Default for Sketch {
    fn default() -> Sketch {
        Sketch(vec![0; 1 << Sketch::BITS])
    }
}

impl Sketch {
    /// A million places, in a megabyte.
    const BITS: u32 = 20;

    fn place(pair: Pair) -> usize {
        (hash(pair) >> (u64::BITS - Sketch::BITS)) as usize
    }

    fn add(&mut self, pair: Pair) {
        let count = &mut self.0[Sketch::place(pair)];
        *count = count.saturating_add(1);
    }

    /// Whether the pair may come so many times.
    fn allows(&self, pair: Pair, times: u32) -> bool {
        let count = self.0[Sketch::place(pair)];
        // A count that can go no higher may stand for any.
        count == u8::MAX || u32::from(count) >= times
    }
}

/// Greater than any number of a term, so that pairs come behind all terms while texts are counted.
const PAIRS: Feature = 1 << 31;

/// The vectors of many texts, one after another.
#[derive(Default)]
pub(crate) struct Vectors {
    features: Vec<Weighted>,
    ends: Vec<usize>,
}

impl Vectors {
    /// The features of each text, in the order in which the texts came.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[Weighted]> {
        pieces(&self.features, &self.ends)
    }
}

/// The pieces of `all` that end at these places.
fn pieces<'a, T>(all: &'a [T], ends: &'a [usize]) -> impl Iterator<Item = &'a [T]> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| &all[start..*end])
}

impl Counter {
    /// Nothing counted yet; a pair of terms is to be kept where so many texts have it.
    pub(crate) fn new(least_pairs: u32) -> Counter {
        Counter { least_pairs, ..Counter::default() }
    }

    /// Takes in a text of the knowledge.
    pub(crate) fn add(&mut self, uses: &[TermUse]) {
        for_each(uses, |gram, _| {
            if let Gram::Pair(pair) = gram {
                self.sketch.add(pair);
            }
        });
        self.uses.extend_from_slice(uses);
        self.ends.push(self.uses.len());
    }

    /// The features worth keeping, and the texts as vectors of them.
    pub(crate) fn finish(mut self) -> (Space, Vectors) {
        let Counts { pairs, of_terms, of_pairs, vectors: counted } = self.count();
        let texts = self.ends.len() as f32;
        let idf = |count: &u32| ln(1.0 + texts / *count as f32);
        let is_frequent = |count: &&u32| **count >= self.least_pairs;
        let idf: Vec<f32> = of_terms.iter().chain(of_pairs.iter().filter(is_frequent)).map(idf).collect();
        let mut numbers = self.terms.len as Feature..;
        let renumber = |count| if is_frequent(&count) { numbers.next() } else { None };
        let renumbered: Vec<Option<Feature>> = of_pairs.iter().map(renumber).collect();
        let pairs = pairs.pairs.into_iter().zip(&renumbered).filter(|(_, kept)| kept.is_some());
        let pairs = PairNumbers::of_each(pairs.map(|(pair, _)| pair));
        let space = Space { terms: self.terms, pairs, idf, rarest: ln(1.0 + texts) };
        let mut vectors = Vectors { features: Vec::new(), ends: Vec::with_capacity(self.ends.len()) };
        for text in counted.iter() {
            let kept = text.iter().filter_map(|weighted| {
                let feature = match weighted.feature.checked_sub(PAIRS) {
                    Some(pair) => renumbered[pair as usize]?,
                    None => weighted.feature,
                };
                Some(Weighted { feature, ..*weighted })
            });
            let start = vectors.features.len();
            vectors.features.extend(kept);
            space.weigh(&mut vectors.features[start..], 0);
            vectors.ends.push(vectors.features.len());
        }
        (space, vectors)
    }

    /// Numbers and counts the terms, and the pairs that may be frequent.
    fn count(&mut self) -> Counts {
        let mut counts = Counts::default();
        let features = &mut counts.vectors.features;
        for uses in pieces(&self.uses, &self.ends) {
            let start = features.len();
            for_each(uses, |gram, value| {
                let feature = match gram {
                    Gram::Term(term) => self.terms.number(term),
                    Gram::Pair(pair) if self.sketch.allows(pair, self.least_pairs) => PAIRS + counts.pairs.number(pair),
                    Gram::Pair(_) => return,
                };
                features.push(Weighted { feature, value });
            });
            once_each(features, start);
            counts.of_terms.resize(self.terms.len, 0);
            counts.of_pairs.resize(counts.pairs.pairs.len(), 0);
            for weighted in &features[start..] {
                match weighted.feature.checked_sub(PAIRS) {
                    Some(pair) => counts.of_pairs[pair as usize] += 1,
                    None => counts.of_terms[weighted.feature as usize] += 1,
                }
            }
            counts.vectors.ends.push(features.len());
        }
        counts
    }
}

impl Space {
    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.idf.len()
    }

    /// A question as a vector of length 1, less the share of what is unknown.
    pub(crate) fn vector(&self, uses: &[TermUse]) -> Vector {
        let mut features = Vec::with_capacity(uses.len() * 2);
        for_each(uses, |gram, value| {
            let feature = match gram {
                Gram::Term(term) => self.of_term(term),
                Gram::Pair((a, b)) => self.of_pair(a, b),
            };
            features.extend(feature.map(|feature| Weighted { feature, value }));
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

    /// The feature of a single term.
    pub(crate) fn of_term(&self, term: Term) -> Option<Feature> {
        self.terms.get(term)
    }

    /// The feature of two neighbouring terms.
    pub(crate) fn of_pair(&self, a: Term, b: Term) -> Option<Feature> {
        self.pairs.get((a, b)).map(|number| self.terms.len as Feature + number)
    }
}

#[cfg(test)]
mod tests {
    use super::super::terms::typed;
    use super::*;

    #[test]
    fn frequent_pairs_are_features_behind_all_terms() {
        let mut counter = Counter::new(2);
        for text in [&[7, 8, 9][..], &[7, 5, 9], &[8, 7, 8]] {
            counter.add(&typed(text));
        }
        let (space, vectors) = counter.finish();
        // 7 8 stands in two texts; 8 twice in one text is one feature.
        assert_eq!(space.len(), 5);
        assert!(space.of_pair(7, 8) == Some(4) && space.of_pair(8, 9).is_none());
        let counts: Vec<usize> = vectors.iter().map(<[Weighted]>::len).collect();
        assert_eq!(counts, [4, 3, 3]);
        assert!(vectors.iter().all(|features| features.is_sorted_by(|a, b| a.feature < b.feature)));
    }
}
