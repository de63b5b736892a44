//! The parts of a message that may be questions of their own: its sentences, and what `and` joins within one.

use std::ops::Range;

use super::token::Token;

/// Words that may begin a second question.
const JOINS: [&str; 4] = ["and", "also", "plus", "but"];

/// A question has at least so many words; fewer belong to their neighbours.
const SHORTEST: usize = 3;

/// At most so many parts are looked at: the last ones, since a story's question stands at its end.
const MOST: usize = 12;

/// The ranges of tokens that may be questions of their own, in order; none where the message is a single one.
pub fn parts(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let joined = JOINS.contains(&token.word.as_str());
        if joined && at - start >= SHORTEST && tokens.len() - at > SHORTEST {
            parts.push(start..at);
            start = at + 1;
        } else if token.ends_sentence() && at + 1 - start >= SHORTEST {
            parts.push(start..at + 1);
            start = at + 1;
        }
    }
    match parts.last_mut() {
        Some(last) if tokens.len() - start < SHORTEST => last.end = tokens.len(),
        _ => parts.push(start..tokens.len()),
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.split_off(parts.len().saturating_sub(MOST))
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;

    fn parts(text: &str) -> Vec<String> {
        let tokens = tokens(text);
        let words = |range: std::ops::Range<usize>| {
            tokens[range].iter().map(|token| token.word.as_str()).collect::<Vec<_>>().join(" ")
        };
        super::parts(&tokens).into_iter().map(words).collect()
    }

    #[test]
    fn sentences_and_what_is_joined() {
        assert_eq!(parts("how many sessions and what is the price"), ["how many sessions", "what is the price"]);
        assert_eq!(parts("I am 31. Does it hurt? Thanks!"), ["i am 31", "does it hurt thanks"]);
        assert!(parts("is it safe and effective").is_empty());
        assert!(parts("").is_empty());
    }
}
