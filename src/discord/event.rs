//! What serenity calls: a request is read from each event, and its answer handed to be sent.

mod reading;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use governor::clock::DefaultClock;
use serenity::all::{
    ChannelId, Context, Event, EventHandler, GuildId, Interaction, Member, Mentionable as _, MessageId,
    MessageUpdateEvent, RawEventHandler, Ready, UnavailableGuild, UserId,
};
use serenity::async_trait;
use serenity::http::Http;
use tokio::sync::watch;

use super::answers::{Answer, Answers};
use super::commands::registration;
use super::gate::Gate;
use super::log;
use super::moderation::ASKER;
use super::pace::{Pace, Turn};
use super::place::Place;
use super::request::Request;
use super::respond::{Action, Forward, Response, fitted, pause, respond_at, trouble, warn_at_least};
use super::send::{Destination, remove, remove_by, send};
use super::votes::Votes;
use crate::guide::Guide;
use crate::reload::Served;
use crate::render::discord::{Control, Message, Text};
use crate::store::{Snowflake, Store};

/// What serenity calls.
#[derive(Clone)]
pub(super) struct Handler(Arc<Inner>);

struct Inner {
    served: Served,
    store: Store,
    gate: Gate,
    answers: Answers,
    votes: Votes,
    pace: Pace,
    /// Whether the operator lets the bot read whole channels.
    reads_channels: bool,
    /// The bot's own user, once Discord has let it in and said who it is.
    me: watch::Sender<Option<UserId>>,
}

impl Handler {
    pub(super) fn new(served: Served, store: Store, gate: Gate, reads_channels: bool) -> Handler {
        Handler(Arc::new(Inner {
            served,
            store,
            gate,
            answers: Answers::default(),
            votes: Votes::default(),
            pace: Pace::new(&DefaultClock::default()),
            reads_channels,
            me: watch::Sender::new(None),
        }))
    }

    /// Ends once Discord has let the bot in.
    pub(super) async fn ready_once(&self) {
        // The sender lives as long as this.
        let _ = self.0.me.subscribe().wait_for(Option::is_some).await;
    }

    /// What an answer may depend on, of all that is known of where and by whom something is asked.
    fn place(&self, scene: &Scene) -> Place {
        let Inner { store, .. } = &*self.0;
        let server = scene.server.and_then(|id| Snowflake::new(id.get())).map(|id| store.server(id));
        Place {
            server,
            manages: scene.manages,
            reads_channels: self.0.reads_channels,
            language: scene.language,
            held: store.held(),
            is_failing: store.is_failing(),
        }
    }

    /// The guide as it is in this place; in private it is as the operator has set it.
    fn guide_in(&self, place: &Place) -> Arc<Guide> {
        let guide = self.0.served.guide();
        place.server.as_ref().map_or(guide.clone(), |server| Arc::new(guide.naming(&server.numbers())))
    }

    /// Whether somebody has the role that makes a moderator there.
    fn is_moderator(&self, scene: &Scene, member: Option<&Member>) -> bool {
        let role = self.place(scene).server.and_then(|server| server.moderators_role);
        role.zip(member).is_some_and(|(role, member)| member.roles.iter().any(|has| has.get() == role.get()))
    }

    /// Keeps what moderators have changed.
    fn keep(&self, scene: &Scene, response: &Response) {
        let id = scene.server.and_then(|id| Snowflake::new(id.get()));
        if let (Some(id), Some(server)) = (id, &response.keep) {
            self.0.store.keep_server(id, server.clone());
        }
    }

    async fn handle(&self, http: &Http, scene: Scene, request: Request, destination: Destination<'_>) {
        let started = Instant::now();
        let place = self.place(&scene);
        let guide = self.guide_in(&place);
        let response = calmly(&guide, &request, || respond_at(&guide, &place, &request));
        if response.is_silent() {
            return;
        }
        let response = match self.turn(scene, &request, &response, &destination) {
            Turn::Answer => {
                self.keep(&scene, &response);
                scene.named(response)
            }
            Turn::AskForAPause if !matches!(request, Request::Overheard { .. }) => pause(&guide),
            Turn::AskForAPause | Turn::Silence => return,
        };
        let response = fitted(&guide, &place, &request, response).map(|message| scene.with_buttons(message));
        self.count(scene, &response);
        // An emergency waits for nobody, and for the answer to an interaction Discord does not wait.
        let entered = match &destination {
            Destination::Message { channel, .. } if !response.urgent => self.0.gate.enter(*channel).await,
            _ => Ok(self.0.gate.enter_at_once()),
        };
        let sent = match entered {
            Ok(_pass) => send(http, destination, &response).await,
            Err(turned_away) => Err(turned_away.into()),
        };
        log::answered(&request, &response, started.elapsed(), sent);
    }

