//! What moderators set for their server, and the questions that patients send them.

use super::place::Place;
use super::request::Options;
use super::respond::{Action, Forward, Response, blank, notice, replied, stale};
use crate::guide::Guide;
use crate::knowledge::{Numbers, Say};
use crate::render::discord::{
    self, Button, Control, Few, Field, Form, Length, Line, Message, Picked, Picker, Row, Setting, Text,
};
use crate::store::{Audience, Server, Snowflake};

/// The fields of the form for the numbers to call.
const EMERGENCY: &str = "emergency";
const CRISIS: &str = "crisis";

/// They stand within a sentence.
const LONGEST_NUMBER: u16 = 80;

/// The fields of the form with which a question is sent.
const QUESTION: &str = "question";
const NAME: &str = "name";

/// A question that moderators can take in, and that fits into one message of theirs.
const LONGEST_QUESTION: u16 = 1_000;
const LONGEST_YES: u16 = 10;

/// Stands for the name of the one who asks, whom nobody knows here.
pub(super) const ASKER: &str = "{asker}";

/// Stands between the numbers of what was picked.
pub(super) const AND: char = ',';

/// The settings of the server, to whoever may see them.
pub(super) fn settings(guide: &Guide, place: &Place) -> Response {
    match place.managed() {
        Some(server) => Response { action: Action::Say(vec![panel(guide, place, server)]), ..blank("settings") },
        // A message does not say what its writer may do, and a button does.
        None if place.server.is_some() => {
            Response { action: Action::Say(vec![discord::behind_a_button(&guide.knowledge().guide)]), ..refused(guide) }
        }
        None => refused(guide),
    }
}

/// What a button or a menu of the settings does.
pub(super) fn changed(guide: &Guide, place: &Place, setting: Setting, chosen: Option<&str>) -> Response {
    let Some(server) = place.managed() else { return refused(guide) };
    let picked = || chosen.unwrap_or_default().split(AND).filter_map(|number| number.parse::<Snowflake>().ok());
    let mut server = server.clone();
    match setting {
        Setting::ModeratorsChannel => server.moderators_channel = picked().next(),
        Setting::ModeratorsRole => server.moderators_role = picked().next(),
        Setting::UnaskedChannels => server.unasked_channels = picked().collect(),
        Setting::Answers => {
            server.answers = match server.answers {
                Audience::Private => Audience::Public,
                Audience::Public => Audience::Private,
            };
        }
        Setting::Numbers => return Response { action: Action::Ask(form(guide, &server)), ..blank("form") },
        Setting::Forget => server = Server::default(),
        Setting::Panel => return settings(guide, place),
    }
    let panel = panel(guide, place, &server);
    Response { action: Action::Replace(panel), keep: Some(server), ..blank("settings") }
}

/// What the form for the numbers to call does.
pub(super) fn numbers(guide: &Guide, place: &Place, fields: &Options) -> Response {
    let Some(server) = place.managed() else { return refused(guide) };
    let written = |name| Some(fields.text(name)?.trim().to_owned()).filter(|text| !text.is_empty());
    let (emergency_number, crisis_line) = (written(EMERGENCY), written(CRISIS));
    if [&emergency_number, &crisis_line].into_iter().flatten().any(|number| !is_number(number)) {
        return notice(guide, "", &guide.knowledge().guide.say.settings_no_number, "not-a-number");
    }
    let server = Server { emergency_number, crisis_line, ..server.clone() };
    let panel = panel(guide, place, &server);
    Response { action: Action::Say(vec![panel]), keep: Some(server), ..blank("settings") }
}

/// Discord holds nobody to what a form allows.
fn is_number(text: &str) -> bool {
    let fits = text.chars().count() <= LONGEST_NUMBER.into() && !text.contains(['\n', '\r']);
    fits && Numbers::mistake(text).is_none()
}

fn refused(guide: &Guide) -> Response {
    notice(guide, "", &guide.knowledge().guide.say.settings_refused, "refused")
}

fn panel(guide: &Guide, place: &Place, server: &Server) -> Message {
    let file = &guide.knowledge().guide;
    let say = &file.say;
    let lead =
        if place.is_failing { format!("{}\n{}", say.settings, say.settings_failing) } else { say.settings.clone() };
    discord::panel(file, &lead, &lines(guide, place, server), rows(place, server, say))
}

/// What holds, setting by setting.
fn lines<'g>(guide: &'g Guide, place: &Place, server: &Server) -> Vec<Line<'g>> {
    let say = &guide.knowledge().guide.say;
    let line = |label: &'g String, value: Option<String>| Line {
        label,
        value: value.unwrap_or_else(|| say.settings_none.clone()),
    };
    let numbers = server.numbers().or(guide.numbers());
    let channels: Vec<String> = server.unasked_channels.iter().map(|id| format!("<#{id}>")).collect();
    let unasked = if place.reads_channels { channels.join(", ") } else { say.settings_deaf.clone() };
    vec![
        line(&say.settings_channel, server.moderators_channel.map(|id| format!("<#{id}>"))),
        line(&say.settings_role, server.moderators_role.map(|id| format!("<@&{id}>"))),
        line(&say.settings_unasked, Some(unasked).filter(|unasked| !unasked.is_empty())),
        line(&say.settings_emergency, numbers.emergency_number),
        line(&say.settings_crisis, numbers.crisis_line),
        line(&say.settings_answers, Some(answers(server.answers, say).clone())),
    ]
}

