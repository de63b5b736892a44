//! The words of the patterns, and finding them again in a message, misspelled or not.

use rustc_hash::{FxHashMap, FxHashSet};

use super::pattern::{Choice, Item, Part};
use super::reading::{Meant, Reading};
use crate::text::{End, Interner, Lexicon, Token, familiar_forms, is_familiar, is_listed, stem};

/// The number under which a word, a stem or a kind of number is known.
pub(super) type Key = u32;

pub(super) const NO_KEY: Key = Key::MAX;
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

/// A word has two keys, and a misspelt one may be any of four words.
const KEYS: usize = 8;

/// Stems and words have keys in turn, so that neither needs to know how many there are of the other.
fn key_of_stem(number: u32) -> Key {
    FIRST_WORD + 2 * number
}

fn key_of_exact(number: u32) -> Key {
    FIRST_WORD + 2 * number + 1
}

/// What a word of a message can stand for in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// The token it came from; two words written together are two units of one token.
    pub(super) token: usize,
    keys: [Key; KEYS],
    /// Whether phrases may leave it out.
    pub(super) small: bool,
}

impl Unit {
    /// The keys by which patterns may know the word.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.into_iter().filter(|key| *key != NO_KEY)
    }
}

/// What a word is known as.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    exact: Key,
    /// That of all words with the same stem.
    pub(super) stem: Key,
    /// Whether phrases may leave it out.
    pub(super) small: bool,
    /// Whether signs are made of it.
    signs: bool,
    /// Whether it is a number.
    number: bool,
}

/// What is known of words beside the patterns.
pub(super) struct Lists {
    /// May stand between the words of a phrase.
    pub(super) small_words: Vec<String>,
    /// Look like misspelt words of the patterns, and are none.
    pub(super) other_words: Vec<String>,
    /// Beside a number they make it something else than a temperature.
    pub(super) other_units: Vec<String>,
    /// Are numbers: "two".
    pub(super) number_words: Vec<String>,
    /// As typed in a chat, and what that means.
    pub(super) spellings: Vec<(String, String)>,
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
    /// The items of the patterns that were read before, as patterns share most of their words, while these are read.
    items: FxHashMap<Box<str>, Item>,
    /// The words that signs are made of, while these are read.
    preferred: FxHashSet<Key>,
    /// The words of the patterns and their familiar forms; they are spelled right.
    pub(super) lexicon: Lexicon,
    /// What each word of the lexicon stands for, by its number.
    known: Vec<Known>,
    /// What words stand for that are written otherwise in a chat; some mean themselves as well, as `2` and `to`.
    spellings: FxHashMap<Box<str>, Known>,
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

    /// The keys of a pattern's item, if it was read before.
    pub(super) fn item(&self, item: &str) -> Option<&Item> {
        self.items.get(item)
    }

    /// Notes the keys of a pattern's item.
    pub(super) fn keep_item(&mut self, item: &str, keys: Item) -> Item {
        self.items.insert(item.into(), keys.clone());
        keys
    }

    /// Has repairs prefer the words of `part`.
    pub(super) fn prefer(&mut self, part: &Part) {
        self.preferred.extend(part.iter().flat_map(Choice::places).flatten().flatten());
    }

