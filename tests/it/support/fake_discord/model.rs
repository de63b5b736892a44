//! The model: a server with its people and channels, a bot's session, and what has been said.
//!
//! [`World`] does no I/O. The REST side and the gateway ask it what happens; tests look at what it kept.

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::gateway::Frame;
use super::interactions::Interaction;
use super::sent::Sent;
use super::trouble::Spell;
use crate::support::discord_api::{Finding, Request, check, pings};

/// The server.
pub(crate) const GUILD: &str = "1100000000000000001";
/// The bot's application. Its id differs from the bot's own, as with old applications, so that a mix-up shows.
pub(crate) const APPLICATION: &str = "1100000000000000002";
/// The bot's user.
pub(crate) const BOT: &str = "1100000000000000003";

/// A moment like any other, so that snapshots don't change from day to day.
const NOW: &str = "2026-01-01T12:00:00.000000+00:00";
/// What a bot may do in a channel as a rule: view, send, embed, attach, read the history, use commands.
const APP_PERMISSIONS: &str = "2147600384";

/// Someone in the server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// The channel in which this person and the bot write to each other.
    pub(crate) dm: &'static str,
    /// The permissions in every channel of the server.
    pub(crate) permissions: u64,
    /// The language that this person has set Discord to.
    pub(crate) locale: &'static str,
}

const VIEW_AND_SEND: u64 = 1 << 10 | 1 << 11 | 1 << 16 | 1 << 31;
const MANAGE_GUILD: u64 = 1 << 5;
const MANAGE_MESSAGES: u64 = 1 << 13;

/// A patient, who does whatever a test doesn't say another does.
pub(crate) const ANA: Member = Member {
    id: "1200000000000000001",
    name: "ana",
    dm: "1300000000000000001",
    permissions: VIEW_AND_SEND,
    locale: "en-US",
};
/// Another patient.
pub(crate) const BEN: Member = Member {
    id: "1200000000000000002",
    name: "ben",
    dm: "1300000000000000002",
    permissions: VIEW_AND_SEND,
    locale: "en-US",
};
/// A moderator.
pub(crate) const MO: Member = Member {
    id: "1200000000000000003",
    name: "mo",
    dm: "1300000000000000003",
    permissions: VIEW_AND_SEND | MANAGE_GUILD | MANAGE_MESSAGES,
    locale: "en-GB",
};
/// Nobody's patient: speaks only to find out that the bot has nothing else to say.
pub(super) const WARDEN: Member = Member {
    id: "1200000000000000004",
    name: "warden",
    dm: "1300000000000000004",
    permissions: VIEW_AND_SEND,
    locale: "en-US",
};

const MEMBERS: &[Member] = &[ANA, BEN, MO, WARDEN];

/// A text channel of the server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Channel {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
}

/// Where patients ask, unless a test says otherwise.
pub(crate) const QUESTIONS: Channel = Channel { id: "1400000000000000001", name: "questions" };
/// Where people talk among themselves.
pub(crate) const GENERAL: Channel = Channel { id: "1400000000000000002", name: "general" };
/// Where only moderators read.
pub(crate) const MODERATORS: Channel = Channel { id: "1400000000000000003", name: "moderators" };

pub(super) const CHANNELS: &[Channel] = &[QUESTIONS, GENERAL, MODERATORS];

/// What stands in Discord's developer portal about the bot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Application {
    pub(crate) name: &'static str,
    /// The one token that opens the gateway and the API. It can't be a real one.
    pub(crate) token: &'static str,
    /// Whether the bot may ask to read messages which don't concern it (the intent MESSAGE_CONTENT).
    pub(crate) message_content: bool,
}

impl Default for Application {
    fn default() -> Self {
        Application { name: "exoguide", token: "not-a-token.of-discord.at-all", message_content: false }
    }
}

/// Discord's refusal of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: &'static str,
}

