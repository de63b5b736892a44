//! Which answers wait before they go out, for whom, and for how long.
//!
//! serenity runs every event as a task of its own: nothing limits them, and nobody waits for them at the end. Here
//! ordinary messages take turns, one at a time in a channel: a crowd in one channel holds up no other, and what is
//! urgent there finds no queue in serenity's rate limiter, which knows no priority. What is urgent, and all that answers
//! an interaction, goes out at once.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use serenity::all::ChannelId;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;

use crate::diagnostic::counted;

/// Discord takes 50 requests a second of a bot, and an answer takes a fraction of one.
const AT_A_TIME: usize = 25;

/// Whoever got no answer for so long has asked again, or has gone. It bounds the queue as well.
const WORTH_WAITING: Duration = Duration::from_secs(30);

/// Where answers pass on their way out.
#[derive(Clone)]
pub(super) struct Gate(Arc<Inner>);

struct Inner {
    /// A permit for each message that may be on its way.
    places: Arc<Semaphore>,
    /// The single permit of each channel in which a message is on its way or waits.
    channels: Mutex<HashMap<ChannelId, Weak<Semaphore>>>,
    /// How many answers are on their way.
    inside: watch::Sender<usize>,
    open: watch::Sender<bool>,
    /// How many messages have waited too long.
    late: AtomicUsize,
}

/// Leave to send; given back when it is dropped.
pub(super) struct Pass {
    _turn: Option<Turn>,
    gate: Gate,
}

/// The permit of the channel, and that of the place.
type Turn = (OwnedSemaphorePermit, OwnedSemaphorePermit);

/// Why a message does not go out.
#[derive(Debug)]
pub(super) enum TurnedAway {
    /// It has waited too long, as have so many in all.
    Late(usize),
    /// The bot is stopping.
    Closed,
}

impl fmt::Display for TurnedAway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TurnedAway::Late(so_far) => {
                let seconds = WORTH_WAITING.as_secs();
                write!(f, "{seconds} seconds passed before its turn ({} so far)", counted(*so_far, "such message"))
            }
            TurnedAway::Closed => f.write_str("the bot is stopping"),
        }
    }
}

impl Gate {
    pub(super) fn new() -> Gate {
        Gate(Arc::new(Inner {
            places: Arc::new(Semaphore::new(AT_A_TIME)),
            channels: Mutex::default(),
            inside: watch::Sender::new(0),
            open: watch::Sender::new(true),
            late: AtomicUsize::new(0),
        }))
    }

    /// Waits until it is the turn of a message in this channel, for as long as it is worth while.
    pub(super) async fn enter(&self, channel: ChannelId) -> Result<Pass, TurnedAway> {
        tokio::select! {
            biased;
            () = self.closed() => Err(TurnedAway::Closed),
            turn = timeout(WORTH_WAITING, self.turn(channel)) => match turn {
                Ok(Ok(turn)) => Ok(self.pass(Some(turn))),
                Ok(Err(_)) => Err(TurnedAway::Closed),
                Err(_) => Err(TurnedAway::Late(self.0.late.fetch_add(1, Ordering::Relaxed) + 1)),
            },
        }
    }

    /// Leave to send what must not wait, not even for a channel that is full or a bot that is stopping.
    pub(super) fn enter_at_once(&self) -> Pass {
        self.pass(None)
    }

    /// Lets no further message in, and waits until all answers are out, for no longer than this.
    pub(super) async fn close(&self, patience: Duration) {
        self.0.open.send_replace(false);
        let mut inside = self.0.inside.subscribe();
        if timeout(patience, inside.wait_for(|inside| *inside == 0)).await.is_err() {
            // The supervisor is not kept waiting.
            tracing::warn!("left behind: {}", counted(*inside.borrow(), "answer"));
        }
    }

    async fn closed(&self) {
        // The sender lives as long as this.
        let _ = self.0.open.subscribe().wait_for(|open| !open).await;
    }

