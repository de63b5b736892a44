//! Who asks very much is asked for a pause, kindly, and is warned of danger all the same.

use insta::assert_snapshot;
use serde_json::json;

use super::tea;
use crate::support::bot::Bot;
use crate::support::fake_discord::{BEN, BOT, FakeDiscord};

const QUESTION: &str = "how much is tea?";
const EMERGENCY: &str = "my throat is closing up since the injection";

#[tokio::test]
async fn who_asks_too_fast_is_told_in_private_and_warned_all_the_same() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let mut answer = discord.slash("ask", json!({ "question": QUESTION })).await;
    for _ in 0..200 {
        if !answer.content().starts_with("### What tea costs") {
            break;
        }
        answer = discord.slash("ask", json!({ "question": QUESTION })).await;
    }
    assert_snapshot!(answer.transcript());
    assert!(answer.ephemeral);
    // In a channel it is said once, and then nothing at all.
    let told = discord.mention(QUESTION).await;
    assert_eq!(told.content(), answer.content());
    discord.say(&format!("<@{}> {QUESTION}", BOT));
    assert!(discord.mention(EMERGENCY).await.content().starts_with("### Get emergency help now"));
    assert!(discord.slash("ask", json!({ "question": EMERGENCY })).await.content().contains("emergency help"));
    assert!(
        discord.slash("guide", json!({ "topic": "topic:price" })).await.content().starts_with("### What tea costs")
    );
    assert!(discord.by(BEN).mention(QUESTION).await.content().starts_with("### What tea costs"));
    bot.stop().await;
    discord.finish();
}

/// Nothing but another answer takes the place of one, and what was said can be taken back at any time.
#[tokio::test]
async fn an_answer_stays_though_its_asker_asks_too_fast() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let question = discord.say(&format!("<@{BOT}> {QUESTION}"));
    let answer = discord.answer_to(&question).await;
    for _ in 0..200 {
        if !discord.slash("ask", json!({ "question": QUESTION })).await.content().starts_with("### What tea costs") {
            break;
        }
    }
    discord.edit(&question, &format!("<@{BOT}> how hot should the water be"));
    discord.edit(&question, &format!("<@{BOT}> {EMERGENCY}"));
    let warned = discord.edited(&answer).await;
    assert!(warned.content().starts_with("### Get emergency help now"), "{}", warned.content());
    discord.press_and_remove(&answer, "Remove").await;
    bot.stop().await;
    discord.finish();
}
