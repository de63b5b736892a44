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
use serde_json::json;
use tempfile::TempDir;

use crate::support::bot::{Bot, Settings, Stopped, exoguide};
use crate::support::fake_discord::{Channel, FakeDiscord, GUILD, MO, Sent};

/// The guide that the bot serves where a test does not say otherwise.
static GUIDE: LazyLock<Guide> =
    LazyLock::new(|| Guide::new(knowledge::load(&Origin::CompiledIn).knowledge.expect("the shipped guide is right")));

/// A small guide, which is served sooner, where a test is not about the words of the shipped one.
const TEA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tea");

fn tea() -> Settings {
    Settings::with_knowledge(TEA)
}

fn shipped() -> Settings {
    Settings::default()
}

/// Starts the bot on a Discord of its own.
async fn start(settings: Settings) -> (FakeDiscord, Bot) {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, settings).await;
    (discord, bot)
}

/// Stops the bot, and fails the test where something went wrong at Discord.
async fn finish(discord: FakeDiscord, bot: Bot) -> Stopped {
    let stopped = bot.stop().await;
    discord.finish();
    stopped
}

/// What every guide takes for an emergency, for the compiled-in signs hold where it has none of its own.
const EMERGENCY: &str = "my throat is closing up since the injection";

#[track_caller]
fn assert_urgent(answer: &Sent) {
    answer.assert_begins("### Get emergency help now");
}

/// A folder to start a bot in, in which these settings of the server stand.
fn with_settings(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let servers = folder.path().join("state/servers");
    std::fs::create_dir_all(&servers).unwrap();
    std::fs::write(servers.join(format!("{GUILD}.toml")), settings).unwrap();
    folder
}

/// A moderator sets the channel of this name, and gives what is shown of the settings then.
async fn set_channel(discord: &FakeDiscord, name: &str, channel: Channel) -> Sent {
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    mo.pick(&panel, &format!("v1:set:{name}"), &[channel.id]).await
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