pub(super) const UNAUTHORIZED: Refusal = Refusal { status: 401, code: 0, message: "401: Unauthorized" };
pub(super) const NOT_FOUND: Refusal = Refusal { status: 404, code: 0, message: "404: Not Found" };
pub(super) const UNKNOWN_CHANNEL: Refusal = Refusal { status: 404, code: 10003, message: "Unknown Channel" };
pub(super) const UNKNOWN_MESSAGE: Refusal = Refusal { status: 404, code: 10008, message: "Unknown Message" };
pub(super) const UNKNOWN_WEBHOOK: Refusal = Refusal { status: 404, code: 10015, message: "Unknown Webhook" };
pub(super) const UNKNOWN_INTERACTION: Refusal = Refusal { status: 404, code: 10062, message: "Unknown interaction" };
pub(super) const ALREADY_ACKNOWLEDGED: Refusal =
    Refusal { status: 400, code: 40060, message: "Interaction has already been acknowledged." };
pub(super) const NOT_THE_AUTHOR: Refusal =
    Refusal { status: 403, code: 50005, message: "Cannot edit a message authored by another user" };
pub(super) const INVALID_FORM_BODY: Refusal = Refusal { status: 400, code: 50035, message: "Invalid Form Body" };

/// What a request comes to: a body, or nothing (204), or a refusal.
pub(super) type Answer = Result<Option<Value>, Refusal>;

/// A bot's stay at the gateway, which outlives a connection.
#[derive(Debug, Default)]
pub(super) struct Session {
    /// Empty where no session is open.
    pub(super) id: String,
    pub(super) intents: u64,
    /// Every event since READY, for a bot that resumes; an event's number is its place plus one.
    pub(super) history: Vec<Value>,
    /// To the connection, while there is one.
    pub(super) connection: Option<UnboundedSender<Frame>>,
}

/// How often the bot has done what tests wait for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub(super) identified: usize,
    pub(super) resumed: usize,
    pub(super) asked_for_commands: usize,
    pub(super) typed: usize,
    /// Requests that met trouble.
    pub(super) troubled: usize,
}

/// The end of the bot's process.
#[derive(Clone, Debug)]
pub(crate) struct BotExit {
    /// Whether the test asked for it.
    pub(crate) expected: bool,
    /// How it ended, and what it had written.
    pub(crate) account: String,
}

/// Everything Discord knows in a test.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) application: Application,
    pub(super) session: Session,
    pub(super) count: Count,
    pub(super) commands: Vec<Value>,
    /// Every message that has not been deleted, oldest first.
    pub(super) messages: Vec<Value>,
    pub(super) interactions: Vec<Interaction>,
    /// What the bot sent and no test has read yet.
    pub(super) unread: Vec<Sent>,
    /// Every request, to be checked when the test is over: the bot has three seconds to answer an interaction, and
    /// checking takes time.
    pub(super) requests: Vec<Request>,
    /// What went wrong besides: refusals, routes nobody knows, events out of order.
    pub(super) failures: Vec<String>,
    /// What goes wrong because a test wants it to.
    pub(super) spells: Vec<Spell>,
    /// Whether Discord keeps its silence, where it has fallen silent.
    pub(super) silent: bool,
    /// How many sessions the bot may still open, in Discord's words.
    pub(super) sessions: Value,
    /// Whether interactions hold no more than they must.
    pub(super) spare: bool,
    pub(super) bot_exit: Option<BotExit>,
    /// How often people have changed what they posted.
    pub(super) edits: u64,
    ids: u64,
}

