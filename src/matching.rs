//! Matching: how likely each topic and each boundary is what a question is about.
//!
//! Topics and boundaries are the classes. Two witnesses are heard. The [`classifier`] has learnt from all phrasings
//! which words and pairs of words tell the classes apart; [`nearest`] finds the phrasings most like the question. Their
//! scores are added and turned into probabilities, and [`calibration`] says how far to trust the best topic. Everything
//! is learnt when the guide is loaded, in a fixed order, from nothing but the knowledge.

mod calibration;
mod classifier;
mod features;
mod lessons;
mod nearest;
pub(crate) mod numeric;
mod terms;

use crate::knowledge::Knowledge;
use crate::text::Token;
use calibration::{Calibration, Sample, Signals};
use classifier::{Classifier, Example, Learner};
use features::{Counter, Space, Vector, Weighted};
use lessons::{Lesson, Role, lessons, phrasing};
use nearest::Nearest;
use numeric::softmax;
use terms::{Source, Term, TermUse, Terms};

pub use classifier::Class;

/// How much the nearest phrasings count beside the classifier.
const NEAREST: f32 = 5.0;

/// Passes of training without, and then with, the phrasings kept back.
const FIRST_PASSES: usize = 2;
const LAST_PASSES: usize = 1;

/// Phrasings of one topic are written to differ, so one never seen is harder than most questions, and one seen is easier.
/// What holds for questions is taken from both, in the proportion of Efron's .632 estimator ("Estimating the Error Rate
/// of a Prediction Rule", 1983).
const UNSEEN: f32 = 0.632;
const SEEN: f32 = 1.0 - UNSEEN;

/// The share of patients' questions that the guide answers. A knowledge folder may hold more phrasings of what it does
/// not cover than of what it covers, and that says nothing about what is asked.
const IN_SCOPE: f32 = 0.6;

/// How much a phrasing counts whose boundary is hidden, so that it looks like a question no boundary knows.
const HIDDEN: f32 = 0.5;

/// The compiled knowledge of which words mean which topic.
pub struct Matcher {
    terms: Terms,
    space: Space,
    classifier: Classifier,
    nearest: Nearest,
    calibration: Calibration,
    temperature: f32,
    topics: usize,
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

/// Why a class was ranked as it was.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// What was made of the question's words.
    pub words: Vec<WordEvidence>,
    /// The features that counted most for the class, with their share of its score.
    pub features: Vec<(String, f32)>,
    /// The class's phrasings most like the question, with their likeness.
    pub phrasings: Vec<(String, f32)>,
}

/// What was made of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordEvidence {
    /// The word as it was folded.
    pub word: String,
    /// What it was taken for.
    pub reading: Reading,
}

/// What a word was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The knowledge has it.
    Known,
    /// The knowledge does not have it.
    Unknown,
    /// It was repaired to this.
    Repaired(String),
    /// The vocabulary says that it means this.
    Means(String),
}

/// A phrasing matched as if it were a question.
struct Trial {
    scores: Vec<f32>,
    nearest: Vec<f32>,
    unknown: f32,
    class: Class,
    weight: f32,
}

impl Matcher {
    /// Learns everything from the knowledge.
    pub fn new(knowledge: &Knowledge) -> Matcher {
        let mut terms = Terms::default();
        let lessons = lessons(knowledge, &mut terms);
        terms.learn_vocabulary(&knowledge.vocabulary);
        let mut counter = Counter::default();
        lessons.all.iter().for_each(|lesson| counter.add(&terms.terms_of_learnt(&lessons.terms[lesson.terms.clone()])));
        let (space, vectors) = counter.finish();
        let lessons = lessons.all;
        let taught = lessons.iter().zip(vectors.iter());
        let examples: Vec<Example<'_>> =
            taught.map(|(lesson, features)| Example { features, class: lesson.class, weight: lesson.weight }).collect();

        let classes = knowledge.topics.len() + knowledge.boundaries.len();
        let of_phrasings = lessons.iter().zip(&examples).filter(|(lesson, _)| lesson.role.is_phrasing());
        let phrasings: Vec<(&[Weighted], Class)> =
            of_phrasings.map(|(_, example)| (example.features, example.class)).collect();
        let nearest = Nearest::new(space.len(), classes, &phrasings);
        let mut matcher = Matcher {
            terms,
            classifier: Classifier::default(),
            nearest,
            calibration: Calibration::default(),
            temperature: 1.0,
            topics: knowledge.topics.len(),
            space,
        };
        matcher.train(classes, &lessons, &examples);
        matcher
    }

