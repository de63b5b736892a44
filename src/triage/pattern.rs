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

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::words::{self, Key, Vocabulary};
use crate::text;

/// Words that follow one another, by the keys under which the vocabulary knows them.
pub(super) type Phrase = Vec<Key>;

/// What one item of a pattern stands for: a phrase as a rule, and those of a group for its name.
pub(super) type Item = Arc<[Phrase]>;

/// The groups read so far, by name.
pub(super) type Groups = FxHashMap<String, Item>;

/// A part of a pattern: the choices for it.
pub(super) type Part = Vec<Choice>;

/// A choice for a part, which stands for many phrases: for each of its places the items of which one stands there.
#[derive(Debug)]
pub(super) struct Choice {
    places: Vec<Vec<Item>>,
}

impl Choice {
    /// For each place the phrases of which one stands there.
    pub(super) fn places(&self) -> impl Iterator<Item = impl Iterator<Item = &Phrase> + Clone> {
        self.places.iter().map(|items| items.iter().flat_map(|item| item.iter()))
    }

    /// How many phrases it stands for.
    fn count(&self) -> usize {
        self.places().map(Iterator::count).fold(1, usize::saturating_mul)
    }

    /// The phrases.
    pub(super) fn phrases(&self) -> Vec<Phrase> {
        self.places().fold(vec![Phrase::new()], |begun, place| {
            let continued = |start: Phrase| place.clone().map(move |end| [&start[..], end].concat());
            begun.into_iter().flat_map(continued).collect()
        })
    }
}

#[cfg(test)]
impl From<Vec<Phrase>> for Choice {
    fn from(phrases: Vec<Phrase>) -> Choice {
        Choice { places: vec![vec![phrases.into()]] }
    }
}

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
        let choices = part.split('|').map(|choice| self.choice(choice)).collect::<Result<Part, _>>()?;
        let count = choices.iter().map(Choice::count).fold(0, usize::saturating_add);
        if count > MOST_PHRASES {
            let message = format!("this stands for {count} phrases, and {MOST_PHRASES} is the most");
            return Err(mistake(part, message, "put `+` between the groups, so that they need not follow one another"));
        }
        Ok(choices)
    }

    fn choice(&mut self, choice: &str) -> Result<Choice, Mistake> {
        let places = choice.split_whitespace().map(|place| place.split('/').map(|item| self.item(item)).collect());
        let choice = Choice { places: places.collect::<Result<_, _>>()? };
        if choice.places.is_empty() { Err(self.word_missing()) } else { Ok(choice) }
    }

    fn word_missing(&self) -> Mistake {
        let help = "write a word on both sides of each `+`, `|` and `/`, or remove the sign";
        mistake(self.pattern, "a word is missing in this pattern".to_owned(), help)
    }

    fn item(&mut self, item: &str) -> Result<Item, Mistake> {
        match item {
            "" => Err(self.word_missing()),
            "^" => Ok([vec![words::START]].into()),
            "." => Ok([vec![words::END]].into()),
            "#fever" => Ok([vec![words::FEVER]].into()),
            "#fever.5" => Ok([vec![words::FEVER_WITH_DECIMALS]].into()),
            "#number" => Ok([vec![words::NUMBER]].into()),
            _ if item.starts_with('#') => {
                let message = format!("there is no kind of number `{item}`");
                Err(mistake(item, message, "write `#fever`, `#fever.5` or `#number`"))
            }
            _ if item.starts_with('[') => parse_group(item, self.groups),
            _ => self.words(item),
        }
    }

    /// The words of an item: one as a rule, several where it has a hyphen.
    fn words(&mut self, item: &str) -> Result<Item, Mistake> {
        if let Some(known) = self.vocabulary.item(item) {
            return Ok(known.clone());
        }
        let tokens = text::tokens(item);
        let words = tokens.iter().map(|token| token.word.as_str());
        let phrase: Phrase = match item.ends_with('!') {
            true => words.map(|word| self.vocabulary.exactly(word)).collect(),
            false => words.map(|word| self.vocabulary.any_form(word)).collect(),
        };
        if phrase.is_empty() {
            return Err(mistake(item, format!("`{item}` has no letter and no digit"), "remove it, or write a word"));
        }
        Ok(self.vocabulary.keep_item(item, [phrase].into()))
    }
}

fn parse_group(item: &str, groups: &Groups) -> Result<Item, Mistake> {
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
    use std::collections::BTreeSet;

    use super::*;

    /// The phrases of each part, in order.
    fn parsed(vocabulary: &mut Vocabulary, pattern: &str) -> Result<Vec<BTreeSet<Phrase>>, Mistake> {
        let phrases = |part: &Part| part.iter().flat_map(Choice::phrases).collect::<BTreeSet<Phrase>>();
        let face = phrases(&parse("face|both eyes", &Groups::default(), vocabulary)?[0]).into_iter().collect();
        let parts = parse(pattern, &Groups::from_iter([("face".to_owned(), face)]), vocabulary)?;
        Ok(parts.iter().map(phrases).collect())
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
            ("both/ eyes", "a word is missing in this pattern"),
            ("100 % sure", "`%` has no letter and no digit"),
            ("[fase] + red", "there is no group `fase`"),
            ("[face + red", "`[face` is not the name of a group"),
            ("#cold", "there is no kind of number `#cold`"),
        ] {
            let mistake = parsed(&mut vocabulary, pattern).map_err(|mistake| mistake.message);
            assert_eq!(mistake, Err(message.to_owned()), "{pattern}");
        }
    }
}
