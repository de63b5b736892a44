//! The commands in other languages, and what people who speak them are told: `languages.toml`.
//!
//! The answers are in the language of the guide alone. What stands here is no answer, so it is not held against the facts.

use super::fields::{Fields, Limit};
use super::schema::Placed;
use crate::diagnostic::did_you_mean;

/// A short sentence.
const NOTE: Limit = Limit::unread(120, 200);
/// Discord's limits.
const NAME: Limit = Limit::unread(32, 32);
const DESCRIPTION: Limit = Limit::unread(100, 100);
const LOCALE: Limit = Limit::unread(6, 10);

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
}

impl Languages {
    /// What somebody whose Discord is set to `locale` is told with an answer, if it is in another language than theirs and
    /// theirs is known.
    pub fn note(&self, locale: &str) -> Option<&str> {
        let theirs = self.guide.split('-').next().unwrap_or_default();
        if theirs.is_empty() || locale.split('-').next() == Some(theirs) {
            return None;
        }
        let known = |language: &&Language| language.locales.iter().any(|known| known.value == locale);
        self.languages.iter().find(known).map(|language| language.note.as_str())
    }

    /// A command in all languages that have it, with the languages' names.
    pub fn of_command<'l>(&'l self, command: &'l str) -> impl Iterator<Item = (&'l str, &'l TranslatedCommand)> {
        self.languages.iter().flat_map(move |language| {
            let translated = language.commands.iter().find(|translated| translated.command.value == command);
            let locales = language.locales.iter().map(|locale| locale.as_str());
            locales.flat_map(move |locale| translated.map(|translated| (locale, translated)))
        })
    }
}

pub(super) fn languages(fields: &mut Fields<'_, '_>) -> Languages {
    Languages {
        guide: fields.text("guide", LOCALE).map(|text| text.value).unwrap_or_default(),
        languages: fields.tables("language", language),
    }
}

fn language(fields: &mut Fields<'_, '_>) -> Language {
    let locales = fields.texts("locales", LOCALE);
    for locale in &locales {
        if !locale.is_empty() && !LOCALES.contains(&locale.as_str()) {
            let meant = did_you_mean(locale.as_str(), LOCALES).unwrap_or("es-ES");
            let help = format!("write it as Discord does, such as `{meant}`");
            fields.wrong_value(locale.span.clone(), format!("Discord has no language `{}`", locale.value), help);
        }
    }
    Language { locales, note: fields.required_text("note", NOTE).value, commands: fields.tables("command", command) }
}

fn command(fields: &mut Fields<'_, '_>) -> TranslatedCommand {
    let command = fields.required_text("command", NAME);
    let name = fields.required_text("name", NAME);
    let is_right = |c: char| matches!(c, '-' | '_') || (c.is_alphanumeric() && !c.is_uppercase());
    if !name.value.chars().all(is_right) {
        let help = "use small letters, digits, hyphens and underscores";
        fields.wrong_value(name.span.clone(), format!("`{}` can't be a command", name.value), help.to_owned());
    }
    TranslatedCommand { command, name, description: fields.required_text("description", DESCRIPTION).value }
}
