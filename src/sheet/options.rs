//! What can be filled in for a command, and what somebody has filled in: chosen in a form, or typed behind the command's
//! name.

use std::fmt;
use std::ops::RangeInclusive;

/// What switches an option on; its name alone does too.
const ON: [&str; 5] = ["", "true", "yes", "on", "1"];

/// What leaves it off.
const OFF: [&str; 4] = ["false", "no", "off", "0"];

/// What stands between an option and what is filled in.
pub const MARKS: [char; 2] = [':', '='];

/// What stands between two of the texts to choose from, where no options are named.
const BETWEEN: [&str; 8] = ["vs", "vs.", "versus", "and", "or", "with", "to", "&"];

/// Something to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot<'a> {
    /// The option's name.
    pub name: &'a str,
    /// The sentence beside it.
    pub describe: &'a str,
    /// What it takes.
    pub takes: Takes<'a>,
}

/// What an option takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes<'a> {
    /// Any text.
    Text,
    /// One of a few texts.
    OneOf(Vec<Pick<'a>>),
    /// A whole number in this range.
    Number(RangeInclusive<i64>),
    /// Yes or no.
    Switch,
}

/// A text to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick<'a> {
    /// What is read.
    pub name: String,
    /// What is filled in.
    pub value: &'a str,
}

/// The options that were filled in, by name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Options(Vec<(String, Filled)>);

/// What was filled in. Discord's own program holds it to what the option allows, and others need not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// A text, typed or chosen.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Switch(bool),
}

/// What somebody has typed.
#[derive(Clone, Default)]
pub struct Typed {
    /// What stands before the first option.
    pub before: String,
    /// What was filled in.
    pub options: Options,
    /// What was not understood, in the order in which it was typed.
    pub left: Vec<String>,
}

impl Options {
    /// The text that was filled in for this option.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Filled::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number that was filled in for this option.
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Filled::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether this option was switched on or off, if it was.
    pub fn switch(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Filled::Switch(on) => Some(*on),
            _ => None,
        }
    }

    /// Whether nothing was filled in.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All texts that were filled in.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|(name, _)| self.text(name))
    }

    fn get(&self, name: &str) -> Option<&Filled> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, filled)| filled)
    }
}

impl From<String> for Filled {
    fn from(text: String) -> Filled {
        Filled::Text(text)
    }
}

impl From<i64> for Filled {
    fn from(number: i64) -> Filled {
        Filled::Number(number)
    }
}

impl From<bool> for Filled {
    fn from(on: bool) -> Filled {
        Filled::Switch(on)
    }
}

impl<F: Into<Filled>> FromIterator<(String, F)> for Options {
    fn from_iter<I: IntoIterator<Item = (String, F)>>(options: I) -> Self {
        Options(options.into_iter().map(|(name, filled)| (name, filled.into())).collect())
    }
}

impl Takes<'_> {
    /// What is filled in by typing this; nothing, if it can't be that.
    fn filled(&self, typed: &str) -> Option<Filled> {
        let word = typed.to_lowercase();
        match self {
            Takes::Text => Some(Filled::Text(typed.to_owned())),
            Takes::OneOf(picks) => {
                let pick = picks.iter().find(|pick| pick.is_meant(typed))?;
                Some(Filled::Text(pick.value.to_owned()))
            }
            Takes::Number(range) => typed.parse().ok().filter(|number| range.contains(number)).map(Filled::Number),
            Takes::Switch if ON.contains(&word.as_str()) => Some(Filled::Switch(true)),
            Takes::Switch if OFF.contains(&word.as_str()) => Some(Filled::Switch(false)),
            Takes::Switch => None,
        }
    }

    /// Whether the option's name counts without a mark behind it. Texts to choose from may have any word in them.
    fn needs_no_mark(&self) -> bool {
        matches!(self, Takes::Number(_) | Takes::Switch)
    }
}

