//! Counting what the guide did right, and listing what it did not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::mistyped::Mistyped;
use super::statistics::{self, Calibration, Judgement, Share};
use super::{Expected, Observation, Question};
use crate::decide::Outcome;
use crate::decimals;
use crate::knowledge::Id;

/// A question, and what the guide made of it.
pub type Case<'q> = (&'q Question, Observation);

/// How the guide did. Every question is of one of three kinds, told by what is right: a topic, a decline, an urgent
/// warning; each kind is counted apart, because one figure over all hides which mistake is made.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// How many questions.
    pub questions: usize,
    /// Those that a topic answers.
    pub in_scope: InScope,
    /// Those that the guide does not cover.
    pub out_of_scope: OutOfScope,
    /// The emergencies, and the alarms among the others.
    pub urgent: Urgent,
    /// How far confidence can be taken at its word, over all questions but the emergencies.
    pub calibration: Calibration,
    /// How well confidence tells in scope from out of scope; 0.5 is chance.
    #[serde(serialize_with = "decimals::serialize", skip_serializing_if = "Option::is_none")]
    pub auroc: Option<f64>,
    /// How many questions in scope are answered rightly when one in ten out of scope may be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub osc10: Option<Share>,
    /// The same by set.
    pub sets: Vec<Group>,
    /// The same by tag.
    pub tags: Vec<Group>,
    /// The same by right topic; a question with several counts for each.
    pub topics: Vec<Group>,
    /// The same questions with typing mistakes, where they were asked so too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mistyped: Option<Mistyped>,
    /// The questions that did not get what is right, in the order of the sets.
    pub misses: Vec<Miss>,
}

/// What became of questions that a topic answers. From `answered` on, each question counts once.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct InScope {
    /// How many.
    pub questions: usize,
    /// A right topic is ranked first, whatever the outcome.
    pub first: Share,
    /// A right topic is among the first three.
    pub top3: Share,
    /// A right topic is answered.
    pub answered: Share,
    /// Only wrong topics are answered.
    pub wrong: Share,
    /// A right topic is among those to choose from.
    pub clarified: Share,
    /// Only wrong topics are among those to choose from.
    pub clarified_wrong: Share,
    /// The guide is said not to cover it.
    pub declined: Share,
    /// An alarm is raised.
    pub alarmed: Share,
}

/// What became of questions that the guide does not cover. Each counts once, apart from `boundary`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OutOfScope {
    /// How many.
    pub questions: usize,
    /// A topic is answered all the same.
    pub answered: Share,
    /// Topics are offered to choose from.
    pub clarified: Share,
    /// The guide is said not to cover it.
    pub declined: Share,
    /// A decline with the words of a boundary.
    pub boundary: Share,
    /// An alarm is raised.
    pub alarmed: Share,
}

/// What became of emergencies.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Urgent {
    /// How many.
    pub questions: usize,
    /// A warning is given.
    pub found: Share,
    /// None is.
    pub missed: Share,
    /// Among all other questions, those with a warning.
    pub false_alarms: Share,
}

/// The questions of one set, with one tag, or of one topic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The set's file, the tag, or the topic's id.
    pub name: String,
    /// Of those in scope, a right topic is ranked first.
    pub first: Share,
    /// Of those in scope, a right topic is answered.
    pub answered: Share,
    /// Of those out of scope, a topic is answered all the same.
    pub out_answered: Share,
    /// Of the emergencies, a warning is given.
    pub urgent: Share,
}

/// A question that did not get what is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Miss {
    /// The question.
    pub question: String,
    /// What is right, as the set has it.
    pub expected: String,
    /// What it got.
    #[serde(flatten)]
    pub got: Observation,
}

