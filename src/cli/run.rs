//! `exoguide run`: the bot on Discord.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, ValueHint};
use tokio::runtime::Builder;

use super::{Status, examples};
use crate::config::Config;
use crate::discord::{self, Settings, log};
use crate::reload;
use crate::store::Store;

/// Run the Discord bot
///
/// The token is taken from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE or the configuration names.
/// What is saved in the knowledge folder is served within two seconds; while something is wrong with it, the last good
/// guide is served on, and the log says what is wrong. Without one the bot warns whoever is in danger, and answers
/// nothing else.
/// SIGTERM or Ctrl-C ends it in good order.
#[derive(Debug, Args)]
#[command(after_help = examples(&[
    ("Run with the token in a file", "DISCORD_TOKEN_FILE=token.txt exoguide run"),
    ("Serve a guide of your own", "exoguide run --knowledge my-guide"),
]))]
pub struct Run {
    /// The folder for what the bot remembers: the settings of servers, and counts; never a question, nor who asked
    /// [default: ./state]
    #[arg(long, value_name = "DIR", env = "EXOGUIDE_STATE", hide_env_values = true, value_hint = ValueHint::DirPath)]
    state: Option<PathBuf>,
}

impl Run {
    /// Runs the bot until it is told to stop.
    pub fn run(&self, config: &Config) -> anyhow::Result<Status> {
        log::start();
        let settings = Settings::from_environment(config)?;
        let given = config.today;
        let clock = move || given.unwrap_or_else(super::machines_day);
        let (served, _watching) = reload::serve(config, Arc::new(clock))?;
        let (store, _writing) = Store::open(self.state.as_deref().unwrap_or(&config.state))?;
        // An answer takes microseconds, and every further thread takes memory.
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.context("the bot has nothing to run on")?;
        let ended = runtime.block_on(async { discord::run(settings, served, store, told_to_stop()?).await });
        // Whatever still hangs then has had its time.
        runtime.shutdown_background();
        ended.map(|()| Status::Fine)
    }
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
