//! What commands work out of the guide: a look at an advert, sums, comparisons.

use exoguide::discord::request::{Audience, Options, Surface};
use exoguide::discord::respond::Action;
use exoguide::discord::{Request, respond};
use exoguide::render::picture::{self, png};
use exoguide::sheet::drawing::Drawing;
use exoguide::sheet::{Content, all_drawings, drawings};
use insta::assert_snapshot;
use serde_json::json;

use super::{GUIDE, assert_urgent, finish, shipped, start, tea};
use crate::support::fake_discord::{BEN, BOT, Kind, Member, Sent, Trouble};

const ADVERT: &str = "Our **FDA-approved** exosomes regrow your hair, results GUARANTEED! @everyone only $499 a session. \
    See https://example.org or ask <@123>.";

#[tokio::test]
async fn an_advert_is_looked_at() {
    let (discord, bot) = start(shipped()).await;
    let typed = discord.slash("redflags", json!({ "text": ADVERT })).await;
    assert_snapshot!("advert", typed.transcript());
    assert!(typed.ephemeral && typed.kind == Kind::Reply);
    let posted = discord.by(BEN).say(ADVERT);
    let on_message = discord.use_on(&posted, "Check for red flags").await;
    assert_eq!((on_message.content(), on_message.ephemeral), (typed.content(), true));
    let leads_on = discord.press(&on_message, "Questions to ask your provider").await;
    leads_on.assert_begins("### Questions to ask your provider");
    finish(discord, bot).await;
}

#[tokio::test]
async fn an_advert_without_flags_is_never_called_safe() {
    let (discord, bot) = start(shipped()).await;
    let honest = "Our exosomes come from adipose tissue and are made by a laboratory that is registered with the FDA. \
        Ask for the certificate of analysis.";
    assert_snapshot!("advert_without_flags", discord.slash("redflags", json!({ "text": honest })).await.transcript());
    let picture = discord.by(BEN).say("");
    let nothing = discord.use_on(&picture, "Check for red flags").await;
    assert_snapshot!("advert_without_words", nothing.transcript());
    finish(discord, bot).await;
}

/// Somebody may send a cry for help where an advert was expected.
#[tokio::test]
async fn help_comes_before_the_look_at_an_advert() {
    let (discord, bot) = start(shipped()).await;
    let text = "they guaranteed results and now my throat is closing up and I can't breathe";
    let urgent = discord.slash("redflags", json!({ "text": text })).await;
    assert_urgent(&urgent);
    urgent.assert_says("they guaranteed results");
    finish(discord, bot).await;
}

#[tokio::test]
async fn prices_are_added_up() {
    let (discord, bot) = start(shipped()).await;
    let all = json!({ "sessions": 3, "with_prp": true, "maintenance_years": 2 });
    assert_snapshot!("sum", discord.slash("costs", all).await.transcript());
    let many = discord.slash("costs", json!({ "sessions": 5 })).await;
    many.assert_says("5 × $1,500–5,000 = $7,500–25,000");
    many.assert_says("It says nothing about more than that");
    let one = discord.slash("costs", json!({ "with_prp": true })).await;
    one.assert_says("**Together: $2,000–6,000**");
    let none = discord.slash("costs", json!({ "with_prp": false })).await;
    none.assert_begins("### What it costs\n");
    finish(discord, bot).await;
}

/// Whoever does not get at the list of commands types what they fill in, and may get it wrong.
#[tokio::test]
async fn what_is_typed_for_a_command_is_taken_whole_or_told() {
    let (discord, bot) = start(shipped()).await;
    let sum = discord.mention("costs sessions: 2 with_prp: yes maintenance_years: 3").await;
    sum.assert_says("2 × $2,000–6,000 = $4,000–12,000");
    let two = discord.mention("compare: prp vs lllt").await;
    two.assert_says("### PRP and LLLT (laser devices)\n");
    let wrong = discord.mention("costs sessions: 99 @everyone **x**").await;
    assert_snapshot!("not_understood", wrong.transcript());
    let help = discord.mention("costs sessions: I can't breathe").await;
    help.assert_says("### Get emergency help now");
    finish(discord, bot).await;
}

#[tokio::test]
async fn treatments_stand_side_by_side() {
    let (discord, bot) = start(shipped()).await;
    assert_snapshot!("comparison", discord.slash("compare", json!({ "a": "prp", "b": "lllt" })).await.transcript());
    let one = discord.slash("compare", json!({ "b": "prf" })).await;
    one.assert_begins("### PRF and Exosome therapy\n");
    for all in [json!({}), json!({ "a": "prf", "b": "prf" }), json!({ "a": "never-was" })] {
        let all = discord.slash("compare", all).await;
        all.assert_begins("### How the treatments compare\n");
    }
    finish(discord, bot).await;
}

