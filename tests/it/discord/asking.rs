//! What can be done with an answer: show it to all, keep it to oneself, have it explained, have another, remove it.

use exoguide::discord::request::Surface;
use exoguide::discord::respond::Action;
use exoguide::discord::{Request, respond};
use exoguide::render::discord::{Control, Vote};
use insta::assert_snapshot;
use serde_json::json;

use super::{GUIDE, tea};
use crate::support::bot::{Bot, Settings};
use crate::support::fake_discord::{ANA, BEN, BOT, FakeDiscord, Kind, MO, Sent, Trouble};
use crate::support::knowledge::Folder;

const EMERGENCY: &str = "my throat is closing up since the injection";

fn label(of: fn(&exoguide::knowledge::Say) -> &String) -> &'static str {
    of(&GUIDE.knowledge().guide.say)
}

#[tokio::test]
async fn a_private_answer_is_shown_to_the_channel_by_a_button_after_a_restart_too() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let private = discord.slash("ask", json!({ "question": "how much does it cost and is it approved?" })).await;
    assert!(private.ephemeral && private.buttons().contains(&"Show in channel"), "{:?}", private.buttons());
    assert!(!private.buttons().contains(&"Remove"));
    let stopped = bot.stop().await;
    let bot = Bot::start_with(&discord, Settings { folder: Some(stopped.folder), ..Settings::default() }).await;
    let shown = discord.press(&private, "Show in channel").await;
    assert_eq!((shown.kind, shown.ephemeral), (Kind::Reply, false));
    assert_eq!(shown.content(), private.content());
    assert_eq!(shown.body["allowed_mentions"]["parse"], json!([]));
    assert_snapshot!("shown_in_channel", shown.transcript());
    // What was asked is nobody's business, and stands nowhere.
    assert!(!shown.body.to_string().contains("and is it approved"));
    // Others go on from there, each alone.
    assert!(discord.by(BEN).press(&shown, "In plain words").await.ephemeral);
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn an_answer_under_a_boundary_can_be_shown_and_a_warning_can_not() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let declined = discord.slash("ask", json!({ "question": "can I go to the gym afterwards?" })).await;
    let shown = discord.press(&declined, "Show in channel").await;
    assert_eq!((shown.content(), shown.ephemeral), (declined.content(), false));
    let emergency = format!("{EMERGENCY}. and what does it cost?");
    for warned in [EMERGENCY, &emergency] {
        let warned = discord.slash("ask", json!({ "question": warned })).await;
        assert!(!warned.buttons().contains(&"Show in channel"), "{:?}", warned.buttons());
    }
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn whoever_reads_a_public_answer_can_ask_in_private() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let answer = discord.mention("how much does it cost?").await;
    let form = discord.by(BEN).press(&answer, "Ask me in private").await;
    assert_eq!(form.kind, Kind::Modal);
    assert_snapshot!("the_form", form.transcript());
    let private = discord.by(BEN).submit(&form, json!({ "question": "is it covered by my insurance" })).await;
    assert_eq!((private.kind, private.ephemeral), (Kind::Reply, true));
    assert!(private.content().starts_with("### Does insurance cover it?"), "{}", private.content());
    let form = discord.press(&answer, "Ask me in private").await;
    let warned = discord.submit(&form, json!({ "question": EMERGENCY })).await;
    assert!(warned.ephemeral && warned.content().starts_with("### Get emergency help now"), "{}", warned.content());
    bot.logged("surface=\"form\" outcome=\"urgent\"").await;
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn who_is_alone_with_the_bot_need_not_choose_who_reads_along() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let alone = discord.in_dm();
    for answer in [
        discord.direct_message("how hot should the water be").await,
        alone.slash("ask", json!({ "question": "how hot should the water be" })).await,
    ] {
        assert!(!answer.buttons().contains(&"Show in channel"), "{:?}", answer.buttons());
        assert!(!answer.buttons().contains(&"Ask me in private"), "{:?}", answer.buttons());
    }
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn hard_words_are_explained_by_a_button() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let answer = discord.mention("what is the wnt pathway?").await;
    let words = discord.by(BEN).press(&answer, "In plain words").await;
    assert!(words.ephemeral);
    assert_snapshot!("hard_words", words.transcript());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn what_was_not_meant_leads_to_what_comes_next() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let answer = discord.mention("how long until I see something").await;
    let others = discord.by(BEN).press(&answer, "Not what I meant").await;
    assert!(others.ephemeral);
    assert_snapshot!("not_what_i_meant", others.transcript());
    let first = others.buttons()[0].to_owned();
    let other = discord.by(BEN).press(&others, &first).await;
    assert!(other.content().starts_with(&format!("### {first}\n")), "{}", other.content());
    let money = discord.by(BEN).choose(&others, "v1:subjects", "Money").await;
    assert_eq!((money.kind, money.message_id()), (Kind::Update, others.message_id()));
    bot.stop().await;
    discord.finish();
}

