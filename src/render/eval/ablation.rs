//! What each part of matching is worth, as a table.

use super::section;
use super::tables::{Section, percent};
use crate::eval::{Share, Summary};
use crate::matching::Part;
use crate::render::terminal::Page;

/// The figures of the whole, and of all but one part.
pub fn ablation(whole: &Summary, without: &[(Part, Summary)], page: Page) -> String {
    let mut header = vec!["", "first", "first three", "answered", "wrong", "out of scope answered", "OSC10"];
    header.extend(whole.mistyped.is_some().then_some("mistyped, first"));
    let names = without.iter().map(|(part, summary)| (format!("without {}", part.name()), summary));
    let rows = std::iter::once(("all parts".to_owned(), whole)).chain(names);
    let rows = rows.map(|(name, summary)| std::iter::once(name).chain(figures(summary)).collect()).collect();
    let drawn = Section::new("What each part of matching is worth", &header, rows, page);
    drawn.map(|drawn| section(&drawn, page) + "\n").unwrap_or_default()
}

fn figures(summary: &Summary) -> impl Iterator<Item = String> {
    let inside = &summary.in_scope;
    let shares = [inside.first, inside.top3, inside.answered, inside.wrong, summary.out_of_scope.answered];
    let osc10 = summary.osc10.map_or_else(|| "–".to_owned(), percent);
    let mistyped = summary.mistyped.iter().map(|mistyped| percent(mistyped.in_scope.first));
    shares.map(|share: Share| percent(share)).into_iter().chain([osc10]).chain(mistyped)
}
