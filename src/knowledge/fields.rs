//! Reading one table of a TOML file, key by key, and saying everything that is wrong with it.
//!
//! A key is known because somebody asked for it: [`Fields::finish`] reports all others, so the code that reads a file
//! is the only description of it. A value that can't be used is reported where it stands and read as its type's
//! default; the diagnostics keep such a value from ever being served.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::schema::{Date, Id, Placed};
use super::source::SourceFile;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};

/// How long a text may be, in characters.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    /// Longer ones are a warning.
    pub(crate) advised: usize,
    /// Longer ones are an error.
    pub(crate) most: usize,
}

/// The keys of one table of one file.
pub(crate) struct Fields<'a, 'd> {
    file: &'a SourceFile,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    asked: Vec<&'static str>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a, 'd> Fields<'a, 'd> {
    /// The keys of `table`, which stands at `span` in `file`.
    pub(super) fn new(
        file: &'a SourceFile,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> Self {
        Fields { file, table, span, asked: Vec::new(), diagnostics }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    fn report(&mut self, diagnostic: Diagnostic, span: Range<usize>) {
        self.diagnostics.push(diagnostic.at(&self.file.text, span));
    }

    /// Reports a value of `key` that is right in type and wrong in meaning.
    pub(super) fn wrong_value(&mut self, span: Range<usize>, message: String, help: String) {
        self.report(Diagnostic::error("wrong-value", &self.file.path, message).help(help), span);
    }

    fn wrong_type(&mut self, key: &str, wanted: &str, example: &str, found: &Spanned<DeValue<'_>>) {
        let message = format!("`{key}` must be {wanted}, and here stands {}", name_of(found.get_ref()));
        let help = format!("write it as `{key} = {example}`");
        self.report(Diagnostic::error("wrong-type", &self.file.path, message).help(help), found.span());
    }

    fn missing(&mut self, key: &str, example: &str) {
        let message = format!("`{key}` is missing");
        let diagnostic = Diagnostic::error("missing-key", &self.file.path, message)
            .help(format!("add a line such as `{key} = {example}`"));
        // A table's span is its heading; the root's is the whole file, whose first line stands for it.
        let first_line = self.file.text[self.span.start..].find('\n').map_or(self.span.end, |at| self.span.start + at);
        self.report(diagnostic, self.span.start..self.span.end.min(first_line));
    }

    /// The text of `key`, if it is there.
    pub(crate) fn text(&mut self, key: &'static str, limit: Limit) -> Option<Placed<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(self.sound(key, text, value.span(), limit)),
            _ => {
                self.wrong_type(key, "a text", "\"...\"", value);
                None
            }
        }
    }

    /// The text of `key`, which must be there.
    pub(super) fn required_text(&mut self, key: &'static str, limit: Limit) -> Placed<String> {
        if !self.table.contains_key(key) {
            self.missing(key, "\"...\"");
        }
        self.text(key, limit).unwrap_or_default()
    }

    /// A text that is neither blank nor too long, trimmed; otherwise a report.
    fn sound(&mut self, key: &str, text: &str, span: Range<usize>, limit: Limit) -> Placed<String> {
        let value = text.trim().to_owned();
        let length = value.chars().count();
        if value.is_empty() {
            let message = format!("`{key}` has an empty text");
            let help = "write the text, or remove it".to_owned();
            self.report(Diagnostic::error("empty-text", &self.file.path, message).help(help), span.clone());
        } else if length > limit.advised {
            let (severity, most) = match length > limit.most {
                true => (Severity::Error, limit.most),
                false => (Severity::Warning, limit.advised),
            };
            let message = format!("`{key}` has {length} characters, and {most} is the most that reads well");
            let diagnostic = Diagnostic { severity, ..Diagnostic::error("too-long", &self.file.path, message) };
            self.report(diagnostic.help(format!("shorten it by {} characters", length - most)), span.clone());
        }
        Placed { value, span }
    }

