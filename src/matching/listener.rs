//! Listening: signs of an emergency in words that no pattern has.
//!
//! Nobody can list all ways to say that a throat is closing, or that somebody gives up. So a second classifier learns
//! from messages that moderators have sorted (`alarms.toml`) and from the examples beside the patterns, with the guide's
//! phrasings as more examples of calm. It is heard beside the patterns: where they find nothing, and where they find what is calm.
//!
//! It is logistic regression over the words of a message and its pairs of words, with up to one word between the two (skip-grams:
//! Guthrie and others, "A Closer Look at Skip-gram Modelling", 2006); pairs tell "can't breathe" from "can't wait". A sign may
//! stand anywhere in a story, so a long message is heard in stretches.

use std::ops::Range;

use super::Text;
use super::classifier::{Class, Classifier, Example, Learner};
use super::features::{Counter, Scheme, Space, Vector, Weighted};
use super::lessons::shuffled;
use super::numeric::{add, exp, ln, sigmoid};
use super::terms::{Source, Term, TermUse, Terms, typed};
use crate::knowledge::{Id, Knowledge};
use crate::parallel;
use crate::text::{Token, tokens};

/// A stretch has at most so many words: in a longer one the few that matter would count too little.
const LONGEST: usize = 25;

/// Fewer sorted messages tell too little to be heard beside the patterns.
const LEAST_MESSAGES: usize = 1000;

/// How messages become vectors: pairs tell more here than about topics.
const SCHEME: Scheme = Scheme { least_pairs: 2, reach: 2, unsaid: 3, squared: true };

/// Passes over all texts; of the later ones the mean is kept, for the last texts seen have more than their share in what is
/// known after any one pass.
const PASSES: usize = 6;
const KEPT_FROM: usize = PASSES / 2;

/// The step of the first pass, and by how much of it each later one is smaller.
const FIRST_STEP: f32 = 5.0;
const SHRINKING: f32 = 0.1;

/// A message sorted as calm teaches so much more than any other text, for it was written because it is easily misheard.
const CALM_MESSAGE: f32 = 2.0;

/// A text teaches as long as the error is greater.
const LEAST_ERROR: f32 = 0.02;

/// One in so many alarming messages of at most so many words is also learnt from as it runs on with a phrasing, each with one
/// so many phrasings after the last: short ones go under easily.
const RUNS_ON: usize = 3;
const SHORT: usize = 15;
const STRIDE: usize = 37;

/// How fast is learnt what any message says, for most are calm, beside what a word says.
const ALWAYS: f32 = 0.25;

/// Passes over the messages that call for help, to tell the signs apart.
const PASSES_OF_SIGNS: usize = 2;

/// Beside the loudest sentence those are part of the call whose log-odds of being one are not less than this: one in ten.
const QUIET: f32 = -2.2;

/// So many words are named as those that show a sign.
const MOST_WORDS: usize = 5;

/// What has learnt to tell signs from calm.
#[derive(Debug, Default)]
pub(super) struct Listener {
    signs: Vec<Id>,
    space: Space,
    /// How much each feature speaks for a call for help.
    weights: Vec<f32>,
    /// How much any message does.
    always: f32,
    /// Tells the signs apart where there is one.
    which: Classifier,
}

/// What a message sounds like.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// The log-odds that it calls for help: above 0 it is more likely than not.
    pub log_odds: f32,
    /// The stretch of it that calls loudest, as tokens.
    pub stretch: Range<usize>,
}

/// What was heard, more exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<'g> {
    /// The sign that it sounds like.
    pub sign: &'g Id,
    /// The words that tell, as tokens in order.
    pub words: Vec<Range<usize>>,
    /// The sentences that are part of the call, as tokens; the others are about something else.
    pub sentences: Vec<Range<usize>>,
}

/// The sorted messages, once their words are terms.
#[derive(Default)]
pub(super) struct Messages {
    all: Vec<Message>,
    /// The words of all messages, one after another.
    terms: Vec<Term>,
}

struct Message {
    /// The sign that it shows, if it shows one.
    sign: Option<Class>,
    /// Its words, as a range of [`Messages::terms`].
    terms: Range<usize>,
}

