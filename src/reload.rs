//! The guide that is served, and is exchanged when its files change.
//!
//! A reload is all or nothing: a new guide is compiled beside the old one and takes its place whole. Where anything is
//! wrong, the last good guide stays, and the log names every problem. An answer keeps the guide with which it began.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use notify::{Event, EventKind, PollWatcher, RecursiveMode, Watcher};
use tokio::sync::watch;

use crate::config::Config;
use crate::diagnostic::summary;
use crate::guide::Guide;
use crate::knowledge::{Checked, Date, Loaded, Origin};
use crate::memory;
use crate::triage::Triage;

/// Editors write a file in several steps: it is read when nothing has happened for this long,
const SETTLED: Duration = Duration::from_millis(200);
/// and after this long in any case, so that a folder that never rests is served all the same.
const IMPATIENT: Duration = Duration::from_secs(1);

/// How often the files are looked at where the system can't tell of changes.
const POLLED: Duration = Duration::from_secs(1);

/// Says which day it is.
pub type Clock = Arc<dyn Fn() -> Date + Send + Sync>;

/// The guide that is served now. A copy of this follows every reload.
#[derive(Clone)]
pub struct Served {
    guides: watch::Receiver<Arc<Guide>>,
    clock: Clock,
}

impl Served {
    /// A guide that never changes.
    pub fn fixed(guide: Guide, clock: Clock) -> Served {
        Served { guides: watch::channel(Arc::new(guide)).1, clock }
    }

    /// The guide of this moment, on this day.
    pub fn guide(&self) -> Arc<Guide> {
        Arc::new(self.guides.borrow().on((self.clock)()))
    }

    /// Waits for another guide; there is none to come where this is `false`.
    pub async fn changed(&mut self) -> bool {
        self.guides.changed().await.is_ok()
    }
}

/// Ends the watching of the folder when it is dropped.
pub struct Watching(Option<Sender<Signal>>);

impl Drop for Watching {
    fn drop(&mut self) {
        if let Some(signals) = &self.0 {
            // The thread may have ended already.
            let _ = signals.send(Signal::Stop);
        }
    }
}

/// What the watching thread hears.
enum Signal {
    Changed(notify::Result<Event>),
    Stop,
}

/// Loads the guide, and watches its folder from before the first look at it. The log says what is wrong.
pub fn serve(config: &Config, clock: Clock) -> anyhow::Result<(Served, Watching)> {
    let folder = match config.origin() {
        Origin::Folder(folder) => folder,
        Origin::CompiledIn => return Ok((Served::fixed(first(config, clock())?, clock), Watching(None))),
    };
    if !folder.is_dir() {
        // What is wrong then is better said by who reads than by who watches.
        first(config, clock())?;
    }
    let (signals, heard) = channel();
    let watched = Watched::new(&folder, &signals)?;
    let (changing, guides) = watch::channel(Arc::new(first_or_closed(config, clock())?));
    let served = Served { guides, clock: clock.clone() };
    // The folder is named once: another one that appears later must not take its place.
    let config = Config { knowledge: Some(folder), ..config.clone() };
    let follow = move || watched.follow(&heard, || exchange(&config, clock(), &changing));
    thread::Builder::new().name("reload".to_owned()).spawn(follow).context("no thread to watch the knowledge with")?;
    Ok((served, Watching(Some(signals))))
}

fn first(config: &Config, today: Date) -> anyhow::Result<Guide> {
    let (origin, loaded) = (config.origin(), config.load_and_try(today));
    report(&loaded);
    let problems = summary(&loaded.diagnostics);
    loaded_first(&origin, loaded).with_context(|| {
        format!("{origin} can't be served, {problems}: mend what the log names, or see it with `exoguide check`")
    })
}

/// The first guide, or one that does nothing but warn where its files have errors: nobody in danger may go unheard
/// because of a slip in a file.
fn first_or_closed(config: &Config, today: Date) -> anyhow::Result<Guide> {
    let (origin, loaded) = (config.origin(), config.load_and_try(today));
    report(&loaded);
    let problems = summary(&loaded.diagnostics);
    if let Some(guide) = loaded_first(&origin, loaded) {
        return Ok(guide);
    }
    tracing::error!(
        "{origin} can't be served, {problems}: until it is mended, whoever is in danger is warned, and nothing else is \
         answered; mend what the log names, and it is served within seconds, or see it with `exoguide check`"
    );
    let knowledge = config.load_compiled_in().knowledge.context("the guide compiled in can't be used")?;
    Ok(Guide::closed(knowledge))
}

