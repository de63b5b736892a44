//! Lists of words that are compiled in, a word a line.
//!
//! Who keeps words of a list keeps their places in it, which take a quarter of the memory of slices.

use std::cmp::Ordering;

/// Where a word begins in its list.
pub(super) type Place = u32;

/// The words of `list`, each with its place. A line that begins with `#` is a remark.
pub(super) fn words(list: &str) -> impl Iterator<Item = (Place, &str)> {
    let lines = list.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start as Place, line.trim_end()))
    });
    lines.filter(|(_, line)| !line.starts_with('#'))
}

/// Whether `list`, whose words are in order behind its remarks, has this word.
pub(super) fn has_word(list: &str, word: &str) -> bool {
    let (mut start, mut end) = (0, list.len());
    while start < end {
        let middle = (start + end) / 2;
        let line =
            list.as_bytes()[start..middle].iter().rposition(|byte| *byte == b'\n').map_or(start, |at| start + at + 1);
        let next =
            list.as_bytes()[middle..end].iter().position(|byte| *byte == b'\n').map_or(end, |at| middle + at + 1);
        match list.as_bytes()[line..next].trim_ascii_end().cmp(word.as_bytes()) {
            Ordering::Less => start = next,
            Ordering::Equal => return true,
            Ordering::Greater => end = line,
        }
    }
    false
}

/// The word of `list` that begins at `place`.
pub(super) fn word_at(list: &str, place: Place) -> &str {
    let word = &list[place as usize..];
    let end = word.bytes().position(|byte| byte == b'\n').unwrap_or(word.len());
    word[..end].trim_ascii_end()
}
