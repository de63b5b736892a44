//! Rules: patterns with what they mean, and where in a message they hold.

use super::layout::Layout;
use super::phrases::{Found, Occurrence};
use super::reason::Reasons;
use super::tree::PartId;

/// The parts of a pattern may be so far apart, in words; the end of a sentence counts for more than a word.
const NEAR: usize = 12;

/// Phrases have at most about so many words, with the small ones between them: one that begins earlier than this before
/// another part ends too far from it.
const LONGEST_PHRASE: usize = 8;

/// Patterns, each with its meaning.
#[derive(Debug)]
pub(super) struct Rules<T> {
    rules: Vec<Rule<T>>,
    /// For each part the rules that it comes first in.
    led_by: Vec<Vec<usize>>,
}

#[derive(Debug)]
struct Rule<T> {
    meaning: T,
    parts: Vec<PartId>,
}

/// A rule's pattern, found: an occurrence for each of its parts.
#[derive(Clone, Debug)]
pub(super) struct Match<T> {
    pub(super) meaning: T,
    pub(super) spans: Vec<Occurrence>,
    /// What speaks against believing it.
    pub(super) reasons: Reasons,
}

impl<T> Match<T> {
    /// The units of all its parts.
    pub(super) fn units(&self) -> impl Iterator<Item = usize> {
        self.spans.iter().flat_map(|span| span.start..span.end)
    }

    /// Where it begins and where it ends.
    pub(super) fn hull(&self) -> Occurrence {
        let start = self.spans.iter().map(|span| span.start).min().unwrap_or_default();
        let end = self.spans.iter().map(|span| span.end).max().unwrap_or_default();
        Occurrence { start, end }
    }
}

impl<T> Default for Rules<T> {
    fn default() -> Rules<T> {
        Rules { rules: Vec::new(), led_by: Vec::new() }
    }
}

impl<T: Copy> Rules<T> {
    pub(super) fn add(&mut self, meaning: T, parts: Vec<PartId>) {
        let Some(&first) = parts.first() else { return };
        if self.led_by.len() <= first as usize {
            self.led_by.resize(first as usize + 1, Vec::new());
        }
        self.led_by[first as usize].push(self.rules.len());
        self.rules.push(Rule { meaning, parts });
    }

    /// The rules that hold, once for each place of their first part. Of several places for the other parts, those win
    /// that `reasons` speak least against; then the nearest.
    pub(super) fn matches(
        &self,
        found: &Found,
        layout: &Layout,
        reasons: impl Fn(T, Occurrence) -> Reasons,
    ) -> Vec<Match<T>> {
        let mut matches = Vec::new();
        for occurrences in found.parts() {
            let led = self.led_by.get(occurrences[0].0 as usize).into_iter().flatten();
            for rule in led.map(|&rule| &self.rules[rule]) {
                let held = occurrences.iter().filter_map(|(_, first)| rule.hold(*first, found, layout, &reasons));
                matches.extend(held);
            }
        }
        matches
    }
}

impl<T: Copy> Rule<T> {
    fn hold(
        &self,
        first: Occurrence,
        found: &Found,
        layout: &Layout,
        reasons: &impl Fn(T, Occurrence) -> Reasons,
    ) -> Option<Match<T>> {
        let mut held = Match { meaning: self.meaning, spans: vec![first], reasons: reasons(self.meaning, first) };
        for part in &self.parts[1..] {
            let earliest = first.start.saturating_sub(NEAR + LONGEST_PHRASE);
            let near = found.near(*part, earliest, first.end + NEAR);
            let (against, _, best) = near
                .filter(|occurrence| !held.spans.iter().any(|span| span.overlaps(*occurrence)))
                .map(|occurrence| (reasons(self.meaning, occurrence), layout.distance(first, occurrence), occurrence))
                .filter(|(_, distance, _)| *distance <= NEAR)
                .min_by_key(|(against, distance, occurrence)| (against.len(), *distance, *occurrence))?;
            held.reasons = held.reasons.or(against);
            held.spans.push(best);
        }
        Some(held)
    }
}
