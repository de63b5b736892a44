//! Mentions, replies to the bot, direct messages.

use exoguide::decide::Outcome;
use exoguide::discord::commands::registration;
use exoguide::discord::request::{Filled, Options, Surface};
use exoguide::discord::respond::{Action, Response};
use exoguide::discord::{Request, respond};
use insta::assert_snapshot;
use serde_json::json;

use super::{GUIDE, assert_urgent, finish, question_with, shipped, start, tea};
use crate::support::bot::Bot;
use crate::support::fake_discord::{BEN, BOT, GENERAL, Kind};

/// What patients read, in the words of the shipped guide.
#[tokio::test]
async fn a_mention_is_answered_in_the_channel() {
    let (discord, bot) = start(shipped()).await;
    let question = discord.say(&format!("<@{BOT}> how much does it cost?"));
    let answer = discord.answer_to(&question).await;
    assert_eq!((answer.kind, answer.ephemeral), (Kind::Message, false));
    assert_eq!(answer.reply_to.as_deref(), Some(question.id.as_str()));
    assert_snapshot!("an_answer", answer.transcript());
    assert_snapshot!("details", discord.by(BEN).press(&answer, "More details").await.transcript());
    assert_snapshot!("a_boundary", discord.mention("can I go to the gym afterwards?").await.transcript());
    assert_snapshot!("a_decline", discord.mention("violins, pianos, trumpets").await.transcript());
    assert_snapshot!("another_language", discord.mention("сколько стоит лечение?").await.transcript());
    assert_snapshot!("nothing_asked", discord.mention("").await.transcript());
    let emergency = "my throat is closing up since the injection. and how much does it cost?";
    assert_snapshot!("an_emergency", discord.mention(emergency).await.transcript());
    bot.logged("outcome=\"urgent\"").await;
    finish(discord, bot).await;
}

#[tokio::test]
async fn a_mention_may_stand_anywhere_and_in_any_channel() {
    let (discord, bot) = start(tea()).await;
    let elsewhere = discord.in_channel(GENERAL).by(BEN);
    for text in
        [format!("how hot <@{BOT}> should the water be"), format!("<@!{BOT}> <@{BOT}> how hot should the water be")]
    {
        let answer = elsewhere.answer_to(&elsewhere.say(&text)).await;
        answer.assert_begins("### How hot the water should be");
    }
    finish(discord, bot).await;
}

#[tokio::test]
async fn a_direct_message_needs_no_mention() {
    let (discord, bot) = start(tea()).await;
    let answer = discord.direct_message("how hot should the water be").await;
    answer.assert_begins("### How hot the water should be");
    assert_eq!(discord.direct_message("  ").await.content(), discord.mention("").await.content());
    finish(discord, bot).await;
}

#[tokio::test]
async fn a_reply_to_the_bot_is_a_question_too() {
    let (discord, bot) = start(tea()).await;
    let answer = discord.mention("how hot should the water be").await;
    let next = discord.by(BEN).reply_to(&answer, "how long should tea brew").await;
    next.assert_begins("### How long to let it brew");
    finish(discord, bot).await;
}

#[tokio::test]
async fn a_reply_goes_on_from_the_answer_even_after_a_restart() {
    let (discord, bot) = start(shipped()).await;
    let costs = discord.mention("how much does it cost").await;
    bot.stop().await;
    let bot = Bot::start(&discord).await;
    let next = discord.by(BEN).reply_to(&costs, "and for three sessions?").await;
    assert_eq!(next.content(), costs.content());
    finish(discord, bot).await;
}

/// Some screen readers do not get to slash commands.
#[tokio::test]
async fn a_mention_with_the_name_of_a_command_is_that_command() {
    let (discord, bot) = start(shipped()).await;
    let said = [("costs", "costs"), ("Red flags!", "redflags"), ("red-flags", "redflags"), ("/privacy", "privacy")];
    for (said, command) in said {
        let by_mention = discord.mention(said).await;
        let by_slash = discord.slash(command, json!({})).await;
        assert_eq!((by_mention.content(), by_mention.ephemeral), (by_slash.content(), false), "{said}");
    }
    let menu = discord.direct_message("guide").await;
    let opened = discord.in_dm().choose(&menu, "v1:subjects", "Money").await;
    // What others see stays as it is; the steps are one person's own, and take place in one message.
    assert_eq!((opened.kind, opened.ephemeral), (Kind::Reply, true));
    let topic = discord.in_dm().choose(&opened, "v1:topics:money", "What it costs").await;
    assert_eq!((topic.kind, topic.message_id()), (Kind::Update, opened.message_id()));
    topic.assert_begins("### What it costs");
    finish(discord, bot).await;
}

