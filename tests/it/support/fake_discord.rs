//! A fake Discord, on this machine: a small server with people in it, which a bot can't tell from the real one.
//!
//! [`model`] knows what happens, [`rest`] and [`gateway`] let the bot take part over HTTP and a WebSocket, and
//! [`FakeDiscord`] gives tests their verbs:
//!
//! ```ignore
//! let discord = FakeDiscord::start().await;
//! let bot = Bot::start(&discord).await;
//! let answer = discord.mention("what does it cost?").await;
//! assert_eq!(answer.buttons(), ["More"]);
//! let more = discord.by(BEN).press(&answer, "More").await;
//! bot.stop().await;
//! discord.finish();
//! ```
//!
//! A verb waits for what the bot answers, and never sleeps. What goes wrong on the way (a body that Discord would
//! refuse, a request it did refuse, a message nobody awaited) is kept, and fails the test in
//! [`FakeDiscord::finish`].

mod commands;
mod gateway;
mod interactions;
mod messages;
mod model;
mod multipart;
mod rest;
mod sent;
mod trouble;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

use interactions::{AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT};
use messages::is_ephemeral;
use model::{Count, Place, WARDEN, World, merge};
use trouble::Spell;

pub(crate) use model::{
    ANA, Application, BEN, BOT, BotExit, Channel, GENERAL, GUILD, MO, MODERATORS, Member, QUESTIONS,
};
pub(crate) use sent::{Kind, Sent};
pub(crate) use trouble::{HELLO, Trouble};

/// How long a verb waits for the bot. Only a test that fails anyway waits so long.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the servers and the tests share.
struct Shared {
    world: Mutex<World>,
    /// Told of every change, so that whoever waits looks again.
    changed: watch::Sender<()>,
    /// The address of the gateway, as the API gives it out.
    gateway: String,
}

impl Shared {
    /// Changes the world, or looks at it, and wakes whoever waits.
    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = self.look(change);
        self.changed.send_replace(());
        result
    }

    fn look<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        // A verb that panics on a test's mistake must not hide the mistake behind a poisoned lock.
        look(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A message which a person has posted and the bot may answer.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    pub(crate) id: String,
    channel: &'static str,
}

/// The fake Discord, in the hands of one person at one place.
///
/// A test starts as [`ANA`] in [`QUESTIONS`]; [`by`](Self::by), [`in_channel`](Self::in_channel) and
/// [`in_dm`](Self::in_dm) give the same Discord in other hands.
#[derive(Clone)]
pub(crate) struct FakeDiscord {
    shared: Arc<Shared>,
    member: Member,
    place: Place,
    /// The base of the API, for the variable `EXOGUIDE_DISCORD_API`.
    pub(crate) api: String,
    /// The token which is right here.
    pub(crate) token: &'static str,
}

/// Starting, and whose hands it is in.
impl FakeDiscord {
    /// Starts a Discord on free ports of this machine.
    pub(crate) async fn start() -> Self {
        FakeDiscord::start_with(Application::default()).await
    }

    /// Starts a Discord in which the bot is known like this.
    pub(crate) async fn start_with(application: Application) -> Self {
        let (api, gateway) = (loopback().await, loopback().await);
        let api_address = api.local_addr().expect("a bound listener has an address");
        let gateway_address = gateway.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            world: Mutex::new(World::new(application)),
            changed: watch::Sender::new(()),
            gateway: format!("ws://{gateway_address}"),
        });
        tokio::spawn(rest::serve(api, shared.clone()));
        tokio::spawn(gateway::serve(gateway, shared.clone()));
        let (member, place) = (ANA, Place::Guild(QUESTIONS));
        FakeDiscord { shared, member, place, api: format!("http://{api_address}"), token: application.token }
    }

    /// The same Discord in the hands of someone else, in the same channel.
    pub(crate) fn by(&self, member: Member) -> Self {
        let place = if self.place.is_dm() { Place::Dm(member) } else { self.place };
        FakeDiscord { member, place, ..self.clone() }
    }

    /// The same person in another channel.
    pub(crate) fn in_channel(&self, channel: Channel) -> Self {
        FakeDiscord { place: Place::Guild(channel), ..self.clone() }
    }

    /// The same person, alone with the bot.
    pub(crate) fn in_dm(&self) -> Self {
        FakeDiscord { place: Place::Dm(self.member), ..self.clone() }
    }
}

