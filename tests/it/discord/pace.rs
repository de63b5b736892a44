//! Who asks very much is asked for a pause, kindly, and is warned of danger all the same.

use insta::assert_snapshot;
use serde_json::json;

use super::tea;
use crate::support::bot::Bot;
use crate::support::fake_discord::{BEN, FakeDiscord};

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
    discord.say(&format!("<@{}> {QUESTION}", crate::support::fake_discord::BOT));
    assert!(discord.mention(EMERGENCY).await.content().starts_with("### Get emergency help now"));
    assert!(discord.slash("ask", json!({ "question": EMERGENCY })).await.content().contains("emergency help"));
    assert!(
        discord.slash("guide", json!({ "topic": "topic:price" })).await.content().starts_with("### What tea costs")
    );
    assert!(discord.by(BEN).mention(QUESTION).await.content().starts_with("### What tea costs"));
    bot.stop().await;
    discord.finish();
}
