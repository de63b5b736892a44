//! Buttons and menus, fresh, old and forged.

use exoguide::discord::request::{Audience, Options};
use exoguide::discord::respond::{Action, Response};
use exoguide::discord::{Request, respond};
use insta::assert_snapshot;
use serde_json::json;

use super::{GUIDE, tea};
use crate::support::bot::{Bot, Settings};
use crate::support::fake_discord::{BEN, FakeDiscord, Kind};
use crate::support::knowledge::Folder;

#[tokio::test]
async fn details_are_shown_to_whoever_presses() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let answer = discord.mention("how hot should the water be").await;
    let more = discord.by(BEN).press(&answer, "More details").await;
    assert_eq!(
        (more.kind, more.ephemeral, more.buttons()),
        (
            Kind::Reply,
            true,
            vec!["In plain words", "How long to let it brew", "Helpful", "Not helpful", "Show in channel"]
        )
    );
    assert!(more.content().contains("Without a thermometer"), "{}", more.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_related_topic_leads_on_and_on() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let mut shown = discord.mention("how much does it cost?").await;
    for _ in 0..4 {
        let topic = |button: &&str| GUIDE.knowledge().topics.iter().any(|topic| topic.title == **button);
        let button = shown.buttons().into_iter().rfind(topic).expect("every topic has related ones").to_owned();
        shown = discord.press(&shown, &button).await;
        assert!(shown.content().starts_with(&format!("### {button}\n")), "{}", shown.content());
        assert!(shown.ephemeral);
    }
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_button_outlives_a_restart() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let answer = discord.mention("how hot should the water be").await;
    let browsing = discord.slash("guide", json!({})).await;
    let stopped = bot.stop().await;
    assert!(stopped.status.success());

    let bot = Bot::start_with(&discord, Settings { folder: Some(stopped.folder), ..tea() }).await;
    bot.logged("commands are registered already").await;
    assert!(discord.press(&answer, "More details").await.content().starts_with("### How hot the water should be"));
    let opened = discord.choose(&browsing, "v1:subjects", "Making it").await;
    assert_eq!(opened.message_id(), browsing.message_id());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_button_of_a_topic_that_is_no_more_is_stale() {
    let discord = FakeDiscord::start().await;
    let knowledge = Folder::shipped();
    let settings = Settings { knowledge: Some(knowledge.path()), ..Settings::default() };
    let bot = Bot::start_with(&discord, settings).await;
    let answer = discord.mention("how much does it cost?").await;
    let insurance = &GUIDE.topic("insurance").unwrap().title;
    knowledge.without_topic("insurance");
    // Many files change, and the guide may be served anew in between.
    bot.logged(&format!("{} topics,", GUIDE.knowledge().topics.len() - 1)).await;

    let stale = discord.press(&answer, insurance).await;
    assert_snapshot!(stale.transcript());
    bot.stop().await;
    discord.finish();
}

/// Anybody can send anything as the id of a component.
#[test]
fn a_forged_component_is_stale() {
    let forged = [
        "",
        "v1",
        "v0:topic:costs",
        "v2:topic:costs",
        "v1:topic:",
        "v1:topic:never-was",
        "v1:more:../../etc/passwd",
        "v1:subjects",
        "v1:topics:money",
        "v1:topics:never-was",
        "v1:delete:costs",
        "v1:words:short/never-was",
        "v1:words:short/",
        "v1:words:boundary/costs",
        "v1:show:short/costs+never-was",
        "v1:show:long/costs",
        "v1:asked",
        "v1:remove:12",
        "topic:costs",
    ];
    for custom_id in forged {
        assert_eq!(press(custom_id, None).outcome, "stale", "{custom_id}");
    }
    for (custom_id, chosen) in [
        ("v1:subjects", "never-was"),
        ("v1:topics:money", "never-was"),
        ("v1:topics:money", "*99"),
        ("v1:topics:never-was", "*0"),
        ("v1:topics:money", "*-1"),
        ("v1:topics:money", "*999999999999999999999999"),
    ] {
        assert_eq!(press(custom_id, Some(chosen)).outcome, "stale", "{custom_id} {chosen}");
    }
}

#[test]
fn a_forged_command_is_stale() {
    for name in ["", "costs ", "delete", "ASK"] {
        let request = Request::Command { name: name.to_owned(), options: Options::default() };
        assert_eq!(respond(&GUIDE, &request).outcome, "stale", "{name}");
        let (name, message) = (name.to_owned(), "how much is it".to_owned());
        let request = Request::Menu { name: name.clone(), message, attached: String::new() };
        assert_eq!(respond(&GUIDE, &request).outcome, "stale", "{name}");
    }
}

/// The menus stand on messages for one person. Should one ever stand elsewhere, what others read stays as it is.
#[test]
fn browsing_changes_no_message_of_others() {
    let open = |audience| {
        let (custom_id, chosen) = ("v1:subjects".to_owned(), Some("money".to_owned()));
        respond(&GUIDE, &Request::Component { custom_id, chosen, audience }).action
    };
    assert!(matches!(open(Audience::Asker), Action::Replace(_)));
    assert!(matches!(open(Audience::Channel), Action::Say(_)));
}

fn press(custom_id: &str, chosen: Option<&str>) -> Response {
    let (custom_id, chosen) = (custom_id.to_owned(), chosen.map(str::to_owned));
    respond(&GUIDE, &Request::Component { custom_id, chosen, audience: Audience::Channel })
}

#[tokio::test]
async fn what_can_not_be_read_is_answered_all_the_same() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let sorry = discord.use_something_new().await;
    assert!(sorry.ephemeral);
    assert!(sorry.content().starts_with(&GUIDE.knowledge().guide.say.trouble), "{}", sorry.content());
    assert!(discord.type_something_new().await.choices().is_empty());
    bot.stop().await;
    discord.finish();
}

/// Discord may leave out, and write in a new way, what the bot does not need and its library insists on.
#[tokio::test]
async fn what_the_library_can_not_read_is_read_without_it() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let public = discord.mention("how hot should the water be").await;
    discord.say_no_more_than_needed();
    let suggested = discord.autocomplete("ask", "question", "how hot").await;
    assert_eq!(suggested.choices()[0], "how hot");
    let answer = discord.slash("ask", json!({ "question": "how hot should the water be" })).await;
    assert_eq!((answer.content(), answer.ephemeral), (public.content(), true));
    assert!(discord.press(&answer, "More details").await.content().starts_with("### How hot the water should be"));
    let form = discord.press(&public, "Ask me in private").await;
    let private = discord.submit(&form, json!({ "question": "how long should tea brew" })).await;
    assert!(private.content().starts_with("### How long to let it brew"), "{}", private.content());
    discord.press_and_remove(&public, "Remove").await;
    let log = bot.stop().await.log;
    assert!(!log.contains("can't be read"), "{log}");
    discord.finish();
}
