//! The guide as shelves to browse: a menu of subjects, and a menu of the topics of the one that is open.

use std::collections::{BTreeMap, BTreeSet};

use super::control::{Control, UNSORTED};
use super::limits::Text;
use super::message::{Menu, MenuOption, Message, Row};
use super::{headed, one};
use crate::knowledge::{Id, Knowledge, Topic};

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
pub fn browse(knowledge: &Knowledge) -> Message {
    let guide = &knowledge.guide;
    let rows = [Row::Menu(subjects(knowledge, None))];
    one(&headed(&guide.title, &guide.say.browse), guide, rows.into_iter().collect())
}

/// The subjects, and the topics of one of them from the one numbered `from` on; nothing if there is no such subject.
pub fn opened(knowledge: &Knowledge, subject: &str, from: usize) -> Option<Message> {
    let guide = &knowledge.guide;
    let shelf = shelves(knowledge).into_iter().find(|shelf| shelf.id == subject)?;
    let rows = [subjects(knowledge, Some(subject)), topics(&shelf, from, knowledge)?].map(Row::Menu);
    Some(one(&headed(shelf.title, &guide.say.browse_topics), guide, rows.into_iter().collect()))
}

/// Where the next topics begin, if this is what was chosen.
pub fn later_page(chosen: &str) -> Option<usize> {
    chosen.strip_prefix(LATER)?.parse().ok()
}

/// All topics in the order in which the guide is browsed.
pub fn in_order(knowledge: &Knowledge) -> Vec<&Topic> {
    // A topic may stand under two subjects.
    let mut seen = BTreeSet::new();
    let all = shelves(knowledge).into_iter().flat_map(|shelf| shelf.topics);
    all.filter(|topic| seen.insert(&topic.id)).collect()
}

/// The subjects in order, and last the topics that stand under none.
fn shelves(knowledge: &Knowledge) -> Vec<Shelf<'_>> {
    let subjects = &knowledge.guide.subjects;
    let topics: BTreeMap<&Id, &Topic> = knowledge.topics.iter().map(|topic| (&topic.id, topic)).collect();
    let sorted = subjects.iter().map(|subject| Shelf {
        id: &subject.id,
        title: &subject.title,
        topics: subject.topics.iter().filter_map(|id| topics.get(&id.value).copied()).collect(),
    });
    let named: BTreeSet<&Id> = subjects.iter().flat_map(|subject| &subject.topics).map(|id| &id.value).collect();
    let rest = knowledge.topics.iter().filter(|topic| !named.contains(&topic.id)).collect();
    let unsorted = Shelf { id: UNSORTED, title: &knowledge.guide.say.other_topics, topics: rest };
    sorted.chain([unsorted]).filter(|shelf| !shelf.topics.is_empty()).collect()
}

fn subjects(knowledge: &Knowledge, open: Option<&str>) -> Menu {
    let options = shelves(knowledge).into_iter().map(|shelf| MenuOption {
        label: Text::cut(shelf.title),
        value: Text::cut(shelf.id),
        chosen: open == Some(shelf.id),
    });
    Menu::new(Control::Subjects, &knowledge.guide.say.browse, options)
}

fn topics(shelf: &Shelf<'_>, from: usize, knowledge: &Knowledge) -> Option<Menu> {
    let say = &knowledge.guide.say;
    let option =
        |label: &str, value: &str| MenuOption { label: Text::cut(label), value: Text::cut(value), chosen: false };
    let rest = shelf.topics.get(from..).filter(|rest| !rest.is_empty())?;
    let shown = if rest.len() <= PAGE + 1 { rest.len() } else { PAGE };
    let later = (shown < rest.len()).then(|| option(&say.other_topics, &format!("{LATER}{}", from + shown)));
    let topics = rest[..shown].iter().map(|topic| option(&topic.title, topic.id.as_str()));
    Some(Menu::new(Control::Topics(shelf.id.to_owned()), &say.browse_topics, topics.chain(later)))
}
