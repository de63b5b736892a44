//! The commands in other languages, and what people who speak them are told: `languages.toml`.
//!
//! The answers are in the language of the guide alone. What stands here is no answer, so it is not held against the facts.

use std::collections::BTreeSet;

use super::check::Checker;
use super::fields::{Fields, Limit};
use super::schema::{FixedCommand, MenuCommand, Placed};
use crate::diagnostic::{Diagnostic, did_you_mean};

/// A short sentence.
const NOTE: Limit = Limit::unread(120, 200);
/// Discord's limits.
const NAME: Limit = Limit::unread(32, 32);
const DESCRIPTION: Limit = Limit::unread(100, 100);
const LOCALE: Limit = Limit::unread(6, 10);
const CHOICE: Limit = Limit::unread(100, 100);

const FILE: &str = "languages.toml";

/// The languages that Discord can be set to, as it writes them.
pub const LOCALES: [&str; 32] = [
    "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

/// What `languages.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    /// The language of the guide, as Discord writes it or the beginning of that: `en`.
    pub guide: String,
    /// Says, in the language of the guide, which one the answers are in, to whoever speaks none of the others.
    pub note: Option<String>,
    /// The others.
    pub languages: Vec<Language>,
}

/// A language that people have set their Discord to.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// How Discord writes it, in one country or more.
    pub locales: Vec<Placed<String>>,
    /// Says in this language which one the answers are in.
    pub note: String,
    /// The commands in it.
    pub commands: Vec<TranslatedCommand>,
    /// What stands in the menu of a message, in it.
    pub menu: Vec<Translated>,
}

/// A command in another language.
#[derive(Clone, Debug, Default)]
pub struct TranslatedCommand {
    /// Its name in the language of the guide.
    pub command: Placed<String>,
    /// What is typed after the `/`.
    pub name: Placed<String>,
    /// Shown beside the name.
    pub description: String,
    /// What can be filled in.
    pub options: Vec<TranslatedOption>,
    /// What can be chosen there.
    pub choices: Vec<Translated>,
}

/// What can be filled in for a command, in another language.
#[derive(Clone, Debug, Default)]
pub struct TranslatedOption {
    /// Its name in the language of the guide.
    pub option: String,
    /// Its name; where there is none, it keeps that of the guide.
    pub name: Option<Placed<String>>,
    /// Shown beside the name.
    pub description: String,
}

/// Something with a name alone, in another language.
#[derive(Clone, Debug, Default)]
pub struct Translated {
    /// What the program knows it by.
    pub id: Placed<String>,
    /// What people read.
    pub name: String,
}

impl TranslatedCommand {
    /// What can be filled in under this name of the guide's.
    pub fn option(&self, name: &str) -> Option<&TranslatedOption> {
        self.options.iter().find(|translated| translated.option == name)
    }

    /// What is read for the choice that the program knows by this.
    pub fn choice(&self, id: &str) -> Option<&str> {
        named(&self.choices, id)
    }
}

fn named<'t>(translated: &'t [Translated], id: &str) -> Option<&'t str> {
    translated.iter().find(|translated| translated.id.value == id).map(|translated| translated.name.as_str())
}

impl Languages {
    /// What somebody whose Discord is set to `locale` is told with an answer, if it is in another language than theirs.
    pub fn note(&self, locale: &str) -> Option<&str> {
        let theirs = self.guide.split('-').next().unwrap_or_default();
        if theirs.is_empty() || locale.split('-').next() == Some(theirs) {
            return None;
        }
        let known = |language: &&Language| language.locales.iter().any(|known| known.value == locale);
        let theirs = self.languages.iter().find(known).map(|language| &language.note);
        theirs.or(self.note.as_ref()).map(String::as_str)
    }

    /// All sentences that say which language the answers are in.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|language| &language.note).chain(&self.note).map(String::as_str)
    }

    /// A command in all languages that have it, with the languages' names.
    pub fn of_command<'l>(&'l self, command: &'l str) -> impl Iterator<Item = (&'l str, &'l TranslatedCommand)> {
        self.each(move |language| language.commands.iter().find(|translated| translated.command.value == command))
    }

    /// A command of the message menu in all languages that have it, with the languages' names.
    pub fn of_menu(&self, command: MenuCommand) -> impl Iterator<Item = (&str, &str)> {
        self.each(move |language| named(&language.menu, command.key()))
    }

    /// What each language has of something, once for each of the names that Discord has for the language.
    fn each<'l, T: Copy + 'l>(
        &'l self,
        has: impl Fn(&'l Language) -> Option<T> + 'l,
    ) -> impl Iterator<Item = (&'l str, T)> {
        self.languages.iter().flat_map(move |language| {
            let has = has(language);
            language.locales.iter().filter_map(move |locale| Some((locale.as_str(), has?)))
        })
    }
}

