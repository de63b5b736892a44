//! A linear classifier over all classes (topics and boundaries), trained when the guide is loaded.
//!
//! Multinomial logistic regression by stochastic gradient descent, one phrasing at a time in a fixed order; see Bishop,
//! "Pattern Recognition and Machine Learning" (2006), 4.3.4. The weights of one feature for all classes lie side by side,
//! so that the work on one feature is one run over memory.

use super::features::Weighted;
use super::numeric::{add, softmax};

/// A class's number.
pub type Class = usize;

/// One text that is known to belong to a class.
pub(crate) struct Example<'v> {
    /// Its features.
    pub(crate) features: &'v [Weighted],
    /// Where it belongs.
    pub(crate) class: Class,
    /// How much it teaches, 0 to 1.
    pub(crate) weight: f32,
}

/// The step of the first pass. Vectors have length 1, so a step of 1 would move a phrasing's own score by its error;
/// larger ones reach the same weights in fewer passes. This is the largest: beyond it the last phrasings seen begin to win.
const FIRST_STEP: f32 = 6.0;

/// A classifier that is being trained: the weights of every feature for every class.
pub(crate) struct Learner {
    weights: Vec<f32>,
    classes: usize,
    passes: u32,
}

impl Learner {
    /// Nothing learnt yet.
    pub(crate) fn new(features: usize, classes: usize) -> Learner {
        Learner { weights: vec![0.0; features * classes], classes, passes: 0 }
    }

    /// One pass over the examples, each moving the weights by its error; the steps shrink from pass to pass.
    pub(crate) fn train<'a>(&mut self, examples: impl Iterator<Item = &'a Example<'a>>) {
        let step = FIRST_STEP / (1.0 + 0.5 * self.passes as f32);
        self.passes += 1;
        let mut errors = vec![0.0; self.classes];
        for example in examples {
            errors.fill(0.0);
            for weighted in example.features {
                let row = &self.weights[weighted.feature as usize * self.classes..][..self.classes];
                add(&mut errors, weighted.value, row);
            }
            softmax(&mut errors);
            errors[example.class] -= 1.0;
            for weighted in example.features {
                let rate = step * example.weight * weighted.value;
                let row = &mut self.weights[weighted.feature as usize * self.classes..][..self.classes];
                add(row, -rate, &errors);
            }
        }
    }

    /// Hands over what has been learnt so far, into the memory of what was handed over before: the allocator would keep
    /// that of a second classifier for good.
    pub(crate) fn teach(&self, classifier: &mut Classifier) {
        classifier.weights.clear();
        classifier.units.clear();
        for row in self.weights.chunks_exact(self.classes.max(1)) {
            let most = row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
            let unit = most.max(f32::MIN_POSITIVE) / f32::from(i8::MAX);
            // To the nearest: the conversion cuts off, and `round` would be a call for each of a million weights.
            let rounded = row.iter().map(|weight| (weight / unit + 0.5_f32.copysign(*weight)) as i8);
            classifier.weights.extend(rounded);
            classifier.units.push(unit);
        }
        classifier.classes = self.classes;
    }
}

/// The weights as whole multiples of a unit, which each feature has for itself. They are the largest part of a guide in memory,
/// and this takes a quarter of what they take while they are learnt; a weight changes by less than a 250th of its
/// feature's greatest.
#[derive(Debug, Default)]
pub(crate) struct Classifier {
    weights: Vec<i8>,
    units: Vec<f32>,
    classes: usize,
}

impl Classifier {
    /// The same weights again, by what [`Classifier::rows`] gave.
    pub(crate) fn of_rows(weights: Vec<i8>, units: Vec<f32>, classes: usize) -> Classifier {
        Classifier { weights, units, classes }
    }

    /// The weights of each feature for all classes, one feature after another, and the unit of each feature's.
    pub(crate) fn rows(&self) -> (&[i8], &[f32]) {
        (&self.weights, &self.units)
    }

    fn row(&self, weighted: &Weighted) -> &[i8] {
        &self.weights[weighted.feature as usize * self.classes..][..self.classes]
    }

    /// The score of every class for a text.
    pub(crate) fn scores(&self, features: &[Weighted]) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        for weighted in features {
            let value = weighted.value * self.units[weighted.feature as usize];
            for (score, weight) in scores.iter_mut().zip(self.row(weighted)) {
                *score += value * f32::from(*weight);
            }
        }
        scores
    }

    /// How much a feature of a text speaks for `class`, compared with the average class.
    pub(crate) fn contribution(&self, weighted: &Weighted, class: Class) -> f32 {
        let row = self.row(weighted);
        let average = row.iter().map(|weight| f32::from(*weight)).sum::<f32>() / self.classes as f32;
        weighted.value * self.units[weighted.feature as usize] * (f32::from(row[class]) - average)
    }
}
