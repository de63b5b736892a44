//! What moderators set for their server, and the questions that patients send them.

use exoguide::discord::request::Audience;
use exoguide::discord::{Request, respond};
use insta::assert_snapshot;
use serde_json::json;

use super::{EMERGENCY, GUIDE, assert_urgent, finish, set_channel, start, tea, with_settings};
use crate::support::bot::Settings;
use crate::support::fake_discord::{ANA, BEN, FakeDiscord, GENERAL, GUILD, Kind, MO, MODERATORS, Sent, Trouble};

const UNKNOWN: &str = "do parrots like rain";
const CHANNEL: &str = "v1:set:moderators-channel";
const ROLE: &str = "v1:set:moderators-role";
const SEND: &str = "Send this to the moderators";

/// Gives the moderators a channel, and brings up the form for a question to them.
async fn question_form(discord: &FakeDiscord) -> Sent {
    set_channel(discord, "moderators-channel", MODERATORS).await;
    let declined = discord.mention(UNKNOWN).await;
    discord.press(&declined, SEND).await
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
    let (discord, bot) = start(tea()).await;
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
    assert!(warned.ephemeral);
    warned.assert_says("**Call 112 now");

    let bot = bot.restart(&discord, tea()).await;
    let again = mo.slash("settings", json!({})).await;
    assert_eq!(again.transcript(), set.transcript());
    let forgotten = mo.press(&again, "Forget all settings").await;
    assert_eq!(forgotten.content(), panel.content());
    assert!(discord.slash("ask", json!({ "question": "how much is tea?" })).await.ephemeral);
    let stopped = finish(discord, bot).await;
    assert!(!stopped.folder.path().join(format!("state/servers/{GUILD}.toml")).exists());
}

#[tokio::test]
async fn a_server_that_removes_the_bot_is_forgotten_and_one_that_is_out_of_reach_is_not() {
    let (discord, bot) = start(tea()).await;
    set_channel(&discord, "moderators-channel", MODERATORS).await;
    let held = "Servers with settings: 1";
    discord.outage();
    discord.slash("privacy", json!({})).await.assert_says(held);
    discord.remove_bot();
    bot.logged("has forgotten its settings").await;
    let alone = discord.in_dm().slash("privacy", json!({})).await;
    alone.assert_says("Servers with settings: 0");
    let stopped = finish(discord, bot).await;
    assert!(!stopped.folder.path().join(format!("state/servers/{GUILD}.toml")).exists());
    // Not for the outage.
    assert_eq!(stopped.log.matches("has forgotten").count(), 1, "{}", stopped.log);
    assert!(!stopped.log.contains(GUILD), "{}", stopped.log);
}

/// An operator writes into the files by hand, and is held to nothing there.
#[tokio::test]
async fn a_number_that_is_too_long_keeps_no_form_from_opening() {
    let number = "112, day and night. ".repeat(10);
    let folder = with_settings(&format!("emergency_number = \"{number}\"\n"));
    let (discord, bot) = start(Settings { folder: Some(folder), ..tea() }).await;
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    panel.assert_says(number.trim());
    let form = mo.press(&panel, "Set the numbers to call").await;
    assert_eq!(form.kind, Kind::Modal);
    finish(discord, bot).await;
}

#[tokio::test]
async fn what_was_picked_can_be_taken_back() {
    let (discord, bot) = start(tea()).await;
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    let before = panel.content().to_owned();
    assert_ne!(mo.pick(&panel, CHANNEL, &[MODERATORS.id]).await.content(), before);
    assert_eq!(mo.pick(&panel, CHANNEL, &[]).await.content(), before);
    let form = mo.press(&panel, "Set the numbers to call").await;
    let refused = mo.submit(&form, json!({ "emergency": "ask your doctor", "crisis": "" })).await;
    refused.assert_says("no digit");
    assert_eq!(mo.slash("settings", json!({})).await.content(), before);
    finish(discord, bot).await;
}

/// Discord's own check of a command is a default that a server can change, and a component has none.
#[tokio::test]
async fn nobody_else_sees_or_changes_the_settings() {
    let (discord, bot) = start(tea()).await;
    let refused = discord.slash("settings", json!({})).await;
    assert!(refused.ephemeral);
    assert_snapshot!("settings_refused", refused.transcript());
    let by_mention = discord.by(MO).mention("settings").await;
    assert_eq!(by_mention.content(), refused.content());
    finish(discord, bot).await;
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
    let (discord, bot) = start(tea()).await;
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
    finish(discord, bot).await;
}

#[tokio::test]
async fn a_question_goes_to_the_moderators_without_a_name() {
    let (discord, bot) = start(tea()).await;
    let before = discord.mention(UNKNOWN).await;
    assert!(!before.buttons().contains(&SEND), "there is nowhere to send it");

    let form = question_form(&discord).await;
    assert_snapshot!("question_form", form.transcript());
    let told = discord.submit(&form, json!({ "question": format!("{UNKNOWN}? @everyone"), "name": "" })).await;
    let question = posted(&discord).await;
    assert_snapshot!("question_sent", format!("{}\n\n{}", told.transcript(), question.transcript()));
    for secret in [ANA.id, ANA.name] {
        assert!(!question.body.to_string().contains(secret), "{secret}");
    }
    let log = finish(discord, bot).await.log;
    assert!(!log.contains("parrot"), "{log}");
}

#[tokio::test]
async fn who_wants_to_be_named_is() {
    let (discord, bot) = start(tea()).await;
    set_channel(&discord, "moderators-channel", MODERATORS).await;
    let ben = discord.by(BEN).in_channel(GENERAL);
    // What was asked in private stands nowhere, and is typed again.
    let declined = ben.slash("ask", json!({ "question": UNKNOWN })).await;
    let form = ben.press(&declined, SEND).await;
    assert!(!form.transcript().contains("parrot"), "{}", form.transcript());
    ben.submit(&form, json!({ "question": UNKNOWN, "name": " Yes" })).await;
    let question = posted(&discord).await;
    question.assert_says(&format!("Sent by <@{}>", BEN.id));
    finish(discord, bot).await;
}

#[tokio::test]
async fn who_is_in_danger_is_warned_and_the_moderators_read_it() {
    let (discord, bot) = start(tea()).await;
    let form = question_form(&discord).await;
    let warned = discord.submit(&form, json!({ "question": EMERGENCY, "name": "" })).await;
    assert_urgent(&warned);
    posted(&discord).await.assert_says(EMERGENCY);
    finish(discord, bot).await;
}

#[tokio::test]
async fn a_channel_that_can_not_be_reached_is_told() {
    let (discord, bot) = start(tea()).await;
    let form = question_form(&discord).await;
    discord.trouble("channels", Trouble::Status(403), 1);
    let told = discord.submit(&form, json!({ "question": UNKNOWN, "name": "" })).await;
    assert!(told.ephemeral);
    told.assert_says("was not sent");
    bot.logged("not answered: status 403").await;
    finish(discord, bot).await;
}
