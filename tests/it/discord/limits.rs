//! Whatever the guide holds, Discord takes it, and the disclaimer stands on it.

use exoguide::answer::{Depth, Notice, Offer, Reply, Warning};
use exoguide::discord::Request;
use exoguide::discord::commands::registration;
use exoguide::discord::request::Surface;
use exoguide::discord::respond::{Action, respond};
use exoguide::guide::Guide;
use exoguide::knowledge::{
    self, Care, Cell, GuideFile, Id, Knowledge, Link, Row, Say, SourceFile, Table, Topic, UrgentFile,
};
use exoguide::render::discord::{Message, browse, messages, opened, step, too_long};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::GUIDE;
use crate::support::discord_api::{self, check};

#[test]
fn every_topic_fits() {
    for topic in &GUIDE.knowledge().topics {
        for depth in [Depth::Short, Depth::Full, Depth::Details] {
            let reply = GUIDE.show(topic.id.as_str(), depth).unwrap();
            assert_sound(&messages(&reply, true), &GUIDE);
        }
        // Nobody should have to read two messages before they asked for more.
        assert_eq!(messages(&GUIDE.show(topic.id.as_str(), Depth::Short).unwrap(), true).len(), 1, "{}", topic.id);
    }
}

#[test]
fn the_reply_to_every_phrasing_fits() {
    let knowledge = GUIDE.knowledge();
    let of_topics = knowledge.topics.iter().flat_map(|topic| topic.questions.iter().take(3));
    let of_boundaries = knowledge.boundaries.iter().flat_map(|boundary| boundary.questions.iter().take(3));
    for question in of_topics.chain(of_boundaries) {
        let request = Request::Message { surface: Surface::Mention, text: question.value.clone(), answered: None };
        let Action::Say(messages) = respond(&GUIDE, &request).action else { panic!("a message is answered in words") };
        assert_sound(&messages, &GUIDE);
    }
}

#[test]
fn every_subject_can_be_browsed() {
    assert_sound(&[browse(&GUIDE)], &GUIDE);
    for subject in &GUIDE.knowledge().guide.subjects {
        assert_sound(&[opened(&GUIDE, &subject.id, 0).unwrap()], &GUIDE);
        for topic in &subject.topics {
            let shown = messages(&GUIDE.show(topic.as_str(), Depth::Short).unwrap(), true).remove(0);
            assert_sound(&[step(&GUIDE, &subject.id, topic.as_str(), &shown).unwrap()], &GUIDE);
        }
    }
}

#[test]
fn a_guide_without_subjects_is_browsed_page_by_page() {
    let file =
        |n| SourceFile { path: format!("topics/t{n:02}.toml"), text: format!("title = \"{n}\"\nanswer = \"a\"") };
    let files: Vec<SourceFile> = (0..60).map(file).collect();
    let guide = Guide::new(knowledge::load_files(&files).knowledge.unwrap());
    for (from, shown) in [(0, 25), (24, 25), (48, 12)] {
        let page = opened(&guide, "*", from).unwrap();
        assert_sound(std::slice::from_ref(&page), &guide);
        let menu = &page.payload()["components"][1]["components"][0]["options"];
        assert_eq!(menu.as_array().map(Vec::len), Some(shown), "from {from}");
    }
    assert_eq!(opened(&guide, "*", 60), None);
    // A topic is shown with the page of the menu on which it stands.
    for (topic, first) in [("t00", "t00"), ("t23", "t00"), ("t24", "t24"), ("t48", "t48"), ("t59", "t48")] {
        let shown = messages(&guide.show(topic, Depth::Short).unwrap(), true).remove(0);
        let step = step(&guide, "*", topic, &shown).unwrap();
        assert_sound(std::slice::from_ref(&step), &guide);
        let menu = step.payload()["components"].as_array().unwrap().last().unwrap()["components"][0].clone();
        let options = menu["options"].as_array().unwrap();
        assert_eq!(options[0]["value"], first, "{topic}");
        let chosen: Vec<&Value> = options.iter().filter(|option| option["default"] == true).collect();
        assert!(matches!(chosen.as_slice(), [one] if one["value"] == topic), "{topic}: {chosen:?}");
    }
    let commands = registration(&guide);
    assert_eq!(found("PUT", "/api/v10/applications/1/commands", commands), Vec::<String>::new());
}

