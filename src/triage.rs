//! Triage: noticing the signs of an emergency or a complication in a patient's message, before anything else is done.
//!
//! What the signs are, and what sets them aside, is data: `urgent.toml`, read into [`UrgentFile`]. The steps:
//!
//! 1. [`words`]: the message's words are known by stem, with typing mistakes repaired toward the patterns' words
//!    ([`reading`]); where a word may be one or two that were written together, both are tried;
//! 2. [`phrases`]: all phrases of all patterns are found in one pass, with a [`tree`] of their words;
//! 3. [`scope`]: cues ("no", "if", "somebody on a forum") tell for each word what speaks against it;
//! 4. [`rules`]: a sign holds where all parts of one of its patterns stand near each other. It raises the alarm unless
//!    something speaks against one of its words.
//!
//! In doubt it warns: a reason has to be named in the file before a sign is set aside, and what is set aside never
//! silences another sign. All is deterministic, and linear in the length of the message.

mod compile;
mod examples;
mod layout;
mod pattern;
mod phrases;
mod reading;
mod reason;
mod rules;
mod scope;
mod tree;
mod words;

use std::ops::Range;

use crate::knowledge::{Care, UrgentFile};
use crate::text::Token;
pub use compile::Problem;
use layout::Layout;
use reading::Reading;
pub use reason::Reason;
use reason::Reasons;
use rules::{Match, Rules};
use scope::{Cue, Scope};
use tree::Tree;
use words::{Unit, Vocabulary};

/// The compiled signs.
#[derive(Debug)]
pub struct Triage {
    cares: Vec<Care>,
    signs: Vec<Sign>,
    vocabulary: Vocabulary,
    phrases: Tree,
    cues: Rules<Cue>,
    sign_rules: Rules<usize>,
    /// For each care the reasons that set its signs aside.
    heeded: Vec<Reasons>,
}

/// A sign of an emergency or a complication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Its short name.
    pub id: String,
    /// What it is called.
    pub name: String,
    care: usize,
    needs_context: bool,
}

/// What triage makes of a message.
#[derive(Clone, Debug, Default)]
pub struct Assessment<'t> {
    /// Help is needed now.
    pub alarm: Option<Alarm<'t>>,
    /// Signs that were seen and are no alarm.
    pub set_aside: Vec<SetAside<'t>>,
}

/// Why help is needed, and which.
#[derive(Clone, Debug)]
pub struct Alarm<'t> {
    /// The most pressing kind of help.
    pub care: &'t Care,
    /// The signs, the most pressing first.
    pub findings: Vec<Finding<'t>>,
    /// The sentences in which they stand, as ranges of tokens, in order; the rest of the message is about other things.
    pub sentences: Vec<Range<usize>>,
}

/// A sign in the words of the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<'t> {
    /// The sign.
    pub sign: &'t Sign,
    /// The words that show it, as ranges of tokens, in order.
    pub words: Vec<Range<usize>>,
}

/// A sign that is no alarm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside<'t> {
    /// The sign and its words.
    pub finding: Finding<'t>,
    /// Why it is none.
    pub reason: Reason,
}

impl Finding<'_> {
    /// From the first of its words to the last.
    pub fn hull(&self) -> Range<usize> {
        let ends = self.words.iter().map(|words| words.end);
        self.words.first().map_or(0, |first| first.start)..ends.max().unwrap_or_default()
    }
}

impl Assessment<'_> {
    /// Sets all aside that raised the alarm.
    pub fn calmed(mut self) -> Self {
        let findings = self.alarm.take().into_iter().flat_map(|alarm| alarm.findings);
        self.set_aside.extend(findings.map(|finding| SetAside { finding, reason: Reason::Calm }));
        self
    }
}

impl Triage {
    /// Compiles the signs. What can't be used is left out; [`Triage::compile`] says what that is.
    pub fn new(file: &UrgentFile) -> Triage {
        Triage::compile(file).0
    }

    /// Compiles the signs, and says what is wrong with them.
    pub fn compile(file: &UrgentFile) -> (Triage, Vec<Problem>) {
        compile::compile(file)
    }

    /// The same signs with other words of help for each kind.
    pub fn with_cares(self, cares: Vec<Care>) -> Triage {
        Triage { cares, ..self }
    }

    /// The kinds of help, the most pressing first.
    pub fn cares(&self) -> &[Care] {
        &self.cares
    }

    /// The kind of help with this id.
    pub fn care(&self, id: &str) -> Option<&Care> {
        self.cares.iter().find(|care| care.id.as_str() == id)
    }

    /// The examples of `file`, from which this was compiled, that do not do what they stand for.
    pub fn failing_examples(&self, file: &UrgentFile) -> Vec<Problem> {
        examples::failing(self, file)
    }

