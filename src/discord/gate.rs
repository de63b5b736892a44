//! How many answers are being sent at a time, and whether any still are.
//!
//! serenity runs every event as a task of its own: nothing limits them, and nobody waits for them at the end.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;

/// Discord takes 50 requests a second of a bot, and an answer takes a fraction of one.
const AT_A_TIME: usize = 25;

/// Where answers pass on their way out.
#[derive(Clone)]
pub(super) struct Gate {
    permits: Arc<Semaphore>,
    inside: Arc<watch::Sender<usize>>,
}

/// Leave to send; given back when it is dropped.
pub(super) struct Pass {
    _permit: Option<OwnedSemaphorePermit>,
    inside: Arc<watch::Sender<usize>>,
}

impl Gate {
    pub(super) fn new() -> Gate {
        Gate { permits: Arc::new(Semaphore::new(AT_A_TIME)), inside: Arc::new(watch::Sender::new(0)) }
    }

    /// Waits for leave to send. There is none when the bot is stopping.
    pub(super) async fn enter(&self) -> Option<Pass> {
        let permit = self.permits.clone().acquire_owned().await.ok()?;
        Some(self.pass(Some(permit)))
    }

    /// Leave to send what must not wait, not even for the others to finish.
    pub(super) fn enter_at_once(&self) -> Pass {
        self.pass(None)
    }

    fn pass(&self, permit: Option<OwnedSemaphorePermit>) -> Pass {
        self.inside.send_modify(|inside| *inside += 1);
        Pass { _permit: permit, inside: self.inside.clone() }
    }

    /// Lets nobody else in, and waits until all are out, for no longer than this.
    pub(super) async fn close(&self, patience: Duration) {
        self.permits.close();
        let mut inside = self.inside.subscribe();
        // Whoever is not out by then is left behind, and the supervisor is not kept waiting.
        let _ = timeout(patience, inside.wait_for(|inside| *inside == 0)).await;
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.inside.send_modify(|inside| *inside -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_urgent_answer_does_not_wait() {
        let gate = Gate::new();
        let mut passes = Vec::new();
        for _ in 0..AT_A_TIME {
            passes.extend(gate.enter().await);
        }
        assert!(timeout(Duration::ZERO, gate.enter()).await.is_err(), "the gate is full");
        let _urgent = gate.enter_at_once();
        passes.clear();
        assert!(gate.enter().await.is_some());
    }

    #[tokio::test]
    async fn a_closed_gate_lets_out_and_not_in() {
        let gate = Gate::new();
        let pass = gate.enter().await;
        let (closing, leaving) = (gate.clone(), async { drop(pass) });
        tokio::join!(closing.close(Duration::from_secs(20)), leaving);
        assert!(gate.enter().await.is_none());
    }
}
