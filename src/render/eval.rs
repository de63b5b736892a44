//! The figures of an evaluation in the terminal, as tables; in a pipe, as tables of Markdown; as a [`card`]; and what each
//! part of matching is worth, as [`mod@ablation`].

pub mod ablation;
pub mod card;
mod tables;

use anstyle::{AnsiColor, Style};

use super::terminal::{Page, printable};
use crate::eval::{Miss, Observation, Summary};
use tables::{Section, fraction};

const TITLE: Style = AnsiColor::Cyan.on_default().bold();
const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// Everything that was measured, with at most so many misses in each list of them.
pub fn report(summary: &Summary, most: usize, page: Page) -> String {
    let sections = [
        tables::in_scope(&summary.in_scope, page),
        tables::out_of_scope(&summary.out_of_scope, page),
        tables::urgent(&summary.urgent, page),
        tables::confidence(summary, page),
        summary.mistyped.as_ref().and_then(|mistyped| tables::mistyped(summary, mistyped, page)),
        tables::groups("By set", &summary.sets, fraction, page).filter(|_| summary.sets.len() > 1),
        tables::groups("By tag", &summary.tags, fraction, page),
        tables::groups("By topic", &summary.topics, fraction, page),
    ];
    let mut parts: Vec<String> = sections.into_iter().flatten().map(|shown| section(&shown, page)).collect();
    parts.extend(misses("Misses", &summary.misses, most, page));
    let lost = summary.mistyped.iter().map(|mistyped| mistyped.lost.as_slice());
    parts.extend(lost.flat_map(|lost| misses("Lost to typing mistakes", lost, most, page)));
    parts.join("\n\n") + "\n"
}

fn section(section: &Section, page: Page) -> String {
    let mut lines = vec![page.styled(TITLE, &section.title), section.table.clone()];
    lines.extend(section.notes.iter().cloned());
    lines.join("\n")
}

fn misses(title: &str, misses: &[Miss], most: usize, page: Page) -> Option<String> {
    let listed: Vec<String> = misses.iter().take(most).map(|found| miss(found, page)).collect();
    if listed.is_empty() {
        return None;
    }
    let count = match listed.len() == misses.len() {
        true => misses.len().to_string(),
        false => format!("{} of {}", listed.len(), misses.len()),
    };
    Some(format!("{}\n{}", page.styled(TITLE, &format!("{title}: {count}")), listed.join("\n")))
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