    /// Looks at a message that was not put to the bot, where operator and moderators want that. What it says then is no
    /// answer that follows its question.
    async fn overhear(&self, http: &Http, message: &serenity::all::Message) {
        let server = message.guild_id.and_then(|id| Snowflake::new(id.get())).filter(|_| self.0.reads_channels);
        let channel = Snowflake::new(message.channel_id.get());
        let wanted = |id| channel.is_some_and(|channel| self.0.store.server(id).unasked_channels.contains(&channel));
        if !server.is_some_and(wanted) {
            return;
        }
        if let Some(request) = reading::overheard(message) {
            self.reply(http, message, request, &mut Answer::default()).await;
        }
    }

    /// Counts what somebody thinks of an answer, once.
    fn count(&self, scene: Scene, response: &Response) {
        let (Some((vote, ids)), Some(voter), Some(page)) = (&response.vote, scene.asker, scene.target) else { return };
        let kind = vote.as_str();
        if self.0.votes.is_new(voter, page, kind) {
            ids.iter().for_each(|id| self.0.store.count(id, kind));
        }
    }

    /// Answers a message, in the place of what answered it before.
    async fn reply(&self, http: &Http, message: &serenity::all::Message, request: Request, answer: &mut Answer) {
        let (server, alone) = (message.guild_id, message.guild_id.is_none());
        let scene =
            Scene { server, asker: Some(message.author.id), target: None, alone, manages: false, language: None };
        let (channel, message) = (message.channel_id, message.id);
        let destination = Destination::Message { channel, message, pages: &mut answer.pages };
        self.handle(http, scene, request, destination).await;
    }

    /// Takes the answer to a message along that is no more. It may have been an answer itself.
    async fn follow(&self, http: &Http, channel: ChannelId, gone: MessageId) {
        let pages = self.0.answers.end(gone).await;
        self.0.answers.end_with(gone);
        let _pass = self.0.gate.enter_at_once();
        if let Err(failure) = remove(http, channel, &pages).await {
            tracing::warn!("the answer to a question that was deleted still stands: {failure}");
        }
    }

    /// Takes an answer away that was to be removed: the message whose button was pressed, first of `shown`, and all others.
    async fn take_away(&self, http: &Http, channel: ChannelId, token: &str, shown: &[MessageId]) {
        let Some((page, others)) = shown.split_first() else { return };
        let known = self.0.answers.end_with_pressed(*page).await;
        // What is known may have changed since; what the button says outlives a restart.
        let others = others.iter().copied().filter(|other| !known.contains(other));
        let pages: Vec<MessageId> = known.iter().copied().chain(others).collect();
        let _pass = self.0.gate.enter_at_once();
        if let Err(failure) = remove_by(http, channel, token, &pages).await {
            tracing::warn!("an answer that was to be removed still stands: {failure}");
        }
    }
}

impl Handler {
    /// Whether it is this request's turn. An emergency has no limit, and is known as one only by its answer.
    fn turn(&self, scene: Scene, request: &Request, response: &Response, destination: &Destination<'_>) -> Turn {
        // Nor has taking back what was said.
        let limited = !response.urgent && !matches!(request, Request::Removal { allowed: true });
        let Some(asker) = scene.asker.filter(|_| limited) else { return Turn::Answer };
        match destination {
            Destination::Message { channel, pages, .. } => match self.0.pace.turn(request, asker, Some(*channel)) {
                // Nothing takes the place of an answer but another one.
                Turn::AskForAPause if !pages.is_empty() => Turn::Silence,
                turn => turn,
            },
            // What one person alone reads fills no channel, and every interaction is answered.
            Destination::Interaction { channel, .. } => {
                let public = matches!(response.action, Action::Post(_) | Action::Reply { .. });
                match self.0.pace.turn(request, asker, channel.filter(|_| public)) {
                    Turn::Silence => Turn::AskForAPause,
                    turn => turn,
                }
            }
        }
    }
}

/// Where something is asked, and by whom. What is said depends on the server alone.
#[derive(Clone, Copy, Default)]
struct Scene {
    server: Option<GuildId>,
    asker: Option<UserId>,
    /// The message that is asked about, or whose component is used.
    target: Option<MessageId>,
    /// Whether nobody else is there but the bot.
    alone: bool,
    /// Whether they may manage the server.
    manages: bool,
    /// The language that they have set their Discord to, where Discord says so.
    language: Option<&'static str>,
}