#[tokio::test]
async fn the_questions_are_there_to_keep_and_to_print() {
    let (discord, bot) = start(shipped()).await;
    let list = discord.slash("checklist", json!({})).await;
    let text = discord.follow_up(&list).await;
    assert_snapshot!("checklist", [list.transcript(), text.transcript()].join("\n\n=====\n\n"));
    assert!(list.ephemeral && text.ephemeral);
    finish(discord, bot).await;
}

#[tokio::test]
async fn what_happens_when_is_drawn_and_said() {
    let (discord, bot) = start(shipped()).await;
    assert_snapshot!("timeline", discord.slash("timeline", json!({})).await.transcript());
    // Whoever does not get at the list of commands gets all of it too.
    let mentioned = discord.mention("timeline").await;
    assert_eq!(attachments(&mentioned), ["results-timeline.png"]);
    finish(discord, bot).await;
}

/// Everything is worked out once more from the button alone.
#[tokio::test]
async fn what_was_worked_out_can_be_shown_to_the_channel_after_a_restart() {
    let (discord, bot) = start(shipped()).await;
    let uses = [
        ("costs", json!({ "sessions": 3, "with_prp": true, "maintenance_years": 2 })),
        ("costs", json!({ "maintenance_years": 1 })),
        ("costs", json!({})),
        ("compare", json!({ "a": "prp", "b": "lllt" })),
        ("compare", json!({ "b": "prf" })),
        ("compare", json!({})),
        ("timeline", json!({})),
        ("checklist", json!({})),
        ("redflags", json!({})),
        ("redflags", json!({ "text": ADVERT })),
    ];
    let mut private = Vec::new();
    for (command, options) in uses {
        private.push(discord.slash(command, options).await);
    }
    let text = discord.follow_up(&private[7]).await;
    let bot = bot.restart(&discord, shipped()).await;
    for (at, message) in private.iter().enumerate() {
        assert!(message.ephemeral, "{}", message.transcript());
        let shown = discord.press(message, "Show in channel").await;
        assert_eq!((shown.kind, shown.ephemeral), (Kind::Reply, false));
        assert_eq!((shown.content(), attachments(&shown)), (message.content(), attachments(message)));
        // Of two messages the last takes both away.
        assert_eq!(shown.buttons().contains(&"Remove"), at != 7);
        assert!(!shown.buttons().contains(&"Show in channel"));
        if at == 7 {
            let further = discord.follow_up(&shown).await;
            assert_eq!((further.ephemeral, attachments(&further)), (false, attachments(&text)));
            assert_eq!(further.buttons(), ["Remove"]);
        }
    }
    let words = discord.press(&private[3], "In plain words").await;
    words.assert_says("**PRP**");
    discord.press(&private[0], "Helpful").await;
    let folder = finish(discord, bot).await.folder;
    let counts = std::fs::read_to_string(folder.path().join("state/counts.toml")).unwrap();
    assert_eq!(counts, "[costs]\nhelpful = 1\n");
}

/// What is quoted stands nowhere but in the messages themselves, each of which can be shown.
#[tokio::test]
async fn a_long_look_at_an_advert_is_shown_message_by_message() {
    let (discord, bot) = start(shipped()).await;
    let advert = "Our secret formula of exosomes from a confidential source in the Alps is FDA-approved for all of you! \
        Your hair will grow back within a few weeks of the first visit, and the results are guaranteed for ever! \
        A single session with our doctors, coffee and a scalp massage included, is only $199 until the end of the month! \
        We do not give away a certificate of analysis, since our competitors would copy what we have achieved! \
        All of it is clinically proven by the leading specialists of our own clinic, and there are no side effects at all! \
        Insurance accepted from every patient who books a whole series of sessions with us before the summer!";
    let clara = discord.by(Member { locale: "de", ..BEN });
    let first = clara.slash("redflags", json!({ "text": advert })).await;
    let second = clara.follow_up(&first).await;
    for private in [&first, &second] {
        let note = "\n-# Meine Antworten sind auf Englisch. Bitte frag in einfachem Englisch.";
        let said = private.content().strip_suffix(note).expect("it says which language it is in");
        let shown = clara.press(private, "Show in channel").await;
        // What others read is not for one alone.
        assert_eq!((shown.content(), shown.ephemeral), (said, false));
    }
    first.assert_begins("### A look at this advert\n");
    finish(discord, bot).await;
}

