//! The words of the patterns, and finding them again in a message, misspelled or not.

use rustc_hash::FxHashSet;

use super::pattern::Part;
use crate::text::{End, Interner, Lexicon, Token, familiar_forms, is_familiar, stem};

/// The number under which a word, a stem or a kind of number is known.
pub(super) type Key = u32;

const NO_KEY: Key = Key::MAX;
/// The key of a number that would be a fever as a body temperature.
pub(super) const FEVER: Key = 0;
/// The key of any number.
pub(super) const NUMBER: Key = 1;
/// The key of a number that would be a fever and has decimals, and so is no age.
pub(super) const FEVER_WITH_DECIMALS: Key = 2;
/// The key of the place before the first word of a sentence.
pub(super) const START: Key = 3;
/// The key of the place behind the last word of a sentence.
pub(super) const END: Key = 4;
const FIRST_WORD: Key = 5;

/// Stems and words have keys in turn, so that neither needs to know how many there are of the other.
fn key_of_stem(number: u32) -> Key {
    FIRST_WORD + 2 * number
}

fn key_of_exact(number: u32) -> Key {
    FIRST_WORD + 2 * number + 1
}

/// What a word of a message can stand for in a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// The token it came from; two words written together are two units of one token.
    pub(super) token: usize,
    keys: [Key; 5],
    /// Whether phrases may leave it out.
    pub(super) small: bool,
}

impl Unit {
    /// The keys by which patterns may know the word.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.into_iter().filter(|key| *key != NO_KEY)
    }
}

#[derive(Clone, Copy, Debug)]
struct Known {
    exact: Key,
    stem: Key,
    small: bool,
}

/// The words of the patterns.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The words of which the patterns mean one form only.
    exact: Interner,
    /// The stems of the others.
    stems: Interner,
    /// The words as they stand in the patterns, while these are read.
    written: Interner,
    /// The words that signs are made of, while these are read: of two equally near words, repairs prefer one of these.
    preferred: FxHashSet<Key>,
    /// The words of the patterns and their familiar forms; they are spelled right.
    lexicon: Lexicon,
    /// What each word of the lexicon stands for, by its number.
    known: Vec<Known>,
    /// Words beside a number that make it something else than a temperature.
    other_units: Vec<String>,
}

impl Vocabulary {
    /// The key of a pattern's word in any form.
    pub(super) fn any_form(&mut self, word: &str) -> Key {
        self.written.intern(word);
        key_of_stem(self.stems.intern(&stem(word)))
    }

    /// The key of a pattern's word in this form only.
    pub(super) fn exactly(&mut self, word: &str) -> Key {
        self.written.intern(word);
        key_of_exact(self.exact.intern(word))
    }

    /// Has repairs prefer the words of `part`.
    pub(super) fn prefer(&mut self, part: &Part) {
        self.preferred.extend(part.iter().flatten());
    }

