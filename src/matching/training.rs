//! Training: from the knowledge to a [`Matcher`].
//!
//! Part of the phrasings is kept back at first and matched as if patients had asked them, to see how far scores can be
//! trusted; then these are learnt too.

use super::calibration::{self, Calibration, Sample, Signals};
use super::classifier::{Class, Classifier, Example, Learner};
use super::features::{Counter, Space, Weighted};
use super::lessons::{Lesson, Lessons, Role, lessons, shuffled};
use super::listener::Listener;
use super::meaning::{Meaning, Sums, TextVector};
use super::nearest::Nearest;
use super::terms::{Term, Terms};
use super::{Matcher, Part, best};
use crate::knowledge::Knowledge;
use crate::parallel;

/// Phrasings of one topic are written to differ, so one never seen is harder than most questions, and one seen is easier.
/// What holds for questions is taken from both, in the proportion of Efron's .632 estimator ("Estimating the Error Rate
/// of a Prediction Rule", 1983).
const UNSEEN: f32 = 0.632;
const SEEN: f32 = 1.0 - UNSEEN;

/// The share of patients' questions that the guide answers. A knowledge folder may hold more phrasings of what it does
/// not cover than of what it covers, and that says nothing about what is asked.
const IN_SCOPE: f32 = 0.6;

/// A pair of terms is a feature where so many texts have it: a rarer one says little more than its words, and there are many.
const LEAST_PAIRS: u32 = 4;

/// How much a phrasing counts whose class is hidden, so that it looks like a question that no class knows.
const HIDDEN: f32 = 0.5;

/// What there is to learn.
struct Course<'k> {
    lessons: &'k Lessons,
    /// The lessons as examples for the classifier.
    examples: Vec<Example<'k>>,
}

/// A phrasing matched as if it were a question.
struct Trial {
    scores: Vec<f32>,
    nearest: Vec<f32>,
    nearness: Vec<f32>,
    unknown: f32,
    class: Class,
    weight: f32,
}

impl Matcher {
    /// Learns everything from the knowledge.
    pub fn new(knowledge: &Knowledge) -> Matcher {
        Matcher::trained(knowledge, None)
    }

    /// The same without one part.
    pub fn without(knowledge: &Knowledge, part: Part) -> Matcher {
        Matcher::trained(knowledge, Some(part))
    }

    fn trained(knowledge: &Knowledge, without: Option<Part>) -> Matcher {
        let mut terms = Terms::without(without);
        let mut lessons = lessons(knowledge, &mut terms);
        match without {
            Some(Part::Answers) => lessons.all.retain(|lesson| lesson.role.is_phrasing()),
            Some(Part::Boundaries) => lessons.all.retain(|lesson| lesson.class < knowledge.topics.len()),
            _ => {}
        }
        let matcher = Matcher::of_lessons(&lessons, terms, knowledge, without);
        let listener = Listener::new(knowledge, &matcher.terms);
        Matcher { listener, ..matcher }
    }

    /// What the lessons teach, given the terms of all texts.
    fn of_lessons(lessons: &Lessons, mut terms: Terms, knowledge: &Knowledge, without: Option<Part>) -> Matcher {
        let classes = knowledge.topics.len() + knowledge.boundaries.len();
        let vocabulary = if without == Some(Part::Vocabulary) { &[] } else { knowledge.vocabulary.as_slice() };
        // What people say who call for help is spelled right too.
        terms.learn_vocabulary(vocabulary, Listener::words());
        let mut counter = match without {
            Some(Part::Pairs) => Counter::new(u32::MAX),
            _ => Counter::new(LEAST_PAIRS),
        };
        lessons.all.iter().for_each(|lesson| counter.add(&terms.terms_of_learnt(lessons.terms_of(lesson))));
        let (space, vectors) = counter.finish();
        let example =
            |(lesson, features): (&Lesson, _)| Example { features, class: lesson.class, weight: lesson.weight };
        let examples: Vec<Example<'_>> = lessons.all.iter().zip(vectors.iter()).map(example).collect();
        let of_phrasings = lessons.all.iter().zip(&examples).filter(|(lesson, _)| lesson.role.is_phrasing());
        let phrasings: Vec<(&[Weighted], Class)> =
            of_phrasings.map(|(_, example)| (example.features, example.class)).collect();
        let mut matcher = Matcher {
            classifier: Classifier::default(),
            nearest: Nearest::new(space.len(), classes, &phrasings),
            meaning: Meaning::default(),
            calibration: Calibration::default(),
            listener: Listener::default(),
            temperature: 1.0,
            topics: knowledge.topics.len(),
            without,
            terms,
            space,
        };
        matcher.train(classes, &Course { lessons, examples });
        matcher
    }

