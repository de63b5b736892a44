//! What happens with messages: people's, and the bot's.

use serde_json::{Value, json};

use super::model::{
    Answer, BOT, GUILD, INVALID_FORM_BODY, Member, NOT_THE_AUTHOR, Place, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, World,
    blank_message,
};
use super::sent::{Kind, Sent};

/// The intents of the gateway which matter here.
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
pub(super) const MESSAGE_CONTENT: u64 = 1 << 15;

pub(super) const EPHEMERAL: u64 = 1 << 6;

/// A file which came with a request.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// The name of its part, such as `files[0]`.
    pub(super) part: String,
    pub(super) name: String,
    pub(super) size: usize,
}

/// What a request wants in a message: its JSON and its files.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) body: Value,
    pub(super) files: Vec<File>,
}

impl World {
    /// A person posts a message; the bot hears of it as far as its intents go. Gives the message's id.
    pub(super) fn post(&mut self, member: Member, place: Place, text: &str, reply_to: Option<&str>) -> String {
        let id = self.id();
        let mut message = blank_message(&id, place, member.user());
        message["content"] = json!(text);
        let answered = reply_to.map(|id| self.message(id).expect("nobody can reply to a deleted message").clone());
        if let Some(answered) = &answered {
            refer(&mut message, answered);
        }
        let to_bot = answered.is_some_and(|answered| is_bots(&answered));
        if to_bot || text.contains(&format!("<@{BOT}>")) {
            message["mentions"] = json!([self.bot()]);
        }
        self.messages.push(message.clone());
        self.announce("MESSAGE_CREATE", &message, Some(member));
        id
    }

    /// The bot posts a message in a channel.
    pub(super) fn send_message(&mut self, channel: &str, draft: &Draft) -> Answer {
        let place = Place::of(channel).ok_or(UNKNOWN_CHANNEL)?;
        if let Some(message) = self.said_before(draft) {
            return Ok(Some(message));
        }
        let reference = draft.body["message_reference"]["message_id"].as_str().map(str::to_owned);
        let answered = reference.as_deref().map(|id| self.message(id).ok_or(INVALID_FORM_BODY).cloned()).transpose()?;
        let message = self.bot_message(place, draft, |message| {
            message["nonce"] = draft.body["nonce"].clone();
            if let Some(answered) = &answered {
                refer(message, answered);
            }
        });
        self.unread.push(Sent { reply_to: reference, ..Sent::new(Kind::Message, &draft.body, &message) });
        Ok(Some(message))
    }

    /// The message which the bot has posted under the same nonce, where it says that there may be one only.
    fn said_before(&self, draft: &Draft) -> Option<Value> {
        let same = |message: &&Value| is_bots(message) && message["nonce"] == draft.body["nonce"];
        draft.body["enforce_nonce"].as_bool().filter(|enforced| *enforced)?;
        self.messages.iter().find(same).cloned()
    }

    /// Makes a message of the bot's, and tells the bot of it, as Discord does.
    pub(super) fn bot_message(&mut self, place: Place, draft: &Draft, finish: impl FnOnce(&mut Value)) -> Value {
        let id = self.id();
        let mut message = blank_message(&id, place, self.bot());
        self.apply(&mut message, draft);
        message["flags"] = json!(draft.body["flags"].as_u64().unwrap_or(0));
        finish(&mut message);
        self.messages.push(message.clone());
        if !is_ephemeral(&message) {
            self.announce("MESSAGE_CREATE", &message, None);
        }
        message
    }

    pub(super) fn get_message(&self, channel: &str, id: &str) -> Answer {
        let message = self.channel_message(channel, id).ok_or(UNKNOWN_MESSAGE)?;
        Ok(Some(self.as_bot_sees(message)))
    }

    pub(super) fn edit_message(&mut self, channel: &str, id: &str, draft: &Draft) -> Answer {
        let message = self.channel_message(channel, id).ok_or(UNKNOWN_MESSAGE)?;
        if !is_bots(message) {
            return Err(NOT_THE_AUTHOR);
        }
        let message = self.change_message(id, draft);
        self.unread.push(Sent::new(Kind::Edit, &draft.body, &message));
        Ok(Some(message))
    }

    pub(super) fn delete_message(&mut self, channel: &str, id: &str) -> Answer {
        let message = self.channel_message(channel, id).ok_or(UNKNOWN_MESSAGE)?;
        if !is_bots(message) {
            return Err(NOT_THE_AUTHOR);
        }
        self.remove(id);
        Ok(None)
    }

    pub(super) fn remove(&mut self, id: &str) {
        let Some(place) = self.messages.iter().position(|message| message["id"] == id) else { return };
        let message = self.messages.remove(place);
        let dm = Place::of(message["channel_id"].as_str().unwrap_or_default()).is_some_and(Place::is_dm);
        if self.hears_of(dm) && !is_ephemeral(&message) {
            let mut gone = json!({ "id": id, "channel_id": message["channel_id"] });
            if !dm {
                gone["guild_id"] = json!(GUILD);
            }
            self.dispatch("MESSAGE_DELETE", gone);
        }
    }

