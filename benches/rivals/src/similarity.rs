//! The plainest thing that works: compare the question with every phrasing.

use crate::Rival;
use crate::texts::Texts;

/// A measure of likeness, 0 to 1.
type Likeness = fn(&str, &str) -> f64;

/// All phrasings, and how to compare them.
pub(crate) struct Strsim {
    texts: Vec<(usize, String)>,
    classes: usize,
    likeness: Likeness,
}

impl Strsim {
    pub(crate) fn new(texts: &Texts, likeness: Likeness) -> Strsim {
        let lower = texts.texts.iter().map(|(class, text)| (*class, text.to_lowercase()));
        Strsim { texts: lower.collect(), classes: texts.classes.len(), likeness }
    }
}

impl Rival for Strsim {
    fn scores(&self, question: &str) -> Vec<f32> {
        let question = question.to_lowercase();
        let mut scores = vec![0.0_f32; self.classes];
        for (class, text) in &self.texts {
            scores[*class] = scores[*class].max((self.likeness)(&question, text) as f32);
        }
        scores
    }
}
