//! How the words of a message lie in sentences.

use super::phrases::Occurrence;
use super::words::Unit;
use crate::text::{End, Token};

/// The end of a sentence keeps words apart like so many words.
const SENTENCE_GAP: usize = 2;
/// A question mark does even more: what is asked next is often something else.
const QUESTION_GAP: usize = 4;

/// The words of a message in their sentences, unit by unit.
#[derive(Debug)]
pub(super) struct Layout {
    /// What follows each unit.
    pub(super) ends: Vec<End>,
    /// The number of each unit's sentence.
    pub(super) sentence: Vec<usize>,
    /// Where each unit stands, counted in words, with gaps between sentences.
    position: Vec<usize>,
}

impl Layout {
    pub(super) fn new(units: &[Unit], tokens: &[Token]) -> Layout {
        let mut layout = Layout {
            ends: Vec::with_capacity(units.len()),
            sentence: Vec::with_capacity(units.len()),
            position: Vec::with_capacity(units.len()),
        };
        let (mut sentence, mut position) = (0, 0);
        for (at, unit) in units.iter().enumerate() {
            let last_of_token = units.get(at + 1).is_none_or(|next| next.token != unit.token);
            let end = if last_of_token { tokens[unit.token].end } else { End::Word };
            layout.sentence.push(sentence);
            layout.position.push(position);
            layout.ends.push(end);
            sentence += usize::from(end >= End::Sentence);
            position += 1 + gap(end);
        }
        layout
    }

    /// How many words lie between the two, which do not overlap; neighbours are 1 apart.
    pub(super) fn distance(&self, a: Occurrence, b: Occurrence) -> usize {
        let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
        self.position[second.start].saturating_sub(self.position[first.end - 1])
    }

    /// Whether no sentence ends within `hull`.
    pub(super) fn is_in_one_sentence(&self, hull: Occurrence) -> bool {
        self.sentence[hull.start] == self.sentence[hull.end - 1]
    }

    /// The units of the sentence in which `at` lies, as far as `reach` goes from there.
    pub(super) fn within_sentence(&self, at: Occurrence, reach: usize) -> std::ops::Range<usize> {
        let sentence = self.sentence[at.start];
        stretch(&self.sentence, sentence, at, reach)
    }
}

fn gap(end: End) -> usize {
    match end {
        End::Word | End::Clause => 0,
        End::Sentence => SENTENCE_GAP,
        End::Question => QUESTION_GAP,
    }
}

/// The units around `at` whose number in `numbers`, which never falls, is `number`, at most `reach` to either side.
pub(super) fn stretch(numbers: &[usize], number: usize, at: Occurrence, reach: usize) -> std::ops::Range<usize> {
    let (low, high) = (at.start.saturating_sub(reach), (at.end + reach).min(numbers.len()));
    let start = low + numbers[low..high].partition_point(|n| *n < number);
    let end = low + numbers[low..high].partition_point(|n| *n <= number);
    start..end
}
