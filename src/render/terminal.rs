//! A reply in the terminal: styled, wrapped, with its tables drawn.
//!
//! Styles are always written; the stream takes them out again where they are not wanted. What colour says is said in
//! another way too, so that nothing is lost in a pipe.

use std::io::{self, IsTerminal as _};

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ContentArrangement, presets};
use textwrap::{Options, WordSplitter};

use crate::answer::{Notice, Part, Reply, Warning};
use crate::knowledge::{Cell, Explained, Link, Row, Table, Topic};
use crate::markdown::{self, Line, Span};
use crate::sheet::Sheet;

const ALARM: Style = AnsiColor::Red.on_default().bold();
const TITLE: Style = AnsiColor::Cyan.on_default().bold();
const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const ADDRESS: Style = Style::new().underline();

/// Longer lines are hard to read, however wide the window is.
const WIDEST: usize = 88;
/// Shorter lines would break within words.
const NARROWEST: usize = 20;
/// Where the width is not known.
const USUAL: usize = 80;

/// What there is to write on.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// How many columns a line takes.
    pub width: usize,
    /// Whether lines can be drawn; otherwise tables are those of Markdown.
    pub drawn: bool,
}

impl Page {
    /// The page that standard output is.
    pub fn detect() -> Page {
        match io::stdout().is_terminal() {
            true => Page { width: textwrap::termwidth().clamp(NARROWEST, WIDEST), drawn: true },
            false => Page { width: USUAL, drawn: false },
        }
    }

    /// `text` wrapped behind `marker`, every line after the first indented by as much as `marker` takes.
    pub fn hanging(&self, marker: &str, text: &str) -> String {
        let indent = " ".repeat(textwrap::core::display_width(marker));
        let options = Options::new(self.width)
            .initial_indent(marker)
            .subsequent_indent(&indent)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        textwrap::fill(text, options)
    }

    /// `text` wrapped and in `style`, each line by itself: a pager forgets the style at a line's end.
    pub(super) fn styled(&self, style: Style, text: &str) -> String {
        let wrapped = self.hanging("", &printable(text));
        let lines: Vec<String> = wrapped.lines().map(|line| format!("{style}{line}{style:#}")).collect();
        lines.join("\n")
    }

    fn markdown(&self, text: &str) -> String {
        let text = printable(text);
        let lines: Vec<String> = markdown::lines(&text).map(|line| self.line(&line)).collect();
        lines.join("\n").trim_end().to_owned()
    }

    fn line(&self, line: &Line<'_>) -> String {
        let text: String = line.spans.iter().map(styled_span).collect();
        match line.marker {
            "" => self.hanging("", &text),
            marker => self.hanging(&format!("{marker} "), &text),
        }
    }
}

fn styled_span(span: &Span<'_>) -> String {
    match span {
        Span::Plain(text) => (*text).to_owned(),
        Span::Bold(text) => format!("{BOLD}{text}{BOLD:#}"),
        Span::Link { label, url } => format!("{label} <{ADDRESS}{url}{ADDRESS:#}>"),
    }
}

/// The text without control characters, which could make a terminal do what nobody wrote down.
pub fn printable(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// Everything that `reply` says.
pub fn reply(reply: &Reply<'_>, page: Page) -> String {
    let parts: Vec<String> = reply.parts().iter().map(|part| drawn(part, page)).collect();
    parts.join("\n\n") + "\n"
}

/// Everything that a sheet says.
pub fn sheet(sheet: &Sheet<'_>, page: Page) -> String {
    let parts: Vec<String> = sheet.parts().iter().map(|part| drawn(part, page)).collect();
    parts.join("\n\n") + "\n"
}

fn drawn(part: &Part<'_>, page: Page) -> String {
    match part {
        Part::Warning(found) => warning(found, page),
        Part::Headed(Notice { title, text }) => format!("{}\n{}", page.styled(TITLE, title), page.markdown(text)),
        Part::Besides(text) | Part::Details(text) | Part::Overdue(text) => page.markdown(text),
        Part::Table(found) => table(found, page),
        Part::Link(Link { label, url }) => page.hanging("", &styled_span(&Span::Link { label, url })),
        Part::Source(text) => page.styled(FAINT, text),
        Part::Offered { lead, topics, .. } => offered(*lead, topics, page),
        Part::Disclaimer(text) => page.styled(FAINT, text),
    }
}

/// Hard words and what they mean, below what leads to them.
pub fn words(lead: &str, words: &[Explained<'_>], page: Page) -> String {
    let explained = |word: &Explained<'_>| page.hanging("  - ", &printable(&format!("{}: {}", word.word, word.say)));
    let lead = page.styled(BOLD, &format!("{lead}:"));
    std::iter::once(lead).chain(words.iter().map(explained)).collect::<Vec<_>>().join("\n") + "\n"
}

fn warning(warning: &Warning<'_>, page: Page) -> String {
    let rule = format!("{ALARM}{}{ALARM:#}", "!".repeat(page.width));
    let title = page.styled(ALARM, warning.title);
    format!("{rule}\n{title}\n\n{}\n{rule}", page.markdown(warning.text))
}

fn table(table: &Table, page: Page) -> String {
    let mut drawn = comfy_table::Table::new();
    if page.drawn {
        drawn.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
        drawn.set_width(u16::try_from(page.width).unwrap_or(u16::MAX));
    } else {
        // A row of Markdown is one line, however long.
        drawn.load_style(presets::ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Disabled);
    }
    drawn.set_header(table.columns.iter().map(|column| printable(column)));
    for row in &table.rows {
        drawn.add_row(row.cells.iter().map(|cell| printable(&cell.to_string())));
    }
    for (number, column) in drawn.column_iter_mut().enumerate() {
        column.set_cell_alignment(alignment(table, number));
    }
    format!("{}\n{drawn}", page.styled(BOLD, &table.title))
}

/// Figures stand right, so that they can be compared, where a column has nothing else.
fn alignment(table: &Table, column: usize) -> CellAlignment {
    let is_figure = |row: &Row| matches!(row.cells.get(column), Some(Cell::Figure(_)));
    if table.rows.iter().all(is_figure) { CellAlignment::Right } else { CellAlignment::Left }
}

/// The topics by number, under what leads to them.
fn offered(lead: Option<&str>, topics: &[&Topic], page: Page) -> String {
    let lead = lead.map(|lead| page.styled(BOLD, &format!("{lead}:")));
    let titles = topics.iter().zip(1..);
    let titles = titles.map(|(topic, number)| page.hanging(&format!("  {number}. "), &printable(&topic.title)));
    lead.into_iter().chain(titles).collect::<Vec<_>>().join("\n")
}
