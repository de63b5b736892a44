//! What the bot remembers, in one folder: the settings of servers, and counts. Never a question, nor who asked.
//!
//! This is the only module that knows how it is kept, so that a database can stand here when one machine is outgrown.
//! All of it is in memory, so that reading is free and an answer waits for no disk; a thread of its own writes down what
//! has changed. A file is replaced whole or not at all ([`disk`]), and one that can't be understood is set aside and
//! never written over.

mod disk;
mod server;
#[cfg(test)]
mod tests;
mod writing;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, bail};

use crate::diagnostic::counted;
pub use server::{Audience, Server};
use writing::Signal;
pub use writing::Writing;

/// Discord's number for a server, a channel or a role. None of them is zero.
pub type Snowflake = NonZeroU64;

/// How often something has happened, by subject and kind: `costs`, `answer`, 12.
pub type Counts = BTreeMap<String, BTreeMap<String, u64>>;

/// The folder of the settings, one file a server, named after its number.
const SERVERS: &str = "servers";
const ENDING: &str = "toml";
/// The file of the counts.
const COUNTS: &str = "counts.toml";
/// Held by the bot that uses the folder.
const LOCK: &str = "lock";

/// What the bot remembers. Copies share it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    memory: Mutex<Memory>,
    /// Tells the thread that writes; nobody writes what is kept in memory alone.
    signals: Option<Sender<Signal>>,
}

#[derive(Default)]
struct Memory {
    servers: BTreeMap<Snowflake, Arc<Server>>,
    counts: Counts,
    /// What is not on the disk yet.
    unwritten: BTreeSet<Entry>,
    /// Whether the last attempt to write has failed.
    failing: bool,
}

/// What stands in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    Server(Snowflake),
    Counts,
}

/// How much is remembered at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Servers that have settings of their own.
    pub servers: usize,
    /// Counts, each of a subject and a kind.
    pub counts: usize,
}

impl Store {
    /// What is remembered in `folder`, which is made where there is none; and the thread that writes, which ends when its
    /// guard is dropped.
    pub fn open(folder: &Path) -> anyhow::Result<(Store, Writing)> {
        let shown = folder.display();
        let help = "name a folder that the bot may write with `--state` or EXOGUIDE_STATE";
        let servers = folder.join(SERVERS);
        disk::make_folder(&servers).with_context(|| format!("the state folder `{shown}` can't be made: {help}"))?;
        let lock = lock(folder).with_context(|| format!("the state folder `{shown}` can't be used"))?;
        let memory = recall(folder).with_context(|| format!("the state folder `{shown}` can't be read: {help}"))?;
        let (signals, heard) = mpsc::channel();
        let store = Store(Arc::new(Inner { memory: Mutex::new(memory), signals: Some(signals.clone()) }));
        let writing = Writing::start(store.clone(), folder.to_owned(), lock, heard, signals)?;
        Ok((store, writing))
    }

    /// Remembers as long as it lives, and writes nothing.
    pub fn in_memory() -> Store {
        Store(Arc::new(Inner { memory: Mutex::default(), signals: None }))
    }

    /// The settings of a server; the usual ones, where it has none of its own.
    pub fn server(&self, id: Snowflake) -> Arc<Server> {
        self.memory().servers.get(&id).cloned().unwrap_or_default()
    }

    /// Keeps the settings of a server. They hold at once, and are on the disk a moment later.
    pub fn keep_server(&self, id: Snowflake, server: Server) {
        let mut memory = self.memory();
        if server == Server::default() {
            memory.servers.remove(&id);
        } else {
            memory.servers.insert(id, Arc::new(server));
        }
        self.changed(memory, Entry::Server(id), Signal::Now);
    }

    /// Forgets all that is kept for a server.
    pub fn forget_server(&self, id: Snowflake) {
        self.keep_server(id, Server::default());
    }

