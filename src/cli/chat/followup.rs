//! What a line asks of the last reply rather than of the guide: "more", "the second one".

use crate::text::tokens;

/// A line that goes on from the last reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Followup {
    /// The details.
    More,
    /// The topic offered under this number, from 1; nothing need be offered there.
    Pick(usize),
    /// Nothing of what was offered.
    Neither,
}

/// What asks for the details.
const MORE: [&str; 4] = ["more", "details", "more details", "tell me more"];

/// What picks each of the topics offered, beside its number. Whoever just says yes means the best.
const PICKS: [&[&str]; 5] = [&["first", "yes"], &["second"], &["third"], &["fourth"], &["fifth"]];

/// What leaves all of them. Nothing can be asked in these words.
const NEITHER: [&str; 8] = ["no", "nope", "no thanks", "no thank you", "nothing", "none", "neither", "none of them"];

/// Longer numbers pick nothing: they are called in an emergency.
const DIGITS: usize = 2;

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
        if NEITHER.contains(&said.as_str()) {
            return Some(Followup::Neither);
        }
        let number = said.parse().ok().filter(|_| said.len() <= DIGITS);
        number
            .or(PICKS.iter().zip(1..).find_map(|(ways, number)| ways.contains(&said.as_str()).then_some(number)))
            .map(Followup::Pick)
    }
}

#[cfg(test)]
mod tests {
    use super::Followup::{self, More, Neither, Pick};

    #[test]
    fn what_goes_on_is_told_from_what_asks() {
        let lines = [
            ("more", Some(More)),
            ("Tell me more, please!", Some(More)),
            ("1", Some(Pick(1))),
            ("yes please", Some(Pick(1))),
            ("the second one", Some(Pick(2))),
            ("number 3.", Some(Pick(3))),
            ("Fifth", Some(Pick(5))),
            ("0", Some(Pick(0))),
            ("12", Some(Pick(12))),
            ("911", None),
            ("No!", Some(Neither)),
            ("no, thanks", Some(Neither)),
            ("nothing", Some(Neither)),
            ("no fever but pus", None),
            ("nothing helps", None),
            ("yes it hurts", None),
            ("one", None),
            ("", None),
        ];
        for (line, expected) in lines {
            assert_eq!(Followup::read(line), expected, "{line}");
        }
    }
}
