//! From what serenity delivers to a request of our own, which leaves out who asks, and where.

use serde_json::{Value, json};
use serenity::all::{
    ActionRowComponent, ButtonKind, ChannelId, CommandDataOption, CommandDataOptionValue, CommandInteraction,
    CommandType, ComponentInteraction, ComponentInteractionDataKind, Interaction, InteractionContext, InteractionId,
    Member, Message, MessageFlags, MessageId, MessageType, MessageUpdateEvent, ModalInteraction, Timestamp, UserId,
};

use super::Scene;
use crate::discord::moderation::AND;
use crate::discord::request::{Audience, Filled, Request, Surface};
use crate::knowledge::LOCALES;
use crate::render::discord::{Control, Shown};

/// Discord's numbers: an interaction of somebody who types, and parts of a form.
const AUTOCOMPLETE: u8 = 4;
const ROW: u8 = 1;
const LABEL: u8 = 18;

/// What a message asks of the bot, if anything.
pub(super) fn message(message: &Message, me: UserId) -> Option<Request> {
    if !is_said(message) {
        return None;
    }
    let mentions = [format!("<@{me}>"), format!("<@!{me}>")];
    let surface = surface(message, me, &mentions)?;
    let text = mentions.iter().fold(message.content.clone(), |text, mention| text.replace(mention, " "));
    let answered = answered(message, me).map(|answered| answered.content.clone());
    Some(Request::Message { surface, text: text.trim().to_owned(), answered })
}

/// What somebody says to others in a channel where the bot reads all messages.
pub(super) fn overheard(message: &Message) -> Option<Request> {
    let text = message.content.clone();
    // People and roles alike.
    let to_others = text.contains("<@") || !message.mentions.is_empty() || message.referenced_message.is_some();
    (is_said(message) && !text.is_empty()).then_some(Request::Overheard { text, to_others })
}

/// Whether it is a person who says something.
fn is_said(message: &Message) -> bool {
    let said = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    said && !message.author.bot && message.webhook_id.is_none()
}

/// The message of the bot's to which a message replies.
fn answered(message: &Message, me: UserId) -> Option<&Message> {
    message.referenced_message.as_deref().filter(|answered| answered.author.id == me)
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
    // Discord withholds the words of some replies, and nothing can be said to nothing.
    (answered(message, me).is_some() && !message.content.is_empty()).then_some(Surface::Reply)
}

/// What somebody wants who uses a command or a component.
pub(super) fn interaction(interaction: Interaction) -> Request {
    match interaction {
        Interaction::Command(command) => used(command),
        Interaction::Autocomplete(command) => typing(&command),
        Interaction::Component(component) => pressed(component),
        Interaction::Modal(form) => filled_in(form),
        _ => Request::Unreadable,
    }
}

/// Where somebody uses a command, a component or a form, and who.
pub(super) fn scene(interaction: &Interaction) -> Scene {
    let (server, user, place) = match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => {
            (command.guild_id, &command.user, command.context)
        }
        Interaction::Component(component) => (component.guild_id, &component.user, component.context),
        // A form says nothing of its place, and nobody who is alone with the bot is offered one.
        Interaction::Modal(form) => (form.guild_id, &form.user, None),
        _ => return Scene::default(),
    };
    let permissions = member(interaction).and_then(|member| member.permissions);
    let asked_about = interaction.as_command().and_then(|command| command.data.target_id);
    Scene {
        server,
        asker: Some(user.id),
        target: asked_about.map(|target| target.get().into()).or_else(|| source(interaction)),
        alone: place == Some(InteractionContext::BotDm),
        language: language(interaction),
        manages: permissions.is_some_and(|permissions| permissions.manage_guild() || permissions.administrator()),
    }
}

/// The language that somebody has set their Discord to.
fn language(interaction: &Interaction) -> Option<&'static str> {
    let locale = match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => &command.locale,
        Interaction::Component(component) => &component.locale,
        Interaction::Modal(form) => &form.locale,
        _ => return None,
    };
    LOCALES.into_iter().find(|known| known == locale)
}

