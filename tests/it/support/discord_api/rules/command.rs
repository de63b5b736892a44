//! Rules for application commands and for what autocomplete suggests.

use super::super::at::At;
use super::super::{Finding, excerpt};
use super::unique;

/// Where a command is registered.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Scope {
    Global,
    Guild,
}

const CHAT_INPUT: i64 = 1;
const USER: i64 = 2;
const MESSAGE: i64 = 3;
const SUB_COMMAND: i64 = 1;
const SUB_COMMAND_GROUP: i64 = 2;

/// The locales Discord lists. Plain `en` and `es` are not among them.
const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
    "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
];

/// The whole list of commands, as a bulk PUT sends it.
pub(super) fn list(commands: &At<'_>, scope: Scope, found: &mut Vec<Finding>) {
    let all = commands.elements();
    for command in &all {
        check(command, scope, found);
    }
    for (wanted, most) in [(CHAT_INPUT, 100), (USER, 15), (MESSAGE, 15)] {
        let count = all.iter().filter(|command| kind(command) == wanted).count();
        if count > most {
            found.push(commands.breaks(format_args!("{count} commands of type {wanted}, at most {most}")));
        }
    }
    let names =
        all.iter().map(|command| (format!("{} of type {}", command.text("name"), kind(command)), command.clone()));
    unique("command", names, found);
}

pub(super) fn check(command: &At<'_>, scope: Scope, found: &mut Vec<Finding>) {
    if kind(command) == CHAT_INPUT {
        slash_name(&command.get("name"), found);
        slash_localizations(command, found);
        described(command, found);
    } else {
        menu(command, found);
    }
    locales(command, found);
    if scope == Scope::Guild && (command.has("contexts") || command.has("integration_types")) {
        found.push(command.breaks("contexts and integration_types are for global commands"));
    }
    let size = size(command);
    if size > 8_000 {
        found.push(command.breaks(format_args!("{size} characters in all, at most 8000")));
    }
    options(command, found);
}

/// What autocomplete suggests for an option.
pub(super) fn suggestions(data: &At<'_>, found: &mut Vec<Finding>) {
    choices(data, found);
}

fn kind(command: &At<'_>) -> i64 {
    command.number("type").unwrap_or(CHAT_INPUT)
}

fn menu(command: &At<'_>, found: &mut Vec<Finding>) {
    command.at_most("name", 32, found);
    for part in ["description", "options", "description_localizations"] {
        if command.has(part) {
            found.push(command.get(part).breaks("not for a user or message command"));
        }
    }
}

/// Also of options; the description says that a slash command may do without.
fn described(command: &At<'_>, found: &mut Vec<Finding>) {
    command.at_most("description", 100, found);
    if !command.has("description") {
        found.push(command.get("description").breaks("missing"));
    }
}

fn slash_name(name: &At<'_>, found: &mut Vec<Finding>) {
    let text = name.value.as_str().unwrap_or_default();
    if text.is_empty() || name.length() > 32 || !text.chars().all(may_be_in_a_name) {
        found.push(name.breaks(format_args!("`{}` is not 1 to 32 letters, digits, `-`, `_` or `'`", excerpt(text))));
    }
    if text != text.to_lowercase() {
        found.push(name.breaks(format_args!("`{}` must be in small letters", excerpt(text))));
    }
}

/// Letters and digits, and all of Devanagari and Thai, whose vowel signs are neither.
fn may_be_in_a_name(c: char) -> bool {
    c.is_alphanumeric() || "-_'".contains(c) || matches!(c, '\u{900}'..='\u{97f}' | '\u{e00}'..='\u{e7f}')
}

fn slash_localizations(command: &At<'_>, found: &mut Vec<Finding>) {
    for (_, name) in command.entries("name_localizations") {
        slash_name(&name, found);
    }
    for (_, description) in command.entries("description_localizations") {
        if description.length() > 100 {
            found.push(description.breaks("more than 100 characters"));
        }
    }
}

/// The languages of a command, option or choice.
fn locales(at: &At<'_>, found: &mut Vec<Finding>) {
    let entries = ["name_localizations", "description_localizations"].into_iter().flat_map(|key| at.entries(key));
    let unknown = entries.filter(|(locale, _)| !LOCALES.contains(locale));
    found.extend(unknown.map(|(locale, at)| at.breaks(format_args!("`{locale}` is not a locale of Discord's"))));
}

/// The options of a command or subcommand.
fn options(parent: &At<'_>, found: &mut Vec<Finding>) {
    let options = parent.items("options");
    parent.few("options", 25, found);
    unique("option", options.iter().map(|option| (option.text("name").to_owned(), option.clone())), found);
    let nested = options.iter().filter(|option| is_nested(option)).count();
    if nested > 0 && nested < options.len() {
        found.push(parent.get("options").breaks("subcommands and plain options do not mix"));
    }
    required_first(&options, found);
    for option in &options {
        self::option(option, found);
    }
}

fn is_nested(option: &At<'_>) -> bool {
    matches!(option.number("type"), Some(SUB_COMMAND | SUB_COMMAND_GROUP))
}

fn required_first(options: &[At<'_>], found: &mut Vec<Finding>) {
    let optional = options.iter().filter(|option| !is_nested(option)).skip_while(|option| option.is("required"));
    let late = optional.filter(|option| option.is("required"));
    found.extend(late.map(|option| option.breaks("a required option after an optional one")));
}

fn option(option: &At<'_>, found: &mut Vec<Finding>) {
    slash_name(&option.get("name"), found);
    slash_localizations(option, found);
    locales(option, found);
    described(option, found);
    choices(option, found);
    if option.has("choices") && option.is("autocomplete") {
        found.push(option.breaks("choices and autocomplete exclude each other"));
    }
    options(option, found);
}

/// At most 25, none of them longer than fits.
fn choices(parent: &At<'_>, found: &mut Vec<Finding>) {
    parent.few("choices", 25, found);
    for choice in parent.items("choices") {
        choice.at_most("name", 100, found);
        choice.at_most("value", 100, found);
        if !choice.has("name") {
            found.push(choice.get("name").breaks("a choice needs a name"));
        }
        locales(&choice, found);
    }
}

/// The characters Discord counts: names, descriptions and values, of translations only the longest.
fn size(at: &At<'_>) -> usize {
    let longest = |key: &str| {
        let translations = at.entries(&format!("{key}_localizations")).into_iter().map(|(_, text)| text.length());
        translations.chain([at.get(key).length()]).max().unwrap_or(0)
    };
    let inside = ["options", "choices"].into_iter().flat_map(|key| at.items(key));
    longest("name") + longest("description") + at.get("value").length() + inside.map(|part| size(&part)).sum::<usize>()
}
