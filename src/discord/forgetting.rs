//! Forgetting in time what is known of people, also where nobody asks any more.

use std::convert::Infallible;
use std::time::Duration;

use governor::clock::Clock;

use super::answers::Answers;
use super::pace::Pace;

/// How long what is to be forgotten may still be held.
const AT_MOST: Duration = Duration::from_secs(10);

/// Forgets again and again what is old.
pub(super) async fn forget<C: Clock + Clone>(pace: &Pace<C>, answers: &Answers) -> Infallible {
    let mut times = tokio::time::interval(AT_MOST);
    loop {
        times.tick().await;
        pace.forget();
        answers.forget();
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;
    use serenity::all::{ChannelId, MessageId, UserId};
    use tokio::time::timeout;

    use super::*;
    use crate::discord::answers::KNOWN_FOR;
    use crate::discord::request::{Request, Surface};

    #[tokio::test(start_paused = true)]
    async fn nobody_is_known_for_longer_than_was_promised() {
        let clock = FakeRelativeClock::default();
        let (pace, answers) = (Pace::new(&clock), Answers::default());
        let question = Request::Message { surface: Surface::Mention, text: "how much?".to_owned(), answered: None };
        pace.turn(&question, UserId::new(1), Some(ChannelId::new(2)));
        drop(answers.begin(MessageId::new(3)));
        let time_passes = |time| timeout(time, forget(&pace, &answers));
        let _ = time_passes(KNOWN_FOR - AT_MOST).await;
        assert_eq!((pace.held(), answers.held()), ([1, 0, 1, 0], 1));
        clock.advance(Duration::from_secs(120));
        let _ = time_passes(2 * AT_MOST + Duration::from_secs(1)).await;
        assert_eq!((pace.held(), answers.held()), ([0; 4], 0));
    }
}