/// Messages.
impl FakeDiscord {
    /// Posts a message that does not mention the bot, and goes on without an answer.
    pub(crate) fn say(&self, text: &str) -> Posted {
        self.post(text, None)
    }

    /// Posts a message with more in it than its words, such as `embeds`.
    pub(crate) fn say_with(&self, text: &str, more: &Value) -> Posted {
        let posted = self.say(text);
        self.shared.change(|world| {
            let message = world.messages.iter_mut().find(|message| message["id"] == posted.id.as_str());
            merge(message.expect("it was posted just now"), more.clone());
        });
        posted
    }

    /// Mentions the bot.
    pub(crate) async fn mention(&self, text: &str) -> Sent {
        self.answer_to(&self.say(&format!("<@{BOT}> {text}"))).await
    }

    /// Writes to the bot alone.
    pub(crate) async fn direct_message(&self, text: &str) -> Sent {
        let alone = self.in_dm();
        alone.answer_to(&alone.say(text)).await
    }

    /// Replies to a message of the bot's.
    pub(crate) async fn reply_to(&self, message: &Sent, text: &str) -> Sent {
        self.assert_visible(message);
        self.answer_to(&self.post(text, Some(message.message_id()))).await
    }

    /// Changes what this person has posted.
    pub(crate) fn edit(&self, posted: &Posted, text: &str) {
        self.shared.change(|world| world.edit(self.member, &posted.id, text));
    }

    /// Deletes what somebody has posted.
    pub(crate) fn delete(&self, posted: &Posted) {
        self.shared.change(|world| world.remove(&posted.id));
    }

    /// The next change of this message.
    pub(crate) async fn edited(&self, message: &Sent) -> Sent {
        let of_this = |sent: &Sent| sent.kind == Kind::Edit && sent.message_id() == message.message_id();
        self.next_where("a change of a message", of_this).await
    }

    fn post(&self, text: &str, reply_to: Option<&str>) -> Posted {
        let id = self.shared.change(|world| world.post(self.member, self.place, text, reply_to));
        Posted { id, channel: self.place.id() }
    }

    /// The bot's message in answer to one that was posted.
    pub(crate) async fn answer_to(&self, posted: &Posted) -> Sent {
        let answers = |sent: &Sent| {
            let to_this = sent.reply_to.as_ref().is_none_or(|id| *id == posted.id);
            sent.kind == Kind::Message && sent.channel == posted.channel && to_this
        };
        self.next_where("an answer to a message", answers).await
    }
}

/// Commands, components and forms.
impl FakeDiscord {
    /// Uses a slash command, such as `costs` or `guide edit`, with `{"option": value}`.
    pub(crate) async fn slash(&self, command: &str, options: Value) -> Sent {
        let data = self.shared.look(|world| world.slash_data(command, &options));
        self.interact(COMMAND, data, None).await
    }

    /// Types into an option of a slash command, and gets what the bot suggests.
    pub(crate) async fn autocomplete(&self, command: &str, option: &str, typed: &str) -> Sent {
        let options = json!([{ "name": option, "value": typed, "focused": true }]);
        let data = self.shared.look(|world| world.slash_data(command, &options));
        self.interact(AUTOCOMPLETE, data, None).await
    }

    /// Uses a command of the message menu on a message, whoever wrote it.
    pub(crate) async fn use_on(&self, message: &Posted, command: &str) -> Sent {
        let data = self.shared.look(|world| {
            let message = world.message(&message.id).expect("a message that was not deleted");
            world.menu_data(command, message)
        });
        self.interact(COMMAND, data, None).await
    }

    /// Presses a button, by its label or its `custom_id`.
    pub(crate) async fn press(&self, message: &Sent, button: &str) -> Sent {
        let named = |component: &Value| component["label"] == button || component["custom_id"] == button;
        let found = self.component(message, button, |component| component["type"] == 2 && named(component));
        assert!(found["custom_id"].is_string(), "the button `{button}` is a link");
        let data = json!({ "custom_id": found["custom_id"], "component_type": 2, "id": 1 });
        self.interact(COMPONENT, data, Some(message.message_id())).await
    }