    fn train(&mut self, classes: usize, lessons: &[Lesson], examples: &[Example<'_>]) {
        let mut learner = Learner::new(self.space.len(), classes);
        let order = shuffled(examples.len());
        let given = |at: &&usize| lessons[**at].role != Role::KeptBack;
        for _ in 0..FIRST_PASSES {
            learner.train(order.iter().filter(given).map(|at| &examples[*at]));
        }
        learner.teach(&mut self.classifier);
        let mut trials = self.trials(lessons, examples, Role::KeptBack, UNSEEN);
        for _ in 0..LAST_PASSES {
            learner.train(order.iter().map(|at| &examples[*at]));
        }
        learner.teach(&mut self.classifier);
        trials.extend(self.trials(lessons, examples, Role::Seen, SEEN));
        self.calibrate(&trials);
    }

    /// Matches the phrasings that have this role, each as if it were a question.
    fn trials(&self, lessons: &[Lesson], examples: &[Example<'_>], role: Role, weight: f32) -> Vec<Trial> {
        let phrasings = lessons.iter().zip(examples).filter(|(lesson, _)| lesson.role.is_phrasing());
        let chosen = phrasings.enumerate().filter(|(_, (lesson, _))| lesson.role == role);
        chosen
            .map(|(number, (_, example))| {
                let vector = self.space.as_stranger(example.features);
                let mut likeness = self.nearest.likeness(&vector.features);
                likeness[number] = 0.0;
                let nearest = self.nearest.by_class(&likeness);
                let scores = self.scores(&vector, &nearest);
                Trial { scores, nearest, unknown: vector.unknown, class: example.class, weight }
            })
            .collect()
    }

    /// Fits temperature and confidence.
    fn calibrate(&mut self, trials: &[Trial]) {
        let scored: Vec<_> = trials.iter().map(|trial| (trial.scores.as_slice(), trial.class, trial.weight)).collect();
        self.temperature = calibration::temperature(&scored);
        let mut samples = Vec::with_capacity(trials.len() * 2);
        for trial in trials {
            samples.push((trial.class < self.topics, self.sample(trial.scores.clone(), trial, trial.weight)));
            if trial.class >= self.topics {
                let mut hidden = trial.scores.clone();
                hidden[trial.class] = f32::NEG_INFINITY;
                samples.push((false, self.sample(hidden, trial, trial.weight * HIDDEN)));
            }
        }
        let samples = weighted_as_asked(samples);
        self.calibration = Calibration::fit(&samples);
    }

    fn sample(&self, scores: Vec<f32>, trial: &Trial, weight: f32) -> Sample {
        let probabilities = self.probabilities(scores);
        let topic = best(&probabilities[..self.topics]);
        let signals = Signals::new(probabilities[topic], trial.nearest[topic], trial.unknown);
        Sample { signals, right: topic == trial.class, weight }
    }

    fn scores(&self, vector: &Vector, nearest: &[f32]) -> Vec<f32> {
        let mut scores = self.classifier.scores(&vector.features);
        for (score, nearest) in scores.iter_mut().zip(nearest) {
            *score += NEAREST * nearest;
        }
        scores
    }

    fn probabilities(&self, mut scores: Vec<f32>) -> Vec<f32> {
        scores.iter_mut().for_each(|score| *score *= self.temperature);
        softmax(&mut scores);
        scores
    }

    /// Ranks all classes for a question.
    pub fn rank(&self, tokens: &[Token]) -> Match {
        let vector = self.space.vector(&self.terms.terms_of(tokens));
        let nearest = self.nearest.by_class(&self.nearest.likeness(&vector.features));
        let probabilities = self.probabilities(self.scores(&vector, &nearest));
        let topic = best(&probabilities[..self.topics]);
        let signals = Signals::new(probabilities[topic], nearest[topic], vector.unknown);
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

    /// Ranks all classes for a question still being typed: its last word may be half a word.
    pub fn rank_half(&self, mut tokens: Vec<Token>) -> Match {
        if let Some(last) = tokens.last_mut()
            && let Some(word) = self.terms.completed(&last.word)
        {
            last.word = word.to_owned();
        }
        self.rank(&tokens)
    }

    /// Why `class` was ranked as it was for a question; `knowledge` is what was learnt from.
    pub fn evidence(&self, knowledge: &Knowledge, tokens: &[Token], class: Class) -> Evidence {
        let uses = self.terms.terms_of(tokens);
        let vector = self.space.vector(&uses);
        let likeness = self.nearest.likeness(&vector.features);
        let nearest = self.nearest.of_class(&likeness, class);
        Evidence {
            words: self.readings(tokens, &uses),
            features: self.strongest_features(tokens, &uses, &vector, class),
            phrasings: nearest
                .into_iter()
                .filter_map(|(at, like)| Some((phrasing(knowledge, class, at)?, like)))
                .collect(),
        }
    }

    fn readings(&self, tokens: &[Token], uses: &[TermUse]) -> Vec<WordEvidence> {
        let mut words = Vec::new();
        for one in uses {
            let word = &tokens[one.token].word;
            let reading = match (one.source, one.term) {
                (Source::Typed, None) => Reading::Unknown,
                (Source::Typed, Some(_)) => Reading::Known,
                (Source::Repaired, _) => Reading::Repaired(self.terms.repaired(word).unwrap_or_default()),
                (Source::Meant, term) => {
                    Reading::Means(term.map(|t| self.terms.stem(t).to_owned()).unwrap_or_default())
                }
            };
            let evidence = WordEvidence { word: word.clone(), reading };
            if words.last() != Some(&evidence) {
                words.push(evidence);
            }
        }
        words
    }

    fn strongest_features(
        &self,
        tokens: &[Token],
        uses: &[TermUse],
        vector: &Vector,
        class: Class,
    ) -> Vec<(String, f32)> {
        const SHOWN: usize = 6;
        let mut features: Vec<(String, f32)> = vector
            .features
            .iter()
            .filter_map(|weighted| {
                let name = self.name_of(weighted.feature, tokens, uses)?;
                Some((name, self.classifier.contribution(weighted, class)))
            })
            .filter(|(_, share)| *share > 0.0)
            .collect();
        features.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        features.truncate(SHOWN);
        features
    }

    /// The words of the question behind a feature.
    fn name_of(&self, feature: features::Feature, tokens: &[Token], uses: &[TermUse]) -> Option<String> {
        let word = |one: &TermUse, term: Term| match one.source {
            Source::Typed => tokens[one.token].word.clone(),
            Source::Repaired | Source::Meant => self.terms.stem(term).to_owned(),
        };
        let single = uses.iter().find_map(|one| {
            let term = one.term.filter(|term| self.space.of_term(*term) == Some(feature))?;
            Some(word(one, term))
        });
        single.or_else(|| {
            uses.windows(2).find_map(|pair| {
                let (a, b) = (pair[0].term?, pair[1].term?);
                let same = self.space.of_pair(a, b) == Some(feature);
                same.then(|| format!("{} {}", word(&pair[0], a), word(&pair[1], b)))
            })
        })
    }
}

/// Gives the samples in scope and those out of scope the weights that such questions have among all that are asked.
fn weighted_as_asked(samples: Vec<(bool, Sample)>) -> Vec<Sample> {
    let mass = |scope: bool| samples.iter().filter(|(of, _)| *of == scope).map(|(_, one)| one.weight).sum::<f32>();
    let (inside, outside) = (mass(true), mass(false));
    let whole = inside + outside;
    let factor = |scope: bool| match scope {
        _ if inside == 0.0 || outside == 0.0 => 1.0,
        true => IN_SCOPE * whole / inside,
        false => (1.0 - IN_SCOPE) * whole / outside,
    };
    let (inside, outside) = (factor(true), factor(false));
    let weigh = |(scope, sample): (bool, Sample)| {
        let weight = sample.weight * if scope { inside } else { outside };
        Sample { weight, ..sample }
    };
    samples.into_iter().map(weigh).collect()
}

fn best(values: &[f32]) -> usize {
    (0..values.len()).max_by(|a, b| values[*a].total_cmp(&values[*b]).then(b.cmp(a))).unwrap_or(0)
}

/// The numbers below `count` in an order that has no pattern and is always the same (Fisher and Yates' shuffle, drawing
/// from a linear congruential generator with Knuth's constants).
fn shuffled(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for at in (1..count).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (state >> 33) as usize % (at + 1));
    }
    order
}
