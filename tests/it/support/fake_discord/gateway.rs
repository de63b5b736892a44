//! Discord's gateway, over a WebSocket: one shard, one session at a time.

use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, accept_async};

use super::messages::MESSAGE_CONTENT;
use super::model::{APPLICATION, CHANNELS, GUILD, MO, Session, World};
use super::trouble::{HELLO, Trouble};
use super::{Shared, at_once};

type Sender = UnboundedSender<Frame>;

/// The intent for which servers the bot is in.
const GUILDS: u64 = 1;
/// The intents for which an operator must ask in Discord's portal: members, presences, content.
const PRIVILEGED: u64 = 1 << 1 | 1 << 8 | MESSAGE_CONTENT;

/// What the gateway does to a connection.
#[derive(Debug)]
pub(super) enum Frame {
    Payload(Value),
    /// Ends the connection with one of Discord's close codes.
    Close(u16, &'static str),
    /// Lets the line go dead, without a word.
    Drop,
}

/// Accepts connections until the test is over.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let (stream, _) = listener.accept().await.expect("a listener that was bound accepts");
        at_once(&stream);
        tokio::spawn(connection(stream, shared.clone()));
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let Ok(mut socket) = accept_async(stream).await else {
        return;
    };
    match shared.change(|world| world.meet(HELLO)) {
        None => {}
        Some(Trouble::Status(code)) => {
            send(&mut socket, Some(Frame::Close(code, "as the test wants it"))).await;
            return;
        }
        Some(_) => shared.silence().await,
    }
    let (sender, mut frames) = unbounded_channel();
    sender.send(payload(10, &json!({ "heartbeat_interval": 41_250 }))).expect("the receiver is here");
    loop {
        let going_on = tokio::select! {
            // What Discord wants to say comes first, so that a close follows what was sent before it.
            biased;
            frame = frames.recv() => send(&mut socket, frame).await,
            message = socket.next() => hear(message, &shared, &sender),
        };
        if !going_on {
            return;
        }
    }
}

/// Sends a frame. Tells whether the connection goes on.
async fn send(socket: &mut WebSocketStream<TcpStream>, frame: Option<Frame>) -> bool {
    match frame {
        Some(Frame::Payload(payload)) => socket.send(Message::Text(payload.to_string())).await.is_ok(),
        Some(Frame::Close(code, reason)) => {
            let frame = CloseFrame { code: code.into(), reason: reason.into() };
            // The bot may have gone already.
            let _ = socket.close(Some(frame)).await;
            false
        }
        Some(Frame::Drop) | None => false,
    }
}

/// Takes what the bot sent. Tells whether the connection goes on.
fn hear(message: Option<Result<Message, Error>>, shared: &Shared, sender: &Sender) -> bool {
    match message {
        Some(Ok(Message::Text(text))) => shared.change(|world| receive(world, &text, sender)),
        Some(Ok(Message::Close(_)) | Err(_)) | None => return false,
        Some(Ok(_)) => {}
    }
    true
}

fn receive(world: &mut World, text: &str, sender: &Sender) {
    let payload: Value = serde_json::from_str(text).unwrap_or_default();
    let data = &payload["d"];
    let frames = match payload["op"].as_u64() {
        Some(1) => vec![self::payload(11, &Value::Null)],
        Some(2) => identify(world, data, sender),
        Some(3) => Vec::new(),
        Some(6) => resume(world, data, sender),
        _ => {
            world.failures.push(format!("the gateway does not understand `{text}`"));
            vec![Frame::Close(4001, "Unknown opcode.")]
        }
    };
    for frame in frames {
        // The connection reads this in the same task that sends it.
        let _ = sender.send(frame);
    }
}

