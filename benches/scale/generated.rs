//! Guides of any size, made of word lists and a seed: what is generated looks to the engine like a guide and its patients.
//!
//! Word frequencies follow Zipf's law. A topic has words of its own, some that its neighbours have too, and the rest are
//! everybody's; so a question may have none of the words that tell, as in life.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use exoguide::eval::dice::Dice;

/// The words around which questions are built, the most frequent first.
const FRAME: &str = "the a is it to i do how can my of and in for what you does have be with on if after not are will or \
    about when there any that this at from get much long should would me so why which where was has need they but who \
    too long really just anyone know help please tell before safe every time work want think still since because";

/// How many of a topic's words are its own, and how many it shares with the others of its field.
const OWN: usize = 12;
const OF_FIELD: usize = 25;

/// How many topics make a field.
const FIELD: usize = 8;

/// Of a hundred words of a phrasing, so many are of the frame, of the topic and of its field; the rest are anybody's.
const FROM_FRAME: usize = 45;
const FROM_TOPIC: usize = 25;
const FROM_FIELD: usize = 15;

/// The words of a phrasing: at least so many, and fewer than so many more.
const SHORTEST: usize = 3;
const MORE: usize = 10;

/// Words by frequency: the one at place n is drawn in proportion to 1 / (n + 3), which is Zipf's law with Mandelbrot's
/// correction for the most frequent.
struct Zipf {
    words: Vec<String>,
    /// The sum of the weights up to each word.
    sums: Vec<usize>,
}

impl Zipf {
    fn new(words: Vec<String>) -> Zipf {
        let weights = (0..words.len()).map(|place| 1_000_000_000 / (place + 3));
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Zipf { sums: sums.collect(), words }
    }

    fn whole(&self) -> usize {
        *self.sums.last().expect("there are words")
    }

    /// The probability of drawing `word`.
    fn probability(&self, word: &str) -> f64 {
        let places = self.words.iter().enumerate().filter(|(_, of_list)| *of_list == word);
        let weight = |(at, _)| self.sums[at] - if at > 0 { self.sums[at - 1] } else { 0 };
        places.map(weight).sum::<usize>() as f64 / self.whole() as f64
    }

    fn draw(&self, dice: &mut Dice) -> &str {
        let at = dice.below(self.whole());
        &self.words[self.sums.partition_point(|sum| *sum <= at)]
    }
}

/// The words of a guide and of those who ask it.
pub(crate) struct Generated {
    frame: Zipf,
    everybodys: Zipf,
    fields: Vec<Zipf>,
    topics: Vec<Zipf>,
}

impl Generated {
    /// The guide of so many topics.
    pub(crate) fn new(topics: usize) -> Generated {
        let mut dice = Dice::new(1);
        let mut words = common_words();
        let rare = coined_words(topics * OWN / 2, &mut dice);
        shuffle(&mut words, &mut dice);
        let everybodys = Zipf::new(words.clone());
        let mut some = |count: usize, of: &[String]| -> Vec<String> {
            (0..count).filter_map(|_| dice.one_of(of).cloned()).collect()
        };
        let fields = (0..topics.div_ceil(FIELD)).map(|_| Zipf::new(some(OF_FIELD, &words))).collect();
        let own = |_| Zipf::new([some(OWN / 2, &words), some(OWN / 2, &rare)].concat());
        let topics = (0..topics).map(own).collect();
        let frame = Zipf::new(FRAME.split_whitespace().map(str::to_owned).collect());
        Generated { frame, everybodys, fields, topics }
    }

    /// Writes the guide with so many phrasings in all into `knowledge`, and as many questions into `questions.tsv`. All
    /// are different.
    pub(crate) fn write(&self, folder: &Path, phrasings: usize, questions: usize) -> io::Result<()> {
        let mut dice = Dice::new(2);
        let mut written = BTreeSet::new();
        let topics = folder.join("knowledge/topics");
        fs::create_dir_all(&topics)?;
        fs::write(folder.join("knowledge/guide.toml"), "title = \"Generated\"\ndisclaimer = \"Not true.\"\n")?;
        for (topic, of_topic) in shares(phrasings, self.topics.len()) {
            let text = self.topic(topic, &self.questions(topic, of_topic, &mut written, &mut dice), &mut dice);
            fs::write(topics.join(format!("{}.toml", id(topic))), text)?;
        }
        let mut set = String::new();
        for (topic, of_topic) in shares(questions, self.topics.len()) {
            for question in self.questions(topic, of_topic, &mut written, &mut dice) {
                let _ = writeln!(set, "{}\t{question}", id(topic));
            }
        }
        fs::write(folder.join("questions.tsv"), set)
    }

