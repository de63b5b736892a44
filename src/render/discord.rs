//! A [`Reply`] as messages for Discord.
//!
//! All text stands in the message itself and none in an embed: people who have switched embeds off read the same as all
//! others. A page holds what Discord takes; the disclaimer stands on each.
//!
//! A reply has sections (a warning, a notice, a topic's answer with its tables and links, its details), and each may fill
//! a few pages. Pages of neighbouring sections are put together where they fit into one message. So a section is cut or
//! not whatever stands beside it, and [`too_long`] can tell beforehand.

mod browse;
mod control;
mod fit;
mod form;
mod limits;
mod message;
mod panel;
mod rows;
mod shown;

use crate::answer::{Notice, Offer, Part, Reply, Warning};
use crate::knowledge::{GuideFile, Knowledge, Table};
use crate::sheet::Sheet;
use limits::{length, pages};

pub use browse::{browse, later_page, opened, others, step};
pub use control::{Control, Setting, UNSORTED, Vote};
pub use fit::too_long;
pub use form::{Field, Form, Length};
pub use limits::{Few, Text};
pub use message::{Button, Choice, File, Menu, MenuOption, Message, Picked, Picker, Row};
pub use panel::{Line, behind_a_button, panel};
pub use rows::{Readers, pointer, reasons};
pub use shown::Shown;

/// What a heading begins with.
const HEADING: &str = "### ";

/// What stands between two paragraphs.
const PARAGRAPH: &str = "\n\n";

/// What Discord takes in one message.
const CONTENT: usize = 2_000;

/// What stands around an answer takes at most this much of a message, so that there is always room for the answer. The
/// texts of which it is made can't be so long: [`read`](crate::knowledge::read) holds them to less.
const SOURCES: usize = 700;
const DISCLAIMER: usize = 700;
const LEAD: usize = 150;

/// A section longer than this many messages is cut: nobody reads on, and a channel is for others too.
const PAGES: usize = 2;

/// The messages that show a reply. The controls stand under the last; there is one for its hard words, where it
/// `has_words` to explain.
pub fn messages(reply: &Reply<'_>, has_words: bool) -> Vec<Message> {
    Draft::of(reply.parts()).messages(rows::rows(reply, has_words))
}

/// The messages that show what a command has worked out, which `has_words` to explain.
pub fn sheet(sheet: &Sheet<'_>, has_words: bool) -> Vec<Message> {
    let mut messages = Draft::of(sheet.parts()).messages(rows::of_sheet(sheet, has_words));
    if let (Some(Shown::Itself), Some((_, before))) = (Shown::of_sheet(sheet), messages.split_last_mut()) {
        before.iter_mut().for_each(|message| message.rows = rows::itself(sheet.say));
    }
    let mut files = sheet.files.iter();
    if let Some(last) = messages.last_mut() {
        last.file = files.next().map(File::from);
    }
    // What else there is stands below, each in a message of its own.
    let further: Vec<Message> = files
        .map(|file| {
            let body = headed(&file.title, "");
            Message { file: Some(file.into()), ..page(&body, &footer("", sheet.disclaimer), "", Few::none()) }
        })
        .collect();
    if further.is_empty() {
        return messages;
    }
    // The last message takes all away, for then all before are known.
    let kept = |control| Some(control).filter(|control| !matches!(control, Control::Remove(..)));
    messages = messages.into_iter().map(|message| message.with_controls(kept)).chain(further).collect();
    if let Some(last) = messages.last_mut() {
        last.rows = rows::of_notice(sheet.say);
    }
    messages
}

/// A message of what a command has worked out, as it was said before; nothing, if these are not such words.
pub fn said_again(knowledge: &Knowledge, sheet: &Sheet<'_>, content: &str) -> Option<Message> {
    let content =
        knowledge.languages.notes().fold(content.to_owned(), |content, note| content.replace(&small(note), ""));
    let said = content.contains(small(sheet.disclaimer).trim_start());
    let content = Text::whole(&content).filter(|_| said)?;
    Some(Message { content, rows: rows::of_sheet(sheet, false), file: None })
}

/// Fixed words as messages.
pub fn notice(guide: &GuideFile, title: &str, text: &str) -> Vec<Message> {
    let parts = vec![Part::Headed(Notice { title, text }), Part::Disclaimer(&guide.disclaimer)];
    Draft::of(parts).messages(rows::of_notice(&guide.say))
}

