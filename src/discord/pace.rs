//! How much one person may ask, and how much is answered in one channel, before the bot asks for a pause.
//!
//! Numbers of people and channels are held here alone, in memory, and forgotten soon after they make no difference
//! ([`Pace::forget`]). What is urgent never comes here.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use serenity::all::{ChannelId, UserId};

use super::request::Request;

/// Questions in their own words that one person may ask at once, and after how long there may be one more.
const QUESTIONS: Allowance = allow(30, Duration::from_secs(2));

/// The same for what is only pressed or looked up: nobody else sees it, and whoever browses presses often.
const STEPS: Allowance = allow(300, Duration::from_millis(100));

/// Messages that are answered in one channel at once, and after how long there may be one more.
const IN_A_CHANNEL: Allowance = allow(40, Duration::from_secs(1));

/// How often one person is asked for a pause in a channel.
const TOLD: Allowance = allow(1, Duration::from_secs(60));

type Limiter<K, C> = RateLimiter<K, HashMapStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// So much at once, and then one more after a while.
struct Allowance {
    at_once: u32,
    one_more_after: Duration,
}

const fn allow(at_once: u32, one_more_after: Duration) -> Allowance {
    assert!(at_once > 0 && !one_more_after.is_zero());
    Allowance { at_once, one_more_after }
}

/// How much was asked lately.
pub(super) struct Pace<C: Clock = DefaultClock> {
    questions: Limiter<UserId, C>,
    steps: Limiter<UserId, C>,
    channels: Limiter<ChannelId, C>,
    told: Limiter<UserId, C>,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It is answered.
    Answer,
    /// Its answer is that there were too many.
    AskForAPause,
    /// Whoever asks was told so a moment ago, in a channel.
    Silence,
}

impl<C: Clock + Clone> Pace<C> {
    pub(super) fn new(clock: &C) -> Pace<C> {
        Pace {
            questions: limiter(QUESTIONS, clock),
            steps: limiter(STEPS, clock),
            channels: limiter(IN_A_CHANNEL, clock),
            told: limiter(TOLD, clock),
        }
    }

    /// What becomes of this request, which is counted. `channel` is where the answer would be
    /// a message of its own, if anywhere.
    pub(super) fn turn(&self, request: &Request, asker: UserId, channel: Option<ChannelId>) -> Turn {
        let in_time = match request {
            // Suggestions come with every key, and are no answer yet.
            Request::Typing { .. } => true,
            request if request.is_question() => self.questions.check_key(&asker).is_ok(),
            _ => self.steps.check_key(&asker).is_ok(),
        };
        // Whoever asks too much does not use up the turns of the others.
        let in_time = in_time && channel.is_none_or(|channel| self.channels.check_key(&channel).is_ok());
        match (in_time, channel) {
            (true, _) => Turn::Answer,
            (false, None) => Turn::AskForAPause,
            (false, Some(_)) if self.told.check_key(&asker).is_ok() => Turn::AskForAPause,
            (false, Some(_)) => Turn::Silence,
        }
    }

    /// Forgets who has long been quiet.
    pub(super) fn forget(&self) {
        forget(&self.questions);
        forget(&self.steps);
        forget(&self.channels);
        forget(&self.told);
    }
}

#[cfg(test)]
impl<C: Clock> Pace<C> {
    /// How many people and channels are known, for each limit.
    pub(super) fn held(&self) -> [usize; 4] {
        [self.questions.len(), self.steps.len(), self.channels.len(), self.told.len()]
    }
}

fn limiter<K: Hash + Eq + Clone, C: Clock + Clone>(allowance: Allowance, clock: &C) -> Limiter<K, C> {
    let at_once = NonZeroU32::new(allowance.at_once).expect("`allow` lets no zero through");
    let quota = Quota::with_period(allowance.one_more_after).expect("`allow` lets no zero through");
    RateLimiter::hashmap_with_clock(quota.allow_burst(at_once), clock.clone())
}

/// Whoever may ask as much as somebody new is as good as new.
fn forget<K: Hash + Eq + Clone, C: Clock>(limiter: &Limiter<K, C>) {
    limiter.retain_recent();
    limiter.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;
    use crate::discord::request::{Audience, Surface};

    const ANA: UserId = UserId::new(1);
    const BEN: UserId = UserId::new(2);
    const HERE: Option<ChannelId> = Some(ChannelId::new(3));
    const THERE: Option<ChannelId> = Some(ChannelId::new(4));

    fn question() -> Request {
        Request::Message { surface: Surface::Mention, text: "how much?".to_owned(), answered: None }
    }

    fn step() -> Request {
        Request::Component { custom_id: String::new(), chosen: None, audience: Audience::Asker }
    }

    fn typing() -> Request {
        Request::Typing { command: String::new(), option: String::new(), typed: String::new() }
    }

    /// How many of these requests are answered before one is not.
    fn answered(pace: &Pace<FakeRelativeClock>, request: &Request, asker: UserId, channel: Option<ChannelId>) -> usize {
        (0..10_000).take_while(|_| pace.turn(request, asker, channel) == Turn::Answer).count()
    }

    #[test]
    fn a_pause_lets_go_on() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::new(&clock);
        assert_eq!(answered(&pace, &question(), ANA, None), 30);
        assert_eq!(pace.turn(&question(), ANA, None), Turn::AskForAPause);
        assert_eq!(pace.turn(&question(), BEN, None), Turn::Answer);
        assert_eq!(pace.turn(&step(), ANA, None), Turn::Answer, "she may still browse");
        clock.advance(Duration::from_secs(4));
        assert_eq!(answered(&pace, &question(), ANA, None), 2);
        assert_eq!(answered(&pace, &typing(), ANA, None), 10_000);
        assert_eq!(answered(&pace, &step(), BEN, None), 300);
    }

    #[test]
    fn a_channel_is_told_once() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::new(&clock);
        assert_eq!(answered(&pace, &question(), ANA, HERE), 30);
        assert_eq!(pace.turn(&question(), ANA, HERE), Turn::Silence);
        assert_eq!(answered(&pace, &question(), BEN, HERE), 10, "the channel has had its answers");
        assert_eq!(pace.turn(&question(), BEN, THERE), Turn::Answer);
        clock.advance(Duration::from_secs(60));
        assert_eq!(answered(&pace, &question(), ANA, HERE), 30);
        assert_eq!(pace.turn(&question(), ANA, HERE), Turn::Silence);
    }

    #[test]
    fn nobody_is_remembered_for_long() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::new(&clock);
        for person in 1..=100 {
            pace.turn(&question(), UserId::new(person), HERE);
            pace.turn(&step(), UserId::new(person), None);
        }
        clock.advance(Duration::from_secs(120));
        pace.forget();
        assert_eq!(pace.held(), [0; 4]);
    }
}