impl Messages {
    /// The sorted messages of the knowledge, if there are enough, and the examples beside the patterns, the alarming ones
    /// first. Their words become terms on the way.
    pub(super) fn new(knowledge: &Knowledge, terms: &mut Terms) -> Messages {
        let mut messages = Messages::default();
        let enough = knowledge.alarms.as_ref().filter(|alarms| alarms.messages().count() >= LEAST_MESSAGES);
        let (Some(alarms), urgent) = (enough, &knowledge.urgent) else { return messages };
        for (sign, entry) in urgent.signs.iter().enumerate() {
            let of_sign = alarms.alarms.iter().filter(|alarm| alarm.sign.value == entry.id.value);
            let sorted = of_sign.flat_map(|alarm| &alarm.messages);
            sorted.chain(&entry.examples).for_each(|message| messages.add(message, Some(sign), terms));
        }
        let set_aside = urgent.cues.set_aside.iter().flat_map(|entry| &entry.examples);
        let calm = alarms.calm.iter().chain(set_aside).chain(&urgent.ordinary);
        calm.for_each(|message| messages.add(message, None, terms));
        messages
    }

    fn add(&mut self, message: &str, sign: Option<Class>, terms: &mut Terms) {
        let start = self.terms.len();
        terms.learn(&tokens(message), &mut self.terms);
        self.all.push(Message { sign, terms: start..self.terms.len() });
    }

    fn texts(&self) -> impl Iterator<Item = (&[Term], Option<Class>)> {
        self.all.iter().map(|message| (&self.terms[message.terms.clone()], message.sign))
    }

    /// Some of the alarming messages, each with a phrasing before or behind it and nothing between the two, as many people
    /// write; and the sign.
    fn run_on(&self, phrasings: &[&[Term]]) -> impl Iterator<Item = (Vec<Term>, Option<Class>)> {
        let alarming = self.texts().filter(|(words, sign)| sign.is_some() && words.len() <= SHORT);
        let others = phrasings.iter().step_by(STRIDE).cycle();
        alarming.step_by(RUNS_ON).zip(others).enumerate().map(|(number, ((message, sign), phrasing))| {
            let both = if number % 2 == 0 { [*phrasing, message] } else { [message, *phrasing] };
            (both.concat(), sign)
        })
    }
}

