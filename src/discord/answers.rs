//! Which messages of the bot's answer which question: in memory, for a day, and by number alone.
//!
//! So an answer follows its question when that is edited soon, or deleted. After a restart nothing is known any more, and what
//! was said stays as it is.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serenity::all::{MessageId, Timestamp};
use tokio::sync::OwnedMutexGuard;

/// Who edits a question later means something else by it, and the answer has been read.
const EDITED_FOR: Duration = Duration::from_secs(15 * 60);

/// Who deletes a question later can remove its answer by the button.
const KNOWN_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// More questions than are asked in that time; the oldest are forgotten first.
const MOST: usize = 2_000;

/// How long, and how often, an answer that is on its way is waited for: an interaction is answered within three seconds.
const STEP: Duration = Duration::from_millis(20);
const PATIENCE: usize = 40;

/// What is known of the last questions.
#[derive(Default)]
pub(super) struct Answers(Mutex<VecDeque<Known>>);

struct Known {
    question: MessageId,
    since: Instant,
    answer: Arc<tokio::sync::Mutex<Answer>>,
}

/// The answer to a question. Whoever has it is answering; an edit or the end of the question waits for that.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// The messages of the bot's, in order.
    pub(super) pages: Vec<MessageId>,
    /// When the question was last edited, as far as it was answered.
    edited: Option<Timestamp>,
}

impl Answer {
    /// Whether an edit at this moment is the latest so far, which it is from then on: events may come out of order.
    pub(super) fn is_latest(&mut self, edited: Timestamp) -> bool {
        let latest = self.edited.is_none_or(|before| before < edited);
        if latest {
            self.edited = Some(edited);
        }
        latest
    }
}

impl Answers {
    /// Begins the answer to a new question.
    pub(super) fn begin(&self, question: MessageId) -> OwnedMutexGuard<Answer> {
        let answer = Arc::<tokio::sync::Mutex<Answer>>::default();
        let guard = answer.clone().try_lock_owned().expect("nobody else has it yet");
        let mut known = self.known();
        if known.len() == MOST {
            known.pop_front();
        }
        known.push_back(Known { question, since: Instant::now(), answer });
        guard
    }

    /// The answer to a question that has changed, if it was asked not long ago.
    pub(super) async fn of(&self, question: MessageId) -> Option<OwnedMutexGuard<Answer>> {
        let is_asked_for = |known: &&Known| known.question == question && known.since.elapsed() <= EDITED_FOR;
        let answer = self.known().iter().find(is_asked_for)?.answer.clone();
        Some(answer.lock_owned().await)
    }

    /// The messages that answer a question which is no more. From now on nothing is known of it.
    pub(super) async fn end(&self, question: MessageId) -> Vec<MessageId> {
        let ended = {
            let mut known = self.known();
            let place = known.iter().position(|known| known.question == question);
            place.and_then(|place| known.remove(place))
        };
        match ended {
            Some(ended) => std::mem::take(&mut ended.answer.lock().await.pages),
            None => Vec::new(),
        }
    }

    /// All messages of the answer of which this is one; at least this. From now on nothing is known of it, so that an
    /// answer that was taken away does not come back when its question is edited.
    pub(super) fn end_with(&self, page: MessageId) -> Vec<MessageId> {
        let mut known = self.known();
        let mut found = Vec::new();
        known.retain(|known| {
            // One that is being answered right now changes its messages itself.
            let Ok(mut answer) = known.answer.try_lock() else { return true };
            let holds = answer.pages.contains(&page);
            if holds {
                found = std::mem::take(&mut answer.pages);
            }
            !holds
        });
        if found.is_empty() { vec![page] } else { found }
    }

    /// The same for somebody who has just pressed: what is being said this very moment is waited for, a little.
    pub(super) async fn end_with_pressed(&self, page: MessageId) -> Vec<MessageId> {
        for _ in 0..PATIENCE {
            if !self.is_busy() {
                break;
            }
            tokio::time::sleep(STEP).await;
        }
        self.end_with(page)
    }

    /// Whether any question is being answered right now.
    fn is_busy(&self) -> bool {
        self.known().iter().any(|known| known.answer.try_lock().is_err())
    }

    fn known(&self) -> MutexGuard<'_, VecDeque<Known>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while known.front().is_some_and(|oldest| oldest.since.elapsed() > KNOWN_FOR) {
            known.pop_front();
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u64) -> MessageId {
        MessageId::new(number)
    }

    #[tokio::test]
    async fn an_answer_is_found_by_its_question_and_by_its_pages() {
        let answers = Answers::default();
        answers.begin(id(1)).pages = vec![id(11), id(12)];
        answers.begin(id(2)).pages = vec![id(21)];
        assert_eq!(answers.of(id(1)).await.expect("it is known").pages, [id(11), id(12)]);
        assert!(answers.of(id(11)).await.is_none());
        assert_eq!(answers.end_with(id(12)), [id(11), id(12)]);
        assert_eq!(answers.end_with(id(12)), [id(12)], "it is known no more");
        assert_eq!(answers.end(id(2)).await, [id(21)]);
        assert!(answers.end(id(2)).await.is_empty());
    }

    #[tokio::test]
    async fn no_more_is_known_than_there_is_room_for() {
        let answers = Answers::default();
        for number in 1..=MOST as u64 + 5 {
            drop(answers.begin(id(number)));
        }
        assert_eq!(answers.known().len(), MOST);
        assert!(answers.of(id(5)).await.is_none());
        assert!(answers.of(id(6)).await.is_some());
    }

    #[tokio::test]
    async fn what_is_no_longer_edited_still_goes_with_its_question() {
        let answers = Answers::default();
        answers.begin(id(1)).pages = vec![id(11)];
        let Some(before) = Instant::now().checked_sub(EDITED_FOR + Duration::from_secs(1)) else { return };
        answers.known()[0].since = before;
        assert!(answers.of(id(1)).await.is_none());
        assert_eq!(answers.end(id(1)).await, [id(11)]);
    }

    #[test]
    fn what_is_old_is_forgotten() {
        let answers = Answers::default();
        drop(answers.begin(id(1)));
        let Some(long_ago) = Instant::now().checked_sub(KNOWN_FOR + Duration::from_secs(1)) else { return };
        answers.known()[0].since = long_ago;
        assert!(answers.known().is_empty());
    }

    #[test]
    fn an_edit_that_comes_late_is_left() {
        let at = |second: i64| Timestamp::from_unix_timestamp(second).expect("a time");
        let mut answer = Answer::default();
        assert!(answer.is_latest(at(5)) && answer.is_latest(at(7)));
        assert!(!answer.is_latest(at(6)) && !answer.is_latest(at(7)));
    }
}
