//! Everything there is to press, pressed, also after a restart: nothing but the message itself tells the bot what to do.

use exoguide::discord::commands::registration;
use serde_json::{Value, json};

use super::GUIDE;
use crate::support::bot::{Bot, Settings};
use crate::support::fake_discord::{FakeDiscord, Kind, Sent};

const ADVERT: &str = "Our FDA-approved exosomes regrow your hair, results GUARANTEED! Only $499 a session.";

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

/// Asks in every way and uses every command, and gives what came of it.
async fn use_everything(discord: &FakeDiscord) -> Vec<Sent> {
    let mut messages = Vec::new();
    for question in
        ["how much does it cost?", "can I go to the gym afterwards?", "I can't breathe since the injection", ""]
    {
        messages.push(discord.mention(question).await);
    }
    for (words, command) in
        [("is it covered by my insurance", "Answer from the guide"), (ADVERT, "Check for red flags")]
    {
        messages.push(discord.use_on(&discord.say(words), command).await);
    }
    let commands = registration(&GUIDE);
    let slash = commands.as_array().unwrap().iter().filter(|command| command["type"] == 1);
    for name in slash.map(|command| command["name"].as_str().unwrap()).filter(|name| *name != "ask") {
        messages.push(discord.slash(name, json!({})).await);
    }
    let filled_in = [
        ("ask", json!({ "question": "how long until I see something" })),
        ("guide", json!({ "topic": "topic:costs" })),
        ("costs", json!({ "sessions": 3, "with_prp": true, "maintenance_years": 2 })),
        ("compare", json!({ "a": "prp", "b": "lllt" })),
        ("redflags", json!({ "text": ADVERT })),
    ];
    for (name, options) in filled_in {
        messages.push(discord.slash(name, options).await);
    }
    messages
}

#[tokio::test]
async fn every_button_does_what_it_says_before_and_after_a_restart() {
    let discord = FakeDiscord::start().await;
    let mut bot = Bot::start(&discord).await;
    let mut messages = use_everything(&discord).await;
    for round in ["before", "after"] {
        let mut pressed = 0;
        for message in &messages {
            pressed += press_everything(&discord, message).await.len();
        }
        assert!(pressed > 70, "{pressed} {round} the restart");
        for message in messages.iter().filter(|message| message.buttons().contains(&"Remove")) {
            discord.press_and_remove(message, "Remove").await;
        }
        if round == "before" {
            messages = use_everything(&discord).await;
            let folder = bot.stop().await.folder;
            bot = Bot::start_with(&discord, Settings { folder: Some(folder), ..Settings::default() }).await;
        }
    }
    assert!(!bot.stop().await.log.contains("not answered"));
    // Of several pages only the first were looked at, and of what was posted as a reply nothing.
    discord.read_everything();
    discord.finish();
}
