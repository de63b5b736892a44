//! Measuring: how often the guide does right by questions whose right answers are known.
//!
//! [`questions`] reads question sets, [`measure`] asks the guide and counts in a [`Summary`] what came of it, with the
//! measures of [`statistics`]; [`typos`] mistypes the questions. A [`Floor`] is a figure that must not get worse. All of it is computation: the command line
//! reads and writes the files, and [`render`](crate::render) shows the figures.

pub mod dice;
pub mod floor;
pub mod floors;
pub mod mistyped;
pub mod questions;
pub mod statistics;
pub mod summary;
pub mod typos;

pub use floor::{BrokenFloor, Floor};
pub use floors::Floors;
pub use mistyped::Mistyped;
pub use questions::{Expected, Question};
pub use statistics::{Bin, Calibration, Share};
pub use summary::{Case, Group, InScope, Miss, OutOfScope, Summary, Urgent};

use serde::Serialize;

use crate::decide::Outcome;
use crate::decimals;
use crate::guide::Guide;
use crate::knowledge::Id;

/// How many of the best-ranked topics are looked at.
pub const TOP: usize = 3;

/// What the guide made of a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Observation {
    /// What became of it.
    pub outcome: Outcome,
    /// The topics answered, or those to choose from where the outcome is a choice.
    pub shown: Vec<Id>,
    /// The boundary under which it fell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boundary: Option<Id>,
    /// The probability that the best-ranked topic is right.
    #[serde(serialize_with = "decimals::serialize")]
    pub confidence: f32,
    /// The best topics with their probabilities, best first.
    pub ranking: Vec<RankedId>,
}

/// A topic and its probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankedId {
    /// The topic.
    pub id: Id,
    /// Its probability among all topics and boundaries.
    #[serde(serialize_with = "decimals::serialize")]
    pub score: f32,
}

impl Observation {
    /// Whether the best-ranked topic is one of `right`.
    pub fn first_is_in(&self, right: &[Id]) -> bool {
        self.ranking.first().is_some_and(|best| right.contains(&best.id))
    }

    /// Whether one of the [`TOP`] best-ranked topics is one of `right`.
    pub fn top_has_one_of(&self, right: &[Id]) -> bool {
        self.ranking.iter().any(|ranked| right.contains(&ranked.id))
    }

    /// Whether a topic of `right` is answered, or is among those to choose from.
    pub fn shows_one_of(&self, right: &[Id]) -> bool {
        self.shown.iter().any(|id| right.contains(id))
    }
}

/// Asks the guide all questions.
fn cases<'q>(guide: &Guide, questions: &'q [Question]) -> Vec<Case<'q>> {
    questions.iter().map(|question| (question, observe(guide, &question.text))).collect()
}

/// Asks the guide all questions as they are, and mistyped where a seed for the mistakes is given.
pub fn measure(guide: &Guide, questions: &[Question], typos: Option<u64>) -> Summary {
    let written = cases(guide, questions);
    let mistyped = |seed| {
        let mistake =
            |question: &Question| Question { text: typos::mistyped(&question.text, seed), ..question.clone() };
        let questions: Vec<Question> = questions.iter().map(mistake).collect();
        Mistyped::new(seed, &written, &cases(guide, &questions))
    };
    Summary { mistyped: typos.map(mistyped), ..Summary::new(&written) }
}

/// Asks the guide a question.
fn observe(guide: &Guide, question: &str) -> Observation {
    let reply = guide.answer(question);
    let shown = match reply.outcome {
        Outcome::Clarify => &reply.suggestions,
        Outcome::Answer | Outcome::Decline | Outcome::Urgent => &reply.topics,
    };
    let ranking = guide.ranking(question, TOP);
    Observation {
        outcome: reply.outcome,
        shown: shown.iter().map(|topic| topic.id.clone()).collect(),
        boundary: reply.boundary.map(|boundary| boundary.id.clone()),
        confidence: reply.confidence,
        ranking: ranking
            .into_iter()
            .map(|ranked| RankedId { id: ranked.topic.id.clone(), score: ranked.score })
            .collect(),
    }
}
