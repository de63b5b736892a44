//! Messages of people in need, and messages that only sound so: `alarms.toml`.

use super::fields::{Fields, Limit};
use super::schema::{Id, Placed};

/// A message may tell a story.
const MESSAGE: Limit = Limit::unread(1_000, 2_000);

/// Sorted messages, from which the bot learns what an emergency sounds like, on top of what it has learnt ahead.
#[derive(Clone, Debug, Default)]
pub struct Alarms {
    /// Messages that call for help, by sign.
    pub alarms: Vec<AlarmMessages>,
    /// Messages that do not, though they may sound so.
    pub calm: Vec<Placed<String>>,
}

/// Messages that show a sign.
#[derive(Clone, Debug, Default)]
pub struct AlarmMessages {
    /// The sign, by its id in `urgent.toml`.
    pub sign: Placed<Id>,
    /// The messages.
    pub messages: Vec<Placed<String>>,
}

impl Alarms {
    /// All messages.
    pub fn messages(&self) -> impl Iterator<Item = &Placed<String>> {
        self.alarms.iter().flat_map(|alarm| &alarm.messages).chain(&self.calm)
    }
}

/// Reads the file.
pub(super) fn alarms(fields: &mut Fields<'_, '_>) -> Alarms {
    Alarms {
        alarms: fields.tables("alarm", |fields| AlarmMessages {
            sign: fields.required_id("sign"),
            messages: fields.texts("messages", MESSAGE),
        }),
        calm: fields.table("calm", |fields| fields.texts("messages", MESSAGE)).unwrap_or_default(),
    }
}
