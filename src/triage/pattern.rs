//! The language of patterns: from `"red|pink + spreading|[worse]"` to the phrases it stands for.
//!
//! - `+` stands between parts which may come in any order, near each other.
//! - `|` stands between the choices of a part, each a word or several; `/` between the choices for one word.
//! - Words with spaces between them follow one another, with at most a few small words in between.
//! - `[name]` stands for each of the words of a group.
//! - `word!` is this form only; otherwise all forms with the same stem are meant.
//! - `^` is the beginning of a sentence, and `.` its end.
//! - `#fever` is a number that would be a fever as a body temperature, `#fever.5` one with decimals, which is no age
//!   and no count; `#number` is any number, also one in letters ("two").

use rustc_hash::FxHashMap;

use super::words::{self, Key, Vocabulary};
use crate::text;

/// Words that follow one another, by the keys under which the vocabulary knows them.
pub(super) type Phrase = Vec<Key>;

/// The choices of a part; in order, each once.
pub(super) type Part = Vec<Phrase>;

/// The groups read so far, by name.
pub(super) type Groups = FxHashMap<String, Part>;

/// Why a pattern can't be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// The part of the pattern that is wrong.
    pub(super) fragment: String,
    /// What is wrong with it.
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: String,
}

/// So many phrases in one part are a slip of the pen: groups multiply when they follow one another.
const MOST_PHRASES: usize = 4_000;

/// The parts of `pattern`, whose words are added to `vocabulary`.
pub(super) fn parse(pattern: &str, groups: &Groups, vocabulary: &mut Vocabulary) -> Result<Vec<Part>, Mistake> {
    let mut parser = Parser { pattern, groups, vocabulary };
    pattern.split('+').map(|part| parser.part(part)).collect()
}

struct Parser<'a> {
    pattern: &'a str,
    groups: &'a Groups,
    vocabulary: &'a mut Vocabulary,
}

impl Parser<'_> {
    fn part(&mut self, part: &str) -> Result<Part, Mistake> {
        let mut phrases = Part::new();
        for choice in part.split('|') {
            phrases.extend(self.choice(choice)?);
        }
        if phrases.len() > MOST_PHRASES {
            let message = format!("this stands for {} phrases, and {MOST_PHRASES} is the most", phrases.len());
            return Err(mistake(part, message, "put `+` between the groups, so that they need not follow one another"));
        }
        phrases.sort_unstable();
        phrases.dedup();
        Ok(phrases)
    }

    fn choice(&mut self, choice: &str) -> Result<Part, Mistake> {
        let mut phrases = vec![Phrase::new()];
        for item in choice.split_whitespace() {
            let meanings: Vec<Part> = item.split('/').map(|word| self.item(word)).collect::<Result<_, _>>()?;
            let continued = |start: &Phrase| meanings.iter().flatten().map(|end| [start, &end[..]].concat()).collect();
            phrases = phrases.iter().flat_map::<Part, _>(continued).collect();
        }
        if phrases.iter().any(Vec::is_empty) {
            let help = "write a word on both sides of each `+`, `|` and `/`, or remove the sign";
            return Err(mistake(self.pattern, "a word is missing in this pattern".to_owned(), help));
        }
        Ok(phrases)
    }

    fn item(&mut self, item: &str) -> Result<Part, Mistake> {
        match item {
            "^" => Ok(vec![vec![words::START]]),
            "." => Ok(vec![vec![words::END]]),
            "#fever" => Ok(vec![vec![words::FEVER]]),
            "#fever.5" => Ok(vec![vec![words::FEVER_WITH_DECIMALS]]),
            "#number" => Ok(vec![vec![words::NUMBER]]),
            _ if item.starts_with('#') => {
                let message = format!("there is no kind of number `{item}`");
                Err(mistake(item, message, "write `#fever`, `#fever.5` or `#number`"))
            }
            _ if item.starts_with('[') => parse_group(item, self.groups),
            _ => Ok(vec![self.words(item)]),
        }
    }

    /// The words of an item: one as a rule, several where it has a hyphen.
    fn words(&mut self, item: &str) -> Phrase {
        if let Some(phrase) = self.vocabulary.item(item) {
            return phrase.clone();
        }
        let tokens = text::tokens(item);
        let words = tokens.iter().map(|token| token.word.as_str());
        let phrase: Phrase = match item.ends_with('!') {
            true => words.map(|word| self.vocabulary.exactly(word)).collect(),
            false => words.map(|word| self.vocabulary.any_form(word)).collect(),
        };
        self.vocabulary.keep_item(item, phrase.clone());
        phrase
    }
}

fn parse_group(item: &str, groups: &Groups) -> Result<Part, Mistake> {
    let name = item.trim_start_matches('[').trim_end_matches(']');
    if item != format!("[{name}]") {
        let help = "write the group's name between `[` and `]`, with spaces or `|` around it";
        return Err(mistake(item, format!("`{item}` is not the name of a group"), help));
    }
    groups.get(name).cloned().ok_or_else(|| {
        let help = match crate::diagnostic::did_you_mean(name, groups.keys().map(String::as_str)) {
            Some(meant) => format!("did you mean `[{meant}]`?"),
            None => format!("write a `[[group]]` with `name = \"{name}\"` above this"),
        };
        mistake(item, format!("there is no group `{name}`"), &help)
    })
}

fn mistake(fragment: &str, message: String, help: &str) -> Mistake {
    Mistake { fragment: fragment.trim().to_owned(), message, help: help.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(vocabulary: &mut Vocabulary, pattern: &str) -> Result<Vec<Part>, Mistake> {
        let face = parse("face|both eyes", &Groups::default(), vocabulary)?.remove(0);
        parse(pattern, &Groups::from_iter([("face".to_owned(), face)]), vocabulary)
    }

    #[test]
    fn patterns_that_mean_the_same_are_the_same() {
        let mut vocabulary = Vocabulary::default();
        for (short, long) in [
            ("swollen [face] + red", "swollen face|swollen both eyes + red"),
            ("lips/tongue itch/burn", "lips itch|lips burn|tongue itch|tongue burn"),
            ("light-headed|can't see", "light headed|cant see"),
            ("b|a|a", "a|b"),
        ] {
            let short_parts = parsed(&mut vocabulary, short);
            assert_eq!(short_parts, parsed(&mut vocabulary, long), "{short}");
        }
        assert_ne!(parsed(&mut vocabulary, "numb!"), parsed(&mut vocabulary, "numb"));
    }

    #[test]
    fn a_mistake_is_named() {
        let mut vocabulary = Vocabulary::default();
        for (pattern, message) in [
            ("red + ", "a word is missing in this pattern"),
            ("red/", "a word is missing in this pattern"),
            ("[fase] + red", "there is no group `fase`"),
            ("[face + red", "`[face` is not the name of a group"),
            ("#cold", "there is no kind of number `#cold`"),
        ] {
            let mistake = parsed(&mut vocabulary, pattern).map_err(|mistake| mistake.message);
            assert_eq!(mistake, Err(message.to_owned()), "{pattern}");
        }
    }
}
