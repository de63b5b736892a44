//! Slash commands and what they suggest.

use exoguide::discord::commands::registration;
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::GUIDE;
use crate::support::bot::Bot;
use crate::support::fake_discord::{BEN, FakeDiscord, Kind, MO, MODERATORS, Member};

#[tokio::test]
async fn the_commands_are_registered_and_do_what_they_say() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let names: Vec<String> =
        discord.commands().iter().map(|command| command["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        names,
        [
            "ask",
            "guide",
            "about",
            "privacy",
            "settings",
            "costs",
            "redflags",
            "compare",
            "checklist",
            "timeline",
            "Answer from the guide",
            "Check for red flags"
        ]
    );
    for command in discord.commands() {
        if command["name"] == "settings" {
            // In servers alone, for those who may manage them.
            assert_eq!((&command["contexts"], &command["integration_types"]), (&json!([0]), &json!([0])));
            assert_eq!(command["default_member_permissions"], "32");
            continue;
        }
        // Wherever Discord allows it, installed by a server or by a person.
        assert_eq!((&command["contexts"], &command["integration_types"]), (&json!([0, 1, 2]), &json!([0, 1])));
    }
    assert_eq!(registration(&GUIDE).as_array().map(Vec::len), Some(names.len()));

    let costs = discord.slash("costs", json!({})).await;
    assert!(costs.ephemeral && costs.content().starts_with("### What it costs"), "{}", costs.content());
    let about = discord.slash("about", json!({})).await;
    let title = &GUIDE.topic("about").unwrap().title;
    assert!(about.content().starts_with(&format!("### {title}\n")), "{}", about.content());
    assert_snapshot!("redflags", discord.slash("redflags", json!({})).await.transcript());
    assert_snapshot!("privacy", discord.slash("privacy", json!({})).await.transcript());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn ask_answers_the_asker_alone() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let answer = discord.slash("ask", json!({ "question": "is it covered by my insurance" })).await;
    assert_eq!((answer.kind, answer.ephemeral, answer.deferred), (Kind::Reply, true, false));
    assert!(answer.content().starts_with("### Does insurance cover it?"), "{}", answer.content());
    let alone = discord.in_dm().slash("ask", json!({ "question": "topic:costs" })).await;
    assert!(alone.content().starts_with("### What it costs"), "{}", alone.content());
    // Whatever stands behind the word, it is a question, and may be an emergency.
    let typed = discord.slash("ask", json!({ "question": "topic: I can't breathe" })).await;
    assert!(typed.content().starts_with("### Get emergency help now"), "{}", typed.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_message_of_anybody_is_answered_to_the_asker_alone() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let message = discord.by(BEN).say("does anybody know whether insurance pays for it");
    let answer = discord.use_on(&message, "Answer from the guide").await;
    assert_eq!((answer.kind, answer.ephemeral), (Kind::Reply, true));
    assert!(answer.content().starts_with("### Does insurance cover it?"), "{}", answer.content());
    let alarming = discord.by(BEN).say("had it done today and now I can't breathe");
    let urgent = discord.use_on(&alarming, "Answer from the guide").await;
    assert!(urgent.content().starts_with("### Get emergency help now"), "{}", urgent.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn ask_suggests_what_half_a_sentence_means() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    // No word of this stands in the title.
    let suggested = discord.autocomplete("ask", "question", "how much money").await;
    assert_eq!(suggested.choices()[..2], ["how much money", "What it costs"]);
    assert_eq!(suggested.body["choices"][1]["value"], "topic:costs");
    assert_eq!(suggested.body["choices"][0]["value"], "how much money");

    let first = discord.autocomplete("ask", "question", "").await;
    assert_eq!(first.choices()[..2], ["Exosome therapy in short", "What exosomes are"]);
    let unknown = discord.autocomplete("ask", "question", "zzzz").await;
    assert_eq!(unknown.choices()[0], "zzzz");
    // It could not be offered whole, and nothing else may be sent in its place.
    let long = discord.autocomplete("ask", "question", &"how much does it cost ".repeat(6)).await;
    assert!(long.choices().is_empty(), "{:?}", long.choices());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn guide_goes_to_a_topic() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let suggested = discord.autocomplete("guide", "topic", "side effects and dangers").await;
    assert!(!suggested.choices().is_empty());
    let first = discord.autocomplete("guide", "topic", "").await;
    assert_eq!((first.choices().len(), first.choices()[0]), (25, "Exosome therapy in short"));
    let topic = discord.slash("guide", json!({ "topic": first.body["choices"][0]["value"] })).await;
    assert!(topic.content().starts_with("### Exosome therapy in short"), "{}", topic.content());
    let typed = discord.slash("guide", json!({ "topic": "how much does it cost" })).await;
    assert!(typed.content().starts_with("### What it costs"), "{}", typed.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn guide_is_browsed_by_subject() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let subjects = discord.slash("guide", json!({})).await;
    let money = discord.choose(&subjects, "v1:subjects", "Money").await;
    assert_eq!((money.kind, money.message_id()), (Kind::Update, subjects.message_id()));
    let safety = discord.choose(&money, "v1:subjects", "Law and safety").await;
    let topic = discord.choose(&safety, "v1:topics:safety", "Is it FDA-approved?").await;
    let next = discord.choose(&topic, "v1:topics:safety", "Is it safe? Known risks").await;
    let back = discord.choose(&next, "v1:subjects", "Understand it").await;
    for step in [&safety, &topic, &next, &back] {
        assert_eq!((step.kind, step.message_id()), (Kind::Update, subjects.message_id()));
    }
    let read = [subjects.transcript(), safety.transcript(), topic.transcript()].join("\n\n=====\n\n");
    assert_snapshot!(read);
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn commands_have_names_in_other_languages_and_answers_say_theirs() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    bot.logged(&format!("{} commands registered", discord.commands().len())).await;
    let ask = discord.commands().into_iter().find(|command| command["name"] == "ask").unwrap();
    let names = ["es-ES", "es-419", "de", "fr", "pt-BR"].map(|locale| ask["name_localizations"][locale].clone());
    assert_eq!(names, ["preguntar", "preguntar", "fragen", "demander", "perguntar"]);
    let question = json!({ "question": "how much does it cost" });
    let english = discord.slash("ask", question.clone()).await;
    let clara = Member { locale: "de", ..BEN };
    let german = discord.by(clara).slash("ask", question).await;
    let note = "\n-# Meine Antworten sind auf Englisch. Bitte frag in einfachem Englisch.";
    assert_eq!(german.content(), format!("{}{note}", english.content()));
    let yuki = Member { locale: "ja", ..BEN };
    let japanese = discord.by(yuki).slash("ask", json!({ "question": "how much does it cost" })).await;
    assert_eq!(japanese.content(), format!("{}\n-# My answers are in English.", english.content()));
    // What others read is not for one alone.
    assert_eq!(discord.by(clara).press(&german, "Show in channel").await.content(), english.content());
    let urgent = discord.by(clara).slash("ask", json!({ "question": "my throat is closing up" })).await;
    assert!(urgent.content().starts_with("### Get emergency help now") && urgent.content().ends_with(note));
    bot.stop().await;
    discord.finish();
}

/// All that can be read in Discord's lists: commands, what is filled in for them, and what there is to choose from.
#[test]
fn everything_in_the_lists_is_there_in_each_language() {
    let locales = ["es-ES", "es-419", "de", "fr", "pt-BR"];
    let assert_told = |entry: &Value, key: &str| {
        let told: Vec<&str> = entry[key].as_object().into_iter().flatten().map(|(locale, _)| locale.as_str()).collect();
        assert!(locales.iter().all(|locale| told.contains(locale)), "`{key}` of {entry}");
    };
    let list = |entry: &Value, key: &str| entry[key].as_array().cloned().unwrap_or_default();
    for command in registration(&GUIDE).as_array().unwrap() {
        assert_told(command, "name_localizations");
        if command["type"] == 1 {
            assert_told(command, "description_localizations");
        }
        for option in list(command, "options") {
            assert_told(&option, "description_localizations");
            // A letter is a letter everywhere.
            if option["name"].as_str().is_some_and(|name| name.len() > 1) {
                assert_told(&option, "name_localizations");
            }
            list(&option, "choices").iter().for_each(|choice| assert_told(choice, "name_localizations"));
        }
    }
}

#[tokio::test]
async fn privacy_says_what_is_held_right_now() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let before = discord.slash("privacy", json!({})).await;
    assert!(before.content().contains("Servers with settings: 0"), "{}", before.content());
    let mo = discord.by(MO);
    let panel = mo.slash("settings", json!({})).await;
    mo.pick(&panel, "v1:set:moderators-channel", &[MODERATORS.id]).await;
    let after = discord.slash("privacy", json!({})).await;
    assert!(after.content().contains("Servers with settings: 1"), "{}", after.content());
    bot.stop().await;
    discord.finish();
}
