//! Discord's limits as types that can't exceed them.
//!
//! Discord does not say whether a character is a code point or a UTF-16 unit. Units are counted here: there are never
//! fewer of them, so what fits by units fits either way.

use std::fmt;

use serde::{Serialize, Serializer};

/// What stands at the end of a text that was cut.
const CUT: &str = "…";

/// Where a text may end well, best first.
const ENDS: [&[&str]; 4] = [&["\n\n"], &["\n"], &[". ", "! ", "? "], &[" "]];

/// An end in the first part of the room leaves too little on a page: the next best end is taken then.
const FIRST_PART: usize = 3;

/// A text of at most `MOST` characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Text<const MOST: usize>(String);

impl<const MOST: usize> Text<MOST> {
    /// The whole text where it fits, else as much of it as ends well, and an ellipsis.
    pub fn cut(text: &str) -> Self {
        Text(cut(text, MOST))
    }

    /// The text, if it fits.
    pub fn whole(text: &str) -> Option<Self> {
        (length(text) <= MOST).then(|| Text(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize> fmt::Display for Text<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// At most `MOST` things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few<T, const MOST: usize>(Vec<T>);

impl<T, const MOST: usize> Few<T, MOST> {
    /// None.
    pub const fn none() -> Self {
        Few(Vec::new())
    }

    /// The things.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

/// Takes the first `MOST`, and leaves the others.
impl<T, const MOST: usize> FromIterator<T> for Few<T, MOST> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        Few(things.into_iter().take(MOST).collect())
    }
}

impl<T: Serialize, const MOST: usize> Serialize for Few<T, MOST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// How long Discord finds a text.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text on at most `most` pages of `room` characters. Pages end where a paragraph does, if they can; what does not
/// fit on the last one is cut.
pub(super) fn pages(text: &str, room: usize, most: usize) -> Vec<String> {
    let mut pages = Vec::new();
    let mut rest = text.trim();
    while pages.len() + 1 < most && length(rest) > room {
        let (page, later) = rest.split_at(good_end(rest, room));
        pages.push(page.trim_end().to_owned());
        rest = later.trim_start();
    }
    pages.push(cut(rest, room));
    pages
}

fn cut(text: &str, room: usize) -> String {
    if length(text) <= room {
        return text.to_owned();
    }
    let kept = text[..good_end(text, room.saturating_sub(length(CUT)))].trim_end();
    format!("{kept}{CUT}")
}

/// Where the beginning of `text` that fits into `room` ends best, in bytes.
fn good_end(text: &str, room: usize) -> usize {
    let whole = beginning(text, room).len();
    let ends = ENDS.iter().filter_map(|kind| kind.iter().filter_map(|end| last(end, text, room)).max());
    ends.into_iter().find(|end| *end > whole / FIRST_PART).unwrap_or(whole)
}

/// Behind the last `end` that fits into `room`. The white space that belongs to it need not fit.
fn last(end: &str, text: &str, room: usize) -> Option<usize> {
    let kept = end.trim_end().len();
    Some(beginning(text, room + end.len() - kept).rfind(end)? + kept)
}

/// As much of `text` as fits into `room`.
fn beginning(text: &str, room: usize) -> &str {
    let mut used = 0;
    let over = text.char_indices().find(|(_, character)| {
        used += character.len_utf16();
        used > room
    });
    over.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_cut_where_it_ends_well() {
        let cases = [
            ("It fits.", 8, "It fits."),
            ("One thing. Another thing.", 20, "One thing.…"),
            ("One paragraph\n\nand another", 20, "One paragraph…"),
            ("several words together", 15, "several words…"),
            ("abcdefghij", 5, "abcd…"),
            ("😀😀😀", 5, "😀😀…"),
        ];
        for (text, room, expected) in cases {
            assert_eq!(cut(text, room), expected, "{text} in {room}");
        }
    }

    #[test]
    fn pages_end_with_paragraphs() {
        let text = "First one.\n\nSecond one.\n\nThird one.";
        assert_eq!(pages(text, 24, 2), ["First one.\n\nSecond one.", "Third one."]);
        assert_eq!(pages(text, 12, 2), ["First one.", "Second one.…"]);
        assert_eq!(pages(text, 100, 2), [text]);
    }

    proptest! {
        #[test]
        fn no_text_is_too_long(text in "\\PC{0,60}|[a-z .\n]{0,60}", room in 1_usize..40, most in 1_usize..4) {
            let pages = pages(&text, room, most);
            prop_assert!(pages.len() <= most);
            for page in pages {
                prop_assert!(length(&page) <= room, "{page:?}");
            }
        }

        #[test]
        fn what_is_not_cut_loses_nothing_but_space(text in "[a-z .\n]{0,60}") {
            let joined = pages(&text, 20, 60).concat();
            let without_space = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(without_space(&joined), without_space(&text));
        }
    }
}