    /// What `count` people ask who mean this topic, none of it `asked` before.
    fn questions(&self, topic: usize, count: usize, asked: &mut BTreeSet<String>, dice: &mut Dice) -> Vec<String> {
        let mut questions = Vec::with_capacity(count);
        while questions.len() < count {
            let length = SHORTEST + dice.below(MORE);
            let question = self.sentence(topic, length, dice);
            if asked.insert(question.clone()) {
                questions.push(question);
            }
        }
        questions
    }

    fn topic(&self, topic: usize, questions: &[String], dice: &mut Dice) -> String {
        let title = self.topics[topic].words[..2].join(" ");
        let answer = [14, 9, 17].map(|length| self.sentence(topic, length, dice)).join(". ");
        let questions: String = questions.iter().map(|question| format!("  \"{question}?\",\n")).collect();
        format!("title = \"{title} {topic}\"\nanswer = \"{answer}.\"\nquestions = [\n{questions}]\n")
    }

    /// The topic that was most probably meant, for one who knows how questions come about: nobody can do better (Bayes).
    pub(crate) fn meant_by(&self, question: &str) -> String {
        let words: Vec<(&str, f64)> = question.split(' ').map(|word| (word, self.probability_anywhere(word))).collect();
        let likelihood = |topic: usize| -> f64 {
            let (own, field) = (&self.topics[topic], &self.fields[topic / FIELD]);
            let of_word = |(word, anywhere): &(&str, f64)| {
                let here = FROM_TOPIC as f64 * own.probability(word) + FROM_FIELD as f64 * field.probability(word);
                (here + anywhere).ln()
            };
            words.iter().map(of_word).sum()
        };
        let topics = (0..self.topics.len()).map(|topic| (likelihood(topic), topic));
        id(topics.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(0, |(_, topic)| topic))
    }

    fn probability_anywhere(&self, word: &str) -> f64 {
        const FROM_ANYWHERE: usize = 100 - FROM_FRAME - FROM_TOPIC - FROM_FIELD;
        FROM_FRAME as f64 * self.frame.probability(word) + FROM_ANYWHERE as f64 * self.everybodys.probability(word)
    }

    fn sentence(&self, topic: usize, length: usize, dice: &mut Dice) -> String {
        const OF_FRAME_AND_TOPIC: usize = FROM_FRAME + FROM_TOPIC;
        const OF_ALL_THREE: usize = OF_FRAME_AND_TOPIC + FROM_FIELD;
        let mut words = Vec::with_capacity(length);
        for _ in 0..length {
            let source = match dice.below(100) {
                0..FROM_FRAME => &self.frame,
                FROM_FRAME..OF_FRAME_AND_TOPIC => &self.topics[topic],
                OF_FRAME_AND_TOPIC..OF_ALL_THREE => &self.fields[topic / FIELD],
                _ => &self.everybodys,
            };
            words.push(source.draw(dice));
        }
        words.join(" ")
    }
}

/// Every topic with its share of `count`; the shares differ by one at most.
fn shares(count: usize, topics: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..topics).map(move |topic| (topic, count * (topic + 1) / topics - count * topic / topics))
}

/// The id of a topic.
fn id(topic: usize) -> String {
    format!("topic-{topic:04}")
}

/// English words as they are in any text.
fn common_words() -> Vec<String> {
    let list = include_str!("../../src/text/familiar.txt");
    list.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

/// Names, brands and terms of the trade, which no list has: two or three syllables each.
fn coined_words(count: usize, dice: &mut Dice) -> Vec<String> {
    const BEGINNINGS: [&str; 16] = ["b", "br", "c", "d", "f", "gl", "h", "k", "l", "m", "n", "p", "r", "st", "t", "v"];
    const MIDDLES: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "eo", "ia"];
    const ENDS: [&str; 8] = ["", "n", "r", "s", "l", "x", "m", "nd"];
    let syllable = |dice: &mut Dice| -> String {
        [&BEGINNINGS[..], &MIDDLES, &ENDS].iter().filter_map(|parts| dice.one_of(parts).copied()).collect()
    };
    let word = |_| (0..2 + dice.below(2)).map(|_| syllable(dice)).collect();
    (0..count).map(word).collect()
}

fn shuffle(words: &mut [String], dice: &mut Dice) {
    for at in (1..words.len()).rev() {
        words.swap(at, dice.below(at + 1));
    }
}
