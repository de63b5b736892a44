//! Channels in which the bot reads all messages, where operator and moderators want that.

use insta::assert_snapshot;
use serde_json::json;
use tempfile::TempDir;

use super::{EMERGENCY, TEA, assert_urgent, finish, set_channel, tea, with_settings};
use crate::support::bot::{Bot, Settings, environment, exoguide};
use crate::support::fake_discord::{Application, BEN, BOT, FakeDiscord, GENERAL};

const SURE: &str = "How long should I let it brew?";

/// A folder to start a bot in that may read whole channels.
fn reading() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("exoguide.toml"), format!("knowledge = '{TEA}'\nunasked = true\n")).unwrap();
    folder
}

/// A Discord that allows it.
async fn allowing() -> FakeDiscord {
    FakeDiscord::start_with(Application { message_content: true, ..Application::default() }).await
}

fn settings() -> Settings {
    Settings { folder: Some(reading()), ..Settings::default() }
}

#[tokio::test]
async fn one_line_points_to_an_answer_where_moderators_want_it() {
    let discord = allowing().await;
    let bot = Bot::start_with(&discord, settings()).await;
    discord.say(SURE);
    discord.quiet().await;
    let set = set_channel(&discord, "unasked-channels", GENERAL).await;
    set.assert_says(&format!("<#{}>", GENERAL.id));

    let general = discord.in_channel(GENERAL);
    let pointer = general.answer_to(&general.say(SURE)).await;
    assert_snapshot!(pointer.transcript());
    let button = pointer.buttons()[0].to_owned();
    let shown = general.by(BEN).press(&pointer, &button).await;
    assert!(shown.ephemeral);
    shown.assert_begins(&format!("### {button}\n"));
    // What is no question, is unclear, or is put to somebody else is left alone, and so is every other channel.
    for text in ["tea is the best", "what about it?", &format!("<@{}> {SURE}", BEN.id)] {
        general.say(text);
    }
    discord.say(SURE);
    discord.say(EMERGENCY);
    discord.quiet().await;
    // Whoever asks the bot is answered as ever.
    general.mention(SURE).await.assert_begins("### How long to let it brew");
    assert!(discord.slash("privacy", json!({})).await.content().contains("I read every message"));
    let log = finish(discord, bot).await.log;
    assert!(!log.contains("silence"), "{log}");
}

#[tokio::test]
async fn an_emergency_there_is_answered_in_full() {
    let discord = allowing().await;
    let bot = Bot::start_with(&discord, settings()).await;
    set_channel(&discord, "unasked-channels", GENERAL).await;
    let general = discord.in_channel(GENERAL);
    for text in [EMERGENCY, &format!("<@{}> {EMERGENCY}", BEN.id)] {
        let warned = general.answer_to(&general.say(text)).await;
        assert_urgent(&warned);
    }
    finish(discord, bot).await;
}

#[tokio::test]
async fn where_discord_does_not_allow_it_the_operator_is_told() {
    let discord = FakeDiscord::start().await;
    let folder = reading();
    let file = folder.path().join("exoguide.toml");
    let [token, api] = environment(&discord, discord.token);
    let set = [token, api, ("EXOGUIDE_CONFIG", file.to_str().unwrap())];
    let ended = exoguide(["run"], &set).await;
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("switch on Message Content Intent"), "{said}");
}

/// Without the operator's word the bot hears nothing, whatever stands in the settings of a server.
#[tokio::test]
async fn nothing_is_overheard_where_the_operator_does_not_want_it() {
    let discord = allowing().await;
    let folder = with_settings(&format!("unasked_channels = [{}]\n", GENERAL.id));
    let bot = Bot::start_with(&discord, Settings { folder: Some(folder), ..tea() }).await;
    let general = discord.in_channel(GENERAL);
    general.say(SURE);
    general.say(EMERGENCY);
    assert!(general.mention(&format!("{SURE} {BOT}")).await.content().contains("brew"));
    finish(discord, bot).await;
}
