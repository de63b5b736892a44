//! A command that shows one topic, and what else it can do where the knowledge has what that takes.
//!
//! With nothing filled in it shows the topic. What can be filled in follows from the knowledge: the topic of the red flags
//! takes an advert, one whose figures are counted takes numbers, and one with a table to compare takes two of its rows.

use serde_json::Value;

use super::{any_text, number_in, one_of, option, switch};
use crate::discord::request::Options;
use crate::discord::respond::{self, Response};
use crate::guide::Guide;
use crate::knowledge::{Table, Topic};
use crate::render::discord::{Choice, Few, Text};
use crate::sheet::advert::advert;
use crate::sheet::compare::{compare, name};
use crate::sheet::sums::{Wanted, sums};
use crate::sheet::{Sheet, of_topic};

/// An advert to look at.
const TEXT: &str = "text";

/// The two that are compared.
const COMPARED: [&str; 2] = ["a", "b"];

/// What can be filled in, as Discord is told of it.
pub(super) fn options(guide: &Guide, topic: &str) -> Vec<Value> {
    let Some(topic) = guide.topic(topic) else { return Vec::new() };
    let say = &guide.knowledge().guide.say;
    if takes_adverts(guide, topic) {
        return vec![option(TEXT, &say.describe_advert, any_text())];
    }
    if let Some((table, compare)) = topic.compared() {
        let rows = one_of(&choices(table));
        return COMPARED.map(|name| option(name, &compare.describe, rows.clone())).to_vec();
    }
    let numbers = topic
        .counted()
        .map(|(_, _, times)| option(&times.option, &times.describe, number_in(&(1..=i64::from(times.most)))));
    let switches = topic.instead().map(|(_, instead)| option(&instead.option, &instead.describe, switch()));
    numbers.chain(switches).collect()
}

/// What the command does with what was filled in; nothing, where that is nothing to it.
pub(super) fn run(guide: &Guide, topic: &str, options: &Options) -> Option<Response> {
    let topic = guide.topic(topic)?;
    if takes_adverts(guide, topic) {
        return check(guide, options.text(TEXT)?);
    }
    let sheet = worked_out(guide, topic, options).or_else(|| of_topic(guide, topic));
    sheet.map(|sheet| respond::worked_out(guide, &sheet))
}

fn worked_out<'g>(guide: &'g Guide, topic: &'g Topic, options: &Options) -> Option<Sheet<'g>> {
    if topic.compared().is_some() {
        let [a, b] = COMPARED.map(|name| options.text(name));
        return compare(guide, topic, a, b);
    }
    sums(guide, topic, &wanted(topic, options))
}

/// The numbers and switches that were filled in.
fn wanted(topic: &Topic, options: &Options) -> Wanted {
    let numbers = topic.counted().map(|(_, _, times)| &times.option.value);
    let numbers = numbers.filter_map(|option| Some((option.clone(), options.number(option)?)));
    let switches = topic.instead().map(|(_, instead)| &instead.option.value);
    let switches = switches.filter(|option| options.switch(option) == Some(true));
    Wanted { numbers: numbers.collect(), switches: switches.cloned().collect() }
}

/// Whether the guide has rules for adverts.
pub(super) fn has_adverts(guide: &Guide) -> bool {
    guide.knowledge().adverts.is_some()
}

/// A look at an advert.
pub(super) fn check(guide: &Guide, text: &str) -> Option<Response> {
    advert(guide, text).map(|sheet| respond::worked_out(guide, &sheet))
}

fn takes_adverts(guide: &Guide, topic: &Topic) -> bool {
    guide.knowledge().adverts.as_ref().is_some_and(|adverts| adverts.topic.value == topic.id)
}

fn choices(table: &Table) -> Few<Choice, 25> {
    table.rows.iter().map(|row| Choice { name: Text::cut(&name(row)), value: Text::cut(&row.id) }).collect()
}
