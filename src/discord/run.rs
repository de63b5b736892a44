//! The connection: opening it, keeping it, and leaving in good order.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use serenity::all::{
    Client, ClientBuilder, CreateAllowedMentions, GatewayError, GatewayIntents, Http, HttpBuilder, ShardManager,
};
use tokio::time::timeout;

use super::event::Handler;
use super::failure::Failure;
use super::gate::Gate;
use super::settings::Settings;
use super::{opening, pictures};
use crate::reload::Served;
use crate::store::Store;

/// Messages that concern the bot, in servers and in private, and which servers it is in. None is privileged; the
/// content of all other messages is, and only asked for where the operator wants it.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// How long answers that are on their way may take when the bot is told to stop.
const FINISHING: Duration = Duration::from_secs(3);

/// After so long without a word from the gateway the log says so.
const SILENT: Duration = Duration::from_secs(30);

/// serenity's shutdown hangs where Discord has been out of reach.
const CLOSING: Duration = Duration::from_secs(3);

/// Answers on Discord until `shutdown` is there. An error means that the bot can't run at all.
pub async fn run(
    settings: Settings,
    served: Served,
    store: Store,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    // They are ready by the time somebody asks for one.
    tokio::spawn(pictures::keep(served.clone()));
    let gate = Gate::new();
    let handler = Handler::new(served, store, gate.clone(), settings.reads_channels);
    let mut shutdown = std::pin::pin!(shutdown);
    let (mut client, shards) = tokio::select! {
        client = connect(&settings, handler.clone()) => client?,
        () = &mut shutdown => return Ok(()),
    };
    let manager = client.shard_manager.clone();
    let mut running = std::pin::pin!(client.start_shards(shards));
    tokio::select! {
        ended = &mut running => return Err(unwanted_end(ended)),
        never = silence(&handler) => match never {},
        () = &mut shutdown => {}
    }
    tracing::info!("stopping");
    stop(&manager, &gate).await;
    Ok(())
}

/// Says so, again and again, as long as the gateway does not let the bot in: serenity tries in silence.
async fn silence(handler: &Handler) -> Infallible {
    while timeout(SILENT, handler.ready_once()).await.is_err() {
        tracing::warn!("the gateway does not answer: check that it can be reached; the bot goes on trying");
    }
    std::future::pending().await
}

fn intents(settings: &Settings) -> GatewayIntents {
    if settings.reads_channels { INTENTS | GatewayIntents::MESSAGE_CONTENT } else { INTENTS }
}

/// A client that knows where the gateway is, and how many connections to open.
async fn connect(settings: &Settings, handler: Handler) -> anyhow::Result<(Client, u32)> {
    let opening = opening::ask(settings).await?;
    let building = ClientBuilder::new_with_http(http(settings), intents(settings));
    let building = building.event_handler(handler.clone()).raw_event_handler(handler);
    let built =
        timeout(opening::PATIENCE, building).await.context("Discord does not answer any more: start again later")?;
    let client = built
        .map_err(|error| anyhow!("the connection can't be prepared, {}: start again later", Failure::from(error)))?;
    // serenity has asked on its own, and takes the real gateway where it gets no answer.
    *client.ws_url.lock().await = opening.url;
    Ok((client, opening.shards))
}

/// Lets nobody wait any more, finishes what is on its way, and says goodbye.
async fn stop(shards: &Arc<ShardManager>, gate: &Gate) {
    gate.close(FINISHING).await;
    if timeout(CLOSING, shards.shutdown_all()).await.is_err() {
        tracing::warn!("the gateway did not let go in time");
    }
}

/// Another address than Discord's is asked as it is: serenity ignores it while its rate limiter is on.
fn http(settings: &Settings) -> Http {
    let http = HttpBuilder::new(settings.token.secret()).default_allowed_mentions(CreateAllowedMentions::new());
    match &settings.api {
        Some(api) => http.proxy(api).ratelimiter_disabled(true).build(),
        None => http.build(),
    }
}

/// serenity connects anew after all that passes, so what ends here does not.
fn unwanted_end(ended: serenity::Result<()>) -> anyhow::Error {
    match ended {
        Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => anyhow!(opening::WRONG_TOKEN),
        Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)) => anyhow!(
            "Discord does not let this bot read whole channels: switch on Message Content Intent in the developer portal \
             (Bot), or take `unasked` out of the configuration"
        ),
        Err(serenity::Error::Gateway(error)) => {
            anyhow!("the gateway ended the session for good: {}; start again later", error.to_string().to_lowercase())
        }
        Err(_) | Ok(()) => anyhow!("the gateway ended the session: start again"),
    }
}