/// The parts of a reply by where they stand in a message.
#[derive(Default)]
struct Draft {
    /// What is paged, each by itself.
    sections: Vec<String>,
    sources: Vec<String>,
    disclaimer: String,
    lead: String,
}

impl Draft {
    fn of(parts: Vec<Part<'_>>) -> Draft {
        let mut draft = Draft::default();
        for part in parts {
            match part {
                Part::Warning(Warning { title, text, .. }) => draft.sections.push(titled(title, text)),
                Part::Headed(Notice { title, text }) => draft.sections.push(titled(title, text)),
                Part::Besides(text) | Part::Details(text) | Part::Overdue(text) => {
                    draft.sections.push(text.trim().to_owned())
                }
                Part::Table(found) => draft.append(&table(found)),
                Part::Link(link) => draft.append(&format!("[{}]({})", link.label, link.url)),
                Part::Source(source) => draft.sources.push(source),
                Part::Offered { offer, lead: Some(lead), .. } if needs_lead(offer) => draft.lead = leading(lead),
                // The topics themselves are buttons.
                Part::Offered { .. } => {}
                Part::Disclaimer(text) => draft.disclaimer = text.to_owned(),
            }
        }
        draft
    }

    /// Adds a paragraph to the last section.
    fn append(&mut self, paragraph: &str) {
        match self.sections.last_mut() {
            Some(section) => section.extend([PARAGRAPH, paragraph]),
            None => self.sections.push(paragraph.to_owned()),
        }
    }

    /// The messages, with the controls `rows` under the last.
    fn messages(&self, rows: Few<Row, 5>) -> Vec<Message> {
        let footer = footer(&self.sources.join("\n"), &self.disclaimer);
        let room = CONTENT - length(&footer) - length(&self.lead);
        let bodies = together(self.sections.iter().flat_map(|section| pages(section, room, PAGES)), room);
        let mut messages: Vec<Message> = bodies.iter().map(|body| page(body, &footer, "", Few::none())).collect();
        if let (Some(last), Some(body)) = (messages.last_mut(), bodies.last()) {
            *last = page(body, &footer, &self.lead, rows);
        }
        messages
    }
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

/// What people ask next needs no words over its buttons. What is near to a question that was declined must not look like
/// the answer, and what was asked besides must not look like chance.
fn needs_lead(offer: Offer) -> bool {
    match offer {
        Offer::Near | Offer::Further => true,
        Offer::Choice | Offer::Next => false,
    }
}

fn leading(lead: &str) -> String {
    format!("\n{}", Text::<LEAD>::cut(&format!("{lead}:")))
}

/// One message of one page.
fn one(body: &str, guide: &GuideFile, rows: Few<Row, 5>) -> Message {
    let footer = footer("", &guide.disclaimer);
    let body = pages(body, CONTENT - length(&footer), 1).concat();
    page(&body, &footer, "", rows)
}

/// The message with a note in small print behind the disclaimer, if there is room for it.
pub fn noted(guide: &GuideFile, note: &str, message: Message) -> Message {
    let content = message.content.as_str();
    let ends = [&guide.disclaimer, &guide.disclaimer_urgent].map(|disclaimer| {
        let disclaimer = small(disclaimer);
        content.rfind(&disclaimer).map(|start| start + disclaimer.len())
    });
    let at = ends.into_iter().flatten().max().unwrap_or(content.len());
    let noted = Text::whole(&format!("{}{}{}", &content[..at], small(note), &content[at..]));
    noted.map(|content| Message { content, ..message.clone() }).unwrap_or(message)
}

fn page(body: &str, footer: &str, ending: &str, rows: Few<Row, 5>) -> Message {
    Message { content: Text::cut(&[body, footer, ending].concat()), rows, file: None }
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

/// Words under a heading, where they have one.
fn titled(title: &str, text: &str) -> String {
    if title.is_empty() { text.trim().to_owned() } else { headed(title, text) }
}

fn headed(title: &str, text: &str) -> String {
    format!("{HEADING}{title}\n{}", text.trim())
}

/// The ids of the topics that stand in a message of the bot's: each under its title, as [`messages`] draws it.
pub fn topics_in<'k>(knowledge: &'k Knowledge, content: &str) -> Vec<&'k str> {
    let titles: Vec<&str> = content.lines().filter_map(|line| line.strip_prefix(HEADING)).collect();
    let shown = knowledge.topics.iter().filter(|topic| titles.contains(&topic.title.as_str()));
    shown.map(|topic| topic.id.as_str()).collect()
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
