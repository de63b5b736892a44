//! Two rows of a table side by side.

use super::drawing::{Bar, Drawing, Ranges};
use super::{File, Sheet, list, paragraphs, source_of};
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
    let files = picture(guide, topic, &[a.id.as_str(), b.id.as_str()], None).into_iter().collect();
    Some(Sheet { title, text, files, ..sheet })
}

/// All rows, with a picture of them; nothing where the topic has none to compare.
pub fn all<'g>(guide: &'g Guide, topic: &'g Topic) -> Option<Sheet<'g>> {
    topic.compared()?;
    let files = picture(guide, topic, &[], None).into_iter().collect();
    let (title, text, tables) = (topic.title.clone(), topic.answer.clone(), topic.tables.iter().collect());
    Some(Sheet { title, text, tables, files, ..Sheet::of(guide, "comparison").about(guide, topic) })
}

/// The figures that the topic's table has drawn, with the rows `own` standing out, or with another range in the place of
/// the guide's own row.
pub(super) fn picture(guide: &Guide, topic: &Topic, own: &[&str], instead: Option<Bar>) -> Option<File> {
    let (table, compare) = topic.compared()?;
    let column = compare.draw.as_ref()?;
    let is_own = |row: &Row| match own {
        [] => row.id == compare.own.value,
        own => own.contains(&row.id.as_str()),
    };
    let bars = table.figures(column).filter(|(row, _)| instead.is_none() || row.id != compare.own.value);
    let bars = bars.map(|(row, figure)| Bar {
        name: name(row),
        low: figure.low,
        high: figure.high.unwrap_or(figure.low),
        figure: figure.to_string(),
        own: instead.is_none() && is_own(row),
    });
    let bars = bars.chain(instead.clone()).collect();
    let title = format!("{}: {}", table.title, column.value);
    Some(File::of(topic, Drawing::Ranges(Ranges { title, bars, source: source_of(guide, topic) })))
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
