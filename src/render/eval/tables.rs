//! The tables of an evaluation, which the terminal and the score card share.

use comfy_table::{CellAlignment, ColumnConstraint, Table, Width, presets};

use crate::diagnostic::counted;
use crate::eval::{Bin, Calibration, Group, InScope, Mistyped, OutOfScope, Share, Summary, Urgent};
use crate::render::terminal::Page;

/// A heading and what stands below it.
pub(super) struct Section {
    /// The heading.
    pub(super) title: String,
    /// The table.
    pub(super) table: String,
    /// What is said below the table, a line each.
    pub(super) notes: Vec<String>,
}

impl Section {
    /// A table whose first column holds names and whose others hold figures; nothing where there are no rows.
    pub(super) fn new(title: &str, header: &[&str], rows: Vec<Vec<String>>, page: Page) -> Option<Section> {
        let drawn = (!rows.is_empty()).then(|| table(header, rows, page));
        drawn.map(|table| Section { title: title.to_owned(), table, notes: Vec::new() })
    }
}

/// The width of the longest name of a figure, with a space on either side.
const NAMES: u16 = 38;

fn table(header: &[&str], rows: Vec<Vec<String>>, page: Page) -> String {
    let mut drawn = Table::new();
    drawn.load_style(if page.drawn { presets::UTF8_FULL_CONDENSED } else { presets::ASCII_MARKDOWN });
    drawn.set_header(header.iter().map(|name| (*name).to_owned())).add_rows(rows);
    for column in drawn.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    // So that tables below each other have their figures below each other.
    if let Some(names) = drawn.column_mut(0) {
        names.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(NAMES)));
    }
    let drawn = drawn.to_string();
    if page.drawn { drawn } else { with_figures_right(&drawn) }
}

/// A table of Markdown, with all columns but the first marked as aligned to the right.
fn with_figures_right(table: &str) -> String {
    let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
    if let Some(rule) = lines.get_mut(1)
        && let Some((behind_names, _)) = rule.match_indices('|').nth(1)
    {
        let figures = rule.split_off(behind_names).replace("-|", ":|");
        rule.push_str(&figures);
    }
    lines.join("\n")
}

/// The outcomes of questions that a topic answers.
pub(super) fn in_scope(figures: &InScope, page: Page) -> Option<Section> {
    shares(
        &format!("In scope: {}", counted(figures.questions, "question")),
        page,
        &[
            ("a right topic ranked first", figures.first),
            ("a right topic in the first three", figures.top3),
            ("answered rightly", figures.answered),
            ("answered with a wrong topic", figures.wrong),
            ("clarified, a right topic offered", figures.clarified),
            ("clarified, only wrong topics offered", figures.clarified_wrong),
            ("declined", figures.declined),
            ("taken for an emergency", figures.alarmed),
        ],
    )
}

/// The outcomes of questions that the guide does not cover.
pub(super) fn out_of_scope(figures: &OutOfScope, page: Page) -> Option<Section> {
    shares(
        &format!("Out of scope: {}", counted(figures.questions, "question")),
        page,
        &[
            ("answered all the same", figures.answered),
            ("clarified", figures.clarified),
            ("declined", figures.declined),
            ("declined with a boundary's words", figures.boundary),
            ("taken for an emergency", figures.alarmed),
        ],
    )
}

/// The outcomes of emergencies.
pub(super) fn urgent(figures: &Urgent, page: Page) -> Option<Section> {
    shares(
        &format!("Emergencies: {}", counted(figures.questions, "question")),
        page,
        &[
            ("found", figures.found),
            ("missed", figures.missed),
            ("false alarms among the others", figures.false_alarms),
        ],
    )
}

fn shares(title: &str, page: Page, figures: &[(&str, Share)]) -> Option<Section> {
    let there = figures.iter().filter(|(_, share)| share.of > 0);
    let row = |(name, share): &(&str, Share)| {
        vec![(*name).to_owned(), share.count.to_string(), percent(*share), interval(*share)]
    };
    Section::new(title, &["", "questions", "share", "95 % interval"], there.map(row).collect(), page)
}

