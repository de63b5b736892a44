//! Something to draw on, from top to bottom: what is drawn is noted, and the height is known at the end.

use std::collections::BTreeSet;
use std::io::Write as _;

use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};

use super::font;

pub(super) const GROUND: Colour = Colour(0xf8, 0xfa, 0xfc);
pub(super) const PAPER: Colour = Colour(0xff, 0xff, 0xff);
pub(super) const TEXT: Colour = Colour(0x1e, 0x29, 0x3b);
pub(super) const FAINT: Colour = Colour(0x55, 0x60, 0x72);
pub(super) const LINE: Colour = Colour(0xdd, 0xe3, 0xea);
pub(super) const OWN: Colour = Colour(0x0f, 0x76, 0x6e);
pub(super) const OTHER: Colour = Colour(0x8a, 0x99, 0xad);

/// A higher picture than this is nothing to look at, and would take much memory.
const HIGHEST: f32 = 4_000.0;

/// So many lines are drawn at a time.
const BAND: u32 = 24;

/// A palette of a PNG holds so many colours.
const PALETTE: usize = 256;

/// How far lines stand apart, in sizes of their letters.
const LEADING: f32 = 1.36;

/// Where letters stand within their line, in sizes.
const ASCENT: f32 = 0.98;

/// How far a curve's handle is from its end for a quarter of a circle, in radii.
const ROUND: f32 = 0.552_285;

/// Red, green and blue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colour(u8, u8, u8);

/// How letters look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub(super) size: f32,
    pub(super) colour: Colour,
    pub(super) bold: bool,
}

/// Something to draw on.
pub(super) struct Canvas {
    pub(super) width: f32,
    margin: f32,
    /// How far down it is drawn on.
    pub(super) y: f32,
    ground: Colour,
    shapes: Vec<(Path, Colour)>,
}

impl Canvas {
    pub(super) fn new(width: f32, margin: f32, ground: Colour) -> Canvas {
        Canvas { width, margin, y: margin, ground, shapes: Vec::new() }
    }

    pub(super) fn down(&mut self, by: f32) {
        self.y += by;
    }

    /// Text from `x` to the margin, on as many lines as it takes.
    pub(super) fn paragraph(&mut self, text: &str, ink: Ink, x: f32) {
        self.paragraph_within(text, ink, x, self.width - self.margin - x);
    }

    /// Text on lines of this width.
    pub(super) fn paragraph_within(&mut self, text: &str, ink: Ink, x: f32, width: f32) {
        for line in wrapped(text, ink, width) {
            self.line(&line, ink, x);
            self.y += ink.size * LEADING;
        }
    }

    /// A line of text at `x`, without going down.
    pub(super) fn line(&mut self, text: &str, ink: Ink, x: f32) {
        let outlines = font::outlines(text, ink.size, ink.bold, (x, self.y + ink.size * ASCENT));
        self.shapes.extend(outlines.map(|path| (path, ink.colour)));
    }

    /// A line of text that ends at `x`, without going down.
    pub(super) fn line_to(&mut self, text: &str, ink: Ink, x: f32) {
        self.line(text, ink, x - font::width(text, ink.size, ink.bold));
    }

    /// A rectangle with round corners, from `x` and so far below the place that is drawn on.
    pub(super) fn bar(&mut self, x: f32, below: f32, (width, height): (f32, f32), radius: f32, colour: Colour) {
        let path = rounded(x, self.y + below, width, height, radius.min(width / 2.0).min(height / 2.0));
        self.shapes.extend(path.map(|path| (path, colour)));
    }

