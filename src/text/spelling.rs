//! Spelling repair toward the words of the knowledge.
//!
//! The words are found by their deletion neighbourhood: a word and all it becomes when letters are left out, as in
//! Garbe's SymSpell (<https://github.com/wolfgarbe/SymSpell>), after Bocek, Hunt and Stiller, "Fast Similarity Search
//! in Large Dictionaries" (2007). Two words within edit distance `n` share a form with at most `n` letters left out,
//! so a look-up costs a few hash probes whatever the size of the lexicon.

use super::Interner;

/// The words of the knowledge, with how often each occurs, and their deletion neighbourhoods.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: Interner,
    /// How often each word occurs, by its number.
    counts: Vec<u32>,
    neighbourhoods: Neighbourhoods,
}

/// The forms of all words, each with the word it came from, in buckets by the upper bits of their hashes.
#[derive(Debug, Default)]
struct Neighbourhoods {
    /// The bucket of a hash is what is left of it without so many bits.
    below: u32,
    /// Where each bucket begins; behind the last one, where all end.
    starts: Vec<u32>,
    forms: Vec<Form>,
}

/// A form of a word: the lowest bits of its hash above, the word's number below.
type Form = u32;

/// So many bits of a form are the word's number; a word with a greater one is not offered as a repair.
const BITS_OF_WORD: u32 = 20;

/// So many forms lie in a bucket on the average.
const IN_BUCKET: usize = 4;

impl Neighbourhoods {
    /// Sorts forms, given by their hashes, with the words they came from.
    fn new(forms: &[(u32, u32)]) -> Neighbourhoods {
        // A form has the rest of its hash, so more buckets would tell nothing more; fewer than two would need a shift by all bits.
        let buckets = (forms.len() / IN_BUCKET).next_power_of_two().clamp(2, 1 << BITS_OF_WORD);
        let below = u32::BITS - buckets.trailing_zeros();
        let mut starts = vec![0; buckets + 1];
        forms.iter().for_each(|(hash, _)| starts[(hash >> below) as usize + 1] += 1);
        for bucket in 0..buckets {
            starts[bucket + 1] += starts[bucket];
        }
        let (mut next, mut sorted) = (starts.clone(), vec![0; forms.len()]);
        for (hash, word) in forms {
            let place = &mut next[(hash >> below) as usize];
            sorted[*place as usize] = hash << BITS_OF_WORD | word;
            *place += 1;
        }
        Neighbourhoods { below, starts, forms: sorted }
    }

    /// The words that have a form with this hash, and hardly any other.
    fn words(&self, hash: u32) -> impl Iterator<Item = u32> {
        let bucket = (hash >> self.below) as usize;
        let forms = match self.starts.get(bucket..) {
            Some([start, end, ..]) => &self.forms[*start as usize..*end as usize],
            _ => &[],
        };
        let same = move |form: &&Form| **form >> BITS_OF_WORD == hash << BITS_OF_WORD >> BITS_OF_WORD;
        forms.iter().filter(same).map(|form| form & ((1 << BITS_OF_WORD) - 1))
    }
}

/// A word of the lexicon, and how often it occurs.
#[derive(Clone, Copy)]
struct Entry<'a> {
    word: &'a str,
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
const PREFIX: usize = 6;

/// How far a word may be from the one meant: short words have too many neighbours to guess.
fn allowed_distance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

impl Lexicon {
    /// Counts `word`, in folded form, as a word of the knowledge, and gives its number: words are numbered from 0 in
    /// the order in which they first come.
    pub fn add(&mut self, word: &str) -> usize {
        let id = self.words.intern(word) as usize;
        self.counts.resize(self.words.len(), 0);
        self.counts[id] += 1;
        id
    }

    /// Prepares the look-up of repairs; to be called once all words are added.
    pub fn index_neighbourhoods(&mut self) {
        let (mut letters, mut hashes, mut forms) = (Vec::new(), Vec::new(), Vec::new());
        for (id, word) in self.words.iter().enumerate().take(1 << BITS_OF_WORD) {
            letters.clear();
            letters.extend(word.chars());
            if letters.len() >= 3 && letters.iter().all(|letter| letter.is_alphabetic()) {
                let deletions = allowed_distance(letters.len() + 1);
                hashes.clear();
                for_each_form(&letters, deletions, |hash| hashes.push(hash));
                hashes.sort_unstable();
                hashes.dedup();
                forms.extend(hashes.iter().map(|hash| (*hash, id as u32)));
            }
        }
        self.neighbourhoods = Neighbourhoods::new(&forms);
    }

    /// The number of this word, if the knowledge has it.
    pub fn number(&self, word: &str) -> Option<usize> {
        self.words.number(word).map(|id| id as usize)
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn entry(&self, id: u32) -> Entry<'_> {
        Entry { word: self.words.get(id), count: self.counts[id as usize] }
    }

