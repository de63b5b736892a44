//! The one place that sends.
//!
//! It adds what must never be missing: nobody is pinged, no link unfolds, and what an interaction brings up is seen by
//! the asker alone.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{ChannelId, GatewayError, Http, HttpError, InteractionId, MessageId};
use tokio::time::timeout;

use super::respond::Action;
use crate::render::discord::{Choice, Few, Message};

/// serenity waits for an answer for ever. An interaction is void after three seconds, and a message is not worth more
/// than a few.
const PATIENCE: Duration = Duration::from_secs(5);

/// Discord's numbers: flags of a message, and what an answer to an interaction does.
const SUPPRESS_EMBEDS: u64 = 1 << 2;
const EPHEMERAL: u64 = 1 << 6;
const SAY: u8 = 4;
const REPLACE: u8 = 7;
const SUGGEST: u8 = 8;

/// Where an answer goes.
pub(super) enum Destination {
    /// As a reply to a message, where it was written.
    Message { channel: ChannelId, message: MessageId },
    /// To whom the interaction belongs.
    Interaction { id: InteractionId, token: String },
}

/// Why something was not sent, in words that hold no token and no text.
#[derive(Debug)]
pub(super) struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Sends what an action says.
pub(super) async fn send(http: &Http, destination: &Destination, action: &Action) -> Result<(), Failure> {
    match (destination, action) {
        (Destination::Message { channel, message }, Action::Say(messages)) => {
            reply(http, *channel, *message, messages).await
        }
        // `respond` gives these to interactions only.
        (Destination::Message { .. }, Action::Replace(_) | Action::Suggest(_)) => Ok(()),
        (Destination::Interaction { id, token }, Action::Say(messages)) => say(http, *id, token, messages).await,
        (Destination::Interaction { id, token }, Action::Replace(message)) => {
            // Who sees it is settled already, and can't be said again.
            call_back(http, *id, token, REPLACE, &body(message, SUPPRESS_EMBEDS)).await
        }
        (Destination::Interaction { id, token }, Action::Suggest(choices)) => suggest(http, *id, token, choices).await,
    }
}

async fn reply(http: &Http, channel: ChannelId, message: MessageId, messages: &[Message]) -> Result<(), Failure> {
    for page in messages {
        let mut body = body(page, SUPPRESS_EMBEDS);
        // Who asked may have deleted the question meanwhile, and is answered all the same.
        body["message_reference"] = json!({ "message_id": message, "fail_if_not_exists": false });
        within(http.send_message(channel, Vec::new(), &body)).await?;
    }
    Ok(())
}

async fn say(http: &Http, id: InteractionId, token: &str, messages: &[Message]) -> Result<(), Failure> {
    let Some((first, further)) = messages.split_first() else { return Ok(()) };
    call_back(http, id, token, SAY, &private(first)).await?;
    for page in further {
        within(http.create_followup_message(token, &private(page), Vec::new())).await?;
    }
    Ok(())
}

async fn suggest(http: &Http, id: InteractionId, token: &str, choices: &Few<Choice, 25>) -> Result<(), Failure> {
    call_back(http, id, token, SUGGEST, &json!({ "choices": choices })).await
}

async fn call_back(http: &Http, id: InteractionId, token: &str, kind: u8, data: &Value) -> Result<(), Failure> {
    let callback = json!({ "type": kind, "data": data });
    within(http.create_interaction_response(id, token, &callback, Vec::new())).await
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
pub(super) async fn within<T>(request: impl Future<Output = serenity::Result<T>>) -> Result<T, Failure> {
    match timeout(PATIENCE, request).await {
        Ok(result) => result.map_err(|error| Failure(described(&error))),
        Err(_) => Err(Failure(format!("Discord did not answer within {} seconds", PATIENCE.as_secs()))),
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