    /// Presses a button that removes the message, and waits until it is gone.
    pub(crate) async fn press_and_remove(&self, message: &Sent, button: &str) {
        let named = |component: &Value| component["label"] == button || component["custom_id"] == button;
        let found = self.component(message, button, |component| component["type"] == 2 && named(component));
        let data = json!({ "custom_id": found["custom_id"], "component_type": 2, "id": 1 });
        let answer = self.interact(COMPONENT, data, Some(message.message_id())).await;
        assert_eq!((answer.kind, answer.message_id()), (Kind::Update, message.message_id()));
        self.gone(message).await;
    }

    /// Says to have pressed a button of this `custom_id`, which need not be there: Discord itself would not let it through.
    pub(crate) async fn forge(&self, message: &Sent, custom_id: &str) -> Sent {
        let data = json!({ "custom_id": custom_id, "component_type": 2, "id": 1 });
        self.interact(COMPONENT, data, Some(message.message_id())).await
    }

    /// Waits until a message is no more.
    pub(crate) async fn gone(&self, message: &Sent) {
        let id = message.message_id();
        self.until("a message to be removed", |world| world.message(id).is_none().then_some(())).await;
    }

    /// Whether there is this component on a message, as it stands now.
    pub(crate) fn offers(&self, message: &Sent, custom_id: &str) -> bool {
        let now = self.shared.look(|world| world.message(message.message_id()).cloned()).unwrap_or_default();
        sent::components(&now).iter().any(|component| component["custom_id"] == custom_id)
    }

    /// Leaves aside what the bot has sent and no verb has read.
    pub(crate) fn read_everything(&self) {
        self.shared.change(|world| world.unread.clear());
    }

    /// Whether a message still stands where it was sent.
    pub(crate) fn is_there(&self, message: &Sent) -> bool {
        self.shared.look(|world| world.message(message.message_id()).is_some())
    }

    /// Chooses an option of a select, by its value or its label.
    pub(crate) async fn choose(&self, message: &Sent, select: &str, option: &str) -> Sent {
        let found = self.component(message, select, |component| component["custom_id"] == select);
        let options = found["options"].as_array().cloned().unwrap_or_default();
        let chosen = options.iter().find(|offered| offered["value"] == option || offered["label"] == option);
        let chosen = chosen.unwrap_or_else(|| panic!("`{select}` offers no `{option}`: {options:?}"));
        let data = json!({
            "custom_id": select, "component_type": found["type"], "id": 1, "values": [chosen["value"]],
        });
        self.interact(COMPONENT, data, Some(message.message_id())).await
    }

    /// Picks channels or roles in a menu that Discord fills, by their ids.
    pub(crate) async fn pick(&self, message: &Sent, select: &str, ids: &[&str]) -> Sent {
        let found = self.component(message, select, |component| component["custom_id"] == select);
        assert!(matches!(found["type"].as_u64(), Some(6 | 8)), "Discord does not fill this: {found}");
        let data = json!({ "custom_id": select, "component_type": found["type"], "id": 1, "values": ids });
        self.interact(COMPONENT, data, Some(message.message_id())).await
    }

    /// Fills in a form and sends it, with `{"custom_id": "text"}`.
    pub(crate) async fn submit(&self, modal: &Sent, texts: Value) -> Sent {
        assert_eq!(modal.kind, Kind::Modal, "only a form can be submitted");
        let rows = texts.as_object().into_iter().flatten().map(|(custom_id, value)| {
            json!({ "type": 1, "components": [{ "type": 4, "custom_id": custom_id, "value": value }] })
        });
        let data = json!({ "custom_id": modal.body["custom_id"], "components": rows.collect::<Vec<_>>() });
        self.interact(MODAL_SUBMIT, data, None).await
    }

    /// Uses a component in a way which is so new that the bot's library can't read it.
    pub(crate) async fn use_something_new(&self) -> Sent {
        let data = json!({ "custom_id": "new", "component_type": "of text" });
        self.interact(COMPONENT, data, None).await
    }

    /// Types in a way which is so new that the bot's library can't read it.
    pub(crate) async fn type_something_new(&self) -> Sent {
        self.interact(AUTOCOMPLETE, json!({ "name": 7 }), None).await
    }

