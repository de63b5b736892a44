//! Settings to look at and to change: a list of what holds, and under it what changes it.

use super::limits::Few;
use super::message::{Message, Row};
use super::{headed, one};
use crate::knowledge::GuideFile;

/// A setting and what holds.
pub struct Line<'s> {
    /// What it is.
    pub label: &'s str,
    /// What holds.
    pub value: String,
}

/// The settings, with `lead` above them.
pub fn panel(guide: &GuideFile, lead: &str, lines: &[Line<'_>], rows: Few<Row, 5>) -> Message {
    let lines = lines.iter().map(|line| format!("\n- **{}**: {}", line.label, line.value));
    let text: String = std::iter::once(lead.to_owned()).chain(lines).collect();
    one(&headed(&guide.say.settings_title, &text), guide, rows)
}
