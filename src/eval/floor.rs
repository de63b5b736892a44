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
#[derive(Debug)]
pub struct Figure {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub means: &'static str,
    better: Better,
    of: fn(&Summary) -> Option<f64>,
}

const fn more(name: &'static str, means: &'static str, of: fn(&Summary) -> Option<f64>) -> Figure {
    Figure { name, means, better: Better::More, of }
}

const fn less(name: &'static str, means: &'static str, of: fn(&Summary) -> Option<f64>) -> Figure {
    Figure { name, means, better: Better::Less, of }
}

/// Every figure that can have a floor, in the order of the report.
pub static FIGURES: [Figure; 15] = [
    more("first", "in scope, a right topic ranked first", |summary| summary.in_scope.first.share),
    more("top3", "in scope, a right topic in the first three", |summary| summary.in_scope.top3.share),
    more("answered", "in scope, answered rightly", |summary| summary.in_scope.answered.share),
    less("wrong", "in scope, answered with a wrong topic", |summary| summary.in_scope.wrong.share),
    less("declined", "in scope, declined", |summary| summary.in_scope.declined.share),
    less("out-answered", "out of scope, answered all the same", |summary| summary.out_of_scope.answered.share),
    more("out-declined", "out of scope, declined", |summary| summary.out_of_scope.declined.share),
    more("boundary", "out of scope, declined with a boundary's words", |summary| summary.out_of_scope.boundary.share),
    more("urgent", "emergencies found", |summary| summary.urgent.found.share),
    less("false-alarms", "alarms where there is no emergency", |summary| summary.urgent.false_alarms.share),
    more("auroc", "in scope told from out of scope", |summary| summary.auroc),
    more("osc10", "in scope, answered rightly where one in ten out of scope may pass", |summary| summary.osc10?.share),
    less("ece", "expected calibration error", |summary| summary.calibration.error),
    more("mistyped-first", "in scope and mistyped, a right topic ranked first", |summary| {
        summary.mistyped.as_ref()?.in_scope.first.share
    }),
    less("mistyped-loss", "how much `first` falls with typing mistakes", |summary| summary.mistyped.as_ref()?.loss),
];

/// The names that [`Floor`] knows, for the command line's help.
pub fn names() -> impl Iterator<Item = &'static str> {
    FIGURES.iter().map(|figure| figure.name)
}

/// A figure and how bad it may be, written `first=0.85`. Where less is better (`wrong=0.05`), the floor is the most
/// that is allowed.
#[derive(Clone, Copy, Debug)]
pub struct Floor {
    /// The figure.
    pub figure: &'static Figure,
    pub(super) bound: f64,
}

/// How far below what was reached a floor is raised: so much may be lost for something better, and not more. An
/// evaluation has no chance in it, so there is no noise to allow for.
const MARGIN: f64 = 0.01;

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
    /// A floor of `figure`, unless the bound is no share from 0 to 1.
    pub fn new(figure: &'static Figure, bound: f64) -> Option<Floor> {
        (0.0..=1.0).contains(&bound).then_some(Floor { figure, bound })
    }

    /// What was measured.
    pub fn measured(&self, summary: &Summary) -> Option<f64> {
        (self.figure.of)(summary)
    }

    /// Whether the floor is broken, and how.
    pub fn broken_by(&self, summary: &Summary) -> Option<BrokenFloor> {
        let Figure { name, better, .. } = *self.figure;
        let measured = self.measured(summary);
        let kept = measured.is_some_and(|measured| better.keeps(measured, self.bound));
        (!kept).then_some(BrokenFloor { figure: name, floor: self.bound, measured, better })
    }

    /// This floor, raised to just below what was reached; it never falls.
    pub fn raised(&self, summary: &Summary) -> Floor {
        let better = self.figure.better;
        let reached = self.measured(summary).map(|measured| better.with_margin(measured));
        let bound = reached.filter(|reached| better.keeps(*reached, self.bound)).unwrap_or(self.bound);
        Floor { bound, ..*self }
    }

    /// Whether all that keeps this floor keeps the other one of the same figure.
    pub fn is_as_strict_as(&self, other: &Floor) -> bool {
        self.figure.name == other.figure.name && self.figure.better.keeps(self.bound, other.bound)
    }
}

impl Better {
    fn keeps(self, measured: f64, bound: f64) -> bool {
        match self {
            Better::More => measured >= bound,
            Better::Less => measured <= bound,
        }
    }

    /// `measured` with the margin taken off, in whole hundredths.
    fn with_margin(self, measured: f64) -> f64 {
        let hundredths = match self {
            Better::More => ((measured - MARGIN) * 100.0).floor(),
            Better::Less => ((measured + MARGIN) * 100.0).ceil(),
        };
        hundredths.clamp(0.0, 100.0) / 100.0
    }
}

impl fmt::Display for Floor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.figure.better {
            Better::More => write!(f, "at least {}", self.bound),
            Better::Less => write!(f, "at most {}", self.bound),
        }
    }
}

impl FromStr for Floor {
    type Err = String;

    fn from_str(written: &str) -> Result<Floor, String> {
        let (name, bound) = written.split_once('=').ok_or("a floor reads `NAME=SHARE`, such as `first=0.85`")?;
        let figure = FIGURES.iter().find(|figure| figure.name == name).ok_or_else(|| unknown(name))?;
        let bound: f64 = bound.parse().map_err(|_| format!("`{bound}` is no number; write one from 0 to 1"))?;
        Floor::new(figure, bound).ok_or_else(|| format!("`{bound}` is no share; write a number from 0 to 1"))
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
    fn a_floor_rises_to_just_below_what_is_reached_and_never_falls() {
        let mut summary = Summary::default();
        summary.in_scope.first = Share::new(876, 1000);
        summary.in_scope.wrong = Share::new(31, 1000);
        let raised = |floor: &str| floor.parse::<Floor>().expect("a floor").raised(&summary).to_string();
        assert_eq!(raised("first=0.5"), "at least 0.86");
        assert_eq!(raised("first=0.87"), "at least 0.87");
        assert_eq!(raised("wrong=1"), "at most 0.05");
        assert_eq!(raised("wrong=0.04"), "at most 0.04");
        assert_eq!(raised("urgent=0.5"), "at least 0.5");
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
