//! What serenity delivers, turned into requests of our own, and their answers handed to be sent.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use serde_json::Value;
use serenity::all::{
    CommandDataOption, CommandDataOptionValue, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind,
    Context, Event, EventHandler, Interaction, InteractionId, Message, MessageFlags, MessageType, RawEventHandler,
    Ready, UserId,
};
use serenity::async_trait;
use serenity::http::Http;
use tokio::sync::watch;

use super::commands::registration;
use super::gate::Gate;
use super::log;
use super::request::{Audience, Request, Surface};
use super::respond::{Response, respond, trouble};
use super::send::{Destination, send};
use crate::guide::Guide;
use crate::reload::Served;

/// What serenity calls.
#[derive(Clone)]
pub(super) struct Handler(Arc<Inner>);

struct Inner {
    served: Served,
    gate: Gate,
    /// The bot's own user, once Discord has said who it is.
    me: OnceLock<UserId>,
    /// Whether Discord has said so.
    ready: watch::Sender<bool>,
    /// READY comes again with every new session, and the commands are registered once.
    registering: AtomicBool,
}

impl Handler {
    pub(super) fn new(served: Served, gate: Gate) -> Handler {
        Handler(Arc::new(Inner {
            served,
            gate,
            me: OnceLock::new(),
            ready: watch::Sender::new(false),
            registering: AtomicBool::new(false),
        }))
    }

    /// Ends once Discord has let the bot in.
    pub(super) async fn ready_once(&self) {
        // The sender lives as long as this.
        let _ = self.0.ready.subscribe().wait_for(|ready| *ready).await;
    }

    async fn handle(&self, http: &Http, request: Request, destination: Destination) {
        let started = Instant::now();
        let guide = self.0.served.guide();
        let response = calmly(&guide, || respond(&guide, &request));
        let entered = match &destination {
            Destination::Message { channel, .. } if !response.urgent => self.0.gate.enter(*channel).await,
            _ => Ok(self.0.gate.enter_at_once()),
        };
        let sent = match entered {
            Ok(_pass) => send(http, &destination, &response).await,
            Err(turned_away) => Err(turned_away.into()),
        };
        log::answered(&request, &response, started.elapsed(), sent);
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        // The same user on every READY, so only the first counts.
        let _ = self.0.me.set(ready.user.id);
        self.0.ready.send_replace(true);
        tracing::info!("connected to Discord, and answering");
        if !self.0.registering.swap(true, Ordering::Relaxed) {
            tokio::spawn(registration::keep(context.http.clone(), ready.application.id, self.0.served.clone()));
        }
    }

    async fn message(&self, context: Context, message: Message) {
        let Some(request) = self.0.me.get().and_then(|me| asked(&message, *me)) else { return };
        let destination = Destination::Message { channel: message.channel_id, message: message.id };
        self.handle(&context.http, request, destination).await;
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let destination = Destination::Interaction { id: interaction.id(), token: interaction.token().to_owned() };
        let request = match interaction {
            Interaction::Command(command) => used(command),
            Interaction::Autocomplete(command) => typing(&command),
            Interaction::Component(component) => pressed(component),
            _ => Request::Unreadable,
        };
        self.handle(&context.http, request, destination).await;
    }
}

/// serenity drops what it can't parse; only here it can be seen. Somebody still waits for an answer.
#[async_trait]
impl RawEventHandler for Handler {
    async fn raw_event(&self, context: Context, event: Event) {
        let Event::Unknown(unknown) = event else { return };
        if unknown.kind != "INTERACTION_CREATE" {
            return;
        }
        tracing::warn!("an interaction came that can't be read");
        if let Some(destination) = unread(&unknown.value) {
            self.handle(&context.http, Request::Unreadable, destination).await;
        }
    }
}

/// What `respond` gives, or one calm sentence where it hits a bug. What the panic says may quote a patient, and is left.
fn calmly(guide: &Guide, respond: impl FnOnce() -> Response) -> Response {
    catch_unwind(AssertUnwindSafe(respond)).unwrap_or_else(|_| trouble(guide))
}

/// What a message asks of the bot, if anything.
fn asked(message: &Message, me: UserId) -> Option<Request> {
    let said = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if message.author.bot || message.webhook_id.is_some() || !said {
        return None;
    }
    let mentions = [format!("<@{me}>"), format!("<@!{me}>")];
    let surface = surface(message, me, &mentions)?;
    let text = mentions.iter().fold(message.content.clone(), |text, mention| text.replace(mention, " "));
    Some(Request::Message { surface, text: text.trim().to_owned() })
}

fn surface(message: &Message, me: UserId, mentions: &[String]) -> Option<Surface> {
    if message.guild_id.is_none() {
        return Some(Surface::DirectMessage);
    }
    if !message.mentions.iter().any(|user| user.id == me) {
        return None;
    }
    if mentions.iter().any(|mention| message.content.contains(mention)) {
        return Some(Surface::Mention);
    }
    let replies = message.referenced_message.as_ref().is_some_and(|answered| answered.author.id == me);
    // Discord withholds the words of some replies, and nothing can be said to nothing.
    (replies && !message.content.is_empty()).then_some(Surface::Reply)
}

fn used(command: CommandInteraction) -> Request {
    let options = command.data.options.into_iter().filter_map(text_of).collect();
    Request::Command { name: command.data.name, options }
}

fn text_of(option: CommandDataOption) -> Option<(String, String)> {
    match option.value {
        CommandDataOptionValue::String(value) => Some((option.name, value)),
        _ => None,
    }
}

fn typing(command: &CommandInteraction) -> Request {
    let typed = command.data.autocomplete().map(|option| option.value.to_owned()).unwrap_or_default();
    Request::Typing { command: command.data.name.clone(), typed }
}

fn pressed(component: ComponentInteraction) -> Request {
    let chosen = match component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.into_iter().next(),
        _ => None,
    };
    let private = component.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    let audience = if private { Audience::Asker } else { Audience::Channel };
    Request::Component { custom_id: component.data.custom_id, chosen, audience }
}

/// Where to answer an interaction of which only the envelope can be read. Suggestions can't be answered with words.
fn unread(interaction: &Value) -> Option<Destination> {
    const AUTOCOMPLETE: u64 = 4;
    let id: u64 = interaction["id"].as_str()?.parse().ok()?;
    let token = interaction["token"].as_str()?.to_owned();
    let answerable = id != 0 && interaction["type"] != AUTOCOMPLETE;
    answerable.then(|| Destination::Interaction { id: InteractionId::new(id), token })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{self, Origin};

    #[test]
    fn a_bug_gets_a_calm_sentence() {
        let guide = Guide::new(knowledge::load(&Origin::CompiledIn).knowledge.expect("the shipped guide is right"));
        assert_eq!(calmly(&guide, || panic!("what a patient wrote")), trouble(&guide));
    }
}
