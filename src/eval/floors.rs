//! A file of floors: the question sets they are for, and below them a floor a line.
//!
//! ```toml
//! sets = ["one.tsv", "another.tsv"]
//! first = 0.9
//! wrong = 0.05
//! ```
//!
//! Floors of other questions say nothing, so the file names its sets.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Summary;
use super::floor::{FIGURES, Figure, Floor};
use crate::diagnostic::Diagnostic;
use crate::knowledge::fields::{Fields, Limit};
use crate::knowledge::{Placed, SourceFile, read};

/// A file's name.
const NAME: Limit = Limit { advised: 255, most: 255 };

/// The floors of a file.
pub struct Floors {
    text: String,
    sets: BTreeSet<String>,
    floors: Vec<Placed<Floor>>,
}

impl Floors {
    /// Reads the floors; what is wrong with them is reported.
    pub fn parse(file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<Floors> {
        read::read(file, diagnostics, |fields| Floors {
            text: file.text.clone(),
            sets: fields.texts("sets", NAME).into_iter().map(|name| name.value).collect(),
            floors: FIGURES.iter().filter_map(|figure| floor(figure, fields)).collect(),
        })
    }

    /// The names of the sets they are for.
    pub fn sets(&self) -> &BTreeSet<String> {
        &self.sets
    }

    /// The floors, in the order of the report.
    pub fn iter(&self) -> impl Iterator<Item = &Floor> {
        self.floors.iter().map(|floor| &floor.value)
    }

    /// The file's text with every floor [raised](Floor::raised), and all else as it was.
    pub fn raised_text(&self, summary: &Summary) -> String {
        let mut rising: Vec<(&Placed<Floor>, Floor)> =
            self.floors.iter().map(|floor| (floor, floor.raised(summary))).collect();
        rising.retain(|(floor, raised)| !floor.is_as_strict_as(raised));
        // The last one first, because what is written moves all that follows.
        rising.sort_by_key(|(floor, _)| Reverse(floor.span.start));
        let mut text = self.text.clone();
        for (floor, raised) in rising {
            text.replace_range(floor.span.clone(), &raised.bound.to_string());
        }
        text
    }
}

fn floor(figure: &'static Figure, fields: &mut Fields<'_, '_>) -> Option<Placed<Floor>> {
    let Placed { value: bound, span } = fields.number(figure.name, "0.85")?;
    let floor = Floor::new(figure, bound);
    if floor.is_none() {
        let message = format!("`{}` must be a share, and {bound} is none", figure.name);
        fields.wrong_value(span.clone(), message, "write a number from 0 to 1".to_owned());
    }
    floor.map(|value| Placed { value, span })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Share;

    const FILE: &str = "# Ours.\nsets = [\"b.tsv\", \"a.tsv\"]\n\nwrong = 0.3 # too many\nfirst = 0.5\n";

    fn parsed(text: &str) -> (Option<Floors>, Vec<String>) {
        let file = SourceFile { path: "floors.toml".to_owned(), text: text.to_owned() };
        let mut diagnostics = Vec::new();
        let floors = Floors::parse(&file, &mut diagnostics);
        (floors, diagnostics.iter().map(Diagnostic::one_line).collect())
    }

    #[test]
    fn floors_rise_where_they_stand() {
        let (floors, problems) = parsed(FILE);
        assert!(problems.is_empty(), "{problems:?}");
        let floors = floors.expect("floors");
        assert_eq!(floors.sets().iter().collect::<Vec<_>>(), ["a.tsv", "b.tsv"]);
        let mut summary = Summary::default();
        summary.in_scope.first = Share::new(3, 4);
        summary.in_scope.wrong = Share::new(2, 4);
        assert_eq!(floors.raised_text(&summary), FILE.replace("0.5", "0.74"));
        summary.in_scope.wrong = Share::new(0, 4);
        assert_eq!(floors.raised_text(&summary), FILE.replace("0.5", "0.74").replace("0.3", "0.01"));
    }

    #[test]
    fn what_is_no_floor_is_told() {
        let (_, problems) = parsed("first = 85\nfrist = 0.8\nwrong = \"few\"\n");
        assert_eq!(
            problems,
            [
                "floors.toml:1:9: `first` must be a share, and 85 is none; write a number from 0 to 1",
                "floors.toml:3:9: `wrong` must be a number, and here stands a text; write it as `wrong = 0.85`",
                "floors.toml:2:1: unknown key `frist`; did you mean `first`?",
            ]
        );
    }
}