/// Whatever the check of the knowledge lets pass is said to the end.
#[test]
fn two_long_answers_are_said_whole() {
    let topic =
        |id: &str| Topic { id: Id(id.to_owned()), title: id.to_owned(), answer: long(1_900), ..Topic::default() };
    let (water, time) = (topic("water"), topic("time"));
    let reply = Reply { topics: vec![&water, &time], ..GUIDE.show("costs", Depth::Short).unwrap() };
    let said: String = messages(&reply, true).iter().map(|message| message.content.to_string()).collect();
    assert!(!said.contains('…'), "{said}");
    assert_eq!(said.matches("word").count(), 2 * 1_900 / 5, "{said}");
}

/// So many characters of words.
fn long(characters: usize) -> String {
    "word ".repeat(characters / 5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Much longer than the check of the knowledge allows, so that nothing rests on it.
    #[test]
    fn a_reply_of_any_length_fits(reply in any_reply()) {
        let sections = 3 + 2 * reply.topics.len();
        let messages = messages(&reply.as_reply(), true);
        prop_assert!((1..=2 * sections).contains(&messages.len()));
        for message in &messages {
            prop_assert_eq!(problems(message), Vec::<String>::new());
        }
        if !reply.warning.is_empty() {
            prop_assert!(messages[0].content.as_str().starts_with("### Now"));
        }
    }

    /// The check looks at each section alone, and what it lets pass is whole in whatever company.
    #[test]
    fn what_the_check_lets_pass_is_never_cut(knowledge in any_knowledge()) {
        let fits = too_long(&knowledge).is_empty();
        for warning in [true, false] {
            for depth in [Depth::Short, Depth::Full, Depth::Details] {
                for topics in [&knowledge.topics[..1], &knowledge.topics[1..], &knowledge.topics[..]] {
                    let cut = messages(&reply_of(&knowledge, topics, depth, warning), true).iter().any(|message| message.content.as_str().contains('…'));
                    prop_assert!(!(fits && cut), "{}", knowledge.guide.disclaimer);
                }
            }
        }
    }
}

/// Knowledge of two topics and a kind of help, each as long as a single text may be.
fn any_knowledge() -> impl Strategy<Value = Knowledge> {
    let topic = || {
        (words(2000), prop::option::of(words(3500)), 0..40_usize).prop_map(|(answer, details, rows)| {
            let row =
                Row { id: "r".to_owned(), cells: vec![Cell::Text("a cell of it".to_owned()); 3], ..Row::default() };
            let table = Table {
                title: "table".to_owned(),
                columns: vec!["column".to_owned(); 3],
                rows: vec![row; rows],
                ..Table::default()
            };
            Topic {
                title: "t".repeat(80),
                answer,
                details,
                tables: vec![table],
                section: Some("s".repeat(150)),
                ..Topic::default()
            }
        })
    };
    (topic(), topic(), words(2000), words(600)).prop_map(|(first, second, say, disclaimer)| Knowledge {
        guide: GuideFile { disclaimer, ..GUIDE.knowledge().guide.clone() },
        urgent: UrgentFile { cares: vec![Care { say, ..Care::default() }], ..UrgentFile::default() },
        topics: vec![first, second],
        ..Knowledge::default()
    })
}

fn reply_of<'k>(knowledge: &'k Knowledge, topics: &'k [Topic], depth: Depth, warning: bool) -> Reply<'k> {
    let care = &knowledge.urgent.cares[0];
    Reply {
        warning: warning.then_some(Warning { care: "now", title: &care.title, text: &care.say, signs: Vec::new() }),
        topics: topics.iter().collect(),
        depth,
        offer: Offer::Further,
        disclaimer: &knowledge.guide.disclaimer,
        say: &knowledge.guide.say,
        ..GUIDE.show("costs", Depth::Short).unwrap()
    }
}

/// A reply that owns its words.
#[derive(Clone, Debug)]
struct AnyReply {
    warning: String,
    notice: String,
    topics: Vec<Topic>,
    suggestions: Vec<Topic>,
    depth: Depth,
    offer: Offer,
    disclaimer: String,
    say: Say,
}

impl AnyReply {
    fn as_reply(&self) -> Reply<'_> {
        let warning = Warning { care: "now", title: "Now", text: &self.warning, signs: Vec::new() };
        Reply {
            warning: (!self.warning.is_empty()).then_some(warning),
            notice: (!self.notice.is_empty()).then_some(Notice { title: "N", text: &self.notice }),
            topics: self.topics.iter().collect(),
            depth: self.depth,
            offer: self.offer,
            suggestions: self.suggestions.iter().collect(),
            disclaimer: &self.disclaimer,
            say: &self.say,
            ..GUIDE.answer("")
        }
    }
}

