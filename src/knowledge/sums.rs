//! What can be added up: keys of a table's rows and of their topic, by which a command counts and sums the figures.

use std::collections::BTreeSet;

use super::check::{Checker, topic_path};
use super::fields::{Fields, ID, Limit};
use super::passage::ReadAs;
use super::read::{DESCRIPTION, SENTENCE, TITLE};
use super::schema::{Placed, Row, Table, Topic};
use crate::diagnostic::Diagnostic;

/// Nobody counts further, and Discord takes it.
const MOST: f64 = 100.0;

/// Discord's length of an option's name.
const OPTION: Limit = Limit::unread(32, 32);

/// Stands beside a sum.
const REMARK: Limit = Limit::read(ReadAs::Answer, 300, 600);

/// What is said around a sum of a topic's figures.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// The heading.
    pub title: String,
    /// Stands before the whole sum.
    pub total: String,
    /// Stands beside what of it falls into the first year, in the picture.
    pub first: String,
    /// How it was added up.
    pub how: String,
    /// What the guide gives no figure for.
    pub not_given: String,
}

/// A row's figure counts as often as an option says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// The option's name.
    pub option: Placed<String>,
    /// What Discord shows beside it.
    pub describe: String,
    /// The largest number.
    pub most: u16,
    /// Whether it comes after the first year.
    pub later: bool,
    /// Above this number something is to be said.
    pub usual: Option<u16>,
    /// What is said then.
    pub beyond: Option<String>,
}

/// A row's figure takes the place of another's where an option is switched on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instead {
    /// The row of the same table whose place it takes.
    pub row: Placed<String>,
    /// The option's name.
    pub option: Placed<String>,
    /// What Discord shows beside it.
    pub describe: String,
}

impl Topic {
    /// The rows whose figures can be counted, each with its table and how it is counted.
    pub fn counted(&self) -> impl Iterator<Item = (&Table, &Row, &Times)> {
        let rows = self.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
        rows.filter_map(|(table, row)| Some((table, row, row.times.as_ref()?)))
    }

    /// The rows whose figures can take the place of others'.
    pub fn instead(&self) -> impl Iterator<Item = (&Row, &Instead)> {
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        rows.filter_map(|row| Some((row, row.instead.as_ref()?)))
    }
}

/// Reads what is said around a topic's sums.
pub(super) fn sums(fields: &mut Fields<'_, '_>) -> Sums {
    Sums {
        title: fields.required_text("title", TITLE).value,
        total: fields.required_text("total", TITLE).value,
        first: fields.required_text("first", TITLE).value,
        how: fields.required_text("how", SENTENCE).value,
        not_given: fields.required_text("not_given", SENTENCE).value,
    }
}

/// Reads how often a row counts.
pub(super) fn times(fields: &mut Fields<'_, '_>) -> Times {
    Times {
        option: fields.required_text("option", OPTION),
        describe: fields.required_text("describe", DESCRIPTION).value,
        most: whole(fields, "most").unwrap_or(1),
        later: fields.switch("later").unwrap_or_default(),
        usual: whole(fields, "usual"),
        beyond: fields.text("beyond", REMARK).map(|text| text.value),
    }
}

/// Reads whose place a row takes.
pub(super) fn instead(fields: &mut Fields<'_, '_>) -> Instead {
    Instead {
        row: fields.required_text("row", ID),
        option: fields.required_text("option", OPTION),
        describe: fields.required_text("describe", DESCRIPTION).value,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a whole number from 1 to 100")]
fn whole(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<u16> {
    let number = fields.number(key, "3")?;
    if (1.0..=MOST).contains(&number.value) && number.value.fract() == 0.0 {
        return Some(number.value as u16);
    }
    let message = format!("`{key}` is {}, and must be a whole number from 1 to {MOST}", number.value);
    fields.wrong_value(number.span, message, format!("write a number such as `{key} = 3`"));
    None
}

/// What is counted has a figure in the same unit, and each option is there once.
pub(super) fn sums_can_be_made(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    for topic in &knowledge.topics {
        let path = topic_path(&topic.id);
        let options = topic.counted().map(|(_, _, times)| &times.option);
        let options: Vec<&Placed<String>> =
            options.chain(topic.instead().map(|(_, instead)| &instead.option)).collect();
        let mut seen = BTreeSet::new();
        for option in &options {
            let name = option.as_str();
            let sound = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
            let problem = if !sound {
                Some((
                    "wrong-value",
                    format!("`{name}` can't be an option"),
                    "write small letters, digits and `_` only",
                ))
            } else if !name.is_empty() && !seen.insert(name) {
                Some(("duplicate-id", format!("the option `{name}` is there already"), "give it another name"))
            } else {
                None
            };
            if let Some((code, message, help)) = problem {
                checker.report_at(Diagnostic::error(code, &path, message).help(help), option.span.clone());
            }
        }
        for (row, instead) in topic.instead() {
            let there = topic
                .counted()
                .any(|(table, counted, _)| counted.id == instead.row.value && table.row(&row.id).is_some());
            if !instead.row.is_empty() && !there {
                let message = format!("`{}` is no row of this table that is counted", instead.row.value);
                let help = "write the `id` of a row with `times`";
                checker
                    .report_at(Diagnostic::error("wrong-value", &path, message).help(help), instead.row.span.clone());
            }
        }
        let rows = topic.counted().map(|(_, row, times)| (row, &times.option));
        let rows = rows.chain(topic.instead().map(|(row, instead)| (row, &instead.option)));
        let unit = topic.counted().find_map(|(_, row, _)| row.figure()).map(|figure| figure.unit.as_str());
        for (row, option) in rows {
            if row.figure().is_none_or(|figure| Some(figure.unit.as_str()) != unit) {
                let message = format!("`{}` can't be added to the others", row.id);
                let help = "give each row that is counted a figure, and all the same `unit`";
                checker.report_at(Diagnostic::error("wrong-value", &path, message).help(help), option.span.clone());
            }
        }
        if let (Some(option), None) = (options.first(), &topic.sums) {
            let message = "what is counted here is never summed up";
            let help = "add a `[sums]` to this topic, with `title`, `total`, `first`, `how` and `not_given`";
            checker.report_at(Diagnostic::error("missing-key", &path, message).help(help), option.span.clone());
        }
    }
}