    /// To be called when the keys of all patterns are known.
    pub(super) fn finish(&mut self, lists: Lists) {
        self.items = FxHashMap::default();
        let (written, preferred) = (std::mem::take(&mut self.written), std::mem::take(&mut self.preferred));
        // A familiar form of a pattern's word (`breathing` of `breathe`) is as good an aim for repairs.
        let familiar: Vec<&str> = self.stems.iter().flat_map(familiar_forms).collect();
        let mut words: Vec<&str> = written.iter().chain(familiar).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            let known = self.look_up(word);
            let signs = [known.exact, known.stem].iter().any(|key| preferred.contains(key));
            self.learn(word, Known { signs, ..known });
        }
        for word in &lists.small_words {
            let known = self.known(word).unwrap_or_else(|| self.look_up(word));
            self.learn(word, Known { small: true, ..known });
        }
        for word in &lists.other_words {
            self.learn(word, self.look_up(word));
        }
        for word in &lists.number_words {
            let known = self.known(word).unwrap_or_else(|| self.look_up(word));
            self.learn(word, Known { number: true, ..known });
        }
        let meant = |(typed, meant): &(String, String)| {
            (typed.as_str().into(), self.known(meant).unwrap_or_else(|| self.look_up(meant)))
        };
        self.spellings = lists.spellings.iter().map(meant).collect();
        self.lexicon.index_neighbourhoods();
        self.other_units = lists.other_units;
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
            signs: false,
            number: false,
        }
    }

    pub(super) fn known(&self, word: &str) -> Option<Known> {
        self.lexicon.number(word).map(|number| self.known[number])
    }

    /// The units of a message.
    pub(super) fn units(&self, tokens: &[Token], reading: Reading) -> Vec<Unit> {
        let mut units = Vec::with_capacity(tokens.len() + 4);
        for (at, token) in tokens.iter().enumerate() {
            if token.word.starts_with(|c: char| c.is_ascii_digit()) {
                units.push(self.number(tokens, at));
            } else if let Some(joined) = self.rejoined(tokens, at) {
                units.pop();
                units.push(unit(at, &[joined]));
            } else {
                self.push_word(&token.word, at, reading, &mut units);
            }
        }
        units
    }

    fn push_word(&self, word: &str, at: usize, reading: Reading, units: &mut Vec<Unit>) {
        let meant = if self.is_written(word) { None } else { self.meant(word, reading) };
        match meant {
            Some(Meant::OneOf(words)) => {
                let mut known: Vec<Known> = words.iter().flat_map(|word| self.stands_for(word)).collect();
                // In doubt it is a sign's word, and none that speaks against one: `bkack` is `black`, and not `back`.
                if known.iter().any(|known| known.signs) {
                    known.retain(|known| known.signs || known.small);
                }
                units.push(unit(at, &known));
            }
            Some(Meant::Both(words)) => units.extend(words.map(|word| unit(at, &self.stands_for(word)))),
            None => units.push(unit(at, &self.as_written(word))),
        }
    }

    /// What a word stands for that was not meant as another.
    fn as_written(&self, word: &str) -> Vec<Known> {
        let mut known = self.stands_for(word);
        if known.is_empty() {
            let other_form = self.look_up(word);
            // Nobody knows what it means, so it should not stand between words that are known.
            known.push(Known { small: other_form.stem == NO_KEY && !is_familiar(word), ..other_form });
        }
        known
    }

    /// Whether it is a known word or a familiar one, or another form of one.
    pub(super) fn is_spelled_right(&self, word: &str) -> bool {
        self.known(word).is_some() || self.look_up(word).stem != NO_KEY || is_familiar(word)
    }

    /// Whether it is a known word or a familiar one in just this form.
    pub(super) fn is_written(&self, word: &str) -> bool {
        self.known(word).is_some() || self.spellings.contains_key(word) || is_listed(word)
    }

    /// What a word means by itself, and what in a chat; without what it does not mean.
    pub(super) fn stands_for(&self, word: &str) -> Vec<Known> {
        self.known(word).into_iter().chain(self.spellings.get(word).copied()).collect()
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
        let word = tokens[at].word.as_str();
        let before = at.checked_sub(1).map(|before| tokens[before].word.as_str());
        let after = tokens.get(at + 1).filter(|_| tokens[at].end == End::Word).map(|after| after.word.as_str());
        let other = [before, after].into_iter().flatten().any(|word| self.other_units.iter().any(|unit| unit == word));
        // "Day 2" is no "day to".
        let known = if other { self.known(word).into_iter().collect() } else { self.stands_for(word) };
        let fever = if other || is_ordinal(tokens, at) { None } else { fever(&tokens[at]) };
        let kinds = [NUMBER, fever.unwrap_or(NO_KEY), fever.map_or(NO_KEY, |_| FEVER)];
        let mut unit = unit(at, &known);
        unit.keys[KEYS - kinds.len()..].copy_from_slice(&kinds);
        unit
    }
}

const UNKNOWN: Known = Known { exact: NO_KEY, stem: NO_KEY, small: false, signs: false, number: false };

/// A unit that may be any of the `known` words, as far as it has room.
fn unit(token: usize, known: &[Known]) -> Unit {
    let mut keys = [NO_KEY; KEYS];
    let all = known.iter().flat_map(|known| [known.exact, known.stem]);
    keys.iter_mut().zip(all).for_each(|(key, known)| *key = known);
    if known.iter().any(|known| known.number) {
        keys[KEYS - 1] = NUMBER;
    }
    Unit { token, keys, small: known.iter().any(|known| known.small) }
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