    async fn interact(&self, kind: u64, data: Value, source: Option<&str>) -> Sent {
        let id = self.shared.change(|world| world.interact(kind, (self.member, self.place), data, source));
        self.next_where("an answer to an interaction", |sent| sent.interaction.as_ref() == Some(&id)).await
    }

    /// A component that this person can use now, on the message as it stands now.
    fn component(&self, message: &Sent, name: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.assert_visible(message);
        let now = self.shared.look(|world| world.message(message.message_id()).cloned());
        let now = now.expect("a message that was not deleted");
        let found = sent::components(&now).into_iter().find(|component| wanted(component)).cloned();
        let found = found.unwrap_or_else(|| panic!("no `{name}` on this message: {now:#}"));
        assert_ne!(found["disabled"], true, "`{name}` is disabled");
        found
    }

    /// Nobody acts on a message that only someone else sees.
    fn assert_visible(&self, message: &Sent) {
        let asker = self.shared.look(|world| {
            let mut interactions = world.interactions.iter();
            let known = interactions.find(|interaction| message.interaction.as_ref() == Some(&interaction.id));
            known.map(|interaction| interaction.member)
        });
        let hidden = is_ephemeral(&message.shown) && asker.is_some_and(|asker| asker.id != self.member.id);
        assert!(!hidden, "{} can't see this message: {}", self.member.name, message.transcript());
    }
}

/// Waiting.
impl FakeDiscord {
    /// The next thing the bot sends that no verb has read.
    pub(crate) async fn next(&self) -> Sent {
        self.next_where("anything from the bot", |_| true).await
    }

    /// The next thing the bot sends in answer to the same interaction.
    pub(crate) async fn follow_up(&self, to: &Sent) -> Sent {
        self.next_where("more to an interaction", |sent| sent.interaction == to.interaction).await
    }

    /// Makes sure that the bot has nothing more to say.
    ///
    /// Someone else mentions the bot in the same channel, and the answer must be all that is there. The bot handles
    /// events side by side, so a very late message can slip through here; after [`Bot::stop`], when the bot
    /// has finished whatever it had begun, [`finish`](Self::finish) misses nothing.
    ///
    /// [`Bot::stop`]: crate::support::bot::Bot::stop
    pub(crate) async fn quiet(&self) {
        self.by(WARDEN).mention("is anybody there?").await;
        let unread = self.unread();
        assert!(unread.is_empty(), "nobody awaited this:\n{}", unread.join("\n"));
    }

    /// Waits until the bot is there: it has identified, and its commands are registered.
    ///
    /// A bot that is started again may find that its commands stand already, and then only asks for them.
    pub(crate) async fn ready(&self) {
        self.until("the bot to be ready", |world| {
            let Count { identified, asked_for_commands, .. } = world.count;
            (identified > 0 && asked_for_commands > 0 && !world.commands.is_empty()).then_some(())
        })
        .await;
    }

    /// Waits until the bot has sent something, and leaves it unread.
    pub(crate) async fn anything_unread(&self) {
        self.until("anything from the bot", |world| (!world.unread.is_empty()).then_some(())).await;
    }

    async fn next_where(&self, what: &str, wanted: impl Fn(&Sent) -> bool) -> Sent {
        self.until(what, |world| {
            let place = world.unread.iter().position(&wanted)?;
            Some(world.unread.remove(place))
        })
        .await
    }

    /// Looks at the world after every change until there is what the test waits for.
    async fn until<T>(&self, what: &str, mut look: impl FnMut(&mut World) -> Option<T>) -> T {
        let mut changed = self.shared.changed.subscribe();
        let watch = async {
            loop {
                if let Some(found) = self.shared.look(&mut look) {
                    return Some(found);
                }
                if self.shared.look(|world| world.bot_exit.is_some()) {
                    return None;
                }
                changed.changed().await.expect("the sender lives as long as this handle");
            }
        };
        match timeout(PATIENCE, watch).await {
            Ok(Some(found)) => found,
            Ok(None) => panic!("the bot is gone, waiting for {what}\n{}", self.report()),
            Err(_) => panic!("waited {PATIENCE:?} for {what}\n{}", self.report()),
        }
    }

