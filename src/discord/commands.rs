//! The slash commands, as data, which make what Discord is told, and find who answers.
//!
//! A [`FixedCommand`] is there in every guide; `guide.toml` adds such as show one topic. A new fixed one is a case there,
//! and a file in `commands/`, for which the compiler asks in [`fixed`].

mod about;
mod ask;
mod guide;
mod privacy;
pub(super) mod registration;

use serde_json::{Value, json};

use super::request::Options;
use super::respond::{Response, TOPIC, show, stale, suggestions};
use crate::answer::Depth;
use crate::guide::Guide;
use crate::knowledge::{FixedCommand, Say, Topic};
use crate::render::discord::{Choice, Few, Text};

/// Discord's numbers: a command that is typed, an option that is a text, where a command may be installed (in a server,
/// by a person) and used (in a server, with the bot alone, among others).
const SLASH: u8 = 1;
const TEXT: u8 = 3;
const INSTALLED: [u8; 2] = [0, 1];
const USED: [u8; 3] = [0, 1, 2];

/// What there is to a fixed command beside its name.
struct Command {
    /// The sentence beside the name.
    description: fn(&Say) -> &str,
    /// What can be filled in.
    option: Option<CommandOption>,
    /// What it does.
    run: fn(&Guide, &Options) -> Response,
}

/// What can be filled in: a text, for which suggestions are made.
struct CommandOption {
    name: &'static str,
    description: fn(&Say) -> &str,
    required: bool,
    suggest: fn(&Guide, &str) -> Response,
}

const fn fixed(command: FixedCommand) -> &'static Command {
    match command {
        FixedCommand::Ask => &ask::COMMAND,
        FixedCommand::Guide => &guide::COMMAND,
        FixedCommand::About => &about::COMMAND,
        FixedCommand::Privacy => &privacy::COMMAND,
    }
}

/// What a command does. One that this guide does not have is a remnant of another.
pub(super) fn run(guide: &Guide, name: &str, options: &Options) -> Response {
    if let Some(command) = FixedCommand::named(name) {
        return (fixed(command).run)(guide, options);
    }
    let own = guide.knowledge().guide.commands.iter().find(|command| command.name.value == name);
    own.and_then(|command| show(guide, command.topic.as_str(), Depth::Short)).unwrap_or_else(|| stale(guide))
}

/// The command that is all a message says, by its name alone: not everybody gets at the list behind `/`, least of all with
/// a screen reader. Capitals make no difference, nor do spaces, hyphens and marks between or around the letters.
pub(super) fn called<'g>(guide: &'g Guide, message: &str) -> Option<&'g str> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let said: String = letters(message);
    names(guide).find(|name| !said.is_empty() && said == letters(name))
}

/// What can be typed after the `/`.
fn names(guide: &Guide) -> impl Iterator<Item = &str> + '_ {
    let own = guide.knowledge().guide.commands.iter().map(|command| command.name.as_str());
    own.chain(FixedCommand::ALL.into_iter().map(|command| command.name()))
}

/// What is suggested while somebody types.
pub(super) fn suggest(guide: &Guide, command: &str, typed: &str) -> Response {
    let option = FixedCommand::named(command).and_then(|command| fixed(command).option.as_ref());
    option.map_or_else(|| suggestions(std::iter::empty()), |option| (option.suggest)(guide, typed))
}

/// All commands, as Discord is told of them.
pub fn registration(guide: &Guide) -> Value {
    let file = &guide.knowledge().guide;
    let fixed = FixedCommand::ALL.into_iter().map(|command| fixed(command).registration(command.name(), &file.say));
    let own = file.commands.iter().map(|command| definition(&command.name, &command.description));
    json!(fixed.chain(own).collect::<Few<Value, 100>>())
}

impl Command {
    fn registration(&self, name: &str, say: &Say) -> Value {
        let mut definition = definition(name, (self.description)(say));
        if let Some(option) = &self.option {
            definition["options"] = json!([option.registration(say)]);
        }
        definition
    }
}

impl CommandOption {
    fn registration(&self, say: &Say) -> Value {
        let description = Text::<100>::cut((self.description)(say));
        let mut option = json!({ "type": TEXT, "name": self.name, "description": description, "autocomplete": true });
        // Discord leaves out what is false, and so the comparison with what it has must find nothing here.
        if self.required {
            option["required"] = json!(true);
        }
        option
    }
}

fn definition(name: &str, description: &str) -> Value {
    json!({
        "type": SLASH, "name": name, "description": Text::<100>::cut(description),
        "integration_types": INSTALLED, "contexts": USED,
    })
}

/// A topic as a suggestion.
fn choice(topic: &Topic) -> Choice {
    Choice { name: Text::cut(&topic.title), value: Text::cut(&format!("{TOPIC}{}", topic.id)) }
}
