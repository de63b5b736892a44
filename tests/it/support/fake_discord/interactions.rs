//! What happens with interactions: people start them, the bot answers each once.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::messages::{Draft, EPHEMERAL, is_ephemeral};
use super::model::{
    ALREADY_ACKNOWLEDGED, APPLICATION, Answer, INVALID_FORM_BODY, Member, Place, Refusal, UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, World, merge,
};
use super::sent::{Kind, Sent};

/// Discord forgets an interaction that has not been answered by then.
const DEADLINE: Duration = Duration::from_secs(3);
/// The flag of a message whose answer is still to come.
const LOADING: u64 = 1 << 7;

/// The types of interactions, by Discord's numbers.
pub(super) const COMMAND: u64 = 2;
pub(super) const COMPONENT: u64 = 3;
pub(super) const AUTOCOMPLETE: u64 = 4;
pub(super) const MODAL_SUBMIT: u64 = 5;

/// How far the answer to an interaction has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    Waiting,
    /// Put off; the answer will be of this kind.
    Deferred(Kind),
    Answered,
}

/// Something a person did with the bot.
#[derive(Clone, Debug)]
pub(super) struct Interaction {
    pub(super) id: String,
    pub(super) token: String,
    kind: u64,
    pub(super) member: Member,
    pub(super) place: Place,
    /// The message whose component was used.
    source: Option<String>,
    /// The message that answers, known by the name `@original`.
    original: Option<String>,
    state: State,
    since: Instant,
}

impl World {
    /// A person starts an interaction; the bot hears of it. Gives the interaction's id.
    pub(super) fn interact(
        &mut self,
        kind: u64,
        (member, place): (Member, Place),
        data: Value,
        source: Option<&str>,
    ) -> String {
        let id = self.id();
        let token = format!("token-of-{id}");
        let mut event = place.of_interaction(member);
        merge(
            &mut event,
            json!({ "id": id, "application_id": APPLICATION, "type": kind, "token": token, "data": data }),
        );
        if let Some(message) = source.and_then(|id| self.message(id)) {
            event["message"] = message.clone();
        }
        if self.spare {
            leave_out(&mut event);
        }
        self.interactions.push(Interaction {
            id: id.clone(),
            token,
            kind,
            member,
            place,
            source: source.map(str::to_owned),
            original: None,
            state: State::Waiting,
            since: Instant::now(),
        });
        self.dispatch("INTERACTION_CREATE", event);
        id
    }

    /// The bot's first answer to an interaction.
    pub(super) fn callback(&mut self, id: &str, token: &str, draft: &Draft, with_response: bool) -> Answer {
        let known = |interaction: &Interaction| interaction.id == id && interaction.token == token;
        let place = self.interactions.iter().position(known).ok_or(UNKNOWN_INTERACTION)?;
        let interaction = self.interactions[place].clone();
        if interaction.state != State::Waiting {
            return Err(ALREADY_ACKNOWLEDGED);
        }
        if interaction.since.elapsed() > DEADLINE {
            self.failures.push(format!("an interaction was answered after {:?}", interaction.since.elapsed()));
            return Err(UNKNOWN_INTERACTION);
        }
        let inner = Draft { body: draft.body["data"].clone(), files: draft.files.clone() };
        let (state, original) = self.first_answer(&interaction, draft.body["type"].as_u64(), &inner)?;
        let answered = &mut self.interactions[place];
        answered.state = state;
        answered.original = original;
        Ok(with_response.then(|| self.callback_response(id, &draft.body["type"])))
    }

    /// What a callback of this type does. Gives how things stand after it, and the message it is about.
    fn first_answer(
        &mut self,
        interaction: &Interaction,
        callback: Option<u64>,
        draft: &Draft,
    ) -> Result<(State, Option<String>), Refusal> {
        let source = interaction.source.clone();
        Ok(match (callback, interaction.kind) {
            (Some(4), COMMAND | COMPONENT | MODAL_SUBMIT) => {
                (State::Answered, Some(self.reply(interaction, Kind::Reply, draft)))
            }
            (Some(5), COMMAND | COMPONENT | MODAL_SUBMIT) => {
                (State::Deferred(Kind::Reply), Some(self.thinking(interaction, draft)))
            }
            (Some(6), COMPONENT | MODAL_SUBMIT) if source.is_some() => (State::Deferred(Kind::Update), source),
            (Some(7), COMPONENT | MODAL_SUBMIT) => {
                let id = source.ok_or(INVALID_FORM_BODY)?;
                self.update(interaction, Kind::Update, &id, draft)?;
                (State::Answered, Some(id))
            }
            (Some(8), AUTOCOMPLETE) => (State::Answered, self.show(interaction, Kind::Autocomplete, draft)),
            (Some(9), COMMAND | COMPONENT) => (State::Answered, self.show(interaction, Kind::Modal, draft)),
            _ => return Err(INVALID_FORM_BODY),
        })
    }

    /// The answer is a message of its own. Gives its id.
    fn reply(&mut self, interaction: &Interaction, kind: Kind, draft: &Draft) -> String {
        let message = self.interaction_message(interaction, draft);
        self.note(interaction, Sent::new(kind, &draft.body, &message));
        message["id"].as_str().expect("a message has an id").to_owned()
    }