fn identify(world: &mut World, data: &Value, sender: &Sender) -> Vec<Frame> {
    let intents = data["intents"].as_u64().unwrap_or(0);
    let granted = if world.application.message_content { MESSAGE_CONTENT } else { 0 };
    if !is_token(world, &data["token"]) {
        world.failures.push("the bot identified with a wrong token".to_owned());
        return vec![Frame::Close(4004, "Authentication failed.")];
    }
    if intents & PRIVILEGED & !granted != 0 {
        world.failures.push(format!("the bot asked for intents {intents:#b}, which it was not granted"));
        return vec![Frame::Close(4014, "Disallowed intent(s).")];
    }
    world.count.identified += 1;
    let id = format!("session-{}", world.count.identified);
    world.session = Session { id, intents, history: Vec::new(), connection: Some(sender.clone()) };
    let ready = ready(world, &data["shard"]);
    world.dispatch("READY", ready);
    if intents & GUILDS != 0 {
        world.dispatch("GUILD_CREATE", server());
    }
    Vec::new()
}

/// The server, as a bot that asked for servers gets to know it.
fn server() -> Value {
    let channels = CHANNELS.iter().map(|channel| {
        json!({ "id": channel.id, "type": 0, "name": channel.name, "position": 0, "permission_overwrites": [] })
    });
    json!({
        "id": GUILD, "name": "hair", "icon": null, "splash": null, "discovery_splash": null, "owner_id": MO.id,
        "afk_channel_id": null, "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 1,
        "explicit_content_filter": 0, "roles": [], "emojis": [], "stickers": [], "features": [], "mfa_level": 0,
        "application_id": null, "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
        "vanity_url_code": null, "description": null, "banner": null, "premium_tier": 0, "preferred_locale": "en-US",
        "public_updates_channel_id": null, "nsfw_level": 0, "premium_progress_bar_enabled": false,
        "joined_at": "2026-01-01T12:00:00.000000+00:00", "large": false, "unavailable": false, "member_count": 5,
        "voice_states": [], "members": [], "channels": channels.collect::<Vec<_>>(), "threads": [], "presences": [],
        "stage_instances": [], "guild_scheduled_events": [],
    })
}

/// The gateway takes the token with the prefix too, as serenity sends it.
fn is_token(world: &World, given: &Value) -> bool {
    let given = given.as_str().unwrap_or_default();
    given.strip_prefix("Bot ").unwrap_or(given) == world.application.token
}

fn ready(world: &World, shard: &Value) -> Value {
    json!({
        "v": 10, "user": world.bot(), "guilds": [{ "id": GUILD, "unavailable": true }],
        "session_id": world.session.id, "resume_gateway_url": "wss://gateway.discord.invalid", "shard": shard,
        "application": { "id": APPLICATION, "flags": 0 },
    })
}

/// Everything since the last event the bot saw comes again, and then RESUMED.
fn resume(world: &mut World, data: &Value, sender: &Sender) -> Vec<Frame> {
    if !is_token(world, &data["token"]) {
        return vec![Frame::Close(4004, "Authentication failed.")];
    }
    if world.session.id.is_empty() || data["session_id"] != world.session.id.as_str() {
        return vec![payload(9, &json!(false))];
    }
    world.count.resumed += 1;
    world.session.connection = Some(sender.clone());
    let seen = data["seq"].as_u64().and_then(|seen| usize::try_from(seen).ok()).unwrap_or(0);
    for event in world.session.history.iter().skip(seen).cloned().collect::<Vec<_>>() {
        world.send(Frame::Payload(event));
    }
    world.dispatch("RESUMED", json!({}));
    Vec::new()
}

impl World {
    /// The bot hears that a server is gone, for good or for a while, if it asked for servers.
    pub(super) fn server_gone(&mut self, told: Value) {
        if self.session.intents & GUILDS != 0 {
            self.dispatch("GUILD_DELETE", told);
        }
    }

    /// The line goes dead. The session stays, for a bot that resumes.
    pub(super) fn drop_connection(&mut self) {
        self.send(Frame::Drop);
        self.session.connection = None;
    }

    /// The session is over; the bot must identify anew.
    pub(super) fn invalidate_session(&mut self) {
        self.session.id.clear();
        self.send(payload(9, &json!(false)));
    }
}

fn payload(op: u8, data: &Value) -> Frame {
    Frame::Payload(json!({ "op": op, "d": data, "s": null, "t": null }))
}
