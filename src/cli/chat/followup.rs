//! What a line asks of the last reply rather than of the guide: "more", "the second one".

use crate::decide::OFFERED;
use crate::text::tokens;

/// A line that goes on from the last reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Followup {
    /// The details.
    More,
    /// The topic offered at this place, from 0.
    Pick(usize),
}

/// What asks for the details.
const MORE: [&str; 4] = ["more", "details", "more details", "tell me more"];

/// What picks each of the topics offered. Whoever just says yes means the best.
const PICKS: [&[&str]; OFFERED] = [&["1", "first", "yes"], &["2", "second"], &["3", "third"]];

/// Words around these that change nothing.
const FILLERS: [&str; 4] = ["the", "one", "number", "please"];

impl Followup {
    /// Reads a line; most ask something else.
    pub(super) fn read(line: &str) -> Option<Followup> {
        let words = tokens(line).into_iter().map(|token| token.word);
        let said = words.filter(|word| !FILLERS.contains(&word.as_str())).collect::<Vec<_>>().join(" ");
        if MORE.contains(&said.as_str()) {
            return Some(Followup::More);
        }
        PICKS.iter().position(|ways| ways.contains(&said.as_str())).map(Followup::Pick)
    }
}

#[cfg(test)]
mod tests {
    use super::Followup::{self, More, Pick};

    #[test]
    fn what_goes_on_is_told_from_what_asks() {
        let lines = [
            ("more", Some(More)),
            ("Tell me more, please!", Some(More)),
            ("1", Some(Pick(0))),
            ("yes please", Some(Pick(0))),
            ("the second one", Some(Pick(1))),
            ("number 3.", Some(Pick(2))),
            ("911", None),
            ("yes it hurts", None),
            ("one", None),
            ("", None),
        ];
        for (line, expected) in lines {
            assert_eq!(Followup::read(line), expected, "{line}");
        }
    }
}