    fn train(&mut self, classes: usize, course: &Course<'_>) {
        let mut learner = Learner::new(self.space.len(), classes);
        let order = shuffled(course.examples.len());
        let meant = course.lessons.all.iter().map(|lesson| {
            (meaning(&self.terms, &self.space, course.lessons.terms_of(lesson)), lesson.class, lesson.weight)
        });
        let given = order.iter().filter(|at| course.lessons.all[**at].role != Role::KeptBack);
        let (sums, ()) =
            parallel::join(|| Sums::new(classes, meant), || learner.train(given.map(|at| &course.examples[*at])));
        learner.teach(&mut self.classifier);
        self.meaning = sums.meaning();
        // What the first pass has taught is tried out while the second goes on.
        let (mut trials, ()) = parallel::join(
            || self.trials(course, &sums, Role::KeptBack, UNSEEN),
            || learner.train(order.iter().map(|at| &course.examples[*at])),
        );
        learner.teach(&mut self.classifier);
        trials.extend(self.trials(course, &sums, Role::Seen, SEEN));
        self.calibrate(&trials);
    }

    /// Matches the phrasings that have this role, each as if it were a question.
    fn trials(&self, course: &Course<'_>, sums: &Sums, role: Role, weight: f32) -> Vec<Trial> {
        let phrasings = course.lessons.all.iter().zip(&course.examples).filter(|(lesson, _)| lesson.role.is_phrasing());
        let chosen: Vec<_> = phrasings.enumerate().filter(|(_, (lesson, _))| lesson.role == role).collect();
        let all = |chosen: &[(usize, _)]| -> Vec<Trial> {
            chosen.iter().map(|(number, lesson)| self.trial(course, sums, *number, *lesson, weight)).collect()
        };
        let (some, others) = chosen.split_at(chosen.len() / 2);
        let (mut trials, others) = parallel::join(|| all(some), || all(others));
        trials.extend(others);
        trials
    }

    /// Matches the phrasing with this number among all, as far as others tell what it is about.
    fn trial(
        &self,
        course: &Course<'_>,
        sums: &Sums,
        number: usize,
        (lesson, example): (&Lesson, &Example<'_>),
        weight: f32,
    ) -> Trial {
        let vector = self.space.as_stranger(example.features);
        let mut likeness = self.nearest.likeness(&vector.features);
        likeness.forget(number);
        let nearest = self.nearest.by_class(&likeness);
        let own = meaning(&self.terms, &self.space, course.lessons.terms_of(lesson));
        let mut nearness = self.meaning.nearness(&own);
        nearness[lesson.class] = sums.nearness_to_others(&own, lesson.class, lesson.weight);
        let scores = self.scores(&vector, &nearest, &nearness);
        Trial { scores, nearest, nearness, unknown: vector.unknown, class: lesson.class, weight }
    }

    /// Fits temperature and confidence.
    fn calibrate(&mut self, trials: &[Trial]) {
        let scored: Vec<_> = trials.iter().map(|trial| (trial.scores.as_slice(), trial.class, trial.weight)).collect();
        self.temperature = calibration::temperature(&scored);
        let mut samples = Vec::with_capacity(trials.len() * 2);
        for trial in trials {
            samples.push((trial.class < self.topics, self.sample(trial.scores.clone(), trial, trial.weight)));
            let mut hidden = trial.scores.clone();
            hidden[trial.class] = f32::NEG_INFINITY;
            samples.push((false, self.sample(hidden, trial, trial.weight * HIDDEN)));
        }
        let samples = weighted_as_asked(samples);
        self.calibration = Calibration::fit(&samples);
    }

    fn sample(&self, scores: Vec<f32>, trial: &Trial, weight: f32) -> Sample {
        let probabilities = self.probabilities(scores);
        let topic = best(&probabilities[..self.topics]);
        let signals = Signals::new(probabilities[topic], trial.nearest[topic], trial.nearness[topic], trial.unknown);
        Sample { signals, right: topic == trial.class, weight }
    }
}

/// What a text of the knowledge means.
fn meaning(terms: &Terms, space: &Space, learnt: &[Term]) -> TextVector {
    TextVector::new(terms, space, &[], &terms.terms_of_learnt(learnt))
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