    /// The bot asks for time, and Discord shows that it is thinking. Gives the id of the message to come.
    fn thinking(&mut self, interaction: &Interaction, draft: &Draft) -> String {
        let flags = draft.body["flags"].as_u64().unwrap_or(0) & EPHEMERAL | LOADING;
        let empty = Draft { body: json!({ "flags": flags }), files: Vec::new() };
        let message = self.interaction_message(interaction, &empty);
        message["id"].as_str().expect("a message has an id").to_owned()
    }

    fn interaction_message(&mut self, interaction: &Interaction, draft: &Draft) -> Value {
        let Interaction { id, kind, member, place, source, .. } = interaction.clone();
        self.bot_message(place, draft, |message| {
            message["application_id"] = json!(APPLICATION);
            message["webhook_id"] = json!(APPLICATION);
            message["interaction_metadata"] = json!({
                "id": id, "type": kind, "user": member.user(), "authorizing_integration_owners": {},
            });
            if let Some(source) = source {
                message["interaction_metadata"]["interacted_message_id"] = json!(source);
            }
        })
    }

    /// The answer changes a message.
    fn update(&mut self, interaction: &Interaction, kind: Kind, id: &str, draft: &Draft) -> Answer {
        self.message(id).ok_or(UNKNOWN_MESSAGE)?;
        let message = self.change_message(id, draft);
        self.note(interaction, Sent::new(kind, &draft.body, &message));
        Ok(Some(message))
    }

    /// The answer is nothing that stays.
    fn show(&mut self, interaction: &Interaction, kind: Kind, draft: &Draft) -> Option<String> {
        self.note(interaction, Sent::new(kind, &draft.body, &draft.body));
        None
    }

    fn note(&mut self, interaction: &Interaction, sent: Sent) {
        let deferred = matches!(interaction.state, State::Deferred(_));
        let channel = interaction.place.id().to_owned();
        self.unread.push(Sent { interaction: Some(interaction.id.clone()), deferred, channel, ..sent });
    }

    fn callback_response(&self, id: &str, callback: &Value) -> Value {
        let interaction = self.interactions.iter().find(|known| known.id == id).expect("it was answered just now");
        let message = interaction.original.as_deref().and_then(|id| self.message(id));
        let mut response = json!({
            "interaction": { "id": id, "type": interaction.kind, "response_message_id": interaction.original },
            "resource": { "type": callback },
        });
        if let Some(message) = message {
            response["resource"]["message"] = message.clone();
        }
        response
    }

    /// A further message to an interaction.
    pub(super) fn follow_up(&mut self, token: &str, draft: &Draft) -> Answer {
        let interaction = self.answered(token)?;
        // The first one after a deferral takes its place.
        if interaction.state == State::Deferred(Kind::Reply) {
            return self.edit_response(token, "@original", draft);
        }
        let id = self.reply(&interaction, Kind::FollowUp, draft);
        Ok(self.message(&id).cloned())
    }

    pub(super) fn get_response(&self, token: &str, message: &str) -> Answer {
        let id = self.response_id(token, message)?;
        Ok(Some(self.message(&id).ok_or(UNKNOWN_MESSAGE)?.clone()))
    }

    /// Changes an answer; after a deferral this brings it.
    pub(super) fn edit_response(&mut self, token: &str, message: &str, draft: &Draft) -> Answer {
        let id = self.response_id(token, message)?;
        let interaction = self.answered(token)?;
        let State::Deferred(kind) = interaction.state else {
            return self.update(&interaction, Kind::Edit, &id, draft);
        };
        self.settle(token, &id);
        self.update(&interaction, kind, &id, draft)
    }

    pub(super) fn delete_response(&mut self, token: &str, message: &str) -> Answer {
        let id = self.response_id(token, message)?;
        self.message(&id).ok_or(UNKNOWN_MESSAGE)?;
        self.remove(&id);
        Ok(None)
    }

    /// The deferred answer is here: the bot is not thinking any more.
    fn settle(&mut self, token: &str, id: &str) {
        for interaction in self.interactions.iter_mut().filter(|interaction| interaction.token == token) {
            interaction.state = State::Answered;
        }
        for message in self.messages.iter_mut().filter(|message| message["id"] == id) {
            let ephemeral = if is_ephemeral(message) { EPHEMERAL } else { 0 };
            message["flags"] = json!(ephemeral);
        }
    }

    /// The interaction of a token, once it has been answered or deferred: before that the token opens nothing.
    fn answered(&self, token: &str) -> Result<Interaction, Refusal> {
        let known = self.interactions.iter().find(|interaction| interaction.token == token);
        known.filter(|interaction| interaction.state != State::Waiting).cloned().ok_or(UNKNOWN_WEBHOOK)
    }

    fn response_id(&self, token: &str, message: &str) -> Result<String, Refusal> {
        let interaction = self.answered(token)?;
        match message {
            "@original" => interaction.original.ok_or(UNKNOWN_MESSAGE),
            id => Ok(id.to_owned()),
        }
    }
}

/// Leaves out what bots can do without, and writes the texts of a form as Discord has come to write them.
fn leave_out(event: &mut Value) {
    let fields = event.as_object_mut().expect("an event is an object");
    for needless in ["version", "locale", "entitlements", "attachment_size_limit", "authorizing_integration_owners"] {
        fields.remove(needless);
    }
    let channel = fields.remove("channel_id");
    fields.insert("channel".to_owned(), json!({ "id": channel, "type": "of a new kind" }));
    for row in event["data"]["components"].as_array_mut().into_iter().flatten() {
        *row = json!({ "type": 18, "id": 1, "component": row["components"][0] });
    }
}
