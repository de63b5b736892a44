//! Settings to look at and to change: a list of what holds, and under it what changes it.

use super::control::{Control, Setting};
use super::limits::Few;
use super::message::{Message, Row};
use super::rows::{button, remove};
use super::{headed, one};
use crate::knowledge::GuideFile;

/// Says who can see the settings, with a button that brings them up for those.
pub fn behind_a_button(guide: &GuideFile) -> Message {
    let say = &guide.say;
    let buttons = [button(&say.settings_title, Control::Set(Setting::Panel)), remove(say)];
    let row = Row::Buttons(buttons.into_iter().collect());
    one(&say.settings_refused, guide, std::iter::once(row).collect())
}

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
