//! Slash commands and what they suggest.

use exoguide::discord::commands::registration;
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{GUIDE, assert_urgent, finish, set_channel, shipped, start};
use crate::support::fake_discord::{BEN, Kind, MODERATORS, Member};

#[tokio::test]
async fn the_commands_are_registered_and_do_what_they_say() {
    let (discord, bot) = start(shipped()).await;
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
    assert!(costs.ephemeral);
    costs.assert_begins("### What it costs");
    let about = discord.slash("about", json!({})).await;
    let title = &GUIDE.topic("about").unwrap().title;
    about.assert_begins(&format!("### {title}\n"));
    assert_snapshot!("redflags", discord.slash("redflags", json!({})).await.transcript());
    assert_snapshot!("privacy", discord.slash("privacy", json!({})).await.transcript());
    finish(discord, bot).await;
}

#[tokio::test]
async fn ask_answers_the_asker_alone() {
    let (discord, bot) = start(shipped()).await;
    let answer = discord.slash("ask", json!({ "question": "is it covered by my insurance" })).await;
    assert_eq!((answer.kind, answer.ephemeral, answer.deferred), (Kind::Reply, true, false));
    answer.assert_begins("### Does insurance cover it?");
    let alone = discord.in_dm().slash("ask", json!({ "question": "topic:costs" })).await;
    alone.assert_begins("### What it costs");
    // Whatever stands behind the word, it is a question, and may be an emergency.
    let typed = discord.slash("ask", json!({ "question": "topic: I can't breathe" })).await;
    assert_urgent(&typed);
    finish(discord, bot).await;
}

#[tokio::test]
async fn a_message_of_anybody_is_answered_to_the_asker_alone() {
    let (discord, bot) = start(shipped()).await;
    let message = discord.by(BEN).say("does anybody know whether insurance pays for it");
    let answer = discord.use_on(&message, "Answer from the guide").await;
    assert_eq!((answer.kind, answer.ephemeral), (Kind::Reply, true));
    answer.assert_begins("### Does insurance cover it?");
    let alarming = discord.by(BEN).say("had it done today and now I can't breathe");
    let urgent = discord.use_on(&alarming, "Answer from the guide").await;
    assert_urgent(&urgent);
    finish(discord, bot).await;
}

#[tokio::test]
async fn ask_suggests_what_half_a_sentence_means() {
    let (discord, bot) = start(shipped()).await;
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
    finish(discord, bot).await;
}

#[tokio::test]
async fn guide_goes_to_a_topic() {
    let (discord, bot) = start(shipped()).await;
    let suggested = discord.autocomplete("guide", "topic", "side effects and dangers").await;
    assert!(!suggested.choices().is_empty());
    let first = discord.autocomplete("guide", "topic", "").await;
    assert_eq!((first.choices().len(), first.choices()[0]), (25, "Exosome therapy in short"));
    let topic = discord.slash("guide", json!({ "topic": first.body["choices"][0]["value"] })).await;
    topic.assert_begins("### Exosome therapy in short");
    let typed = discord.slash("guide", json!({ "topic": "how much does it cost" })).await;
    typed.assert_begins("### What it costs");
    finish(discord, bot).await;
}

#[tokio::test]
async fn guide_is_browsed_by_subject() {
    let (discord, bot) = start(shipped()).await;
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
    finish(discord, bot).await;
}

#[tokio::test]
async fn commands_have_names_in_other_languages_and_answers_say_theirs() {
    let (discord, bot) = start(shipped()).await;
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
    assert_urgent(&urgent);
    assert!(urgent.content().ends_with(note));
    finish(discord, bot).await;
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
    let (discord, bot) = start(shipped()).await;
    let before = discord.slash("privacy", json!({})).await;
    before.assert_says("Servers with settings: 0");
    set_channel(&discord, "moderators-channel", MODERATORS).await;
    let after = discord.slash("privacy", json!({})).await;
    after.assert_says("Servers with settings: 1");
    finish(discord, bot).await;
}
