//! Whatever people can type, choose and press, and whatever else can be sent: Discord takes what the bot makes of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use exoguide::answer::Depth;
use exoguide::discord::commands::registration;
use exoguide::discord::request::{Audience, Filled, Options, Surface};
use exoguide::discord::respond::{Action, Response, respond_at};
use exoguide::discord::{Place, Request};
use exoguide::guide::Guide;
use exoguide::knowledge::{SourceFile, load_files};
use exoguide::render::discord::{self, Message};
use exoguide::store::{Server, Snowflake};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::GUIDE;
use super::limits::found;

/// Texts of all kinds, for all that takes a text.
const TEXTS: [&str; 9] = [
    "how much does it cost and is it approved?",
    "my throat is closing up. and how much does it cost?",
    "violins, pianos, trumpets",
    "We GUARANTEE results! FDA-approved, only $99, 100% safe, clinically proven. @everyone <@1> https://example.org",
    "topic:costs",
    "topic:never-was",
    " ",
    "\u{0}\u{202e}```\n# **_~~||<@&1>||~~_**",
    "сколько стоит лечение?",
];

/// A server with everything set, and nothing but a person.
fn places() -> [Place; 2] {
    let one = Snowflake::new(1);
    let server = Server {
        moderators_channel: one,
        moderators_role: one,
        emergency_number: Some("112".to_owned()),
        crisis_line: Some("116 123".to_owned()),
        unasked_channels: one.into_iter().collect(),
        ..Server::default()
    };
    let server = Place {
        server: Some(Arc::new(server)),
        manages: true,
        reads_channels: true,
        language: Some("pt-BR"),
        ..Place::default()
    };
    [Place::default(), server]
}

/// What Discord would say of a response.
fn problems(response: &Response) -> Vec<String> {
    let callback = |kind: u64, data: Value| {
        found("POST", "/api/v10/interactions/1/token/callback", json!({ "type": kind, "data": data }))
    };
    let said = |kind: u64, messages: &[Message]| -> Vec<String> {
        messages.iter().flat_map(|message| callback(kind, payload(message))).collect()
    };
    let in_channel = |messages: &[Message]| -> Vec<String> {
        messages.iter().flat_map(|message| found("POST", "/api/v10/channels/1/messages", payload(message))).collect()
    };
    match &response.action {
        Action::Say(messages) | Action::Post(messages) => [said(4, messages), in_channel(messages)].concat(),
        Action::Replace(message) => said(7, std::slice::from_ref(message)),
        Action::Reply { messages, instead, .. } => {
            [in_channel(messages), said(7, std::slice::from_ref(instead))].concat()
        }
        Action::Forward(forward) => {
            [in_channel(&forward.messages), said(4, &forward.done), said(4, &forward.failed)].concat()
        }
        Action::Suggest(choices) => callback(8, json!({ "choices": choices })),
        Action::Ask(form) => callback(9, form.payload()),
    }
}

/// A message as it goes out to others.
fn payload(message: &Message) -> Value {
    let mut payload = message.payload();
    payload["allowed_mentions"] = json!({ "parse": [] });
    payload
}

/// What is said with a response, or would be.
fn messages(response: &Response) -> Vec<Message> {
    match &response.action {
        Action::Say(messages) | Action::Post(messages) => messages.clone(),
        Action::Replace(message) => vec![message.clone()],
        Action::Reply { messages, instead, .. } => [messages.as_slice(), std::slice::from_ref(instead)].concat(),
        Action::Forward(forward) => [forward.done.clone(), forward.failed.clone()].concat(),
        Action::Suggest(_) | Action::Ask(_) => Vec::new(),
    }
}

/// The response to a request, which Discord must take.
fn answer(place: &Place, request: &Request, what: &str) -> Response {
    let response = respond_at(&GUIDE, place, request);
    assert_eq!(problems(&response), Vec::<String>::new(), "{what}");
    let said = !messages(&response).is_empty() || matches!(response.action, Action::Suggest(_) | Action::Ask(_));
    assert!(said, "nothing is said to {what}");
    response
}

