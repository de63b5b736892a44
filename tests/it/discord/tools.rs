//! What commands work out of the guide: a look at an advert.

use insta::assert_snapshot;
use serde_json::json;

use super::tea;
use crate::support::bot::Bot;
use crate::support::fake_discord::{BEN, FakeDiscord, Kind};

const ADVERT: &str = "Our **FDA-approved** exosomes regrow your hair, results GUARANTEED! @everyone only $499 a session. \
    See https://example.org or ask <@123>.";

#[tokio::test]
async fn an_advert_is_looked_at() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let typed = discord.slash("redflags", json!({ "text": ADVERT })).await;
    assert_snapshot!("advert", typed.transcript());
    assert!(typed.ephemeral && typed.kind == Kind::Reply);
    let posted = discord.by(BEN).say(ADVERT);
    let on_message = discord.use_on(&posted, "Check for red flags").await;
    assert_eq!((on_message.content(), on_message.ephemeral), (typed.content(), true));
    let leads_on = discord.press(&on_message, "Questions to ask your provider").await;
    assert!(leads_on.content().starts_with("### Questions to ask your provider"), "{}", leads_on.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn an_advert_without_flags_is_never_called_safe() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let honest = "Our exosomes come from adipose tissue and are made by a laboratory that is registered with the FDA. \
        Ask for the certificate of analysis.";
    assert_snapshot!("advert_without_flags", discord.slash("redflags", json!({ "text": honest })).await.transcript());
    let picture = discord.by(BEN).say("");
    let nothing = discord.use_on(&picture, "Check for red flags").await;
    assert_snapshot!("advert_without_words", nothing.transcript());
    bot.stop().await;
    discord.finish();
}

/// Somebody may send a cry for help where an advert was expected.
#[tokio::test]
async fn help_comes_before_the_look_at_an_advert() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let text = "they guaranteed results and now my throat is closing up and I can't breathe";
    let urgent = discord.slash("redflags", json!({ "text": text })).await;
    assert!(urgent.content().starts_with("### Get emergency help now"), "{}", urgent.content());
    assert!(urgent.content().contains("they guaranteed results"), "{}", urgent.content());
    bot.stop().await;
    discord.finish();
}

/// Another guide has no red flags, and so none of what looks for them.
#[tokio::test]
async fn a_guide_without_rules_looks_at_nothing() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let names: Vec<_> = discord.commands().iter().map(|command| command["name"].clone()).collect();
    assert!(!names.contains(&json!("Check for red flags")), "{names:?}");
    bot.stop().await;
    discord.finish();
}
