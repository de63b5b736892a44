//! Learning: from sorted messages to a table. It takes a second and much memory, and what is learnt holds for any
//! guide, so it is done ahead: `tools/listener`.
//!
//! Logistic regression by stochastic gradient descent, averaged (Polyak and Juditsky, "Acceleration of Stochastic Approximation
//! by Averaging", 1992).

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::grams::{Gram, GramUse, grams, words};
use super::table::{Learnt, heaviness, scale};
use crate::knowledge::{Alarms, Knowledge};
use crate::matching::classifier::{Class, Classifier, Example, Learner};
use crate::matching::features::{Feature, Weighted};
use crate::matching::lessons::{phrasings, shuffled};
use crate::matching::numeric::{add, ln, sigmoid};
use crate::text::{is_familiar, tokens};

/// A pair is kept where so many texts have it: a rarer one says little more than its words, and there are many. A message that also
/// runs on with a phrasing is two texts, so its pairs are kept: without that more is missed.
const LEAST_PAIRS: u32 = 2;

/// A pair is left out where it speaks less for or against a call for help: there are many such.
const LEAST_WEIGHT: f32 = 0.4;

/// A word tells signs apart where so many texts have it.
const LEAST_WORDS: u32 = 2;

/// A word is noted as spelled right where so many messages have it, and so many if it is no common English word: mistakes come again.
const LEAST_COMMON: u32 = 2;
const LEAST_UNCOMMON: u32 = 10;

/// Passes over all texts; of the later ones the mean is kept, for the last texts seen have more than their share in what is
/// known after any one pass.
const PASSES: usize = 12;
const KEPT_FROM: usize = PASSES / 2;

/// The step of the first pass, and by how much of it each later one is smaller.
const FIRST_STEP: f32 = 5.0;
const SHRINKING: f32 = 0.1;

/// A message sorted as calm teaches so much more than any other text, for it was written because it is easily misheard.
const CALM_MESSAGE: f32 = 2.0;

/// A text teaches as long as the error is greater.
const LEAST_ERROR: f32 = 0.02;

/// An alarming message of at most so many words is also learnt from as it runs on with a phrasing, each with one so many
/// phrasings after the last: short ones go under easily.
const SHORT: usize = 25;
const STRIDE: usize = 37;

/// How fast is learnt what any message says, for most are calm, beside what a word says.
const ALWAYS: f32 = 0.25;

/// Passes over the messages that call for help, to tell the signs apart.
const PASSES_OF_SIGNS: usize = 2;

/// A text to learn from.
struct Text {
    words: Vec<String>,
    /// The sign that it shows, if it shows one.
    sign: Option<Class>,
    /// How much it teaches.
    weight: f32,
}

/// All texts to learn from.
struct Texts {
    /// The messages, and the examples beside the patterns; the alarming ones come first.
    sorted: Vec<Text>,
    /// What patients ask: no call for help is among it.
    phrasings: Vec<Text>,
}

/// A text that is ready to be learnt from.
struct Lesson {
    /// Its grams, by their places among those that are kept, with their shares of the text.
    features: Vec<Weighted>,
    sign: Option<Class>,
    weight: f32,
}

/// A gram and how many texts have it.
#[derive(Clone, Copy, Default)]
struct Count {
    single: bool,
    texts: u32,
    /// Those that call for help.
    alarming: u32,
}

/// The grams that are worth keeping, in order.
struct Kept {
    grams: Vec<(Gram, Count)>,
    rarities: Vec<u8>,
    unit_of_rarity: f32,
}

