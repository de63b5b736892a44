//! Listening: signs of an emergency in words that no pattern has.
//!
//! Nobody can list all ways to say that a throat is closing, or that somebody gives up. So a second classifier learns
//! from messages that moderators have sorted (`alarms.toml`) and from the examples beside the patterns, with some of the guide's
//! phrasings as more examples of calm. It is heard beside the patterns: where they find nothing, and where they find what is calm.
//!
//! A sign may stand anywhere in a story, so a message is heard piece by piece, and the piece that calls loudest counts. In
//! training too: of a message that calls for help only that piece teaches (Andrews, Tsochantaridis and Hofmann, "Support
//! Vector Machines for Multiple-Instance Learning", 2002).

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Text;
use super::classifier::{Class, Classifier, Example, Learner};
use super::features::{Feature, Space, Weighted, key_of_term, keys};
use super::lessons::shuffled;
use super::meaning::TextVector;
use super::numeric::{add, dot, sigmoid};
use super::terms::{Term, TermUse, Terms};
use crate::knowledge::{Id, Knowledge};
use crate::text::{Token, WIDTH, tokens};

/// A piece has at most so many words: in a longer one the few that matter would count too little.
const LONGEST_PIECE: usize = 40;

/// Passes over all texts, and the step of the first.
const PASSES: usize = 6;
const FIRST_STEP: f32 = 2.0;

/// How much a message teaches that only sounds alarming, beside one that calls for help.
const CALM: f32 = 2.0;

/// A piece teaches as long as the error is greater.
const LEAST_ERROR: f32 = 0.02;

/// One in so many phrasings is an example of calm, for the others say much the same; and so much it teaches, for most of
/// what patients write is like it.
const EVERY: usize = 2;
const PHRASING: f32 = 3.0;

/// One in so many alarming messages is also learnt from as it runs on with a phrasing, each with one so many phrasings after the
/// last; and how much that teaches.
const RUNS_ON: usize = 4;
const STRIDE: usize = 37;
const RUN_ON: f32 = 0.5;

/// A piece is heard as if it had so many unknown words besides: "not now" says too little to be loud.
const UNSAID: usize = 3;

/// Passes over the pieces that call for help, to tell the signs apart.
const PASSES_OF_SIGNS: usize = 3;

/// How much the meaning of the words counts beside the words themselves.
const MEANING: f32 = 1.0;

/// How much is said by there being a message at all, for most are calm.
const ALWAYS: f32 = 0.5;

/// A word or pair that no phrasing has is a feature where so many of the sorted messages have it.
const LEAST: u32 = 2;

/// So many words are named as those that show a sign.
const MOST_WORDS: usize = 5;

/// What has learnt to tell signs from calm.
#[derive(Debug, Default)]
pub(super) struct Listener {
    signs: Vec<Id>,
    others: Others,
    /// Tells a call for help from calm.
    ear: Ear,
    /// Tells the signs apart where there is one.
    which: Classifier,
}

/// What a message sounds like.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// How likely it calls for help, 0 to 1.
    pub alarm: f32,
    /// The piece of it that calls loudest, as tokens.
    pub piece: Range<usize>,
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
    /// Its sentences, as ranges of its words.
    sentences: Vec<Range<usize>>,
}

impl Messages {
    /// The sorted messages of the knowledge and the examples beside the patterns, the alarming ones first. Their words
    /// become terms on the way.
    pub(super) fn new(knowledge: &Knowledge, terms: &mut Terms) -> Messages {
        let mut messages = Messages::default();
        let (Some(alarms), urgent) = (&knowledge.alarms, &knowledge.urgent) else { return messages };
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
        let (start, tokens) = (self.terms.len(), tokens(message));
        terms.learn(&tokens, &mut self.terms);
        self.all.push(Message { sign, terms: start..self.terms.len(), sentences: sentences(&tokens) });
    }

    fn terms_of(&self, message: &Message) -> &[Term] {
        &self.terms[message.terms.clone()]
    }

