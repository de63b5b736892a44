//! The parts of a message that may be questions of their own: its sentences, and within one what `and` joins, or a comma
//! between two questions.

use std::ops::Range;

use super::token::{End, Token};

/// Words that may begin a second question.
const JOINS: [&str; 4] = ["and", "also", "plus", "but"];

/// Words that begin a question. Where a comma stands between two of them, what is behind it is another question; behind
/// anything else it belongs to what was told before it.
const OPENS: [&str; 18] = [
    "how", "what", "whats", "when", "where", "which", "who", "why", "is", "are", "do", "does", "did", "can", "could",
    "will", "would", "should",
];

/// A question has at least so many words; fewer belong to what follows them.
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
        } else if (token.ends_sentence() || is_between_questions(tokens, start, at)) && at + 1 - start >= SHORTEST {
            parts.push(start..at + 1);
            start = at + 1;
        }
    }
    // What is too short at the end is no question, and would only blur the one before it: "Thanks!"
    if tokens.len() - start >= SHORTEST {
        parts.push(start..tokens.len());
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.split_off(parts.len().saturating_sub(MOST))
}

/// Whether a comma behind `at` parts the question that begins at `start` from another.
fn is_between_questions(tokens: &[Token], start: usize, at: usize) -> bool {
    let opens = |at: usize| tokens.get(at).is_some_and(|token| OPENS.contains(&token.word.as_str()));
    tokens[at].end == End::Clause && opens(start) && opens(at + 1)
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
        assert_eq!(parts("I am 31. Does it hurt? Thanks!"), ["i am 31", "does it hurt"]);
        assert_eq!(parts("how much is it, does it hurt, I wonder"), ["how much is it", "does it hurt i wonder"]);
        assert!(parts("is it safe and effective").is_empty());
        for single in ["what does it cost, on average", "I was told it works, is that so"] {
            assert!(parts(single).is_empty(), "{single}");
        }
        assert!(parts("").is_empty());
    }
}
