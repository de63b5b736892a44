//! What gets out when Discord is slow, or fails.

use serde_json::json;

use super::{EMERGENCY, assert_urgent, finish, start, tea};
use crate::support::fake_discord::{BEN, BOT, FakeDiscord, Posted, Trouble};

/// The part of Discord that takes messages, and the one that takes answers to interactions.
const MESSAGES: &str = "channels";
const INTERACTIONS: &str = "interactions";

/// More than are ever on their way at a time.
const CROWD: usize = 40;

/// A crowd asks, and Discord does not take the answers.
async fn crowd(discord: &FakeDiscord) {
    discord.trouble(MESSAGES, Trouble::Silence, CROWD);
    ask(discord);
    discord.troubled(1).await;
}

/// No single person is answered so much.
fn ask(discord: &FakeDiscord) -> Vec<Posted> {
    let people = [discord.clone(), discord.by(BEN)];
    (0..CROWD).map(|at| people[at % people.len()].say(&format!("<@{BOT}> how much is tea?"))).collect()
}

#[tokio::test]
async fn an_interaction_never_waits_behind_messages() {
    let (discord, bot) = start(tea()).await;
    crowd(&discord).await;
    let suggested = discord.autocomplete("ask", "question", "how hot").await;
    assert_eq!(suggested.choices()[0], "how hot");
    let answer = discord.slash("ask", json!({ "question": "how hot should the water be" })).await;
    answer.assert_begins("### How hot the water should be");
    discord.press(&answer, "More details").await;
    assert_urgent(&discord.slash("ask", json!({ "question": EMERGENCY })).await);
    assert_urgent(&discord.slash("guide", json!({ "topic": EMERGENCY })).await);
    discord.go_on();
    bot.stop().await;
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn an_urgent_answer_waits_for_no_other_in_the_same_channel() {
    let (discord, bot) = start(tea()).await;
    discord.trouble(MESSAGES, Trouble::Silence, 1);
    let crowd = ask(&discord);
    discord.troubled(1).await;
    assert_urgent(&discord.by(BEN).mention(EMERGENCY).await);
    discord.go_on();
    for question in &crowd {
        discord.answer_to(question).await;
    }
    finish(discord, bot).await;
}

#[tokio::test]
async fn an_urgent_answer_is_sent_until_discord_takes_it() {
    let troubles = [Trouble::Status(500), Trouble::Status(429), Trouble::Cut];
    for persisted in troubles.map(|trouble| tokio::spawn(persists_through(trouble))) {
        persisted.await.unwrap();
    }
}

async fn persists_through(trouble: Trouble) {
    let (discord, bot) = start(tea()).await;
    for part in [MESSAGES, INTERACTIONS] {
        discord.trouble(part, trouble, 2);
    }
    assert_urgent(&discord.mention(EMERGENCY).await);
    assert_urgent(&discord.slash("ask", json!({ "question": EMERGENCY })).await);
    discord.trouble(MESSAGES, trouble, 1);
    assert_urgent(&discord.direct_message(EMERGENCY).await);
    discord.trouble(INTERACTIONS, trouble, 1);
    assert_urgent(&discord.slash("guide", json!({ "topic": EMERGENCY })).await);
    assert!(!finish(discord, bot).await.log.contains("not answered"));
}

#[tokio::test]
async fn an_urgent_answer_is_said_once_though_discord_forgets_to_confirm_it() {
    let (discord, bot) = start(tea()).await;
    discord.trouble(MESSAGES, Trouble::Unsaid, 1);
    assert_urgent(&discord.mention(EMERGENCY).await);
    discord.trouble(INTERACTIONS, Trouble::Unsaid, 1);
    assert_urgent(&discord.slash("ask", json!({ "question": EMERGENCY })).await);
    let stopped = bot.stop().await;
    assert_eq!(stopped.log.matches("outcome=\"urgent\"").count(), 2, "{}", stopped.log);
    assert!(!stopped.log.contains("not answered"), "{}", stopped.log);
    // The second attempt is refused, as it should be, and there is no second message.
    let refusals = discord.complaints();
    assert!(matches!(refusals.as_slice(), [one] if one.contains("40060")), "{refusals:?}");
}

#[tokio::test]
async fn what_discord_refuses_for_good_is_not_sent_again() {
    let (discord, bot) = start(tea()).await;
    for part in [MESSAGES, INTERACTIONS] {
        discord.trouble(part, Trouble::Status(403), 1);
    }
    discord.say(&format!("<@{BOT}> {EMERGENCY}"));
    bot.logged("not answered: status 403").await;
    assert!(!finish(discord, bot).await.log.contains("INFO answered"));
}

#[tokio::test]
async fn an_ordinary_answer_is_sent_once() {
    let (discord, bot) = start(tea()).await;
    discord.trouble(MESSAGES, Trouble::Status(500), 1);
    discord.say(&format!("<@{BOT}> how much is tea?"));
    bot.logged("not answered: status 500").await;
    assert!(!finish(discord, bot).await.log.contains("INFO answered"));
}