    /// Some of the alarming messages, each with a phrasing before or behind it and nothing between the two, as many people
    /// write; and the sign.
    fn run_on(&self, phrasings: &[&[Term]]) -> impl Iterator<Item = (Vec<Term>, Class)> {
        let alarming = self.all.iter().filter_map(|message| Some((self.terms_of(message), message.sign?)));
        let others = phrasings.iter().step_by(STRIDE).cycle();
        alarming.step_by(RUNS_ON).zip(others).enumerate().map(|(number, ((message, sign), phrasing))| {
            let both = if number % 2 == 0 { [*phrasing, message] } else { [message, *phrasing] };
            (both.concat(), sign)
        })
    }
}

impl Listener {
    /// Learns from the sorted messages, and from phrasings, given by their words; nothing to hear where there
    /// are no messages.
    pub(super) fn new<'a>(
        knowledge: &Knowledge,
        terms: &Terms,
        space: &Space,
        messages: &Messages,
        phrasings: impl Iterator<Item = &'a [Term]>,
    ) -> Listener {
        if messages.all.is_empty() {
            return Listener::default();
        }
        let uses: Vec<Vec<TermUse>> =
            messages.all.iter().map(|message| terms.terms_of_learnt(messages.terms_of(message))).collect();
        let others = Others::new(space, uses.iter().map(Vec::as_slice));
        let hearing = Hearing { terms, space, others: &others };
        let heard = |(message, uses): (&Message, &Vec<TermUse>)| {
            let pieces = message.sentences.iter().map(|range| hearing.piece(&[], uses, range)).collect();
            Lesson { pieces, sign: message.sign, weight: if message.sign.is_some() { 1.0 } else { CALM } }
        };
        let whole = |words: &[Term], sign, weight| {
            let pieces = vec![hearing.piece(&[], &terms.terms_of_learnt(words), &(0..words.len()))];
            Lesson { pieces, sign, weight }
        };
        let phrasings: Vec<&[Term]> = phrasings.step_by(EVERY).collect();
        let run_on = messages.run_on(&phrasings).map(|(words, sign)| whole(&words, Some(sign), RUN_ON));
        let calm = phrasings.iter().map(|words| whole(words, None, PHRASING));
        let lessons: Vec<Lesson> = messages.all.iter().zip(&uses).map(heard).chain(run_on).chain(calm).collect();
        drop(uses);
        let ear = Ear::trained(hearing.size(), &lessons);
        let signs: Vec<Id> = knowledge.urgent.signs.iter().map(|sign| sign.id.value.clone()).collect();
        let which = signs_apart(Learner::new(hearing.size(), signs.len()), &ear, &lessons);
        Listener { signs, others, ear, which }
    }

    /// What a message sounds like, if there is something to hear.
    pub(super) fn hear(&self, terms: &Terms, space: &Space, text: &Text<'_>) -> Option<Heard> {
        let sentences = sentences(&text.tokens);
        let joined = sentences.windows(2).map(|pair| pair[0].start..pair[1].end).collect::<Vec<_>>();
        let heard = sentences.into_iter().chain(joined).filter_map(|piece| {
            let alarm = self.hear_piece(terms, space, text, &piece)?;
            Some(Heard { alarm, piece })
        });
        heard.max_by(|a, b| a.alarm.total_cmp(&b.alarm))
    }

    /// How likely a piece of a message calls for help, if there is something to hear.
    pub(super) fn hear_piece(
        &self,
        terms: &Terms,
        space: &Space,
        text: &Text<'_>,
        piece: &Range<usize>,
    ) -> Option<f32> {
        let hearing = Hearing { terms, space, others: &self.others };
        (!self.signs.is_empty()).then(|| self.ear.alarm(&hearing.piece(&text.tokens, &text.uses, piece)))
    }

    /// The sign that was heard, and the words that tell.
    pub(super) fn name(
        &self,
        terms: &Terms,
        space: &Space,
        text: &Text<'_>,
        heard: &Heard,
    ) -> (&Id, Vec<Range<usize>>) {
        let hearing = Hearing { terms, space, others: &self.others };
        let piece = hearing.piece(&text.tokens, &text.uses, &heard.piece);
        let scores = self.which.scores(&piece.features);
        // There is a first sign, for something was heard.
        let sign = (1..self.signs.len()).fold(0, |best, sign| if scores[sign] > scores[best] { sign } else { best });
        (&self.signs[sign], self.words(&hearing, text, &heard.piece, &piece))
    }

    /// The words of a piece that speak most for an alarm.
    fn words(&self, hearing: &Hearing<'_>, text: &Text<'_>, range: &Range<usize>, piece: &Piece) -> Vec<Range<usize>> {
        let speaks = |one: &TermUse| {
            let feature = hearing.of_term(one.term?)?;
            let weighted = piece.features.iter().find(|weighted| weighted.feature == feature)?;
            Some((weighted.value * self.ear.features[feature as usize], one.token))
        };
        let inside = text.uses.iter().filter(|one| range.contains(&one.token));
        let mut words: Vec<(f32, usize)> = inside.filter_map(speaks).filter(|(value, _)| *value > 0.0).collect();
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        words.truncate(MOST_WORDS);
        let mut places: Vec<usize> = words.into_iter().map(|(_, token)| token).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|at| at..at + 1).collect()
    }
}