impl Summary {
    /// Counts the cases.
    pub fn new(cases: &[Case<'_>]) -> Summary {
        let judgements: Vec<Judgement> = cases.iter().filter_map(judgement).collect();
        Summary {
            questions: cases.len(),
            in_scope: in_scope(cases),
            out_of_scope: out_of_scope(cases),
            urgent: urgent(cases),
            calibration: statistics::calibration(&judgements),
            auroc: statistics::auroc(&judgements),
            osc10: statistics::osc10(&judgements),
            sets: groups(cases, |question| vec![question.set.clone()]),
            tags: groups(cases, |question| question.tags.clone()),
            topics: groups(cases, |question| right_topics(question).iter().map(ToString::to_string).collect()),
            mistyped: None,
            misses: cases.iter().filter(|case| !is_right(case)).map(miss).collect(),
        }
    }
}

pub(super) fn right_topics(question: &Question) -> &[Id] {
    match &question.expected {
        Expected::Topics(ids) => ids,
        Expected::Decline | Expected::Urgent => &[],
    }
}

/// What the case says of confidence; an emergency says nothing, for no topic is looked for.
fn judgement((question, seen): &Case<'_>) -> Option<Judgement> {
    let (right, in_scope) = match &question.expected {
        Expected::Topics(ids) => (seen.first_is_in(ids), true),
        Expected::Decline => (false, false),
        Expected::Urgent => return None,
    };
    Some(Judgement { confidence: seen.confidence, right, in_scope })
}

fn is_right((question, seen): &Case<'_>) -> bool {
    match &question.expected {
        Expected::Topics(ids) => seen.outcome == Outcome::Answer && seen.shows_one_of(ids),
        Expected::Decline => seen.outcome == Outcome::Decline,
        Expected::Urgent => seen.outcome == Outcome::Urgent,
    }
}

pub(super) fn miss((question, seen): &Case<'_>) -> Miss {
    let expected = match &question.expected {
        Expected::Topics(ids) => ids.iter().map(Id::as_str).collect::<Vec<_>>().join("|"),
        Expected::Decline => "decline".to_owned(),
        Expected::Urgent => "urgent".to_owned(),
    };
    Miss { question: question.text.clone(), expected, got: seen.clone() }
}

pub(super) fn in_scope(cases: &[Case<'_>]) -> InScope {
    let cases: Vec<(&[Id], &Observation)> = cases
        .iter()
        .map(|(question, seen)| (right_topics(question), seen))
        .filter(|(right, _)| !right.is_empty())
        .collect();
    let share = |holds: &dyn Fn(&[Id], &Observation) -> bool| Share::among(&cases, |(right, seen)| holds(right, seen));
    InScope {
        questions: cases.len(),
        first: share(&|right, seen| seen.first_is_in(right)),
        top3: share(&|right, seen| seen.top_has_one_of(right)),
        answered: share(&|right, seen| seen.outcome == Outcome::Answer && seen.shows_one_of(right)),
        wrong: share(&|right, seen| seen.outcome == Outcome::Answer && !seen.shows_one_of(right)),
        clarified: share(&|right, seen| seen.outcome == Outcome::Clarify && seen.shows_one_of(right)),
        clarified_wrong: share(&|right, seen| seen.outcome == Outcome::Clarify && !seen.shows_one_of(right)),
        declined: share(&|_, seen| seen.outcome == Outcome::Decline),
        alarmed: share(&|_, seen| seen.outcome == Outcome::Urgent),
    }
}

fn out_of_scope(cases: &[Case<'_>]) -> OutOfScope {
    let cases = expecting(cases, &Expected::Decline);
    let outcome = |outcome: Outcome| Share::among(&cases, |seen| seen.outcome == outcome);
    OutOfScope {
        questions: cases.len(),
        answered: outcome(Outcome::Answer),
        clarified: outcome(Outcome::Clarify),
        declined: outcome(Outcome::Decline),
        boundary: Share::among(&cases, |seen| seen.outcome == Outcome::Decline && seen.boundary.is_some()),
        alarmed: outcome(Outcome::Urgent),
    }
}

fn urgent(cases: &[Case<'_>]) -> Urgent {
    let is_urgent = |seen: &&Observation| seen.outcome == Outcome::Urgent;
    let emergencies = expecting(cases, &Expected::Urgent);
    let others: Vec<&Observation> =
        cases.iter().filter(|(question, _)| question.expected != Expected::Urgent).map(|(_, seen)| seen).collect();
    Urgent {
        questions: emergencies.len(),
        found: Share::among(&emergencies, is_urgent),
        missed: Share::among(&emergencies, |seen| !is_urgent(seen)),
        false_alarms: Share::among(&others, is_urgent),
    }
}

fn expecting<'c>(cases: &'c [Case<'_>], expected: &Expected) -> Vec<&'c Observation> {
    cases.iter().filter(|(question, _)| question.expected == *expected).map(|(_, seen)| seen).collect()
}

/// The cases by each of their names, ordered by name.
fn groups(cases: &[Case<'_>], names: impl Fn(&Question) -> Vec<String>) -> Vec<Group> {
    let mut named: BTreeMap<String, Vec<Case<'_>>> = BTreeMap::new();
    for (question, seen) in cases {
        for name in names(question) {
            named.entry(name).or_default().push((question, seen.clone()));
        }
    }
    named.into_iter().map(|(name, cases)| group(name, &cases)).collect()
}

fn group(name: String, cases: &[Case<'_>]) -> Group {
    let InScope { first, answered, .. } = in_scope(cases);
    Group { name, first, answered, out_answered: out_of_scope(cases).answered, urgent: urgent(cases).found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::RankedId;

    fn ids(names: &[&str]) -> Vec<Id> {
        names.iter().map(|name| Id((*name).to_owned())).collect()
    }

    fn question(expected: Expected, tags: &[&str]) -> Question {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        Question { text: "?".to_owned(), expected, tags, set: "set.tsv".to_owned() }
    }

    fn seen(outcome: Outcome, shown: &[&str], confidence: f32, ranking: &[&str]) -> Observation {
        let ranking = ids(ranking).into_iter().map(|id| RankedId { id, score: 0.5 }).collect();
        Observation { outcome, shown: ids(shown), boundary: None, confidence, ranking }
    }

    /// Six questions in scope, three out of scope, two emergencies, of which every figure can be counted by eye.
    fn summary() -> Summary {
        let costs = question(Expected::Topics(ids(&["costs"])), &["terse"]);
        let either = question(Expected::Topics(ids(&["costs", "recovery"])), &["terse", "typo"]);
        let outside = question(Expected::Decline, &["typo"]);
        let emergency = question(Expected::Urgent, &[]);
        let boundary =
            Observation { boundary: Some(Id("pets".into())), ..seen(Outcome::Decline, &[], 0.1, &["costs"]) };
        Summary::new(&[
            (&costs, seen(Outcome::Answer, &["costs"], 0.9, &["costs", "recovery"])),
            (&either, seen(Outcome::Answer, &["about", "recovery"], 0.8, &["about", "recovery"])),
            (&costs, seen(Outcome::Answer, &["about"], 0.7, &["about", "recovery"])),
            (&costs, seen(Outcome::Clarify, &["about", "costs"], 0.3, &["about", "costs"])),
            (&costs, seen(Outcome::Decline, &[], 0.2, &["costs"])),
            (&costs, seen(Outcome::Urgent, &["costs"], 0.9, &["costs"])),
            (&outside, seen(Outcome::Answer, &["about"], 0.6, &["about"])),
            (&outside, boundary),
            (&outside, seen(Outcome::Decline, &[], 0.1, &["about"])),
            (&emergency, seen(Outcome::Urgent, &[], 0.0, &["about"])),
            (&emergency, seen(Outcome::Answer, &["recovery"], 0.9, &["recovery"])),
        ])
    }

    #[test]
    fn each_kind_is_counted_apart() {
        let summary = summary();
        let inside = &summary.in_scope;
        assert_eq!((inside.first.count, inside.top3.count, inside.questions), (3, 5, 6));
        let outcomes = [&inside.answered, &inside.wrong, &inside.clarified, &inside.declined, &inside.alarmed];
        assert_eq!(outcomes.map(|share| share.count), [2, 1, 1, 1, 1]);
        assert_eq!(inside.clarified_wrong.count, 0);
        let outside = &summary.out_of_scope;
        assert_eq!((outside.answered.count, outside.declined.count, outside.boundary.count), (1, 2, 1));
        let urgent = &summary.urgent;
        assert_eq!((urgent.found.count, urgent.missed.count, urgent.false_alarms.count), (1, 1, 1));
        assert_eq!((urgent.found.of, urgent.false_alarms.of), (2, 9));
    }

    #[test]
    fn groups_count_what_has_their_name() {
        let summary = summary();
        let line = |group: &Group| {
            let Group { name, first, answered, out_answered, .. } = group;
            format!(
                "{name} {}/{} {}/{} {}/{}",
                first.count, first.of, answered.count, answered.of, out_answered.count, out_answered.of
            )
        };
        assert_eq!(summary.tags.iter().map(line).collect::<Vec<_>>(), ["terse 3/6 2/6 0/0", "typo 0/1 1/1 1/3"]);
        assert_eq!(summary.sets.iter().map(line).collect::<Vec<_>>(), ["set.tsv 3/6 2/6 1/3"]);
        assert_eq!(summary.topics.iter().map(line).collect::<Vec<_>>(), ["costs 3/6 2/6 0/0", "recovery 0/1 1/1 0/0"]);
    }

    #[test]
    fn misses_are_all_that_did_not_get_what_is_right() {
        let expected: Vec<String> = summary().misses.into_iter().map(|miss| miss.expected).collect();
        assert_eq!(expected, ["costs", "costs", "costs", "costs", "decline", "urgent"]);
    }

    #[test]
    fn confidence_is_judged_by_the_best_ranked_topic_and_without_emergencies() {
        let summary = summary();
        assert_eq!(summary.calibration.bins.iter().map(|bin| bin.questions).sum::<usize>(), 9);
        // In scope .9 .8 .7 .3 .2 .9 against .6 .1 .1: 6 x 3 pairs, of which .3 and .2 lose to .6.
        assert_eq!(summary.auroc, Some(16.0 / 18.0));
        // No question out of scope may pass, so only what is surer than .6 counts, where it is right.
        assert_eq!(summary.osc10.map(|osc10| (osc10.count, osc10.of)), Some((2, 6)));
    }
}
