//! What the guide states, in the moderators' words: `facts.toml`, against which all that patients read is held.

use super::fields::{Fields, Limit};
use super::figures::{self, RoughDate, Units, Value};
use super::passage::ReadAs;
use super::read::{KEYWORD, figure};
use super::schema::{Figure, Placed};

/// The guide's own heading.
const SECTION: Limit = Limit::unread(100, 150);
/// A fact in a moderator's words.
const FACT: Limit = Limit::read(ReadAs::Fact, 300, 1_000);

/// What `facts.toml` says.
#[derive(Clone, Debug, Default)]
pub struct FactsFile {
    /// What can be true of one thing and must not be said of another, such as an approval.
    pub statuses: Vec<Status>,
    /// What has a status. Where a text names none, it speaks of the first.
    pub things: Vec<Thing>,
    /// The facts.
    pub facts: Vec<Fact>,
}

/// What can be true of a thing.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// Its name.
    pub id: Placed<String>,
    /// The patterns that say it.
    pub patterns: Vec<Placed<String>>,
}

/// What has a status.
#[derive(Clone, Debug, Default)]
pub struct Thing {
    /// Its name.
    pub id: Placed<String>,
    /// The words and phrases that name it.
    pub words: Vec<Placed<String>>,
}

/// Something the guide states.
#[derive(Clone, Debug, Default)]
pub struct Fact {
    /// Its name.
    pub id: Placed<String>,
    /// The section of the guide in which it stands.
    pub section: String,
    /// What it says.
    pub text: String,
    /// The figures in it.
    pub figures: Vec<Figure>,
    /// The dates in it.
    pub dates: Vec<RoughDate>,
    /// The names in it.
    pub names: Vec<Placed<String>>,
    /// Who has which status, or hasn't.
    pub statuses: Vec<Standing>,
}

/// That a thing has a status, or hasn't.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The thing's name.
    pub of: Placed<String>,
    /// The status's name.
    pub status: Placed<String>,
    /// Whether it has it.
    pub holds: bool,
}

/// Reads `facts.toml`.
pub(super) fn facts_file(fields: &mut Fields<'_, '_>) -> FactsFile {
    FactsFile {
        statuses: fields.tables("status", |fields| Status {
            id: fields.required_text("id", super::fields::ID),
            patterns: fields.patterns("patterns"),
        }),
        things: fields.tables("thing", |fields| Thing {
            id: fields.required_text("id", super::fields::ID),
            words: fields.texts("words", KEYWORD),
        }),
        facts: fields.tables("fact", fact),
    }
}

fn fact(fields: &mut Fields<'_, '_>) -> Fact {
    Fact {
        id: fields.required_text("id", super::fields::ID),
        section: fields.required_text("section", SECTION).value,
        text: fields.required_text("text", FACT).value,
        figures: fields.inline_tables("figures", "{ low = 700, unit = \"USD\" }", figure),
        dates: dates(fields),
        names: fields.texts("names", KEYWORD),
        statuses: fields.inline_tables("statuses", "{ of = \"...\", is = \"...\" }", standing),
    }
}

fn dates(fields: &mut Fields<'_, '_>) -> Vec<RoughDate> {
    let mut dates = Vec::new();
    for written in fields.texts("dates", KEYWORD) {
        match figures::mentions(&written, &Units::default()).first().map(|mention| &mention.value) {
            Some(Value::Date(date)) => dates.push(*date),
            _ if written.is_empty() => {}
            _ => {
                let message = format!("`{}` is no date", written.value);
                let help = "write a year, a month and a year, or a whole day, as in `\"January 2026\"`".to_owned();
                fields.wrong_value(written.span, message, help);
            }
        }
    }
    dates
}

fn standing(fields: &mut Fields<'_, '_>) -> Standing {
    let of = fields.required_text("of", super::fields::ID);
    let (is, is_not) = (fields.text("is", super::fields::ID), fields.text("is_not", super::fields::ID));
    let (status, holds) = match (is, is_not) {
        (Some(status), None) => (status, true),
        (None, Some(status)) => (status, false),
        _ => {
            let message = "a status is had or not had".to_owned();
            fields.wrong_value(fields.span(), message, "write either `is = \"...\"` or `is_not = \"...\"`".to_owned());
            return Standing::default();
        }
    };
    Standing { of, status, holds }
}
