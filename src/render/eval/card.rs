//! The score card: the figures of an evaluation as a page of Markdown, for the repository.
//!
//! Nothing in it depends on when or where it was written, so that a card differs where the answers do, and only there.

use super::tables::{self, Section, interval};
use crate::diagnostic::counted;
use crate::eval::{Floor, Share, Summary};
use crate::knowledge::Knowledge;
use crate::render::terminal::Page;

/// A page on which tables are those of Markdown.
const MARKDOWN: Page = Page { width: 80, drawn: false };

/// The card of answers from this knowledge.
pub fn score_card(knowledge: &Knowledge, summary: &Summary, floors: &[Floor]) -> String {
    let sections = [
        held(summary, floors),
        tables::in_scope(&summary.in_scope, MARKDOWN),
        tables::out_of_scope(&summary.out_of_scope, MARKDOWN),
        tables::urgent(&summary.urgent, MARKDOWN),
        tables::confidence(summary, MARKDOWN),
        summary.mistyped.as_ref().and_then(|mistyped| tables::mistyped(summary, mistyped, MARKDOWN)),
        tables::groups("By question set", &summary.sets, with_interval, MARKDOWN),
        tables::groups("By tag", &summary.tags, with_interval, MARKDOWN),
        tables::groups("By topic", &summary.topics, with_interval, MARKDOWN),
    ];
    let sections: String = sections.iter().flatten().map(section).collect();
    let sets: Vec<String> = summary.sets.iter().map(|set| format!("`{}`", set.name)).collect();
    format!(
        "# Score card\n\n\
         How well exoguide answers {questions} whose right answers are known.\n\
         They stand in the question sets {sets}.\n\
         The guide is \"{title}\": {tally}.\n\n\
         Written by `exoguide eval --score-card`, never by hand.\n\
         Behind a share stands the interval in which the true one lies with 95 %.\n\
         {sections}",
        questions = counted(summary.questions, "question"),
        sets = sets.join(", "),
        title = knowledge.guide.title,
        tally = knowledge.tally(&[]),
    )
}

fn section(section: &Section) -> String {
    let notes: String = section.notes.iter().map(|note| format!("- {note}\n")).collect();
    let gap = if notes.is_empty() { "" } else { "\n" };
    format!("\n## {}\n\n{}\n{gap}{notes}", section.title, section.table)
}

/// What was reached beside what is held.
fn held(summary: &Summary, floors: &[Floor]) -> Option<Section> {
    let row = |floor: &Floor| {
        let reached = floor.measured(summary).map_or_else(|| "–".to_owned(), |reached| format!("{reached:.3}"));
        vec![format!("`{}`: {}", floor.figure.name, floor.figure.means), reached, floor.to_string()]
    };
    Section::new("Floors", &["", "reached", "floor"], floors.iter().map(row).collect(), MARKDOWN)
}

/// `8/12 (39.1–86.2 %)`
fn with_interval(share: Share) -> String {
    format!("{} ({})", tables::fraction(share), interval(share))
}
