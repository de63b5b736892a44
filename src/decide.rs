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
/// were written to differ, so that two in five here are right more often than not.
pub const ANSWER: f32 = 0.4;

/// From this confidence on a part of the message is answered where the whole is not.
const ANSWER_PART: f32 = 0.6;

/// From this confidence on a part of the message is answered beside the whole. It must be surer than a single question:
/// half a sentence may look like one, and a needless second answer buries the first.
const ANSWER_ALSO: f32 = 0.75;

/// What a part is sure of must be among so many best classes of the whole message: a greeting or a half sentence with
/// "it" can look like a topic that the rest of the message rules out.
const ALSO_IN_WHOLE: usize = 4;

/// From this confidence on it is worth asking which of several topics is meant.
const CLARIFY: f32 = 0.15;

/// A topic or boundary of at least this probability is near.
const NEAR: f32 = 0.12;

/// At least this probability, and more than any topic's, makes a boundary the reason of a decline.
const BOUNDARY: f32 = 0.3;

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
    /// The topics to offer, best first.
    pub offered: Vec<Class>,
    /// The boundary under which the question falls.
    pub boundary: Option<Class>,
    /// The probability that the best-ranked topic is a right answer.
    pub confidence: f32,
}

/// Decides about one question; `topics` is how many of the classes are topics.
pub fn decide(found: &Match, topics: usize) -> Decision {
    let is_topic = |candidate: &&Candidate| candidate.class < topics;
    let near: Vec<Class> = found
        .ranking
        .iter()
        .filter(is_topic)
        .take(OFFERED)
        .filter(|candidate| candidate.probability >= NEAR)
        .map(|candidate| candidate.class)
        .collect();
    let best = found.ranking.iter().find(is_topic);
    let boundary = found.ranking.first().filter(|first| first.class >= topics && first.probability >= BOUNDARY);
    let decision = Decision {
        outcome: Outcome::Decline,
        topics: Vec::new(),
        offered: Vec::new(),
        boundary: None,
        confidence: found.confidence,
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
/// The message as a whole comes first: its words explain each other. A part adds a second topic where it is sure of
/// one that the whole message speaks for too, and answers alone where the whole was too long a story to be sure.
pub fn with_parts(found: &Match, whole: Decision, parts: &[Decision]) -> Decision {
    let best = &found.ranking[..found.ranking.len().min(ALSO_IN_WHOLE)];
    let spoken_for = move |class: Class| best.iter().any(|candidate| candidate.class == class);
    let sure = |least: f32| parts.iter().filter(move |part| part.confidence >= least && spoken_for(part.topics[0]));
    match whole.outcome {
        Outcome::Answer => {
            let first = whole.topics[0];
            let also = sure(ANSWER_ALSO).map(|part| part.topics[0]);
            let mut asked: Vec<Class> = also.clone().filter(|class| *class != first).take(MOST_ANSWERED - 1).collect();
            // In the order asked; what only the whole message speaks for comes first.
            let behind = also.clone().position(|class| class == first) > also.clone().position(|class| class != first);
            asked.insert(if behind { asked.len() } else { 0 }, first);
            Decision { topics: asked, ..whole }
        }
        _ if whole.boundary.is_some() => whole,
        _ => {
            let surest = sure(ANSWER_PART).max_by(|a, b| a.confidence.total_cmp(&b.confidence));
            surest.cloned().unwrap_or(whole)
        }
    }
}