    /// Counts that something of this kind has happened to a subject: `("costs", "helpful")`. It is on the disk some seconds
    /// later, together with what else was counted meanwhile.
    ///
    /// Both must come from the knowledge and the program, and never from what somebody has written.
    pub fn count(&self, subject: &str, kind: &str) {
        let mut memory = self.memory();
        // Most subjects have been counted before, and then nothing is allocated.
        if !memory.counts.contains_key(subject) {
            memory.counts.insert(subject.to_owned(), BTreeMap::new());
        }
        if let Some(kinds) = memory.counts.get_mut(subject) {
            match kinds.get_mut(kind) {
                Some(count) => *count = count.saturating_add(1),
                None => drop(kinds.insert(kind.to_owned(), 1)),
            }
        }
        self.changed(memory, Entry::Counts, Signal::Soon);
    }

    /// All counts.
    pub fn counts(&self) -> Counts {
        self.memory().counts.clone()
    }

    /// How often something of this kind has happened to a subject.
    pub fn counted(&self, subject: &str, kind: &str) -> u64 {
        self.memory().counts.get(subject).and_then(|kinds| kinds.get(kind)).copied().unwrap_or_default()
    }

    /// How much is remembered.
    pub fn held(&self) -> Held {
        let memory = self.memory();
        Held { servers: memory.servers.len(), counts: memory.counts.values().map(BTreeMap::len).sum() }
    }

    /// Whether what is new can't be written down: it holds until the bot ends, and the log says why.
    pub fn is_failing(&self) -> bool {
        self.memory().failing
    }

    /// The thread that writes is told once for what it will write in one go.
    fn changed(&self, mut memory: MutexGuard<'_, Memory>, entry: Entry, signal: Signal) {
        let Some(signals) = &self.0.signals else { return };
        if memory.unwritten.insert(entry) || signal == Signal::Now {
            // It has ended where the bot is stopping.
            let _ = signals.send(signal);
        }
    }

    /// What stands in the file of an entry; nothing where there is no need of a file.
    fn text_of(&self, entry: Entry) -> Result<Option<String>, toml::ser::Error> {
        let memory = self.memory();
        match entry {
            Entry::Server(id) => memory.servers.get(&id).map(|server| toml::to_string(server.as_ref())).transpose(),
            Entry::Counts => toml::to_string(&memory.counts).map(Some),
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // Nothing in here is left half done by a panic.
        self.0.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn path(self, folder: &Path) -> PathBuf {
        match self {
            Entry::Server(id) => folder.join(SERVERS).join(format!("{id}.{ENDING}")),
            Entry::Counts => folder.join(COUNTS),
        }
    }
}

/// Two bots that write the same files would undo each other's work.
fn lock(folder: &Path) -> anyhow::Result<File> {
    let lock = File::create(folder.join(LOCK)).context("check who may write there")?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => {
            bail!("another bot uses it: stop that one, or name another folder with `--state`")
        }
        // Some network drives have no locks.
        Err(TryLockError::Error(error)) => tracing::warn!("the state folder can't be locked: {error}"),
        Ok(()) => {}
    }
    Ok(lock)
}

/// What the files say. What can't be understood is set aside and told.
fn recall(folder: &Path) -> anyhow::Result<Memory> {
    let counts = disk::read(&Entry::Counts.path(folder), |text| toml::from_str(text))?.unwrap_or_default();
    let mut memory = Memory { counts, ..Memory::default() };
    for file in disk::names(&folder.join(SERVERS))? {
        let number = file.strip_suffix(ENDING).and_then(|name| name.strip_suffix('.')?.parse().ok());
        let Some(id) = number else { continue };
        let server = disk::read(&Entry::Server(id).path(folder), Server::parse)?;
        memory.servers.extend(server.map(|server| (id, Arc::new(server))));
    }
    let settings = counted(memory.servers.len(), "server");
    tracing::info!("the state folder is `{}`: settings of {settings}", folder.display());
    Ok(memory)
}