    /// What may explain why a test waits in vain.
    fn report(&self) -> String {
        let exit = self.shared.look(|world| world.bot_exit.clone());
        // An end that nobody wanted is among the complaints.
        let exit = exit.filter(|exit| exit.expected).map(|exit| exit.account);
        let lines = self.complaints().into_iter().chain(self.unread()).chain(exit);
        lines.collect::<Vec<_>>().join("\n")
    }

    fn unread(&self) -> Vec<String> {
        self.shared
            .look(|world| world.unread.iter().map(|sent| format!("unread {:?}: {}", sent.kind, sent.body)).collect())
    }
}

/// What Discord does to the bot.
impl FakeDiscord {
    /// Cuts the connection to the gateway, and waits until the bot has resumed its session.
    pub(crate) async fn drop_connection(&self) {
        let before = self.count().resumed;
        self.shared.change(World::drop_connection);
        self.until("the bot to resume", |world| (world.count.resumed > before).then_some(())).await;
    }

    /// Ends the bot's session, and waits until it has identified anew.
    pub(crate) async fn invalid_session(&self) {
        let before = self.count().identified;
        self.shared.change(World::invalidate_session);
        self.until("the bot to identify", |world| (world.count.identified > before).then_some(())).await;
    }

    /// The server removes the bot.
    pub(crate) fn remove_bot(&self) {
        self.shared.change(|world| world.server_gone(json!({ "id": GUILD })));
    }

    /// The server is out of reach for a while.
    pub(crate) fn outage(&self) {
        self.shared.change(|world| world.server_gone(json!({ "id": GUILD, "unavailable": true })));
    }

    /// From now on interactions hold no more than they must, in a form that the bot's library does not know.
    pub(crate) fn say_no_more_than_needed(&self) {
        self.shared.change(|world| world.spare = true);
    }

    /// Makes the next so many requests to a part of Discord, such as `channels` or `interactions`, go wrong.
    pub(crate) fn trouble(&self, part: &'static str, trouble: Trouble, times: usize) {
        self.shared.change(|world| {
            world.silent |= matches!(trouble, Trouble::Silence);
            world.spells.push(Spell { part, trouble, left: times });
        });
    }

    /// Lets the bot open no session for so many milliseconds.
    pub(crate) fn no_sessions_left(&self, reset_after: u64) {
        self.shared.change(|world| {
            world.sessions["remaining"] = json!(0);
            world.sessions["reset_after"] = json!(reset_after);
        });
    }

    /// Waits until so many requests have met trouble.
    pub(crate) async fn troubled(&self, times: usize) {
        self.until("requests that meet trouble", |world| (world.count.troubled >= times).then_some(())).await;
    }

    /// Ends the silence into which Discord has fallen.
    pub(crate) fn go_on(&self) {
        self.shared.change(|world| world.silent = false);
    }

    /// How often the bot showed that it was typing.
    pub(crate) fn typed(&self) -> usize {
        self.count().typed
    }

    /// The commands the bot has registered.
    pub(crate) fn commands(&self) -> Vec<Value> {
        self.shared.look(|world| world.commands.clone())
    }

    fn count(&self) -> Count {
        self.shared.look(|world| world.count)
    }

    /// A process of the bot begins.
    pub(crate) fn bot_started(&self) {
        self.shared.change(|world| {
            world.bot_exit = None;
            world.count = Count::default();
        });
    }

    /// A process of the bot has ended.
    pub(crate) fn bot_exited(&self, exit: BotExit) {
        self.shared.change(|world| world.bot_exit = Some(exit));
    }
}

/// The end of a test.
impl FakeDiscord {
    /// Everything that has gone wrong so far.
    pub(crate) fn complaints(&self) -> Vec<String> {
        self.shared.look(|world| world.complaints())
    }

    /// Fails the test if anything has gone wrong, or if the bot sent what no verb has read.
    pub(crate) fn finish(self) {
        let wrong: Vec<_> = self.complaints().into_iter().chain(self.unread()).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

async fn loopback() -> TcpListener {
    TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port on this machine")
}

/// Sends what is written at once. Without this a second event waits until the first is acknowledged, which the bot's system puts off
/// for 40 ms.
fn at_once(stream: &TcpStream) {
    stream.set_nodelay(true).expect("a connection that was just accepted");
}
