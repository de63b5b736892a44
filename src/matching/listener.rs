//! Listening: signs of an emergency in words that no pattern has.
//!
//! Nobody can list all ways to say that a throat is closing, or that somebody gives up. So a second classifier learns
//! from messages that moderators have sorted (`alarms.toml`), with the guide's phrasings as more examples of calm.
//!
//! A sign may stand anywhere in a story, so a message is heard piece by piece, and the piece that calls loudest counts. In
//! training too: of a message that calls for help only that piece teaches (Andrews, Tsochantaridis and Hofmann, "Support
//! Vector Machines for Multiple-Instance Learning", 2002).

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Text;
use super::classifier::{Class, Classifier, Example, Learner};
use super::features::{Feature, Space, Weighted, key_of_term, keys};
use super::lessons::shuffled;
use super::meaning::TextVector;
use super::numeric::{add, dot, sigmoid};
use super::terms::{Term, TermUse, Terms};
use crate::knowledge::{Alarms, Id, Knowledge};
use crate::text::{Token, WIDTH, tokens};

/// So likely must it be that a piece calls for help.
const ALARM: f32 = 0.75;

/// A piece has at most so many words: in a longer one the few that matter would count too little.
const LONGEST_PIECE: usize = 40;

/// Passes over all texts, and the step of the first.
const PASSES: usize = 8;
const FIRST_STEP: f32 = 2.0;

/// How much a message teaches that only sounds alarming, beside one that calls for help.
const CALM: f32 = 2.0;

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

/// A sign that was heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// The sign's id.
    pub sign: Id,
    /// How likely the message calls for help, 0 to 1.
    pub alarm: f32,
    /// The piece of the message, as tokens.
    pub piece: Range<usize>,
    /// The words that tell, as tokens, in order.
    pub words: Vec<Range<usize>>,
}

/// The words of the sorted messages become terms.
pub(super) fn learn_words(knowledge: &Knowledge, terms: &mut Terms) {
    let mut learnt = Vec::new();
    for message in knowledge.alarms.iter().flat_map(Alarms::messages) {
        terms.learn(&tokens(message), &mut learnt);
    }
}

