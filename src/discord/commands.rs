//! The commands, as data, which make what Discord is told, and find who answers.
//!
//! A [`FixedCommand`] is there in every guide; `guide.toml` adds such as show one topic. A new fixed one is a case there,
//! and a file in `commands/`, for which the compiler asks in [`fixed`]. A [`MenuCommand`] is used on a message.

mod about;
mod ask;
mod guide;
mod privacy;
pub(super) mod registration;
mod settings;
mod spoken;
mod topic;

use std::ops::RangeInclusive;

use serde_json::{Map, Value, json};

pub(super) use spoken::spoken;

use super::moderation;
use super::place::Place;
use super::request::Options;
use super::respond::{Response, TOPIC, answer, show, stale, suggestions};
use crate::answer::Depth;
use crate::guide::Guide;
use crate::knowledge::{FixedCommand, Languages, MenuCommand, Say, Topic};
use crate::render::discord::{Choice, Few, Text};

/// Discord's numbers: a command that is typed or used on a message, an option that is a text, a number or a switch, where
/// a command may be installed (in a server, by a person) and used (in a server, with the bot alone, among others).
const SLASH: u8 = 1;
const ON_MESSAGE: u8 = 3;
const TEXT: u8 = 3;
const NUMBER: u8 = 4;
const SWITCH: u8 = 5;
const INSTALLED: [u8; 2] = [0, 1];
const USED: [u8; 3] = [0, 1, 2];
const INSTALLED_IN_SERVERS: [u8; 1] = [0];
const USED_IN_SERVERS: [u8; 1] = [0];

/// Discord's keys for what is read in other languages.
const NAMES: &str = "name_localizations";
const DESCRIPTIONS: &str = "description_localizations";

/// The permission to manage a server, as Discord writes permissions. A server can give a command to others all the same,
/// and so what is not for everybody is checked when it is used too.
const MANAGE_SERVER: &str = "32";

/// What there is to a fixed command beside its name.
struct Command {
    /// The sentence beside the name.
    description: fn(&Say) -> &str,
    /// What can be filled in, and first what must be.
    options: &'static [CommandOption],
    /// What it does.
    run: fn(&Guide, &Options) -> Response,
    /// Whether it is for those alone who may manage a server, and there.
    for_managers: bool,
}

/// What can be filled in.
struct CommandOption {
    name: &'static str,
    description: fn(&Say) -> &str,
    required: bool,
    kind: Kind,
}

/// What an option holds.
#[cfg_attr(not(test), expect(dead_code, reason = "no command has options of all kinds yet"))]
enum Kind {
    /// Any text, for which suggestions may be made.
    Text { suggest: Option<fn(&Guide, &str) -> Response> },
    /// One of a few texts.
    Choice(fn(&Guide) -> Few<Choice, 25>),
    /// A whole number in this range.
    Number(RangeInclusive<i64>),
    /// Yes or no.
    Switch,
}

const fn fixed(command: FixedCommand) -> &'static Command {
    match command {
        FixedCommand::Ask => &ask::COMMAND,
        FixedCommand::Guide => &guide::COMMAND,
        FixedCommand::About => &about::COMMAND,
        FixedCommand::Privacy => &privacy::COMMAND,
        FixedCommand::Settings => &settings::COMMAND,
    }
}

/// What a command does. One that this guide does not have is a remnant of another.
pub(super) fn run(guide: &Guide, place: &Place, name: &str, options: &Options) -> Response {
    match FixedCommand::named(name) {
        Some(FixedCommand::Settings) => return moderation::settings(guide, place),
        Some(FixedCommand::Privacy) => return privacy::told(guide, place),
        Some(command) => return (fixed(command).run)(guide, options),
        None => {}
    }
    let own = guide.knowledge().guide.commands.iter().find(|command| command.name.value == name);
    let shown = own.and_then(|command| {
        let topic = command.topic.as_str();
        topic::run(guide, topic, options).or_else(|| show(guide, topic, Depth::Short))
    });
    shown.unwrap_or_else(|| stale(guide))
}

