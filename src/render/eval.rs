//! The figures of an evaluation in the terminal, as tables; in a pipe, as tables of Markdown.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ColumnConstraint, Width, presets};

use super::terminal::{Page, printable};
use crate::diagnostic::counted;
use crate::eval::{Calibration, Group, InScope, Miss, Observation, OutOfScope, Share, Summary, Urgent};

const TITLE: Style = AnsiColor::Cyan.on_default().bold();
const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// Everything that was measured; `missed` is how many questions did not get what is right, listed or not.
pub fn report(summary: &Summary, missed: usize, page: Page) -> String {
    let mut parts = vec![
        in_scope(&summary.in_scope, page),
        out_of_scope(&summary.out_of_scope, page),
        urgent(&summary.urgent, page),
        confidence(summary, page),
        groups("By tag", &summary.tags, page),
        groups("By topic", &summary.topics, page),
        misses(summary, missed, page),
    ];
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn in_scope(figures: &InScope, page: Page) -> String {
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

fn out_of_scope(figures: &OutOfScope, page: Page) -> String {
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

fn urgent(figures: &Urgent, page: Page) -> String {
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

/// A titled table of shares; none where there is nothing to show.
fn shares(title: &str, page: Page, figures: &[(&str, Share)]) -> String {
    let rows: Vec<Vec<String>> = figures
        .iter()
        .filter(|(_, share)| share.of > 0)
        .map(|(name, share)| vec![(*name).to_owned(), share.count.to_string(), percent(*share), interval(*share)])
        .collect();
    table(title, &["", "questions", "share", "95 % interval"], rows, page)
}

fn confidence(summary: &Summary, page: Page) -> String {
    let Calibration { error: Some(error), bins } = &summary.calibration else { return String::new() };
    let rows = bins
        .iter()
        .filter(|bin| bin.questions > 0)
        .map(|bin| {
            let range = format!("{:.1}–{:.1}", bin.from, bin.to);
            vec![range, bin.questions.to_string(), decimal(bin.confidence), decimal(bin.right)]
        })
        .collect();
    let mut text = table("Confidence", &["", "questions", "mean confidence", "share right"], rows, page);
    let _ = write!(text, "\nexpected calibration error {error:.3}");
    if let (Some(auroc), Some(osc10)) = (summary.auroc, summary.osc10) {
        let _ = write!(text, "\nin scope told from out of scope: AUROC {auroc:.3}");
        let share = percent(osc10);
        let _ = write!(text, "\nanswered rightly where one in ten out of scope may pass: OSC10 {share}");
    }
    text
}

fn groups(title: &str, groups: &[Group], page: Page) -> String {
    let all = [
        ("first", (|group| group.first) as fn(&Group) -> Share),
        ("answered", |group| group.answered),
        ("out of scope, answered", |group| group.out_answered),
        ("emergencies found", |group| group.urgent),
    ];
    let shown: Vec<_> = all.into_iter().filter(|(_, of)| groups.iter().any(|group| of(group).of > 0)).collect();
    let header: Vec<&str> = std::iter::once("").chain(shown.iter().map(|(name, _)| *name)).collect();
    let row = |group: &Group| {
        let figures = shown.iter().map(|(_, of)| fraction(of(group)));
        std::iter::once(group.name.clone()).chain(figures).collect()
    };
    table(title, &header, groups.iter().map(row).collect(), page)
}

fn misses(summary: &Summary, missed: usize, page: Page) -> String {
    if summary.misses.is_empty() {
        return String::new();
    }
    let listed = summary.misses.len();
    let title = match listed == missed {
        true => format!("Misses: {missed}"),
        false => format!("Misses: {listed} of {missed}"),
    };
    let list: Vec<String> = summary.misses.iter().map(|found| miss(found, page)).collect();
    format!("{}\n{}", page.styled(TITLE, &title), list.join("\n"))
}

fn miss(miss: &Miss, page: Page) -> String {
    let Observation { outcome, shown, boundary, confidence, ranking } = &miss.got;
    let names = shown.iter().chain(boundary).map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
    let best: Vec<String> = ranking.iter().map(|ranked| format!("{} {:.2}", ranked.id, ranked.score)).collect();
    let got = format!("{} {names}", outcome.as_str());
    format!(
        "{}\n{}\n{}",
        page.hanging("- ", &printable(&miss.question)),
        page.hanging("  ", &format!("expected {BOLD}{}{BOLD:#}, got {BOLD}{}{BOLD:#}", miss.expected, got.trim_end())),
        page.hanging("  ", &format!("{FAINT}confidence {confidence:.2}; {}{FAINT:#}", best.join(", "))),
    )
}

/// A titled table whose first column holds names and whose others hold figures; nothing where there are no rows.
fn table(title: &str, header: &[&str], rows: Vec<Vec<String>>, page: Page) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(if page.drawn { presets::UTF8_FULL_CONDENSED } else { presets::ASCII_MARKDOWN });
    drawn.set_header(header.iter().map(|name| (*name).to_owned())).add_rows(rows);
    for column in drawn.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    // So that tables below each other have their figures below each other.
    if let Some(names) = drawn.column_mut(0) {
        names.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(NAMES)));
    }
    format!("{}\n{drawn}", page.styled(TITLE, title))
}

/// The width of the longest name of a figure, with a space on either side.
const NAMES: u16 = 38;

fn percent(share: Share) -> String {
    share.share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", share * 100.0))
}

fn interval(share: Share) -> String {
    let Some((low, high)) = share.interval else { return "–".to_owned() };
    format!("{:.1}–{:.1} %", low * 100.0, high * 100.0)
}

/// `8/12  66.7 %`
fn fraction(share: Share) -> String {
    if share.of == 0 { String::new() } else { format!("{}/{} {:>8}", share.count, share.of, percent(share)) }
}

fn decimal(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| format!("{value:.2}"))
}
