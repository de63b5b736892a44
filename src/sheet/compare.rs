//! Two rows of a table side by side.

use super::{Sheet, list, paragraphs};
use crate::guide::Guide;
use crate::knowledge::{Row, Topic};

/// The two rows of these ids, or the one beside the guide's own; nothing where that are not two.
pub fn compare<'g>(guide: &'g Guide, topic: &'g Topic, a: Option<&str>, b: Option<&str>) -> Option<Sheet<'g>> {
    let (table, words) = topic.compared()?;
    let row = |id: Option<&str>| id.and_then(|id| table.row(id));
    let (a, b) = match (row(a), row(b)) {
        (Some(a), Some(b)) => (a, b),
        (Some(one), None) | (None, Some(one)) => (one, table.row(&words.own)?),
        (None, None) => return None,
    };
    if a.id == b.id {
        return None;
    }
    let headed = table.columns.iter().enumerate().skip(1);
    let text = paragraphs(headed.map(|(place, column)| {
        let says = |row: &Row| Some(format!("{}: {}", name(row), row.cells.get(place)?));
        list(column, [a, b].into_iter().filter_map(says))
    }));
    let title = words.title_of(&name(a), &name(b));
    let sheet = Sheet::of(guide, "comparison").about(guide, topic);
    Some(Sheet { title, text, ..sheet })
}

/// What a row is about.
pub fn name(row: &Row) -> String {
    row.cells.first().map(ToString::to_string).unwrap_or_default()
}

/// The id of the row that is typed, by its name or its id.
pub fn named<'t>(topic: &'t Topic, typed: &str) -> Option<&'t str> {
    let (table, _) = topic.compared()?;
    let same = |row: &&Row| row.id.eq_ignore_ascii_case(typed.trim()) || name(row).eq_ignore_ascii_case(typed.trim());
    table.rows.iter().find(same).map(|row| row.id.as_str())
}