/// Whoever adds a command need not think of this.
#[test]
fn every_command_is_called_by_its_name_alone() {
    let message = |text: &str| {
        let request = Request::Message { surface: Surface::Mention, text: text.to_owned(), answered: None };
        respond(&GUIDE, &request)
    };
    let commands = registration(&GUIDE);
    let names = commands.as_array().unwrap().iter().filter(|command| command["type"] == 1);
    for name in names.map(|command| command["name"].as_str().unwrap()) {
        let slash = said(respond(&GUIDE, &Request::Command { name: name.to_owned(), options: Options::default() }));
        for said in [format!("/{name}"), format!(" {} ", name.to_uppercase()), format!("*{name}*?")] {
            assert_eq!(self::said(message(&said)), slash, "{said}");
        }
        assert_ne!(message(&format!("what is not {name}")).outcome, "stale");
    }
}

/// Whatever can be filled in behind a `/` can be said.
#[tokio::test]
async fn a_mention_fills_in_what_a_command_asks_for() {
    let (discord, bot) = start(shipped()).await;
    for said in ["guide topic: costs", "/guide topic:costs", "Guide: what it costs", "ask: how much does it cost?"] {
        let answer = discord.mention(said).await;
        assert!(answer.content().starts_with("### What it costs\n"), "{said}: {}", answer.content());
    }
    let warned = discord.mention("ask: I can't breathe since the injection").await;
    assert_urgent(&warned);
    finish(discord, bot).await;
}

/// Whoever adds an option need not think of it either.
#[test]
fn every_option_can_be_said() {
    let commands = registration(&GUIDE);
    for command in commands.as_array().unwrap().iter().filter(|command| command["type"] == 1) {
        let name = command["name"].as_str().unwrap();
        for option in command["options"].as_array().into_iter().flatten() {
            let filled: Filled = match option["type"].as_u64() {
                Some(4) => Filled::Number(option["min_value"].as_i64().unwrap_or(1)),
                Some(5) => Filled::Switch(true),
                _ => Filled::Text(option["choices"][0]["value"].as_str().unwrap_or("what does it cost").to_owned()),
            };
            let typed = match &filled {
                Filled::Text(text) => text.clone(),
                Filled::Number(number) => number.to_string(),
                Filled::Switch(_) => "yes".to_owned(),
            };
            let option = option["name"].as_str().unwrap();
            let options = [(option.to_owned(), filled)].into_iter().collect();
            let slash = said(respond(&GUIDE, &Request::Command { name: name.to_owned(), options }));
            let text = format!("{name} {option}: {typed}");
            let request = Request::Message { surface: Surface::Mention, text: text.clone(), answered: None };
            assert_eq!(said(respond(&GUIDE, &request)), slash, "{text}");
        }
    }
}

/// The words of a response.
fn said(response: Response) -> Vec<String> {
    let Action::Say(messages) = response.action else { panic!("a message is answered in words") };
    messages.iter().map(|message| message.content.to_string()).collect()
}

#[tokio::test]
async fn what_is_not_for_the_bot_is_left_alone() {
    let (discord, bot) = start(tea()).await;
    discord.say("how hot should the water be");
    discord.say("@exoguide how hot should the water be");
    discord.quiet().await;
    finish(discord, bot).await;
}

#[tokio::test]
async fn an_unclear_question_gets_a_button_for_each_topic() {
    let (discord, bot) = start(shipped()).await;
    let question = question_with(Outcome::Clarify);
    let choice = discord.mention(question).await;
    let titles: Vec<&str> = GUIDE.answer(question).suggestions.iter().map(|topic| topic.title.as_str()).collect();
    assert_eq!(choice.buttons()[..titles.len()], titles);
    assert!(choice.content().starts_with(&format!("### {}", GUIDE.knowledge().guide.say.clarify_title)));
    for title in titles {
        let answer = discord.press(&choice, title).await;
        answer.assert_begins(&format!("### {title}\n"));
    }
    finish(discord, bot).await;
}

#[tokio::test]
async fn nobody_is_ever_pinged() {
    let (discord, bot) = start(tea()).await;
    for text in
        ["@everyone <@1200000000000000002> how hot should the water be", "@here <@&1>", "<@1> https://example.org/x"]
    {
        let answer = discord.mention(text).await;
        assert!(!answer.content().contains('@'), "{}", answer.content());
        assert_eq!(answer.body["allowed_mentions"]["parse"], json!([]));
    }
    finish(discord, bot).await;
}

#[tokio::test]
async fn any_text_gets_an_answer() {
    let (discord, bot) = start(tea()).await;
    let long = "how hot should the water be and ".repeat(180);
    for text in [long.as_str(), "\u{0}\u{202e}\u{feff}", "```\n```", "👩‍👩‍👧‍👦", "ﷺ".repeat(2000).as_str(), "' OR 1=1 --"]
    {
        let answer = discord.mention(text).await;
        assert!(answer.content().contains("Tea is hot."));
    }
    finish(discord, bot).await;
}
