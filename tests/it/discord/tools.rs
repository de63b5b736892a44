//! What commands work out of the guide: a look at an advert, sums, comparisons.

use exoguide::discord::request::Options;
use exoguide::discord::{Request, respond};
use exoguide::render::picture::{self, png};
use exoguide::sheet::drawing::Drawing;
use exoguide::sheet::drawings;
use insta::assert_snapshot;
use serde_json::json;

use super::{GUIDE, assert_urgent, finish, shipped, start, tea};
use crate::support::fake_discord::{BEN, Kind, Sent};

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
    assert!(sum.content().contains("2 × $2,000–6,000 = $4,000–12,000"), "{}", sum.content());
    let two = discord.mention("compare: prp vs lllt").await;
    assert!(two.content().contains("### PRP and LLLT (laser devices)\n"), "{}", two.content());
    let wrong = discord.mention("costs sessions: 99 @everyone **x**").await;
    assert_snapshot!("not_understood", wrong.transcript());
    let help = discord.mention("costs sessions: I can't breathe").await;
    assert!(help.content().contains("### Get emergency help now"), "{}", help.content());
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
