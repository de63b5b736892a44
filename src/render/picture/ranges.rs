//! Ranges side by side: for each a line with its name and its figure, and below it where it lies on one scale.

use super::canvas::{Canvas, FAINT, Ink, LINE, OTHER, OWN, TEXT};
use super::{MARGIN, WIDTH, source, titled};
use crate::sheet::drawing::{Bar, Ranges};

const NAME: Ink = Ink { size: 36.0, colour: TEXT, bold: false };
const OWN_NAME: Ink = Ink { size: 36.0, colour: OWN, bold: true };
const TICK: Ink = Ink { size: 27.0, colour: FAINT, bold: false };

const THICK: f32 = 26.0;
/// A range must not vanish on a long scale.
const SHORTEST: f32 = 12.0;

/// How many parts the scale has at most.
const PARTS: f64 = 4.0;

pub(super) fn draw(ranges: &Ranges) -> Canvas {
    let mut canvas = titled(&ranges.title);
    canvas.down(26.0);
    let scale = Scale::of(ranges);
    for bar in &ranges.bars {
        range(&mut canvas, bar, &scale);
    }
    ticks(&mut canvas, &scale);
    source(&mut canvas, &ranges.source);
    canvas
}

fn range(canvas: &mut Canvas, bar: &Bar, scale: &Scale) {
    let (ink, colour) = if bar.own { (OWN_NAME, OWN) } else { (NAME, OTHER) };
    canvas.line(&bar.name, ink, MARGIN);
    canvas.line_to(&bar.figure, Ink { bold: true, ..ink }, WIDTH - MARGIN);
    canvas.down(56.0);
    canvas.bar(MARGIN, 0.0, (WIDTH - 2.0 * MARGIN, THICK), THICK / 2.0, LINE);
    let (from, to) = (scale.place(bar.low), scale.place(bar.high));
    let width = (to - from).max(SHORTEST);
    canvas.bar(from.min(WIDTH - MARGIN - width), 0.0, (width, THICK), THICK / 2.0, colour);
    canvas.down(THICK + 30.0);
}

/// The scale's figures, under the lines.
fn ticks(canvas: &mut Canvas, scale: &Scale) {
    for number in 0..=scale.parts {
        let value = f64::from(number) * scale.step;
        let (x, text) = (scale.place(value), format!("{}{}", scale.sign, grouped(value)));
        canvas.bar(x - 1.0, -14.0, (2.0, 12.0), 0.0, OTHER);
        match number {
            0 => canvas.line(&text, TICK, x),
            last if last == scale.parts => canvas.line_to(&text, TICK, x),
            _ => {
                let half = super::font::width(&text, TICK.size, TICK.bold) / 2.0;
                canvas.line(&text, TICK, x - half);
            }
        }
    }
    canvas.down(44.0);
}

/// From nothing to a round number.
struct Scale {
    step: f64,
    parts: u32,
    /// What stands before a number, such as `$`.
    sign: String,
}

impl Scale {
    fn of(ranges: &Ranges) -> Scale {
        let highest = ranges.bars.iter().map(|bar| bar.high).fold(0.0, f64::max).max(1.0);
        let size = 10_f64.powf((highest / PARTS).log10().floor());
        let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|round| round * size);
        let step = steps.into_iter().find(|step| highest / step <= PARTS).unwrap_or(highest);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 1 to 4")]
        let parts = (highest / step).ceil() as u32;
        let sign = ranges.bars.first().map(|bar| bar.figure.chars().take_while(|c| !c.is_ascii_digit()).collect());
        Scale { step, parts, sign: sign.unwrap_or_default() }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a pixel is exact enough")]
    fn place(&self, value: f64) -> f32 {
        let share = value / (self.step * f64::from(self.parts));
        MARGIN + share as f32 * (WIDTH - 2.0 * MARGIN)
    }
}

/// The number with a comma between thousands.
fn grouped(value: f64) -> String {
    crate::knowledge::Figure { low: value, unit: String::new(), ..Default::default() }.to_string().trim_end().to_owned()
}
