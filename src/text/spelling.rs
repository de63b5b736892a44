//! Spelling repair toward the words of the knowledge.
//!
//! The words are found by their deletion neighbourhood: a word and all it becomes when letters are left out, as in
//! Garbe's SymSpell (<https://github.com/wolfgarbe/SymSpell>), after Bocek, Hunt and Stiller, "Fast Similarity Search
//! in Large Dictionaries" (2007). Two words within edit distance `n` share a form with at most `n` letters left out,
//! so a look-up costs a few hash probes whatever the size of the lexicon.

use rustc_hash::FxHashMap;

/// The words of the knowledge, with how often each occurs, and their deletion neighbourhoods.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: Vec<Entry>,
    ids: FxHashMap<Box<str>, u32>,
    neighbourhoods: FxHashMap<u64, Vec<u32>>,
}

#[derive(Debug)]
struct Entry {
    word: Box<str>,
    count: u32,
}

/// A word of the lexicon that was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair<'a> {
    /// The words meant: one, or two that were written together.
    pub words: Vec<&'a str>,
    /// The edit distance (optimal string alignment) from what was typed; 0 where only a space was missing.
    pub distance: usize,
}

/// Only this many letters from the front take part in the neighbourhood: it keeps the index small, and the rest of the
/// word is compared in full afterwards.
const PREFIX: usize = 8;

/// How far a word may be from the one meant: short words have too many neighbours to guess.
fn allowed_distance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

impl Lexicon {
    /// Counts `word`, in folded form, as a word of the knowledge.
    pub fn add(&mut self, word: &str) {
        if let Some(&id) = self.ids.get(word) {
            self.words[id as usize].count += 1;
            return;
        }
        let id = u32::try_from(self.words.len()).expect("a lexicon has fewer than four billion words");
        self.ids.insert(word.into(), id);
        self.words.push(Entry { word: word.into(), count: 1 });
    }

    /// Prepares the look-up of repairs; to be called once all words are added.
    pub fn index_neighbourhoods(&mut self) {
        self.neighbourhoods.clear();
        for (id, entry) in self.words.iter().enumerate() {
            let letters = entry.word.chars().count();
            if letters < 3 || !entry.word.chars().all(char::is_alphabetic) {
                continue;
            }
            for form in neighbourhood(&entry.word, allowed_distance(letters + 1)) {
                self.neighbourhoods.entry(form).or_default().push(id as u32);
            }
        }
    }

    /// Whether the knowledge has this word.
    pub fn contains(&self, word: &str) -> bool {
        self.ids.contains_key(word)
    }

    /// How often the knowledge has this word.
    pub fn count(&self, word: &str) -> u32 {
        self.ids.get(word).map_or(0, |&id| self.words[id as usize].count)
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What was probably meant by `word`, which the lexicon does not have: the nearest word by edit distance, the more
    /// frequent of two equally near ones; else two words written together; else nothing.
    pub fn repair(&self, word: &str) -> Option<Repair<'_>> {
        let letters = word.chars().count();
        if letters > LONGEST || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let nearest = self.nearest(word, allowed_distance(letters));
        match nearest {
            Some((word, 1)) => Some(Repair { words: vec![word], distance: 1 }),
            nearest => {
                let split = self.split(word).map(|words| Repair { words: words.to_vec(), distance: 0 });
                split.or(nearest.map(|(word, distance)| Repair { words: vec![word], distance }))
            }
        }
    }

    fn nearest(&self, word: &str, allowed: usize) -> Option<(&str, usize)> {
        if allowed == 0 {
            return None;
        }
        let mut candidates: Vec<u32> = neighbourhood(word, allowed)
            .iter()
            .filter_map(|form| self.neighbourhoods.get(form))
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
            .into_iter()
            .map(|id| &self.words[id as usize])
            .map(|entry| (strsim::osa_distance(word, &entry.word), entry))
            .filter(|(distance, entry)| *distance <= allowed && plausible(word, &entry.word, *distance))
            .min_by(|(distance_a, a), (distance_b, b)| {
                // Nearer first; then the same first letter, which typing mistakes seldom hit; then the more frequent.
                let other_start = |entry: &Entry| entry.word.chars().next() != word.chars().next();
                (distance_a, other_start(a), b.count, &a.word).cmp(&(distance_b, other_start(b), a.count, &b.word))
            })
            .map(|(distance, entry)| (&*entry.word, distance))
    }

    /// The two words of the lexicon that `word` is made of, both long enough not to be met by chance.
    fn split(&self, word: &str) -> Option<[&str; 2]> {
        const SHORTEST: usize = 3;
        let known = |part: &str| self.ids.get(part).map(|&id| &self.words[id as usize]);
        word.char_indices()
            .map(|(at, _)| word.split_at(at))
            .filter(|(a, b)| a.chars().count() >= SHORTEST && b.chars().count() >= SHORTEST)
            .filter_map(|(a, b)| Some((known(a)?, known(b)?)))
            .max_by_key(|(a, b)| (a.count.min(b.count), a.word.len()))
            .map(|(a, b)| [&*a.word, &*b.word])
    }
}

/// Longer words are not typed by people.
const LONGEST: usize = 40;

/// Two mistakes in one word are believed only where its first letter is right.
fn plausible(typed: &str, meant: &str, distance: usize) -> bool {
    distance < 2 || typed.chars().next() == meant.chars().next()
}

/// Hashes of the word's prefix and of all that it becomes with up to `deletions` letters left out; sorted, each once.
fn neighbourhood(word: &str, deletions: usize) -> Vec<u64> {
    let prefix: String = word.chars().take(PREFIX).collect();
    let mut forms = vec![prefix];
    let mut from = 0;
    for _ in 0..deletions {
        let until = forms.len();
        for at in from..until {
            let form = forms[at].clone();
            forms.extend(form.char_indices().map(|(index, c)| {
                let mut shorter = form.clone();
                shorter.replace_range(index..index + c.len_utf8(), "");
                shorter
            }));
        }
        from = until;
    }
    let mut hashes: Vec<u64> = forms.iter().map(|form| hash(form)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn hash(form: &str) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    form.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(words: &[&str]) -> Lexicon {
        let mut lexicon = Lexicon::default();
        words.iter().for_each(|word| lexicon.add(word));
        lexicon.index_neighbourhoods();
        lexicon
    }

    fn repaired(lexicon: &Lexicon, word: &str) -> Option<String> {
        lexicon.repair(word).map(|repair| repair.words.join(" "))
    }

    #[test]
    fn mistakes_are_repaired_toward_known_words() {
        let lexicon = lexicon(&["insurance", "session", "sessions", "car", "park", "approved", "treatment"]);
        for (typed, meant) in [
            ("insurence", "insurance"),
            ("sesion", "session"),
            ("carpark", "car park"),
            ("aproved", "approved"),
            ("treatmnet", "treatment"),
        ] {
            assert_eq!(repaired(&lexicon, typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn short_and_far_words_are_left_alone() {
        let lexicon = lexicon(&["cost", "fat", "session"]);
        for typed in ["cat", "passion", "39", "zzzzzzzz"] {
            assert_eq!(repaired(&lexicon, typed), None, "{typed}");
        }
    }

    #[test]
    fn of_two_equally_near_words_the_more_frequent_is_meant() {
        let lexicon = lexicon(&["moths", "months", "months"]);
        assert_eq!(repaired(&lexicon, "mnths").as_deref(), Some("months"));
    }
}
