//! Listening: signs of an emergency in words that no pattern has.
//!
//! Nobody can list all ways to say that a throat is closing, or that somebody gives up. So there is a second classifier, logistic
//! regression over the [`grams`] of a message. It has learnt ahead ([`learning`]) from thousands of messages what calls for help
//! and what is calm, and that [`table`] is compiled in; the messages that moderators add (`alarms.toml`) are learnt on top of it.
//! It is heard beside the patterns: where they find nothing, and where they find what is calm.
//!
//! A sign may stand anywhere in a story, so a long message is heard in stretches too.

mod grams;
mod learning;
mod table;

use std::ops::Range;

use rustc_hash::FxHashMap;

use self::grams::{Gram, Word, of_stem};
use self::table::{COMPILED_IN, Sound};
use super::Text;
use super::numeric::{exp, ln, sigmoid};
use super::terms::{Source, TermUse, Terms};
use crate::knowledge::{Alarms, Id, Knowledge};
use crate::text::{Token, hash, stem, tokens};

/// What is heard as a whole has at most so many words, about as many as the longest messages that were learnt from.
const WHOLE: usize = 60;

/// In stretches of at most so many words is heard what goes under in a story; such a one must be louder by so much, for a story
/// has many.
const STRETCH: usize = 25;
const LOUDER: f32 = 1.0;

/// What moderators have added is gone through at most so often, each message teaching by so large a step, and as long as its error is
/// greater than this.
const PASSES: usize = 20;
const STEP: f32 = 5.0;
const LEAST_ERROR: f32 = 0.02;

/// A message is named as one that moderators have added where the cosine of the two is not less than this.
const ALIKE: f32 = 0.4;

/// Beside the loudest sentence those are part of the call whose log-odds of being one are not less than this: one in ten.
const QUIET: f32 = -2.2;

/// So many words are named as those that show a sign.
const MOST_WORDS: usize = 5;

/// What has learnt to tell signs from calm.
#[derive(Debug, Default)]
pub(super) struct Listener {
    /// The signs of the knowledge, each with its number in the table if it has one.
    signs: Vec<(Id, Option<usize>)>,
    /// The alarming messages of the knowledge, each with its sign, by the sign's place.
    taught: Vec<(usize, Vec<Sound>)>,
    /// How much more each gram speaks for a call for help than the table says.
    added: FxHashMap<Gram, f32>,
}

/// What a message sounds like.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// The log-odds that it calls for help: above 0 it is more likely than not.
    pub log_odds: f32,
    /// The stretch of it that calls loudest, as tokens.
    pub stretch: Range<usize>,
}

/// What was heard, more exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<'g> {
    /// The sign that it sounds like.
    pub sign: &'g Id,
    /// The words that tell, as tokens in order.
    pub words: Vec<Range<usize>>,
    /// The sentences that are part of the call, as tokens; the others are about something else.
    pub sentences: Vec<Range<usize>>,
}

/// The table that these messages teach, with the phrasings and examples of the knowledge as more of them: what
/// `listener.bin` holds. `text` is the file that the messages were read from.
pub fn learnt(text: &str, messages: &Alarms, knowledge: &Knowledge) -> Vec<u8> {
    learning::learn(messages, knowledge, hash(text)).bytes()
}

/// Whether the compiled-in table was learnt from the messages in this file.
pub fn is_learnt_from(text: &str) -> bool {
    COMPILED_IN.source == hash(text)
}