/// Topics that are no more are left out, and there are always the subjects.
#[test]
fn what_was_not_meant_is_offered_as_far_as_it_is_still_there() {
    let press = |custom_id: &str| {
        let request = Request::Component {
            custom_id: custom_id.to_owned(),
            chosen: None,
            audience: exoguide::discord::request::Audience::Channel,
        };
        let Action::Say(messages) = respond(&GUIDE, &request).action else { panic!("it is answered in words") };
        messages[0].rows.as_slice().len()
    };
    assert_eq!(press("v1:others:costs+never-was"), 2);
    assert_eq!(press("v1:others:never-was"), 1);
}

/// Whatever is asked, the state of the button fits.
#[test]
fn every_answer_can_be_followed_by_another() {
    let knowledge = GUIDE.knowledge();
    for question in knowledge.topics.iter().flat_map(|topic| topic.questions.iter().step_by(10)) {
        let reply = GUIDE.answer(question);
        let request = Request::Message { surface: Surface::Mention, text: question.value.clone(), answered: None };
        let Action::Say(messages) = respond(&GUIDE, &request).action else { panic!("it is answered in words") };
        let shown = messages.last().unwrap().payload().to_string();
        let offered = reply.warning.is_none() && !(reply.topics.is_empty() && reply.boundary.is_none());
        assert_eq!(shown.contains("v1:others:"), offered, "{}", question.value);
        assert!(reply.others.iter().all(|other| reply.topics.iter().all(|topic| topic.id != other.id)));
    }
}

#[tokio::test]
async fn the_asker_and_moderators_remove_an_answer() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let answer = discord.mention("how hot should the water be").await;
    let not_bens = discord.by(BEN).press(&answer, "Remove").await;
    assert!(
        not_bens.ephemeral && not_bens.content().starts_with(label(|say| &say.not_yours)),
        "{}",
        not_bens.content()
    );
    assert!(discord.is_there(&answer));
    discord.press_and_remove(&answer, "Remove").await;

    let answer = discord.by(BEN).mention("how hot should the water be").await;
    discord.by(MO).press_and_remove(&answer, "Remove").await;

    let alone = discord.in_dm();
    let answer = alone.direct_message("how hot should the water be").await;
    alone.press_and_remove(&answer, "Remove").await;
    bot.logged("outcome=\"removed\"").await;
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn what_people_think_of_an_answer_is_counted_by_topic_and_by_nothing_else() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let answer = discord.mention("how hot should the water be").await;
    assert_snapshot!("thanks", discord.press(&answer, "Helpful").await.transcript());
    // Whoever says it twice counts once.
    discord.press(&answer, "Helpful").await;
    discord.by(MO).press(&answer, "Helpful").await;
    let reasons = discord.by(BEN).press(&answer, "Not helpful").await;
    assert_snapshot!("reasons", reasons.transcript());
    let wrong = discord.by(BEN).press(&reasons, "Wrong topic").await;
    assert_eq!((wrong.kind, wrong.message_id()), (Kind::Update, reasons.message_id()));
    assert_snapshot!("wrong_topic", wrong.transcript());

    let private = discord.slash("ask", json!({ "question": "how long should tea brew" })).await;
    let reasons = discord.press(&private, "Not helpful").await;
    let thanks = discord.press(&reasons, "Right topic, no answer").await;
    assert!(thanks.kind == Kind::Update && thanks.buttons().is_empty(), "{}", thanks.transcript());

    let folder = bot.stop().await.folder;
    let counts = std::fs::read_to_string(folder.path().join("state/counts.toml")).unwrap();
    assert_snapshot!("counts", counts);
    discord.finish();
}

