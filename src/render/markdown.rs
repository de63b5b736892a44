//! A reply as Markdown, for programs that show it in a medium of their own.

use crate::answer::{Notice, Part, Reply};
use crate::knowledge::{Table, Topic};

/// Everything a patient reads, in order, without headings; all but the disclaimer.
pub fn text(reply: &Reply<'_>) -> String {
    reply.parts().iter().filter_map(paragraph).collect::<Vec<_>>().join("\n\n")
}

fn paragraph(part: &Part<'_>) -> Option<String> {
    let paragraph = match part {
        Part::Warning(warning) => headed(warning.title, warning.text),
        Part::Headed(Notice { title, text }) => headed(title, text),
        Part::Besides(text) | Part::Details(text) => text.trim().to_owned(),
        Part::Table(table) => rows(table),
        Part::Link(link) => format!("[{}]({})", link.label, link.url),
        Part::Source(source) => source.clone(),
        Part::Offered { lead, topics, .. } => list(*lead, topics),
        Part::Disclaimer(_) => return None,
    };
    Some(paragraph)
}

fn headed(title: &str, text: &str) -> String {
    format!("**{title}**\n{}", text.trim())
}

/// A table as a list, one item a row: not every medium that knows Markdown knows its tables.
fn rows(table: &Table) -> String {
    let mut lines = vec![table.title.clone()];
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(ToString::to_string).collect();
        lines.push(format!("- {}", cells.join(" · ")));
    }
    lines.join("\n")
}

fn list(lead: Option<&str>, topics: &[&Topic]) -> String {
    let lead = lead.map(|lead| format!("{lead}:"));
    let titles = topics.iter().map(|topic| format!("- {}", topic.title));
    lead.into_iter().chain(titles).collect::<Vec<_>>().join("\n")
}