/// All that can be filled in for an option, and more.
fn values(option: &Value) -> Vec<Filled> {
    match option["type"].as_u64() {
        Some(4) => {
            let ends = ["min_value", "max_value"].map(|end| option[end].as_i64().unwrap_or_default());
            [ends[0], ends[1], 0, -1, i64::MIN, i64::MAX].map(Filled::Number).to_vec()
        }
        Some(5) => vec![Filled::Switch(true), Filled::Switch(false)],
        _ => {
            let choices = option["choices"].as_array().into_iter().flatten();
            let choices = choices.filter_map(|choice| choice["value"].as_str()).map(str::to_owned);
            let long = "how much does it cost in a long story ".repeat(160)[..6_000].to_owned();
            choices.chain(TEXTS.map(str::to_owned)).chain([long]).map(Filled::Text).collect()
        }
    }
}

/// Each command with nothing, with each option alone, and with each pair of them; and what is suggested meanwhile.
fn uses() -> Vec<(String, Request)> {
    let commands = registration(&GUIDE);
    let mut uses = Vec::new();
    for command in commands.as_array().unwrap() {
        let name = command["name"].as_str().unwrap().to_owned();
        if command["type"] == 3 {
            for text in TEXTS {
                let request =
                    Request::Menu { name: name.clone(), message: text.to_owned(), attached: TEXTS[3].to_owned() };
                uses.push((format!("{name} on {text}"), request));
            }
            continue;
        }
        let options: Vec<(String, Filled)> = command["options"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|option| {
                let name = option["name"].as_str().unwrap().to_owned();
                values(option).into_iter().map(move |value| (name.clone(), value))
            })
            .collect();
        let mut use_with = |filled: &[&(String, Filled)]| {
            let options: Options = filled.iter().map(|(option, value)| (option.clone(), value.clone())).collect();
            uses.push((format!("{name} {filled:?}"), Request::Command { name: name.clone(), options }));
        };
        use_with(&[]);
        for (at, one) in options.iter().enumerate() {
            use_with(&[one]);
            options[at..].iter().filter(|other| other.0 != one.0).for_each(|other| use_with(&[one, other]));
        }
        for (option, value) in &options {
            let Filled::Text(typed) = value else { continue };
            let typing = Request::Typing { command: name.clone(), option: option.clone(), typed: typed.clone() };
            uses.push((format!("{name} while {typed} is typed"), typing));
        }
    }
    uses
}

/// What a message offers: each `custom_id`, with what is chosen there or what the message says.
fn offers(message: &Message) -> Vec<(String, String)> {
    let payload = message.payload();
    let rows = payload["components"].as_array().cloned().unwrap_or_default();
    let all = rows.iter().flat_map(|row| row["components"].as_array().cloned().unwrap_or_default());
    all.flat_map(|component| {
        let custom_id = component["custom_id"].as_str().unwrap().to_owned();
        let options = component["options"].as_array().into_iter().flatten();
        let chosen: Vec<String> = options.map(|option| option["value"].as_str().unwrap().to_owned()).collect();
        let chosen = if chosen.is_empty() { vec![message.content.to_string()] } else { chosen };
        chosen.into_iter().map(move |chosen| (custom_id.clone(), chosen))
    })
    .collect()
}

