//! The one place that sends.
//!
//! It adds what must never be missing: nobody is pinged, no link unfolds, and what an interaction brings up is seen by
//! the asker alone. What is urgent is sent again where Discord or the network fails for a moment.

use std::num::NonZeroU64;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{ChannelId, CreateAttachment, Http, InteractionId, MessageId};
use tokio::time::sleep;

use super::failure::{Failure, within};
use super::pictures::file_of;
use super::respond::{Action, Forward, Response};
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

/// Whoever has sent it still waits to hear that it was sent.
const FORWARDED: Effort = Effort { patience: Duration::from_millis(1_500), pauses: &[] };

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
const FORM: u8 = 9;

/// Where an answer goes.
pub(super) enum Destination<'p> {
    /// As a reply to a message, where it was written.
    Message {
        channel: ChannelId,
        message: MessageId,
        /// What answers it so far, in the place of which the new answer comes.
        pages: &'p mut Vec<MessageId>,
    },
    /// To whom the interaction belongs.
    Interaction { id: InteractionId, token: String, channel: Option<ChannelId> },
}

/// Sends what a response says.
pub(super) async fn send(http: &Http, destination: Destination<'_>, response: &Response) -> Result<(), Failure> {
    let post = Post { http, urgent: response.urgent };
    match (destination, &response.action) {
        (Destination::Message { channel, message, pages }, Action::Say(messages) | Action::Post(messages)) => {
            let nonce = pages.is_empty().then(|| message.to_string());
            post.reply((channel, message), nonce.as_deref(), pages, messages).await
        }
        // `respond` gives these to interactions only.
        (
            Destination::Message { .. },
            Action::Replace(_) | Action::Suggest(_) | Action::Ask(_) | Action::Reply { .. } | Action::Forward(_),
        ) => Ok(()),
        (Destination::Interaction { id, token, channel }, action) => {
            Answering { post, id, token: &token, channel }.answer(action).await
        }
    }
}

fn numbers<'m>(pages: impl IntoIterator<Item = &'m MessageId>) -> Vec<NonZeroU64> {
    pages.into_iter().filter_map(|page| NonZeroU64::new(page.get())).collect()
}

/// Removes messages of the bot's: all that can be, whatever becomes of the others.
pub(super) async fn remove(http: &Http, channel: ChannelId, pages: &[MessageId]) -> Result<(), Failure> {
    let mut all = Ok(());
    for page in pages {
        let removed = try_hard(&MESSAGE, || http.delete_message(channel, *page, None)).await;
        all = all.and(gone(removed));
    }
    all
}

/// The same for whoever has pressed a button on one of them: where the bot is no member, the token of that opens the way to
/// this one.
pub(super) async fn remove_by(
    http: &Http,
    channel: ChannelId,
    token: &str,
    pages: &[MessageId],
) -> Result<(), Failure> {
    match remove(http, channel, pages).await {
        Err(Failure::Refused { .. }) => {
            gone(try_hard(&MESSAGE, || http.delete_original_interaction_response(token)).await)
        }
        removed => removed,
    }
}

/// What was to be removed and is not there is gone.
fn gone<T>(removed: Result<T, Failure>) -> Result<(), Failure> {
    match removed {
        Err(failure) if !failure.is_unknown_message() => Err(failure),
        _ => Ok(()),
    }
}

/// The way to Discord for one answer.
struct Post<'h> {
    http: &'h Http,
    urgent: bool,
}