/// What typing mistakes change.
pub(super) fn mistyped(summary: &Summary, mistyped: &Mistyped, page: Page) -> Option<Section> {
    let (written, inside) = (&summary.in_scope, &mistyped.in_scope);
    let (outside, urgent) = (&mistyped.out_of_scope, &mistyped.urgent);
    let figures = [
        ("a right topic ranked first", written.first, inside.first),
        ("a right topic in the first three", written.top3, inside.top3),
        ("answered rightly", written.answered, inside.answered),
        ("answered with a wrong topic", written.wrong, inside.wrong),
        ("out of scope, answered all the same", summary.out_of_scope.answered, outside.answered),
        ("emergencies found", summary.urgent.found, urgent.found),
        ("false alarms", summary.urgent.false_alarms, urgent.false_alarms),
    ];
    let row = |(name, before, after): (&str, Share, Share)| {
        let change = (after.share? - before.share?) * 100.0;
        Some(vec![name.to_owned(), percent(before), percent(after), interval(after), format!("{change:+.1}")])
    };
    let header = ["", "as written", "mistyped", "95 % interval", "change in points"];
    let section = Section::new("With typing mistakes", &header, figures.into_iter().filter_map(row).collect(), page)?;
    let note = format!(
        "one or two mistakes in half of the words of five letters and more, chosen by the seed {}",
        mistyped.seed
    );
    Some(Section { notes: vec![note], ..section })
}

/// How far confidence can be taken at its word, with the reliability plot (Niculescu-Mizil and Caruana, 2005).
pub(super) fn confidence(summary: &Summary, page: Page) -> Option<Section> {
    let Calibration { error, bins } = &summary.calibration;
    let rows: Vec<Vec<String>> = bins.iter().filter_map(reliability).collect();
    let header = ["right █, how sure ◆", "questions", "mean confidence", "share right"];
    let section = Section::new("Confidence", &header, rows, page)?;
    let mut notes: Vec<String> = error.iter().map(|error| format!("expected calibration error {error:.3}")).collect();
    if let (Some(auroc), Some(osc10)) = (summary.auroc, summary.osc10) {
        let share = percent(osc10);
        notes.push(format!("in scope told from out of scope: AUROC {auroc:.3}"));
        notes.push(format!("answered rightly where one in ten out of scope may pass: OSC10 {share}"));
    }
    Some(Section { notes, ..section })
}

fn reliability(bin: &Bin) -> Option<Vec<String>> {
    let (confidence, right) = (bin.confidence?, bin.right?);
    Some(vec![
        format!("{:.1}–{:.1} {}", bin.from, bin.to, bar(right, confidence)),
        bin.questions.to_string(),
        format!("{confidence:.2}"),
        format!("{right:.2}"),
    ])
}

/// A bar as long as `share`, with a mark at `expected`: where confidence is right, the bar ends at the mark.
fn bar(share: f64, expected: f64) -> String {
    const CELLS: usize = 25;
    let filled = (share * CELLS as f64).round() as usize;
    let mark = ((expected * CELLS as f64) as usize).min(CELLS - 1);
    let cell = |at| match at {
        _ if at == mark => '◆',
        _ if at < filled => '█',
        _ => '░',
    };
    (0..CELLS).map(cell).collect()
}

/// The questions by what they have in common; `shown` writes a figure of theirs.
pub(super) fn groups(title: &str, groups: &[Group], shown: fn(Share) -> String, page: Page) -> Option<Section> {
    let all = [
        ("first", (|group| group.first) as fn(&Group) -> Share),
        ("answered", |group| group.answered),
        ("out of scope, answered", |group| group.out_answered),
        ("emergencies found", |group| group.urgent),
    ];
    let there: Vec<_> = all.into_iter().filter(|(_, of)| groups.iter().any(|group| of(group).of > 0)).collect();
    let header: Vec<&str> = std::iter::once("").chain(there.iter().map(|(name, _)| *name)).collect();
    let figure = |share: Share| if share.of == 0 { String::new() } else { shown(share) };
    let row = |group: &Group| {
        let figures = there.iter().map(|(_, of)| figure(of(group)));
        std::iter::once(group.name.clone()).chain(figures).collect()
    };
    Section::new(title, &header, groups.iter().map(row).collect(), page)
}

pub(super) fn percent(share: Share) -> String {
    share.share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", share * 100.0))
}

pub(super) fn interval(share: Share) -> String {
    let Some((low, high)) = share.interval else { return "–".to_owned() };
    format!("{:.1}–{:.1} %", low * 100.0, high * 100.0)
}

/// `8/12  66.7 %`
pub(super) fn fraction(share: Share) -> String {
    format!("{}/{} {:>8}", share.count, share.of, percent(share))
}