pub(super) fn languages(fields: &mut Fields<'_, '_>) -> Languages {
    Languages {
        guide: fields.text("guide", LOCALE).map(|text| text.value).unwrap_or_default(),
        note: fields.text("note", NOTE).map(|text| text.value),
        languages: fields.tables("language", language),
    }
}

fn language(fields: &mut Fields<'_, '_>) -> Language {
    let locales = fields.texts("locales", LOCALE);
    for locale in &locales {
        if !LOCALES.contains(&locale.as_str()) {
            let meant = did_you_mean(locale.as_str(), LOCALES).unwrap_or("es-ES");
            let help = format!("write it as Discord does, such as `{meant}`");
            fields.wrong_value(locale.span.clone(), format!("Discord has no language `{}`", locale.value), help);
        }
    }
    Language {
        locales,
        note: fields.required_text("note", NOTE).value,
        commands: fields.tables("command", command),
        menu: fields.tables("menu", |fields| translated(fields, "entry")),
    }
}

fn command(fields: &mut Fields<'_, '_>) -> TranslatedCommand {
    let command = fields.required_text("command", NAME);
    let name = fields.required_text("name", NAME);
    is_typed(fields, &name, "a command");
    TranslatedCommand {
        command,
        name,
        description: fields.required_text("description", DESCRIPTION).value,
        options: fields.tables("option", option),
        choices: fields.tables("choice", |fields| translated(fields, "choice")),
    }
}

fn option(fields: &mut Fields<'_, '_>) -> TranslatedOption {
    let option = fields.required_text("option", NAME).value;
    let name = fields.text("name", NAME);
    if let Some(name) = &name {
        is_typed(fields, name, "an option");
    }
    TranslatedOption { option, name, description: fields.required_text("description", DESCRIPTION).value }
}

fn translated(fields: &mut Fields<'_, '_>, key: &'static str) -> Translated {
    Translated { id: fields.required_text(key, CHOICE), name: fields.required_text("name", CHOICE).value }
}

/// Discord lets people type small letters only.
fn is_typed(fields: &mut Fields<'_, '_>, name: &Placed<String>, what: &str) {
    let is_right = |c: char| matches!(c, '-' | '_') || (c.is_alphanumeric() && !c.is_uppercase());
    if !name.value.chars().all(is_right) {
        let help = "use small letters, digits, hyphens and underscores";
        fields.wrong_value(name.span.clone(), format!("`{}` can't be {what}", name.value), help.to_owned());
    }
}

/// What is translated is there, and no two commands of a language, or options of a command, have one name: Discord would
/// take none of them then.
pub(super) fn translations_fit_together(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let own = knowledge.guide.commands.iter().map(|command| command.name.as_str());
    let commands: Vec<&str> = own.chain(FixedCommand::ALL.into_iter().map(|command| command.name())).collect();
    for language in &knowledge.languages.languages {
        let translated = language.commands.iter().map(|command| &command.command);
        is_there(checker, "command", &commands, translated);
        is_there(
            checker,
            "entry of the menu",
            &MenuCommand::ALL.map(MenuCommand::key),
            language.menu.iter().map(|entry| &entry.id),
        );
        are_unique(checker, language.commands.iter().map(|command| &command.name));
        for command in &language.commands {
            are_unique(checker, command.options.iter().filter_map(|option| option.name.as_ref()));
        }
    }
}

fn is_there<'k>(
    checker: &mut Checker<'_>,
    what: &str,
    there: &[&str],
    translated: impl Iterator<Item = &'k Placed<String>>,
) {
    for name in translated.filter(|name| !name.is_empty() && !there.contains(&name.as_str())) {
        let help = match did_you_mean(name.as_str(), there.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "take it out".to_owned(),
        };
        let message = format!("there is no {what} `{}`", name.value);
        checker.report_at(Diagnostic::warning("wrong-value", FILE, message).help(help), name.span.clone());
    }
}

fn are_unique<'k>(checker: &mut Checker<'_>, names: impl Iterator<Item = &'k Placed<String>>) {
    let mut seen = BTreeSet::new();
    for name in names.filter(|name| !name.is_empty() && !seen.insert(name.as_str())) {
        let message = format!("`{}` is there already in this language", name.value);
        let diagnostic = Diagnostic::error("duplicate-id", FILE, message).help("give it another name");
        checker.report_at(diagnostic, name.span.clone());
    }
}
