//! What somebody wants of the bot.
//!
//! Who it is and where they are is not in it: an answer can't depend on either.

use std::fmt;

/// What somebody wants of the bot.
#[derive(Clone, PartialEq, Eq)]
pub enum Request {
    /// A message to the bot, without the mention.
    Message {
        /// How it reached the bot.
        surface: Surface,
        /// What was written.
        text: String,
        /// The bot's own words to which it replies; the question may go on from them.
        answered: Option<String>,
    },
    /// A slash command.
    Command {
        /// Its name.
        name: String,
        /// The options that were filled in.
        options: Options,
    },
    /// Somebody is filling in an option of a slash command.
    Typing {
        /// The command's name.
        command: String,
        /// What was typed so far.
        typed: String,
    },
    /// A button was pressed, or an option of a menu chosen.
    Component {
        /// What the component is, by its own word.
        custom_id: String,
        /// The option chosen, of a menu.
        chosen: Option<String>,
        /// Who sees the message on which it stands.
        audience: Audience,
    },
    /// A form was filled in and sent.
    Form {
        /// What the form is, by its own word.
        custom_id: String,
        /// What was filled in.
        fields: Options,
    },
    /// A button was pressed to remove the message on which it stands.
    Removal {
        /// Whether it is in reply to whoever pressed, or they moderate the channel.
        allowed: bool,
    },
    /// An interaction of which nothing else could be made out.
    Unreadable,
}

/// How a message reaches the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// It mentions the bot.
    Mention,
    /// It replies to a message of the bot's.
    Reply,
    /// It was written to the bot alone.
    DirectMessage,
}

/// Who sees a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody in the channel.
    Channel,
    /// The one who asked.
    Asker,
}

/// The options that were filled in, by name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Options(Vec<(String, String)>);

impl Options {
    /// What was filled in for this option.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl FromIterator<(String, String)> for Options {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(options: I) -> Self {
        Options(options.into_iter().collect())
    }
}

impl Request {
    /// What somebody has written, wherever it stands.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let (message, options) = match self {
            Request::Message { text, .. } => (Some(text.as_str()), None),
            Request::Command { options, .. } | Request::Form { fields: options, .. } => (None, Some(options)),
            Request::Typing { .. } | Request::Component { .. } | Request::Removal { .. } | Request::Unreadable => {
                (None, None)
            }
        };
        let filled_in =
            options.into_iter().flat_map(|Options(options)| options.iter().map(|(_, value)| value.as_str()));
        message.into_iter().chain(filled_in)
    }

    /// The name of the surface, for the log.
    pub fn surface(&self) -> &'static str {
        match self {
            Request::Message { surface: Surface::Mention, .. } => "mention",
            Request::Message { surface: Surface::Reply, .. } => "reply",
            Request::Message { surface: Surface::DirectMessage, .. } => "direct-message",
            Request::Command { .. } => "command",
            Request::Typing { .. } => "autocomplete",
            Request::Component { .. } | Request::Removal { .. } => "component",
            Request::Form { .. } => "form",
            Request::Unreadable => "unreadable",
        }
    }
}

/// The surface only: what somebody wrote must not reach a log by way of `{:?}`.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({})", self.surface())
    }
}
