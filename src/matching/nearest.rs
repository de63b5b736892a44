//! The phrasings most like a question: an inverted index from features to the phrasings that have them.
//!
//! Likeness is the cosine of the two vectors: 1 for the same words, 0 for none in common.

use super::classifier::Class;
use super::features::Vector;

/// Which phrasing.
pub(crate) type PhrasingNumber = u32;

/// How many of a class's nearest phrasings count, and how much each less than the one before.
const NEIGHBOURS: usize = 3;
const FADING: f32 = 0.6;

#[derive(Clone, Copy, Debug)]
struct Posting {
    phrasing: PhrasingNumber,
    value: f32,
}

/// The index.
#[derive(Debug, Default)]
pub(crate) struct Nearest {
    postings: Vec<Vec<Posting>>,
    classes: Vec<Class>,
}

impl Nearest {
    /// Indexes phrasings: their vectors and classes.
    pub(crate) fn new<'a>(features: usize, phrasings: impl Iterator<Item = (&'a Vector, Class)>) -> Nearest {
        let mut postings = vec![Vec::new(); features];
        let mut classes = Vec::new();
        for (phrasing, (vector, class)) in phrasings.enumerate() {
            classes.push(class);
            for weighted in &vector.features {
                let posting = Posting { phrasing: phrasing as PhrasingNumber, value: weighted.value };
                postings[weighted.feature as usize].push(posting);
            }
        }
        Nearest { postings, classes }
    }

    /// The likeness of every phrasing to `vector`.
    pub(crate) fn likeness(&self, vector: &Vector) -> Vec<f32> {
        let mut likeness = vec![0.0; self.classes.len()];
        for weighted in &vector.features {
            for posting in &self.postings[weighted.feature as usize] {
                likeness[posting.phrasing as usize] += weighted.value * posting.value;
            }
        }
        likeness
    }

    /// For each of `classes` classes, the likeness of its nearest phrasings, fading.
    pub(crate) fn by_class(&self, likeness: &[f32], classes: usize) -> Vec<f32> {
        let mut best = vec![[0.0_f32; NEIGHBOURS]; classes];
        for (&class, &value) in self.classes.iter().zip(likeness) {
            let kept = &mut best[class];
            if value > kept[NEIGHBOURS - 1] {
                insert(kept, value);
            }
        }
        best.iter().map(|kept| kept.iter().rev().fold(0.0, |sum, value| sum * FADING + value)).collect()
    }

    /// The phrasings of `class` most like the question, best first.
    pub(crate) fn of_class(&self, likeness: &[f32], class: Class) -> Vec<(PhrasingNumber, f32)> {
        let own =
            self.classes.iter().zip(likeness).enumerate().filter(|(_, (of, value))| **of == class && **value > 0.0);
        let mut phrasings: Vec<(PhrasingNumber, f32)> =
            own.map(|(number, (_, value))| (number as PhrasingNumber, *value)).collect();
        phrasings.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        phrasings.truncate(NEIGHBOURS);
        phrasings
    }
}

fn insert(kept: &mut [f32; NEIGHBOURS], value: f32) {
    let mut value = value;
    for slot in kept {
        if value > *slot {
            std::mem::swap(slot, &mut value);
        }
    }
}
