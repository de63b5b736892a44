//! What would not reach a patient whole: a rule of the knowledge which only the one who renders it can judge.

use std::cmp::Reverse;

use super::limits::{length, pages};
use super::{CONTENT, DISCLAIMER, Draft, PAGES, PARAGRAPH, footer, leading, small, titled};
use crate::answer::{Depth, compose, source};
use crate::decide::MOST_ANSWERED;
use crate::diagnostic::{Diagnostic, counted};
use crate::knowledge::{GuideFile, Knowledge, Topic, UrgentFile, boundary_path, topic_path};

/// A section of a reply, what it is, and where it is written.
struct Section {
    file: String,
    what: String,
    text: String,
}

/// An error for every section that would be cut in some reply.
pub fn too_long(knowledge: &Knowledge) -> Vec<Diagnostic> {
    let room = least_room(knowledge);
    let topics = knowledge.topics.iter().flat_map(|topic| of_topic(knowledge, topic));
    let boundaries = knowledge.boundaries.iter().map(|boundary| Section {
        file: boundary_path(&boundary.id),
        what: "`answer`".to_owned(),
        text: titled(&boundary.title, &boundary.answer),
    });
    let sections = topics.chain(boundaries).chain(of_guide(&knowledge.guide)).chain(of_urgent(&knowledge.urgent));
    sections.filter_map(|section| problem(&section, room)).chain(long_disclaimer(&knowledge.guide)).collect()
}

/// What a message has room for where most stands around the words.
fn least_room(knowledge: &Knowledge) -> usize {
    let guide = &knowledge.guide;
    let lead = [&guide.say.near, &guide.say.further].map(|lead| length(&leading(lead))).into_iter().max().unwrap_or(0);
    let mut sources: Vec<String> = knowledge.topics.iter().filter_map(|topic| source(topic, &guide.say)).collect();
    sources.sort_by_key(|source| Reverse(length(source)));
    sources.truncate(MOST_ANSWERED);
    CONTENT - length(&footer(&sources.join("\n"), &guide.disclaimer)) - lead
}

fn problem(section: &Section, room: usize) -> Option<Diagnostic> {
    let pages = pages(&section.text, room, usize::MAX);
    let over: usize = pages.iter().skip(PAGES).map(|page| length(page)).sum();
    let message = format!("{} takes {} messages on Discord, and {PAGES} are the most", section.what, pages.len());
    let diagnostic = Diagnostic::error("too-long", &section.file, message);
    (over > 0).then(|| diagnostic.help(format!("shorten it by {}", counted(over, "character"))))
}

fn of_topic<'k>(knowledge: &'k Knowledge, topic: &'k Topic) -> impl Iterator<Item = Section> {
    let section = |what: &str, depth| Section {
        file: topic_path(&topic.id),
        what: what.to_owned(),
        text: Draft::of(compose::shown(knowledge, topic, depth).parts()).sections.join(PARAGRAPH),
    };
    let short = section("`answer` with its tables and links", Depth::Short);
    // Where there are no details, a topic is shown as it is in short; where both are shown, each is a section.
    let details = topic.details.as_ref().map(|_| section("`details` with the links", Depth::Details));
    std::iter::once(short).chain(details)
}

fn of_guide(guide: &GuideFile) -> impl Iterator<Item = Section> + '_ {
    let say = &guide.say;
    let notices: [(&str, &str, &str); 8] = [
        ("decline", &say.decline_title, &say.decline),
        ("clarify", &say.clarify_title, &say.clarify),
        ("unread", &say.unread_title, &say.unread),
        ("empty", &say.empty_title, &say.empty),
        ("besides", "", &say.besides),
        ("privacy", &say.privacy_title, &say.privacy),
        ("stale", "", &say.stale),
        ("trouble", "", &say.trouble),
    ];
    notices.into_iter().map(|(key, title, text)| Section {
        file: "guide.toml".to_owned(),
        what: format!("`{key}`"),
        text: titled(title, text),
    })
}

fn of_urgent(urgent: &UrgentFile) -> impl Iterator<Item = Section> + '_ {
    urgent.cares.iter().map(|care| Section {
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
