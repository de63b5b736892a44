//! Every reply carries the disclaimer: every outcome, command and component, in every medium, and when all goes wrong.

use std::collections::BTreeSet;
use std::num::NonZeroU64;
use std::sync::LazyLock;

use exoguide::answer::{Depth, Reply};
use exoguide::decide::Outcome;
use exoguide::discord::commands::registration;
use exoguide::discord::request::{Audience, Options, Surface};
use exoguide::discord::respond::{Action, trouble};
use exoguide::discord::{Request, respond};
use exoguide::guide::Guide;
use exoguide::knowledge::{self, Origin};
use exoguide::render::discord::{self, Control, Message, Shown, UNSORTED, Vote};
use exoguide::render::json::Answer;
use exoguide::render::terminal::{self, Page};
use proptest::prelude::*;
use serde_json::Value;

static SHIPPED: LazyLock<Guide> = LazyLock::new(|| guide(&Origin::CompiledIn));
static POOL: LazyLock<Guide> = LazyLock::new(|| guide(&Origin::Folder("tests/data/pool".into())));

fn guide(origin: &Origin) -> Guide {
    Guide::new(knowledge::load(origin).knowledge.expect("a guide that is right"))
}

/// One line, with single spaces: a medium may wrap.
fn flat(text: &str) -> String {
    text.split_whitespace().filter(|word| *word != "-#").collect::<Vec<_>>().join(" ")
}

/// Whether one of the guide's disclaimers stands in `text`.
fn carries(guide: &Guide, text: &str) -> bool {
    let file = &guide.knowledge().guide;
    [&file.disclaimer, &file.disclaimer_urgent].into_iter().any(|disclaimer| flat(text).contains(&flat(disclaimer)))
}

/// The media in which `reply` has no disclaimer.
fn bare(guide: &Guide, reply: &Reply<'_>) -> Vec<String> {
    let styled = terminal::reply(reply, Page { width: 60, drawn: false });
    let json = serde_json::to_string(&Answer::new("?", reply, None)).expect("JSON");
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let mut media = vec![
        anstream::adapter::strip_str(&styled).to_string(),
        json["disclaimer"].as_str().unwrap_or_default().to_owned(),
    ];
    media.extend(discord::messages(reply, true).iter().map(|message| message.content.as_str().to_owned()));
    media.retain(|text| !carries(guide, text));
    media
}

fn messages(action: Action) -> Vec<Message> {
    match action {
        Action::Say(messages) | Action::Post(messages) => messages,
        Action::Replace(message) => vec![message],
        Action::Forward(forward) => [forward.messages, forward.done, forward.failed].concat(),
        Action::Reply { messages, instead, .. } => messages.into_iter().chain([instead]).collect(),
        Action::Suggest(_) | Action::Ask(_) => Vec::new(),
    }
}

/// Checks what is said to `request`, and gives what became of it.
fn check(guide: &Guide, request: &Request) -> &'static str {
    let response = respond(guide, request);
    let said = messages(response.action);
    assert!(!said.is_empty(), "nothing is said: {}", response.outcome);
    for message in said {
        assert!(carries(guide, message.content.as_str()), "{}: {}", response.outcome, message.content.as_str());
    }
    response.outcome
}

fn options(value: &str) -> Options {
    ["question", "topic"].map(|name| (name.to_owned(), value.to_owned())).into_iter().collect()
}

#[test]
fn every_command_carries_it_whatever_is_filled_in() {
    for guide in [&*SHIPPED, &*POOL] {
        for command in registration(guide).as_array().expect("a list of commands") {
            let name = command["name"].as_str().expect("a name").to_owned();
            for value in ["", "what does it cost", "topic:costs", "I can't breathe since my session", "xyzzy"] {
                check(guide, &Request::Command { name: name.clone(), options: options(value) });
            }
        }
        check(guide, &Request::Command { name: "no-such-command".to_owned(), options: Options::default() });
    }
}

#[test]
fn a_form_carries_it_whatever_is_filled_in() {
    for custom_id in ["v1:asked", "v0:asked", ""] {
        for value in ["", "what does it cost", "I can't breathe since my session", "xyzzy"] {
            let form = Request::Form { custom_id: custom_id.to_owned(), fields: options(value) };
            check(&SHIPPED, &form);
        }
    }
    check(&SHIPPED, &Request::Removal { allowed: false });
}