impl Listener {
    /// The words that people use who call for help, spelled right.
    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        COMPILED_IN.words.lines()
    }

    /// What the table says, and what the messages of the knowledge add to it.
    pub(super) fn new(knowledge: &Knowledge, terms: &Terms) -> Listener {
        let number = |id: &Id| COMPILED_IN.signs.iter().position(|known| *known == id.as_str());
        let signs = knowledge.urgent.signs.iter().map(|sign| &sign.id.value);
        let signs = signs.map(|id| (id.clone(), number(id))).collect();
        let mut listener = Listener { signs, ..Listener::default() };
        knowledge.alarms.iter().for_each(|alarms| listener.learn(alarms, terms));
        listener
    }

    /// Learns from messages as they are heard. Where one contradicts another, in doubt the alarming one holds, which comes last.
    fn learn(&mut self, alarms: &Alarms, terms: &Terms) {
        let sounds = |message: &str| {
            let tokens = tokens(message);
            let all = 0..tokens.len();
            sounds(terms, &Text::new(terms, tokens.into()), &all)
        };
        let mut lessons: Vec<(Vec<Sound>, f32)> = alarms.calm.iter().map(|message| (sounds(message), 0.0)).collect();
        for entry in &alarms.alarms {
            let sign = self.signs.iter().position(|(id, _)| *id == entry.sign.value);
            for message in &entry.messages {
                let sounds = sounds(message);
                self.taught.extend(sign.map(|sign| (sign, sounds.clone())));
                lessons.push((sounds, 1.0));
            }
        }
        for _ in 0..PASSES {
            let mut learnt = true;
            for (sounds, wanted) in &lessons {
                let error = wanted - sigmoid(self.log_odds(sounds));
                if error.abs() > LEAST_ERROR {
                    learnt = false;
                    sounds.iter().for_each(|one| *self.added.entry(one.gram).or_default() += STEP * error * one.value);
                }
            }
            if learnt {
                break;
            }
        }
    }

    /// What a message sounds like, if there is something to hear: as a whole, or in the stretch that calls loudest.
    pub(super) fn hear(&self, terms: &Terms, text: &Text<'_>) -> Option<Heard> {
        let whole = self.hear_in(WHOLE, terms, text)?;
        if text.tokens.len() <= STRETCH {
            return Some(whole);
        }
        let loudest = self.hear_in(STRETCH, terms, text)?;
        let loudest = Heard { log_odds: loudest.log_odds - LOUDER, ..loudest };
        Some(if loudest.log_odds > whole.log_odds { loudest } else { whole })
    }

    /// What a message sounds like in stretches of at most so many words. Any of them may be the one that calls, and the more there
    /// are, the less likely is each: the odds are the mean of theirs.
    fn hear_in(&self, most: usize, terms: &Terms, text: &Text<'_>) -> Option<Heard> {
        let stretches = stretches(&text.tokens, most);
        let loudness = |stretch| self.hear_piece(terms, text, stretch);
        let heard: Vec<f32> = stretches.iter().map(loudness).collect::<Option<_>>()?;
        let loudest = (0..heard.len()).max_by(|a, b| heard[*a].total_cmp(&heard[*b]))?;
        Some(Heard { log_odds: mean_odds(&heard, heard[loudest]), stretch: stretches[loudest].clone() })
    }

    /// The log-odds that a piece of a message calls for help, if there is something to hear.
    pub(super) fn hear_piece(&self, terms: &Terms, text: &Text<'_>, piece: &Range<usize>) -> Option<f32> {
        let hears = !self.taught.is_empty() || self.signs.iter().any(|(_, number)| number.is_some());
        hears.then(|| self.log_odds(&sounds(terms, text, piece)))
    }

    /// The log-odds that a text with these sounds calls for help.
    fn log_odds(&self, sounds: &[Sound]) -> f32 {
        COMPILED_IN.always + sounds.iter().map(|sound| self.speaks(sound)).sum::<f32>()
    }

    /// How much a sound speaks for a call for help.
    fn speaks(&self, sound: &Sound) -> f32 {
        let added = self.added.get(&sound.gram).copied().unwrap_or_default();
        sound.value * (sound.weight + added)
    }

    /// What was heard, more exactly.
    pub(super) fn name(&self, terms: &Terms, text: &Text<'_>, heard: &Heard) -> Named<'_> {
        let sign = self.sign_of(&sounds(terms, text, &heard.stretch));
        let loudness = |sentence: &Range<usize>| self.log_odds(&sounds(terms, text, sentence));
        let inside = |sentence: &Range<usize>| sentence.start < heard.stretch.end && heard.stretch.start < sentence.end;
        let sentences = sentences(&text.tokens);
        let in_stretch = sentences.iter().filter(|sentence| inside(sentence));
        let loudest = in_stretch.max_by(|a, b| loudness(a).total_cmp(&loudness(b))).cloned().unwrap_or_default();
        let call = sentences.into_iter().filter(|sentence| *sentence == loudest || loudness(sentence) >= QUIET);
        Named {
            sign: &self.signs[sign].0,
            words: self.words_that_tell(terms, text, &loudest),
            sentences: call.collect(),
        }
    }

    /// The sign that a text sounds like, by its place: that of the message most like it, if moderators have added such a one, else the
    /// likeliest of the table's signs that the knowledge has, else the first.
    fn sign_of(&self, sounds: &[Sound]) -> usize {
        let alike = self.taught.iter().map(|(sign, message)| (*sign, likeness(sounds, message)));
        if let Some((sign, _)) = alike.filter(|(_, likeness)| *likeness >= ALIKE).max_by(|a, b| a.1.total_cmp(&b.1)) {
            return sign;
        }
        let scores = COMPILED_IN.scores_of_signs(sounds);
        let known = self.signs.iter().enumerate().filter_map(|(sign, (_, number))| Some((sign, scores[(*number)?])));
        known.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(sign, _)| sign)
    }

    /// The words of a sentence that speak most for an alarm; all of them where only pairs do.
    fn words_that_tell(&self, terms: &Terms, text: &Text<'_>, sentence: &Range<usize>) -> Vec<Range<usize>> {
        let sounds = sounds(terms, text, sentence);
        let speaks = |word: Word| {
            let sound = sounds.iter().find(|sound| sound.gram == word.stem)?;
            Some((self.speaks(sound), word.token))
        };
        let words = words(terms, text, sentence).into_iter();
        let mut words: Vec<(f32, usize)> = words.filter_map(speaks).filter(|(value, _)| *value > 0.0).collect();
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        words.truncate(MOST_WORDS);
        let mut places: Vec<usize> = words.into_iter().map(|(_, token)| token).collect();
        places.sort_unstable();
        places.dedup();
        if places.is_empty() {
            return vec![sentence.clone()];
        }
        places.into_iter().map(|at| at..at + 1).collect()
    }
}

