//! The slash commands, as data: one list makes what Discord is told, and finds who answers.
//!
//! [`COMMANDS`] are those every guide has; `guide.toml` adds such as show one topic. A new one is a file in `commands/`
//! and a line in the list.

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
use crate::knowledge::{Say, Topic};
use crate::render::discord::{Choice, Text};

/// The commands every guide has.
pub const COMMANDS: &[Command] = &[ask::COMMAND, guide::COMMAND, about::COMMAND, privacy::COMMAND];

/// Discord's numbers: a command that is typed, an option that is a text, where a command may be installed (in a server,
/// by a person) and used (in a server, with the bot alone, among others).
const SLASH: u8 = 1;
const TEXT: u8 = 3;
const INSTALLED: [u8; 2] = [0, 1];
const USED: [u8; 3] = [0, 1, 2];

/// A slash command.
pub struct Command {
    /// What is typed after the `/`.
    pub name: &'static str,
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

/// What a command does. One that this guide does not have is a remnant of another.
pub(super) fn run(guide: &Guide, name: &str, options: &Options) -> Response {
    if let Some(command) = named(name) {
        return (command.run)(guide, options);
    }
    let own = guide.knowledge().guide.commands.iter().find(|command| command.name.value == name);
    own.and_then(|command| show(guide, command.topic.as_str(), Depth::Short)).unwrap_or_else(|| stale(guide))
}

/// What is suggested while somebody types.
pub(super) fn suggest(guide: &Guide, command: &str, typed: &str) -> Response {
    let option = named(command).and_then(|command| command.option.as_ref());
    option.map_or_else(|| suggestions(std::iter::empty()), |option| (option.suggest)(guide, typed))
}

fn named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// All commands, as Discord is told of them.
pub fn registration(guide: &Guide) -> Value {
    let file = &guide.knowledge().guide;
    let fixed = COMMANDS.iter().map(|command| command.registration(&file.say));
    let own = file.commands.iter().map(|command| definition(&command.name, &command.description));
    fixed.chain(own).collect()
}

impl Command {
    fn registration(&self, say: &Say) -> Value {
        let mut definition = definition(self.name, (self.description)(say));
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