#[test]
fn a_vote_on_what_is_no_more_is_stale() {
    let knowledge = GUIDE.knowledge();
    let press = |custom_id: &str| {
        let (custom_id, audience) = (custom_id.to_owned(), exoguide::discord::request::Audience::Asker);
        respond(&GUIDE, &Request::Component { custom_id, chosen: None, audience })
    };
    for vote in Vote::ALL {
        let word = vote.as_str();
        for stale in [format!("v1:{word}:never-was"), format!("v1:{word}:costs+never-was"), format!("v1:{word}:")] {
            let response = press(&stale);
            assert_eq!((response.outcome, response.vote), ("stale", None), "{stale}");
        }
        for id in ["costs", knowledge.boundaries[0].id.as_str()] {
            assert_eq!(press(&format!("v1:{word}:{id}")).vote, Some((vote, vec![id.to_owned()])));
        }
    }
}

#[tokio::test]
async fn nobody_is_asked_how_they_like_a_warning() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let warned = discord.mention(EMERGENCY).await;
    assert_eq!(warned.buttons(), ["Ask me in private", "Remove"]);
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn an_edited_question_has_its_answer_edited_in_place() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let question = discord.say(&format!("<@{BOT}> how much does it cots"));
    let answer = discord.answer_to(&question).await;
    discord.edit(&question, &format!("<@{BOT}> is it covered by my insurance"));
    let edited = discord.edited(&answer).await;
    assert!(edited.content().starts_with("### Does insurance cover it?"), "{}", edited.content());
    assert_eq!(edited.body["allowed_mentions"]["parse"], json!([]));
    discord.edit(&question, &format!("<@{BOT}> {EMERGENCY}"));
    let edited = discord.edited(&answer).await;
    assert!(edited.content().starts_with("### Get emergency help now"), "{}", edited.content());

    let alone = discord.in_dm();
    let question = alone.say("how much does it cost");
    let answer = alone.answer_to(&question).await;
    alone.edit(&question, "is it covered by my insurance");
    assert!(alone.edited(&answer).await.content().starts_with("### Does insurance cover it?"));
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn an_edit_that_is_not_for_the_bot_or_not_of_a_question_changes_nothing() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let question = discord.say(&format!("<@{BOT}> how hot should the water be"));
    discord.answer_to(&question).await;
    discord.edit(&question, "how long should tea brew");
    // Nobody has answered it before, and nobody knows when it was asked.
    let other = discord.say("how hot should the water be");
    discord.edit(&other, &format!("<@{BOT}> how hot should the water be"));
    discord.quiet().await;
    // A message of which nothing is known any more.
    let stopped = bot.stop().await;
    let bot = Bot::start_with(&discord, Settings { folder: Some(stopped.folder), ..tea() }).await;
    discord.edit(&question, &format!("<@{BOT}> how long should tea brew"));
    discord.delete(&question);
    discord.quiet().await;
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_deleted_question_takes_its_answer_along() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let question = discord.say(&format!("<@{BOT}> how hot should the water be"));
    let answer = discord.answer_to(&question).await;
    let other = discord.by(BEN).mention("how hot should the water be").await;
    discord.delete(&question);
    discord.gone(&answer).await;
    assert!(discord.is_there(&other));
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn an_answer_that_was_removed_does_not_come_back() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let question = discord.say(&format!("<@{BOT}> how hot should the water be"));
    let answer = discord.answer_to(&question).await;
    discord.press_and_remove(&answer, "Remove").await;
    discord.edit(&question, &format!("<@{BOT}> how long should tea brew"));
    discord.quiet().await;
    bot.stop().await;
    discord.finish();
}