    /// A person changes what they have posted.
    pub(super) fn edit(&mut self, member: Member, id: &str, text: &str) {
        self.edits += 1;
        let edits = self.edits;
        let bot = self.bot();
        let message = self.messages.iter_mut().find(|message| message["id"] == id).expect("a message to change");
        message["content"] = json!(text);
        message["edited_timestamp"] = json!(format!("2026-01-01T12:{:02}:{:02}.000000+00:00", edits / 60, edits % 60));
        let to_bot = is_bots(&message["referenced_message"]) || text.contains(&format!("<@{BOT}>"));
        message["mentions"] = if to_bot { json!([bot]) } else { json!([]) };
        let message = message.clone();
        self.announce("MESSAGE_UPDATE", &message, Some(member));
    }

    /// The message of this id, if it has not been deleted.
    pub(super) fn message(&self, id: &str) -> Option<&Value> {
        self.messages.iter().find(|message| message["id"] == id)
    }

    /// A message as the routes of a channel find it: ephemeral ones they don't.
    fn channel_message(&self, channel: &str, id: &str) -> Option<&Value> {
        self.message(id).filter(|message| message["channel_id"] == channel && !is_ephemeral(message))
    }

    /// Changes a message as a PATCH wants it, and gives the message as it stands then.
    pub(super) fn change_message(&mut self, id: &str, draft: &Draft) -> Value {
        let place = self.messages.iter().position(|message| message["id"] == id).expect("a message to change");
        let mut message = self.messages[place].clone();
        self.apply(&mut message, draft);
        self.messages[place] = message.clone();
        if !is_ephemeral(&message) {
            self.announce("MESSAGE_UPDATE", &message, None);
        }
        message
    }

    /// Puts what a request holds into a message, and leaves alone what it doesn't speak of.
    fn apply(&mut self, message: &mut Value, draft: &Draft) {
        if let Some(content) = draft.body.get("content") {
            message["content"] = json!(content.as_str().unwrap_or_default());
        }
        for list in ["embeds", "components"] {
            if let Some(value) = draft.body.get(list) {
                message[list] = json!(value.as_array().cloned().unwrap_or_default());
            }
        }
        if draft.body.get("attachments").is_some() || !draft.files.is_empty() {
            message["attachments"] = self.attachments(&message["attachments"], draft);
        }
    }

    /// The attachments which a request keeps, and those it brings.
    fn attachments(&mut self, before: &Value, draft: &Draft) -> Value {
        let listed = draft.body["attachments"].as_array().cloned().unwrap_or_default();
        let name_of = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let kept = before.as_array().into_iter().flatten();
        let kept = kept.filter(|old| listed.iter().any(|entry| name_of(&entry["id"]) == name_of(&old["id"])));
        let mut attachments: Vec<_> = kept.cloned().collect();
        for file in &draft.files {
            let entry = listed.iter().find(|entry| file.part == format!("files[{}]", name_of(&entry["id"])));
            let description = entry.map_or(Value::Null, |entry| entry["description"].clone());
            let id = self.id();
            let url = format!("https://cdn.discordapp.com/attachments/1/{id}/{}", file.name);
            attachments.push(json!({
                "id": id, "filename": file.name, "size": file.size, "url": url, "proxy_url": url,
                "description": description,
            }));
        }
        json!(attachments)
    }

    /// Tells the bot of a message, if it asked for messages of such a place.
    fn announce(&mut self, event: &str, message: &Value, member: Option<Member>) {
        let dm = Place::of(message["channel_id"].as_str().unwrap_or_default()).is_some_and(Place::is_dm);
        if !self.hears_of(dm) {
            return;
        }
        let mut message = self.as_bot_sees(message);
        if !dm {
            message["guild_id"] = json!(GUILD);
            message["member"] = member.map_or(Value::Null, |member| member.partial());
        }
        self.dispatch(event, message);
    }

    /// Whether the bot asked for messages of such a place.
    fn hears_of(&self, dm: bool) -> bool {
        self.session.intents & if dm { DIRECT_MESSAGES } else { GUILD_MESSAGES } != 0
    }

    /// A message without what Discord withholds from a bot that may not read all messages.
    fn as_bot_sees(&self, message: &Value) -> Value {
        let mut message = message.clone();
        if let Some(answered) = message.get_mut("referenced_message").filter(|answered| answered.is_object()) {
            *answered = self.as_bot_sees(answered);
        }
        if !self.concerns_bot(&message) {
            message["content"] = json!("");
            for list in ["embeds", "attachments", "components"] {
                message[list] = json!([]);
            }
        }
        message
    }

    fn concerns_bot(&self, message: &Value) -> bool {
        let text = message["content"].as_str().unwrap_or_default();
        let answered = &message["referenced_message"];
        // A reply to what a slash command brought up does not count.
        let regular = is_bots(answered) && answered["interaction_metadata"].is_null();
        let dm = Place::of(message["channel_id"].as_str().unwrap_or_default()).is_some_and(Place::is_dm);
        let granted = self.session.intents & MESSAGE_CONTENT != 0;
        granted || dm || is_bots(message) || regular || text.contains(&format!("<@{BOT}>"))
    }
}

/// Makes a message a reply to another.
fn refer(message: &mut Value, answered: &Value) {
    let mut answered = answered.clone();
    // Discord goes one message back only.
    answered.as_object_mut().expect("a message is an object").remove("referenced_message");
    message["type"] = json!(19);
    message["message_reference"] = json!({
        "type": 0, "message_id": answered["id"], "channel_id": answered["channel_id"],
    });
    message["referenced_message"] = answered;
}

fn is_bots(message: &Value) -> bool {
    message["author"]["id"] == BOT
}

pub(super) fn is_ephemeral(message: &Value) -> bool {
    message["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0
}
