//! Somebody in danger is warned on every path, whatever state the knowledge is in.

use exoguide::discord::request::Options;
use exoguide::discord::{Request, respond};
use serde_json::json;
use tempfile::TempDir;

use super::{GUIDE, TEA};
use crate::support::bot::{Bot, Settings};
use crate::support::fake_discord::{BEN, FakeDiscord, GUILD, Sent};
use crate::support::knowledge::Folder;

const EMERGENCY: &str = "my throat is closing up since the injection";

fn assert_warns(answer: &Sent) {
    let said = answer.content();
    assert!(said.starts_with("### Get emergency help now\n**Call your local emergency number now"), "{said}");
}

/// Sends the emergency in every way in which words reach the bot.
async fn assert_warns_on_every_path(discord: &FakeDiscord) {
    let first = discord.mention(EMERGENCY).await;
    assert_warns(&first);
    assert_warns(&discord.direct_message(EMERGENCY).await);
    assert_warns(&discord.by(BEN).reply_to(&first, EMERGENCY).await);
    assert_warns(&discord.slash("ask", json!({ "question": EMERGENCY })).await);
    assert_warns(&discord.slash("guide", json!({ "topic": EMERGENCY })).await);
}

/// A form or a command may be of an older version, and what stands in it is read all the same.
#[test]
fn what_is_stale_holds_no_warning_back() {
    let filled_in = |text: &str| Options::from_iter([("question".to_owned(), text.to_owned())]);
    let stale = |text: &str| {
        let forms = ["v0:asked", "v1:form", "anything"];
        let form = |custom_id: &str| Request::Form { custom_id: custom_id.to_owned(), fields: filled_in(text) };
        let name = || "never-was".to_owned();
        let command = Request::Command { name: name(), options: filled_in(text) };
        let menu = Request::Menu { name: name(), message: String::new(), attached: text.to_owned() };
        forms.map(form).into_iter().chain([command, menu])
    };
    for request in stale("how much does it cost?") {
        assert_eq!(respond(&GUIDE, &request).outcome, "stale", "{request:?}");
    }
    // There is nobody any more to whom a question could be sent.
    let send = |text: &str| Request::Form { custom_id: "v1:send".to_owned(), fields: filled_in(text) };
    let outcomes = ["how much does it cost?", " "].map(|text| respond(&GUIDE, &send(text)).outcome);
    assert_eq!(outcomes, ["not-sent", "decline"]);
    for request in stale(EMERGENCY).chain([send(EMERGENCY)]) {
        let response = respond(&GUIDE, &request);
        assert!(response.urgent && response.outcome == "urgent", "{request:?}: {response:?}");
    }
}

