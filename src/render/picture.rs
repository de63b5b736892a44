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
use canvas::Canvas;
pub use kept::{keep_only, kept, known};

/// The drawing as a PNG; nothing where it can't be drawn, which only a drawing without end could bring about.
pub fn png(drawing: &Drawing) -> Option<Vec<u8>> {
    let canvas = match drawing {
        Drawing::Ranges(found) => ranges::draw(found),
        Drawing::Steps(found) => steps::draw(found),
        Drawing::Page(found) => page::draw(found),
    };
    canvas.png()
}

/// Where the figures come from, in small letters at the end.
fn source(canvas: &mut Canvas, source: &str) {
    const SIZE: f32 = 27.0;
    canvas.down(16.0);
    canvas.paragraph(source, canvas::Ink { size: SIZE, colour: canvas::FAINT, bold: false }, canvas.margin);
}
