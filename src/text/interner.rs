//! Texts numbered from 0 in the order in which they first come.
//!
//! A guide has thousands of words. All lie in one block of memory here, and each takes a few bytes beside its letters; a
//! map that owns a string for each takes some hundred.

use std::hash::BuildHasher as _;

use rustc_hash::FxBuildHasher;

/// Texts and their numbers.
#[derive(Debug, Default)]
pub struct Interner {
    text: String,
    /// Where each text ends, and the next one begins.
    ends: Vec<u32>,
    /// The numbers of the texts, each at the first place that is free from its hash on.
    slots: Vec<u32>,
}

/// A slot without a number.
const FREE: u32 = u32::MAX;

impl Interner {
    /// The number of `text`, which is added unless it is known.
    pub fn intern(&mut self, text: &str) -> u32 {
        if (self.ends.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let slot = self.slot(text);
        if self.slots[slot] == FREE {
            self.slots[slot] = self.ends.len() as u32;
            self.text.push_str(text);
            self.ends.push(self.text.len() as u32);
        }
        self.slots[slot]
    }

    /// The number of `text`, if it is known.
    pub fn number(&self, text: &str) -> Option<u32> {
        let slot = (!self.slots.is_empty()).then(|| self.slot(text))?;
        Some(self.slots[slot]).filter(|number| *number != FREE)
    }

    /// The text with this number.
    pub fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }

    /// All texts, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|number| self.get(number))
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Where the number of `text` stands, or would. There is always a free slot at which the search ends.
    fn slot(&self, text: &str) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = FxBuildHasher.hash_one(text) as usize & last;
        while self.slots[slot] != FREE && self.get(self.slots[slot]) != text {
            slot = (slot + 1) & last;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![FREE; (self.slots.len() * 2).max(16)];
        for number in 0..self.ends.len() as u32 {
            let slot = self.slot(self.get(number));
            self.slots[slot] = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_one_number() {
        let mut interner = Interner::default();
        assert_eq!(interner.number("0"), None);
        let texts: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        for _ in 0..2 {
            let numbers: Vec<u32> = texts.iter().map(|text| interner.intern(text)).collect();
            assert!(numbers.into_iter().eq(0..100));
        }
        assert!(interner.iter().eq(&texts));
        assert_eq!((interner.number("99"), interner.number("100")), (Some(99), None));
    }
}
