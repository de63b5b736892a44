//! A [`Reply`] as messages for Discord.
//!
//! All text stands in the message itself and none in an embed: people who have switched embeds off read the same as all
//! others. A page holds what Discord takes; the disclaimer stands on each.
//!
//! A reply has parts (a warning, a notice, each topic), and each may fill a few pages. Pages of neighbouring parts are
//! put together where they fit into one message. So a part is cut or not whatever stands beside it, and
//! [`too_long`] can tell beforehand.

mod browse;
mod control;
mod fit;
mod limits;
mod message;

use crate::answer::{Depth, Reply};
use crate::knowledge::{GuideFile, Table, Topic};
use limits::{length, pages};

pub use browse::{browse, later_page, opened};
pub use control::{Control, UNSORTED};
pub use fit::too_long;
pub use limits::{Few, Text};
pub use message::{Button, Choice, Menu, MenuOption, Message, Row};

/// What stands between two paragraphs.
const PARAGRAPH: &str = "\n\n";

/// What Discord takes in one message.
const CONTENT: usize = 2_000;

/// What stands around an answer takes at most this much of a message, so that there is always room for the answer. The
/// texts of which it is made can't be so long: [`read`](crate::knowledge::read) holds them to less.
const SOURCES: usize = 700;
const DISCLAIMER: usize = 700;
const LEAD: usize = 150;

/// A part longer than this many messages is cut: nobody reads on, and a channel is for others too.
const PAGES: usize = 2;

/// The messages that show a reply. The controls stand under the last.
pub fn messages(reply: &Reply<'_>) -> Vec<Message> {
    let sources: Vec<String> = reply.topics.iter().filter_map(|topic| reply.source(topic)).collect();
    let footer = footer(&sources.join("\n"), reply.disclaimer);
    said(&parts(reply), &footer, &lead(reply), rows(reply))
}

/// Fixed words as messages.
pub fn notice(guide: &GuideFile, title: &str, text: &str) -> Vec<Message> {
    said(&[titled(title, text)], &footer("", &guide.disclaimer), "", Few::none())
}

fn said(parts: &[String], footer: &str, ending: &str, rows: Few<Row, 5>) -> Vec<Message> {
    let room = CONTENT - length(footer) - length(ending);
    let bodies = together(parts.iter().flat_map(|part| pages(part, room, PAGES)), room);
    let mut messages: Vec<Message> = bodies.iter().map(|body| page(body, footer, "", Few::none())).collect();
    if let (Some(last), Some(body)) = (messages.last_mut(), bodies.last()) {
        *last = page(body, footer, ending, rows);
    }
    messages
}

/// The pages, with neighbours on one page where that has room for both.
fn together(pages: impl Iterator<Item = String>, room: usize) -> Vec<String> {
    let mut together: Vec<String> = Vec::new();
    for page in pages {
        match together.last_mut() {
            Some(last) if length(last) + length(PARAGRAPH) + length(&page) <= room => {
                last.push_str(PARAGRAPH);
                last.push_str(&page);
            }
            _ => together.push(page),
        }
    }
    together
}

/// One message of one page.
fn one(body: &str, guide: &GuideFile, rows: Few<Row, 5>) -> Message {
    let footer = footer("", &guide.disclaimer);
    let body = pages(body, CONTENT - length(&footer), 1).concat();
    page(&body, &footer, "", rows)
}

fn page(body: &str, footer: &str, ending: &str, rows: Few<Row, 5>) -> Message {
    Message { content: Text::cut(&[body, footer, ending].concat()), rows }
}

/// Sources and disclaimer in small print, apart from a list that may stand above.
fn footer(sources: &str, disclaimer: &str) -> String {
    let (sources, disclaimer) = (Text::<SOURCES>::cut(&small(sources)), Text::<DISCLAIMER>::cut(&small(disclaimer)));
    format!("\n{sources}{disclaimer}")
}

fn small(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| format!("\n-# {line}")).collect()
}

/// What leads to the topics offered. Under an answer their buttons need no words; under a refusal they must not look like
/// the answer.
fn lead(reply: &Reply<'_>) -> String {
    reply.suggestions_lead().filter(|_| reply.topics.is_empty()).map(leading).unwrap_or_default()
}

fn leading(lead: &str) -> String {
    format!("\n{}", Text::<LEAD>::cut(&format!("{lead}:")))
}

/// What the reply says, in order: first of all what to do now.
fn parts(reply: &Reply<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(warning) = &reply.warning {
        parts.push(headed(warning.title, warning.text));
        if !reply.topics.is_empty() {
            parts.push(reply.say.besides.clone());
        }
    }
    parts.extend(reply.notice.map(|notice| titled(notice.title, notice.text)));
    parts.extend(reply.topics.iter().map(|topic| section(topic, reply.depth)));
    parts
}

/// Words under a heading, where they have one.
fn titled(title: &str, text: &str) -> String {
    if title.is_empty() { text.trim().to_owned() } else { headed(title, text) }
}

fn headed(title: &str, text: &str) -> String {
    format!("### {title}\n{}", text.trim())
}

/// A topic. Its details are asked for with the answer in view, so they take the answer's place.
fn section(topic: &Topic, depth: Depth) -> String {
    let mut parts = match (depth, &topic.details) {
        (Depth::Full, Some(details)) => vec![headed(&topic.title, details)],
        _ => {
            let answer = headed(&topic.title, &topic.answer);
            std::iter::once(answer).chain(topic.tables.iter().map(table)).collect()
        }
    };
    parts.extend(topic.links.iter().map(|link| format!("[{}]({})", link.label, link.url)));
    parts.join(PARAGRAPH)
}

/// A table as lines, one a row, which wrap well on a phone. More than two columns need their headings.
fn table(table: &Table) -> String {
    let mut lines = vec![format!("**{}**", table.title)];
    if table.columns.len() > 2 {
        lines.push(format!("-# {}", labelled(&table.columns, "")));
    }
    lines.extend(table.rows.iter().map(|row| {
        let cells: Vec<String> = row.cells.iter().map(ToString::to_string).collect();
        format!("- {}", labelled(&cells, "**"))
    }));
    lines.join("\n")
}

/// `first: second · third`, with the first between `marks`.
fn labelled(cells: &[String], marks: &str) -> String {
    match cells.split_first() {
        Some((label, [])) => label.clone(),
        Some((label, figures)) => format!("{marks}{label}{marks}: {}", figures.join(" · ")),
        None => String::new(),
    }
}

fn rows(reply: &Reply<'_>) -> Few<Row, 5> {
    let topics = reply.suggestions.iter().map(|topic| button(&topic.title, Control::Topic(topic.id.to_string())));
    let rows = [more(reply), topics.collect()];
    let filled = rows.into_iter().filter(|buttons: &Few<Button, 5>| !buttons.as_slice().is_empty());
    filled.map(Row::Buttons).collect()
}

/// A button for the details of each topic that has some and does not show them.
fn more(reply: &Reply<'_>) -> Few<Button, 5> {
    if reply.depth == Depth::Full {
        return Few::none();
    }
    let more = &reply.say.more;
    let label = |topic: &Topic| match reply.topics.len() {
        1 => more.clone(),
        _ => format!("{more}: {}", topic.title),
    };
    let deeper = reply.topics.iter().filter(|topic| topic.details.is_some());
    deeper.map(|topic| button(&label(topic), Control::More(topic.id.to_string()))).collect()
}

fn button(label: &str, control: Control) -> Button {
    Button { label: Text::cut(label), control }
}
