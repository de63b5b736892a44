//! The one place that sends.
//!
//! It adds what must never be missing: nobody is pinged, no link unfolds, and what an interaction brings up is seen by
//! the asker alone. What is urgent is sent again where Discord or the network fails for a moment.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{ChannelId, GatewayError, Http, HttpError, InteractionId, MessageId};
use tokio::time::{sleep, timeout};

use super::gate::TurnedAway;
use super::respond::{Action, Response};
use crate::render::discord::Message;

/// How hard an answer tries to get through.
struct Effort {
    /// How long one attempt may take: serenity waits for ever, and on Discord's word for longer than a patient does.
    patience: Duration,
    /// The pauses before further attempts.
    pauses: &'static [Duration],
}

const MESSAGE: Effort = Effort { patience: Duration::from_secs(5), pauses: &[] };
const URGENT_MESSAGE: Effort = Effort {
    patience: Duration::from_secs(5),
    pauses: &[Duration::from_millis(250), Duration::from_secs(1), Duration::from_secs(4)],
};

/// Discord forgets an interaction that is not answered within three seconds. The attempts of both kinds fit into them.
const CALLBACK: Effort = Effort { patience: Duration::from_secs(3), pauses: &[] };
const URGENT_CALLBACK: Effort =
    Effort { patience: Duration::from_millis(800), pauses: &[Duration::from_millis(100), Duration::from_millis(300)] };

/// Discord's numbers: flags of a message, and what an answer to an interaction does.
const SUPPRESS_EMBEDS: u64 = 1 << 2;
const EPHEMERAL: u64 = 1 << 6;
const SAY: u8 = 4;
const REPLACE: u8 = 7;
const SUGGEST: u8 = 8;

/// Discord's code where an interaction was answered before.
const ALREADY_ACKNOWLEDGED: isize = 40060;

/// Where an answer goes.
pub(super) enum Destination {
    /// As a reply to a message, where it was written.
    Message { channel: ChannelId, message: MessageId },
    /// To whom the interaction belongs.
    Interaction { id: InteractionId, token: String },
}

/// Why something was not sent, in words that hold no token and no text.
#[derive(Debug)]
pub(super) struct Failure {
    why: String,
    prospect: Prospect,
}

/// What another attempt would come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prospect {
    /// It may get through.
    Hope,
    /// It would fail in the same way.
    None,
    /// It is not needed: Discord has the answer.
    Taken,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl From<TurnedAway> for Failure {
    fn from(turned_away: TurnedAway) -> Failure {
        Failure { why: turned_away.to_string(), prospect: Prospect::None }
    }
}

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Failure {
        let prospect = match &error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => match response.status_code.as_u16() {
                _ if response.error.code == ALREADY_ACKNOWLEDGED => Prospect::Taken,
                429 | 500.. => Prospect::Hope,
                _ => Prospect::None,
            },
            serenity::Error::Http(HttpError::Request(_)) | serenity::Error::Json(_) => Prospect::Hope,
            _ => Prospect::None,
        };
        Failure { why: described(&error), prospect }
    }
}

/// Sends what a response says.
pub(super) async fn send(http: &Http, destination: &Destination, response: &Response) -> Result<(), Failure> {
    let post = Post { http, urgent: response.urgent };
    match (destination, &response.action) {
        (Destination::Message { channel, message }, Action::Say(messages)) => {
            post.reply(*channel, *message, messages).await
        }
        // `respond` gives these to interactions only.
        (Destination::Message { .. }, Action::Replace(_) | Action::Suggest(_)) => Ok(()),
        (Destination::Interaction { id, token }, Action::Say(messages)) => post.say(*id, token, messages).await,
        (Destination::Interaction { id, token }, Action::Replace(message)) => {
            // Who sees it is settled already, and can't be said again.
            post.call_back(*id, token, REPLACE, &body(message, SUPPRESS_EMBEDS)).await
        }
        (Destination::Interaction { id, token }, Action::Suggest(choices)) => {
            post.call_back(*id, token, SUGGEST, &json!({ "choices": choices })).await
        }
    }
}

/// The way to Discord for one answer.
struct Post<'h> {
    http: &'h Http,
    urgent: bool,
}