/// What the messages teach, and the examples and phrasings of the knowledge; `source` is the number of the messages.
pub(super) fn learn(messages: &Alarms, knowledge: &Knowledge, source: u32) -> Learnt {
    let signs: Vec<String> = messages.alarms.iter().map(|entry| entry.sign.value.0.clone()).collect();
    let texts = Texts::new(messages, knowledge, &signs);
    let run_on = texts.run_on();
    let all: Vec<&Text> = texts.sorted.iter().chain(&run_on).chain(&texts.phrasings).collect();
    let kept = Kept::of(&all);
    let lessons: Vec<Lesson> = all.iter().map(|text| kept.lesson(text)).collect();
    let (weights, always) = trained(kept.grams.len(), &lessons);
    let tells = |(_, count): &&(Gram, Count)| count.single && count.alarming >= LEAST_WORDS;
    let telling: Vec<Gram> = kept.grams.iter().filter(tells).map(|(gram, _)| *gram).collect();
    let which = signs_apart(&kept, &telling, &lessons, signs.len());
    let Kept { grams, rarities, unit_of_rarity } = kept;
    let speaks = |(((_, count), _), weight): &((&(Gram, Count), u8), f32)| count.single || weight.abs() >= LEAST_WEIGHT;
    let grams = grams.iter().zip(rarities).zip(weights).filter(speaks);
    let grams = grams.map(|(((gram, _), rarity), weight)| (*gram, rarity, weight));
    Learnt { source, words: texts.words(), signs, always, unit_of_rarity, grams: grams.collect(), telling, which }
}

impl Texts {
    fn new(messages: &Alarms, knowledge: &Knowledge, signs: &[String]) -> Texts {
        let text = |text: &str, sign, weight| Text { words: words_of(text), sign, weight };
        let sign = |id: &str| signs.iter().position(|sign| sign == id);
        let mut sorted = Vec::new();
        for (id, of_sign) in messages.alarms.iter().map(|entry| (&entry.sign, &entry.messages)) {
            sorted.extend(of_sign.iter().map(|message| text(message, sign(id.as_str()), 1.0)));
        }
        for entry in &knowledge.urgent.signs {
            sorted.extend(entry.examples.iter().map(|message| text(message, sign(entry.id.as_str()), 1.0)));
        }
        // An example of a sign that no message shows says nothing here.
        sorted.retain(|text: &Text| text.sign.is_some());
        let set_aside = knowledge.urgent.cues.set_aside.iter().flat_map(|entry| &entry.examples);
        let calm = messages.calm.iter().chain(set_aside).chain(&knowledge.urgent.ordinary);
        sorted.extend(calm.map(|message| text(message, None, CALM_MESSAGE)));
        let classes = 0..knowledge.topics.len() + knowledge.boundaries.len();
        let phrasings =
            classes.flat_map(|class| phrasings(knowledge, class)).map(|phrasing| text(phrasing, None, 1.0)).collect();
        let mut texts = Texts { sorted, phrasings };
        for texts in [&mut texts.sorted, &mut texts.phrasings] {
            texts.retain(|text| !text.words.is_empty());
        }
        texts
    }

    /// The shorter alarming messages, each with a phrasing before or behind it and nothing between the two, as many people write.
    fn run_on(&self) -> Vec<Text> {
        let alarming = self.sorted.iter().filter(|text| text.sign.is_some() && text.words.len() <= SHORT);
        let others = self.phrasings.iter().step_by(STRIDE).cycle();
        let joined = alarming.zip(others).enumerate().map(|(number, (message, phrasing))| {
            let both = if number % 2 == 0 { [phrasing, message] } else { [message, phrasing] };
            Text { words: both.map(|text| text.words.as_slice()).concat(), sign: message.sign, weight: 1.0 }
        });
        joined.collect()
    }

    /// The words of the messages that are spelled right, in order.
    fn words(&self) -> Vec<String> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for text in &self.sorted {
            let words: BTreeSet<&str> = text.words.iter().map(String::as_str).collect();
            words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
        let least = |word| if is_familiar(word) { LEAST_COMMON } else { LEAST_UNCOMMON };
        counts.into_iter().filter(|(word, count)| *count >= least(word)).map(|(word, _)| word.to_owned()).collect()
    }
}

fn words_of(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.word).collect()
}