/// Of several pages all go, and as many stand as the answer needs after an edit.
#[tokio::test]
async fn an_answer_of_two_messages_changes_and_goes_as_one() {
    let discord = FakeDiscord::start().await;
    let knowledge = Folder::small();
    let long = "Silver spoons are polished with a cloth. ".repeat(45);
    knowledge.write(
        "topics/polish.toml",
        &format!("title = \"Polish\"\nanswer = \"{long}\"\ndetails = \"x\"\nquestions = [\"how do I polish silver\"]"),
    );
    knowledge.write(
        "topics/wash.toml",
        &format!("title = \"Wash\"\nanswer = \"{long}\"\nquestions = [\"which soap washes forks\"]"),
    );
    let bot = Bot::start_with(&discord, Settings { knowledge: Some(knowledge.path()), ..Settings::default() }).await;
    let both = format!("<@{BOT}> how do I polish silver? which soap washes forks?");
    let question = discord.say(&both);
    let (first, second) = (discord.answer_to(&question).await, discord.answer_to(&question).await);
    discord.edit(&question, &format!("<@{BOT}> which soap washes forks?"));
    assert!(discord.edited(&first).await.content().starts_with("### Wash"));
    discord.gone(&second).await;
    discord.edit(&question, &both);
    discord.edited(&first).await;
    let second = discord.answer_to(&question).await;
    discord.press_and_remove(&second, "Remove").await;
    discord.gone(&first).await;
    bot.stop().await;
    discord.finish();
}

/// Nothing is known of them any more, and the button names them all.
#[tokio::test]
async fn an_answer_of_two_messages_goes_as_one_after_a_restart() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let question = discord.say(&format!("<@{BOT}> checklist"));
    let (list, text) = (discord.answer_to(&question).await, discord.answer_to(&question).await);
    assert!(!list.buttons().contains(&"Remove"), "{:?}", list.buttons());
    let private = discord.slash("checklist", json!({})).await;
    discord.follow_up(&private).await;
    let shown = discord.press(&private, "Show in channel").await;
    let shown_text = discord.follow_up(&shown).await;
    assert_eq!((text.buttons(), shown_text.buttons()), (vec!["Remove"], vec!["Remove"]));
    let stopped = bot.stop().await;
    let bot = Bot::start_with(&discord, Settings { folder: Some(stopped.folder), ..Settings::default() }).await;
    discord.press_and_remove(&text, "Remove").await;
    discord.gone(&list).await;
    discord.by(MO).press_and_remove(&shown_text, "Remove").await;
    discord.gone(&shown).await;
    bot.stop().await;
    discord.finish();
}

/// Discord may fail to say which the first message is, and then what is known goes.
#[tokio::test]
async fn a_message_that_is_not_known_keeps_no_other_from_going() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let private = discord.slash("checklist", json!({})).await;
    discord.follow_up(&private).await;
    discord.trouble("webhooks", Trouble::Status(404), 1);
    let shown = discord.press(&private, "Show in channel").await;
    let text = discord.follow_up(&shown).await;
    discord.press_and_remove(&text, "Remove").await;
    assert!(discord.is_there(&shown));
    bot.stop().await;
    discord.finish();
}

