//! Finding all phrases of all patterns in one pass, with a tree of their words.

use rustc_hash::FxHashMap;

use super::pattern::Part;
use super::words::{END, Key, START, Unit};

/// The number under which a part is known.
pub(super) type PartId = u32;

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

/// The phrases of all parts, as a tree with a word on each edge.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    edges: FxHashMap<(u32, Key), u32>,
    nodes: u32,
    /// The nodes at which the phrase of a part is complete; in order once all parts are added.
    complete: Vec<(u32, PartId)>,
    parts: PartId,
}

const ROOT: u32 = 0;

impl Phrases {
    /// Adds `part`, and gives its number.
    pub(super) fn add(&mut self, part: &Part) -> PartId {
        let id = self.parts;
        self.parts += 1;
        for phrase in part {
            let node = phrase.iter().fold(ROOT, |node, key| self.step(node, *key));
            self.complete.push((node, id));
        }
        id
    }

    fn step(&mut self, node: u32, key: Key) -> u32 {
        let new = self.nodes + 1;
        let next = *self.edges.entry((node, key)).or_insert(new);
        self.nodes = self.nodes.max(next);
        next
    }

    /// To be called when all parts are added.
    pub(super) fn finish(&mut self) {
        self.complete.sort_unstable();
        self.complete.shrink_to_fit();
        self.edges.shrink_to_fit();
    }

    /// The parts whose phrase is complete at `node`.
    fn complete_at(&self, node: u32) -> impl Iterator<Item = PartId> {
        let from = self.complete.partition_point(|(known, _)| *known < node);
        self.complete[from..].iter().take_while(move |(known, _)| *known == node).map(|(_, part)| *part)
    }

    /// All phrases in `units`; `ends_sentence` says behind which units no phrase goes on.
    pub(super) fn find(&self, units: &[Unit], ends_sentence: &[bool]) -> Found {
        let mut found = Vec::new();
        for start in 0..units.len() {
            let walk = Walk { phrases: self, units, ends_sentence, start };
            walk.on(ROOT, start, MOST_SKIPPED, &mut found);
            if let Some(&node) = self.edges.get(&(ROOT, START)).filter(|_| start == 0 || ends_sentence[start - 1]) {
                walk.on(node, start, MOST_SKIPPED, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        Found(found)
    }
}

/// The phrases that begin at one unit.
struct Walk<'a> {
    phrases: &'a Phrases,
    units: &'a [Unit],
    ends_sentence: &'a [bool],
    start: usize,
}

impl Walk<'_> {
    /// Goes on from `node` with the unit `at`; up to `skips` small words may be left out before it.
    fn on(&self, node: u32, at: usize, skips: usize, found: &mut Vec<(PartId, Occurrence)>) {
        if at > self.start && (at == self.units.len() || self.ends_sentence[at - 1]) {
            if let Some(&last) = self.phrases.edges.get(&(node, END)) {
                self.complete(last, at, found);
            }
            return;
        }
        let unit = &self.units[at];
        for key in unit.keys() {
            let Some(&next) = self.phrases.edges.get(&(node, key)) else { continue };
            self.complete(next, at + 1, found);
            self.on(next, at + 1, MOST_SKIPPED, found);
        }
        if node != ROOT && unit.small && skips > 0 {
            self.on(node, at + 1, skips - 1, found);
        }
    }

    /// Notes the phrases that are complete at `node`, before the unit `end`.
    fn complete(&self, node: u32, end: usize, found: &mut Vec<(PartId, Occurrence)>) {
        let occurrence = Occurrence { start: self.start, end };
        found.extend(self.phrases.complete_at(node).map(|part| (part, occurrence)));
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
