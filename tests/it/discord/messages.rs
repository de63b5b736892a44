//! Mentions, replies to the bot, direct messages.

use exoguide::decide::Outcome;
use insta::assert_snapshot;

use super::{GUIDE, question_with};
use crate::support::bot::Bot;
use crate::support::fake_discord::{BEN, BOT, FakeDiscord, GENERAL, Kind};

#[tokio::test]
async fn a_mention_is_answered_in_the_channel() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let question = discord.say(&format!("<@{BOT}> how much does it cost?"));
    let answer = discord.answer_to(&question).await;
    assert_eq!((answer.kind, answer.ephemeral), (Kind::Message, false));
    assert_eq!(answer.reply_to.as_deref(), Some(question.id.as_str()));
    assert_snapshot!(answer.transcript());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_mention_may_stand_anywhere_and_in_any_channel() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let elsewhere = discord.in_channel(GENERAL).by(BEN);
    for text in [format!("how much <@{BOT}> does it cost"), format!("<@!{BOT}> <@{BOT}> how much does it cost")] {
        let answer = elsewhere.answer_to(&elsewhere.say(&text)).await;
        assert!(answer.content().starts_with("### What it costs"), "{}", answer.content());
    }
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_bare_mention_says_what_the_bot_is() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    assert_snapshot!(discord.mention("").await.transcript());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_direct_message_needs_no_mention() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let answer = discord.direct_message("is it fda approved?").await;
    assert!(answer.content().contains("**No.**") || answer.content().contains("No."), "{}", answer.content());
    assert_eq!(discord.direct_message("  ").await.content(), discord.mention("").await.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_reply_to_the_bot_is_a_question_too() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let answer = discord.mention("how much does it cost?").await;
    let next = discord.by(BEN).reply_to(&answer, "does insurance pay for it?").await;
    assert!(next.content().starts_with("### Does insurance cover it?"), "{}", next.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn what_is_not_for_the_bot_is_left_alone() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    discord.say("how much does it cost?");
    discord.say("@exoguide how much does it cost?");
    discord.quiet().await;
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn what_the_guide_does_not_cover_is_declined() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    assert_snapshot!(discord.mention("can I go to the gym afterwards?").await.transcript());
    let nonsense = discord.mention("qwrtz pfft brrr").await;
    assert!(nonsense.content().contains(&GUIDE.knowledge().guide.say.decline), "{}", nonsense.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn an_unclear_question_gets_a_button_for_each_topic() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let question = question_with(Outcome::Clarify);
    let choice = discord.mention(question).await;
    let titles: Vec<&str> = GUIDE.answer(question).suggestions.iter().map(|topic| topic.title.as_str()).collect();
    assert_eq!(choice.buttons(), titles);
    assert!(choice.content().starts_with(&format!("### {}", GUIDE.knowledge().guide.say.clarify_title)));
    for title in titles {
        let answer = discord.press(&choice, title).await;
        assert!(answer.content().starts_with(&format!("### {title}\n")), "{}", answer.content());
    }
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn an_emergency_comes_first() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let answer = discord.mention("my throat is closing up since the injection. and how much does it cost?").await;
    assert_snapshot!(answer.transcript());
    bot.logged("outcome=\"urgent\"").await;
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn nobody_is_ever_pinged() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    for text in ["@everyone <@1200000000000000002> what does it cost", "@here <@&1>", "<@1> https://example.org/x"] {
        let answer = discord.mention(text).await;
        assert!(!answer.content().contains('@'), "{}", answer.content());
        assert_eq!(answer.body["allowed_mentions"]["parse"], serde_json::json!([]));
    }
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn any_text_gets_an_answer() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let long = "what does it cost and ".repeat(180);
    for text in [long.as_str(), "\u{0}\u{202e}\u{feff}", "```\n```", "👩‍👩‍👧‍👦", "ﷺ".repeat(2000).as_str(), "' OR 1=1 --"]
    {
        let answer = discord.mention(text).await;
        assert!(answer.content().contains(&GUIDE.knowledge().guide.disclaimer));
    }
    bot.stop().await;
    discord.finish();
}