    /// The channel's turn first, so that nobody holds a place who can't use it yet.
    async fn turn(&self, channel: ChannelId) -> Result<Turn, AcquireError> {
        let turn = self.turns_in(channel).acquire_owned().await?;
        let place = self.0.places.clone().acquire_owned().await?;
        Ok((turn, place))
    }

    fn turns_in(&self, channel: ChannelId) -> Arc<Semaphore> {
        let mut channels = self.0.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turns) = channels.get(&channel).and_then(Weak::upgrade) {
            return turns;
        }
        channels.retain(|_, turns| turns.strong_count() > 0);
        let turns = Arc::new(Semaphore::new(1));
        channels.insert(channel, Arc::downgrade(&turns));
        turns
    }

    fn pass(&self, turn: Option<Turn>) -> Pass {
        self.0.inside.send_modify(|inside| *inside += 1);
        Pass { _turn: turn, gate: self.clone() }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.gate.0.inside.send_modify(|inside| *inside -= 1);
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    const HERE: ChannelId = ChannelId::new(1);
    const THERE: ChannelId = ChannelId::new(2);

    async fn full() -> (Gate, Vec<Pass>) {
        let gate = Gate::new();
        let mut passes = Vec::new();
        for channel in 1..=AT_A_TIME as u64 {
            passes.push(gate.enter(ChannelId::new(channel)).await.expect("a free place"));
        }
        (gate, passes)
    }

    #[tokio::test(start_paused = true)]
    async fn a_channel_has_one_message_at_a_time_and_holds_up_no_other() {
        let gate = Gate::new();
        let first = gate.enter(HERE).await.expect("nobody is there yet");
        assert!(timeout(Duration::from_secs(1), gate.enter(HERE)).await.is_err());
        let _elsewhere = gate.enter(THERE).await.expect("nobody is there yet");
        let (next, ()) = tokio::join!(gate.enter(HERE), async { drop(first) });
        assert!(next.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn what_must_not_wait_does_not() {
        let (gate, passes) = full().await;
        let before = Instant::now();
        let _urgent = gate.enter_at_once();
        assert_eq!(before.elapsed(), Duration::ZERO);
        let elsewhere = ChannelId::new(1000);
        assert!(timeout(Duration::from_secs(1), gate.enter(elsewhere)).await.is_err(), "the gate is full");
        drop(passes);
        assert!(gate.enter(elsewhere).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_too_long_is_turned_away_and_counted() {
        let gate = Gate::new();
        let pass = gate.enter(HERE).await.expect("nobody is there yet");
        let (second, third) = tokio::join!(gate.enter(HERE), gate.enter(HERE));
        let told = [second, third].map(|entered| entered.err().expect("the first never left").to_string());
        assert!(told.contains(&"30 seconds passed before its turn (1 such message so far)".to_owned()), "{told:?}");
        assert!(told.contains(&"30 seconds passed before its turn (2 such messages so far)".to_owned()), "{told:?}");
        drop(pass);
        assert!(gate.enter(HERE).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_closed_gate_lets_out_and_only_what_is_urgent_in() {
        let gate = Gate::new();
        let pass = gate.enter(HERE).await.expect("nobody is there yet");
        let patience = Duration::from_secs(20);
        let before = Instant::now();
        let (waiting, (), ()) = tokio::join!(gate.enter(HERE), gate.close(patience), async { drop(pass) });
        assert!(matches!(waiting, Err(TurnedAway::Closed)));
        assert!(matches!(gate.enter(THERE).await, Err(TurnedAway::Closed)));
        assert_eq!(before.elapsed(), Duration::ZERO);
        let urgent = gate.enter_at_once();
        gate.close(patience).await;
        assert_eq!(before.elapsed(), patience, "it waits for what is urgent, and no longer than that");
        drop(urgent);
    }

    #[tokio::test]
    async fn no_channel_is_remembered_for_ever() {
        let gate = Gate::new();
        for channel in 1..100 {
            drop(gate.enter(ChannelId::new(channel)).await);
        }
        assert_eq!(gate.0.channels.lock().expect("nobody has panicked").len(), 1);
    }
}
