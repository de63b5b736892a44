//! What moderators have set for their server.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Snowflake;
use crate::knowledge::Numbers;

/// What moderators have set for their server. What they have not set is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Where questions are posted that patients want moderators to see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderators_channel: Option<Snowflake>,
    /// Who has it is a moderator for this bot, beside those who may manage the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderators_role: Option<Snowflake>,
    /// The number for emergencies there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency_number: Option<String>,
    /// Whom people call there who think of harming themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crisis_line: Option<String>,
    /// Channels in which questions are answered that were not put to the bot.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub unasked_channels: BTreeSet<Snowflake>,
    /// Who sees the answers to commands.
    pub answers: Audience,
}

/// Who sees an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// The one who asked.
    #[default]
    Private,
    /// Everybody in the channel.
    Public,
}

impl Server {
    /// Reads what [`Store`](super::Store) has written, or an operator by hand.
    pub(super) fn parse(text: &str) -> Result<Server, toml::de::Error> {
        let server: Server = toml::from_str(text)?;
        for number in [&server.emergency_number, &server.crisis_line].into_iter().flatten() {
            if let Some(mistake) = Numbers::mistake(number) {
                return Err(serde::de::Error::custom(mistake));
            }
        }
        Ok(server)
    }

    /// The numbers to call that were set for it.
    pub fn numbers(&self) -> Numbers {
        Numbers { emergency_number: self.emergency_number.clone(), crisis_line: self.crisis_line.clone() }
    }
}