    /// What was drawn, band by band: a whole picture takes megabytes, which the allocator would keep for the next one.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both are small and positive")]
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let height = (self.y + self.margin).ceil();
        if height > HIGHEST {
            return None;
        }
        let size = (self.width as u32, height as u32);
        let palette = self.palette(size)?;
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, size.0, size.1);
        // Large plain areas and sharp edges: no line of pixels is told from the one above.
        encoder.set_filter(png::Filter::NoFilter);
        if palette.is_empty() {
            encoder.set_color(png::ColorType::Rgb);
        } else {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette.concat());
        }
        let mut writer = encoder.write_header().ok()?;
        let mut lines = writer.stream_writer().ok()?;
        let mut line = Vec::new();
        self.lines(size, |pixels| {
            if let Some(pixels) = pixels {
                line = if palette.is_empty() {
                    colours(pixels).flatten().collect()
                } else {
                    colours(pixels).map(|colour| palette.binary_search(&colour).unwrap_or_default() as u8).collect()
                };
            }
            lines.write_all(&line).ok()
        })?;
        lines.finish().ok()?;
        drop(writer);
        Some(bytes)
    }

    /// The colours of what was drawn, in order, so that a pixel takes one byte and not three; none, where they are too many
    /// for a palette.
    fn palette(&self, size: (u32, u32)) -> Option<Vec<[u8; 3]>> {
        let mut found = BTreeSet::new();
        self.lines(size, |pixels| {
            let mut last = None;
            let others = colours(pixels.unwrap_or_default()).filter(|colour| last.replace(*colour) != Some(*colour));
            found.extend(others);
            Some(())
        })?;
        Some(if found.len() > PALETTE { Vec::new() } else { found.into_iter().collect() })
    }

    /// Draws band after band, and hands on the pixels of each line; nothing for one that is like the line before, as many
    /// are.
    fn lines(&self, (width, height): (u32, u32), mut each: impl FnMut(Option<&[u8]>) -> Option<()>) -> Option<()> {
        let mut band = Pixmap::new(width, BAND)?;
        let mut last = Vec::new();
        for top in (0..height).step_by(BAND as usize) {
            self.draw(&mut band, top);
            let lines = band.data().chunks_exact(4 * width as usize).take((height - top) as usize);
            for line in lines {
                if last == line {
                    each(None)?;
                } else {
                    each(Some(line))?;
                    last = line.to_vec();
                }
            }
        }
        Some(())
    }

    /// The part of the picture that begins at the line `top`.
    #[expect(clippy::cast_precision_loss, reason = "a picture has few lines")]
    fn draw(&self, band: &mut Pixmap, top: u32) {
        band.fill(self.ground.opaque());
        let (from, to) = (top as f32, (top + BAND) as f32);
        for (path, colour) in &self.shapes {
            let bounds = path.bounds();
            if bounds.bottom() < from || bounds.top() > to {
                continue;
            }
            let mut paint = Paint { anti_alias: true, ..Paint::default() };
            paint.set_color(colour.opaque());
            band.fill_path(path, &paint, FillRule::Winding, Transform::from_translate(0.0, -from), None);
        }
    }
}

/// The colours of these pixels. Nothing shines through, so the last of four bytes says nothing.
fn colours(pixels: &[u8]) -> impl Iterator<Item = [u8; 3]> + '_ {
    pixels.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]])
}

impl Colour {
    fn opaque(self) -> Color {
        Color::from_rgba8(self.0, self.1, self.2, 0xff)
    }
}

/// The text in lines of this width; a word that is wider stands alone.
pub(super) fn wrapped(text: &str, ink: Ink, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (lines.last_mut(), longer) {
            (Some(last), Some(longer)) if font::width(&longer, ink.size, ink.bold) <= width => *last = longer,
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn rounded(x: f32, y: f32, width: f32, height: f32, radius: f32) -> Option<Path> {
    if radius <= 0.0 {
        return Rect::from_xywh(x, y, width, height).map(PathBuilder::from_rect);
    }
    let (right, bottom, handle) = (x + width, y + height, radius * (1.0 - ROUND));
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.line_to(right - radius, y);
    path.cubic_to(right - handle, y, right, y + handle, right, y + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - handle, right - handle, bottom, right - radius, bottom);
    path.line_to(x + radius, bottom);
    path.cubic_to(x + handle, bottom, x, bottom - handle, x, bottom - radius);
    path.line_to(x, y + radius);
    path.cubic_to(x, y + handle, x + handle, y, x + radius, y);
    path.close();
    path.finish()
}