/// Who uses it, as a member of the server, with permissions and roles.
pub(super) fn member(interaction: &Interaction) -> Option<&Member> {
    match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => command.member.as_deref(),
        Interaction::Component(component) => component.member.as_ref(),
        Interaction::Modal(form) => form.member.as_ref(),
        _ => None,
    }
}

/// The channel in which an interaction takes place.
pub(super) fn channel(interaction: &Interaction) -> Option<ChannelId> {
    match interaction {
        Interaction::Command(command) => Some(command.channel_id),
        Interaction::Component(component) => Some(component.channel_id),
        Interaction::Modal(form) => Some(form.channel_id),
        _ => None,
    }
}

/// The message whose component was used.
pub(super) fn source(interaction: &Interaction) -> Option<MessageId> {
    interaction.as_message_component().map(|component| component.message.id)
}

/// The messages of the answer on which a component stands: this one, and those that the button to remove it names.
pub(super) fn shown(interaction: &Interaction) -> Vec<MessageId> {
    let Some(component) = interaction.as_message_component() else { return Vec::new() };
    let others = match Control::parse(&component.data.custom_id) {
        // Nobody but Discord says what stands on a message.
        Some(Control::Remove(_, others)) if stands_on(&component.message, &component.data.custom_id) => others,
        _ => Vec::new(),
    };
    std::iter::once(component.message.id).chain(others.into_iter().map(MessageId::from)).collect()
}

/// Whether a message has this button.
fn stands_on(message: &Message, custom_id: &str) -> bool {
    let mut components = message.components.iter().flat_map(|row| &row.components);
    components.any(|component| match component {
        ActionRowComponent::Button(button) => {
            matches!(&button.data, ButtonKind::NonLink { custom_id: known, .. } if known == custom_id)
        }
        _ => false,
    })
}

/// A message as it stands after an edit. Discord speaks of a change for other reasons too, such as a link that unfolds.
pub(super) fn edited(event: &MessageUpdateEvent) -> Option<(Message, Timestamp)> {
    event.author.as_ref()?;
    let mut message = Message::default();
    event.apply_to_message(&mut message);
    Some((message, event.edited_timestamp?))
}

fn used(command: CommandInteraction) -> Request {
    if command.data.kind == CommandType::Message {
        let mut messages = command.data.resolved.messages.into_values();
        let message = messages.next().unwrap_or_default();
        let attached = attached(&message);
        return Request::Menu { name: command.data.name, message: message.content, attached };
    }
    let options = command.data.options.into_iter().filter_map(filled).collect();
    Request::Command { name: command.data.name, options }
}

/// The words that stand below those of a message: of messages that are passed on with it, and of previews and cards.
fn attached(message: &Message) -> String {
    let passed_on = message.message_snapshots.iter().map(|passed_on| passed_on.content.clone());
    let embeds = message.message_snapshots.iter().flat_map(|passed_on| &passed_on.embeds).chain(&message.embeds);
    let embeds = embeds.flat_map(|embed| {
        let fields = embed.fields.iter().flat_map(|field| [Some(field.name.clone()), Some(field.value.clone())]);
        [embed.title.clone(), embed.description.clone()].into_iter().chain(fields).flatten()
    });
    passed_on.chain(embeds).collect::<Vec<_>>().join("\n\n")
}

fn filled(option: CommandDataOption) -> Option<(String, Filled)> {
    let filled = match option.value {
        CommandDataOptionValue::String(text) => Filled::Text(text),
        CommandDataOptionValue::Integer(number) => Filled::Number(number),
        CommandDataOptionValue::Boolean(on) => Filled::Switch(on),
        _ => return None,
    };
    Some((option.name, filled))
}

fn typing(command: &CommandInteraction) -> Request {
    let focused = command.data.autocomplete();
    let (option, typed) = focused.map(|option| (option.name, option.value)).unwrap_or_default();
    Request::Typing { command: command.data.name.clone(), option: option.to_owned(), typed: typed.to_owned() }
}

