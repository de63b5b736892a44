//! What moderators set for their server, and the questions that patients send them.

use exoguide::discord::request::Audience;
use exoguide::discord::{Request, respond};
use insta::assert_snapshot;
use serde_json::json;

use super::{GUIDE, tea};
use crate::support::bot::{Bot, Settings};
use crate::support::fake_discord::{ANA, BEN, FakeDiscord, GENERAL, GUILD, Kind, MO, MODERATORS, Sent, Trouble};

const EMERGENCY: &str = "my throat is closing up since the injection";
const UNKNOWN: &str = "do parrots like rain";
const CHANNEL: &str = "v1:set:moderators-channel";
const ROLE: &str = "v1:set:moderators-role";
const SEND: &str = "Send this to the moderators";

/// Sets the moderators' channel.
async fn with_moderators(discord: &FakeDiscord) {
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    mo.pick(&panel, CHANNEL, &[MODERATORS.id]).await;
}

/// What the bot posts in the moderators' channel.
async fn posted(discord: &FakeDiscord) -> Sent {
    let posted = discord.next().await;
    assert_eq!((posted.kind, posted.channel.as_str()), (Kind::Message, MODERATORS.id));
    assert_eq!(posted.body["allowed_mentions"], json!({ "parse": [] }));
    posted
}

#[tokio::test]
async fn settings_are_made_in_discord_and_outlive_a_restart() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    assert!(panel.ephemeral);
    assert_snapshot!("settings_at_first", panel.transcript());
    mo.pick(&panel, CHANNEL, &[MODERATORS.id]).await;
    mo.pick(&panel, ROLE, &["1400000000000000009"]).await;
    let changed = mo.press(&panel, "Answers to commands: Everybody sees them").await;
    assert_eq!(changed.kind, Kind::Update);
    let form = mo.press(&panel, "Set the numbers to call").await;
    assert_snapshot!("settings_form", form.transcript());
    let set = mo.submit(&form, json!({ "emergency": " 112 ", "crisis": "116 123 (free)" })).await;
    assert_snapshot!("settings_made", set.transcript());

    let shown = discord.slash("ask", json!({ "question": "how much is tea?" })).await;
    assert!(!shown.ephemeral, "everybody sees it");
    let warned = discord.slash("ask", json!({ "question": EMERGENCY })).await;
    assert!(warned.ephemeral && warned.content().contains("**Call 112 now"), "{}", warned.content());
    let stopped = bot.stop().await;

    let bot = Bot::start_with(&discord, Settings { folder: Some(stopped.folder), ..tea() }).await;
    let again = mo.slash("settings", json!({})).await;
    assert_eq!(again.transcript(), set.transcript());
    let forgotten = mo.press(&again, "Forget all settings").await;
    assert_eq!(forgotten.content(), panel.content());
    assert!(discord.slash("ask", json!({ "question": "how much is tea?" })).await.ephemeral);
    let stopped = bot.stop().await;
    assert!(!stopped.folder.path().join(format!("state/servers/{GUILD}.toml")).exists());
    discord.finish();
}

#[tokio::test]
async fn a_server_that_removes_the_bot_is_forgotten_and_one_that_is_out_of_reach_is_not() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    with_moderators(&discord).await;
    let held = "Servers with settings: 1";
    discord.outage();
    assert!(discord.slash("privacy", json!({})).await.content().contains(held));
    discord.remove_bot();
    bot.logged("has forgotten its settings").await;
    let alone = discord.in_dm().slash("privacy", json!({})).await;
    assert!(alone.content().contains("Servers with settings: 0"), "{}", alone.content());
    let stopped = bot.stop().await;
    assert!(!stopped.folder.path().join(format!("state/servers/{GUILD}.toml")).exists());
    // Not for the outage.
    assert_eq!(stopped.log.matches("has forgotten").count(), 1, "{}", stopped.log);
    assert!(!stopped.log.contains(GUILD), "{}", stopped.log);
    discord.finish();
}

/// An operator writes into the files by hand, and is held to nothing there.
#[tokio::test]
async fn a_number_that_is_too_long_keeps_no_form_from_opening() {
    let discord = FakeDiscord::start().await;
    let folder = tempfile::tempdir().unwrap();
    let servers = folder.path().join("state/servers");
    std::fs::create_dir_all(&servers).unwrap();
    let number = "112, day and night. ".repeat(10);
    std::fs::write(servers.join(format!("{GUILD}.toml")), format!("emergency_number = \"{number}\"\n")).unwrap();
    let bot = Bot::start_with(&discord, Settings { folder: Some(folder), ..tea() }).await;
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    assert!(panel.content().contains(number.trim()), "{}", panel.content());
    let form = mo.press(&panel, "Set the numbers to call").await;
    assert_eq!(form.kind, Kind::Modal);
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn what_was_picked_can_be_taken_back() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    let before = panel.content().to_owned();
    assert_ne!(mo.pick(&panel, CHANNEL, &[MODERATORS.id]).await.content(), before);
    assert_eq!(mo.pick(&panel, CHANNEL, &[]).await.content(), before);
    let form = mo.press(&panel, "Set the numbers to call").await;
    let refused = mo.submit(&form, json!({ "emergency": "ask your doctor", "crisis": "" })).await;
    assert!(refused.content().contains("no digit"), "{}", refused.content());
    assert_eq!(mo.slash("settings", json!({})).await.content(), before);
    bot.stop().await;
    discord.finish();
}