impl Listener {
    /// Learns from the sorted messages, and from phrasings, given by their words; there is nothing to hear without messages.
    pub(super) fn new<'a>(
        knowledge: &Knowledge,
        messages: &Messages,
        phrasings: impl Iterator<Item = &'a [Term]>,
    ) -> Listener {
        if messages.all.is_empty() {
            return Listener::default();
        }
        let phrasings: Vec<&[Term]> = phrasings.collect();
        let mut counter = Counter::new(SCHEME);
        let mut shown = Vec::with_capacity(2 * messages.all.len() + phrasings.len());
        let mut learn = |words: &[Term], sign: Option<Class>, weight| {
            counter.add(&typed(words));
            shown.push((sign, weight));
        };
        let of_message = |sign: Option<Class>| if sign.is_some() { 1.0 } else { CALM_MESSAGE };
        messages.texts().for_each(|(words, sign)| learn(words, sign, of_message(sign)));
        messages.run_on(&phrasings).for_each(|(words, sign)| learn(&words, sign, 1.0));
        phrasings.iter().for_each(|words| learn(words, None, 1.0));
        let (space, vectors) = counter.finish();
        let lesson = |(features, (sign, weight))| Lesson { features, sign, weight };
        let lessons: Vec<Lesson<'_>> = vectors.iter().zip(shown).map(lesson).collect();
        let signs: Vec<Id> = knowledge.urgent.signs.iter().map(|sign| sign.id.value.clone()).collect();
        let learner = Learner::new(space.terms(), signs.len());
        let (which, (weights, always)) =
            parallel::join(|| signs_apart(learner, &space, &lessons), || trained(space.len(), &lessons));
        Listener { signs, weights, always, which, space }
    }

    /// What a message sounds like, if there is something to hear. Any of its stretches may be the one that calls, and the more there
    /// are, the less likely is each: the odds are the mean of theirs.
    pub(super) fn hear(&self, text: &Text<'_>) -> Option<Heard> {
        let stretches = stretches(&text.tokens);
        let heard: Vec<f32> = stretches.iter().map(|stretch| self.hear_piece(text, stretch)).collect::<Option<_>>()?;
        let loudest = (0..heard.len()).max_by(|a, b| heard[*a].total_cmp(&heard[*b]))?;
        Some(Heard { log_odds: mean_odds(&heard, heard[loudest]), stretch: stretches[loudest].clone() })
    }

    /// The log-odds that a piece of a message calls for help, if there is something to hear.
    pub(super) fn hear_piece(&self, text: &Text<'_>, piece: &Range<usize>) -> Option<f32> {
        if self.signs.is_empty() {
            return None;
        }
        Some(speaks(&self.weights, self.always, &self.vector(text, piece).features))
    }

    fn vector(&self, text: &Text<'_>, piece: &Range<usize>) -> Vector {
        let inside = text.uses.iter().filter(|one| piece.contains(&one.token) && one.source != Source::Meant);
        self.space.vector(&inside.copied().collect::<Vec<TermUse>>())
    }

    /// What was heard, more exactly.
    pub(super) fn name(&self, text: &Text<'_>, heard: &Heard) -> Named<'_> {
        let scores = self.which.scores(self.space.single_terms(&self.vector(text, &heard.stretch).features));
        // There is a first sign, for something was heard.
        let sign = (1..self.signs.len()).fold(0, |best, sign| if scores[sign] > scores[best] { sign } else { best });
        let loudness = |sentence: &Range<usize>| self.hear_piece(text, sentence).unwrap_or(f32::NEG_INFINITY);
        let inside = |sentence: &Range<usize>| sentence.start < heard.stretch.end && heard.stretch.start < sentence.end;
        let sentences = sentences(&text.tokens);
        let in_stretch = sentences.iter().filter(|sentence| inside(sentence));
        let loudest = in_stretch.max_by(|a, b| loudness(a).total_cmp(&loudness(b))).cloned().unwrap_or_default();
        let call = sentences.into_iter().filter(|sentence| *sentence == loudest || loudness(sentence) >= QUIET);
        Named { sign: &self.signs[sign], words: self.words(text, &loudest), sentences: call.collect() }
    }

    /// The words of a sentence that speak most for an alarm; all of them where only pairs do.
    fn words(&self, text: &Text<'_>, sentence: &Range<usize>) -> Vec<Range<usize>> {
        let vector = self.vector(text, sentence);
        let speaks = |one: &TermUse| {
            let feature = self.space.of_term(one.term?)?;
            let weighted = vector.features.iter().find(|weighted| weighted.feature == feature)?;
            Some((weighted.value * self.weights[feature as usize], one.token))
        };
        let inside = text.uses.iter().filter(|one| sentence.contains(&one.token));
        let mut words: Vec<(f32, usize)> = inside.filter_map(speaks).filter(|(value, _)| *value > 0.0).collect();
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        words.truncate(MOST_WORDS);
        let mut places: Vec<usize> = words.into_iter().map(|(_, token)| token).collect();
        places.sort_unstable();
        places.dedup();
        if places.is_empty() {
            return vec![sentence.clone()];
        }
        places.into_iter().map(|at| at..at + 1).collect()
    }
}

/// A text to learn from.
struct Lesson<'v> {
    features: &'v [Weighted],
    /// The sign that it shows, if it shows one.
    sign: Option<Class>,
    /// How much it teaches.
    weight: f32,
}