impl Post<'_> {
    /// Says something in reply to a message: in the place of the `pages` that were said to it before, as far as there are
    /// any. What is sent under a `nonce`, a further attempt does not say twice.
    async fn reply(
        &self,
        (channel, to): (ChannelId, MessageId),
        nonce: Option<&str>,
        pages: &mut Vec<MessageId>,
        messages: &[Message],
    ) -> Result<(), Failure> {
        for (number, message) in messages.iter().enumerate() {
            let message = message.clone().removing(&numbers(pages.iter().take(number)));
            let mut outgoing = outgoing(&message, SUPPRESS_EMBEDS).await;
            let body = &mut outgoing.body;
            let page = pages.get(number).copied();
            if page.is_some() {
                // What is not named here stays as it was.
                body["attachments"] = body.get("attachments").cloned().unwrap_or_else(|| json!([]));
            } else {
                // Who asked may have deleted the question meanwhile, and is answered all the same.
                body["message_reference"] = json!({ "message_id": to, "fail_if_not_exists": false });
            }
            if let (None, Some(nonce)) = (page, nonce) {
                body["nonce"] = json!(format!("{nonce}-{number}"));
                body["enforce_nonce"] = json!(true);
            }
            let mut sent = self.put(channel, page, &outgoing).await;
            if let Some(words) = outgoing.without_file(&sent) {
                sent = self.put(channel, page, &words).await;
            }
            pages.extend(sent?.filter(|_| page.is_none()).map(|sent| sent.id));
        }
        let surplus = pages.split_off(messages.len().min(pages.len()));
        remove(self.http, channel, &surplus).await
    }

    /// Sends something to the moderators.
    async fn forward(&self, forward: &Forward) -> Result<(), Failure> {
        let channel = ChannelId::new(forward.channel.get());
        for message in &forward.messages {
            let body = body(message, SUPPRESS_EMBEDS);
            try_hard(&FORWARDED, || self.http.send_message(channel, Vec::new(), &body)).await?;
        }
        Ok(())
    }

    /// Says something in a channel, or changes a message there.
    async fn put(
        &self,
        channel: ChannelId,
        page: Option<MessageId>,
        Outgoing { body, file }: &Outgoing,
    ) -> Result<Option<serenity::all::Message>, Failure> {
        match page {
            Some(page) => self.message(|| self.http.edit_message(channel, page, body, file.clone())).await,
            None => self.message(|| self.http.send_message(channel, file.clone(), body)).await,
        }
    }

    async fn message<F>(&self, attempt: impl Fn() -> F) -> Result<Option<serenity::all::Message>, Failure>
    where
        F: Future<Output = serenity::Result<serenity::all::Message>>,
    {
        try_hard(if self.urgent { &URGENT_MESSAGE } else { &MESSAGE }, attempt).await
    }
}

/// The answering of an interaction.
struct Answering<'h, 't> {
    post: Post<'h>,
    id: InteractionId,
    token: &'t str,
    channel: Option<ChannelId>,
}

impl Answering<'_, '_> {
    async fn answer(&self, action: &Action) -> Result<(), Failure> {
        match action {
            Action::Say(messages) => self.say(messages, SUPPRESS_EMBEDS | EPHEMERAL).await,
            Action::Post(messages) => self.say(messages, SUPPRESS_EMBEDS).await,
            // Who sees it is settled already, and can't be said again.
            Action::Replace(message) => self.replace(message).await,
            Action::Suggest(choices) => self.call_back(SUGGEST, &json!({ "choices": choices })).await,
            Action::Ask(form) => self.call_back(FORM, &form.payload()).await,
            Action::Reply { to, messages, instead } => {
                self.replace(instead).await?;
                self.reply(MessageId::from(*to), messages).await
            }
            Action::Forward(forward) => self.forward(forward).await,
        }
    }

    /// Sends something to the moderators and says how that went; a warning does not wait for it.
    async fn forward(&self, forward: &Forward) -> Result<(), Failure> {
        let private = SUPPRESS_EMBEDS | EPHEMERAL;
        if self.post.urgent {
            self.say(&forward.done, private).await?;
            return self.post.forward(forward).await;
        }
        let posted = self.post.forward(forward).await;
        let said = if posted.is_ok() { &forward.done } else { &forward.failed };
        self.say(said, private).await.and(posted)
    }

    async fn say(&self, messages: &[Message], flags: u64) -> Result<(), Failure> {
        let Some((first, further)) = messages.split_first() else { return Ok(()) };
        let first = outgoing(first, flags).await;
        let mut said = self.call_back_with(SAY, &first).await;
        if let Some(words) = first.without_file(&said) {
            said = self.call_back_with(SAY, &words).await;
        }
        said?;
        let is_shown = !further.is_empty() && flags & EPHEMERAL == 0;
        let first = if is_shown { self.original().await } else { None };
        self.follow_up(further, flags, Vec::from_iter(first)).await
    }

