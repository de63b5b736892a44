//! `exoguide run`: the bot on Discord.

use std::path::Path;

use anyhow::Context as _;

use crate::discord::{self, Settings, log};
use crate::knowledge::Origin;
use crate::reload::{self, Links};

/// What the operator decided.
#[derive(Clone, Debug, Default)]
pub struct Run<'a> {
    /// The folder of the knowledge that was named.
    pub knowledge: Option<&'a Path>,
    /// The file that holds the token, by the configuration.
    pub token_file: Option<&'a Path>,
    /// Whether links are shown.
    pub links: Links,
}

/// Runs the bot until it is told to stop. An error means that it could not run.
pub fn run(run: &Run<'_>) -> anyhow::Result<()> {
    log::start();
    let settings = Settings::from_environment(run.token_file)?;
    let (served, _watching) = reload::serve(&Origin::find(run.knowledge), run.links)?;
    let runtime = tokio::runtime::Runtime::new().context("the bot has no threads to run on")?;
    let ended = runtime.block_on(async { discord::run(settings, served, told_to_stop()?).await });
    // Whatever still hangs then has had its time.
    runtime.shutdown_background();
    ended
}

/// Ends when the process is told to stop, as a supervisor or a person at the keyboard does.
#[cfg(unix)]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).context("signals can't be heard");
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