    /// The texts in the list of `key`; none if it is not there.
    pub(super) fn texts(&mut self, key: &'static str, limit: Limit) -> Vec<Placed<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, "a list of texts", "[\"...\", \"...\"]", value);
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(self.sound(key, text, item.span(), limit)),
                _ => self.wrong_type(key, "a list of texts", "[\"...\", \"...\"]", item),
            }
        }
        texts
    }

    /// The ids in the list of `key`.
    pub(super) fn ids(&mut self, key: &'static str) -> Vec<Placed<Id>> {
        let texts = self.texts(key, ID);
        texts.into_iter().map(|text| Placed { value: Id(text.value), span: text.span }).collect()
    }

    /// The id of `key`, which must be there.
    pub(super) fn required_id(&mut self, key: &'static str) -> Placed<Id> {
        let text = self.required_text(key, ID);
        Placed { value: Id(text.value), span: text.span }
    }

    /// The date of `key`.
    pub(super) fn date(&mut self, key: &'static str) -> Option<Date> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Datetime(moment) if moment.date.is_some() => moment.date,
            _ => {
                self.wrong_type(key, "a date", "2026-01-31", value);
                None
            }
        }
    }

    /// The switch of `key`: on or off.
    pub(crate) fn switch(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(on) => Some(*on),
            _ => {
                self.wrong_type(key, "`true` or `false`", "true", value);
                None
            }
        }
    }

    /// The number of `key`.
    pub(super) fn number(&mut self, key: &'static str) -> Option<f64> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, "a number", "1500", value);
        }
        number.filter(|number: &f64| number.is_finite())
    }

    /// The number of `key`, which must be there.
    pub(super) fn required_number(&mut self, key: &'static str) -> f64 {
        if !self.table.contains_key(key) {
            self.missing(key, "1500");
        }
        self.number(key).unwrap_or_default()
    }

    /// The tables headed `[[key]]`, each read by `read`.
    pub(super) fn tables<T>(&mut self, key: &'static str, mut read: impl FnMut(&mut Fields<'a, '_>) -> T) -> Vec<T> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_heading(key, value);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(self.within(table, item.span(), &mut read)),
                _ => self.wrong_heading(key, item),
            }
        }
        tables
    }

    fn wrong_heading(&mut self, key: &str, found: &Spanned<DeValue<'_>>) {
        let message = format!("`{key}` must be a heading, and here stands {}", name_of(found.get_ref()));
        let help = format!("write `[[{key}]]` on a line of its own, and the keys below it");
        self.report(Diagnostic::error("wrong-type", &self.file.path, message).help(help), found.span());
    }

    /// The table headed `[key]`, read by `read`.
    pub(super) fn table<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Fields<'a, '_>) -> T) -> Option<T> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(key, "a table", "{ ... }", value);
            return None;
        };
        Some(self.within(table, value.span(), read))
    }

    fn within<T>(
        &mut self,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        read: impl FnOnce(&mut Fields<'a, '_>) -> T,
    ) -> T {
        let mut fields = Fields::new(self.file, table, span, self.diagnostics);
        let value = read(&mut fields);
        fields.finish();
        value
    }

    /// The items of the list of `key`: texts by `text`, inline tables by `table`.
    pub(super) fn mixed<T>(
        &mut self,
        key: &'static str,
        limit: Limit,
        text: impl Fn(String) -> T,
        table: impl Fn(&mut Fields<'a, '_>) -> T,
    ) -> Vec<T> {
        let Some(value) = self.get(key) else {
            self.missing(key, "[\"...\", { low = 1, high = 2, unit = \"weeks\" }]");
            return Vec::new();
        };
        let example = "[\"...\", { low = 1, high = 2, unit = \"weeks\" }]";
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, "a list of texts and figures", example, value);
            return Vec::new();
        };
        let mut values = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(found) => values.push(text(self.sound(key, found, item.span(), limit).value)),
                DeValue::Table(found) => values.push(self.within(found, item.span(), &table)),
                _ => self.wrong_type(key, "a list of texts and figures", example, item),
            }
        }
        values
    }

    /// The bytes at which this table stands.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(mut self) {
        let table = self.table;
        for (key, _) in table.iter() {
            let name: &str = key.get_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let mut known = self.asked.clone();
            known.sort_unstable();
            let help = match did_you_mean(name, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the keys here are {}", known.join(", ")),
            };
            let message = format!("unknown key `{name}`");
            self.report(Diagnostic::error("unknown-key", &self.file.path, message).help(help), key.span());
        }
    }
}

/// Ids are short: they are file names and parts of a button's `custom_id`.
pub(super) const ID: Limit = Limit { advised: 40, most: 40 };

fn name_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