/// Discord's own check of a command is a default that a server can change, and a component has none.
#[tokio::test]
async fn nobody_else_sees_or_changes_the_settings() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let refused = discord.slash("settings", json!({})).await;
    assert!(refused.ephemeral);
    assert_snapshot!("settings_refused", refused.transcript());
    let by_mention = discord.by(MO).mention("settings").await;
    assert_eq!(by_mention.content(), refused.content());
    bot.stop().await;
    discord.finish();
    let refused = |custom_id: &str| {
        let (custom_id, chosen) = (custom_id.to_owned(), Some(MODERATORS.id.to_owned()));
        let response = respond(&GUIDE, &Request::Component { custom_id, chosen, audience: Audience::Asker });
        (response.outcome, response.keep)
    };
    for name in ["moderators-channel", "moderators-role", "unasked-channels", "answers", "numbers", "forget"] {
        assert_eq!(refused(&format!("v1:set:{name}")), ("refused", None), "{name}");
    }
    assert_eq!(refused("v1:send"), ("stale", None));
}

/// Some screen readers do not get to slash commands.
#[tokio::test]
async fn the_settings_are_reached_by_a_mention_and_a_button() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let mo = discord.by(MO);
    let by_slash = mo.slash("settings", json!({})).await;
    let mentioned = mo.mention("settings").await;
    assert_eq!(mentioned.buttons(), ["Settings of this server", "Remove"]);
    let panel = mo.press(&mentioned, "Settings of this server").await;
    assert_eq!((panel.transcript(), panel.ephemeral), (by_slash.transcript(), true));
    let refused = discord.press(&mentioned, "Settings of this server").await;
    assert!(refused.ephemeral && refused.buttons().is_empty(), "{}", refused.transcript());
    assert_eq!(refused.content(), mentioned.content());
    assert_eq!(mo.direct_message("settings").await.buttons(), ["Remove"]);
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_question_goes_to_the_moderators_without_a_name() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let before = discord.mention(UNKNOWN).await;
    assert!(!before.buttons().contains(&SEND), "there is nowhere to send it");
    with_moderators(&discord).await;

    let declined = discord.mention(UNKNOWN).await;
    let form = discord.press(&declined, SEND).await;
    assert_snapshot!("question_form", form.transcript());
    let told = discord.submit(&form, json!({ "question": format!("{UNKNOWN}? @everyone"), "name": "" })).await;
    let question = posted(&discord).await;
    assert_snapshot!("question_sent", format!("{}\n\n{}", told.transcript(), question.transcript()));
    for secret in [ANA.id, ANA.name] {
        assert!(!question.body.to_string().contains(secret), "{secret}");
    }
    let log = bot.stop().await.log;
    assert!(!log.contains("parrot"), "{log}");
    discord.finish();
}

#[tokio::test]
async fn who_wants_to_be_named_is() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    with_moderators(&discord).await;
    let ben = discord.by(BEN).in_channel(GENERAL);
    // What was asked in private stands nowhere, and is typed again.
    let declined = ben.slash("ask", json!({ "question": UNKNOWN })).await;
    let form = ben.press(&declined, SEND).await;
    assert!(!form.transcript().contains("parrot"), "{}", form.transcript());
    ben.submit(&form, json!({ "question": UNKNOWN, "name": " Yes" })).await;
    let question = posted(&discord).await;
    assert!(question.content().contains(&format!("Sent by <@{}>", BEN.id)), "{}", question.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn who_is_in_danger_is_warned_and_the_moderators_read_it() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    with_moderators(&discord).await;
    let declined = discord.mention(UNKNOWN).await;
    let form = discord.press(&declined, SEND).await;
    let warned = discord.submit(&form, json!({ "question": EMERGENCY, "name": "" })).await;
    assert!(warned.content().starts_with("### Get emergency help now"), "{}", warned.content());
    assert!(posted(&discord).await.content().contains(EMERGENCY));
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_channel_that_can_not_be_reached_is_told() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    with_moderators(&discord).await;
    let declined = discord.mention(UNKNOWN).await;
    let form = discord.press(&declined, SEND).await;
    discord.trouble("channels", Trouble::Status(403), 1);
    let told = discord.submit(&form, json!({ "question": UNKNOWN, "name": "" })).await;
    assert!(told.ephemeral && told.content().contains("was not sent"), "{}", told.content());
    bot.logged("not answered: status 403").await;
    bot.stop().await;
    discord.finish();
}
