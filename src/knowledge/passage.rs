//! A text that patients read, with its place: what the checks of wording work on.

use std::ops::Range;

/// How a text is read, which decides what is expected of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadAs {
    /// A heading, a label, or a few words beside others.
    Label,
    /// In full, before anybody asks for more.
    Answer,
    /// By those who asked for more.
    Details,
    /// As the guide's own heading, whose words are not ours.
    Section,
    /// A cell of a table, which says nothing by itself.
    Cell,
    /// A table's row with its headings, without figures.
    Row,
    /// By moderators: what the guide states, in `facts.toml`.
    Fact,
}

/// A text that patients read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The file in which it stands.
    pub file: String,
    /// How it is read.
    pub read_as: ReadAs,
    /// What it says.
    pub text: String,
    /// The bytes of the file in which it stands, quotes included.
    pub span: Range<usize>,
}

impl Passage {
    /// The bytes in `source`, the file's text, in which the bytes `part` of this text stand.
    ///
    /// A file may write a character in another way than it reads, so the words are looked for: the third `3` of the text
    /// is the third one in the file. Words that are written otherwise there are the whole passage.
    pub(super) fn place(&self, source: &str, part: &Range<usize>) -> Range<usize> {
        let words = &self.text[part.clone()];
        let before = self.text[..part.start].matches(words).count();
        let written = source.get(self.span.clone()).unwrap_or_default();
        match written.match_indices(words).nth(before) {
            Some((at, _)) => self.span.start + at..self.span.start + at + words.len(),
            None => self.span.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Passage, ReadAs};

    #[test]
    fn a_part_is_found_again_in_the_file() {
        let source = "answer = \"\\\"3\\\" or 3\"";
        let text = "\"3\" or 3".to_owned();
        let passage = Passage { file: String::new(), read_as: ReadAs::Answer, text, span: 9..source.len() };
        assert_eq!(passage.place(source, &(1..2)), 12..13);
        assert_eq!(passage.place(source, &(7..8)), 19..20);
    }
}
