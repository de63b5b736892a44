//! What a screen reader says, and in which order: warning, answer, source, disclaimer; and nothing by looks alone.

use exoguide::answer::Depth;
use exoguide::discord::request::{Options, Surface};
use exoguide::discord::respond::Action;
use exoguide::discord::{Request, respond};
use exoguide::guide::Guide;
use serde_json::Value;

use super::GUIDE;

/// What is said to a message.
fn said(text: &str) -> Vec<Value> {
    let request = Request::Message { surface: Surface::Mention, text: text.to_owned(), answered: None };
    payloads(respond(&GUIDE, &request).action)
}

fn payloads(action: Action) -> Vec<Value> {
    let Action::Say(messages) = action else { panic!("it is answered in words") };
    messages.iter().map(exoguide::render::discord::Message::payload).collect()
}

fn content(message: &Value) -> &str {
    message["content"].as_str().expect("all words stand in the message itself")
}

/// The places at which these words begin, which must be all there and in this order.
fn assert_in_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let Some(place) = text[from..].find(word) else { panic!("`{word}` does not come next in:\n{text}") };
        from += place + word.len();
    }
}

fn first_sentence(text: &str) -> &str {
    text.split_inclusive(['.', '?', '!']).next().unwrap_or(text).trim()
}

#[test]
fn a_warning_comes_first_and_the_disclaimer_last() {
    let file = &GUIDE.knowledge().guide;
    let costs = GUIDE.topic("costs").unwrap();
    let emergency = "my throat is closing up since the injection. and how much does it cost?";
    let care = GUIDE.answer(emergency).warning.expect("it is an emergency").title;
    let messages = said(emergency);
    let all: String = messages.iter().map(content).collect();
    let source = file.say.source.as_str();
    assert_in_order(
        &all,
        &[care, &file.say.besides, &costs.title, first_sentence(&costs.answer), source, &file.disclaimer_urgent],
    );
    assert!(content(&messages[0]).starts_with(&format!("### {care}")));
}

#[test]
fn every_answer_is_read_in_one_order_without_embeds() {
    let say = &GUIDE.knowledge().guide.say;
    for topic in &GUIDE.knowledge().topics {
        let shown = exoguide::render::discord::messages(&GUIDE.show(topic.id.as_str(), Depth::Short).unwrap(), true);
        let message = shown[0].payload();
        assert_eq!(message.get("embeds"), None, "{}", topic.id);
        let text = content(&message);
        assert!(text.starts_with(&format!("### {}\n{}", topic.title, first_sentence(&topic.answer))), "{text}");
        let source = if topic.section.is_some() { say.source.as_str() } else { "" };
        assert_in_order(text, &[first_sentence(&topic.answer), source, &GUIDE.knowledge().guide.disclaimer]);
    }
}

/// Every button and menu says in words what it does, and no two on a message say the same.
#[test]
fn nothing_is_said_by_looks_alone() {
    let questions =
        ["how much does it cost?", "can I go to the gym afterwards?", "violins, pianos, trumpets", "", "guide"];
    let emergency = "my throat is closing up since the injection";
    let mut messages: Vec<Value> = questions.into_iter().chain([emergency]).flat_map(said).collect();
    messages.extend(commands(&GUIDE));
    for message in &messages {
        let mut seen = Vec::new();
        for component in
            message["components"].as_array().into_iter().flatten().flat_map(|row| row["components"].as_array().unwrap())
        {
            assert_eq!(component.get("emoji"), None);
            let words = component["label"].as_str().or(component["placeholder"].as_str()).unwrap_or_default();
            assert!(words.chars().filter(|c| c.is_alphabetic()).count() > 3, "`{words}` in {message}");
            assert!(!seen.contains(&words), "`{words}` twice in {message}");
            seen.push(words);
        }
    }
}

/// What the commands say that need nothing filled in.
fn commands(guide: &Guide) -> Vec<Value> {
    let registered = exoguide::discord::commands::registration(guide);
    let slash = registered.as_array().unwrap().iter().filter(|command| command["type"] == 1);
    let names = slash.map(|command| command["name"].as_str().unwrap().to_owned());
    names
        .flat_map(|name| payloads(respond(guide, &Request::Command { name, options: Options::default() }).action))
        .collect()
}