impl Listener {
    /// Learns from the sorted messages, and from phrasings, given by their words and features; nothing to hear where
    /// there are no messages.
    pub(super) fn new<'a>(
        knowledge: &Knowledge,
        terms: &Terms,
        space: &Space,
        phrasings: impl Iterator<Item = (&'a [Term], &'a [Weighted])>,
    ) -> Listener {
        let Some(alarms) = &knowledge.alarms else { return Listener::default() };
        let texts = sorted_messages(alarms, terms);
        let others = Others::new(space, texts.iter().map(|(text, _)| text.uses.as_slice()));
        let hearing = Hearing { terms, space, others: &others };
        let heard = |(text, sign): &(Text<'_>, Option<Class>)| {
            let pieces = pieces(&text.tokens).into_iter().map(|range| hearing.piece(text, &range)).collect();
            Lesson { pieces, sign: *sign, weight: if sign.is_some() { 1.0 } else { CALM } }
        };
        let calm = |(learnt, features): (&'a [Term], &'a [Weighted])| {
            let meaning = TextVector::new(terms, space, &[], &terms.terms_of_learnt(learnt));
            Lesson { pieces: vec![Piece { features: features.into(), meaning }], sign: None, weight: 1.0 }
        };
        let lessons: Vec<Lesson<'_>> = texts.iter().map(heard).chain(phrasings.map(calm)).collect();
        let ear = Ear::trained(hearing.size(), &lessons);
        let signs: Vec<Id> = alarms.alarms.iter().map(|alarm| alarm.sign.value.clone()).collect();
        let which = signs_apart(Learner::new(hearing.size(), signs.len()), &ear, &lessons);
        Listener { signs, others, ear, which }
    }

    /// The sign that a message shows, if it shows one.
    pub(super) fn hear(&self, terms: &Terms, space: &Space, text: &Text<'_>) -> Option<Heard> {
        if self.signs.is_empty() {
            return None;
        }
        let hearing = Hearing { terms, space, others: &self.others };
        let heard = pieces(&text.tokens).into_iter().map(|range| {
            let piece = hearing.piece(text, &range);
            (self.ear.alarm(&piece), range, piece)
        });
        let (alarm, range, piece) = heard.max_by(|a, b| a.0.total_cmp(&b.0))?;
        if alarm < ALARM {
            return None;
        }
        let scores = self.which.scores(&piece.features);
        let sign = (0..self.signs.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))?;
        let words = self.words(&hearing, text, &range, &piece);
        Some(Heard { sign: self.signs[sign].clone(), alarm, piece: range, words })
    }

    /// The words of a piece that speak most for an alarm.
    fn words(
        &self,
        hearing: &Hearing<'_>,
        text: &Text<'_>,
        range: &Range<usize>,
        piece: &Piece<'_>,
    ) -> Vec<Range<usize>> {
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

/// The sorted messages, each with the sign that it shows.
fn sorted_messages(alarms: &Alarms, terms: &Terms) -> Vec<(Text<'static>, Option<Class>)> {
    let text = |text: &String| Text::new(terms, tokens(text).into());
    let signs = alarms.alarms.iter().enumerate();
    let alarming =
        signs.flat_map(|(sign, alarm)| alarm.messages.iter().map(move |written| (text(written), Some(sign))));
    alarming.chain(alarms.calm.iter().map(|written| (text(written), None))).collect()
}

/// Learns which sign each piece shows that calls for help.
fn signs_apart(mut learner: Learner, ear: &Ear, lessons: &[Lesson<'_>]) -> Classifier {
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
struct Lesson<'a> {
    /// Its pieces; a phrasing is one.
    pieces: Vec<Piece<'a>>,
    /// Its sign, if it shows one.
    sign: Option<Class>,
    weight: f32,
}

/// A piece of a text as it is heard.
struct Piece<'a> {
    features: Cow<'a, [Weighted]>,
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
    fn trained(features: usize, lessons: &[Lesson<'_>]) -> Ear {
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
    fn go_over(&mut self, lessons: &[Lesson<'_>], pass: usize) {
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
    fn alarm(&self, piece: &Piece<'_>) -> f32 {
        let words: f32 = piece.features.iter().map(|one| one.value * self.features[one.feature as usize]).sum();
        sigmoid(self.always + words + MEANING * dot(&self.meaning, piece.meaning.numbers()))
    }

    /// Moves the weights toward what the piece is, by the error and this step.
    fn learn(&mut self, piece: &Piece<'_>, alarms: bool, step: f32) {
        let step = step * (if alarms { 1.0 } else { 0.0 } - self.alarm(piece));
        for one in piece.features.iter() {
            self.features[one.feature as usize] += step * one.value;
        }
        add(&mut self.meaning, step * MEANING, piece.meaning.numbers());
        self.always += step * ALWAYS;
    }

    /// The piece that calls loudest for help.
    fn loudest<'p>(&self, pieces: &'p [Piece<'p>]) -> Option<&'p Piece<'p>> {
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
    fn piece(&self, text: &Text<'_>, range: &Range<usize>) -> Piece<'static> {
        let uses: Vec<TermUse> = text.uses.iter().filter(|one| range.contains(&one.token)).copied().collect();
        let known = keys(&uses).into_iter();
        let mut features: Vec<Weighted> =
            known.filter_map(|(key, value)| Some(Weighted { feature: self.number(key)?, value })).collect();
        let strangers = uses.iter().filter(|one| one.term.and_then(|term| self.of_term(term)).is_none()).count();
        self.space.weigh(&mut features, strangers);
        Piece { features: features.into(), meaning: TextVector::new(self.terms, self.space, &text.tokens, &uses) }
    }
}

/// The pieces in which a message is heard: its sentences, cut where they are long, and each with the next.
fn pieces(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let next = at + 1;
        if token.ends_sentence() || next == tokens.len() || next - start == LONGEST_PIECE {
            pieces.push(start..next);
            start = next;
        }
    }
    let joined: Vec<Range<usize>> = pieces.windows(2).map(|pair| pair[0].start..pair[1].end).collect();
    pieces.extend(joined);
    pieces
}
