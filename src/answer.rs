//! What a patient reads: a [`Reply`], which knows nothing of the medium that will show it.
//!
//! A reply borrows every sentence from the knowledge: there is nothing else it could say. [`compose`] makes one of a
//! decision; [`Reply::parts`] is the order in which every medium shows it.

pub mod compose;

use crate::decide::Outcome;
use crate::knowledge::{Boundary, Cell, Date, Kind, Link, Periods, Review, Say, Table, Topic};

/// What a patient reads.
#[derive(Clone, Debug)]
pub struct Reply<'g> {
    /// What became of the question.
    pub outcome: Outcome,
    /// What to do now, before anything else is read; there for [`Outcome::Urgent`] only.
    pub warning: Option<Warning<'g>>,
    /// What is said where no topic is answered: why not, or what to choose from.
    pub notice: Option<Notice<'g>>,
    /// The topics answered, in the order asked.
    pub topics: Vec<&'g Topic>,
    /// How much of them is shown.
    pub depth: Depth,
    /// Topics offered, best first.
    pub suggestions: Vec<&'g Topic>,
    /// Why they are offered.
    pub offer: Offer,
    /// What else the question could have been about, best first; nothing where no question was asked.
    pub others: Vec<&'g Topic>,
    /// The boundary under which the question falls.
    pub boundary: Option<&'g Boundary>,
    /// The probability, 0 to 1, that the best-ranked topic is a right answer.
    pub confidence: f32,
    /// Stands under every reply.
    pub disclaimer: &'g str,
    /// The fixed sentences and labels.
    pub say: &'g Say,
    /// Which day it is, if that was handed in.
    pub today: Option<Date>,
    /// For how long a review holds.
    pub periods: Periods,
}

/// Words with a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice<'g> {
    /// The heading.
    pub title: &'g str,
    /// The words, Markdown.
    pub text: &'g str,
}

/// An urgent notice, with what it was raised for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning<'g> {
    /// The id of the kind of help.
    pub care: &'g str,
    /// The heading, such as "Get help now".
    pub title: &'g str,
    /// What to do now, Markdown.
    pub text: &'g str,
    /// The ids of the signs that were seen, in the order of the message.
    pub signs: Vec<&'g str>,
}

/// How much of a topic is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The short answer, with its tables.
    Short,
    /// The details besides.
    Full,
    /// The details alone, for whoever has the short answer in view; a topic without details shows its answer.
    Details,
}

/// Why topics are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// One of them is probably what was asked.
    Choice,
    /// They are near to what was asked, which the guide does not cover.
    Near,
    /// They were asked for too, beyond what is answered at once.
    Further,
    /// People often ask them next.
    Next,
}