#[test]
fn every_component_carries_it_fresh_old_or_forged() {
    let knowledge = SHIPPED.knowledge();
    let topics = knowledge.topics.iter().map(|topic| topic.id.to_string());
    let subjects = knowledge.guide.subjects.iter().map(|subject| subject.id.to_string());
    let mut controls = vec![(Control::Subjects, Some(UNSORTED.to_owned())), (Control::Subjects, None)];
    for topic in topics.chain(["no-such-topic".to_owned()]) {
        controls.push((Control::More(topic.clone()), None));
        controls.push((Control::Topic(topic.clone()), None));
        controls.push((Control::Topics("money".to_owned()), Some(topic.clone())));
        controls.push((Control::Others(vec![topic.clone()]), None));
        controls.extend(Vote::ALL.map(|vote| (Control::Vote(vote, vec![topic.clone()]), None)));
        for depth in [Depth::Short, Depth::Full, Depth::Details] {
            let shown = || Shown::Topics(vec![topic.clone(), "costs".to_owned()], depth);
            controls.extend([(Control::Words(shown()), None), (Control::Show(shown()), None)]);
        }
    }
    for subject in subjects.chain(["no-such-subject".to_owned()]) {
        controls.push((Control::Subjects, Some(subject.clone())));
        controls.push((Control::Topics(subject), Some("*24".to_owned())));
    }
    let boundaries = knowledge.boundaries.iter().map(|boundary| boundary.id.to_string());
    let cares = [Shown::Warning("emergency".to_owned()), Shown::Warning("no-such-help".to_owned())];
    controls.extend(cares.into_iter().map(|care| (Control::Post(Some(NonZeroU64::MIN), care), None)));
    for boundary in boundaries.chain(["no-such-boundary".to_owned()]) {
        let shown = || Shown::Boundary(boundary.clone());
        controls.extend([(Control::Words(shown()), None), (Control::Show(shown()), None)]);
    }
    let components = controls.into_iter().map(|(control, chosen)| (control.custom_id().as_str().to_owned(), chosen));
    for (custom_id, chosen) in components.chain([("v0:old".to_owned(), None), (String::new(), None)]) {
        for audience in [Audience::Asker, Audience::Channel] {
            check(&SHIPPED, &Request::Component { custom_id: custom_id.clone(), chosen: chosen.clone(), audience });
        }
    }
}

#[test]
fn it_is_there_when_something_goes_wrong() {
    assert_eq!(check(&SHIPPED, &Request::Unreadable), "trouble");
    for message in messages(trouble(&SHIPPED).action) {
        assert!(carries(&SHIPPED, message.content.as_str()));
    }
}

#[test]
fn every_outcome_carries_it_in_every_medium() {
    let knowledge = SHIPPED.knowledge();
    // Single keywords are what could mean several things.
    let of_topics = knowledge.topics.iter().flat_map(|topic| topic.questions.iter().chain(&topic.keywords).step_by(11));
    let of_boundaries = knowledge.boundaries.iter().flat_map(|boundary| boundary.questions.iter().step_by(29));
    let others = ["", "it", "xyzzy", "I can't breathe since the session, and what does it cost?", "what happens"];
    let questions = of_topics.chain(of_boundaries).map(|question| question.as_str()).chain(others);
    let mut outcomes = BTreeSet::new();
    for question in questions {
        for depth in [Depth::Short, Depth::Full, Depth::Details] {
            let reply = Reply { depth, ..SHIPPED.answer(question) };
            outcomes.insert(reply.outcome.as_str());
            assert_eq!(bare(&SHIPPED, &reply), Vec::<String>::new(), "{question}");
        }
    }
    let all = [Outcome::Answer, Outcome::Clarify, Outcome::Decline, Outcome::Urgent].map(Outcome::as_str);
    assert_eq!(outcomes, BTreeSet::from(all), "not every outcome was met");
}

#[test]
fn a_warning_has_words_of_its_own() {
    let reply = SHIPPED.answer("I can't breathe since the session");
    assert_eq!(reply.disclaimer, SHIPPED.knowledge().guide.disclaimer_urgent);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn any_message_gets_it(text in prop_oneof![any::<String>(), "\\PC{0,80}", "(lane|ticket|park|no|help|[ ?.!\n]){0,40}"]) {
        prop_assert_eq!(bare(&POOL, &POOL.answer(&text)), Vec::<String>::new());
        for surface in [Surface::Mention, Surface::Reply, Surface::DirectMessage] {
            check(&POOL, &Request::Message { surface, text: text.clone(), answered: None });
        }
        check(&POOL, &Request::Component { custom_id: text.clone(), chosen: Some(text), audience: Audience::Asker });
    }
}