#[tokio::test]
async fn broken_files_hold_no_warning_back() {
    let discord = FakeDiscord::start().await;
    let knowledge = Folder::small();
    let bot = Bot::start_with(&discord, Settings { knowledge: Some(knowledge.path()), ..Settings::default() }).await;
    assert_warns_on_every_path(&discord).await;

    knowledge.write("topics/spoons.toml", "title = ");
    bot.logged("the guide of before is served on").await;
    assert_warns_on_every_path(&discord).await;

    knowledge.topic("spoons", "Silver spoons");
    knowledge.write("urgent.toml", "[[sign]]\nid = \"nothing\"\n");
    bot.logged("urgent.toml:").await;
    assert_warns_on_every_path(&discord).await;
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn files_that_are_broken_at_the_start_hold_no_warning_back() {
    let discord = FakeDiscord::start().await;
    let knowledge = Folder::small();
    knowledge.write("topics/spoons.toml", "title = ");
    let bot = Bot::start_with(&discord, Settings { knowledge: Some(knowledge.path()), ..Settings::default() }).await;
    bot.logged("topics/spoons.toml:1:").await;
    bot.logged("whoever is in danger is warned, and nothing else is answered").await;
    assert_warns_on_every_path(&discord).await;
    // Not even what the guide compiled in could answer, for it is another one.
    let sorry = discord.mention("how much does it cost?").await;
    assert!(sorry.content().starts_with("Something went wrong on my side"), "{}", sorry.content());
    assert_eq!(sorry.buttons(), ["Remove"]);
    discord.press_and_remove(&sorry, "Remove").await;
    assert!(discord.autocomplete("ask", "question", "how mu").await.choices().is_empty());

    knowledge.topic("spoons", "Silver spoons");
    bot.logged("reloaded").await;
    assert!(discord.mention("silver spoons").await.content().starts_with("### Silver spoons\n"));
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn no_warning_waits_for_a_reload() {
    let discord = FakeDiscord::start().await;
    let knowledge = Folder::small();
    let bot = Bot::start_with(&discord, Settings { knowledge: Some(knowledge.path()), ..Settings::default() }).await;
    for title in ["Golden spoons", "Wooden spoons", "Paper spoons"] {
        knowledge.topic("spoons", title);
        assert_warns(&discord.mention(EMERGENCY).await);
    }
    bot.logged("reloaded").await;
    assert_warns_on_every_path(&discord).await;
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_button_under_a_warning_leads_on() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, super::tea()).await;
    let warned = discord.mention(&format!("{EMERGENCY}. And how hot should the water be?")).await;
    assert_warns(&warned);
    let more = discord.press(&warned, "More details").await;
    assert!(more.content().contains("Without a thermometer"), "{}", more.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn the_number_that_the_operator_set_is_said() {
    let discord = FakeDiscord::start().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = format!("knowledge = '{TEA}'\nemergency_number = \"112\"\ncrisis_line = \"0800 111 0 111\"\n");
    std::fs::write(folder.path().join("exoguide.toml"), settings).unwrap();
    let bot = Bot::start_with(&discord, Settings { folder: Some(folder), ..Settings::default() }).await;
    let warned = discord.mention(EMERGENCY).await;
    assert!(warned.content().starts_with("### Get emergency help now\n**Call 112 now"), "{}", warned.content());
    let warned = discord.mention("I want to kill myself").await;
    assert!(warned.content().contains("call 112 or 0800 111 0 111, or go to someone"), "{}", warned.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn the_numbers_of_a_server_are_said_there_and_nowhere_else() {
    const HOPELESS: &str = "i want to kill myself";
    let discord = FakeDiscord::start().await;
    let numbers = "emergency_number = \"112\"\ncrisis_line = \"116 123 (free)\"\n";
    let settings =
        Settings { folder: Some(with_settings(numbers)), knowledge: Some(TEA.into()), ..Settings::default() };
    let bot = Bot::start_with(&discord, settings).await;
    for answer in [discord.mention(EMERGENCY).await, discord.slash("ask", json!({ "question": EMERGENCY })).await] {
        assert!(answer.content().contains("**Call 112 now"), "{}", answer.content());
    }
    assert!(discord.mention(HOPELESS).await.content().contains("116 123 (free)"));
    assert_warns(&discord.direct_message(EMERGENCY).await);
    bot.stop().await;
    discord.finish();
}

/// A wrong number is worse than none, and a file that can't be read gives none.
#[tokio::test]
async fn broken_settings_of_a_server_hold_no_warning_back() {
    let discord = FakeDiscord::start().await;
    let broken = "emergency_number = \"112\"\ncrisis_line = \"116 123";
    let settings = Settings { folder: Some(with_settings(broken)), knowledge: Some(TEA.into()), ..Settings::default() };
    let bot = Bot::start_with(&discord, settings).await;
    assert_warns_on_every_path(&discord).await;
    let stopped = bot.stop().await;
    let aside = format!("state/servers/{GUILD}.toml.broken");
    assert!(stopped.log.contains(&aside), "{}", stopped.log);
    assert_eq!(std::fs::read_to_string(stopped.folder.path().join(aside)).unwrap(), broken);
    discord.finish();
}

/// A folder to start a bot in, in which these settings of the server stand.
fn with_settings(settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let servers = folder.path().join("state/servers");
    std::fs::create_dir_all(&servers).unwrap();
    std::fs::write(servers.join(format!("{GUILD}.toml")), settings).unwrap();
    folder
}
