//! What serenity calls: a request is read from each event, and its answer handed to be sent.

mod reading;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use governor::clock::DefaultClock;
use serenity::all::{Context, Event, EventHandler, GuildId, Interaction, RawEventHandler, Ready, UserId};
use serenity::async_trait;
use serenity::http::Http;
use tokio::sync::watch;

use super::commands::registration;
use super::gate::Gate;
use super::{log, pictures};
use super::pace::{Pace, Turn};
use super::request::Request;
use super::respond::{Response, pause, respond, trouble, warn_at_least};
use super::send::{Destination, send};
use crate::guide::Guide;
use crate::reload::Served;
use crate::render::discord::{Control, Message};
use crate::store::{Snowflake, Store};

/// What serenity calls.
#[derive(Clone)]
pub(super) struct Handler(Arc<Inner>);

struct Inner {
    served: Served,
    store: Store,
    gate: Gate,
    pace: Pace,
    /// The bot's own user, once Discord has let it in and said who it is.
    me: watch::Sender<Option<UserId>>,
}

impl Handler {
    pub(super) fn new(served: Served, store: Store, gate: Gate) -> Handler {
        Handler(Arc::new(Inner {
            served,
            store,
            gate,
            pace: Pace::new(&DefaultClock::default()),
            me: watch::Sender::new(None),
        }))
    }

    /// Ends once Discord has let the bot in.
    pub(super) async fn ready_once(&self) {
        // The sender lives as long as this.
        let _ = self.0.me.subscribe().wait_for(Option::is_some).await;
    }

    /// The guide as it is in this server; in private it is as the operator has set it.
    fn guide_in(&self, server: Option<GuildId>) -> Arc<Guide> {
        let guide = self.0.served.guide();
        let settings = server.and_then(|id| Snowflake::new(id.get())).map(|id| self.0.store.server(id));
        settings.map_or(guide.clone(), |settings| Arc::new(guide.naming(&settings.numbers())))
    }

    async fn handle(&self, http: &Http, scene: Scene, request: Request, destination: Destination) {
        let started = Instant::now();
        let guide = self.guide_in(scene.server);
        let response = calmly(&guide, &request, || respond(&guide, &request));
        let response = match self.turn(scene, &request, &response, &destination) {
            Turn::Answer => response.map(|message| scene.with_buttons(message)),
            Turn::AskForAPause => pause(&guide),
            Turn::Silence => return,
        };
        // An emergency waits for nobody, and for the answer to an interaction Discord does not wait.
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

impl Handler {
    /// Whether it is this request's turn. An emergency has no limit, and is known as one only by its answer.
    fn turn(&self, scene: Scene, request: &Request, response: &Response, destination: &Destination) -> Turn {
        let Some(asker) = scene.asker.filter(|_| !response.urgent) else { return Turn::Answer };
        let channel = match destination {
            Destination::Message { channel, .. } => Some(*channel),
            Destination::Interaction { .. } => None,
        };
        self.0.pace.turn(request, asker, channel)
    }
}

/// Where something is asked, and by whom. What is said depends on the server alone.
#[derive(Clone, Copy, Default)]
struct Scene {
    server: Option<GuildId>,
    asker: Option<UserId>,
    /// Whether nobody else is there but the bot.
    alone: bool,
}

impl Scene {
    /// The message with the buttons that make sense here: who may remove it is noted, and whoever is alone with the bot
    /// need not choose who reads it.
    fn with_buttons(self, message: Message) -> Message {
        message.with_controls(|control| match control {
            Control::Remove(_) => Some(Control::Remove(Some(self.asker?.get()))),
            Control::Show(_) | Control::Private if self.alone => None,
            control => Some(control),
        })
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        tracing::info!("connected to Discord, and answering");
        // READY comes again with every new session, and the commands are kept from the first one on.
        if self.0.me.send_replace(Some(ready.user.id)).is_none() {
            tokio::spawn(pictures::keep(self.0.served.clone()));
            tokio::spawn(registration::keep(context.http.clone(), ready.application.id, self.0.served.clone()));
        }
    }

    async fn message(&self, context: Context, message: serenity::all::Message) {
        let me = *self.0.me.borrow();
        let Some(request) = me.and_then(|me| reading::message(&message, me)) else { return };
        let destination = Destination::Message { channel: message.channel_id, message: message.id };
        let scene =
            Scene { server: message.guild_id, asker: Some(message.author.id), alone: message.guild_id.is_none() };
        self.handle(&context.http, scene, request, destination).await;
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let (id, token) = (interaction.id(), interaction.token().to_owned());
        let destination = Destination::Interaction { id, token, source: reading::source(&interaction) };
        let scene = reading::scene(&interaction);
        self.handle(&context.http, scene, reading::interaction(interaction), destination).await;
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
        if let Some((id, token)) = reading::envelope(&unknown.value) {
            let destination = Destination::Interaction { id, token, source: None };
            self.handle(&context.http, Scene::default(), Request::Unreadable, destination).await;
        }
    }
}

/// What `respond` gives; where it hits a bug, a warning if the request calls for one, or else one calm sentence. What the
/// panic says may quote a patient, and is left.
fn calmly(guide: &Guide, request: &Request, respond: impl FnOnce() -> Response) -> Response {
    let rescue = || catch_unwind(AssertUnwindSafe(|| warn_at_least(guide, request)));
    catch_unwind(AssertUnwindSafe(respond)).or_else(|_| rescue()).unwrap_or_else(|_| trouble(guide))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::request::{Options, Surface};
    use crate::knowledge::{self, Origin};

    fn command(name: &str, option: &str, value: &str) -> Request {
        let options = Options::from_iter([(option.to_owned(), value.to_owned())]);
        Request::Command { name: name.to_owned(), options }
    }

    /// What somebody reads who has sent `request` when a bug keeps it from being answered.
    fn after_a_panic(guide: &Guide, request: &Request) -> Response {
        calmly(guide, request, || panic!("what a patient wrote"))
    }

    #[test]
    fn a_bug_gets_a_calm_sentence_and_no_bug_keeps_a_warning_back() {
        let guide = Guide::new(knowledge::load(&Origin::CompiledIn).knowledge.expect("the shipped guide is right"));
        let message = |text: &str| {
            let surfaces = [Surface::Mention, Surface::Reply, Surface::DirectMessage];
            surfaces.map(|surface| Request::Message { surface, text: text.to_owned(), answered: None })
        };
        let calm = message("how much is it").into_iter().chain([command("ask", "question", "how much is it")]);
        let menu = |text: &str| Request::Menu { name: String::new(), message: text.to_owned() };
        for request in calm.chain([menu("how much is it"), Request::Unreadable]) {
            assert_eq!(after_a_panic(&guide, &request), trouble(&guide), "{request:?}");
        }
        let emergency = "I can't breathe and what does it cost";
        let urgent = message(emergency).into_iter();
        let commands = [command("ask", "question", emergency), command("guide", "topic", emergency)];
        for request in urgent.chain(commands).chain([menu(emergency)]) {
            let response = after_a_panic(&guide, &request);
            assert!(response.urgent && response.outcome == "urgent", "{request:?}: {response:?}");
        }
    }
}