fn any_reply() -> impl Strategy<Value = AnyReply> {
    let topics = |prefix: &'static str| {
        prop::collection::vec((words(90), words(3000), prop::option::of(words(5000))), 1..7).prop_map(move |texts| {
            let topic = |(n, (title, answer, details)): (usize, (String, String, Option<String>))| {
                let id = Id(format!("{prefix}{n}"));
                Topic { id, title, answer, details, ..topic_with_everything() }
            };
            texts.into_iter().enumerate().map(topic).collect::<Vec<Topic>>()
        })
    };
    let depth = prop_oneof![Just(Depth::Short), Just(Depth::Full), Just(Depth::Details)];
    let offer = prop_oneof![Just(Offer::Choice), Just(Offer::Near), Just(Offer::Further), Just(Offer::Next)];
    let texts = (maybe(words(3000)), maybe(words(3000)), words(3000), words(3000));
    (topics("a"), topics("b"), depth, offer, texts).prop_map(|(topics, suggestions, depth, offer, texts)| {
        let (warning, notice, disclaimer, label) = texts;
        let say =
            Say { more: label.clone(), near: label.clone(), further: label, ..GUIDE.knowledge().guide.say.clone() };
        AnyReply { warning, notice, topics, suggestions, depth, offer, disclaimer, say }
    })
}

fn maybe(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), text]
}

/// Text of up to so many characters, of words, ends of all kinds and letters that count twice.
fn words(most: usize) -> impl Strategy<Value = String> {
    const PIECES: [&str; 8] = [
        "word",
        "another",
        ". Then ",
        "\n\n",
        "\n- ",
        "😀**_ü`@everyone",
        "x",
        "a-word-which-is-so-long-that-it-does-not-end",
    ];
    (1..most, any::<usize>()).prop_map(|(length, seed)| {
        // A piece follows from all before it, so that a text is long and a case is small.
        let next = |state: &usize| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        let states = std::iter::successors(Some(seed), next);
        let pieces = states.flat_map(|state| [PIECES[(state >> 33) % PIECES.len()], " "]);
        std::iter::once("x").chain(pieces).flat_map(str::chars).take(length).collect()
    })
}

fn topic_with_everything() -> Topic {
    let row = Row { id: "r".to_owned(), cells: vec![Cell::Text("cell ".repeat(20)); 3], ..Row::default() };
    let table = Table {
        title: "table".to_owned(),
        columns: vec!["column".to_owned(); 3],
        rows: vec![row; 9],
        ..Table::default()
    };
    let link = Link { label: "link".to_owned(), url: format!("https://example.org/{}", "x".repeat(480)) };
    Topic { tables: vec![table; 2], links: vec![link; 3], section: Some("s".repeat(120)), ..Topic::default() }
}

fn assert_sound(messages: &[Message], guide: &Guide) {
    assert!((1..=2).contains(&messages.len()));
    for message in messages {
        assert_eq!(problems(message), Vec::<String>::new(), "{message:#?}");
        let file = &guide.knowledge().guide;
        let disclaimers = [&file.disclaimer, &file.disclaimer_urgent];
        assert!(disclaimers.iter().any(|words| message.content.as_str().contains(*words)), "{message:#?}");
        // Only what was too long ends like this.
        assert!(!message.content.as_str().contains('…'), "{message:#?}");
    }
}

fn problems(message: &Message) -> Vec<String> {
    let mut body = message.payload();
    body["allowed_mentions"] = json!({ "parse": [] });
    found("POST", "/api/v10/channels/1/messages", body)
}

/// What Discord would say of a request with this body, and with the file that it names.
pub(super) fn found(method: &str, path: &str, body: Value) -> Vec<String> {
    let named = |body: &Value| body["attachments"].as_array().is_some_and(|attachments| !attachments.is_empty());
    let files = if named(&body) || named(&body["data"]) { vec!["files[0]".to_owned()] } else { Vec::new() };
    let request = discord_api::Request { method: method.to_owned(), path: path.to_owned(), body: Some(body), files };
    check(&request).iter().map(ToString::to_string).collect()
}