    /// Looks for signs in a message. Where a word can be read in two ways, the one that alarms counts.
    pub fn assess(&self, tokens: &[Token]) -> Assessment<'_> {
        let units = self.vocabulary.units(tokens, Reading::Whole);
        let assessment = self.assess_units(&units, tokens);
        if assessment.alarm.is_some() {
            return assessment;
        }
        let apart = self.vocabulary.units(tokens, Reading::Apart);
        let other = (apart != units).then(|| self.assess_units(&apart, tokens));
        other.filter(|other| other.alarm.is_some()).unwrap_or(assessment)
    }

    /// The alarm that a sign calls for, seen in these words of these sentences of a message, both as tokens.
    pub fn alarm(&self, sign: &str, words: Vec<Range<usize>>, sentences: Vec<Range<usize>>) -> Option<Alarm<'_>> {
        let sign = self.signs.iter().find(|known| known.id == sign)?;
        let care = self.cares.get(sign.care)?;
        Some(Alarm { care, findings: vec![Finding { sign, words }], sentences })
    }

    fn assess_units(&self, units: &[Unit], tokens: &[Token]) -> Assessment<'_> {
        let layout = Layout::new(units, tokens);
        let found = phrases::find(&self.phrases, units, &layout.ends);
        let mut cues = self.cues.matches(&found, &layout, |_, _| Reasons::NONE);
        // What speaks against a sign is said in one sentence: "can I wash it? pus comes from it" is no question of risk.
        cues.retain(|cue| matches!(cue.meaning, Cue::Allows(_)) || layout.is_in_one_sentence(cue.hull()));
        let scope = Scope::new(&cues, &layout);
        let heeded = |sign: usize| self.heeded.get(self.signs[sign].care).copied().unwrap_or(Reasons::EVERY);
        let mut signs = self.sign_rules.matches(&found, &layout, |sign, at| scope.reasons(at).and(heeded(sign)));
        signs.retain(|found| self.has_context(found.meaning, &cues));
        let own_negations = signs.iter_mut().filter(|found| scope.negates_itself(found));
        own_negations.for_each(|found| found.reasons = found.reasons.without(Reasons::from_iter([Reason::Negated])));
        signs.sort_by_key(|found| (self.signs[found.meaning].care, found.hull(), found.meaning, found.reasons));
        Report { triage: self, units, layout: &layout }.assessment(&signs)
    }

    fn has_context(&self, sign: usize, cues: &[Match<Cue>]) -> bool {
        !self.signs[sign].needs_context || cues.iter().any(|cue| cue.meaning == Cue::Allows(sign))
    }
}

/// Puts what was found into the words of the caller: tokens instead of units.
struct Report<'t, 'm> {
    triage: &'t Triage,
    units: &'m [Unit],
    layout: &'m Layout,
}

impl<'t> Report<'t, '_> {
    fn assessment(&self, signs: &[Match<usize>]) -> Assessment<'t> {
        let (felt, set_aside): (Vec<_>, Vec<_>) = signs.iter().partition(|found| found.reasons == Reasons::NONE);
        let set_aside = self.once_a_sentence(&set_aside);
        let set_aside = set_aside
            .into_iter()
            .filter_map(|found| Some(SetAside { finding: self.finding(found), reason: found.reasons.first()? }));
        Assessment { alarm: self.alarm(&felt), set_aside: set_aside.collect() }
    }

    fn alarm(&self, felt: &[&Match<usize>]) -> Option<Alarm<'t>> {
        let first = felt.first()?;
        let care = self.triage.cares.get(self.triage.signs[first.meaning].care)?;
        let told = self.once_a_sentence(felt);
        let findings = told.iter().map(|found| self.finding(found)).collect();
        Some(Alarm { care, findings, sentences: self.sentences(&told) })
    }

    /// Each sign once for each sentence: several patterns often see the same.
    fn once_a_sentence<'f>(&self, found: &[&'f Match<usize>]) -> Vec<&'f Match<usize>> {
        let mut seen = rustc_hash::FxHashSet::default();
        let first = |found: &&&Match<usize>| seen.insert((found.meaning, self.layout.sentence[found.hull().start]));
        found.iter().filter(first).copied().collect()
    }

    fn finding(&self, found: &Match<usize>) -> Finding<'t> {
        let mut words: Vec<Range<usize>> =
            found.spans.iter().map(|span| self.units[span.start].token..self.units[span.end - 1].token + 1).collect();
        words.sort_unstable_by_key(|range| range.start);
        Finding { sign: &self.triage.signs[found.meaning], words }
    }

    fn sentences(&self, felt: &[&Match<usize>]) -> Vec<Range<usize>> {
        let mut numbers: Vec<usize> = felt.iter().flat_map(|f| f.units()).map(|u| self.layout.sentence[u]).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| self.sentence(number)).collect()
    }

    fn sentence(&self, number: usize) -> Range<usize> {
        let start = self.layout.sentence.partition_point(|n| *n < number);
        let end = self.layout.sentence.partition_point(|n| *n <= number);
        self.units[start].token..self.units[end - 1].token + 1
    }
}

#[cfg(test)]
mod tests;