fn answers(audience: Audience, say: &Say) -> &String {
    match audience {
        Audience::Private => &say.settings_private,
        Audience::Public => &say.settings_public,
    }
}

/// What changes the settings.
fn rows(place: &Place, server: &Server, say: &Say) -> Few<Row, 5> {
    let picker = |setting, of, prompt: &str, most, chosen: Few<u64, 25>| {
        Row::Picker(Picker { control: Control::Set(setting), prompt: Text::cut(prompt), of, most, chosen })
    };
    let one = |id: Option<Snowflake>| id.into_iter().map(Snowflake::get).collect();
    let unasked = server.unasked_channels.iter().map(|id| id.get()).collect();
    let other = match server.answers {
        Audience::Private => Audience::Public,
        Audience::Public => Audience::Private,
    };
    let buttons = [
        (&say.settings_numbers, Setting::Numbers),
        (&format!("{}: {}", say.settings_answers, answers(other, say)), Setting::Answers),
        (&say.settings_forget, Setting::Forget),
    ];
    let buttons =
        buttons.into_iter().map(|(label, setting)| Button { label: Text::cut(label), control: Control::Set(setting) });
    let channel =
        picker(Setting::ModeratorsChannel, Picked::Channels, &say.settings_channel, 1, one(server.moderators_channel));
    let role = picker(Setting::ModeratorsRole, Picked::Roles, &say.settings_role, 1, one(server.moderators_role));
    let unasked = picker(Setting::UnaskedChannels, Picked::Channels, &say.settings_unasked, 25, unasked);
    let unasked = place.reads_channels.then_some(unasked);
    [channel, role].into_iter().chain(unasked).chain([Row::Buttons(buttons.collect())]).collect()
}

fn form(guide: &Guide, server: &Server) -> Form {
    let say = &guide.knowledge().guide.say;
    let field = |name, label: &str, value: &Option<String>| Field {
        name,
        label: Text::cut(label),
        // An operator may have written more by hand, and Discord takes no more than it lets people write.
        value: Text::cut(Text::<{ LONGEST_NUMBER as usize }>::cut(value.as_deref().unwrap_or_default()).as_str()),
        length: Length::Line(LONGEST_NUMBER),
        required: false,
    };
    let fields = [
        field(EMERGENCY, &say.settings_emergency, &server.emergency_number),
        field(CRISIS, &say.settings_crisis, &server.crisis_line),
    ];
    let control = Control::Set(Setting::Numbers);
    Form { control, title: Text::cut(&say.settings_numbers), fields: fields.into_iter().collect() }
}

/// The form with which a question is sent to the moderators, with the words of the question where they are at hand.
pub(super) fn sending(guide: &Guide, place: &Place, question: Option<&str>) -> Response {
    if !place.has_moderators() {
        return stale(guide);
    }
    let say = &guide.knowledge().guide.say;
    let asked = Text::<{ LONGEST_QUESTION as usize }>::cut(question.unwrap_or_default().trim());
    let question = Field {
        name: QUESTION,
        label: Text::cut(&say.send_question),
        value: Text::cut(asked.as_str()),
        length: Length::Paragraph(LONGEST_QUESTION),
        required: true,
    };
    let name = Field {
        name: NAME,
        label: Text::cut(&say.send_name),
        value: Text::default(),
        length: Length::Line(LONGEST_YES),
        required: false,
    };
    let fields = [question, name].into_iter().collect();
    let form = Form { control: Control::Send, title: Text::cut(&say.send_title), fields };
    Response { action: Action::Ask(form), ..blank("form") }
}

/// What was filled in goes to the moderators; and whoever is in danger is warned besides.
pub(super) fn sent(guide: &Guide, place: &Place, fields: &Options) -> Response {
    let say = &guide.knowledge().guide.say;
    let question = fields.text(QUESTION).unwrap_or_default().trim();
    let reply = guide.answer(question);
    let channel = place.server.as_ref().and_then(|server| server.moderators_channel);
    let Some(channel) = channel.filter(|_| !question.is_empty()) else {
        let nothing_to_send = question.is_empty() || reply.warning.is_some();
        return if nothing_to_send { replied(guide, &reply) } else { notice(guide, "", &say.not_sent, "not-sent") };
    };
    let named = fields.text(NAME).is_some_and(|name| name.trim().eq_ignore_ascii_case(&say.send_yes));
    let quoted = Text::<{ LONGEST_QUESTION as usize }>::cut(question);
    let quoted: Vec<String> = quoted.as_str().lines().map(|line| format!("> {line}")).collect();
    let by = if named { format!("{} {ASKER}", say.sent_named) } else { say.sent_unnamed.clone() };
    let messages =
        discord::notice(&guide.knowledge().guide, &say.sent_title, &format!("{}\n\n{by}", quoted.join("\n")));
    let messages = messages.into_iter().map(|message| message.with_controls(|_| None)).collect();
    let (done, failed) = (said(guide, &say.sent), said(guide, &say.not_sent));
    let warning = reply.warning.is_some().then(|| replied(guide, &reply));
    let (done, failed) = match warning.as_ref().map(|warning| &warning.action) {
        Some(Action::Say(warning)) => (warning.clone(), warning.clone()),
        _ => (done, failed),
    };
    let forward = Forward { channel, messages, named, done, failed };
    Response { action: Action::Forward(forward), urgent: warning.is_some(), ..blank("sent") }
}

fn said(guide: &Guide, text: &str) -> Vec<Message> {
    discord::notice(&guide.knowledge().guide, "", text)
}
