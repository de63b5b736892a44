//! Who has voted on which message lately, so that one person counts once: in memory alone, and as a hash of both.
//!
//! What is kept is counted by topic and kind, and nothing else ([`Store::count`](crate::store::Store::count)).

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use serenity::all::{MessageId, UserId};

/// So many votes are known; the oldest are forgotten first.
const MOST: usize = 4_096;

/// The last votes.
#[derive(Default)]
pub(super) struct Votes {
    /// Another one each time the bot starts, so that nobody can be found from a hash.
    hasher: RandomState,
    last: Mutex<VecDeque<u64>>,
}

impl Votes {
    /// Whether this person says this of this message for the first time, as far as is known.
    pub(super) fn is_new(&self, voter: UserId, message: MessageId, kind: &str) -> bool {
        let vote = self.hasher.hash_one((voter, message, kind));
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.contains(&vote) {
            return false;
        }
        if last.len() == MOST {
            last.pop_front();
        }
        last.push_back(vote);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_counts_once_for_each_message() {
        let votes = Votes::default();
        let (ana, ben) = (UserId::new(1), UserId::new(2));
        let (this, that) = (MessageId::new(1), MessageId::new(2));
        assert!(votes.is_new(ana, this, "helpful"));
        assert!(!votes.is_new(ana, this, "helpful"));
        assert!(votes.is_new(ben, this, "helpful") && votes.is_new(ana, that, "helpful"));
        assert!(votes.is_new(ana, this, "not-helpful"), "people may change their mind");
        for number in 0..MOST as u64 {
            votes.is_new(ana, MessageId::new(10 + number), "helpful");
        }
        assert!(votes.is_new(ana, this, "helpful"), "it is forgotten");
    }
}