/// Learns which sign each piece shows that calls for help.
fn signs_apart(mut learner: Learner, ear: &Ear, lessons: &[Lesson]) -> Classifier {
    let order = shuffled(lessons.len());
    let shows = |at: &usize| Some((lessons[*at].sign?, ear.loudest(&lessons[*at].pieces)?));
    let shown = order.iter().filter_map(shows);
    let examples: Vec<Example<'_>> =
        shown.map(|(class, piece)| Example { features: &piece.features, class, weight: 1.0 }).collect();
    for _ in 0..PASSES_OF_SIGNS {
        learner.train(examples.iter());
    }
    let mut which = Classifier::default();
    learner.teach(&mut which);
    which
}

/// A text to learn from.
struct Lesson {
    /// Its pieces; a phrasing is one.
    pieces: Vec<Piece>,
    /// Its sign, if it shows one.
    sign: Option<Class>,
    weight: f32,
}

/// A piece of a text as it is heard.
struct Piece {
    features: Vec<Weighted>,
    meaning: TextVector,
}

/// Tells a call for help from calm: logistic regression over the words of a piece and what they mean.
#[derive(Debug, Default)]
struct Ear {
    features: Vec<f32>,
    meaning: Vec<f32>,
    always: f32,
}

impl Ear {
    /// An ear that has learnt from all lessons: the mean of what it was after each of the later passes, for the last texts
    /// seen have more than their share in what it is after any one of them.
    fn trained(features: usize, lessons: &[Lesson]) -> Ear {
        let mut ear = Ear { features: vec![0.0; features], meaning: vec![0.0; WIDTH], always: 0.0 };
        let mut mean = Ear { features: vec![0.0; features], meaning: vec![0.0; WIDTH], always: 0.0 };
        for pass in 0..PASSES {
            ear.go_over(lessons, pass);
            if pass >= PASSES / 2 {
                mean.add(&ear, 1.0 / (PASSES - PASSES / 2) as f32);
            }
        }
        mean
    }

    /// One pass over the lessons. In the first all pieces of a message that calls for help teach, for nobody knows yet
    /// which of them it is.
    fn go_over(&mut self, lessons: &[Lesson], pass: usize) {
        let step = FIRST_STEP / (1.0 + 0.5 * pass as f32);
        for at in shuffled(lessons.len()) {
            let lesson = &lessons[at];
            let (alarms, step) = (lesson.sign.is_some(), step * lesson.weight);
            match self.loudest(&lesson.pieces) {
                Some(loudest) if alarms && pass > 0 => self.learn(loudest, true, step),
                _ => {
                    let share = if alarms { step / lesson.pieces.len() as f32 } else { step };
                    lesson.pieces.iter().for_each(|piece| self.learn(piece, alarms, share));
                }
            }
        }
    }