/// A button takes nothing away but the answer under which it stands.
#[tokio::test]
async fn a_forged_button_takes_no_other_message_along() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let bens = discord.by(BEN).mention("how hot should the water be").await;
    let anas = discord.mention("how hot should the water be").await;
    let asker = ANA.id.parse().unwrap();
    let both = Control::Remove(Some(asker), vec![bens.message_id().parse().unwrap()]);
    discord.forge(&anas, both.custom_id().as_str()).await;
    discord.gone(&anas).await;
    let stale = discord.forge(&bens, "v0:remove").await;
    assert!(stale.ephemeral && stale.content().starts_with(label(|say| &say.stale)), "{}", stale.content());
    bot.stop().await;
    assert!(discord.is_there(&bens));
    discord.finish();
}

/// Its words and its picture go even so.
#[tokio::test]
async fn an_answer_that_discord_does_not_take_away_says_nothing_any_more() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let answer = discord.mention("timeline").await;
    discord.trouble("channels", Trouble::Status(403), 1);
    discord.trouble("webhooks", Trouble::Status(404), 1);
    let removed = discord.press(&answer, "Remove").await;
    assert_snapshot!("removed", removed.transcript());
    bot.logged("still stands: status 404").await;
    bot.stop().await;
    assert!(discord.is_there(&answer));
    discord.finish();
}

#[tokio::test]
async fn an_answer_to_somebodys_message_is_posted_as_a_reply_to_it() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start(&discord).await;
    let message = discord.by(BEN).say("does anybody know whether insurance pays for it");
    let private = discord.use_on(&message, "Answer from the guide").await;
    assert!(private.ephemeral && !private.buttons().contains(&"Show in channel"), "{:?}", private.buttons());
    let stopped = bot.stop().await;
    let bot = Bot::start_with(&discord, Settings { folder: Some(stopped.folder), ..Settings::default() }).await;
    let posted = discord.press(&private, "Post as a reply").await;
    assert_eq!((posted.kind, posted.message_id()), (Kind::Update, private.message_id()));
    assert_snapshot!("posted", posted.transcript());
    let reply = discord.answer_to(&message).await;
    assert_eq!((reply.content(), reply.reply_to.as_deref()), (private.content(), Some(message.id.as_str())));
    assert_eq!(reply.body["allowed_mentions"]["parse"], json!([]));
    discord.press_and_remove(&reply, "Remove").await;

    // Whoever sees another in danger can pass on how to get help, and nothing else of the message.
    let alarming = discord.by(BEN).say(&format!("{EMERGENCY}. and how much does it cost?"));
    let private = discord.use_on(&alarming, "Answer from the guide").await;
    discord.press(&private, "Post as a reply").await;
    let reply = discord.answer_to(&alarming).await;
    assert!(reply.content().starts_with("### Get emergency help now"), "{}", reply.content());
    assert!(!reply.content().contains("What it costs"), "{}", reply.content());
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn where_the_bot_may_not_write_the_answer_is_posted_all_the_same() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let message = discord.by(BEN).say("how hot should the water be");
    let private = discord.use_on(&message, "Answer from the guide").await;
    discord.trouble("channels", Trouble::Status(403), 1);
    let posted = discord.press(&private, "Post as a reply").await;
    let shown = discord.follow_up(&posted).await;
    assert_eq!((shown.kind, shown.ephemeral, shown.content()), (Kind::FollowUp, false, private.content()));
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn what_was_shown_to_the_channel_belongs_to_whoever_showed_it() {
    let discord = FakeDiscord::start().await;
    let bot = Bot::start_with(&discord, tea()).await;
    let private = discord.slash("ask", json!({ "question": "how hot should the water be" })).await;
    let shown: Sent = discord.press(&private, "Show in channel").await;
    let asker = Control::Remove(Some(ANA.id.parse().unwrap()), Vec::new());
    assert!(shown.body.to_string().contains(asker.custom_id().as_str()));
    discord.by(BEN).press(&shown, "Remove").await;
    discord.press_and_remove(&shown, "Remove").await;
    bot.stop().await;
    discord.finish();
}