/// As it is typed.
impl fmt::Display for Takes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Takes::Text => f.write_str("…"),
            Takes::OneOf(picks) => {
                let names: Vec<&str> = picks.iter().map(|pick| pick.name.as_str()).collect();
                f.write_str(&names.join(" | "))
            }
            Takes::Number(range) => write!(f, "{}–{}", range.start(), range.end()),
            Takes::Switch => f.write_str("yes | no"),
        }
    }
}

impl Pick<'_> {
    /// Whether this is typed: its name, with or without what stands there in brackets, or its value.
    fn is_meant(&self, typed: &str) -> bool {
        let short = self.name.split('(').next().unwrap_or_default();
        [self.name.as_str(), short, self.value].iter().any(|way| letters(way) == letters(typed))
    }
}

/// `nights: 3, with_breakfast: yes`: options by name, each with what is filled in. A comma may stand between them.
pub fn by_name(slots: &[Slot<'_>], typed: &str) -> Typed {
    let (mut before, mut values) = (Vec::new(), Vec::<(&Slot<'_>, String)>::new());
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        rest = behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        let (name, value) = word.split_once(MARKS).map_or((word, None), |(name, value)| (name, Some(value)));
        let slot = slots.iter().find(|slot| !letters(name).is_empty() && letters(slot.name) == letters(name));
        match (slot.filter(|slot| value.is_some() || slot.takes.needs_no_mark()), values.last_mut()) {
            // A text goes on to the end, whatever stands in it.
            (Some(slot), _) if slot.takes == Takes::Text => {
                values.push((slot, format!("{}{behind}", value.unwrap_or_default())));
                break;
            }
            (Some(slot), _) => values.push((slot, value.unwrap_or_default().to_owned())),
            (None, Some((_, value))) => *value = format!("{value} {word}"),
            (None, None) => before.push(word),
        }
    }
    let mut read = Typed { before: before.join(" "), ..Typed::default() };
    for (slot, value) in values {
        let value = value.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(&c)).trim_end();
        match slot.takes.filled(value) {
            Some(filled) if read.options.get(slot.name).is_none() => {
                read.options.0.push((slot.name.to_owned(), filled));
            }
            _ if value.is_empty() => read.left.push(slot.name.to_owned()),
            _ => read.left.push(format!("{}: {value}", slot.name)),
        }
    }
    read
}

/// All that is typed behind a command: options by name, or at once what there is to fill in, be it any text or some of the
/// texts to choose from: `tea vs coffee`.
pub fn behind(slots: &[Slot<'_>], typed: &str) -> Typed {
    let named = by_name(slots, typed);
    if named.before.is_empty() {
        return named;
    }
    match slots {
        [Slot { name, takes: Takes::Text, .. }, ..] => {
            let text = Filled::Text(typed.trim().to_owned());
            Typed { options: [((*name).to_owned(), text)].into_iter().collect(), ..Typed::default() }
        }
        [Slot { takes: Takes::OneOf(_), .. }, ..] if named.options.is_empty() && named.left.is_empty() => {
            in_order(slots, typed)
        }
        _ => {
            let left = std::iter::once(named.before).chain(named.left).collect();
            Typed { before: String::new(), options: named.options, left }
        }
    }
}

/// `tea vs coffee`: one after another.
fn in_order(slots: &[Slot<'_>], typed: &str) -> Typed {
    let spaced = typed.replace([',', ';', '/'], " , ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let is_between = |word: &&str| *word == "," || BETWEEN.contains(&word.to_lowercase().as_str());
    let said = words.split(is_between).map(|words| words.join(" ")).filter(|said| !said.is_empty());
    let mut read = Typed::default();
    let mut slots = slots.iter();
    for said in said {
        let slot = slots.next();
        match slot.and_then(|slot| Some((slot.name.to_owned(), slot.takes.filled(&said)?))) {
            Some(filled) => read.options.0.push(filled),
            None => read.left.push(said),
        }
    }
    read
}

/// The letters and digits of a text, small: capitals make no difference, nor do spaces, hyphens and marks.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums() -> [Slot<'static>; 3] {
        let slot = |name, takes| Slot { name, describe: "", takes };
        [
            slot("nights", Takes::Number(1..=12)),
            slot("dinners", Takes::Number(0..=5)),
            slot("with_breakfast", Takes::Switch),
        ]
    }

    fn rooms() -> [Slot<'static>; 2] {
        let rooms = [("Single room", "one"), ("Suite (with a view)", "suite"), ("Vitamin B", "b")];
        let picks: Vec<Pick<'_>> = rooms.map(|(name, value)| Pick { name: name.to_owned(), value }).to_vec();
        ["a", "b"].map(|name| Slot { name, describe: "", takes: Takes::OneOf(picks.clone()) })
    }

    /// The nights, the breakfast, and what is not understood.
    fn read(typed: &str) -> (Option<i64>, Option<bool>, Vec<String>) {
        let read = behind(&sums(), typed);
        (read.options.number("nights"), read.options.switch("with_breakfast"), read.left)
    }

    #[test]
    fn options_are_read_with_every_space_and_mark() {
        let both = (Some(2), Some(true), Vec::new());
        for typed in [
            "nights: 2 with_breakfast: yes",
            "nights:2 with_breakfast:yes",
            "nights=2,with_breakfast",
            "Nights : 2; WITH_BREAKFAST = On",
            "with-breakfast nights 2",
            "--nights 2 --with-breakfast",
        ] {
            assert_eq!(read(typed), both, "{typed}");
        }
        assert_eq!(read("with_breakfast: false nights: 3"), (Some(3), Some(false), Vec::new()));
        assert_eq!(read(""), (None, None, Vec::new()));
    }

    #[test]
    fn what_is_not_understood_is_told_and_never_guessed() {
        let left = |typed: &str| read(typed).2;
        for typed in ["3", "how much", "nights"] {
            assert_eq!(left(typed), [typed]);
        }
        assert_eq!(left("three nights"), ["three", "nights"]);
        for typed in ["nights: 99", "nights: 0", "nights: -1", "nights: two", "nights: 1.5", "with_breakfast: maybe"] {
            assert_eq!(left(typed), [typed]);
            let read = read(typed);
            assert_eq!((read.0, read.1), (None, None), "{typed}");
        }
        assert_eq!(left("nights: 2 nights: 3"), ["nights: 3"]);
        assert_eq!(left("x nights: 2 please"), ["x", "nights: 2 please"]);
    }

    #[test]
    fn two_are_named_in_any_of_the_usual_ways() {
        let read = |typed: &str| {
            let read = behind(&rooms(), typed);
            let text = |name| read.options.text(name).map(str::to_owned);
            (text("a"), text("b"), read.left)
        };
        let both = (Some("one".to_owned()), Some("suite".to_owned()), Vec::new());
        for typed in [
            "single room, suite",
            "one vs suite",
            "Single Room versus Suite (with a view)",
            "one and suite",
            "one/suite",
            "a: single room b: suite",
            "a=one, b=suite",
        ] {
            assert_eq!(read(typed), both, "{typed}");
        }
        assert_eq!(read("suite"), (Some("suite".to_owned()), None, Vec::new()));
        assert_eq!(read("a: Vitamin B").0.as_deref(), Some("b"));
        assert_eq!(read("one and foo").2, ["foo"]);
        assert_eq!(read("one, suite, b").2, ["b"]);
        assert_eq!(read("a: foo").2, ["a: foo"]);
    }

    #[test]
    fn a_text_is_all_that_is_typed() {
        let slots = [Slot { name: "text", describe: "", takes: Takes::Text }];
        for typed in ["We cure it.\nNow: 50 %, off", "text: We cure it.\nNow: 50 %, off"] {
            assert_eq!(behind(&slots, typed).options.text("text"), Some("We cure it.\nNow: 50 %, off"), "{typed}");
        }
    }
}