fn loaded_first(origin: &Origin, loaded: Loaded) -> Option<Guide> {
    let knowledge = loaded.knowledge?;
    tracing::info!("serving {origin}: `{}`, {}", knowledge.guide.title, loaded.tally);
    Some(compiled(knowledge, loaded.triage))
}

fn compiled(knowledge: Checked, triage: Option<Triage>) -> Guide {
    let guide = match triage {
        Some(triage) => Guide::with_triage(knowledge, triage),
        None => Guide::new(knowledge),
    };
    memory::give_back();
    guide
}

/// Calls `reload`; a bug that it hits ends this one reload and no later one.
fn calmly(reload: impl Fn()) {
    if catch_unwind(AssertUnwindSafe(reload)).is_err() {
        tracing::error!("not reloaded, because of a bug: the guide of before is served on");
    }
}

/// Puts the guide as its files stand now in the place of the one served, if nothing is wrong with it.
fn exchange(config: &Config, today: Date, guides: &watch::Sender<Arc<Guide>>) {
    let loaded = config.load_and_try(today);
    report(&loaded);
    match loaded.knowledge {
        Some(knowledge) => {
            guides.send_replace(Arc::new(compiled(knowledge, loaded.triage)));
            tracing::info!("reloaded {}: {}", config.origin(), loaded.tally);
        }
        None => tracing::error!("not reloaded, {}: the guide of before is served on", summary(&loaded.diagnostics)),
    }
}

fn report(loaded: &Loaded) {
    for (file, without) in &loaded.missing_nets {
        tracing::warn!("there is no {file}: {without}");
    }
    for diagnostic in &loaded.diagnostics {
        if diagnostic.is_error() {
            tracing::error!("{}", diagnostic.one_line());
        } else {
            tracing::warn!("{}", diagnostic.one_line());
        }
    }
}

/// A folder whose changes are heard of.
struct Watched {
    folder: PathBuf,
    watcher: Box<dyn Watcher + Send>,
}

impl Watched {
    fn new(folder: &Path, signals: &Sender<Signal>) -> anyhow::Result<Watched> {
        let folder = std::path::absolute(folder).with_context(|| format!("`{}` is no folder", folder.display()))?;
        let native = notify::recommended_watcher(hearer(signals)).map(|watcher| Box::new(watcher) as Box<_>);
        let watcher = native.and_then(|watcher| watching(watcher, &folder)).or_else(|error| {
            tracing::warn!("the system does not tell of changed files ({error}), so they are looked at every second");
            let config = notify::Config::default().with_poll_interval(POLLED);
            watching(Box::new(PollWatcher::new(hearer(signals), config)?), &folder)
        });
        let watcher = watcher.with_context(|| format!("`{}` can't be watched", folder.display()))?;
        Ok(Watched { folder, watcher })
    }

    /// Calls `reload` after every change, until told to stop.
    fn follow(mut self, heard: &Receiver<Signal>, reload: impl Fn()) {
        while let Ok(Signal::Changed(event)) = heard.recv() {
            if !self.concerns(&event) {
                continue;
            }
            if settle(heard).is_break() {
                return;
            }
            // The folder may be another than before, under the same name: an editor or git has put it there.
            let _ = self.watcher.unwatch(&self.folder);
            let _ = self.watcher.watch(&self.folder, RecursiveMode::Recursive);
            calmly(&reload);
        }
    }

    /// Reading a file is an event too, and would go round in a circle. The folder around brings much that is not ours.
    fn concerns(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        let ours = event.paths.is_empty() || event.paths.iter().any(|path| path.starts_with(&self.folder));
        ours && !matches!(event.kind, EventKind::Access(_))
    }
}

fn hearer(signals: &Sender<Signal>) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    let signals = signals.clone();
    move |event| {
        // Nobody hears when the bot is stopping.
        let _ = signals.send(Signal::Changed(event));
    }
}

/// Watches what is in the folder, and the folder around it, where the folder itself is replaced.
fn watching(mut watcher: Box<dyn Watcher + Send>, folder: &Path) -> notify::Result<Box<dyn Watcher + Send>> {
    watcher.watch(folder, RecursiveMode::Recursive)?;
    if let Some(around) = folder.parent() {
        // Where it may not be looked into, a replaced folder goes unnoticed, and saved files are served all the same.
        let _ = watcher.watch(around, RecursiveMode::NonRecursive);
    }
    Ok(watcher)
}

/// Waits until no more changes come, or it is time to stop.
fn settle(heard: &Receiver<Signal>) -> ControlFlow<()> {
    let since = Instant::now();
    while since.elapsed() < IMPATIENT {
        match heard.recv_timeout(SETTLED) {
            Ok(Signal::Changed(_)) => {}
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
            Err(RecvTimeoutError::Timeout) => break,
        }
    }
    ControlFlow::Continue(())
}
