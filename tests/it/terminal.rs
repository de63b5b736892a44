//! Replies as a terminal shows them, and as programs read them, beyond what the command line can be made to say.

use std::path::Path;

use exoguide::answer::{Depth, Reply, Warning};
use exoguide::decide::Outcome;
use exoguide::guide::Guide;
use exoguide::knowledge::{Origin, load};
use exoguide::render::json::Answer;
use exoguide::render::terminal::{self, Page};
use insta::assert_snapshot;

fn tea() -> Guide {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tea");
    Guide::new(load(&Origin::Folder(folder)).knowledge.unwrap())
}

/// The reply to somebody who scalded a finger and asks on.
fn scalded(guide: &Guide) -> Reply<'_> {
    let text = "Hold it under **cool** water:\n\n- for ten minutes\n- no ice";
    let warning = Warning { care: "now", title: "Cool it now", text, signs: vec!["scald"] };
    Reply { outcome: Outcome::Urgent, warning: Some(warning), ..guide.show("water", Depth::Short).unwrap() }
}

#[test]
fn a_warning_comes_first_and_stands_out_without_colour() {
    let guide = tea();
    let styled = terminal::reply(&scalded(&guide), Page { width: 50, drawn: true });
    assert_snapshot!(anstream::adapter::strip_str(&styled));
}

#[test]
fn a_table_is_drawn_and_fits() {
    let guide = tea();
    let reply = guide.show("time", Depth::Short).unwrap();
    let plain = |width| anstream::adapter::strip_str(&terminal::reply(&reply, Page { width, drawn: true })).to_string();
    let (wide, narrow) = (plain(88), plain(40));
    assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
    assert_snapshot!(format!("{wide}==========\n{narrow}"));
}

#[test]
fn json_has_the_signs_of_an_emergency() {
    let guide = tea();
    let json = serde_json::to_string(&Answer::new("ouch", &scalded(&guide), None)).unwrap();
    assert!(json.contains("\"outcome\":\"urgent\"") && json.ends_with("\"signs\":[\"scald\"]}"), "{json}");
    assert!(!json.contains("ranking") && !json.contains("boundary"), "{json}");
}
