//! One message in many forms: as people type who are in a hurry or afraid, and as they tell more than one thing at once.
//!
//! All is drawn from a generator with a fixed beginning, so that every run makes the same variants.

use std::collections::BTreeSet;

use exoguide::text::is_familiar;

/// What can happen to a message on its way from a head into a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// An ordinary question comes first.
    QuestionBefore,
    /// An ordinary question comes last.
    QuestionAfter,
    /// It stands in the middle of a story about prices.
    Story,
    /// It stands somewhere in as long a message as Discord takes.
    Longest,
    /// Some words are written as in a chat.
    Slang,
    /// `cant` for `can't`.
    NoApostrophes,
    /// `can’t`, as phones write it.
    CurlyApostrophes,
    /// No punctuation at all.
    NoPunctuation,
    /// Emoji between the words, and behind the last.
    Emoji,
    /// ALL OF IT.
    Capitals,
    /// None at all.
    SmallLetters,
    /// A line for each sentence.
    Lines,
    /// Two words without the space between them.
    RunTogether,
    /// `heeeelp`.
    Drawl,
    /// A word or two with a slip of the finger in it.
    Misspelt,
}

/// Stands in words that were changed while a variant is made: nobody could see through two changes of one word.
const CHANGED: char = '\u{2060}';

impl Change {
    /// What changes neither a word nor how it is spelt, but for the words of a chat.
    pub(super) const HARMLESS: [Change; 13] = [
        Change::QuestionBefore,
        Change::QuestionAfter,
        Change::Story,
        Change::Longest,
        Change::Slang,
        Change::NoApostrophes,
        Change::CurlyApostrophes,
        Change::NoPunctuation,
        Change::Emoji,
        Change::Capitals,
        Change::SmallLetters,
        Change::Drawl,
        Change::Lines,
    ];

    /// What makes other words of some.
    pub(super) const MISTAKES: [Change; 2] = [Change::Misspelt, Change::RunTogether];

    fn apply(self, message: &str, dice: &mut Dice) -> String {
        match self {
            Change::QuestionBefore => joined(&[dice.pick(QUESTIONS), message], dice),
            Change::QuestionAfter => joined(&[message, dice.pick(QUESTIONS)], dice),
            Change::Story => joined(&[dice.pick(STORIES), message, dice.pick(STORIES)], dice),
            Change::Longest => longest(message, dice),
            Change::Slang => slang(message),
            Change::NoApostrophes => message.replace(['\'', '’'], ""),
            Change::CurlyApostrophes => message.replace('\'', "’"),
            Change::NoPunctuation => message.replace(['.', ',', '!', '?', ';', ':'], ""),
            Change::Emoji => with_emoji(message, dice),
            Change::Capitals => message.to_uppercase(),
            Change::SmallLetters => message.to_lowercase(),
            Change::Drawl => in_words(message, 1, dice, drawled),
            Change::Lines => message.replace(". ", "\n").replace("? ", "?\n").replace("! ", "!\n\n"),
            Change::Misspelt => in_words(message, 1 + dice.roll(2), dice, misspelt),
            Change::RunTogether => run_together(message, dice),
        }
    }
}

/// A message that was changed.
#[derive(Debug)]
pub(super) struct Variant {
    /// As it was.
    pub(super) of: String,
    /// As it is.
    pub(super) text: String,
    /// What has happened to it.
    pub(super) changes: BTreeSet<Change>,
}

/// So many different variants, the same of each message, with up to three of the `changes` each.
pub(super) fn variants(messages: &[String], changes: &[Change], count: usize) -> Vec<Variant> {
    let mut dice = Dice(2_026);
    let mut seen = BTreeSet::new();
    let mut variants = Vec::with_capacity(count);
    for message in messages.iter().cycle() {
        if variants.len() == count {
            break;
        }
        let changes: BTreeSet<Change> = (0..=dice.roll(3)).map(|_| dice.pick(changes)).collect();
        let text =
            changes.iter().fold(message.clone(), |text, change| change.apply(&text, &mut dice)).replace(CHANGED, "");
        if text != *message && seen.insert(text.clone()) {
            variants.push(Variant { of: message.clone(), text, changes });
        }
    }
    variants
}

/// Chance that is the same on every run: Steele, Lea and Flood's SplitMix64.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ mixed >> 31) % sides as u64) as usize
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.roll(choices.len())]
    }
}

/// What is asked besides.
const QUESTIONS: &[&str] = &[
    "How much does a session cost?",
    "how many sessions do I need",
    "Is it approved by the FDA?",
    "What is the difference to PRP?",
    "does insurance pay for any of it",
    "When do I see results?",
    "Also, can I keep using minoxidil?",
    "are exosomes the same as stem cells",
    "How do I find a good provider?",
    "Thanks in advance!",
    "Hi, I have a question.",
    "hello everyone",
    "which papers should the clinic show me?",
    "Can I wash my hair tomorrow?",
];

/// What people tell around what matters.
const STORIES: &[&str] = &[
    "I paid 4,500 dollars for three sessions, which is a lot more than my cousin paid in Austin.",
    "The clinic had a spring offer, two for the price of one, and the consultation was free.",
    "My insurance refused to pay, so I used my savings and a credit card.",
    "They wanted 1200 a session at first and then went down to 950 because I asked.",
    "it was way cheaper than the transplant they offered me for ten grand",
    "The place looks nice and the coffee is good, the receptionist is called Maria.",
    "I compared six clinics on price before I picked this one.",
    "parking was another 20 bucks lol",
    "My hairline has been going back for about eight years, mostly at the corners.",
    "I use minoxidil every evening and a derma roller on Sundays.",
    "The whole package was 3800 with a follow up call included.",
    "They gave me a receipt and a leaflet with a discount code for the next visit.",
];

