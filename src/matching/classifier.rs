//! A linear classifier over all classes (topics and boundaries), trained when the guide is loaded.
//!
//! Multinomial logistic regression by stochastic gradient descent, one phrasing at a time in a fixed order; see Bishop,
//! "Pattern Recognition and Machine Learning" (2006), 4.3.4. The weights of one feature for all classes lie side by side,
//! so that the work on one feature is one run over memory.

use super::features::Weighted;
use super::numeric::softmax;

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
/// larger ones reach the same weights in fewer passes, and beyond 6 the last phrasings seen begin to win.
const FIRST_STEP: f32 = 4.0;

/// The weights of every feature for every class.
#[derive(Debug, Default)]
pub(crate) struct Classifier {
    weights: Vec<f32>,
    classes: usize,
    passes: u32,
}

impl Classifier {
    /// Nothing learnt yet.
    pub(crate) fn new(features: usize, classes: usize) -> Classifier {
        Classifier { weights: vec![0.0; features * classes], classes, passes: 0 }
    }

    fn row(&self, weighted: &Weighted) -> &[f32] {
        &self.weights[weighted.feature as usize * self.classes..][..self.classes]
    }

    fn add_scores(&self, features: &[Weighted], scores: &mut [f32]) {
        for weighted in features {
            for (score, weight) in scores.iter_mut().zip(self.row(weighted)) {
                *score += weighted.value * weight;
            }
        }
    }

    /// One pass over the examples, each moving the weights by its error; the steps shrink from pass to pass.
    pub(crate) fn train<'a>(&mut self, examples: impl Iterator<Item = &'a Example<'a>>) {
        let step = FIRST_STEP / (1.0 + 0.5 * self.passes as f32);
        self.passes += 1;
        let mut errors = vec![0.0; self.classes];
        for example in examples {
            errors.fill(0.0);
            self.add_scores(example.features, &mut errors);
            softmax(&mut errors);
            errors[example.class] -= 1.0;
            for weighted in example.features {
                let rate = step * example.weight * weighted.value;
                let row = &mut self.weights[weighted.feature as usize * self.classes..][..self.classes];
                for (weight, error) in row.iter_mut().zip(&errors) {
                    *weight -= rate * error;
                }
            }
        }
    }

    /// The score of every class for a text.
    pub(crate) fn scores(&self, features: &[Weighted]) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        self.add_scores(features, &mut scores);
        scores
    }

    /// How much a feature of a text speaks for `class`, compared with the average class.
    pub(crate) fn contribution(&self, weighted: &Weighted, class: Class) -> f32 {
        let row = self.row(weighted);
        let average = row.iter().sum::<f32>() / self.classes as f32;
        weighted.value * (row[class] - average)
    }
}
