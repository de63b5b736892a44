//! Channels in which the bot reads all messages, where operator and moderators want that.

use insta::assert_snapshot;
use serde_json::json;
use tempfile::TempDir;

use super::TEA;
use crate::support::bot::{Bot, Settings, environment, exoguide};
use crate::support::fake_discord::{Application, BEN, BOT, FakeDiscord, GENERAL, MO};

const SURE: &str = "How long should I let it brew?";
const EMERGENCY: &str = "my throat is closing up since the injection";

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
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    let set = mo.pick(&panel, "v1:set:unasked-channels", &[GENERAL.id]).await;
    assert!(set.content().contains(&format!("<#{}>", GENERAL.id)), "{}", set.content());

    let general = discord.in_channel(GENERAL);
    let pointer = general.answer_to(&general.say(SURE)).await;
    assert_snapshot!(pointer.transcript());
    let button = pointer.buttons()[0].to_owned();
    let shown = general.by(BEN).press(&pointer, &button).await;
    assert!(shown.ephemeral && shown.content().starts_with(&format!("### {button}\n")), "{}", shown.content());
    // What is no question, is unclear, or is put to somebody else is left alone, and so is every other channel.
    for text in ["tea is the best", "what about it?", &format!("<@{}> {SURE}", BEN.id)] {
        general.say(text);
    }
    discord.say(SURE);
    discord.say(EMERGENCY);
    discord.quiet().await;
    // Whoever asks the bot is answered as ever.
    assert!(general.mention(SURE).await.content().starts_with("### How long to let it brew"));
    assert!(discord.slash("privacy", json!({})).await.content().contains("I read every message"));
    let log = bot.stop().await.log;
    assert!(!log.contains("silence"), "{log}");
    discord.finish();
}

#[tokio::test]
async fn an_emergency_there_is_answered_in_full() {
    let discord = allowing().await;
    let bot = Bot::start_with(&discord, settings()).await;
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    mo.pick(&panel, "v1:set:unasked-channels", &[GENERAL.id]).await;
    let general = discord.in_channel(GENERAL);
    for text in [EMERGENCY, &format!("<@{}> {EMERGENCY}", BEN.id)] {
        let warned = general.answer_to(&general.say(text)).await;
        assert!(warned.content().starts_with("### Get emergency help now"), "{}", warned.content());
    }
    bot.stop().await;
    discord.finish();
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
    let folder = tempfile::tempdir().unwrap();
    let servers = folder.path().join("state/servers");
    std::fs::create_dir_all(&servers).unwrap();
    let file = servers.join(format!("{}.toml", crate::support::fake_discord::GUILD));
    std::fs::write(file, format!("unasked_channels = [{}]\n", GENERAL.id)).unwrap();
    let bot = Bot::start_with(&discord, Settings { folder: Some(folder), ..super::tea() }).await;
    let general = discord.in_channel(GENERAL);
    general.say(SURE);
    general.say(EMERGENCY);
    assert!(general.mention(&format!("{SURE} {BOT}")).await.content().contains("brew"));
    bot.stop().await;
    discord.finish();
}
