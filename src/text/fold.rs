//! Folding: one form for all the ways in which the same letters can be typed.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The word in small letters, without accents, apostrophes and compatibility forms (`Ｆ`, `ﬁ`), and with no letter
/// more than twice in a row (`sooooo` is `soo`). Folding twice is folding once.
pub fn fold(word: &str) -> String {
    if is_folded(word.as_bytes()) {
        return word.to_owned();
    }
    if word.is_ascii() {
        let kept = word.bytes().filter(u8::is_ascii_alphanumeric);
        return squeeze(kept.map(|byte| char::from(byte.to_ascii_lowercase())), word.len());
    }
    // Taking accents away and lowering case can each make room for the other, so both run on both sides.
    let lowered = word.nfkd().flat_map(char::to_lowercase).nfkd();
    squeeze(lowered.filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()), word.len())
}

/// Whether folding leaves the word as it is, as it does with most.
fn is_folded(word: &[u8]) -> bool {
    let mut run = 0;
    let mut last = 0;
    word.iter().all(|&byte| {
        run = if byte == last && byte.is_ascii_lowercase() { run + 1 } else { 1 };
        last = byte;
        run <= 2 && (byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// A word of `about` so many bytes.
fn squeeze(characters: impl Iterator<Item = char>, about: usize) -> String {
    let mut out = String::with_capacity(about);
    let mut run = 0;
    let mut last = None;
    for c in characters {
        run = if last == Some(c) { run + 1 } else { 1 };
        last = Some(c);
        // Digits are left alone: 1000 is not 100.
        if run <= 2 || !c.is_alphabetic() {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn different_ways_of_typing_meet() {
        for (word, folded) in [
            ("Ｆｉｎ", "fin"),
            ("Café", "cafe"),
            ("sooooo", "soo"),
            ("can’t", "cant"),
            ("1000", "1000"),
            ("ﬁne", "fine"),
        ] {
            assert_eq!(fold(word), folded, "{word}");
            assert_eq!(fold(&fold(word)), folded, "{word}, twice");
        }
    }
}