/// What a command of the message menu does with the words of a message, and with those below them.
pub(super) fn run_on(guide: &Guide, name: &str, message: &str, attached: &str) -> Response {
    let say = &guide.knowledge().guide.say;
    let done = match MenuCommand::ALL.into_iter().find(|command| command.name(say) == name) {
        // What a link shows of itself is no question, unless there is nothing else.
        Some(MenuCommand::Answer) => Some(answer(guide, if message.trim().is_empty() { attached } else { message })),
        Some(MenuCommand::Check) => topic::check(guide, &format!("{message}\n\n{attached}")),
        None => None,
    };
    done.unwrap_or_else(|| stale(guide))
}

/// Whether this guide has what a command of the message menu takes.
fn is_there(guide: &Guide, command: MenuCommand) -> bool {
    match command {
        MenuCommand::Answer => true,
        MenuCommand::Check => topic::has_adverts(guide),
    }
}

/// What is suggested while somebody types.
pub(super) fn suggest(guide: &Guide, command: &str, option: &str, typed: &str) -> Response {
    let options = FixedCommand::named(command).map_or(&[][..], |command| fixed(command).options);
    let Some(option) = options.iter().find(|known| known.name == option) else {
        return suggestions(std::iter::empty());
    };
    match option.kind {
        Kind::Text { suggest: Some(suggest) } => suggest(guide, typed),
        Kind::Text { suggest: None } | Kind::Choice(_) | Kind::Number(_) | Kind::Switch => {
            suggestions(std::iter::empty())
        }
    }
}

/// All commands, as Discord is told of them.
pub fn registration(guide: &Guide) -> Value {
    let file = &guide.knowledge().guide;
    let fixed = FixedCommand::ALL.into_iter().map(|command| fixed(command).registration(command.name(), guide));
    // Those of the guide that stands in for another would be no help.
    let own = file.commands.iter().filter(|_| !guide.is_closed());
    let own = own.map(|command| {
        let options = topic::options(guide, command.topic.as_str());
        with_options(slash(&command.name, &command.description), options)
    });
    let typed: Few<Value, 100> = fixed.chain(own).collect();
    let languages = &guide.knowledge().languages;
    let typed = typed.as_slice().iter().cloned().map(|command| localised(command, languages));
    let menu = MenuCommand::ALL.into_iter().filter(|command| is_there(guide, *command)).map(|command| {
        let mut definition = definition(ON_MESSAGE, command.name(&file.say));
        localise::<32>(&mut definition, NAMES, languages.of_menu(command));
        definition
    });
    json!(typed.chain(menu).collect::<Vec<Value>>())
}

impl Command {
    fn registration(&self, name: &str, guide: &Guide) -> Value {
        let definition = slash(name, (self.description)(&guide.knowledge().guide.say));
        let options = self.options.iter().map(|option| option.registration(guide)).collect();
        let mut definition = with_options(definition, options);
        if self.for_managers {
            definition["default_member_permissions"] = json!(MANAGE_SERVER);
            definition["integration_types"] = json!(INSTALLED_IN_SERVERS);
            definition["contexts"] = json!(USED_IN_SERVERS);
        }
        definition
    }
}

impl CommandOption {
    fn registration(&self, guide: &Guide) -> Value {
        let mut option =
            option(self.name, (self.description)(&guide.knowledge().guide.say), self.kind.registration(guide));
        // Discord leaves out what is false, and so the comparison with what it has must find nothing here.
        if self.required {
            option["required"] = json!(true);
        }
        option
    }
}

impl Kind {
    fn registration(&self, guide: &Guide) -> Value {
        match self {
            Kind::Text { suggest: Some(_) } => json!({ "type": TEXT, "autocomplete": true }),
            Kind::Text { suggest: None } => any_text(),
            Kind::Choice(choices) => one_of(&choices(guide)),
            Kind::Number(range) => number_in(range),
            Kind::Switch => switch(),
        }
    }
}

/// An option of this kind that need not be filled in.
fn option(name: &str, description: &str, kind: Value) -> Value {
    let mut option = kind;
    option["name"] = json!(name);
    option["description"] = json!(Text::<100>::cut(description));
    option
}

