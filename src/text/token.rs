//! Splitting a text into words, and keeping what punctuation says about where sentences end.

use std::ops::Range;

use super::{fold::fold, markup};

/// What follows a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// The next word of the same clause, or nothing at all.
    Word,
    /// A comma, a colon, a bracket, a dash or an emoji.
    Clause,
    /// A full stop, an exclamation mark or a new line.
    Sentence,
    /// A question mark.
    Question,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The word, folded: small letters or digits.
    pub word: String,
    /// Where it stands in the text as it was typed.
    pub span: Range<usize>,
    /// What follows it.
    pub end: End,
    /// Whether it is a number with a per cent sign right behind it.
    pub percent: bool,
}

impl Token {
    /// Whether the word is the last of its sentence.
    pub fn ends_sentence(&self) -> bool {
        self.end >= End::Sentence
    }
}

/// The words of `text`, folded, with Discord's mark-up left out.
///
/// Letters and digits are words of their own (`nw3` is `nw`, `3`), except that a number keeps its decimals and loses
/// its thousands commas (`$1,500` is `1500`). An amount of money is told by the word `$` in front of it.
pub fn tokens(text: &str) -> Vec<Token> {
    let text = markup::blank(text);
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut start = 0;
    while let Some(c) = text[start..].chars().next() {
        let mut end = start + c.len_utf8();
        if c.is_numeric() {
            end = number_end(&text, start);
            let percent = text[end..].starts_with(['%', '％']);
            tokens.push(Token { word: number(&text[start..end]), span: start..end, end: End::Word, percent });
        } else if c.is_alphabetic() {
            end = word_end(&text, start);
            tokens.push(plain(fold(&text[start..end]), start..end));
        } else if matches!(c, '$' | '€' | '£') {
            tokens.push(plain("$".to_owned(), start..end));
        } else if let Some(last) = tokens.last_mut() {
            last.end = last.end.max(end_of(c, text[end..].chars().next()));
        }
        start = end;
    }
    // A letter or digit may fold to nothing, as a lone mark does.
    tokens.retain(|token| !token.word.is_empty());
    tokens
}

fn plain(word: String, span: Range<usize>) -> Token {
    Token { word, span, end: End::Word, percent: false }
}

/// A number without its thousands commas, folded around its decimal point.
fn number(written: &str) -> String {
    let written = written.replace(',', "");
    match written.split_once('.') {
        Some((whole, decimals)) => format!("{}.{}", fold(whole), fold(decimals)),
        None => fold(&written),
    }
}

fn word_end(text: &str, start: usize) -> usize {
    // Most words are plain letters up to a space.
    let letters = start + text[start..].bytes().take_while(u8::is_ascii_alphabetic).count();
    if matches!(text.as_bytes().get(letters), None | Some(b' ')) {
        return letters;
    }
    let mut end = letters;
    let mut characters = text[letters..].char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let inside = c.is_alphabetic()
            || unicode_normalization::char::is_combining_mark(c)
            || is_apostrophe(c) && characters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !inside {
            break;
        }
        end = letters + at + c.len_utf8();
    }
    end
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut characters = text[start..].char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let joins = matches!(c, '.' | ',') && characters.peek().is_some_and(|(_, next)| next.is_numeric());
        if !c.is_numeric() && !joins {
            break;
        }
        end = start + at + c.len_utf8();
    }
    end
}

/// What punctuation says; `next` is the character behind it, which tells a dash from a hyphen.
fn end_of(c: char, next: Option<char>) -> End {
    match c {
        '?' | '？' | '¿' => End::Question,
        '.' | '!' | '\n' | '…' | '。' | '！' => End::Sentence,
        ',' | ';' | ':' | '(' | ')' | '–' | '—' | '/' => End::Clause,
        '-' if next.is_some_and(char::is_whitespace) => End::Clause,
        // Many people set emoji where others set a comma.
        '\u{2600}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}' => End::Clause,
        _ => End::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn words_numbers_and_money() {
        assert_eq!(words("NW3, can't pay $1,500.50!"), ["nw", "3", "cant", "pay", "$", "1500.50"]);
        assert_eq!(words("FDA-approved? 39.2°C"), ["fda", "approved", "39.2", "c"]);
        assert_eq!(words("<@1> héllo\u{200b} 👋"), ["hello"]);
        assert!(words(" \n\t…?! ").is_empty());
    }

    #[test]
    fn a_per_cent_sign_belongs_to_its_number() {
        let percent: Vec<bool> = tokens("100% of 100 % 38").into_iter().map(|token| token.percent).collect();
        assert_eq!(percent, [true, false, false, false]);
    }

    #[test]
    fn punctuation_ends_clauses_and_sentences() {
        let ends: Vec<End> = tokens("no fever, but pus. ok? yes").into_iter().map(|token| token.end).collect();
        assert_eq!(ends, [End::Word, End::Clause, End::Word, End::Sentence, End::Question, End::Word]);
    }

    #[test]
    fn spans_lead_back_to_the_text() {
        let text = "Ünlü  FDA";
        let spans: Vec<&str> = tokens(text).into_iter().map(|token| &text[token.span]).collect();
        assert_eq!(spans, ["Ünlü", "FDA"]);
    }
}
