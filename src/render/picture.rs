//! Pictures: a [`Drawing`] as a PNG.
//!
//! A phone shows a picture about 375 points wide, so a thousand pixels make letters of 34 pixels as large as its own. Each
//! picture has a light ground of its own, which reads the same in a dark theme and in a light one, and says nothing by
//! colour alone. The same drawing gives the same bytes.

mod canvas;
mod font;
mod kept;
mod page;
mod ranges;
mod steps;

use crate::sheet::drawing::Drawing;
use canvas::{Canvas, FAINT, GROUND, Ink, TEXT};
pub use kept::{keep_only, kept, known};

/// The size of what is shown on a phone.
const WIDTH: f32 = 1_000.0;
const MARGIN: f32 = 56.0;

const TITLE: Ink = Ink { size: 46.0, colour: TEXT, bold: true };
const SOURCE: Ink = Ink { size: 27.0, colour: FAINT, bold: false };

/// The drawing as a PNG; nothing where it can't be drawn, which only a drawing without end could bring about.
pub fn png(drawing: &Drawing) -> Option<Vec<u8>> {
    let canvas = match drawing {
        Drawing::Ranges(found) => ranges::draw(found),
        Drawing::Steps(found) => steps::draw(found),
        Drawing::Page(found) => page::draw(found),
    };
    canvas.png()
}

/// What a phone shows, with the title on it.
fn titled(title: &str) -> Canvas {
    let mut canvas = Canvas::new(WIDTH, MARGIN, GROUND);
    canvas.paragraph(title, TITLE, MARGIN);
    canvas
}

/// Where the figures come from, in small letters at the end.
fn source(canvas: &mut Canvas, source: &str) {
    canvas.down(16.0);
    canvas.paragraph(source, SOURCE, MARGIN);
}
