//! Meaning: how near a text is to each class when words count by what they mean.
//!
//! A text is the mean of its words' vectors, each weighted by how rare the word is in the knowledge (Arora, Liang and Ma,
//! "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017). A class is the mean of its texts, seen from the
//! middle of all classes, and nearness is the cosine. So a question that shares no word with any phrasing still finds its
//! topic, which matters most where few phrasings are given.

use super::classifier::Class;
use super::features::Space;
use super::numeric::{add, dot};
use super::terms::{Source, TermUse, Terms};
use crate::text::{Token, WIDTH, WordVector};

/// What a text means: a vector of length 1, or 0 where none of its words has one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextVector([f32; WIDTH]);

impl TextVector {
    /// The vector of a text of which these are the terms. `tokens` are needed for words that the knowledge does not have.
    pub(crate) fn new(terms: &Terms, space: &Space, tokens: &[Token], uses: &[TermUse]) -> TextVector {
        let mut sum = [0.0; WIDTH];
        // What the vocabulary adds is said already.
        for one in uses.iter().filter(|one| one.source != Source::Meant) {
            if let Some(vector) = terms.vector_of(one, tokens) {
                let weight = one.weight * space.idf(one.term);
                add(&mut sum, weight, &vector.numbers());
            }
        }
        normalise(&mut sum);
        TextVector(sum)
    }
}

/// The sums of the vectors of each class, from which a text can be taken out again.
pub(crate) struct Sums {
    sums: Vec<f32>,
    weights: Vec<f32>,
    middle: Vec<f32>,
}

impl Sums {
    /// Adds up the texts of all classes, each with its weight.
    pub(crate) fn new(classes: usize, texts: impl Iterator<Item = (TextVector, Class, f32)>) -> Sums {
        let mut sums = vec![0.0; classes * WIDTH];
        let mut weights = vec![0.0; classes];
        for (vector, class, weight) in texts {
            let sum = &mut sums[class * WIDTH..][..WIDTH];
            add(sum, weight, &vector.0);
            weights[class] += weight;
        }
        let mut middle = vec![0.0; WIDTH];
        for (sum, weight) in sums.chunks_exact(WIDTH).zip(&weights).filter(|(_, weight)| **weight > 0.0) {
            let share = 1.0 / (weight * classes as f32);
            add(&mut middle, share, sum);
        }
        Sums { sums, weights, middle }
    }

    /// The classes as they are with all their texts.
    pub(crate) fn meaning(&self) -> Meaning {
        let mut centres = self.sums.clone();
        for (centre, weight) in centres.chunks_exact_mut(WIDTH).zip(&self.weights) {
            add(centre, -weight, &self.middle);
            normalise(centre);
        }
        Meaning { centres }
    }

    /// How near a text is to its own class without it.
    pub(crate) fn nearness_to_others(&self, vector: &TextVector, class: Class, weight: f32) -> f32 {
        let mut centre = self.sums[class * WIDTH..][..WIDTH].to_vec();
        let others = self.weights[class] - weight;
        for ((number, middle), own) in centre.iter_mut().zip(&self.middle).zip(vector.0) {
            *number -= weight * own + others * middle;
        }
        normalise(&mut centre);
        dot(&centre, &vector.0)
    }
}

/// Where each class stands.
#[derive(Debug, Default)]
pub(crate) struct Meaning {
    centres: Vec<f32>,
}

impl Meaning {
    /// How near a text is to each class, -1 to 1.
    pub(crate) fn nearness(&self, vector: &TextVector) -> Vec<f32> {
        self.centres.chunks_exact(WIDTH).map(|centre| dot(centre, &vector.0)).collect()
    }

    /// How near a word is to a class, -1 to 1.
    pub(crate) fn nearness_of_word(&self, vector: WordVector, class: Class) -> f32 {
        let mut numbers = vector.numbers();
        normalise(&mut numbers);
        dot(&self.centres[class * WIDTH..][..WIDTH], &numbers)
    }
}

fn normalise(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        for number in vector {
            *number /= length;
        }
    }
}
