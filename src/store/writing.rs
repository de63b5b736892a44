//! The thread that writes down what has changed.

use std::fs::File;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::{Entry, Store, disk};

/// For so long counts are gathered before they are written.
const GATHERED: Duration = Duration::from_secs(5);

/// After so long a failed attempt is repeated.
const AGAIN: Duration = Duration::from_secs(10);

/// What the thread hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Something is to be written at once.
    Now,
    /// Something is to be written, and more is to come.
    Soon,
    /// Everything is to be written, for this is the end.
    Stop,
}

/// Writes the rest down and ends the writing when it is dropped.
pub struct Writing {
    signals: Sender<Signal>,
    thread: Option<JoinHandle<()>>,
}

impl Writing {
    pub(super) fn start(
        store: Store,
        folder: PathBuf,
        lock: File,
        heard: Receiver<Signal>,
        signals: Sender<Signal>,
    ) -> anyhow::Result<Writing> {
        let follow = move || {
            // Held as long as anything may be written.
            let _lock = lock;
            let store = Writer { store, folder };
            store.follow(&heard);
        };
        let thread = thread::Builder::new().name("state".to_owned()).spawn(follow);
        Ok(Writing { signals, thread: Some(thread.context("no thread to write the state with")?) })
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // The thread has ended already if a bug ended it.
        let _ = self.signals.send(Signal::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Writer {
    store: Store,
    folder: PathBuf,
}

impl Writer {
    /// Writes when it is time, until told to stop.
    fn follow(&self, heard: &Receiver<Signal>) {
        let mut due: Option<Instant> = None;
        loop {
            let signal = match due {
                Some(due) => heard.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            if signal == Ok(Signal::Soon) {
                due.get_or_insert_with(|| Instant::now() + GATHERED);
                continue;
            }
            due = (!self.write()).then(|| Instant::now() + AGAIN);
            if matches!(signal, Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected)) {
                return;
            }
        }
    }

    /// Writes all that is unwritten. What can't be written stays so.
    fn write(&self) -> bool {
        let unwritten = std::mem::take(&mut self.store.memory().unwritten);
        let mut failed = Vec::new();
        for entry in unwritten {
            if let Err(error) = self.write_one(entry) {
                failed.push((entry, error));
            }
        }
        let mut memory = self.store.memory();
        let failing = !failed.is_empty();
        let news = failing != std::mem::replace(&mut memory.failing, failing);
        let error = failed.first().map(|(_, error)| format!("{error:#}")).unwrap_or_default();
        memory.unwritten.extend(failed.into_iter().map(|(entry, _)| entry));
        drop(memory);
        match (news, failing) {
            (true, true) => tracing::error!(
                "what is new can't be written to the state folder `{}` ({error}): check its disk and who may write there; \
                 the bot goes on, and tries again",
                self.folder.display()
            ),
            (true, false) => tracing::info!("the state folder is written again"),
            (false, _) => {}
        }
        !failing
    }

    fn write_one(&self, entry: Entry) -> anyhow::Result<()> {
        let path = entry.path(&self.folder);
        match self.store.text_of(entry)? {
            Some(text) => disk::write(&path, &text)?,
            None => disk::remove(&path)?,
        }
        Ok(())
    }
}