impl Kept {
    fn of(texts: &[&Text]) -> Kept {
        let mut counts: FxHashMap<Gram, Count> = FxHashMap::default();
        for text in texts {
            for heard in grams(&words(&text.words)) {
                let count = counts.entry(heard.gram).or_default();
                count.single |= heard.single;
                count.texts += 1;
                count.alarming += u32::from(text.sign.is_some());
            }
        }
        counts.retain(|_, count| count.single || count.texts >= LEAST_PAIRS);
        let mut grams: Vec<(Gram, Count)> = counts.into_iter().collect();
        grams.sort_unstable_by_key(|(gram, _)| *gram);
        let idf = |texts_with: u32| ln(1.0 + texts.len() as f32 / texts_with as f32);
        // The greatest rarity is that of what a single text has.
        let unit_of_rarity = idf(1) / f32::from(u8::MAX);
        let rarities = grams.iter().map(|(_, count)| (idf(count.texts) / unit_of_rarity).round() as u8).collect();
        Kept { grams, rarities, unit_of_rarity }
    }

    fn place(&self, gram: Gram) -> Option<usize> {
        self.grams.binary_search_by_key(&gram, |(known, _)| *known).ok()
    }

    fn lesson(&self, text: &Text) -> Lesson {
        let feature = |heard: GramUse| {
            let place = self.place(heard.gram)?;
            let value = heard.weight * heaviness(self.rarities[place], self.unit_of_rarity);
            Some(Weighted { feature: place as Feature, value })
        };
        let mut features: Vec<Weighted> = grams(&words(&text.words)).into_iter().filter_map(feature).collect();
        let rarest = heaviness(u8::MAX, self.unit_of_rarity);
        let scale = scale(features.iter().map(|one| one.value * one.value).sum(), rarest);
        features.iter_mut().for_each(|one| one.value *= scale);
        Lesson { features, sign: text.sign, weight: text.weight }
    }
}

/// The weight of every gram, and what is said by any text.
fn trained(grams: usize, lessons: &[Lesson]) -> (Vec<f32>, f32) {
    let (mut weights, mut always) = (vec![0.0; grams], 0.0);
    let (mut mean, mut mean_always) = (vec![0.0; grams], 0.0);
    let shuffle = shuffled(lessons.len());
    let mut order = shuffle.clone();
    for pass in 0..PASSES {
        let step = FIRST_STEP / (1.0 + SHRINKING * pass as f32);
        for at in &order {
            let Lesson { features, sign, weight } = &lessons[*at];
            let wanted = if sign.is_some() { 1.0 } else { 0.0 };
            let said: f32 = features.iter().map(|one| one.value * weights[one.feature as usize]).sum();
            let error = weight * (wanted - sigmoid(always + said));
            if error.abs() >= LEAST_ERROR {
                features.iter().for_each(|one| weights[one.feature as usize] += step * error * one.value);
                always += step * error * ALWAYS;
            }
            // Every step counts here: the last message seen moves this weight most.
            if pass >= KEPT_FROM {
                mean_always += always / (order.len() * (PASSES - KEPT_FROM)) as f32;
            }
        }
        // Another order each time: what comes last is known best.
        order = shuffle.iter().map(|at| order[*at]).collect();
        if pass >= KEPT_FROM {
            add(&mut mean, 1.0 / (PASSES - KEPT_FROM) as f32, &weights);
        }
    }
    (mean, mean_always)
}

/// Learns which sign each message shows that calls for help, by the words that tell: pairs are many, and needed for nothing here.
fn signs_apart(kept: &Kept, telling: &[Gram], lessons: &[Lesson], signs: usize) -> Classifier {
    let feature = |one: &Weighted| {
        let feature = telling.binary_search(&kept.grams[one.feature as usize].0).ok()?;
        Some(Weighted { feature: feature as Feature, ..*one })
    };
    let words: Vec<Vec<Weighted>> =
        lessons.iter().map(|lesson| lesson.features.iter().filter_map(feature).collect()).collect();
    let example = |at: usize| Some(Example { features: &words[at], class: lessons[at].sign?, weight: 1.0 });
    let examples: Vec<Example<'_>> = shuffled(lessons.len()).into_iter().filter_map(example).collect();
    let mut learner = Learner::new(telling.len(), signs);
    for _ in 0..PASSES_OF_SIGNS {
        learner.train(examples.iter());
    }
    let mut which = Classifier::default();
    learner.teach(&mut which);
    which
}