impl Post<'_> {
    async fn reply(&self, channel: ChannelId, message: MessageId, pages: &[Message]) -> Result<(), Failure> {
        for (number, page) in pages.iter().enumerate() {
            let mut body = body(page, SUPPRESS_EMBEDS);
            // Who asked may have deleted the question meanwhile, and is answered all the same.
            body["message_reference"] = json!({ "message_id": message, "fail_if_not_exists": false });
            // A further attempt says nothing twice.
            body["nonce"] = json!(format!("{message}-{number}"));
            body["enforce_nonce"] = json!(true);
            self.message(|| self.http.send_message(channel, Vec::new(), &body)).await?;
        }
        Ok(())
    }

    async fn say(&self, id: InteractionId, token: &str, pages: &[Message]) -> Result<(), Failure> {
        let Some((first, further)) = pages.split_first() else { return Ok(()) };
        self.call_back(id, token, SAY, &private(first)).await?;
        for page in further {
            let body = private(page);
            // Discord knows no nonce here: a page that is sent again may stand there twice, which is better than not.
            self.message(|| self.http.create_followup_message(token, &body, Vec::new())).await?;
        }
        Ok(())
    }

    async fn message<F>(&self, attempt: impl Fn() -> F) -> Result<(), Failure>
    where
        F: Future<Output = serenity::Result<serenity::all::Message>>,
    {
        try_hard(if self.urgent { &URGENT_MESSAGE } else { &MESSAGE }, attempt).await
    }

    async fn call_back(&self, id: InteractionId, token: &str, kind: u8, data: &Value) -> Result<(), Failure> {
        let callback = json!({ "type": kind, "data": data });
        let attempt = || self.http.create_interaction_response(id, token, &callback, Vec::new());
        try_hard(if self.urgent { &URGENT_CALLBACK } else { &CALLBACK }, attempt).await
    }
}

/// Attempts a request until it gets through, there is no hope that it will, or enough was tried.
async fn try_hard<T, F>(effort: &Effort, attempt: impl Fn() -> F) -> Result<(), Failure>
where
    F: Future<Output = serenity::Result<T>>,
{
    let mut result = within(effort.patience, attempt()).await.map(drop);
    for pause in effort.pauses {
        match result {
            Err(Failure { prospect: Prospect::Hope, .. }) => sleep(*pause).await,
            settled => return settled,
        }
        result = match within(effort.patience, attempt()).await {
            // The attempt before has failed on its way back only.
            Err(Failure { prospect: Prospect::Taken, .. }) => Ok(()),
            result => result.map(drop),
        };
    }
    result
}

/// A message for the asker alone.
fn private(message: &Message) -> Value {
    body(message, SUPPRESS_EMBEDS | EPHEMERAL)
}

fn body(message: &Message, flags: u64) -> Value {
    let mut body = message.payload();
    body["flags"] = json!(flags);
    body["allowed_mentions"] = json!({ "parse": [] });
    body
}

/// The result of a request to Discord, if it comes in time.
pub(super) async fn within<T>(
    patience: Duration,
    request: impl Future<Output = serenity::Result<T>>,
) -> Result<T, Failure> {
    match timeout(patience, request).await {
        Ok(result) => result.map_err(Failure::from),
        Err(_) => Err(Failure { why: format!("Discord did not answer within {patience:?}"), prospect: Prospect::Hope }),
    }
}

/// An error of serenity's without the address, which may hold a token.
pub(super) fn described(error: &serenity::Error) -> String {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            format!("status {}, Discord's code {}", response.status_code.as_u16(), response.error.code)
        }
        serenity::Error::Http(HttpError::Request(error)) if error.is_connect() => "no connection".to_owned(),
        serenity::Error::Http(HttpError::Request(error)) if error.is_timeout() => "no answer in time".to_owned(),
        serenity::Error::Gateway(error) => gateway_described(error),
        serenity::Error::Json(_) => "an answer that can't be read".to_owned(),
        _ => "the request failed".to_owned(),
    }
}

fn gateway_described(error: &GatewayError) -> String {
    match error {
        GatewayError::Closed(Some(frame)) => format!("the gateway closed with {}", frame.code),
        error => error.to_string().to_lowercase(),
    }
}