impl Scene {
    /// The same with the name of the one who asks, where they want to be named.
    fn named(self, response: Response) -> Response {
        let (Action::Forward(forward), Some(asker)) = (&response.action, self.asker) else { return response };
        if !forward.named {
            return response;
        }
        let name = |message: &Message| {
            let content = message.content.as_str().replace(ASKER, &asker.mention().to_string());
            Message { content: Text::cut(&content), ..message.clone() }
        };
        let messages = forward.messages.iter().map(name).collect();
        Response { action: Action::Forward(Forward { messages, ..forward.clone() }), ..response }
    }

    /// The message with the buttons that make sense here: who may remove it is noted, and whoever is alone with the bot
    /// need not choose who reads it.
    fn with_buttons(self, message: Message) -> Message {
        message.with_controls(|control| match control {
            Control::Remove(..) => Some(Control::Remove(Some(self.asker?.get()), Vec::new())),
            Control::Show(_) | Control::Private | Control::Post(..) if self.alone => None,
            Control::Post(_, shown) => Some(Control::Post(Some(self.target?.into()), shown)),
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
            tokio::spawn(registration::keep(context.http.clone(), ready.application.id, self.0.served.clone()));
        }
    }

    async fn message(&self, context: Context, message: serenity::all::Message) {
        let me = *self.0.me.borrow();
        let Some(request) = me.and_then(|me| reading::message(&message, me)) else {
            return self.overhear(&context.http, &message).await;
        };
        let mut answer = self.0.answers.begin(message.id);
        self.reply(&context.http, &message, request, &mut answer).await;
    }

    async fn message_update(
        &self,
        context: Context,
        _: Option<serenity::all::Message>,
        _: Option<serenity::all::Message>,
        event: MessageUpdateEvent,
    ) {
        let me = *self.0.me.borrow();
        let Some((message, edited)) = reading::edited(&event) else { return };
        let Some(request) = me.and_then(|me| reading::message(&message, me)) else { return };
        let Some(mut answer) = self.0.answers.of(message.id).await else { return };
        if answer.is_latest(edited) {
            self.reply(&context.http, &message, request, &mut answer).await;
        }
    }

    async fn message_delete(&self, context: Context, channel: ChannelId, gone: MessageId, _: Option<GuildId>) {
        self.follow(&context.http, channel, gone).await;
    }

    async fn message_delete_bulk(
        &self,
        context: Context,
        channel: ChannelId,
        gone: Vec<MessageId>,
        _: Option<GuildId>,
    ) {
        for gone in gone {
            self.follow(&context.http, channel, gone).await;
        }
    }

    /// A server that is out of reach for a while is told of in the same way.
    async fn guild_delete(&self, _: Context, server: UnavailableGuild, _: Option<serenity::all::Guild>) {
        let left = Snowflake::new(server.id.get()).filter(|_| !server.unavailable);
        if let Some(id) = left {
            self.0.store.forget_server(id);
            tracing::info!("the bot is in a server no more, and has forgotten its settings");
        }
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        self.interact(&context.http, interaction).await;
    }
}

impl Handler {
    /// Answers whoever uses a command, a component or a form.
    async fn interact(&self, http: &Http, interaction: Interaction) {
        let (id, token, channel) = (interaction.id(), interaction.token().to_owned(), reading::channel(&interaction));
        let (scene, shown) = (reading::scene(&interaction), reading::shown(&interaction));
        let moderates = self.is_moderator(&scene, reading::member(&interaction));
        let request = match reading::interaction(interaction) {
            Request::Removal { allowed } => Request::Removal { allowed: allowed || moderates },
            request => request,
        };
        let is_removed = matches!(request, Request::Removal { allowed: true });
        let destination = Destination::Interaction { id, token: token.clone(), channel };
        self.handle(http, scene, request, destination).await;
        if let (true, Some(channel)) = (is_removed, channel) {
            self.take_away(http, channel, &token, &shown).await;
        }
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
        if let Some(interaction) = reading::mended(&unknown.value) {
            return self.interact(&context.http, interaction).await;
        }
        tracing::warn!("an interaction came that can't be read");
        if let Some((id, token, request)) = reading::unreadable(&unknown.value) {
            let destination = Destination::Interaction { id, token, channel: None };
            self.handle(&context.http, Scene::default(), request, destination).await;
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
        let menu =
            |text: &str| Request::Menu { name: String::new(), message: text.to_owned(), attached: String::new() };
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
