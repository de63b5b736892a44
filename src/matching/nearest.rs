//! The phrasings most like a question: an inverted index from features to the phrasings that have them.
//!
//! Likeness is the cosine of the two vectors: 1 for the same words, 0 for none in common.

use std::ops::Range;

use super::classifier::Class;
use super::features::Vector;

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
    postings: Vec<Vec<Posting>>,
    /// The phrasings of each class, which follow one another.
    classes: Vec<Range<usize>>,
    phrasings: usize,
}

impl Nearest {
    /// Indexes phrasings, given by their vectors and classes, and ordered by class.
    pub(crate) fn new<'a>(
        features: usize,
        classes: usize,
        phrasings: impl Iterator<Item = (&'a Vector, Class)>,
    ) -> Nearest {
        let mut index = Nearest { postings: vec![Vec::new(); features], classes: vec![0..0; classes], phrasings: 0 };
        for (vector, class) in phrasings {
            let number = index.phrasings;
            if index.classes[class].is_empty() {
                index.classes[class].start = number;
            }
            index.classes[class].end = number + 1;
            index.phrasings += 1;
            for weighted in &vector.features {
                let posting = Posting { phrasing: number as PhrasingNumber, value: weighted.value };
                index.postings[weighted.feature as usize].push(posting);
            }
        }
        index
    }

    /// The likeness of every phrasing to `vector`, as far as uncommon features tell.
    pub(crate) fn likeness(&self, vector: &Vector) -> Vec<f32> {
        let most = (self.phrasings / COMMON).max(NEVER_COMMON);
        let mut likeness = vec![0.0; self.phrasings];
        for weighted in &vector.features {
            let postings = &self.postings[weighted.feature as usize];
            if postings.len() <= most {
                for posting in postings {
                    likeness[posting.phrasing as usize] += weighted.value * posting.value;
                }
            }
        }
        likeness
    }

    /// For each class, the likeness of its nearest phrasings, fading.
    pub(crate) fn by_class(&self, likeness: &[f32]) -> Vec<f32> {
        self.classes.iter().map(|range| faded(&likeness[range.clone()])).collect()
    }

    /// The phrasings of `class` most like the question, best first.
    pub(crate) fn of_class(&self, likeness: &[f32], class: Class) -> Vec<(PhrasingNumber, f32)> {
        let own = self.classes[class].clone().map(|number| (number as PhrasingNumber, likeness[number]));
        let mut phrasings: Vec<(PhrasingNumber, f32)> = own.filter(|(_, value)| *value > 0.0).collect();
        phrasings.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        phrasings.truncate(NEIGHBOURS);
        phrasings
    }
}

/// The sum of the greatest values, each fading against the one before.
fn faded(values: &[f32]) -> f32 {
    let (mut first, mut second, mut third) = (0.0_f32, 0.0_f32, 0.0_f32);
    for &value in values {
        // Most are zero or small, and this one branch tells.
        if value > third {
            if value > second {
                third = second;
                (first, second) = if value > first { (value, first) } else { (first, value) };
            } else {
                third = value;
            }
        }
    }
    first + FADING * (second + FADING * third)
}
