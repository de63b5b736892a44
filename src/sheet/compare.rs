//! Two rows of a table side by side.

use super::drawing::{Bar, Drawing, Ranges};
use super::{Again, File, Sheet, list, paragraphs, source_of};
use crate::guide::Guide;
use crate::knowledge::{Row, Topic};

/// Stands between two names that are typed.
pub(super) const AND: char = ',';

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
    let files = picture(guide, topic, &[a.id.as_str(), b.id.as_str()]);
    let again = Again::Typed(format!("{}{AND}{}", a.id, b.id));
    Some(Sheet { title, text, files, again, ..sheet })
}

/// Each two rows side by side; of the two orders, in which the picture is the same, one.
pub(super) fn pairs<'g>(guide: &'g Guide, topic: &'g Topic) -> Vec<Sheet<'g>> {
    let rows = topic.compared().map(|(table, _)| table.rows.as_slice()).unwrap_or_default();
    let pairs = rows.iter().enumerate().flat_map(|(at, a)| rows[at + 1..].iter().map(move |b| (a, b)));
    pairs.filter_map(|(a, b)| compare(guide, topic, Some(&a.id), Some(&b.id))).collect()
}

/// All rows, with a picture of them; nothing where the topic has none to compare.
pub fn all<'g>(guide: &'g Guide, topic: &'g Topic) -> Option<Sheet<'g>> {
    topic.compared()?;
    let files = picture(guide, topic, &[]);
    let (title, text, tables) = (topic.title.clone(), topic.answer.clone(), topic.tables.iter().collect());
    Some(Sheet { title, text, tables, files, ..Sheet::of(guide, "comparison").about(guide, topic) })
}

/// The figures of the column that is drawn: of these rows, or of all; or with another range in the place of the guide's own
/// row.
pub(super) fn ranges(guide: &Guide, topic: &Topic, rows: &[&str], instead: Option<Bar>) -> Option<Ranges> {
    let (table, compare) = topic.compared()?;
    let column = compare.draw.as_ref()?;
    let replaced = |row: &Row| instead.is_some() && row.id == compare.own.value;
    let wanted = |row: &Row| !replaced(row) && (rows.is_empty() || rows.contains(&row.id.as_str()));
    let drawn = table.figures(column).filter(|(row, _)| wanted(row)).map(|(row, figure)| Bar {
        name: name(row),
        low: figure.low,
        high: figure.high.unwrap_or(figure.low),
        figure: figure.to_string(),
        own: row.id == compare.own.value,
    });
    let bars = instead.clone().into_iter().chain(drawn).collect();
    let title = format!("{}: {}", table.title, column.value);
    Some(Ranges { title, bars, source: source_of(guide, topic) })
}

fn picture(guide: &Guide, topic: &Topic, rows: &[&str]) -> Vec<File> {
    let drawing = ranges(guide, topic, rows, None).map(Drawing::Ranges);
    drawing.map(|drawing| File::of(topic, drawing)).into_iter().collect()
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