    fn add(&mut self, other: &Ear, share: f32) {
        add(&mut self.features, share, &other.features);
        add(&mut self.meaning, share, &other.meaning);
        self.always += share * other.always;
    }

    /// How likely the piece calls for help, 0 to 1.
    fn alarm(&self, piece: &Piece) -> f32 {
        let words: f32 = piece.features.iter().map(|one| one.value * self.features[one.feature as usize]).sum();
        sigmoid(self.always + words + MEANING * dot(&self.meaning, piece.meaning.numbers()))
    }

    /// Moves the weights toward what the piece is, by the error and this step.
    fn learn(&mut self, piece: &Piece, alarms: bool, step: f32) {
        let error = if alarms { 1.0 } else { 0.0 } - self.alarm(piece);
        if error.abs() < LEAST_ERROR {
            return;
        }
        let step = step * error;
        for one in piece.features.iter() {
            self.features[one.feature as usize] += step * one.value;
        }
        add(&mut self.meaning, step * MEANING, piece.meaning.numbers());
        self.always += step * ALWAYS;
    }

    /// The piece that calls loudest for help.
    fn loudest<'p>(&self, pieces: &'p [Piece]) -> Option<&'p Piece> {
        match pieces {
            [only] => Some(only),
            _ => pieces.iter().max_by(|a, b| self.alarm(a).total_cmp(&self.alarm(b))),
        }
    }
}

/// Features of the sorted messages that no phrasing has, numbered behind those of the phrasings.
#[derive(Debug, Default)]
struct Others(FxHashMap<u64, Feature>);

impl Others {
    fn new<'a>(space: &Space, texts: impl Iterator<Item = &'a [TermUse]>) -> Others {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for (key, _) in texts.flat_map(keys).filter(|(key, _)| space.number(*key).is_none()) {
            *counts.entry(key).or_insert(0) += 1;
        }
        let mut kept: Vec<u64> = counts.into_iter().filter(|(_, count)| *count >= LEAST).map(|(key, _)| key).collect();
        kept.sort_unstable();
        Others((space.len() as Feature..).zip(kept).map(|(number, key)| (key, number)).collect())
    }
}

/// How a text is heard.
struct Hearing<'a> {
    terms: &'a Terms,
    space: &'a Space,
    others: &'a Others,
}

impl Hearing<'_> {
    /// How many features there are.
    fn size(&self) -> usize {
        self.space.len() + self.others.0.len()
    }

    fn number(&self, key: u64) -> Option<Feature> {
        self.space.number(key).or_else(|| self.others.0.get(&key).copied())
    }

    fn of_term(&self, term: Term) -> Option<Feature> {
        self.number(key_of_term(term))
    }

    /// A piece of a text: its words, and what they mean.
    fn piece(&self, tokens: &[Token], uses: &[TermUse], range: &Range<usize>) -> Piece {
        let uses: Vec<TermUse> = uses.iter().filter(|one| range.contains(&one.token)).copied().collect();
        let known = keys(&uses).into_iter();
        let mut features: Vec<Weighted> =
            known.filter_map(|(key, value)| Some(Weighted { feature: self.number(key)?, value })).collect();
        let strangers = uses.iter().filter(|one| one.term.and_then(|term| self.of_term(term)).is_none()).count();
        let unknown = self.space.weigh(&mut features, strangers + UNSAID);
        let meaning = TextVector::new(self.terms, self.space, tokens, &uses).scaled((1.0 - unknown).sqrt());
        Piece { features, meaning }
    }
}

/// The sentences of a message, cut where they are long.
fn sentences(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let next = at + 1;
        if token.ends_sentence() || next == tokens.len() || next - start == LONGEST_PIECE {
            sentences.push(start..next);
            start = next;
        }
    }
    sentences
}