/// From every command and every topic, over every button and menu, to wherever they lead.
#[test]
fn all_that_can_be_reached_is_taken_by_discord() {
    let topics = GUIDE.knowledge().topics.iter().map(|topic| {
        let options = [("question".to_owned(), format!("topic:{}", topic.id))].into_iter().collect();
        (format!("ask {}", topic.id), Request::Command { name: "ask".to_owned(), options })
    });
    let mentions = TEXTS.into_iter().chain(["settings", "privacy", "checklist", "timeline", "guide"]).map(|text| {
        let request = Request::Message { surface: Surface::Mention, text: text.to_owned(), answered: None };
        (format!("a mention of {text}"), request)
    });
    let mut requests: Vec<(String, Request)> = uses().into_iter().chain(topics).chain(mentions).collect();
    let mut seen = BTreeSet::new();
    let mut pressed = 0;
    while let Some((what, request)) = requests.pop() {
        for place in places() {
            let response = answer(&place, &request, &what);
            assert!(pressed == 0 || response.outcome != "stale" || place.server.is_none(), "{what} is stale");
            let forms = match &response.action {
                Action::Ask(form) => Some(form.payload()),
                _ => None,
            };
            for form in forms.into_iter().filter(|form| seen.insert((form.to_string(), String::new()))) {
                for text in TEXTS {
                    let fields =
                        form["components"].as_array().unwrap().iter().map(|row| {
                            (row["components"][0]["custom_id"].as_str().unwrap().to_owned(), text.to_owned())
                        });
                    let custom_id = form["custom_id"].as_str().unwrap().to_owned();
                    let request = Request::Form { custom_id: custom_id.clone(), fields: fields.collect() };
                    requests.push((format!("{custom_id} with {text}"), request));
                }
            }
            for (custom_id, chosen) in messages(&response).iter().flat_map(offers) {
                // What is said itself makes no difference to most buttons.
                let key =
                    if custom_id.ends_with("itself") || chosen.len() <= 100 { chosen.clone() } else { String::new() };
                if custom_id.starts_with("v1:remove") || !seen.insert((custom_id.clone(), key)) {
                    continue;
                }
                pressed += 1;
                for audience in [Audience::Asker, Audience::Channel] {
                    let (custom_id, chosen) = (custom_id.clone(), Some(chosen.clone()));
                    let request = Request::Component { custom_id: custom_id.clone(), chosen, audience };
                    requests.push((custom_id, request));
                }
            }
        }
    }
    assert!(pressed > 300, "{pressed}");
}

/// Discord takes no message with two buttons that are the same.
#[test]
fn what_is_named_twice_is_shown_once() {
    for custom_id in ["v1:others:costs+costs+insurance", "v1:show:full/costs+costs", "v1:not-helpful:costs+costs"] {
        let request = Request::Component { custom_id: custom_id.to_owned(), chosen: None, audience: Audience::Asker };
        answer(&Place::default(), &request, custom_id);
    }
    let topic = "title = \"Costs\"\nanswer = \"Little.\"\nrelated = [\"costs\", \"tea\", \"tea\"]\n";
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    let files = [file("topics/costs.toml", topic), file("topics/tea.toml", "title = \"Tea\"\nanswer = \"Hot.\"\n")];
    let guide = Guide::new(load_files(&files).knowledge.unwrap());
    let shown = discord::messages(&guide.show("costs", Depth::Short).unwrap(), false);
    let ids: Vec<String> = shown.iter().flat_map(offers).map(|(custom_id, _)| custom_id).collect();
    assert_eq!(ids.iter().filter(|id| *id == "v1:topic:tea").count(), 1, "{ids:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// Anybody can send anything.
    #[test]
    fn whatever_is_forged_gets_an_answer_that_discord_takes(
        custom_id in "(v[012]:)?(more|topic|subjects|topics|words|others|show|post|helpful|no-answer|private|asked|remove|send|set)(:[a-z0-9+/=,:*-]{0,90})?|\\PC{0,100}",
        text in "\\PC{0,60}",
        which in 0..5_usize,
    ) {
        let chosen = Some(text.clone());
        let fields = || [("question".to_owned(), text.clone()), ("emergency".to_owned(), text.clone())].into_iter().collect();
        let request = match which {
            0 => Request::Component { custom_id, chosen, audience: Audience::Asker },
            1 => Request::Component { custom_id, chosen: None, audience: Audience::Channel },
            2 => Request::Form { custom_id, fields: fields() },
            3 => Request::Command { name: custom_id, options: fields() },
            _ => Request::Menu { name: custom_id, message: text.clone(), attached: text.clone() },
        };
        for place in places() {
            answer(&place, &request, "a forgery");
        }
    }
}