    /// To be called when the keys of all patterns are known.
    pub(super) fn finish(&mut self, small_words: &[String], other_units: Vec<String>) {
        let (written, preferred) = (std::mem::take(&mut self.written), std::mem::take(&mut self.preferred));
        // A familiar form of a pattern's word (`breathing` of `breathe`) is as good an aim for repairs.
        let familiar: Vec<&str> = self.stems.iter().flat_map(familiar_forms).collect();
        let mut words: Vec<&str> = written.iter().chain(familiar).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            let known = self.look_up(word);
            self.learn(word, known);
            if [known.exact, known.stem].iter().any(|key| preferred.contains(key)) {
                self.lexicon.add(word);
            }
        }
        for word in small_words {
            self.learn(word, Known { small: true, ..self.look_up(word) });
        }
        self.lexicon.index_neighbourhoods();
        self.other_units = other_units;
    }

    /// Notes that `word` is spelled right, and what it stands for.
    fn learn(&mut self, word: &str, known: Known) {
        let number = self.lexicon.add(word);
        self.known.resize(self.lexicon.len(), UNKNOWN);
        self.known[number] = known;
    }

    fn look_up(&self, word: &str) -> Known {
        Known {
            exact: self.exact.number(word).map_or(NO_KEY, key_of_exact),
            stem: self.stems.number(&stem(word)).map_or(NO_KEY, key_of_stem),
            small: false,
        }
    }

    fn known(&self, word: &str) -> Option<Known> {
        self.lexicon.number(word).map(|number| self.known[number])
    }

    /// The units of a message.
    pub(super) fn units(&self, tokens: &[Token]) -> Vec<Unit> {
        let mut units = Vec::with_capacity(tokens.len() + 4);
        for (at, token) in tokens.iter().enumerate() {
            if token.word.starts_with(|c: char| c.is_ascii_digit()) {
                units.push(self.number(tokens, at));
            } else if let Some(joined) = self.rejoined(tokens, at) {
                units.pop();
                units.push(unit(at, joined));
            } else {
                self.push_word(&token.word, at, &mut units);
            }
        }
        units
    }

    fn push_word(&self, word: &str, at: usize, units: &mut Vec<Unit>) {
        let known = self.known(word).unwrap_or_else(|| self.look_up(word));
        if known.exact != NO_KEY || known.stem != NO_KEY || self.is_spelled_right(word) {
            return units.push(unit(at, known));
        }
        match self.meant(word) {
            Some(words) => units.extend(words.into_iter().map(|word| unit(at, self.known_or_not(word)))),
            // Nobody knows what it means, so it should not stand between words that are known.
            None => units.push(unit(at, Known { small: true, ..UNKNOWN })),
        }
    }

    /// Whether it is a known word, or another form of a familiar one.
    fn is_spelled_right(&self, word: &str) -> bool {
        self.known(word).is_some() || is_familiar(word)
    }

    /// What was meant by a word that nobody knows.
    fn meant<'a>(&'a self, word: &'a str) -> Option<Vec<&'a str>> {
        if word.len() > LONGEST_WORD {
            return None;
        }
        let repair = self.lexicon.repair(word);
        match repair {
            Some(repair) if repair.distance < 2 => Some(repair.words),
            repair => self.without_small_word(word).or(repair.map(|repair| repair.words)),
        }
    }

    /// The word and the small word that was written together with it: `tokill`, `fiton`.
    fn without_small_word<'a>(&self, word: &'a str) -> Option<Vec<&'a str>> {
        const SHORTEST: usize = 3;
        let small = |part: &str| self.known(part).is_some_and(|known| known.small);
        let whole = |part: &str| part.chars().count() >= SHORTEST && self.known(part).is_some();
        let places = word.char_indices().map(|(at, _)| word.split_at(at));
        places.filter(|(a, b)| small(a) && whole(b) || whole(a) && small(b)).map(|(a, b)| vec![a, b]).next()
    }

    fn known_or_not(&self, word: &str) -> Known {
        self.known(word).unwrap_or(UNKNOWN)
    }

    /// `can t` is `cant`: some keyboards put a space where the apostrophe belongs; and `my self` is `myself`.
    fn rejoined(&self, tokens: &[Token], at: usize) -> Option<Known> {
        let before = &tokens[at.checked_sub(1)?];
        let apart = match tokens[at].word.as_str() {
            "t" => before.word.ends_with('n'),
            "self" => {
                before.end == End::Word && matches!(&*before.word, "my" | "him" | "her" | "your" | "his" | "them")
            }
            "selves" => before.end == End::Word && matches!(&*before.word, "them" | "our" | "your"),
            _ => false,
        };
        apart.then(|| self.known(&format!("{}{}", before.word, tokens[at].word))).flatten()
    }

    fn number(&self, tokens: &[Token], at: usize) -> Unit {
        let known = self.known_or_not(&tokens[at].word);
        let before = at.checked_sub(1).map(|before| tokens[before].word.as_str());
        let after = tokens.get(at + 1).filter(|_| tokens[at].end == End::Word).map(|after| after.word.as_str());
        let other = [before, after].into_iter().flatten().any(|word| self.other_units.iter().any(|unit| unit == word));
        let fever = if other || is_ordinal(tokens, at) { None } else { fever(&tokens[at]) };
        Unit {
            token: at,
            keys: [known.stem, known.exact, NUMBER, fever.unwrap_or(NO_KEY), fever.map_or(NO_KEY, |_| FEVER)],
            small: false,
        }
    }
}

/// In bytes; longer words are not typed by people.
const LONGEST_WORD: usize = 80;

const UNKNOWN: Known = Known { exact: NO_KEY, stem: NO_KEY, small: false };

fn unit(token: usize, known: Known) -> Unit {
    Unit { token, keys: [known.exact, known.stem, NO_KEY, NO_KEY, NO_KEY], small: known.small }
}

/// Whether the number goes on as in `100th`.
fn is_ordinal(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        next.span.start == tokens[at].span.end && matches!(&*next.word, "st" | "nd" | "rd" | "th" | "s")
    })
}

/// Body temperatures from 37.8 °C or 100 °F, up to what a living person can have.
fn fever(number: &Token) -> Option<Key> {
    let value = number.word.parse::<f64>().ok().filter(|_| !number.percent)?;
    // `38,5` comes without its comma, which in English parts thousands.
    let value = if number.span.len() > number.word.len() { value / 10.0 } else { value };
    let fever = (37.8..=43.0).contains(&value) || (100.0..110.0).contains(&value);
    let key = if value.fract() > 0.0 { FEVER_WITH_DECIMALS } else { FEVER };
    fever.then_some(key)
}