/// Many an advert is a card, or passed on from elsewhere.
#[tokio::test]
async fn an_advert_in_a_card_or_a_message_passed_on_is_looked_at() {
    let (discord, bot) = start(shipped()).await;
    let flag = "**Makes guarantees:** “Results guaranteed!”";
    let card = json!({ "embeds": [{
        "type": "rich", "title": "Hair again!", "description": "Results guaranteed!",
        "fields": [{ "name": "Price", "value": "$499 a session", "inline": true }],
    }] });
    let passed_on = json!({ "message_snapshots": [{ "message": {
        "content": "Results guaranteed!", "embeds": [], "attachments": [], "timestamp": "2026-01-01T12:00:00+00:00",
        "edited_timestamp": null, "flags": 0, "type": 0, "mentions": [], "mention_roles": [],
    } }] });
    for (text, more) in [("look at https://example.org", &card), ("", &card), ("", &passed_on)] {
        let advert = discord.by(BEN).say_with(text, more);
        let looked_at = discord.use_on(&advert, "Check for red flags").await;
        looked_at.assert_says(flag);
        assert_eq!(looked_at.content().contains("**A very low price:**"), more == &card);
    }
    // A question is a question, whatever the link beside it shows.
    let question = discord.by(BEN).say_with("does insurance pay? https://example.org", &card);
    let answer = discord.use_on(&question, "Answer from the guide").await;
    answer.assert_begins("### Does insurance cover it?");
    finish(discord, bot).await;
}

#[tokio::test]
async fn a_look_at_somebodys_advert_is_posted_as_a_reply_to_it() {
    let (discord, bot) = start(shipped()).await;
    let advert = discord.by(BEN).say(ADVERT);
    let private = discord.use_on(&advert, "Check for red flags").await;
    assert!(!private.buttons().contains(&"Show in channel"), "{:?}", private.buttons());
    let posted = discord.press(&private, "Post as a reply").await;
    posted.assert_begins("It stands there now");
    let reply = discord.answer_to(&advert).await;
    assert_eq!((reply.content(), reply.reply_to.as_deref()), (private.content(), Some(advert.id.as_str())));
    // Of a cry for help nothing but the help is passed on.
    let alarming = discord.by(BEN).say("they guaranteed results and now my throat is closing up");
    let private = discord.use_on(&alarming, "Check for red flags").await;
    discord.press(&private, "Post as a reply").await;
    let reply = discord.answer_to(&alarming).await;
    assert_urgent(&reply);
    assert!(!reply.content().contains("guaranteed"), "{}", reply.content());
    finish(discord, bot).await;
}

/// Only what the bot itself has said is said again.
#[test]
fn no_words_are_put_into_the_bots_mouth() {
    let press = |custom_id: &str, words: Option<&str>| {
        let (custom_id, chosen) = (custom_id.to_owned(), words.map(str::to_owned));
        respond(&GUIDE, &Request::Component { custom_id, chosen, audience: Audience::Asker }).outcome
    };
    for (custom_id, words) in [
        ("v1:show:itself", None),
        ("v1:show:itself", Some("Buy at https://example.org")),
        ("v1:words:itself", Some("Buy at https://example.org")),
        ("v1:show:sheet/never-was/", None),
        ("v1:show:sheet/insurance/sessions=3", None),
        ("v1:show:sheet/costs/", None),
        ("v1:show:sheet/costs/sessions=0,never-was=3", None),
    ] {
        assert_eq!(press(custom_id, words), "stale", "{custom_id} {words:?}");
    }
    assert_eq!(press("v1:show:sheet/costs/sessions=99999999999999999999,with_prp", None), "sum");
}

