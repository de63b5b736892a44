//! A table whose rows can be compared, by a command.

use super::check::{Checker, topic_path};
use super::fields::{Fields, ID, Limit};
use super::passage::ReadAs;
use super::read::{CELL, DESCRIPTION};
use super::schema::{Cell, Figure, Placed, Row, Table, Topic};
use crate::diagnostic::Diagnostic;

/// A heading with the places of two names.
const HEADING: Limit = Limit::read(ReadAs::Label, 60, 80);

/// Stand in the heading for the two that are compared.
const NAMES: [&str; 2] = ["{a}", "{b}"];

/// How the rows of a table are compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compare {
    /// The heading over two of them, with `{a}` and `{b}` in it.
    pub title: String,
    /// What Discord shows beside the options.
    pub describe: String,
    /// The row of what the guide is about, with which another is compared where one alone is named.
    pub own: Placed<String>,
    /// The column whose figures are drawn.
    pub draw: Option<Placed<String>>,
}

impl Compare {
    /// The heading over these two.
    pub fn title_of(&self, a: &str, b: &str) -> String {
        self.title.replace(NAMES[0], a).replace(NAMES[1], b)
    }
}

impl Topic {
    /// The table whose rows can be compared, and how.
    pub fn compared(&self) -> Option<(&Table, &Compare)> {
        self.tables.iter().find_map(|table| Some((table, table.compare.as_ref()?)))
    }
}

impl Table {
    /// The figures in the column of this heading, each with its row.
    pub fn figures(&self, column: &str) -> impl Iterator<Item = (&Row, &Figure)> {
        let place = self.columns.iter().position(|heading| heading == column);
        self.rows.iter().filter_map(move |row| match row.cells.get(place?)? {
            Cell::Figure(figure) => Some((row, figure)),
            Cell::Text(_) => None,
        })
    }
}

/// Reads how a table's rows are compared.
pub(super) fn compare(fields: &mut Fields<'_, '_>) -> Compare {
    let title = fields.required_text("title", HEADING);
    if !title.is_empty() && !NAMES.iter().all(|name| title.contains(name)) {
        let help = "write it as in `title = \"{a} and {b}\"`".to_owned();
        fields.wrong_value(title.span.clone(), "the heading names not both of the two".to_owned(), help);
    }
    Compare {
        title: title.value,
        describe: fields.required_text("describe", DESCRIPTION).value,
        own: fields.required_text("own", ID),
        draw: fields.text("draw", Limit { read_as: None, ..CELL }),
    }
}

/// What a comparison names is there.
pub(super) fn comparisons_can_be_made(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    for topic in &knowledge.topics {
        let Some((table, compare)) = topic.compared() else { continue };
        let path = topic_path(&topic.id);
        if !compare.own.is_empty() && table.row(&compare.own).is_none() {
            let message = format!("`{}` is no row of this table", compare.own.value);
            let diagnostic = Diagnostic::error("wrong-value", &path, message).help("write the `id` of one of its rows");
            checker.report_at(diagnostic, compare.own.span.clone());
        }
        if let Some(draw) =
            compare.draw.as_ref().filter(|draw| !draw.is_empty() && table.figures(draw).next().is_none())
        {
            let message = format!("`{}` is no column of this table with figures", draw.value);
            let diagnostic =
                Diagnostic::error("wrong-value", &path, message).help("write the heading of one of its columns");
            checker.report_at(diagnostic, draw.span.clone());
        }
    }
}
