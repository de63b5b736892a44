//! The phrasings most like a question: an inverted index from features to the phrasings that have them.
//!
//! Likeness is the cosine of the two vectors: 1 for the same words, 0 for none in common.

use std::ops::Range;

use super::classifier::Class;
use super::features::Weighted;

/// Which phrasing.
pub(crate) type PhrasingNumber = u32;

/// How many of a class's nearest phrasings count, and how much each less than the one before.
const NEIGHBOURS: usize = 3;
const FADING: f32 = 0.6;

/// A feature of more than one phrasing in so many tells nothing of which are near, and costs the most to follow: such
/// features are left to the classifier. In small guides none is left out.
const COMMON: usize = 25;
const NEVER_COMMON: usize = 100;

#[derive(Clone, Copy, Debug)]
struct Posting {
    phrasing: PhrasingNumber,
    value: f32,
}

/// The index.
#[derive(Debug, Default)]
pub(crate) struct Nearest {
    postings: Vec<Posting>,
    /// Where the postings of each feature begin; those of the last end with all.
    starts: Vec<u32>,
    /// The phrasings of each class, which follow one another.
    classes: Vec<Range<usize>>,
    /// The class of each phrasing.
    class_of: Vec<u32>,
}

/// How like a text each phrasing is.
pub(crate) struct Likeness {
    values: Vec<f32>,
    /// The few that are like it at all: looking through all the others would take most of the time.
    at_all: Vec<PhrasingNumber>,
}

impl Likeness {
    /// Leaves one phrasing out.
    pub(crate) fn forget(&mut self, phrasing: usize) {
        self.values[phrasing] = 0.0;
    }
}

impl Nearest {
    /// Indexes phrasings, given by their features and classes, and ordered by class.
    pub(crate) fn new(space: usize, classes: usize, phrasings: &[(&[Weighted], Class)]) -> Nearest {
        let most = (phrasings.len() / COMMON).max(NEVER_COMMON);
        let starts = starts(space, most, phrasings);
        let mut next = starts.clone();
        let nothing = Posting { phrasing: 0, value: 0.0 };
        let mut postings = vec![nothing; starts.last().map_or(0, |end| *end as usize)];
        let mut ranges = vec![0..0; classes];
        for (number, (features, class)) in phrasings.iter().enumerate() {
            if ranges[*class].is_empty() {
                ranges[*class].start = number;
            }
            ranges[*class].end = number + 1;
            for weighted in *features {
                let feature = weighted.feature as usize;
                if starts[feature] < starts[feature + 1] {
                    let posting = Posting { phrasing: number as PhrasingNumber, value: weighted.value };
                    postings[next[feature] as usize] = posting;
                    next[feature] += 1;
                }
            }
        }
        let class_of = phrasings.iter().map(|(_, class)| *class as u32).collect();
        Nearest { postings, starts, classes: ranges, class_of }
    }

    fn postings_of(&self, feature: usize) -> &[Posting] {
        &self.postings[self.starts[feature] as usize..self.starts[feature + 1] as usize]
    }

    /// The likeness of every phrasing to a text with these features, as far as uncommon ones tell.
    pub(crate) fn likeness(&self, features: &[Weighted]) -> Likeness {
        let mut likeness = Likeness { values: vec![0.0; self.class_of.len()], at_all: Vec::new() };
        for weighted in features {
            for posting in self.postings_of(weighted.feature as usize) {
                let value = &mut likeness.values[posting.phrasing as usize];
                if *value == 0.0 {
                    likeness.at_all.push(posting.phrasing);
                }
                *value += weighted.value * posting.value;
            }
        }
        likeness
    }

    /// For each class, the likeness of its nearest phrasings, fading.
    pub(crate) fn by_class(&self, likeness: &Likeness) -> Vec<f32> {
        let mut nearest = vec![[0.0; NEIGHBOURS]; self.classes.len()];
        for &phrasing in &likeness.at_all {
            let class = self.class_of[phrasing as usize];
            keep_greatest(&mut nearest[class as usize], likeness.values[phrasing as usize]);
        }
        nearest.into_iter().map(|[first, second, third]| first + FADING * (second + FADING * third)).collect()
    }

    /// The phrasings of `class` most like the question, best first; each by its place among those of its class.
    pub(crate) fn of_class(&self, likeness: &Likeness, class: Class) -> Vec<(usize, f32)> {
        let own = likeness.values[self.classes[class].clone()].iter().copied().enumerate();
        let mut phrasings: Vec<(usize, f32)> = own.filter(|(_, value)| *value > 0.0).collect();
        phrasings.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        phrasings.truncate(NEIGHBOURS);
        phrasings
    }
}

/// Where the postings of each feature begin, and behind the last one where all end. A feature of more than `most`
/// phrasings has none.
fn starts(features: usize, most: usize, phrasings: &[(&[Weighted], Class)]) -> Vec<u32> {
    let mut counts = vec![0_u32; features];
    for weighted in phrasings.iter().flat_map(|(features, _)| *features) {
        counts[weighted.feature as usize] += 1;
    }
    let mut starts = vec![0];
    let mut end = 0;
    for count in counts {
        end += if count as usize <= most { count } else { 0 };
        starts.push(end);
    }
    starts
}

/// Puts `value` among the `greatest` so far, which are in falling order, if it belongs there.
fn keep_greatest(greatest: &mut [f32; NEIGHBOURS], mut value: f32) {
    if value > greatest[NEIGHBOURS - 1] {
        for kept in greatest {
            if value > *kept {
                std::mem::swap(kept, &mut value);
            }
        }
    }
}
