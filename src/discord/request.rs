//! What somebody wants of the bot.
//!
//! Who it is and where they are is not in it: an answer can't depend on either.

use std::fmt;

use crate::knowledge::FixedCommand;

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
    /// A message that was not put to the bot, in a channel where it reads all of them.
    Overheard {
        /// What was written.
        text: String,
        /// Whether it is put to somebody else.
        to_others: bool,
    },
    /// A slash command.
    Command {
        /// Its name.
        name: String,
        /// The options that were filled in.
        options: Options,
    },
    /// A command of the message menu.
    Menu {
        /// Its name.
        name: String,
        /// The words of the message on which it was used, whoever wrote them.
        message: String,
        /// The words that stand below them: in the preview of a link, or in a message that is passed on.
        attached: String,
    },
    /// Somebody is filling in an option of a slash command.
    Typing {
        /// The command's name.
        command: String,
        /// The option's name.
        option: String,
        /// What was typed so far.
        typed: String,
    },
    /// A button was pressed, or an option of a menu chosen.
    Component {
        /// What the component is, by its own word.
        custom_id: String,
        /// What was chosen in a menu; of a button, the words that it needs of the message on which it stands.
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
pub struct Options(Vec<(String, Filled)>);

/// What was filled in. Discord's own program holds it to what the option allows, and others need not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// A text, typed or chosen.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Switch(bool),
}

impl Options {
    /// The text that was filled in for this option.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Filled::as_text)
    }

    /// The number that was filled in for this option.
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Filled::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether this option was switched on or off, if it was.
    pub fn switch(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Filled::Switch(on) => Some(*on),
            _ => None,
        }
    }

    /// Whether nothing was filled in.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn get(&self, name: &str) -> Option<&Filled> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, filled)| filled)
    }
}

impl Filled {
    fn as_text(&self) -> Option<&str> {
        match self {
            Filled::Text(text) => Some(text),
            Filled::Number(_) | Filled::Switch(_) => None,
        }
    }
}

impl From<String> for Filled {
    fn from(text: String) -> Filled {
        Filled::Text(text)
    }
}

impl From<i64> for Filled {
    fn from(number: i64) -> Filled {
        Filled::Number(number)
    }
}

impl From<bool> for Filled {
    fn from(on: bool) -> Filled {
        Filled::Switch(on)
    }
}

impl<F: Into<Filled>> FromIterator<(String, F)> for Options {
    fn from_iter<I: IntoIterator<Item = (String, F)>>(options: I) -> Self {
        Options(options.into_iter().map(|(name, filled)| (name, filled.into())).collect())
    }
}

impl Request {
    /// What somebody has written, wherever it stands.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let (messages, options) = match self {
            Request::Message { text, .. } | Request::Overheard { text, .. } => ([Some(text), None], None),
            Request::Menu { message, attached, .. } => ([Some(message), Some(attached)], None),
            Request::Command { options, .. } | Request::Form { fields: options, .. } => ([None, None], Some(options)),
            Request::Typing { .. } | Request::Component { .. } | Request::Removal { .. } | Request::Unreadable => {
                ([None, None], None)
            }
        };
        let filled_in =
            options.into_iter().flat_map(|Options(options)| options.iter().filter_map(|(_, filled)| filled.as_text()));
        messages.into_iter().flatten().map(String::as_str).chain(filled_in)
    }

    /// Whether something is asked in somebody's own words, and not pressed or looked up.
    pub(super) fn is_question(&self) -> bool {
        match self {
            Request::Message { .. } | Request::Overheard { .. } | Request::Menu { .. } | Request::Form { .. } => true,
            Request::Command { name, .. } => FixedCommand::named(name) == Some(FixedCommand::Ask),
            Request::Typing { .. } | Request::Component { .. } | Request::Removal { .. } | Request::Unreadable => false,
        }
    }

    /// The name of the surface, for the log.
    pub fn surface(&self) -> &'static str {
        match self {
            Request::Message { surface: Surface::Mention, .. } => "mention",
            Request::Message { surface: Surface::Reply, .. } => "reply",
            Request::Message { surface: Surface::DirectMessage, .. } => "direct-message",
            Request::Overheard { .. } => "overheard",
            Request::Command { .. } => "command",
            Request::Menu { .. } => "message-menu",
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
