//! Which words of a message are set aside, and why: how far a negation, a condition or a story reaches.
//!
//! A message is cut into thoughts: at the ends of sentences, at words that turn ("but"), and at commas behind which a
//! new statement starts ("..., my head"). A cue never reaches beyond its thought.

use super::layout::{Layout, stretch};
use super::phrases::Occurrence;
use super::reason::{Reach, Reason, Reasons};
use super::rules::Match;
use crate::text::End;

/// What a pattern that is no sign tells about the words near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// A new thought begins here.
    Turn,
    /// A new thought begins here if a comma stands before it.
    Start,
    /// A list goes on: "or".
    Join,
    /// The reason holds.
    Gives(Reason),
    /// These words do not give the reason, though some of them usually do.
    Except(Reason),
    /// The reason does not hold in this sentence.
    TakesBack(Reason),
    /// The sign of this number may be believed.
    Allows(usize),
}

/// A reason given for a thought fades after so many words: without punctuation a thought can be a whole message.
const AROUND: usize = 16;
/// A negation holds for so many words ...
const NEGATED: usize = 5;
/// ... and for so many more behind each "or".
const NEGATED_MORE: usize = 4;
/// What takes a reason back does so for so many words to either side.
const TAKEN_BACK: usize = 24;

/// What speaks against each word of a message.
#[derive(Debug)]
pub(super) struct Scope {
    reasons: Vec<Reasons>,
    /// The beginning of the negation that holds for each unit; the first one, if there are several.
    negation: Vec<Option<usize>>,
}

impl Scope {
    /// The scope of the cues found.
    pub(super) fn new(cues: &[Match<Cue>], layout: &Layout) -> Scope {
        Builder::new(cues, layout).build()
    }

    /// What speaks against the words of `occurrence`. A negation that is part of them ("not waking up") does not.
    pub(super) fn reasons(&self, occurrence: Occurrence) -> Reasons {
        let units = occurrence.start..occurrence.end;
        let mut reasons = self.reasons[units.clone()].iter().fold(Reasons::NONE, |all, one| all.or(*one));
        if self.negations(units).any(|cue| cue < occurrence.start) {
            reasons.insert(Reason::Negated);
        }
        reasons
    }

    /// Whether only its own words negate `sign`: "how long can one go *without eating* before the *heart stops*".
    pub(super) fn negates_itself<T>(&self, sign: &Match<T>) -> bool {
        let own = |cue: usize| sign.spans.iter().any(|span| (span.start..span.end).contains(&cue));
        sign.spans.iter().all(|span| self.negations(span.start..span.end).all(own))
    }

    fn negations(&self, units: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
        self.negation[units].iter().flatten().copied()
    }
}

struct Builder<'a> {
    cues: &'a [Match<Cue>],
    layout: &'a Layout,
    /// The number of each unit's thought.
    thought: Vec<usize>,
    starts: Vec<bool>,
    joins: Vec<bool>,
    excepted: Vec<Reasons>,
    scope: Scope,
}

impl<'a> Builder<'a> {
    fn new(cues: &'a [Match<Cue>], layout: &'a Layout) -> Builder<'a> {
        let units = layout.ends.len();
        let begins = |cue: Cue| {
            let mut begins = vec![false; units];
            cues.iter().filter(|found| found.meaning == cue).for_each(|found| begins[found.hull().start] = true);
            begins
        };
        let (turns, starts, joins) = (begins(Cue::Turn), begins(Cue::Start), begins(Cue::Join));
        Builder {
            cues,
            layout,
            thought: thoughts(layout, &turns, &starts),
            starts,
            joins,
            excepted: vec![Reasons::NONE; units],
            scope: Scope { reasons: vec![Reasons::NONE; units], negation: vec![None; units] },
        }
    }

    fn build(mut self) -> Scope {
        for cue in self.cues {
            if let Cue::Except(reason) = cue.meaning {
                cue.units().for_each(|unit| self.excepted[unit].insert(reason));
            }
        }
        for cue in self.cues {
            if let Cue::Gives(reason) = cue.meaning {
                self.give(reason, cue);
            }
        }
        self.take_back();
        self.scope
    }

    fn give(&mut self, reason: Reason, cue: &Match<Cue>) {
        if cue.units().any(|unit| self.excepted[unit].contains(reason)) {
            return;
        }
        match reason.reach() {
            Reach::OwnWords => cue.units().for_each(|unit| self.scope.reasons[unit].insert(reason)),
            Reach::List => self.negate(cue.hull()),
            Reach::After => {
                let end = self.thought_around(cue.hull()).end;
                self.mark(reason, cue.hull().start..end);
            }
            Reach::Around => self.mark(reason, self.thought_around(cue.hull())),
            Reach::Sentence => self.mark(reason, self.layout.within_sentence(cue.hull(), AROUND)),
        }
    }

    fn mark(&mut self, reason: Reason, units: std::ops::Range<usize>) {
        self.scope.reasons[units].iter_mut().for_each(|reasons| reasons.insert(reason));
    }

    fn thought_around(&self, cue: Occurrence) -> std::ops::Range<usize> {
        stretch(&self.thought, self.thought[cue.end - 1], cue, AROUND)
    }

    /// Marks what the negation `cue` speaks of.
    fn negate(&mut self, cue: Occurrence) {
        let mut until = cue.end + NEGATED;
        for unit in cue.end..self.thought.len() {
            if unit >= until || self.negation_ends_before(unit, cue) {
                break;
            }
            if self.joins[unit] {
                until = until.max(unit + 1 + NEGATED_MORE);
            }
            if self.layout.ends[unit] == End::Clause {
                until = until.max(unit + 1 + NEGATED_MORE);
            }
            let earlier = self.scope.negation[unit];
            self.scope.negation[unit] = Some(earlier.map_or(cue.start, |earlier| earlier.min(cue.start)));
        }
    }

    fn negation_ends_before(&self, unit: usize, cue: Occurrence) -> bool {
        let other_thought = self.thought[unit] != self.thought[cue.end - 1];
        // "I don't think my face is swollen": a subject right behind the negation belongs to it.
        let other_statement = self.starts[unit] && unit > cue.end + 1;
        let behind_comma = unit > cue.end && self.layout.ends[unit - 1] == End::Clause;
        other_thought || other_statement || behind_comma && !self.list_goes_on(unit)
    }

    /// Whether the words behind a comma are one more item of a list: a single word, or one with "or" near it.
    fn list_goes_on(&self, unit: usize) -> bool {
        let next = unit..(unit + NEGATED_MORE).min(self.thought.len());
        let single = self.layout.ends[unit] != End::Word || unit + 1 == self.thought.len();
        single || self.joins[next].contains(&true)
    }

    fn take_back(&mut self) {
        for cue in self.cues {
            let Cue::TakesBack(reason) = cue.meaning else { continue };
            let back = Reasons::from_iter([reason]);
            let units = self.layout.within_sentence(cue.hull(), TAKEN_BACK);
            self.scope.reasons[units].iter_mut().for_each(|reasons| *reasons = reasons.without(back));
        }
    }
}

/// The number of each unit's thought.
fn thoughts(layout: &Layout, turns: &[bool], starts: &[bool]) -> Vec<usize> {
    let mut thought = 0;
    let begins = |unit: usize| {
        let before = unit.checked_sub(1).map(|before| layout.ends[before]);
        turns[unit] || before.is_some_and(|end| end >= End::Sentence || end == End::Clause && starts[unit])
    };
    (0..layout.ends.len())
        .map(|unit| {
            thought += usize::from(begins(unit));
            thought
        })
        .collect()
}
