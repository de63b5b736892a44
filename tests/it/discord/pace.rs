//! Who asks very much is asked for a pause, kindly, and is warned of danger all the same.

use insta::assert_snapshot;
use serde_json::json;

use super::{EMERGENCY, assert_urgent, finish, start, tea};
use crate::support::fake_discord::{BEN, BOT, FakeDiscord, Sent};

const QUESTION: &str = "how much is tea?";

/// Asks until there is another answer than the guide's, and gives that.
async fn ask_too_fast(discord: &FakeDiscord) -> Sent {
    for _ in 0..200 {
        let answer = discord.slash("ask", json!({ "question": QUESTION })).await;
        if !answer.content().starts_with("### What tea costs") {
            return answer;
        }
    }
    panic!("nobody is asked for a pause");
}

#[tokio::test]
async fn who_asks_too_fast_is_told_in_private_and_warned_all_the_same() {
    let (discord, bot) = start(tea()).await;
    let answer = ask_too_fast(&discord).await;
    assert_snapshot!(answer.transcript());
    assert!(answer.ephemeral);
    // In a channel it is said once, and then nothing at all.
    let told = discord.mention(QUESTION).await;
    assert_eq!(told.content(), answer.content());
    discord.say(&format!("<@{}> {QUESTION}", BOT));
    assert_urgent(&discord.mention(EMERGENCY).await);
    assert!(discord.slash("ask", json!({ "question": EMERGENCY })).await.content().contains("emergency help"));
    assert!(
        discord.slash("guide", json!({ "topic": "topic:price" })).await.content().starts_with("### What tea costs")
    );
    discord.by(BEN).mention(QUESTION).await.assert_begins("### What tea costs");
    finish(discord, bot).await;
}

/// Nothing but another answer takes the place of one, and what was said can be taken back at any time.
#[tokio::test]
async fn an_answer_stays_though_its_asker_asks_too_fast() {
    let (discord, bot) = start(tea()).await;
    let question = discord.say(&format!("<@{BOT}> {QUESTION}"));
    let answer = discord.answer_to(&question).await;
    ask_too_fast(&discord).await;
    discord.edit(&question, &format!("<@{BOT}> how hot should the water be"));
    discord.edit(&question, &format!("<@{BOT}> {EMERGENCY}"));
    let warned = discord.edited(&answer).await;
    assert_urgent(&warned);
    discord.press_and_remove(&answer, "Remove").await;
    finish(discord, bot).await;
}