/// The parts one behind the other, with something between them.
fn joined(parts: &[&str], dice: &mut Dice) -> String {
    const BETWEEN: &[&str] = &[". ", "! ", "... ", "\n", ", ", " - "];
    let mut joined = String::new();
    for part in parts {
        match joined.chars().last() {
            None => {}
            Some('.' | '?' | '!') => joined.push(' '),
            Some(_) => joined.push_str(dice.pick(BETWEEN)),
        }
        joined.push_str(part);
    }
    joined
}

fn longest(message: &str, dice: &mut Dice) -> String {
    const MOST: usize = 2_000;
    let mut longest = message.to_owned();
    loop {
        let story = dice.pick(STORIES);
        let longer = match dice.roll(2) {
            0 => joined(&[story, &longest], dice),
            _ => joined(&[&longest, story], dice),
        };
        if longer.len() > MOST {
            return longest;
        }
        longest = longer;
    }
}

/// Words as they are written in a chat.
const CHAT: &[(&str, &str)] = &[
    ("you", "u"),
    ("are", "r"),
    ("because", "cuz"),
    ("and", "n"),
    ("really", "rly"),
    ("please", "pls"),
    ("tonight", "2nite"),
    ("today", "2day"),
    ("to", "2"),
    ("for", "4"),
    ("the", "da"),
    ("with", "w/"),
    ("before", "b4"),
    ("that", "dat"),
    ("my", "mah"),
    ("going", "goin"),
    ("doctor", "doc"),
    ("people", "ppl"),
    ("something", "smth"),
    ("about", "abt"),
    ("though", "tho"),
    ("what", "wat"),
    ("don't", "dont"),
    ("I'm", "im"),
    ("injections", "injs"),
    ("minutes", "mins"),
    ("hours", "hrs"),
];

fn slang(message: &str) -> String {
    let word = |word: &str| {
        let known = CHAT.iter().find(|(written, _)| *written == word);
        known.map_or(word, |(_, typed)| typed).to_owned()
    };
    message.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn with_emoji(message: &str, dice: &mut Dice) -> String {
    const EMOJI: &[&str] = &["😱", "😭", "🙏", "😂", "💀", "🤔", "❤️", "😷🤒", "👩‍⚕️"];
    let words: Vec<&str> = message.split(' ').collect();
    let at = dice.roll(words.len());
    let (before, after) = words.split_at(at);
    format!("{} {} {} {}", before.join(" "), dice.pick(EMOJI), after.join(" "), dice.pick(EMOJI)).trim().to_owned()
}

/// The message with so many of its words, of three letters or more, changed.
fn in_words(message: &str, most: usize, dice: &mut Dice, change: impl Fn(&str, &mut Dice) -> String) -> String {
    let mut words: Vec<String> = message.split(' ').map(str::to_owned).collect();
    let long = |word: &String| word.len() >= 3 && word.chars().all(|c| c.is_ascii_alphabetic());
    let mut places: Vec<usize> = (0..words.len()).filter(|at| long(&words[*at])).collect();
    for _ in 0..most.min(places.len()) {
        let at = places.remove(dice.roll(places.len()));
        words[at] = format!("{}{CHANGED}", change(&words[at], dice));
    }
    words.join(" ")
}

/// The word with one letter three times more.
fn drawled(word: &str, dice: &mut Dice) -> String {
    let at = dice.roll(word.len());
    format!("{}{}{}", &word[..at], word[at..=at].repeat(3), &word[at..])
}

/// The word with a slip of the finger in it that makes no other word: nobody could see through that.
fn misspelt(word: &str, dice: &mut Dice) -> String {
    let slips: Vec<String> = (0..8).map(|_| slip(word, dice)).collect();
    let slip = slips.into_iter().find(|slip| slip.len() >= 3 && !is_familiar(&slip.to_lowercase()));
    slip.unwrap_or_else(|| word.to_owned())
}

/// The word with two letters exchanged, one left out or doubled, or one of a neighbouring key in its place.
fn slip(word: &str, dice: &mut Dice) -> String {
    let at = dice.roll(word.len() - 1) + 1;
    let (before, letter, after) = (&word[..at], &word[at..=at], &word[at + 1..]);
    match dice.roll(4) {
        0 => format!("{}{letter}{}{after}", &word[..at - 1], &word[at - 1..at]),
        1 => format!("{before}{after}"),
        2 => format!("{before}{letter}{letter}{after}"),
        _ => format!("{before}{}{after}", beside(letter, dice)),
    }
}

/// A letter whose key lies beside that of `letter`.
fn beside(letter: &str, dice: &mut Dice) -> char {
    let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let small = letter.to_lowercase();
    let (row, at) = rows.iter().find_map(|row| Some((row, row.find(&small)?))).expect("it is a letter");
    let neighbours: Vec<char> = [at.wrapping_sub(1), at + 1].iter().filter_map(|at| row.chars().nth(*at)).collect();
    dice.pick(&neighbours)
}

fn run_together(message: &str, dice: &mut Dice) -> String {
    let spaces: Vec<usize> = message.match_indices(' ').map(|(at, _)| at).collect();
    if spaces.is_empty() {
        return message.to_owned();
    }
    let at = dice.pick(&spaces);
    format!("{}{CHANGED}{}", &message[..at], &message[at + 1..])
}
