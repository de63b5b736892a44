//! Matching: how likely each topic and each boundary is what a question is about.
//!
//! Topics and boundaries are the classes. Three witnesses are heard. The [`classifier`] has learnt from all phrasings
//! which words and pairs of words tell the classes apart; [`nearest`] finds the phrasings most like the question; and
//! [`meaning`] compares what the words mean, whichever they are. Their scores are added and turned into probabilities,
//! and [`calibration`] says how far to trust the best topic. All this is learnt when the guide is loaded ([`training`]), in a
//! fixed order. The [`listener`], which hears calls for help, has learnt ahead.

mod calibration;
mod classifier;
mod evidence;
mod features;
mod lessons;
mod listener;
mod meaning;
mod nearest;
mod numeric;
mod part;
mod terms;
mod training;

use std::borrow::Cow;
use std::ops::Range;

use crate::text::Token;
use calibration::{Calibration, Signals};
use classifier::Classifier;
use features::{Space, Vector};
use listener::Listener;
use meaning::{Meaning, TextVector};
use nearest::Nearest;
use numeric::softmax;
use terms::{TermUse, Terms};

pub use classifier::Class;
pub use evidence::{Evidence, Reading, WordEvidence};
pub use listener::{Heard, Named, is_learnt_from, learnt};
pub use part::Part;

/// How much the nearest phrasings count beside the classifier.
const NEAREST: f32 = 5.0;
/// How much the meaning of the words counts beside the classifier.
const MEANING: f32 = 4.0;

/// How much more likely than without it a topic is after an answer about it: people go on with what they began, and "and
/// for three?" says nothing else.
const AGAIN: f32 = 12.0;

/// The compiled knowledge of which words mean which topic.
pub struct Matcher {
    terms: Terms,
    space: Space,
    classifier: Classifier,
    nearest: Nearest,
    meaning: Meaning,
    calibration: Calibration,
    listener: Listener,
    temperature: f32,
    topics: usize,
    /// The part that is left out.
    without: Option<Part>,
}

/// A text with its words as the knowledge knows them.
pub struct Text<'t> {
    tokens: Cow<'t, [Token]>,
    uses: Vec<TermUse>,
}

impl<'t> Text<'t> {
    fn new(terms: &Terms, tokens: Cow<'t, [Token]>) -> Text<'t> {
        let uses = terms.terms_of(&tokens);
        Text { tokens, uses }
    }
}

/// What matching finds out about a question.
#[derive(Clone, Debug)]
pub struct Match {
    /// Every class with its probability among all, best first; ties by class.
    pub ranking: Vec<Candidate>,
    /// The probability that the best topic is a right answer.
    pub confidence: f32,
    /// The share of the question that the knowledge does not have, 0 to 1.
    pub unknown: f32,
}

/// A class and how likely it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// A topic, or a boundary behind the topics.
    pub class: Class,
    /// Its probability among all classes, 0 to 1.
    pub probability: f32,
}

impl Matcher {
    /// The score of every class, from what the three witnesses say.
    fn scores(&self, vector: &Vector, nearest: &[f32], meaning: &[f32]) -> Vec<f32> {
        let [of_classifier, of_nearest, of_meaning] = self.weights();
        let mut scores = self.classifier.scores(&vector.features);
        for ((score, nearest), meaning) in scores.iter_mut().zip(nearest).zip(meaning) {
            *score = of_classifier * *score + of_nearest * nearest + of_meaning * meaning;
        }
        scores
    }

    /// How much each witness counts.
    fn weights(&self) -> [f32; 3] {
        let weigh = |part, weight| if self.without == Some(part) { 0.0 } else { weight };
        [weigh(Part::Classifier, 1.0), weigh(Part::Nearest, NEAREST), weigh(Part::Meaning, MEANING)]
    }

    fn probabilities(&self, mut scores: Vec<f32>) -> Vec<f32> {
        scores.iter_mut().for_each(|score| *score *= self.temperature);
        softmax(&mut scores);
        scores
    }

    /// A text as the knowledge knows its words.
    pub fn read<'t>(&self, tokens: &'t [Token]) -> Text<'t> {
        Text::new(&self.terms, tokens.into())
    }

    /// A part of a text, as tokens; its words are not repaired again.
    pub fn part<'t>(&self, text: &'t Text<'_>, part: Range<usize>) -> Text<'t> {
        let uses = self.terms.terms_of_part(&text.uses, &part);
        Text { tokens: text.tokens[part].into(), uses }
    }

    /// Ranks all classes for a question.
    pub fn rank(&self, tokens: &[Token]) -> Match {
        self.rank_after(&self.read(tokens), &[])
    }

    /// Ranks all classes for a question asked in reply to an answer about the classes `before`.
    pub fn rank_after(&self, text: &Text<'_>, before: &[Class]) -> Match {
        let vector = self.space.vector(&text.uses);
        let nearest = self.nearest.by_class(&self.nearest.likeness(&vector.features));
        let meaning = self.meaning.nearness(&TextVector::new(&self.terms, &self.space, &text.tokens, &text.uses));
        let mut probabilities = self.probabilities(self.scores(&vector, &nearest, &meaning));
        expect_more_of(before, &mut probabilities);
        let topic = best(&probabilities[..self.topics]);
        let signals = Signals::new(probabilities[topic], nearest[topic], meaning[topic], vector.unknown);
        let mut ranking: Vec<Candidate> = probabilities
            .into_iter()
            .enumerate()
            .map(|(class, probability)| Candidate { class, probability })
            .collect();
        ranking.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.class.cmp(&b.class)));
        // Nothing known is nothing found, however the classes share what is left.
        let nothing = vector.features.is_empty();
        let confidence = if nothing { 0.0 } else { self.calibration.confidence(signals) };
        Match { ranking, confidence, unknown: vector.unknown }
    }

    /// How much a message sounds like a call for help, in whatever words; `None` where it has no word, or the knowledge no sign that
    /// was learnt.
    pub fn hear(&self, text: &Text<'_>) -> Option<Heard> {
        self.listener.hear(&self.terms, text)
    }

    /// The log-odds that this piece of the message, as tokens, calls for help; `None` as in [`Matcher::hear`].
    pub fn hear_piece(&self, text: &Text<'_>, piece: &Range<usize>) -> Option<f32> {
        self.listener.hear_piece(&self.terms, text, piece)
    }

    /// What was heard, more exactly.
    pub fn name(&self, text: &Text<'_>, heard: &Heard) -> Named<'_> {
        self.listener.name(&self.terms, text, heard)
    }

    /// Ranks all classes for a question still being typed: its last word may be half a word.
    pub fn rank_half(&self, mut tokens: Vec<Token>) -> Match {
        if let Some(last) = tokens.last_mut()
            && let Some(word) = self.terms.completed(&last.word)
        {
            last.word = word.to_owned();
        }
        self.rank(&tokens)
    }
}

/// Weighs the probabilities by what is asked next after an answer about the classes `before`.
fn expect_more_of(before: &[Class], probabilities: &mut [f32]) {
    before.iter().for_each(|class| probabilities[*class] *= AGAIN);
    let whole: f32 = probabilities.iter().sum();
    probabilities.iter_mut().for_each(|probability| *probability /= whole);
}

fn best(values: &[f32]) -> usize {
    (0..values.len()).max_by(|a, b| values[*a].total_cmp(&values[*b]).then(b.cmp(a))).unwrap_or(0)
}