/// Learns which sign each message shows that calls for help, by its words alone: they tell enough, and pairs are many.
fn signs_apart(mut learner: Learner, space: &Space, lessons: &[Lesson<'_>]) -> Classifier {
    let example = |at: usize| {
        let Lesson { features, sign, .. } = lessons[at];
        Some(Example { features: space.single_terms(features), class: sign?, weight: 1.0 })
    };
    let examples: Vec<Example<'_>> = shuffled(lessons.len()).into_iter().filter_map(example).collect();
    for _ in 0..PASSES_OF_SIGNS {
        learner.train(examples.iter());
    }
    let mut which = Classifier::default();
    learner.teach(&mut which);
    which
}

/// The logarithm of the mean of odds, given by their logarithms, of which `most` is the greatest.
fn mean_odds(log_odds: &[f32], most: f32) -> f32 {
    most + ln(log_odds.iter().map(|one| exp(one - most)).sum::<f32>() / log_odds.len() as f32)
}

/// The log-odds that a text with these features calls for help.
fn speaks(weights: &[f32], always: f32, features: &[Weighted]) -> f32 {
    always + features.iter().map(|one| one.value * weights[one.feature as usize]).sum::<f32>()
}

/// The weight of every feature, and what is said by any text: logistic regression by stochastic gradient descent, averaged
/// (Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992).
fn trained(features: usize, lessons: &[Lesson<'_>]) -> (Vec<f32>, f32) {
    let (mut weights, mut always) = (vec![0.0; features], 0.0);
    let (mut mean, mut mean_always) = (vec![0.0; features], 0.0);
    let order = shuffled(lessons.len());
    for pass in 0..PASSES {
        let step = FIRST_STEP / (1.0 + SHRINKING * pass as f32);
        for at in &order {
            let Lesson { features, sign, weight } = lessons[*at];
            let wanted = if sign.is_some() { 1.0 } else { 0.0 };
            let error = weight * (wanted - sigmoid(speaks(&weights, always, features)));
            if error.abs() >= LEAST_ERROR {
                features.iter().for_each(|one| weights[one.feature as usize] += step * error * one.value);
                always += step * error * ALWAYS;
            }
            // Every step counts here: the last message seen moves this weight most.
            if pass >= KEPT_FROM {
                mean_always += always / (order.len() * (PASSES - KEPT_FROM)) as f32;
            }
        }
        if pass >= KEPT_FROM {
            let share = 1.0 / (PASSES - KEPT_FROM) as f32;
            add(&mut mean, share, &weights);
        }
    }
    (mean, mean_always)
}

/// The sentences of a message.
fn sentences(tokens: &[Token]) -> Vec<Range<usize>> {
    let ends = (1..=tokens.len()).filter(|end| tokens[end - 1].ends_sentence() || *end == tokens.len());
    let mut start = 0;
    ends.map(|end| std::mem::replace(&mut start, end)..end).collect()
}

/// The message in stretches of whole sentences, each as long as may be. A longer sentence is cut in pieces of half that
/// length, so that no sign is cut in two in every stretch.
fn stretches(tokens: &[Token]) -> Vec<Range<usize>> {
    let cut = |sentence: Range<usize>| {
        let most = if sentence.len() > LONGEST { LONGEST / 2 } else { LONGEST };
        sentence.clone().step_by(most).map(move |start| start..(start + most).min(sentence.end))
    };
    let pieces: Vec<Range<usize>> = sentences(tokens).into_iter().flat_map(cut).collect();
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (at, first) in pieces.iter().enumerate() {
        let inside = pieces[at..].iter().take_while(|piece| piece.end - first.start <= LONGEST);
        let end = inside.last().map_or(first.end, |piece| piece.end);
        if stretches.last().is_none_or(|last| last.end < end) {
            stretches.push(first.start..end);
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches_of(text: &str) -> Vec<Range<usize>> {
        stretches(&tokens(text))
    }

    #[test]
    fn one_loud_stretch_of_many_is_no_alarm() {
        let heard = |log_odds: &[f32]| mean_odds(log_odds, log_odds[0]);
        assert_eq!([heard(&[1.5]), heard(&[2.0, 2.0])], [1.5, 2.0]);
        assert!(heard(&[1.0, -9.0]) > 0.0 && heard(&[1.0, -9.0, -9.0, -9.0]) < 0.0);
    }

    #[test]
    fn a_message_is_heard_in_stretches_of_whole_sentences() {
        assert_eq!(stretches_of(""), []);
        let ten_words = "one two three four five six seven eight nine ten. ";
        assert_eq!(stretches_of(&ten_words.repeat(2)).first(), Some(&(0..20)));
        assert_eq!(stretches_of(&ten_words.repeat(4)), [0..20, 10..30, 20..40]);
    }

    #[test]
    fn a_sentence_too_long_for_a_stretch_is_cut() {
        assert_eq!(stretches_of(&"word ".repeat(60)), [0..24, 12..36, 24..48, 36..60]);
    }
}