/// Where the bot may write and not attach files, the words say the same.
#[tokio::test]
async fn without_leave_to_attach_files_the_words_come_alone() {
    let (discord, bot) = start(shipped()).await;
    let refuse = |part: &'static str| discord.trouble(part, Trouble::Status(403), 1);
    let timeline = discord.slash("timeline", json!({})).await;
    assert_eq!(attachments(&timeline), ["results-timeline.png"]);
    refuse("interactions");
    let again = discord.slash("timeline", json!({})).await;
    assert_eq!((again.content(), attachments(&again)), (timeline.content(), Vec::new()));
    refuse("channels");
    let question = discord.say(&format!("<@{BOT}> timeline"));
    let mentioned = discord.answer_to(&question).await;
    assert_eq!((mentioned.content(), attachments(&mentioned)), (timeline.content(), Vec::new()));
    refuse("channels");
    discord.edit(&question, &format!("<@{BOT}> compare"));
    let edited = discord.edited(&mentioned).await;
    edited.assert_begins("### How the treatments compare\n");
    assert_eq!(attachments(&edited), Vec::<&str>::new());
    refuse("webhooks");
    let list = discord.slash("checklist", json!({})).await;
    let text = discord.follow_up(&list).await;
    assert_eq!((attachments(&list).len(), attachments(&text).len()), (1, 0));
    assert!(!finish(discord, bot).await.log.contains("not answered"));
}

fn attachments(sent: &Sent) -> Vec<&str> {
    let attachments = sent.shown["attachments"].as_array().into_iter().flatten();
    attachments.filter_map(|attachment| attachment["filename"].as_str()).collect()
}

/// Numbers are in the message and in the alternative text too; and a picture is small enough for a phone's connection.
#[test]
fn every_picture_is_drawn_and_said_in_words() {
    let drawings = drawings(&GUIDE);
    assert!(drawings.len() > 5, "{}", drawings.len());
    for (name, drawing) in drawings {
        let png = png(&drawing).unwrap();
        assert_eq!(&png[1..4], b"PNG", "{name}");
        assert!(png.len() < 200_000, "{name}: {} bytes", png.len());
        assert_eq!(Some(png), picture::png(&drawing), "{name} is the same each time");
        let words = drawing.in_words();
        assert!(words.encode_utf16().count() <= 1_024, "{name}: {words}");
        if let Drawing::Ranges(ranges) = &drawing {
            assert!(ranges.bars.iter().all(|bar| words.contains(&bar.figure)), "{name}: {words}");
        }
        if let Drawing::Page(page) = &drawing {
            assert!(page.items.iter().all(|(about, _)| words.contains(about)), "{name}: {words}");
        }
    }
}

/// Nobody waits for a picture.
#[test]
fn every_picture_that_can_be_asked_for_is_drawn_beforehand() {
    let drawn = all_drawings(&GUIDE);
    let rows: Vec<&str> =
        GUIDE.topic("treatment-comparison").unwrap().tables[0].rows.iter().map(|row| row.id.as_str()).collect();
    let pairs = rows.iter().flat_map(|a| rows.iter().map(move |b| ("compare", format!("a: {a} b: {b}"))));
    let sums = (1..=12).flat_map(|sessions| {
        ["no", "yes"].map(|prp| ("costs", format!("sessions: {sessions} with_prp: {prp} maintenance_years: 2")))
    });
    let others = ["compare", "checklist", "timeline"].map(|command| (command, String::new()));
    let mut seen = 0;
    for (command, options) in pairs.chain(sums).chain(others) {
        let text = format!("{command} {options}");
        let request = Request::Message { surface: Surface::Mention, text: text.clone(), answered: None };
        let Action::Say(messages) = respond(&GUIDE, &request).action else { panic!("{text} is answered in words") };
        for file in messages.into_iter().filter_map(|message| message.file) {
            let Content::Drawing(drawing) = file.content else { continue };
            assert!(drawn.contains(&drawing), "{text}");
            seen += 1;
        }
    }
    assert_eq!(seen, rows.len() * rows.len() + 24 + 3);
}

/// Discord holds people to what an option allows; others can send anything.
#[test]
fn any_number_is_added_up() {
    for sessions in [i64::MIN, -1, 0, 1, 13, i64::MAX] {
        let options = [("sessions", sessions), ("maintenance_years", sessions), ("never-was", 1)];
        let options = options.map(|(name, number)| (name.to_owned(), number));
        let request = Request::Command { name: "costs".to_owned(), options: Options::from_iter(options) };
        let response = respond(&GUIDE, &request);
        assert_eq!(response.outcome, if sessions > 0 { "sum" } else { "answer" }, "{sessions}");
    }
}

/// Another guide has no red flags, and so none of what looks for them.
#[tokio::test]
async fn a_guide_without_rules_looks_at_nothing() {
    let (discord, bot) = start(tea()).await;
    let names: Vec<_> = discord.commands().iter().map(|command| command["name"].clone()).collect();
    assert!(!names.contains(&json!("Check for red flags")), "{names:?}");
    finish(discord, bot).await;
}
