//! What would not reach a patient whole: a rule of the knowledge which only the one who renders it can judge.

use std::cmp::Reverse;

use super::limits::{length, pages};
use super::{CONTENT, DISCLAIMER, PAGES, footer, leading, section, small, titled};
use crate::answer::{Depth, source};
use crate::decide::MOST_ANSWERED;
use crate::diagnostic::{Diagnostic, counted};
use crate::knowledge::{GuideFile, Knowledge, Topic, UrgentFile, boundary_path, topic_path};

/// A part of a reply, what it is, and where it is written.
struct Part {
    file: String,
    what: String,
    text: String,
}

/// An error for every part that would be cut in some reply.
pub fn too_long(knowledge: &Knowledge) -> Vec<Diagnostic> {
    let room = least_room(knowledge);
    let topics = knowledge.topics.iter().flat_map(of_topic);
    let boundaries = knowledge.boundaries.iter().map(|boundary| Part {
        file: boundary_path(&boundary.id),
        what: "`answer`".to_owned(),
        text: titled(&boundary.title, &boundary.answer),
    });
    let parts = topics.chain(boundaries).chain(of_guide(&knowledge.guide)).chain(of_urgent(&knowledge.urgent));
    parts.filter_map(|part| problem(&part, room)).chain(long_disclaimer(&knowledge.guide)).collect()
}

/// What a message has room for where most stands around the words.
fn least_room(knowledge: &Knowledge) -> usize {
    let guide = &knowledge.guide;
    let mut sources: Vec<String> = knowledge.topics.iter().filter_map(|topic| source(topic, &guide.say)).collect();
    sources.sort_by_key(|source| Reverse(length(source)));
    sources.truncate(MOST_ANSWERED);
    CONTENT - length(&footer(&sources.join("\n"), &guide.disclaimer)) - length(&leading(&guide.say.near))
}

fn problem(part: &Part, room: usize) -> Option<Diagnostic> {
    let pages = pages(&part.text, room, usize::MAX);
    let over: usize = pages.iter().skip(PAGES).map(|page| length(page)).sum();
    let message = format!("{} takes {} messages on Discord, and {PAGES} are the most", part.what, pages.len());
    let diagnostic = Diagnostic::error("too-long", &part.file, message);
    (over > 0).then(|| diagnostic.help(format!("shorten it by {}", counted(over, "character"))))
}

fn of_topic(topic: &Topic) -> Vec<Part> {
    let part =
        |what: &str, depth| Part { file: topic_path(&topic.id), what: what.to_owned(), text: section(topic, depth) };
    let short = part("`answer` with its tables and links", Depth::Short);
    // Where there are no details, a topic is shown as it is in short.
    let full = topic.details.as_ref().map(|_| part("`details` with the links", Depth::Full));
    std::iter::once(short).chain(full).collect()
}

fn of_guide(guide: &GuideFile) -> impl Iterator<Item = Part> + '_ {
    let say = &guide.say;
    let notices: [(&str, &str, &str); 7] = [
        ("decline", &say.decline_title, &say.decline),
        ("clarify", &say.clarify_title, &say.clarify),
        ("empty", &say.decline_title, &say.empty),
        ("besides", "", &say.besides),
        ("privacy", &say.privacy_title, &say.privacy),
        ("stale", "", &say.stale),
        ("trouble", "", &say.trouble),
    ];
    notices.into_iter().map(|(key, title, text)| Part {
        file: "guide.toml".to_owned(),
        what: format!("`{key}`"),
        text: titled(title, text),
    })
}

fn of_urgent(urgent: &UrgentFile) -> impl Iterator<Item = Part> + '_ {
    urgent.cares.iter().map(|care| Part {
        file: "urgent.toml".to_owned(),
        what: format!("what `{}` says", care.id),
        text: titled(&care.title, &care.say),
    })
}

/// Stands in small print, where each line begins with a mark.
fn long_disclaimer(guide: &GuideFile) -> Option<Diagnostic> {
    let over = length(&small(&guide.disclaimer)).checked_sub(DISCLAIMER + 1)? + 1;
    let message = format!("`disclaimer` with the marks before its lines is too long by {}", counted(over, "character"));
    Some(Diagnostic::error("too-long", "guide.toml", message).help("write it in fewer lines"))
}
