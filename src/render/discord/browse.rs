//! The guide as shelves to browse: a menu of subjects, and a menu of the topics of the one that is open.

use super::control::{Control, UNSORTED};
use super::limits::Text;
use super::message::{Menu, MenuOption, Message, Row};
use super::rows;
use super::{headed, one};
use crate::guide::Guide;
use crate::knowledge::{Say, Topic};

/// A menu shows at most so many topics, and one entry that leads to the next ones.
const PAGE: usize = 24;

/// Begins the value of the entry that leads to the next topics; no id contains it.
const LATER: &str = "*";

/// A subject with its topics.
struct Shelf<'k> {
    id: &'k str,
    title: &'k str,
    topics: Vec<&'k Topic>,
}

/// The subjects to choose from.
pub fn browse(guide: &Guide) -> Message {
    let file = &guide.knowledge().guide;
    let ends = rows::of_notice(&file.say);
    let rows = std::iter::once(Row::Menu(subjects(guide, None))).chain(ends.as_slice().iter().cloned());
    one(&headed(&file.title, &file.say.browse), file, rows.collect())
}

/// What else may have been meant: the topics with these `ids`, as far as the guide still has them, and all subjects.
pub fn others(guide: &Guide, ids: &[String]) -> Message {
    let file = &guide.knowledge().guide;
    let topics: Vec<&Topic> = ids.iter().filter_map(|id| guide.topic(id)).collect();
    let buttons = rows::leading_to(&topics);
    let buttons = (!buttons.as_slice().is_empty()).then_some(Row::Buttons(buttons));
    let rows = buttons.into_iter().chain([Row::Menu(subjects(guide, None))]);
    one(&headed(&file.say.others, &file.say.others_text), file, rows.collect())
}

/// The subjects, and the topics of one of them from the one numbered `from` on; nothing if there is no such subject.
pub fn opened(guide: &Guide, subject: &str, from: usize) -> Option<Message> {
    let file = &guide.knowledge().guide;
    let shelf = shelves(guide).into_iter().find(|shelf| shelf.id == subject)?;
    let rows = [subjects(guide, Some(subject)), topics(&shelf, from, None, &file.say)?].map(Row::Menu);
    Some(one(&headed(shelf.title, &file.say.browse_topics), file, rows.into_iter().collect()))
}

/// The message that shows a topic, with the menus from which it was chosen, to step on to the next; nothing if the topic
/// does not stand under this subject.
pub fn step(guide: &Guide, subject: &str, topic: &str, message: &Message) -> Option<Message> {
    let shelf = shelves(guide).into_iter().find(|shelf| shelf.id == subject)?;
    let place = shelf.topics.iter().position(|known| known.id.as_str() == topic)?;
    let mut from = 0;
    while place >= from + page(shelf.topics.len() - from) {
        from += page(shelf.topics.len() - from);
    }
    let topics = topics(&shelf, from, Some(topic), &guide.knowledge().guide.say)?;
    let menus = [subjects(guide, Some(subject)), topics].map(Row::Menu);
    let rows = message.rows.as_slice().iter().cloned().chain(menus).collect();
    Some(Message { rows, ..message.clone() })
}

/// How many topics a menu shows where so many are left: one entry more leads to the next ones.
fn page(left: usize) -> usize {
    if left <= PAGE + 1 { left } else { PAGE }
}

/// Where the next topics begin, if this is what was chosen.
pub fn later_page(chosen: &str) -> Option<usize> {
    chosen.strip_prefix(LATER)?.parse().ok()
}

/// The subjects in order, and last the topics that stand under none.
fn shelves(guide: &Guide) -> Vec<Shelf<'_>> {
    let ids = guide.knowledge().guide.subjects.iter().map(|subject| subject.id.as_str()).chain([UNSORTED]);
    let shelves = ids.zip(guide.by_subject()).map(|(id, (title, topics))| Shelf { id, title, topics });
    shelves.filter(|shelf| !shelf.topics.is_empty()).collect()
}

fn subjects(guide: &Guide, open: Option<&str>) -> Menu {
    let options = shelves(guide).into_iter().map(|shelf| MenuOption {
        label: Text::cut(shelf.title),
        value: Text::cut(shelf.id),
        chosen: open == Some(shelf.id),
    });
    Menu::new(Control::Subjects, &guide.knowledge().guide.say.browse, options)
}

fn topics(shelf: &Shelf<'_>, from: usize, chosen: Option<&str>, say: &Say) -> Option<Menu> {
    let option = |label: &str, value: &str| MenuOption {
        label: Text::cut(label),
        value: Text::cut(value),
        chosen: chosen == Some(value),
    };
    let rest = shelf.topics.get(from..).filter(|rest| !rest.is_empty())?;
    let shown = page(rest.len());
    let later = (shown < rest.len()).then(|| option(&say.other_topics, &format!("{LATER}{}", from + shown)));
    let topics = rest[..shown].iter().map(|topic| option(&topic.title, topic.id.as_str()));
    Some(Menu::new(Control::Topics(shelf.id.to_owned()), &say.browse_topics, topics.chain(later)))
}
