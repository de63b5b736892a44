//! Lists of a topic that are kept or drawn: questions to take along, and what happens when.

use super::fields::{Fields, Limit};
use super::passage::ReadAs;
use super::read::{SENTENCE, TITLE, figure};
use super::schema::Figure;

/// A question to ask, or what happens in a step.
const LINE: Limit = Limit::read(ReadAs::Answer, 160, 240);

/// A list to take along.
#[derive(Clone, Debug, Default)]
pub struct Checklist {
    /// The heading.
    pub title: String,
    /// Stands below it.
    pub lead: String,
    /// Says that the list is there to keep.
    pub attached: String,
    /// The items.
    pub items: Vec<ChecklistItem>,
}

/// A question to ask.
#[derive(Clone, Debug, Default)]
pub struct ChecklistItem {
    /// What it is about, in a word or two.
    pub about: String,
    /// The question.
    pub ask: String,
}

/// What happens, in order.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The heading.
    pub title: String,
    /// What the guide leaves open about it.
    pub open: Option<String>,
    /// The steps.
    pub steps: Vec<TimelineStep>,
}

/// A step of a timeline.
#[derive(Clone, Debug, Default)]
pub struct TimelineStep {
    /// When it is, or what it is called.
    pub when: String,
    /// How long it takes, or how far away it is.
    pub figure: Option<Figure>,
    /// What happens.
    pub what: String,
}

/// Reads a list to take along.
pub(super) fn checklist(fields: &mut Fields<'_, '_>) -> Checklist {
    Checklist {
        title: fields.required_text("title", TITLE).value,
        lead: fields.required_text("lead", SENTENCE).value,
        attached: fields.required_text("attached", SENTENCE).value,
        items: fields.tables("item", |fields| ChecklistItem {
            about: fields.required_text("about", TITLE).value,
            ask: fields.required_text("ask", LINE).value,
        }),
    }
}

/// Reads what happens when.
pub(super) fn timeline(fields: &mut Fields<'_, '_>) -> Timeline {
    Timeline {
        title: fields.required_text("title", TITLE).value,
        open: fields.text("open", SENTENCE).map(|text| text.value),
        steps: fields.tables("step", |fields| TimelineStep {
            when: fields.required_text("when", TITLE).value,
            figure: fields.table("figure", |fields| {
                let figure = figure(fields);
                fields.note(ReadAs::Cell, figure.to_string(), fields.span());
                figure
            }),
            what: fields.required_text("what", LINE).value,
        }),
    }
}
