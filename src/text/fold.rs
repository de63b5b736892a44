//! Folding: one form for all the ways in which the same letters can be typed.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The word in small letters, without accents, apostrophes and compatibility forms (`Ｆ`, `ﬁ`), and with no letter
/// more than twice in a row (`sooooo` is `soo`). Folding twice is folding once.
pub fn fold(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return squeeze(word.chars());
    }
    // Taking accents away and lowering case can each make room for the other, so both run on both sides.
    let lowered = word.nfkd().flat_map(char::to_lowercase).nfkd();
    squeeze(lowered.filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()))
}

fn squeeze(characters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
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
