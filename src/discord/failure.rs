//! Why something did not get to Discord, or nothing came back.
//!
//! serenity's errors hold addresses, and addresses hold the tokens of interactions: none of them is ever shown.

use std::fmt;
use std::time::Duration;

use serenity::all::HttpError;
use tokio::time::timeout;

use super::gate::TurnedAway;

/// Discord's code where an interaction was answered before.
const ALREADY_ACKNOWLEDGED: isize = 40060;

/// Discord's code where there is no such message.
const UNKNOWN_MESSAGE: isize = 10008;

/// Why something did not get to Discord, or nothing came back, in words that hold no token and no text.
#[derive(Debug)]
pub(super) enum Failure {
    /// Discord refused it, with this status of HTTP and a code of its own.
    Refused {
        status: u16,
        code: isize,
    },
    /// What came back can't be read.
    Unreadable,
    NoConnection,
    /// The connection ended before the answer did.
    BrokenOff,
    /// Nothing came back for so long.
    Silence(Duration),
    /// The bot itself held it back.
    TurnedAway(TurnedAway),
    /// No request could be made of it.
    Unsaid,
}

impl Failure {
    /// Whether the same request may get through a moment later.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Failure::Refused { status, .. } => matches!(status, 429 | 500..),
            Failure::Unreadable | Failure::NoConnection | Failure::BrokenOff | Failure::Silence(_) => true,
            Failure::TurnedAway(_) | Failure::Unsaid => false,
        }
    }

    /// Whether the message that it is about is no more.
    pub(super) fn is_unknown_message(&self) -> bool {
        matches!(self, Failure::Refused { code: UNKNOWN_MESSAGE, .. })
    }

    /// Whether the same may be taken without the file that goes with it.
    pub(super) fn may_be_the_file(&self) -> bool {
        matches!(self, Failure::Refused { status: 400 | 403 | 413, .. }) && !self.is_repetition()
    }

    /// Whether Discord has the answer to this interaction already.
    pub(super) fn is_repetition(&self) -> bool {
        matches!(self, Failure::Refused { code: ALREADY_ACKNOWLEDGED, .. })
    }
}

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Failure {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
                Failure::Refused { status: response.status_code.as_u16(), code: response.error.code }
            }
            serenity::Error::Http(HttpError::Request(error)) if error.is_connect() => Failure::NoConnection,
            serenity::Error::Http(HttpError::Request(_)) => Failure::BrokenOff,
            serenity::Error::Json(_) => Failure::Unreadable,
            _ => Failure::Unsaid,
        }
    }
}

impl From<TurnedAway> for Failure {
    fn from(turned_away: TurnedAway) -> Failure {
        Failure::TurnedAway(turned_away)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused { status, code } => write!(f, "status {status}, Discord's code {code}"),
            Failure::Unreadable => f.write_str("an answer that can't be read"),
            Failure::NoConnection => f.write_str("no connection"),
            Failure::BrokenOff => f.write_str("the connection broke off"),
            Failure::Silence(patience) => write!(f, "no answer within {} seconds", patience.as_secs_f32()),
            Failure::TurnedAway(why) => why.fmt(f),
            Failure::Unsaid => f.write_str("no request could be made of it"),
        }
    }
}

/// The result of a request to Discord, if it comes in time: serenity waits for ever.
pub(super) async fn within<T>(
    patience: Duration,
    request: impl Future<Output = serenity::Result<T>>,
) -> Result<T, Failure> {
    match timeout(patience, request).await {
        Ok(result) => result.map_err(Failure::from),
        Err(_) => Err(Failure::Silence(patience)),
    }
}
