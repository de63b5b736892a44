//! Where something is asked, as far as an answer may depend on it: the settings there, and never who asks.

use std::sync::Arc;

use crate::store::{Audience, Held, Server};

/// Where something is asked, as far as an answer may depend on it.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The settings of the server; nothing where there is no server.
    pub server: Option<Arc<Server>>,
    /// Whether whoever asks may manage the server, by what Discord says with the interaction.
    pub manages: bool,
    /// Whether the operator lets the bot read whole channels.
    pub reads_channels: bool,
    /// The language that whoever asks has set their Discord to, as Discord writes it, where it says so.
    pub language: Option<&'static str>,
    /// How much is remembered at this moment, everywhere.
    pub held: Held,
    /// Whether what is new can't be written down.
    pub is_failing: bool,
}

impl Place {
    /// The settings of the server, for whoever may see and change them.
    pub(super) fn managed(&self) -> Option<&Server> {
        self.server.as_deref().filter(|_| self.manages)
    }

    /// Whether the answers to commands are for everybody.
    pub(super) fn is_public(&self) -> bool {
        self.server.as_ref().is_some_and(|server| server.answers == Audience::Public)
    }

    /// Whether a question can be sent to moderators.
    pub(super) fn has_moderators(&self) -> bool {
        self.server.as_ref().is_some_and(|server| server.moderators_channel.is_some())
    }
}
