//! Lists of words that are compiled in, a word a line.
//!
//! Who keeps words of a list keeps their places in it, which take a quarter of the memory of slices.

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

/// The word of `list` that begins at `place`.
pub(super) fn word_at(list: &str, place: Place) -> &str {
    let word = &list[place as usize..];
    let end = word.bytes().position(|byte| byte == b'\n').unwrap_or(word.len());
    word[..end].trim_ascii_end()
}
