//! What becomes of questions when they are typed with [mistakes](super::typos).

use serde::Serialize;

use super::summary::{self, Case, InScope, Miss, OutOfScope, Summary, Urgent};
use crate::decimals;

/// The figures of the same questions, mistyped.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Mistyped {
    /// What the mistakes were drawn from.
    pub seed: u64,
    /// Those that a topic answers.
    pub in_scope: InScope,
    /// Those that the guide does not cover.
    pub out_of_scope: OutOfScope,
    /// The emergencies, and the alarms among the others.
    pub urgent: Urgent,
    /// How much smaller the share is of those with a right topic ranked first.
    #[serde(serialize_with = "decimals::serialize", skip_serializing_if = "Option::is_none")]
    pub loss: Option<f64>,
    /// The questions, mistyped, whose right topic is ranked first no longer.
    pub lost: Vec<Miss>,
}

impl Mistyped {
    /// Compares the cases `mistyped` with mistakes of `seed` with those `written` without, which are in the same order.
    pub fn new(seed: u64, written: &[Case<'_>], mistyped: &[Case<'_>]) -> Mistyped {
        let Summary { in_scope, out_of_scope, urgent, .. } = Summary::new(mistyped);
        let before = summary::in_scope(written).first.share;
        let loss = before.zip(in_scope.first.share).map(|(before, after)| before - after);
        let both = written.iter().zip(mistyped);
        let lost = both.filter(|(before, after)| finds(before) && !finds(after)).map(|(_, after)| summary::miss(after));
        Mistyped { seed, in_scope, out_of_scope, urgent, loss, lost: lost.collect() }
    }
}

fn finds((question, seen): &Case<'_>) -> bool {
    seen.first_is_in(summary::right_topics(question))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::Outcome;
    use crate::eval::{Expected, Observation, Question, RankedId};
    use crate::knowledge::Id;

    #[test]
    fn what_mistakes_cost_is_what_was_found_before() {
        let costs = Id("costs".to_owned());
        let (expected, tags, set) = (Expected::Topics(vec![costs.clone()]), Vec::new(), "set.tsv".to_owned());
        let question = Question { text: "csots".to_owned(), expected, tags, set };
        let seen = |id: &str| Observation {
            outcome: Outcome::Decline,
            shown: Vec::new(),
            boundary: None,
            confidence: 0.1,
            ranking: vec![RankedId { id: Id(id.to_owned()), score: 0.5 }],
        };
        let cases = |found: [&str; 4]| found.map(|id| (&question, seen(id)));
        let mistyped = Mistyped::new(
            1,
            &cases(["costs", "costs", "costs", "about"]),
            &cases(["costs", "about", "about", "costs"]),
        );
        assert_eq!((mistyped.loss, mistyped.lost.len()), (Some(0.25), 2));
        assert_eq!(mistyped.in_scope.first.count, 2);
    }
}