/// A part of a reply, for a medium to draw.
#[derive(Clone, Debug)]
pub enum Part<'r> {
    /// What to do now.
    Warning(&'r Warning<'r>),
    /// Leads from a warning to the answer to what else was asked.
    Besides(&'r str),
    /// Words under a heading: a notice, or a topic's answer under its title.
    Headed(Notice<'r>),
    /// A table of a topic.
    Table(&'r Table),
    /// The details of a topic, Markdown.
    Details(&'r str),
    /// A link of a topic.
    Link(&'r Link),
    /// Says that the last review is longer ago than it should be.
    Overdue(&'r str),
    /// Where a topic's answer comes from and when it was last reviewed.
    Source(String),
    /// Topics to go on with.
    Offered {
        /// Why they are offered.
        offer: Offer,
        /// What leads to them; a choice has its lead in its notice.
        lead: Option<&'r str>,
        /// The topics, best first; at least one.
        topics: &'r [&'r Topic],
    },
    /// Stands under every reply.
    Disclaimer(&'r str),
}

impl<'r> Part<'r> {
    /// The texts of what is said, but for what leads elsewhere.
    pub fn texts(&self) -> Vec<&'r str> {
        match self {
            Part::Warning(Warning { title, text, .. }) | Part::Headed(Notice { title, text }) => vec![title, text],
            Part::Besides(text) | Part::Details(text) | Part::Overdue(text) => vec![text],
            Part::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell {
                    Cell::Text(text) => Some(text.as_str()),
                    Cell::Figure(_) => None,
                });
                table.columns.iter().map(String::as_str).chain(cells).collect()
            }
            Part::Link(_) | Part::Source(_) | Part::Offered { .. } | Part::Disclaimer(_) => Vec::new(),
        }
    }
}

impl<'g> Reply<'g> {
    /// All there is to show, in the order in which it is read: first of all what to do now.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        if let Some(warning) = &self.warning {
            parts.push(Part::Warning(warning));
            parts.extend((!self.topics.is_empty()).then_some(Part::Besides(&self.say.besides)));
        }
        parts.extend(self.notice.map(Part::Headed));
        parts.extend(self.boundary.and_then(|boundary| self.overdue(boundary.review())));
        parts.extend(self.topics.iter().flat_map(|topic| self.parts_of(topic)));
        parts.extend(self.offered());
        parts.push(Part::Disclaimer(self.disclaimer));
        parts
    }

    fn parts_of<'r>(&'r self, topic: &'r Topic) -> Vec<Part<'r>> {
        let headed = |text| Part::Headed(Notice { title: &topic.title, text });
        let mut parts = match (self.depth, &topic.details) {
            (Depth::Details, Some(details)) => vec![headed(details)],
            _ => std::iter::once(headed(&topic.answer)).chain(topic.tables.iter().map(Part::Table)).collect(),
        };
        if let (Depth::Full, Some(details)) = (self.depth, &topic.details) {
            parts.push(Part::Details(details));
        }
        parts.extend(topic.links.iter().map(Part::Link));
        parts.extend(self.overdue(topic.review()));
        parts.extend(source(topic, self.say).map(Part::Source));
        parts
    }

    fn offered(&self) -> Option<Part<'_>> {
        let say = self.say;
        let lead = match self.offer {
            Offer::Choice => None,
            Offer::Near if self.boundary.is_some_and(|boundary| boundary.personal) => Some(say.near_personal.as_str()),
            Offer::Near => Some(say.near.as_str()),
            Offer::Further => Some(say.further.as_str()),
            Offer::Next => Some(say.related.as_str()),
        };
        let topics = self.suggestions.as_slice();
        (!topics.is_empty()).then_some(Part::Offered { offer: self.offer, lead, topics })
    }

    fn overdue(&self, review: Option<Review>) -> Option<Part<'_>> {
        let (today, review) = (self.today?, review?);
        (today > self.periods.due(review)).then_some(Part::Overdue(&self.say.overdue))
    }

    /// The topics whose details are not shown, and could be.
    pub fn deeper(&self) -> impl Iterator<Item = &'g Topic> {
        let shown = self.depth != Depth::Short;
        self.topics.iter().copied().filter(move |topic| !shown && topic.details.is_some())
    }
}

/// Where a topic's answer comes from and when it was last reviewed, in the words of `say`: `From the guide: Session Day,
/// reviewed 2026-11-23`. Prices have a sentence of their own for it.
pub(crate) fn source(topic: &Topic, say: &Say) -> Option<String> {
    let reviewed = topic.reviewed.as_ref().map(|date| format!("{} {date}", say.reviewed));
    if let (Kind::Prices, Some(reviewed)) = (topic.kind, &reviewed) {
        let section = topic.section.as_ref().map(|section| format!("{}: {section}. ", say.source));
        return Some(format!("{}{}, {reviewed}", section.unwrap_or_default(), say.prices));
    }
    match (&topic.section, reviewed) {
        (Some(section), Some(reviewed)) => Some(format!("{}: {section}, {reviewed}", say.source)),
        (Some(section), None) => Some(format!("{}: {section}", say.source)),
        (None, reviewed) => reviewed,
    }
}