/// The cosine of two texts; both are ordered by their grams.
fn likeness(a: &[Sound], b: &[Sound]) -> f32 {
    let of = |gram| b.binary_search_by_key(&gram, |sound| sound.gram).map_or(0.0, |at| b[at].value);
    a.iter().map(|sound| sound.value * of(sound.gram)).sum()
}

/// A piece of a message as the table has it.
fn sounds(terms: &Terms, text: &Text<'_>, piece: &Range<usize>) -> Vec<Sound> {
    COMPILED_IN.sounds(&grams::grams(&words(terms, text, piece)))
}

/// The words of a piece of a message, repaired, as they are heard.
fn words(terms: &Terms, text: &Text<'_>, piece: &Range<usize>) -> Vec<Word> {
    let word = |one: &TermUse| {
        let stem = match one.term {
            Some(term) => of_stem(terms.stem(term)),
            None => of_stem(&stem(&text.tokens[one.token].word)),
        };
        Word { token: one.token, stem, weight: one.weight }
    };
    let inside = text.uses.iter().filter(|one| piece.contains(&one.token) && one.source != Source::Meant);
    inside.map(word).collect()
}

/// The logarithm of the mean of odds, given by their logarithms, of which `most` is the greatest.
fn mean_odds(log_odds: &[f32], most: f32) -> f32 {
    most + ln(log_odds.iter().map(|one| exp(one - most)).sum::<f32>() / log_odds.len() as f32)
}

/// The sentences of a message.
fn sentences(tokens: &[Token]) -> Vec<Range<usize>> {
    let ends = (1..=tokens.len()).filter(|end| tokens[end - 1].ends_sentence() || *end == tokens.len());
    let mut start = 0;
    ends.map(|end| std::mem::replace(&mut start, end)..end).collect()
}

