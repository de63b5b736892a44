//! The bot on Discord, as patients and operators meet it.

mod anything;
mod asking;
mod commands;
mod components;
mod emergencies;
mod everything;
mod limits;
mod messages;
mod moderation;
mod order;
mod pace;
mod reloading;
mod running;
mod sending;
mod settings;
mod tools;
mod unasked;

use std::ffi::OsStr;
use std::sync::LazyLock;

use exoguide::decide::Outcome;
use exoguide::guide::Guide;
use exoguide::knowledge::{self, Origin};

use crate::support::bot::{Settings, exoguide};

/// The guide that the bot serves where a test does not say otherwise.
static GUIDE: LazyLock<Guide> =
    LazyLock::new(|| Guide::new(knowledge::load(&Origin::CompiledIn).knowledge.expect("the shipped guide is right")));

/// A small guide, which is served sooner, where a test is not about the words of the shipped one.
const TEA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tea");

fn tea() -> Settings {
    Settings { knowledge: Some(TEA.into()), ..Settings::default() }
}

/// Runs the bot, which must end with an error, and gives its last words.
async fn fails_to_start(environment: &[(&str, impl AsRef<OsStr>)]) -> String {
    let ended = exoguide(["run", "--knowledge", TEA], environment).await;
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(2), "{said}");
    said.lines().last().unwrap_or_default().to_owned()
}

/// A question which this guide, as it stands now, answers with this outcome and with something to press.
fn question_with(outcome: Outcome) -> &'static str {
    let knowledge = GUIDE.knowledge();
    let of_topics = knowledge.topics.iter().flat_map(|topic| topic.keywords.iter().chain(&topic.questions));
    let of_boundaries = knowledge.boundaries.iter().flat_map(|boundary| boundary.keywords.iter());
    let found = of_topics.chain(of_boundaries).find(|question| {
        let reply = GUIDE.answer(question);
        reply.outcome == outcome && reply.suggestions.len() > 1
    });
    found.unwrap_or_else(|| panic!("nothing leads to {outcome:?} any more"))
}
