//! Starting, staying connected, stopping, and what the log says of it.

use std::net::Ipv4Addr;

use insta::assert_snapshot;
use serde_json::json;
use tokio::net::TcpSocket;

use super::{fails_to_start, finish, start, tea};
use crate::support::bot::{Bot, environment, exoguide};
use crate::support::fake_discord::{ANA, FakeDiscord, HELLO, Trouble};

#[tokio::test]
async fn a_dropped_connection_loses_nothing() {
    let (discord, bot) = start(tea()).await;
    discord.drop_connection().await;
    discord.mention("how much is tea?").await.assert_begins("### What tea costs");
    finish(discord, bot).await;
}

/// serenity waits five seconds before it identifies again, and so does this test.
#[tokio::test]
async fn a_new_session_goes_on_as_the_old_one() {
    let (discord, bot) = start(tea()).await;
    discord.invalid_session().await;
    discord.mention("how much is tea?").await.assert_begins("### What tea costs");
    let stopped = finish(discord, bot).await;
    assert!(stopped.status.success());
    assert_eq!(stopped.log.matches("commands").count(), 1, "{}", stopped.log);
}

#[tokio::test]
async fn the_log_says_what_is_served_and_no_word_of_a_patient() {
    let (discord, bot) = start(tea()).await;
    discord.mention("how much is tea, my name is Xerxes?").await;
    discord.slash("ask", json!({ "question": "xylophone zebra" })).await;
    discord.autocomplete("ask", "question", "quixotic").await;
    discord.use_something_new().await;
    let log = bot.stop().await.log;
    for told in
        ["serving the folder", "topics", "surface=\"mention\" outcome=\"answer\" topics=\"price\"", "unreadable"]
    {
        assert!(log.contains(told), "{told}: {log}");
    }
    for secret in ["Xerxes", "how much", "xylophone", "quixotic", ANA.id, ANA.name, discord.token, "token-of"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    discord.finish();
}

#[tokio::test]
async fn a_wrong_token_ends_it_at_once() {
    let discord = FakeDiscord::start().await;
    let said = fails_to_start(&environment(&discord, "wrong")).await;
    assert!(said.contains("Discord refuses the token: copy it again"), "{said}");
    assert!(!said.contains("wrong"), "{said}");
    assert_eq!(discord.complaints().len(), 1, "it asked once: {:?}", discord.complaints());
}

/// Without the answer serenity would go to the real gateway.
#[tokio::test]
async fn without_the_address_of_the_gateway_it_goes_nowhere() {
    let mut told = Vec::new();
    let statuses = [401, 403, 404, 429, 500, 503].map(Trouble::Status);
    for trouble in statuses.into_iter().chain([Trouble::Garbage, Trouble::Cut]) {
        let discord = FakeDiscord::start().await;
        discord.trouble("gateway", trouble, 2);
        let said = fails_to_start(&environment(&discord, discord.token)).await;
        told.push(format!("{trouble:?}:\n{}", said.replace(&discord.api, "DISCORD")));
    }
    // Nobody else can take this address, and nobody listens there.
    let deaf = TcpSocket::new_v4().unwrap();
    deaf.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let api = format!("http://{}", deaf.local_addr().unwrap());
    let said = fails_to_start(&[("DISCORD_TOKEN", "a.b.c"), ("EXOGUIDE_DISCORD_API", &api)]).await;
    told.push(format!("nobody there:\n{}", said.replace(&api, "DISCORD")));
    assert_snapshot!(told.join("\n\n"));
}

/// A proxy may know one way of asking and not the other.
#[tokio::test]
async fn the_plain_way_to_the_gateway_will_do() {
    for trouble in [Trouble::Status(404), Trouble::Garbage] {
        let discord = FakeDiscord::start().await;
        discord.trouble("gateway", trouble, 1);
        let bot = Bot::start_with(&discord, tea()).await;
        finish(discord, bot).await;
    }
}

#[tokio::test]
async fn it_opens_no_session_that_discord_does_not_allow() {
    for (reset_after, wait) in
        [(0, "1 minute"), (60_000, "1 minute"), (60_001, "2 minutes"), (7_200_000, "120 minutes")]
    {
        let discord = FakeDiscord::start().await;
        discord.no_sessions_left(reset_after);
        let said = fails_to_start(&environment(&discord, discord.token)).await;
        assert_eq!(
            said,
            format!(
                "error: Discord lets this bot open no session for {wait}: wait, and find out what restarts it so often"
            )
        );
    }
}

#[tokio::test]
async fn what_the_gateway_refuses_for_good_ends_it() {
    for (code, expected) in [
        (4004, "error: Discord refuses the token: copy it again"),
        (4013, "error: the gateway ended the session for good: invalid gateway intents were provided; start again"),
    ] {
        let discord = FakeDiscord::start().await;
        discord.trouble(HELLO, Trouble::Status(code), 1);
        let said = fails_to_start(&environment(&discord, discord.token)).await;
        assert!(said.starts_with(expected), "{said}");
    }
}

#[tokio::test]
async fn it_stops_at_once_while_it_still_connects() {
    for part in ["gateway", HELLO] {
        let discord = FakeDiscord::start().await;
        discord.trouble(part, Trouble::Silence, 1);
        let bot = Bot::begin(&discord, tea());
        discord.troubled(1).await;
        let stopped = bot.stop().await;
        assert!(stopped.status.success(), "{}", stopped.log);
        assert!(!stopped.log.contains("connected"), "{}", stopped.log);
    }
}

#[tokio::test]
async fn without_a_guide_it_does_not_start() {
    let environment = [("DISCORD_TOKEN", "a.b.c"), ("EXOGUIDE_KNOWLEDGE", "nowhere")];
    let ended = exoguide(["run"], &environment).await;
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("there is no folder `nowhere`"), "{said}");
}
