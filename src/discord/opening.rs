//! Where the gateway is, and whether the bot may go there.
//!
//! It is asked before serenity asks for it, which turns to the real Discord where it gets no answer, and says nothing.

use std::fmt;
use std::time::Duration;

use anyhow::{anyhow, bail};
use serenity::all::{BotGateway, HttpBuilder, HttpError};
use tokio::time::timeout;

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
pub(super) async fn opening(settings: &Settings) -> anyhow::Result<Opening> {
    let base = settings.base();
    // With serenity's rate limiter in between, a request too many would look like silence.
    let http = HttpBuilder::new(settings.token.secret()).proxy(base).ratelimiter_disabled(true).build();
    let refusal = match asked(http.get_bot_gateway()).await {
        Ok(gateway) => return for_bots(gateway),
        Err(refusal) if refusal.is_for_good() => refusal,
        Err(_) => match asked(http.get_gateway()).await {
            Ok(gateway) => return Ok(Opening { url: gateway.url, shards: 1 }),
            Err(refusal) => refusal,
        },
    };
    Err(refusal.told_of(base))
}

async fn asked<T>(request: impl Future<Output = serenity::Result<T>>) -> Result<T, Refusal> {
    match timeout(PATIENCE, request).await {
        Ok(answer) => answer.map_err(|error| Refusal::from(&error)),
        Err(_) => Err(Refusal::Silence),
    }
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

/// Why Discord did not say where its gateway is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    /// It answered with this status of HTTP.
    Status(u16),
    /// What it said is no answer to this question.
    Unreadable,
    NoConnection,
    /// The connection ended before the answer did.
    BrokenOff,
    Silence,
}

impl From<&serenity::Error> for Refusal {
    fn from(error: &serenity::Error) -> Refusal {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
                Refusal::Status(response.status_code.as_u16())
            }
            serenity::Error::Http(HttpError::Request(error)) if error.is_connect() => Refusal::NoConnection,
            serenity::Error::Http(_) => Refusal::BrokenOff,
            _ => Refusal::Unreadable,
        }
    }
}

impl Refusal {
    /// Whether asking in the plain way would make no difference, or make things worse.
    fn is_for_good(self) -> bool {
        match self {
            Refusal::Status(401 | 429) | Refusal::NoConnection | Refusal::BrokenOff | Refusal::Silence => true,
            Refusal::Status(_) | Refusal::Unreadable => false,
        }
    }

    fn told_of(self, base: &str) -> anyhow::Error {
        match self {
            Refusal::Status(401) => anyhow!(WRONG_TOKEN),
            _ => anyhow!("`{base}` does not say where the gateway is: {self}; {}", self.way_out()),
        }
    }

    fn way_out(self) -> &'static str {
        match self {
            Refusal::Status(403) => {
                "see whether a proxy or firewall stands in between, or Discord has banned this address for too many \
                 requests, and start again"
            }
            Refusal::Status(429) => "find out what sends so many, wait some minutes, and start again",
            Refusal::Status(500..) => "nothing is wrong here: wait some minutes, and start again",
            Refusal::Status(_) => "correct `EXOGUIDE_DISCORD_API`, or unset it",
            Refusal::Unreadable => {
                "check `EXOGUIDE_DISCORD_API`, and whether a proxy or a login page answers in Discord's place"
            }
            Refusal::NoConnection | Refusal::BrokenOff | Refusal::Silence => {
                "check the network and `EXOGUIDE_DISCORD_API`, and start again"
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Status(403) => f.write_str("it refuses this machine (status 403)"),
            Refusal::Status(429) => f.write_str("it has had too many requests from here (status 429)"),
            Refusal::Status(status @ 500..) => write!(f, "it has trouble of its own (status {status})"),
            Refusal::Status(status) => write!(f, "it is not Discord's API (status {status})"),
            Refusal::Unreadable => f.write_str("what it says can't be read"),
            Refusal::NoConnection => f.write_str("no connection"),
            Refusal::BrokenOff => f.write_str("the connection broke off"),
            Refusal::Silence => write!(f, "no answer within {} seconds", PATIENCE.as_secs()),
        }
    }
}
