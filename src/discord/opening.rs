//! Where the gateway is, and whether the bot may go there.
//!
//! It is asked before serenity asks for it, which turns to the real Discord where it gets no answer, and says nothing.

use std::time::Duration;

use anyhow::{anyhow, bail};
use serenity::all::{BotGateway, HttpBuilder};

use super::failure::{Failure, within};
use super::settings::Settings;
use crate::diagnostic::counted;

/// How long Discord may take to say where its gateway is.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// More connections than a single process should hold: a larger number is not Discord's.
const MOST_SHARDS: u32 = 64;

pub(super) const WRONG_TOKEN: &str = "Discord refuses the token: copy it again from the developer portal (Bot, Reset \
                                      Token) and put it into `DISCORD_TOKEN` or the file that `DISCORD_TOKEN_FILE` names";

/// Where the gateway is, and how many connections to open.
pub(super) struct Opening {
    pub(super) url: String,
    pub(super) shards: u32,
}

/// Asks where the gateway is. What Discord says to bots alone has more in it; where a proxy does not pass that on, what
/// it says to everybody will do.
pub(super) async fn ask(settings: &Settings) -> anyhow::Result<Opening> {
    let base = settings.base();
    // With serenity's rate limiter in between, a request too many would look like silence.
    let http = HttpBuilder::new(settings.token.secret()).proxy(base).ratelimiter_disabled(true).build();
    let failure = match within(PATIENCE, http.get_bot_gateway()).await {
        Ok(gateway) => return for_bots(gateway),
        Err(failure) if !is_worth_asking_plainly(&failure) => failure,
        Err(_) => match within(PATIENCE, http.get_gateway()).await {
            Ok(gateway) => return Ok(Opening { url: gateway.url, shards: 1 }),
            Err(failure) => failure,
        },
    };
    Err(told(&failure, base))
}

fn for_bots(gateway: BotGateway) -> anyhow::Result<Opening> {
    let limit = &gateway.session_start_limit;
    if limit.remaining == 0 {
        let minutes = usize::try_from(limit.reset_after.div_ceil(60_000)).unwrap_or(usize::MAX);
        let minutes = counted(minutes.max(1), "minute");
        bail!("Discord lets this bot open no session for {minutes}: wait, and find out what restarts it so often");
    }
    Ok(Opening { shards: gateway.shards.clamp(1, MOST_SHARDS), url: gateway.url })
}

/// Whether it may be the way of asking that failed. A wrong token and too many requests are no better in another way.
fn is_worth_asking_plainly(failure: &Failure) -> bool {
    match failure {
        Failure::Refused { status, .. } => !matches!(status, 401 | 429),
        failure => matches!(failure, Failure::Unreadable),
    }
}

/// What to tell the operator, who can do something about some of it.
fn told(failure: &Failure, base: &str) -> anyhow::Error {
    let (why, way_out) = match failure {
        Failure::Refused { status: 401, .. } => return anyhow!(WRONG_TOKEN),
        Failure::Refused { status, .. } => refused(*status),
        Failure::Unreadable => (
            "what it says can't be read".to_owned(),
            "check `EXOGUIDE_DISCORD_API`, and whether a proxy or a login page answers in Discord's place",
        ),
        failure => (failure.to_string(), "check the network and `EXOGUIDE_DISCORD_API`, and start again"),
    };
    anyhow!("`{base}` does not say where the gateway is: {why}; {way_out}")
}

fn refused(status: u16) -> (String, &'static str) {
    let (why, way_out) = match status {
        403 => (
            "it refuses this machine",
            "see whether a proxy or firewall stands in between, or Discord has banned this address for too many \
             requests, and start again",
        ),
        429 => (
            "it has had too many requests from here",
            "find out what sends so many, wait some minutes, and start again",
        ),
        500.. => ("it has trouble of its own", "nothing is wrong here: wait some minutes, and start again"),
        _ => ("it is not Discord's API", "correct `EXOGUIDE_DISCORD_API`, or unset it"),
    };
    (format!("{why} (status {status})"), way_out)
}
