//! The one place that sends.
//!
//! It adds what must never be missing: nobody is pinged, no link unfolds, and what an interaction brings up is seen by
//! the asker alone. What is urgent is sent again where Discord or the network fails for a moment.

use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{ChannelId, Http, InteractionId, MessageId};
use tokio::time::sleep;

use super::failure::{Failure, within};
use super::respond::{Action, Response};
use crate::render::discord::Message;

/// How hard an answer tries to get through.
struct Effort {
    /// How long one attempt may take. serenity waits as long as Discord's rate limits say, and a patient does not.
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
const TAKEN: u8 = 6;
const REPLACE: u8 = 7;
const SUGGEST: u8 = 8;
const FORM: u8 = 9;

/// Where an answer goes.
pub(super) enum Destination {
    /// As a reply to a message, where it was written.
    Message { channel: ChannelId, message: MessageId },
    /// To whom the interaction belongs; with the message whose component was used.
    Interaction { id: InteractionId, token: String, source: Option<(ChannelId, MessageId)> },
}

/// Sends what a response says.
pub(super) async fn send(http: &Http, destination: &Destination, response: &Response) -> Result<(), Failure> {
    let post = Post { http, urgent: response.urgent };
    match (destination, &response.action) {
        (Destination::Message { channel, message }, Action::Say(messages) | Action::Post(messages)) => {
            post.reply(*channel, *message, messages).await
        }
        // `respond` gives these to interactions only.
        (Destination::Message { .. }, Action::Replace(_) | Action::Suggest(_) | Action::Ask(_) | Action::Remove) => {
            Ok(())
        }
        (Destination::Interaction { id, token, source }, action) => post.answer(*id, token, *source, action).await,
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

    /// Answers an interaction.
    async fn answer(
        &self,
        id: InteractionId,
        token: &str,
        source: Option<(ChannelId, MessageId)>,
        action: &Action,
    ) -> Result<(), Failure> {
        match action {
            Action::Say(messages) => self.say(id, token, messages, SUPPRESS_EMBEDS | EPHEMERAL).await,
            Action::Post(messages) => self.say(id, token, messages, SUPPRESS_EMBEDS).await,
            // Who sees it is settled already, and can't be said again.
            Action::Replace(message) => self.call_back(id, token, REPLACE, &body(message, SUPPRESS_EMBEDS)).await,
            Action::Suggest(choices) => self.call_back(id, token, SUGGEST, &json!({ "choices": choices })).await,
            Action::Ask(form) => self.call_back(id, token, FORM, &form.payload()).await,
            Action::Remove => self.remove(id, token, source).await,
        }
    }

    /// Removes a message of the bot's. Where the bot is no member, only the interaction's own token opens the way to it.
    async fn remove(
        &self,
        id: InteractionId,
        token: &str,
        source: Option<(ChannelId, MessageId)>,
    ) -> Result<(), Failure> {
        self.call_back(id, token, TAKEN, &Value::Null).await?;
        let Some((channel, message)) = source else { return Ok(()) };
        let removed = try_hard(&MESSAGE, || self.http.delete_message(channel, message, None)).await;
        match removed {
            Err(Failure::Refused { .. }) => {
                try_hard(&MESSAGE, || self.http.delete_original_interaction_response(token)).await
            }
            removed => removed,
        }
    }

    async fn say(&self, id: InteractionId, token: &str, pages: &[Message], flags: u64) -> Result<(), Failure> {
        let Some((first, further)) = pages.split_first() else { return Ok(()) };
        self.call_back(id, token, SAY, &body(first, flags)).await?;
        for page in further {
            let body = body(page, flags);
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
        let mut callback = json!({ "type": kind });
        if !data.is_null() {
            callback["data"] = data.clone();
        }
        let attempt = || self.http.create_interaction_response(id, token, &callback, Vec::new());
        try_hard(if self.urgent { &URGENT_CALLBACK } else { &CALLBACK }, attempt).await
    }
}

/// Attempts a request until it gets through, there is no hope that it will, or enough was tried.
async fn try_hard<T, F>(effort: &Effort, attempt: impl Fn() -> F) -> Result<(), Failure>
where
    F: Future<Output = serenity::Result<T>>,
{
    let mut result = within(effort.patience, attempt()).await;
    for pause in effort.pauses {
        if !result.as_ref().is_err_and(Failure::may_pass) {
            break;
        }
        sleep(*pause).await;
        result = within(effort.patience, attempt()).await;
        // Then only the way back has failed before.
        if result.as_ref().is_err_and(Failure::is_repetition) {
            return Ok(());
        }
    }
    result.map(drop)
}

fn body(message: &Message, flags: u64) -> Value {
    let mut body = message.payload();
    body["flags"] = json!(flags);
    body["allowed_mentions"] = json!({ "parse": [] });
    body
}