    /// The first message, which an answer of several names in the button that removes it.
    async fn original(&self) -> Option<MessageId> {
        let asked = || self.post.http.get_original_interaction_response(self.token);
        try_hard(&MESSAGE, asked).await.ok().flatten().map(|message| message.id)
    }

    /// Says more, behind the `pages` that are there.
    async fn follow_up(&self, messages: &[Message], flags: u64, mut pages: Vec<MessageId>) -> Result<(), Failure> {
        for message in messages {
            let message = message.clone().removing(&numbers(&pages));
            let message = outgoing(&message, flags).await;
            let mut said = self.say_more(&message).await;
            if let Some(words) = message.without_file(&said) {
                said = self.say_more(&words).await;
            }
            pages.extend(said?.map(|said| said.id));
        }
        Ok(())
    }

    /// Discord knows no nonce here: what is sent again may stand there twice, which is better than not.
    async fn say_more(&self, Outgoing { body, file }: &Outgoing) -> Result<Option<serenity::all::Message>, Failure> {
        self.post.message(|| self.post.http.create_followup_message(self.token, body, file.clone())).await
    }

    /// Says something in reply to a message; where the bot may not write, to whoever is there, as the interaction allows.
    async fn reply(&self, to: MessageId, messages: &[Message]) -> Result<(), Failure> {
        let Some(channel) = self.channel else { return Ok(()) };
        let nonce = self.id.to_string();
        match self.post.reply((channel, to), Some(&nonce), &mut Vec::new(), messages).await {
            Err(Failure::Refused { .. }) => self.follow_up(messages, SUPPRESS_EMBEDS, Vec::new()).await,
            replied => replied,
        }
    }

    /// Puts a message in the place of the one whose component was used, with all that is attached there.
    async fn replace(&self, message: &Message) -> Result<(), Failure> {
        let mut body = body(message, SUPPRESS_EMBEDS);
        body["attachments"] = json!([]);
        self.call_back(REPLACE, &body).await
    }

    async fn call_back(&self, kind: u8, data: &Value) -> Result<(), Failure> {
        self.call_back_with(kind, &Outgoing { body: data.clone(), file: Vec::new() }).await
    }

    async fn call_back_with(&self, kind: u8, Outgoing { body, file }: &Outgoing) -> Result<(), Failure> {
        let callback = json!({ "type": kind, "data": body });
        let attempt = || self.post.http.create_interaction_response(self.id, self.token, &callback, file.clone());
        try_hard(if self.post.urgent { &URGENT_CALLBACK } else { &CALLBACK }, attempt).await.map(drop)
    }
}

/// Attempts a request until it gets through, there is no hope that it will, or enough was tried. Nothing comes back where
/// an earlier attempt got through, and only its way back failed.
async fn try_hard<T, F>(effort: &Effort, attempt: impl Fn() -> F) -> Result<Option<T>, Failure>
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
        if result.as_ref().is_err_and(Failure::is_repetition) {
            return Ok(None);
        }
    }
    result.map(Some)
}

/// A message on its way: what is said, and the file beside it, if there is one.
struct Outgoing {
    body: Value,
    file: Vec<CreateAttachment>,
}

impl Outgoing {
    /// The words alone, which say the same, where it was refused and that may be the file's fault: not everybody who may
    /// write somewhere may attach files there.
    fn without_file<T>(&self, sent: &Result<T, Failure>) -> Option<Outgoing> {
        let refused = !self.file.is_empty() && sent.as_ref().is_err_and(Failure::may_be_the_file);
        refused.then(|| {
            let mut body = self.body.clone();
            body["attachments"] = json!([]);
            Outgoing { body, file: Vec::new() }
        })
    }
}

async fn outgoing(message: &Message, flags: u64) -> Outgoing {
    let file = Vec::from_iter(file_of(message).await);
    let mut body = body(message, flags);
    if let (true, Some(body)) = (file.is_empty(), body.as_object_mut()) {
        // It could not be drawn, and must not be announced.
        body.remove("attachments");
    }
    Outgoing { body, file }
}

fn body(message: &Message, flags: u64) -> Value {
    let mut body = message.payload();
    body["flags"] = json!(flags);
    body["allowed_mentions"] = json!({ "parse": [] });
    body
}
