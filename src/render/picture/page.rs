//! A list on a page as a printer takes it: boxes to tick, and lines to write on.

use super::canvas::{Canvas, FAINT, Ink, LINE, OTHER, PAPER, TEXT};
use crate::sheet::drawing::Page;

/// A sheet of A4 at 150 dots an inch, which also fits on US letter.
const WIDTH: f32 = 1_240.0;
const HEIGHT: f32 = 1_754.0;
const MARGIN: f32 = 96.0;
const WORDS: f32 = MARGIN + 66.0;
const BOX: f32 = 36.0;

const TITLE: Ink = Ink { size: 50.0, colour: TEXT, bold: true };
const LEAD: Ink = Ink { size: 30.0, colour: FAINT, bold: false };
const ABOUT: Ink = Ink { size: 33.0, colour: TEXT, bold: true };
const ITEM: Ink = Ink { size: 33.0, colour: TEXT, bold: false };
const FOOTER: Ink = Ink { size: 24.0, colour: FAINT, bold: false };

/// Lines to write on stand at least so far apart.
const RULED: f32 = 46.0;

pub(super) fn draw(page: &Page) -> Canvas {
    // What is left of the page is for writing.
    #[expect(clippy::cast_precision_loss, reason = "a page has few items")]
    let each = (HEIGHT - MARGIN - filled(page, 0, 0.0).y) / page.items.len().max(1) as f32;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page has few lines")]
    let lines = (each / RULED).floor().clamp(0.0, 3.0) as u16;
    let mut canvas = filled(page, lines, (each / f32::from(lines.max(1))).min(2.0 * RULED));
    canvas.y = canvas.y.max(HEIGHT - MARGIN);
    canvas
}

/// The page with so many lines to write on below each item, so far apart.
fn filled(page: &Page, lines: u16, apart: f32) -> Canvas {
    let mut canvas = Canvas::new(WIDTH, MARGIN, PAPER);
    canvas.paragraph(&page.title, TITLE, MARGIN);
    canvas.down(8.0);
    canvas.paragraph(&page.lead, LEAD, MARGIN);
    canvas.down(34.0);
    for (about, item) in &page.items {
        canvas.bar(MARGIN, 4.0, (BOX, BOX), 6.0, OTHER);
        canvas.bar(MARGIN + 3.0, 7.0, (BOX - 6.0, BOX - 6.0), 4.0, PAPER);
        canvas.paragraph(about, ABOUT, WORDS);
        canvas.paragraph(item, ITEM, WORDS);
        for _ in 0..lines {
            canvas.down(apart);
            canvas.bar(WORDS, 0.0, (WIDTH - MARGIN - WORDS, 2.0), 0.0, LINE);
        }
        canvas.down(30.0);
    }
    for footer in &page.footer {
        canvas.paragraph(footer, FOOTER, MARGIN);
    }
    canvas
}
