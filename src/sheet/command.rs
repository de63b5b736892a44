//! What a topic's command takes, and what it works out.
//!
//! Both follow from the knowledge: the topic of the red flags takes an advert, one whose figures are counted takes numbers,
//! and one with a table to compare takes two of its rows.

use super::advert::advert;
use super::compare::{compare, name};
use super::options::{Options, Pick, Slot, Takes};
use super::sums::{Wanted, sums};
use super::{Sheet, of_topic, plain};
use crate::guide::Guide;
use crate::knowledge::Topic;

/// An advert to look at.
const TEXT: &str = "text";

/// The two that are compared.
const COMPARED: [&str; 2] = ["a", "b"];

/// What can be filled in.
pub fn slots<'g>(guide: &'g Guide, topic: &'g Topic) -> Vec<Slot<'g>> {
    if takes_adverts(guide, topic) {
        return vec![Slot { name: TEXT, describe: &guide.knowledge().guide.say.describe_advert, takes: Takes::Text }];
    }
    if let Some((table, compare)) = topic.compared() {
        let rows: Vec<Pick<'_>> = table.rows.iter().map(|row| Pick { name: name(row), value: &row.id }).collect();
        return COMPARED
            .map(|name| Slot { name, describe: &compare.describe, takes: Takes::OneOf(rows.clone()) })
            .to_vec();
    }
    let numbers = topic.counted().map(|(_, _, times)| Slot {
        name: &times.option,
        describe: &times.describe,
        takes: Takes::Number(1..=i64::from(times.most)),
    });
    let switches = topic.instead();
    let switches =
        switches.map(|(_, instead)| Slot { name: &instead.option, describe: &instead.describe, takes: Takes::Switch });
    numbers.chain(switches).collect()
}

/// What the command works out of what was filled in; nothing where it shows the topic.
pub fn run<'g>(guide: &'g Guide, topic: &'g Topic, options: &Options) -> Option<Sheet<'g>> {
    if takes_adverts(guide, topic) {
        return advert(guide, options.text(TEXT)?);
    }
    let worked_out = if topic.compared().is_some() {
        let [a, b] = COMPARED.map(|name| options.text(name));
        compare(guide, topic, a, b)
    } else {
        sums(guide, topic, &Wanted::of(topic, options))
    };
    worked_out.or_else(|| of_topic(guide, topic))
}

/// Says what was not understood of what was typed, and what can be filled in.
pub fn not_understood(guide: &Guide, slots: &[Slot<'_>], left: &[String]) -> String {
    let said = left.iter().map(|words| format!("“{}”", plain(words))).collect::<Vec<_>>().join(", ");
    let say = &guide.knowledge().guide.say;
    say.not_understood.replace("{options}", &in_words(slots).join("; ")).replace("{said}", &said)
}

/// What can be filled in, as it is typed: `sessions: 1–12`. Neighbours that take the same stand together.
pub fn in_words(slots: &[Slot<'_>]) -> Vec<String> {
    let alike = slots.chunk_by(|one, other| one.takes == other.takes);
    let said = alike.map(|alike| {
        let names: Vec<&str> = alike.iter().map(|slot| slot.name).collect();
        format!("{}: {}", names.join(", "), alike[0].takes)
    });
    said.collect()
}

fn takes_adverts(guide: &Guide, topic: &Topic) -> bool {
    guide.knowledge().adverts.as_ref().is_some_and(|adverts| adverts.topic.value == topic.id)
}
