//! Everything there is to press, pressed after a restart: nothing but the message itself tells the bot what to do.

use exoguide::discord::commands::registration;
use serde_json::{Value, json};

use super::{GUIDE, shipped, start};
use crate::support::fake_discord::{FakeDiscord, Kind, Sent};

/// What a message offers: the `custom_id` of each button, and of each menu with one of its values.
fn components(message: &Sent) -> Vec<(String, Option<String>)> {
    let rows = message.shown["components"].as_array().cloned().unwrap_or_default();
    let all = rows.iter().flat_map(|row| row["components"].as_array().cloned().unwrap_or_default());
    let text = |value: &Value| value.as_str().map(str::to_owned);
    // The last of a menu, for the first may be chosen already.
    all.filter_map(|one| {
        Some((text(&one["custom_id"])?, one["options"].as_array().and_then(|all| text(&all.last()?["value"]))))
    })
    .collect()
}

/// Presses everything on a message but what takes the message away, and gives what came of it.
async fn press_everything(discord: &FakeDiscord, message: &Sent) -> Vec<Sent> {
    let mut answers = Vec::new();
    for (custom_id, value) in components(message) {
        // What was chosen before may have changed the message.
        if !discord.offers(message, &custom_id) || custom_id.starts_with("v1:remove") {
            continue;
        }
        let answer = match &value {
            Some(value) => discord.choose(message, &custom_id, value).await,
            None => discord.press(message, &custom_id).await,
        };
        let answer = match answer.kind {
            Kind::Modal => discord.submit(&answer, json!({ "question": "how much does it cost?" })).await,
            _ => answer,
        };
        assert!(!answer.content().is_empty(), "{custom_id} {value:?}");
        let stale = answer.content().starts_with(&GUIDE.knowledge().guide.say.stale);
        assert!(!stale, "{custom_id} {value:?} is stale");
        answers.push(answer);
    }
    answers
}

#[tokio::test]
async fn every_button_does_what_it_says_after_a_restart() {
    let (discord, bot) = start(shipped()).await;
    let mut messages = Vec::new();
    for question in
        ["how much does it cost?", "can I go to the gym afterwards?", "I can't breathe since the injection", ""]
    {
        messages.push(discord.mention(question).await);
    }
    let asked_about = discord.say("is it covered by my insurance");
    messages.push(discord.use_on(&asked_about, "Answer from the guide").await);
    let commands = registration(&GUIDE);
    let slash = commands.as_array().unwrap().iter().filter(|command| command["type"] == 1);
    for name in slash.map(|command| command["name"].as_str().unwrap()).filter(|name| *name != "ask") {
        messages.push(discord.slash(name, json!({})).await);
    }
    let bot = bot.restart(&discord, shipped()).await;
    let mut pressed = 0;
    for message in &messages {
        pressed += press_everything(&discord, message).await.len();
    }
    assert!(pressed > 40, "{pressed}");
    for message in messages.iter().filter(|message| !message.ephemeral) {
        discord.press_and_remove(message, "Remove").await;
    }
    bot.stop().await;
    // Of several pages only the first were looked at, and of what was posted as a reply nothing.
    discord.read_everything();
    discord.finish();
}