/// The message in stretches of whole sentences, each as long as may be. A longer sentence is cut in pieces of half that
/// length, so that no sign is cut in two in every stretch.
fn stretches(tokens: &[Token], longest: usize) -> Vec<Range<usize>> {
    let cut = |sentence: Range<usize>| {
        let most = if sentence.len() > longest { longest / 2 } else { longest };
        sentence.clone().step_by(most).map(move |start| start..(start + most).min(sentence.end))
    };
    let pieces: Vec<Range<usize>> = sentences(tokens).into_iter().flat_map(cut).collect();
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (at, first) in pieces.iter().enumerate() {
        let inside = pieces[at..].iter().take_while(|piece| piece.end - first.start <= longest);
        let end = inside.last().map_or(first.end, |piece| piece.end);
        if stretches.last().is_none_or(|last| last.end < end) {
            stretches.push(first.start..end);
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::table::Table;
    use super::*;
    use crate::knowledge::{self, AlarmMessages, Origin, Placed};

    fn stretches_of(text: &str) -> Vec<Range<usize>> {
        stretches(&tokens(text), 25)
    }

    fn somewhere<T>(value: T) -> Placed<T> {
        Placed { value, span: 0..0 }
    }

    fn alarms(alarming: &[&str], calm: &[&str]) -> Alarms {
        let placed = |texts: &[&str]| texts.iter().map(|text| somewhere((*text).to_owned())).collect();
        let sign = somewhere(Id("fever".to_owned()));
        Alarms { alarms: vec![AlarmMessages { sign, messages: placed(alarming) }], calm: placed(calm) }
    }

    fn log_odds(listener: &Listener, text: &str) -> f32 {
        let tokens = tokens(text);
        let all = 0..tokens.len();
        let terms = Terms::default();
        listener.log_odds(&sounds(&terms, &Text::new(&terms, tokens.into()), &all))
    }

    #[test]
    fn what_moderators_add_is_learnt_on_top_of_the_table() {
        let (felt, calm) = ("the xyzzy blooms on my crown", "my throat is closing at these prices");
        let mut listener = Listener { signs: vec![(Id("fever".to_owned()), None)], ..Listener::default() };
        let other = "how much is a session";
        let before = [felt, calm, other].map(|text| log_odds(&listener, text));
        assert!(before[0] < 0.0 && before[1] > 0.0);
        listener.learn(&alarms(&[felt], &[calm]), &Terms::default());
        let after = [felt, calm, other].map(|text| log_odds(&listener, text));
        assert!(after[0] > 3.0 && after[1] < -3.0, "{after:?}");
        assert!((after[2] - before[2]).abs() < 0.5, "others change little");
        // Of two that contradict each other, the alarming one holds.
        listener.learn(&alarms(&[felt], &[felt]), &Terms::default());
        assert!(log_odds(&listener, felt) > 0.0);
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let knowledge = knowledge::load(&Origin::CompiledIn).knowledge.expect("the guide is sound");
        let messages = alarms(&["a kraken bit me", "the kraken bites"], &["a kraken is a beast", "is that a beast"]);
        let bytes = learnt("some messages", &messages, &knowledge);
        assert_eq!(bytes, learnt("some messages", &messages, &knowledge));
        let table = Table::read(&bytes);
        assert_eq!((table.source, table.signs.as_slice()), (hash("some messages"), &["fever"][..]));
        assert!(table.words.lines().any(|word| word == "beast") && !table.words.lines().any(|word| word == "kraken"));
        let loudness = |text: &str| {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            let sounds = table.sounds(&grams::grams(&grams::words(&words)));
            table.always + sounds.iter().map(|sound| sound.value * sound.weight).sum::<f32>()
        };
        assert!(loudness("the kraken bit him") > loudness("a beast is that") + 1.0);
    }

    #[test]
    fn one_loud_stretch_of_many_is_no_alarm() {
        let heard = |log_odds: &[f32]| mean_odds(log_odds, log_odds[0]);
        assert_eq!([heard(&[1.5]), heard(&[2.0, 2.0])], [1.5, 2.0]);
        assert!(heard(&[1.0, -9.0]) > 0.0 && heard(&[1.0, -9.0, -9.0, -9.0]) < 0.0);
    }

    #[test]
    fn a_message_is_heard_in_stretches_of_whole_sentences() {
        assert_eq!(stretches_of(""), []);
        let ten_words = "one two three four five six seven eight nine ten. ";
        assert_eq!(stretches_of(&ten_words.repeat(2)).first(), Some(&(0..20)));
        assert_eq!(stretches_of(&ten_words.repeat(4)), [0..20, 10..30, 20..40]);
    }

    #[test]
    fn a_sentence_too_long_for_a_stretch_is_cut() {
        assert_eq!(stretches_of(&"word ".repeat(60)), [0..24, 12..36, 24..48, 36..60]);
    }
}
