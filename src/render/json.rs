//! A reply for programs: one object, whose keys and their order are a contract (`docs/json-output.md`).

use serde::Serialize;

use super::markdown;
use crate::answer::Reply;
use crate::decide::Outcome;
use crate::decimals;
use crate::guide::Ranked;
use crate::knowledge::Topic;

/// The answer to one question.
#[derive(Debug, Serialize)]
pub struct Answer<'a> {
    /// The question as it was asked.
    pub question: &'a str,
    /// What became of it.
    pub outcome: Outcome,
    /// The ids of the topics that were answered.
    pub topics: Vec<&'a str>,
    /// The ids of the topics that were offered, best first.
    pub suggestions: Vec<&'a str>,
    /// The probability that the best-ranked topic is a right answer.
    #[serde(serialize_with = "decimals::serialize")]
    pub confidence: f32,
    /// Everything a patient reads but the disclaimer, as Markdown.
    pub text: String,
    /// What stands under every reply.
    pub disclaimer: &'a str,
    /// The id of the boundary under which the question was declined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boundary: Option<&'a str>,
    /// The best topics, best first, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranking: Option<Vec<Rank<'a>>>,
    /// The ids of the signs of an emergency that were seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signs: Option<Vec<&'a str>>,
}

/// A topic's place in the ranking.
#[derive(Debug, Serialize)]
pub struct Rank<'a> {
    /// The topic's id.
    pub id: &'a str,
    /// Its probability among all topics and boundaries.
    #[serde(serialize_with = "decimals::serialize")]
    pub score: f32,
}

impl<'a> Answer<'a> {
    /// What `reply` says to `question`; `ranking` if it was asked for.
    pub fn new(question: &'a str, reply: &Reply<'a>, ranking: Option<&[Ranked<'a>]>) -> Answer<'a> {
        Answer {
            question,
            outcome: reply.outcome,
            topics: ids(&reply.topics),
            suggestions: ids(&reply.suggestions),
            confidence: reply.confidence,
            text: markdown::text(reply),
            disclaimer: reply.disclaimer,
            boundary: reply.boundary.map(|boundary| boundary.id.as_str()),
            ranking: ranking.map(|ranking| ranking.iter().map(rank).collect()),
            signs: reply.warning.as_ref().map(|warning| warning.signs.clone()),
        }
    }
}

fn ids<'a>(topics: &[&'a Topic]) -> Vec<&'a str> {
    topics.iter().map(|topic| topic.id.as_str()).collect()
}

fn rank<'a>(ranked: &Ranked<'a>) -> Rank<'a> {
    Rank { id: ranked.topic.id.as_str(), score: ranked.score }
}