fn one_of(choices: &Few<Choice, 25>) -> Value {
    json!({ "type": TEXT, "choices": choices })
}

fn number_in(range: &RangeInclusive<i64>) -> Value {
    json!({ "type": NUMBER, "min_value": range.start(), "max_value": range.end() })
}

fn any_text() -> Value {
    json!({ "type": TEXT })
}

fn switch() -> Value {
    json!({ "type": SWITCH })
}

fn with_options(mut definition: Value, options: Vec<Value>) -> Value {
    if !options.is_empty() {
        definition["options"] = json!(options);
    }
    definition
}

fn slash(name: &str, description: &str) -> Value {
    let mut slash = definition(SLASH, name);
    slash["description"] = json!(Text::<100>::cut(description));
    slash
}

/// A slash command with its names and descriptions, and those of what can be filled in and chosen, in other languages.
/// People read these; what they send has the names of the guide all the same.
fn localised(mut command: Value, languages: &Languages) -> Value {
    let name = command["name"].as_str().unwrap_or_default().to_owned();
    let in_each = || languages.of_command(&name);
    localise::<32>(&mut command, NAMES, in_each().map(|(locale, told)| (locale, told.name.as_str())));
    localise::<100>(&mut command, DESCRIPTIONS, in_each().map(|(locale, told)| (locale, told.description.as_str())));
    for option in list(&mut command, "options") {
        let name = option["name"].as_str().unwrap_or_default().to_owned();
        let told = || in_each().filter_map(|(locale, told)| Some((locale, told.option(&name)?)));
        localise::<32>(option, NAMES, told().filter_map(|(locale, told)| Some((locale, told.name.as_ref()?.as_str()))));
        localise::<100>(option, DESCRIPTIONS, told().map(|(locale, told)| (locale, told.description.as_str())));
        for choice in list(option, "choices") {
            let id = choice["value"].as_str().unwrap_or_default().to_owned();
            localise::<100>(choice, NAMES, in_each().filter_map(|(locale, told)| Some((locale, told.choice(&id)?))));
        }
    }
    command
}

/// What stands in a list, where there is one.
fn list<'v>(entry: &'v mut Value, key: &str) -> impl Iterator<Item = &'v mut Value> {
    entry.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
}

/// Adds what is read in other languages, where there is any.
fn localise<'l, const MOST: usize>(entry: &mut Value, key: &str, told: impl Iterator<Item = (&'l str, &'l str)>) {
    let told = told.map(|(locale, text)| (locale.to_owned(), json!(Text::<MOST>::cut(text))));
    let told: Map<String, Value> = told.collect();
    if !told.is_empty() {
        entry[key] = Value::Object(told);
    }
}

fn definition(kind: u8, name: &str) -> Value {
    json!({ "type": kind, "name": name, "integration_types": INSTALLED, "contexts": USED })
}

/// A topic as a suggestion.
fn choice(topic: &Topic) -> Choice {
    Choice { name: Text::cut(&topic.title), value: Text::cut(&format!("{TOPIC}{}", topic.id)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{self, Origin};

    #[test]
    fn an_option_says_what_it_takes() {
        let guide = Guide::new(knowledge::load(&Origin::CompiledIn).knowledge.expect("the shipped guide is right"));
        let one = |_: &Guide| Few::from_iter([Choice { name: Text::cut("One"), value: Text::cut("1") }]);
        let said =
            |kind: Kind| CommandOption { name: "o", description: |_| "d", required: false, kind }.registration(&guide);
        let named = |kind: Value| {
            let mut option = kind;
            option["name"] = json!("o");
            option["description"] = json!("d");
            option
        };
        assert_eq!(said(Kind::Text { suggest: None }), named(json!({ "type": 3 })));
        assert_eq!(said(Kind::Choice(one)), named(json!({ "type": 3, "choices": [{ "name": "One", "value": "1" }] })));
        assert_eq!(said(Kind::Number(1..=12)), named(json!({ "type": 4, "min_value": 1, "max_value": 12 })));
        assert_eq!(said(Kind::Switch), named(json!({ "type": 5 })));
    }
}
