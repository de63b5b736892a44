//! Deciding: from what matching found to one of four outcomes.
//!
//! The thresholds weigh what a mistake costs a patient. A wrong answer misleads; a needless "the guide does not cover
//! this" only sends them on; a choice of topics costs one press. All of them are probabilities, and
//! [calibrated](crate::matching) ones, so that they mean the same for every guide.

use serde::Serialize;

use crate::matching::{Candidate, Class, Match};

/// What becomes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// One topic is answered, or two where two things were asked.
    Answer,
    /// Up to three topics are offered to choose from.
    Clarify,
    /// The guide does not cover this.
    Decline,
    /// Seek care, first of all.
    Urgent,
}

impl Outcome {
    /// The name in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Answer => "answer",
            Outcome::Clarify => "clarify",
            Outcome::Decline => "decline",
            Outcome::Urgent => "urgent",
        }
    }
}

/// From this confidence on the best topic is answered. Confidence errs on the careful side for guides whose phrasings
/// were written to differ: what is answered at this confidence is right more often than not.
pub const ANSWER: f32 = 0.5;

/// From this confidence on a part of the message is answered where the whole is not, and from this one beside the whole. It
/// must be surer than a single question: half a sentence may look like one, and a needless second answer buries the first.
const ANSWER_PART: f32 = 0.8;
const ANSWER_ALSO: f32 = 0.75;

/// What a part is sure of must be among so many best classes of the whole message, or two for each part: a
/// greeting or a half sentence with "it" can look like a topic that the rest of the message rules out.
const ALSO_IN_WHOLE: usize = 4;

/// From so many on, topics that are asked for beside a boundary are offered. A single one is more often the boundary's own
/// question: "My wife wants Botox. What does it cost?"
const BESIDE_BOUNDARY: usize = 2;

/// From this confidence on it is worth asking which of several topics is meant.
const CLARIFY: f32 = 0.15;

/// A topic or boundary of at least this probability is near.
const NEAR: f32 = 0.12;

/// At least this probability, and more than any topic's, makes a boundary the reason of a decline.
const BOUNDARY: f32 = 0.3;

/// From this share of unknown words on, a question is as good as unread.
const MOSTLY: f32 = 0.5;

/// At most so many topics are offered.
pub const OFFERED: usize = 3;

/// At most so many topics are answered at once: more would not be read.
pub const MOST_ANSWERED: usize = 2;

/// What was decided; topics and boundaries by their number.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Answer, clarify or decline: triage is asked before.
    pub outcome: Outcome,
    /// The topics to answer.
    pub topics: Vec<Class>,
    /// The topics that were asked for besides, beyond what is answered at once, in the order asked.
    pub further: Vec<Class>,
    /// The topics to offer, best first.
    pub offered: Vec<Class>,
    /// The topics that come next, best first, for whoever meant something else.
    pub others: Vec<Class>,
    /// The boundary under which the question falls.
    pub boundary: Option<Class>,
    /// The probability that the best-ranked topic is a right answer.
    pub confidence: f32,
    /// Whether most of the question is made of words that the knowledge does not have.
    pub mostly_unknown: bool,
}

impl Decision {
    /// Whether nothing was found in a question most of whose words nobody knows.
    pub fn is_unread(&self) -> bool {
        self.outcome == Outcome::Decline && self.boundary.is_none() && self.mostly_unknown
    }
}

/// Decides about one question; `topics` is how many of the classes are topics.
pub fn decide(found: &Match, topics: usize) -> Decision {
    let is_topic = |candidate: &&Candidate| candidate.class < topics;
    // Where most of the words are unknown, what is near is so by chance.
    let mostly_unknown = found.unknown >= MOSTLY;
    let near: Vec<Class> = found
        .ranking
        .iter()
        .filter(is_topic)
        .take(OFFERED)
        .filter(|candidate| candidate.probability >= NEAR && !mostly_unknown)
        .map(|candidate| candidate.class)
        .collect();
    let best = found.ranking.iter().find(is_topic);
    let boundary = found.ranking.first().filter(|first| first.class >= topics && first.probability >= BOUNDARY);
    let decision = Decision {
        outcome: Outcome::Decline,
        topics: Vec::new(),
        further: Vec::new(),
        offered: Vec::new(),
        others: Vec::new(),
        boundary: None,
        confidence: found.confidence,
        mostly_unknown,
    };
    match (best, boundary) {
        (Some(best), _) if found.confidence >= ANSWER => {
            Decision { outcome: Outcome::Answer, topics: vec![best.class], ..decision }
        }
        (_, Some(boundary)) => Decision { boundary: Some(boundary.class - topics), ..decision },
        _ if found.confidence >= CLARIFY && near.len() > 1 => {
            Decision { outcome: Outcome::Clarify, offered: near, ..decision }
        }
        _ if found.confidence >= CLARIFY => Decision { offered: near, ..decision },
        _ => decision,
    }
}

/// The decision about a message whose parts may be questions of their own.
///
/// The message as a whole comes first: its words explain each other. A part adds another topic where it is sure of one
/// that the whole message speaks for too, and answers where the whole was too long a story to be sure.
pub fn with_parts(found: &Match, whole: Decision, parts: &[Decision]) -> Decision {
    let best = &found.ranking[..found.ranking.len().min((2 * parts.len()).max(ALSO_IN_WHOLE))];
    let spoken_for = move |class: Class| best.iter().any(|candidate| candidate.class == class);
    let sure = |least: f32| parts.iter().filter(move |part| part.confidence >= least && spoken_for(part.topics[0]));
    let mut asked: Vec<Class> = Vec::new();
    for class in sure(ANSWER_ALSO).map(|part| part.topics[0]) {
        if !asked.contains(&class) {
            asked.push(class);
        }
    }
    let main = match whole.outcome {
        Outcome::Answer => whole,
        _ if whole.boundary.is_some() => {
            let further = if asked.len() < BESIDE_BOUNDARY { Vec::new() } else { asked };
            return Decision { further, ..whole };
        }
        _ => match sure(ANSWER_PART).max_by(|a, b| a.confidence.total_cmp(&b.confidence)) {
            Some(surest) => surest.clone(),
            None => return whole,
        },
    };
    let first = main.topics[0];
    if !asked.contains(&first) {
        // What only the whole message speaks for comes first.
        asked.insert(0, first);
    }
    let (topics, further) = as_many_as_are_read(asked, first);
    Decision { topics, further, ..main }
}

/// The best topics which the decision names nowhere, however improbable they are.
pub fn others(found: &Match, decision: &Decision, topics: usize) -> Vec<Class> {
    let named = [&decision.topics, &decision.further, &decision.offered];
    let is_new = |class: &Class| *class < topics && !named.iter().any(|named| named.contains(class));
    found.ranking.iter().map(|candidate| candidate.class).filter(is_new).take(OFFERED).collect()
}

/// The topics to answer at once, among them `main`, and those left over; both in the order asked.
fn as_many_as_are_read(asked: Vec<Class>, main: Class) -> (Vec<Class>, Vec<Class>) {
    let mut room = MOST_ANSWERED - 1;
    asked.into_iter().partition(|class| {
        let answered = *class == main || room > 0;
        room -= usize::from(answered && *class != main);
        answered
    })
}
