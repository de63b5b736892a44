//! What happens when: a line downwards, and beside it each step with its figure large.

use super::canvas::{Canvas, FAINT, GROUND, Ink, LINE, OWN, TEXT};
use super::{MARGIN, WIDTH, source, titled};
use crate::sheet::drawing::{Step, Steps};

/// Where the words stand, right of the line.
const WORDS: f32 = MARGIN + 70.0;
/// Where the line runs.
const RAIL: f32 = MARGIN + 14.0;
const DOT: f32 = 30.0;

const WHEN: Ink = Ink { size: 36.0, colour: TEXT, bold: true };
const FIGURE: Ink = Ink { size: 36.0, colour: OWN, bold: true };
const WHAT: Ink = Ink { size: 33.0, colour: FAINT, bold: false };

pub(super) fn draw(steps: &Steps) -> Canvas {
    let mut canvas = titled(&steps.title);
    canvas.down(30.0);
    let last = steps.steps.len().saturating_sub(1);
    for (number, found) in steps.steps.iter().enumerate() {
        step(&mut canvas, found, number == last);
    }
    source(&mut canvas, &steps.source);
    canvas
}

fn step(canvas: &mut Canvas, step: &Step, last: bool) {
    let top = canvas.y;
    canvas.line(&step.when, WHEN, WORDS);
    if let Some(figure) = &step.figure {
        canvas.line_to(figure, FIGURE, WIDTH - MARGIN);
    }
    canvas.down(52.0);
    canvas.paragraph(&step.what, WHAT, WORDS);
    canvas.down(32.0);
    let height = canvas.y - top;
    let up = -height;
    if !last {
        canvas.bar(RAIL - 3.0, up + 24.0, (6.0, height), 0.0, LINE);
    }
    canvas.bar(RAIL - DOT / 2.0, up + 9.0, (DOT, DOT), DOT / 2.0, OWN);
    canvas.bar(RAIL - DOT / 2.0 + 7.0, up + 16.0, (DOT - 14.0, DOT - 14.0), DOT, GROUND);
}
