//! What a command works out of the guide: a [`Sheet`], which like a [`Reply`](crate::answer::Reply) knows nothing of the
//! medium that will show it.
//!
//! A reply borrows whole texts; a sheet puts together words, figures and, where an advert is looked at, quotes. All its
//! words are the knowledge's or those of whoever asked.

pub mod advert;
pub mod checklist;
pub mod compare;
pub mod drawing;
pub mod sums;
pub mod timeline;

use crate::answer::{Depth, Notice, Offer, Part, Warning, source};
use crate::guide::Guide;
use crate::knowledge::{Say, Table, Topic};
use drawing::Drawing;
use sums::Wanted;

/// What a command works out.
#[derive(Clone, Debug)]
pub struct Sheet<'g> {
    /// What has become of it, for the log.
    pub outcome: &'static str,
    /// What to do now, before anything else is read.
    pub warning: Option<Warning<'g>>,
    /// The heading.
    pub title: String,
    /// The words, Markdown.
    pub text: String,
    /// Tables below the words.
    pub tables: Vec<&'g Table>,
    /// What there is to look at or to keep.
    pub files: Vec<File>,
    /// Whether the last review of the first topic is longer ago than it should be.
    pub overdue: bool,
    /// The topics it comes from, the first of all first.
    pub topics: Vec<&'g Topic>,
    /// The topics to go on with.
    pub suggestions: Vec<&'g Topic>,
    /// How it can be shown again.
    pub again: Again,
    /// Stands under it.
    pub disclaimer: &'g str,
    /// The fixed sentences and labels.
    pub say: &'g Say,
}

/// How a sheet can be shown again, with nothing kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// It is worked out anew from what is [`typed`] behind the command of its first topic.
    Typed(String),
    /// It quotes somebody, and nothing but its own words can tell them again.
    InItsWords,
    /// There is nothing in it that anybody else might want to read.
    Never,
}

/// Something to look at or to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The file's name.
    pub name: String,
    /// What it is.
    pub title: String,
    /// What is in it, for whoever can't see it.
    pub words: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text.
    Text(String),
    /// A picture.
    Drawing(Drawing),
}

impl File {
    /// A picture of a topic.
    fn of(topic: &Topic, drawing: Drawing) -> File {
        let (name, title) = (format!("{}.png", topic.id), drawing.title().to_owned());
        File { name, title, words: drawing.in_words(), content: Content::Drawing(drawing) }
    }
}

/// What the topic's command works out with nothing filled in; nothing where it shows the topic.
pub fn of_topic<'g>(guide: &'g Guide, topic: &'g Topic) -> Option<Sheet<'g>> {
    let sheets = [checklist::checklist, timeline::timeline, compare::all];
    sheets.into_iter().find_map(|sheet| sheet(guide, topic))
}

/// What the topic's command works out with this typed behind it: the numbers and switches of a sum, or two rows to compare.
/// With nothing that makes sense there it is the same as with nothing filled in.
pub fn typed<'g>(guide: &'g Guide, topic: &'g Topic, typed: &str) -> Option<Sheet<'g>> {
    let found = if topic.compared().is_some() {
        let mut two = typed.splitn(2, compare::AND).map(|one| compare::named(topic, one));
        compare::compare(guide, topic, two.next().flatten(), two.next().flatten())
    } else {
        sums::sums(guide, topic, &Wanted::parse(topic, typed))
    };
    found.or_else(|| of_topic(guide, topic))
}

/// The pictures that the guide's commands show most, each with its name.
pub fn drawings(guide: &Guide) -> Vec<(String, Drawing)> {
    let topics = &guide.knowledge().topics;
    let sheets = topics.iter().flat_map(|topic| of_topic(guide, topic).into_iter().chain(sums::usual(guide, topic)));
    drawn(sheets).collect()
}

/// All pictures that the guide's commands can show, those they show most first, and some of them twice.
pub fn all_drawings(guide: &Guide) -> Vec<Drawing> {
    let topics = &guide.knowledge().topics;
    let sheets =
        topics.iter().flat_map(|topic| compare::pairs(guide, topic).into_iter().chain(sums::all(guide, topic)));
    drawings(guide).into_iter().chain(drawn(sheets)).map(|(_, drawing)| drawing).collect()
}

/// The pictures on these sheets, each with its name.
fn drawn<'g>(sheets: impl Iterator<Item = Sheet<'g>>) -> impl Iterator<Item = (String, Drawing)> {
    sheets.flat_map(|sheet| sheet.files).filter_map(|file| match file.content {
        Content::Drawing(drawing) => Some((file.name, drawing)),
        Content::Text(_) => None,
    })
}

/// Where a topic's figures come from, in words.
fn source_of(guide: &Guide, topic: &Topic) -> String {
    source(topic, &guide.knowledge().guide.say).unwrap_or_default()
}

impl<'g> Sheet<'g> {
    /// A sheet of this guide with nothing on it yet.
    fn of(guide: &'g Guide, outcome: &'static str) -> Sheet<'g> {
        let file = &guide.knowledge().guide;
        Sheet {
            outcome,
            warning: None,
            title: String::new(),
            text: String::new(),
            tables: Vec::new(),
            files: Vec::new(),
            overdue: false,
            topics: Vec::new(),
            suggestions: Vec::new(),
            again: Again::Never,
            disclaimer: &file.disclaimer,
            say: &file.say,
        }
    }

    /// The same sheet, as one that comes from this topic and leads on to what is related.
    fn about(self, guide: &'g Guide, topic: &'g Topic) -> Sheet<'g> {
        let related = topic.related.iter().filter_map(|id| guide.topic(id.as_str()));
        let shown = guide.show(topic.id.as_str(), Depth::Short);
        let overdue = shown.is_some_and(|reply| reply.parts().iter().any(|part| matches!(part, Part::Overdue(_))));
        Sheet {
            topics: vec![topic],
            overdue,
            suggestions: std::iter::once(topic).chain(related).take(5).collect(),
            again: Again::Typed(String::new()),
            ..self
        }
    }

    /// All there is to show, in the order in which it is read.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts: Vec<Part<'_>> = self.warning.iter().map(Part::Warning).collect();
        parts.push(Part::Headed(Notice { title: &self.title, text: &self.text }));
        parts.extend(self.tables.iter().copied().map(Part::Table));
        parts.extend(self.overdue.then_some(Part::Overdue(&self.say.overdue)));
        parts.extend(self.topics.iter().filter_map(|topic| source(topic, self.say)).map(Part::Source));
        if !self.suggestions.is_empty() {
            parts.push(Part::Offered { offer: Offer::Next, lead: Some(&self.say.related), topics: &self.suggestions });
        }
        parts.push(Part::Disclaimer(self.disclaimer));
        parts
    }
}

/// The paragraphs one after another; empty ones are left out.
fn paragraphs(paragraphs: impl IntoIterator<Item = String>) -> String {
    let said: Vec<String> = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty()).collect();
    said.join("\n\n")
}

/// A list under what leads to it, in bold; nothing where there are no items.
fn list(lead: &str, items: impl IntoIterator<Item = String>) -> String {
    let items = list_of(items);
    if items.is_empty() { items } else { format!("**{lead}**\n{items}") }
}

fn list_of(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
}
