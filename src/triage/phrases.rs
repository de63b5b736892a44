//! Finding all phrases of all patterns in one pass over a message.

use super::tree::{Node, PartId, ROOT, Tree};
use super::words::{END, START, Unit};
use crate::text::End;

/// So many small words may stand between two words of a phrase.
const MOST_SKIPPED: usize = 3;

/// Where a part's phrase stands: units, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Occurrence {
    /// Whether the two share a word.
    pub(super) fn overlaps(self, other: Occurrence) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// All phrases of `tree` in `units`; `ends` says what follows each unit: no phrase goes on in another sentence.
pub(super) fn find(tree: &Tree, units: &[Unit], ends: &[End]) -> Found {
    let mut found = Vec::new();
    for start in 0..units.len() {
        let walk = Walk { tree, units, ends, start };
        walk.on(ROOT, start, MOST_SKIPPED, &mut found);
        if let Some(node) = tree.child(ROOT, START).filter(|_| start == 0 || ends[start - 1] >= End::Sentence) {
            walk.on(node, start, MOST_SKIPPED, &mut found);
        }
    }
    found.sort_unstable();
    found.dedup();
    Found(found)
}

/// The phrases that begin at one unit.
struct Walk<'a> {
    tree: &'a Tree,
    units: &'a [Unit],
    ends: &'a [End],
    start: usize,
}

impl Walk<'_> {
    /// Goes on from `node` with the unit `at`; up to `skips` small words may be left out before it.
    fn on(&self, node: Node, at: usize, skips: usize, found: &mut Vec<(PartId, Occurrence)>) {
        if at > self.start {
            let end = if at == self.units.len() { End::Sentence } else { self.ends[at - 1] };
            if let Some(last) = self.tree.child(node, END).filter(|_| end >= End::Clause) {
                self.complete(last, at, found);
            }
            if end >= End::Sentence {
                return;
            }
        }
        let unit = &self.units[at];
        for key in unit.keys() {
            let Some(next) = self.tree.child(node, key) else { continue };
            self.complete(next, at + 1, found);
            self.on(next, at + 1, MOST_SKIPPED, found);
        }
        if node != ROOT && unit.small && skips > 0 {
            self.on(node, at + 1, skips - 1, found);
        }
    }

    /// Notes the phrases that are complete at `node`, before the unit `end`.
    fn complete(&self, node: Node, end: usize, found: &mut Vec<(PartId, Occurrence)>) {
        let occurrence = Occurrence { start: self.start, end };
        found.extend(self.tree.complete_at(node).map(|part| (part, occurrence)));
    }
}

/// The phrases found in a message, ordered by part and place.
pub(super) struct Found(Vec<(PartId, Occurrence)>);

impl Found {
    /// The parts found, each once, with their occurrences.
    pub(super) fn parts(&self) -> impl Iterator<Item = &[(PartId, Occurrence)]> {
        self.0.chunk_by(|(a, _), (b, _)| a == b)
    }

    /// The occurrences of `part` that begin at one of the units `from..=to`.
    pub(super) fn near(&self, part: PartId, from: usize, to: usize) -> impl Iterator<Item = Occurrence> {
        let first = self.0.partition_point(|(id, occurrence)| (*id, occurrence.start) < (part, from));
        let rest = self.0[first..].iter();
        rest.take_while(move |(id, occurrence)| *id == part && occurrence.start <= to)
            .map(|(_, occurrence)| *occurrence)
    }
}