fn pressed(component: ComponentInteraction) -> Request {
    let control = Control::parse(&component.data.custom_id);
    let chosen = match component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.into_iter().next(),
        ComponentInteractionDataKind::RoleSelect { values } => Some(numbers(values)),
        ComponentInteractionDataKind::ChannelSelect { values } => Some(numbers(values)),
        _ => needed(control.as_ref(), &component.message),
    };
    if let Some(Control::Remove(asker, _)) = control {
        let moderates = component.member.as_ref().and_then(|member| member.permissions);
        let allowed = asker == Some(component.user.id.get())
            || moderates.is_some_and(|permissions| permissions.manage_messages() || permissions.administrator());
        return Request::Removal { allowed };
    }
    let private = component.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    let audience = if private { Audience::Asker } else { Audience::Channel };
    Request::Component { custom_id: component.data.custom_id, chosen, audience }
}

/// The numbers of what was picked, in one text.
fn numbers(picked: Vec<impl Into<u64>>) -> String {
    let picked: Vec<String> = picked.into_iter().map(|id| id.into().to_string()).collect();
    picked.join(&AND.to_string())
}

/// The words that a button needs of the message on which it stands: those it shows to others, or the question.
fn needed(control: Option<&Control>, message: &Message) -> Option<String> {
    match control? {
        Control::Show(Shown::Itself) | Control::Post(_, Shown::Itself) => Some(message.content.clone()),
        Control::Send => asked(message),
        _ => None,
    }
}

/// The question to which a message of the bot's replies, without the mention.
fn asked(message: &Message) -> Option<String> {
    let question = message.referenced_message.as_deref().filter(|question| !question.author.bot)?;
    let me = message.author.id;
    Some(question.content.replace(&format!("<@{me}>"), " ").replace(&format!("<@!{me}>"), " ").trim().to_owned())
}

fn filled_in(form: ModalInteraction) -> Request {
    let parts = form.data.components.into_iter().flat_map(|row| row.components);
    let texts = parts.filter_map(|part| match part {
        ActionRowComponent::InputText(text) => Some((text.custom_id, text.value.unwrap_or_default())),
        _ => None,
    });
    Request::Form { custom_id: form.data.custom_id, fields: texts.collect() }
}

/// An interaction that serenity can't read, without what it insists on and nobody here needs, where that helps.
pub(super) fn mended(interaction: &Value) -> Option<Interaction> {
    let mut bare = interaction.clone();
    let fields = bare.as_object_mut()?;
    let channel = fields.remove("channel").unwrap_or_default();
    fields.entry("channel_id").or_insert_with(|| channel["id"].clone());
    fields.entry("locale").or_insert_with(|| json!(""));
    fields.remove("authorizing_integration_owners");
    for (needless, value) in [("version", json!(1)), ("attachment_size_limit", json!(0)), ("entitlements", json!([]))] {
        fields.insert(needless.to_owned(), value);
    }
    // A text in a label is a text in a row.
    for part in bare.pointer_mut("/data/components").and_then(Value::as_array_mut).into_iter().flatten() {
        if part["type"] == LABEL {
            *part = json!({ "type": ROW, "components": [part["component"].take()] });
        }
    }
    serde_json::from_value(bare).ok()
}

/// The id and token of an interaction of which nothing else may be readable, and what it is taken for: to whoever types,
/// nothing can be answered but suggestions.
pub(super) fn unreadable(interaction: &Value) -> Option<(InteractionId, String, Request)> {
    let id: u64 = interaction["id"].as_str()?.parse().ok().filter(|id| *id != 0)?;
    let token = interaction["token"].as_str()?.to_owned();
    let nothing = || Request::Typing { command: String::new(), option: String::new(), typed: String::new() };
    let request = if interaction["type"] == AUTOCOMPLETE { nothing() } else { Request::Unreadable };
    Some((InteractionId::new(id), token, request))
}
