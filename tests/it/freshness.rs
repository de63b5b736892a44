//! What patients are told of the age of an answer, in every medium.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use exoguide::answer::{Depth, Reply};
use exoguide::guide::Guide;
use exoguide::knowledge::{self, Date, Origin, next_reviews};
use exoguide::render::discord;
use exoguide::render::json::Answer;
use exoguide::render::terminal::{self, Page};
use insta::assert_snapshot;

use crate::support::cli::exoguide;

static SHIPPED: LazyLock<Guide> =
    LazyLock::new(|| Guide::new(knowledge::load(&Origin::CompiledIn).knowledge.expect("the shipped guide is right")));

fn on(year: u16, month: u8, day: u8) -> Guide {
    SHIPPED.on(Date { year, month, day })
}

/// What `reply` looks like in every medium, each on one line; on Discord every message by itself.
fn media(reply: &Reply<'_>) -> Vec<String> {
    let styled = terminal::reply(reply, Page { width: 80, drawn: true });
    let mut media = vec![anstream::adapter::strip_str(&styled).to_string(), Answer::new("?", reply, None).text];
    media.extend(discord::messages(reply, true).iter().map(|message| message.content.as_str().to_owned()));
    media.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_reply_past_its_period_says_so_in_every_medium() {
    let overdue = &SHIPPED.knowledge().guide.say.overdue;
    // Prices hold for 90 days, law for 180, the rest for 365; the last day is still one of them.
    for (id, last, first) in [
        ("costs", (2027, 2, 21), (2027, 2, 22)),
        ("fda-status", (2027, 5, 22), (2027, 5, 23)),
        ("recovery", (2027, 11, 23), (2027, 11, 24)),
    ] {
        for (day, late) in [(last, false), (first, true)] {
            let guide = on(day.0, day.1, day.2);
            for depth in [Depth::Short, Depth::Full, Depth::Details] {
                let reply = guide.show(id, depth).expect("a topic");
                let says = |text: &String| text.contains(overdue.as_str());
                // A long reply is several messages, and one of them says it.
                assert_eq!(media(&reply)[..2].iter().all(says), late, "{id} on {day:?}");
                assert_eq!(media(&reply)[2..].iter().any(says), late, "{id} on {day:?}");
            }
        }
    }
}

#[test]
fn a_boundary_past_its_period_says_so() {
    let overdue = SHIPPED.knowledge().guide.say.overdue.as_str();
    let asked = |guide: &Guide| {
        let reply = guide.answer("can I go to the gym tomorrow");
        assert!(reply.boundary.is_some());
        media(&reply).iter().filter(|text| text.contains(overdue)).count()
    };
    assert_eq!((asked(&on(2027, 11, 23)), asked(&on(2027, 11, 24))), (0, 3));
}

#[test]
fn nothing_is_overdue_where_no_day_is_handed_in() {
    let reply = SHIPPED.show("costs", Depth::Full).expect("a topic");
    assert!(media(&reply).iter().all(|text| !text.contains(&SHIPPED.knowledge().guide.say.overdue)));
}

#[test]
fn every_price_comes_with_the_guide_and_the_day_in_every_medium() {
    let mut priced = 0;
    for topic in &SHIPPED.knowledge().topics {
        for depth in [Depth::Short, Depth::Full, Depth::Details] {
            let reply = SHIPPED.show(topic.id.as_str(), depth).expect("a topic");
            for text in media(&reply).iter().filter(|text| text.contains('$')) {
                priced += 1;
                assert!(text.contains("rices according to the guide, reviewed 2026-11-23"), "{}: {text}", topic.id);
            }
        }
    }
    assert!(priced > 20, "the prices are not found any more");
}

#[test]
fn the_columns_of_what_is_due_stand_below_each_other() {
    let listed = exoguide(&["due", "--within", "400"]).run().stdout;
    let titles = next_reviews(SHIPPED.knowledge()).into_iter().map(|next| next.title);
    let places: BTreeSet<usize> =
        listed.lines().zip(titles).map(|(line, title)| line.rfind(title).expect("the title of the line")).collect();
    assert_eq!(places.len(), 1, "{listed}");
}

#[test]
fn what_is_due_is_listed() {
    let due = |args: &[&str]| exoguide(&[&["due", "--knowledge", "tests/data/broken/review-due"], args].concat());
    assert_snapshot!(due(&[]).run());
    assert_snapshot!(due(&["--today", "2026-01-01"]).run(), @r"
    status 0
    --- output
    nothing is due: the first will be `topics/tickets.toml`, on 2026-11-19
    ");
    assert_snapshot!(due(&["--format", "json", "--within", "0"]).run(), @r#"
    status 1
    --- output
    [{"file":"topics/tickets.toml","title":"What a ticket costs","kind":"prices","reviewed":"2026-09-20","due":"2026-11-19","days":-4}]
    "#);
    assert_snapshot!(exoguide(&["due", "--knowledge", "tests/data/pool"]).run(), @r"
    status 0
    --- output
    nothing is ever due: no file has a `reviewed` date
    ");
    assert_snapshot!(due(&["--today", "tomorrow"]).run(), @r"
    status 2
    --- errors
    error: invalid value 'tomorrow' for '--today <DATE>': write year, month and day, as in 2026-11-23

    For more information, try '--help'.
    ");
}
