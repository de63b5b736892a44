//! Floors: figures that must not get worse.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::Summary;
use crate::decimals;
use crate::diagnostic::did_you_mean;

/// Which way a figure gets better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Better {
    More,
    Less,
}

/// A figure of a [`Summary`] that can have a floor.
#[derive(Clone, Copy, Debug)]
struct Figure {
    name: &'static str,
    better: Better,
    of: fn(&Summary) -> Option<f64>,
}

const fn more(name: &'static str, of: fn(&Summary) -> Option<f64>) -> Figure {
    Figure { name, better: Better::More, of }
}

const fn less(name: &'static str, of: fn(&Summary) -> Option<f64>) -> Figure {
    Figure { name, better: Better::Less, of }
}

/// Every figure that can have a floor, in the order of the report.
const FIGURES: [Figure; 13] = [
    more("first", |summary| summary.in_scope.first.share),
    more("top3", |summary| summary.in_scope.top3.share),
    more("answered", |summary| summary.in_scope.answered.share),
    less("wrong", |summary| summary.in_scope.wrong.share),
    less("declined", |summary| summary.in_scope.declined.share),
    less("out-answered", |summary| summary.out_of_scope.answered.share),
    more("out-declined", |summary| summary.out_of_scope.declined.share),
    more("boundary", |summary| summary.out_of_scope.boundary.share),
    more("urgent", |summary| summary.urgent.found.share),
    less("false-alarms", |summary| summary.urgent.false_alarms.share),
    more("auroc", |summary| summary.auroc),
    more("osc10", |summary| summary.osc10?.share),
    less("ece", |summary| summary.calibration.error),
];

/// The names that [`Floor`] knows, for the command line's help.
pub fn names() -> impl Iterator<Item = &'static str> {
    FIGURES.iter().map(|figure| figure.name)
}

/// A figure and how bad it may be, written `first=0.85`. Where less is better (`wrong=0.05`), the floor is the most
/// that is allowed.
#[derive(Clone, Debug)]
pub struct Floor {
    figure: Figure,
    bound: f64,
}

/// A figure that is worse than its floor, or that the questions can't give.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BrokenFloor {
    /// The figure's name.
    pub figure: &'static str,
    /// Its floor.
    pub floor: f64,
    /// What was measured.
    #[serde(serialize_with = "decimals::serialize", skip_serializing_if = "Option::is_none")]
    pub measured: Option<f64>,
    #[serde(skip)]
    better: Better,
}

impl Floor {
    /// Whether the floor is broken, and how.
    pub fn broken_by(&self, summary: &Summary) -> Option<BrokenFloor> {
        let Figure { name, better, of } = self.figure;
        let measured = of(summary);
        let kept = measured.is_some_and(|measured| match better {
            Better::More => measured >= self.bound,
            Better::Less => measured <= self.bound,
        });
        (!kept).then_some(BrokenFloor { figure: name, floor: self.bound, measured, better })
    }
}

impl FromStr for Floor {
    type Err = String;

    fn from_str(written: &str) -> Result<Floor, String> {
        let (name, bound) = written.split_once('=').ok_or("a floor reads `NAME=SHARE`, such as `first=0.85`")?;
        let figure = FIGURES.iter().find(|figure| figure.name == name).ok_or_else(|| unknown(name))?;
        let bound: f64 = bound.parse().map_err(|_| format!("`{bound}` is no number; write one from 0 to 1"))?;
        if !(0.0..=1.0).contains(&bound) {
            return Err(format!("`{bound}` is no share; write a number from 0 to 1"));
        }
        Ok(Floor { figure: *figure, bound })
    }
}

fn unknown(name: &str) -> String {
    match did_you_mean(name, names()) {
        Some(meant) => format!("there is no figure `{name}`; did you mean `{meant}`?"),
        None => format!("there is no figure `{name}`; the figures are {}", names().collect::<Vec<_>>().join(", ")),
    }
}

impl fmt::Display for BrokenFloor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BrokenFloor { figure, floor, .. } = self;
        match (self.measured, self.better) {
            (None, _) => write!(f, "`{figure}` can't be measured: the sets have no questions for it"),
            (Some(measured), Better::More) => {
                write!(f, "`{figure}` is {measured:.3}, and {floor} is the least allowed")
            }
            (Some(measured), Better::Less) => write!(f, "`{figure}` is {measured:.3}, and {floor} is the most allowed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Share;

    fn broken(floor: &str, summary: &Summary) -> Option<String> {
        let floor: Floor = floor.parse().expect("a floor");
        Some(floor.broken_by(summary)?.to_string())
    }

    #[test]
    fn a_floor_holds_a_figure_to_its_better_side() {
        let mut summary = Summary::default();
        summary.in_scope.first = Share::new(80, 100);
        summary.in_scope.wrong = Share::new(5, 100);
        assert_eq!(broken("first=0.8", &summary), None);
        assert_eq!(broken("first=0.85", &summary).as_deref(), Some("`first` is 0.800, and 0.85 is the least allowed"));
        assert_eq!(broken("wrong=0.05", &summary), None);
        assert_eq!(broken("wrong=0.01", &summary).as_deref(), Some("`wrong` is 0.050, and 0.01 is the most allowed"));
        assert_eq!(
            broken("urgent=0", &summary).as_deref(),
            Some("`urgent` can't be measured: the sets have no questions for it")
        );
    }

    #[test]
    fn a_floor_that_is_none_is_told() {
        let told = |written: &str| written.parse::<Floor>().expect_err("not a floor");
        assert_eq!(told("frist=0.8"), "there is no figure `frist`; did you mean `first`?");
        assert_eq!(told("first"), "a floor reads `NAME=SHARE`, such as `first=0.85`");
        assert_eq!(told("first=85"), "`85` is no share; write a number from 0 to 1");
        assert_eq!(told("first=most"), "`most` is no number; write one from 0 to 1");
    }
}