    /// The most frequent of the first `words` words that begins with `beginning`, for words still being typed.
    pub fn completion(&self, beginning: &str, words: usize) -> Option<&str> {
        let entries = (0..self.len().min(words) as u32).map(|id| self.entry(id));
        let begun = entries.filter(|entry| entry.word.starts_with(beginning));
        begun.max_by(|a, b| a.count.cmp(&b.count).then_with(|| b.word.cmp(a.word))).map(|entry| entry.word)
    }

    /// What was probably meant by `word`, which the lexicon does not have: the nearest word by edit distance, the more
    /// frequent of two equally near ones; else two words written together; else nothing.
    pub fn repair(&self, word: &str) -> Option<Repair<'_>> {
        let letters = word.chars().count();
        if letters > LONGEST || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let nearest = self.near(word, allowed_distance(letters)).into_iter().next();
        match nearest {
            Some((1, word)) => Some(Repair { words: vec![word], distance: 1 }),
            nearest => {
                let split = self.split(word).map(|words| Repair { words: words.to_vec(), distance: 0 });
                split.or(nearest.map(|(distance, word)| Repair { words: vec![word], distance }))
            }
        }
    }

    /// All words of which `word` may be a slip of the finger: the likeliest, and how near they are. A word
    /// of three letters has many neighbours, so there two letters have changed places, one was left out, or the key beside
    /// the right one was hit.
    pub fn slips(&self, word: &str) -> Option<(usize, Vec<&str>)> {
        let letters = word.chars().count();
        if letters > LONGEST || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let mut near = self.near(word, if letters == SHORT { 1 } else { allowed_distance(letters) });
        near.retain(|(_, meant)| letters != SHORT || meant.chars().count() > SHORT || is_slip(word, meant));
        // Letters change places more often than any other slip happens, and the first is hit rightly most often.
        let likeliness = |(distance, meant): &(usize, &str)| {
            (*distance, !same_letters(word, meant), word.chars().next() != meant.chars().next())
        };
        let best = near.iter().map(likeliness).min()?;
        near.retain(|slip| likeliness(slip) == best);
        Some((best.0, near.into_iter().map(|(_, meant)| meant).collect()))
    }

    /// The words within this distance, nearest first.
    fn near(&self, word: &str, allowed: usize) -> Vec<(usize, &str)> {
        if allowed == 0 {
            return Vec::new();
        }
        let candidates = self.candidates(word, allowed).into_iter().map(|id| self.entry(id));
        let mut near: Vec<(usize, Entry<'_>)> = candidates
            // The index knows six letters of a word: many a candidate has others behind, and letters are counted sooner.
            .filter(|entry| bag_distance(word, entry.word) <= allowed)
            .map(|entry| (strsim::osa_distance(word, entry.word), entry))
            .filter(|(distance, entry)| *distance <= allowed && plausible(word, entry.word, *distance))
            .collect();
        near.sort_unstable_by(|(distance_a, a), (distance_b, b)| {
            // Nearer first; then the same first letter, which typing mistakes seldom hit; then the more frequent.
            let other_start = |entry: &Entry<'_>| entry.word.chars().next() != word.chars().next();
            (distance_a, other_start(a), b.count, a.word).cmp(&(distance_b, other_start(b), a.count, b.word))
        });
        near.into_iter().map(|(distance, entry)| (distance, entry.word)).collect()
    }

    /// The numbers of the words that share a form with `word` where up to `deletions` letters are left out of both.
    fn candidates(&self, word: &str, deletions: usize) -> Vec<u32> {
        let letters: Vec<char> = word.chars().collect();
        let mut candidates: Vec<u32> = Vec::new();
        for_each_form(&letters, deletions, |hash| candidates.extend(self.neighbourhoods.words(hash)));
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// The two words of the lexicon that `word` is made of, both long enough not to be met by chance.
    fn split(&self, word: &str) -> Option<[&str; 2]> {
        const SHORTEST: usize = 3;
        let known = |part: &str| self.words.number(part).map(|id| self.entry(id));
        word.char_indices()
            .map(|(at, _)| word.split_at(at))
            .filter(|(a, b)| a.chars().count() >= SHORTEST && b.chars().count() >= SHORTEST)
            .filter_map(|(a, b)| Some((known(a)?, known(b)?)))
            .max_by_key(|(a, b)| (a.count.min(b.count), a.word.len()))
            .map(|(a, b)| [a.word, b.word])
    }
}

/// Longer words are not typed by people.
const LONGEST: usize = 40;

/// Words of so many letters are hardly ever repaired.
const SHORT: usize = 3;

/// A lower bound of the edit distance: how many letters the word with more of them has alone (Bartolini, Ciaccia and Patella, "String
/// Matching with Metric Trees Using an Approximate Distance", 2002). Letters that share a count make it lower still.
fn bag_distance(a: &str, b: &str) -> usize {
    const COUNTS: usize = 32;
    let mut counts = [0_i32; COUNTS];
    a.chars().for_each(|letter| counts[letter as usize % COUNTS] += 1);
    b.chars().for_each(|letter| counts[letter as usize % COUNTS] -= 1);
    let only_in = |sign: i32| counts.iter().map(|count| (count * sign).max(0)).sum::<i32>() as usize;
    only_in(1).max(only_in(-1))
}

/// Whether the two are made of the same letters.
fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// The keys of letters as they lie beside each other.
const KEYBOARD: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Whether the two, one step from each other and as long, differ as a slip of the finger makes them: two letters have
/// changed places, or a key beside the right one was hit.
fn is_slip(typed: &str, meant: &str) -> bool {
    let differing: Vec<(char, char)> = typed.chars().zip(meant.chars()).filter(|(a, b)| a != b).collect();
    match differing[..] {
        [(a, b)] => KEYBOARD.iter().any(|row| row.contains(&format!("{a}{b}")) || row.contains(&format!("{b}{a}"))),
        _ => true,
    }
}

/// Two mistakes in one word are believed only where its first letter is right.
fn plausible(typed: &str, meant: &str, distance: usize) -> bool {
    distance < 2 || typed.chars().next() == meant.chars().next()
}

/// Calls `visit` with the hash of the word's prefix, and of all that it becomes with up to `deletions` (at most two)
/// letters left out.
fn for_each_form(letters: &[char], deletions: usize, mut visit: impl FnMut(u32)) {
    let prefix = &letters[..letters.len().min(PREFIX)];
    let nowhere = prefix.len();
    visit(hash_without(prefix, nowhere, nowhere));
    for first in 0..nowhere {
        if deletions >= 1 {
            visit(hash_without(prefix, first, nowhere));
        }
        for second in first + 1..nowhere {
            if deletions >= 2 {
                visit(hash_without(prefix, first, second));
            }
        }
    }
}

/// Hashes the letters but for two positions (Fowler, Noll and Vo's FNV-1a, a letter at a time).
fn hash_without(letters: &[char], first: usize, second: usize) -> u32 {
    let kept = letters.iter().enumerate().filter(|(at, _)| *at != first && *at != second);
    kept.fold(0x811C_9DC5, |hash, (_, letter)| (hash ^ *letter as u32).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(words: &[&str]) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for word in words {
            lexicon.add(word);
        }
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
    fn letters_that_one_word_has_alone_are_no_more_than_edits() {
        let words =
            ["session", "sesion", "esssion", "treatment", "ttreatmen", "kosten", "стоимость", "цена", "", "abab"];
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            assert!(bag_distance(a, b) <= strsim::osa_distance(a, b), "{a} {b}");
        }
        assert_eq!((bag_distance("session", "esssion"), bag_distance("cost", "casts")), (0, 2));
    }

    #[test]
    fn without_words_nothing_is_repaired() {
        assert_eq!(repaired(&lexicon(&[]), "insurence"), None);
        assert_eq!(repaired(&Lexicon::default(), "insurence"), None);
    }

    #[test]
    fn short_and_far_words_are_left_alone() {
        let lexicon = lexicon(&["cost", "fat", "session"]);
        for typed in ["cat", "passion", "39", "zzzzzzzz"] {
            assert_eq!(repaired(&lexicon, typed), None, "{typed}");
        }
    }

    #[test]
    fn all_words_as_likely_may_have_been_meant() {
        let lexicon = lexicon(&["black", "back", "but", "ubi", "see", "pink", "eye", "session"]);
        for (typed, meant) in [
            ("bkack", Some((1, vec!["back", "black"]))),
            ("ese", Some((1, vec!["see"]))),
            ("pik", Some((1, vec!["pink"]))),
            ("sye", None),
            ("ubt", Some((1, vec!["but"]))),
            ("swe", Some((1, vec!["see"]))),
            ("sessoins", Some((2, vec!["session"]))),
        ] {
            assert_eq!(lexicon.slips(typed), meant, "{typed}");
        }
    }

    #[test]
    fn a_word_being_typed_is_completed_to_the_most_frequent() {
        let lexicon = lexicon(&["insurance", "injection", "injection", "cost"]);
        assert_eq!(lexicon.completion("in", 3), Some("injection"));
        assert_eq!(lexicon.completion("ins", 3), Some("insurance"));
        assert_eq!(lexicon.completion("x", 3), None);
        assert_eq!((lexicon.completion("cos", 3), lexicon.completion("cos", 2)), (Some("cost"), None));
    }

    #[test]
    fn of_two_equally_near_words_the_more_frequent_is_meant() {
        let lexicon = lexicon(&["moths", "months", "months"]);
        assert_eq!(repaired(&lexicon, "mnths").as_deref(), Some("months"));
    }
}