impl World {
    pub(super) fn new(application: Application) -> Self {
        let sessions = json!({ "total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1 });
        World { application, sessions, ..World::default() }
    }

    /// An id greater than all before.
    pub(super) fn id(&mut self) -> String {
        self.ids += 1;
        (1_500_000_000_000_000_000 + self.ids).to_string()
    }

    /// Everything that is wrong so far, each in a line.
    pub(super) fn complaints(&self) -> Vec<String> {
        let line = |request: &Request, finding: Finding| format!("{request}: {finding}");
        let findings = self.requests.iter().flat_map(|request| {
            let found = check(request).into_iter().chain(pings(request));
            found.map(move |finding| line(request, finding))
        });
        let died = self.bot_exit.iter().filter(|exit| !exit.expected).map(|exit| exit.account.clone());
        findings.chain(self.failures.iter().cloned()).chain(died).collect()
    }

    /// Sends an event to the bot, now or when it resumes.
    pub(super) fn dispatch(&mut self, name: &str, data: Value) {
        if self.session.id.is_empty() {
            return;
        }
        let number = self.session.history.len() + 1;
        let event = json!({ "op": 0, "t": name, "s": number, "d": data });
        self.session.history.push(event.clone());
        self.send(Frame::Payload(event));
    }

    /// Sends a frame to the bot, where it is connected.
    pub(super) fn send(&mut self, frame: Frame) {
        if let Some(connection) = &self.session.connection {
            // A connection that has just ended takes nothing more; what is lost, a resume brings again.
            let _ = connection.send(frame);
        }
    }

    pub(super) fn bot(&self) -> Value {
        json!({
            "id": BOT, "username": self.application.name, "discriminator": "0", "global_name": null, "avatar": null,
            "bot": true, "verified": true, "mfa_enabled": false, "email": null, "flags": 0,
        })
    }

    pub(super) fn application(&self) -> Value {
        json!({
            "id": APPLICATION, "name": self.application.name, "icon": null, "description": "", "bot_public": true,
            "bot_require_code_grant": false, "verify_key": "0".repeat(64), "team": null, "flags": 0,
        })
    }
}

impl Member {
    pub(super) fn user(&self) -> Value {
        json!({ "id": self.id, "username": self.name, "discriminator": "0", "global_name": null, "avatar": null })
    }

    /// The member without the user, as a message brings it.
    pub(super) fn partial(&self) -> Value {
        json!({
            "nick": null, "avatar": null, "roles": [], "joined_at": NOW, "premium_since": null, "deaf": false,
            "mute": false, "flags": 0, "pending": false, "communication_disabled_until": null,
        })
    }

    /// The member with user and permissions, as an interaction brings it.
    pub(super) fn whole(&self) -> Value {
        let mut member = self.partial();
        member["user"] = self.user();
        member["permissions"] = json!(self.permissions.to_string());
        member
    }
}

/// Where something happens.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Guild(Channel),
    /// Between the bot and one person.
    Dm(Member),
}

impl Place {
    /// The channel of this id.
    pub(super) fn of(channel: &str) -> Option<Self> {
        let guild = CHANNELS.iter().find(|known| known.id == channel).copied().map(Place::Guild);
        guild.or_else(|| MEMBERS.iter().find(|member| member.dm == channel).copied().map(Place::Dm))
    }

    pub(super) fn id(self) -> &'static str {
        match self {
            Place::Guild(channel) => channel.id,
            Place::Dm(member) => member.dm,
        }
    }

    pub(super) fn is_dm(self) -> bool {
        matches!(self, Place::Dm(_))
    }

    pub(super) fn channel(self) -> Value {
        match self {
            Place::Guild(channel) => json!({ "id": channel.id, "type": 0, "name": channel.name }),
            Place::Dm(member) => {
                json!({ "id": member.dm, "type": 1, "recipients": [member.user()] })
            }
        }
    }

    /// What every interaction says of where it happened and who did it.
    pub(super) fn of_interaction(self, member: Member) -> Value {
        let mut scene = json!({
            "channel_id": self.id(), "channel": self.channel(), "app_permissions": APP_PERMISSIONS, "locale": member.locale,
            "entitlements": [], "attachment_size_limit": 10_485_760, "version": 1,
        });
        if self.is_dm() {
            scene["user"] = member.user();
            scene["context"] = json!(1);
            scene["authorizing_integration_owners"] = json!({ "0": "0" });
        } else {
            scene["member"] = member.whole();
            scene["context"] = json!(0);
            scene["authorizing_integration_owners"] = json!({ "0": GUILD });
            scene["guild_id"] = json!(GUILD);
            scene["guild_locale"] = json!("en-US");
            scene["guild"] = json!({ "id": GUILD, "locale": "en-US", "features": [] });
        }
        scene
    }
}

/// A message with nothing in it.
pub(super) fn blank_message(id: &str, place: Place, author: Value) -> Value {
    json!({
        "id": id, "channel_id": place.id(), "author": author, "content": "", "timestamp": NOW,
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "components": [], "pinned": false, "type": 0, "flags": 0,
    })
}

/// Puts the properties of one object into another.
pub(super) fn merge(into: &mut Value, from: Value) {
    let (Value::Object(into), Value::Object(from)) = (into, from) else { panic!("only objects merge") };
    into.extend(from);
}
