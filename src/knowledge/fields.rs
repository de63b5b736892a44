//! Reading one table of a TOML file, key by key, and saying everything that is wrong with it.
//!
//! A key is known because somebody asked for it: [`Fields::finish`] reports all others, so the code that reads a file
//! is the only description of it. A value that can't be used is reported where it stands and read as its type's
//! default; the diagnostics keep such a value from ever being served.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::LONGEST_ID;
use super::day;
use super::passage::{Passage, ReadAs};
use super::places;
use super::read::PATTERN;
use super::schema::{Date, Id, Placed};
use super::source::SourceFile;
use crate::diagnostic::{Diagnostic, counted, did_you_mean};

/// How long a text may be, in characters, and how it is read.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    /// Longer ones are a warning.
    pub(crate) advised: usize,
    /// Longer ones are an error.
    pub(crate) most: usize,
    /// How patients read it; nothing where they don't.
    pub(crate) read_as: Option<ReadAs>,
    /// The places in it in which the program puts something.
    pub(crate) places: &'static [&'static str],
}

impl Limit {
    /// The limit of a text that is for the program or for moderators.
    pub(crate) const fn unread(advised: usize, most: usize) -> Limit {
        Limit { advised, most, read_as: None, places: &[] }
    }

    /// The limit of a text that patients read.
    pub(crate) const fn read(read_as: ReadAs, advised: usize, most: usize) -> Limit {
        Limit { advised, most, read_as: Some(read_as), places: &[] }
    }

    /// The same for a text with these places.
    pub(crate) const fn with_places(self, places: &'static [&'static str]) -> Limit {
        Limit { places, ..self }
    }
}

/// The keys of one table of one file.
pub(crate) struct Fields<'a, 'd> {
    file: &'a SourceFile,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    asked: Vec<&'static str>,
    /// What was asked of the tables around this one: such a key is likely to stand too far down.
    outside: Vec<&'static str>,
    /// The keys that must be there and are not, each with what to say of it.
    missing: Vec<(&'static str, Diagnostic)>,
    diagnostics: &'d mut Vec<Diagnostic>,
    passages: &'d mut Vec<Passage>,
}

impl<'a, 'd> Fields<'a, 'd> {
    /// The keys of `table`, which stands at `span` in `file`.
    pub(super) fn new(
        file: &'a SourceFile,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        diagnostics: &'d mut Vec<Diagnostic>,
        passages: &'d mut Vec<Passage>,
    ) -> Self {
        Fields { file, table, span, asked: Vec::new(), outside: Vec::new(), missing: Vec::new(), diagnostics, passages }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    fn report(&mut self, diagnostic: Diagnostic, span: Range<usize>) {
        self.diagnostics.push(diagnostic.at(&self.file.text, span));
    }

    /// Reports a value of `key` that is right in type and wrong in meaning.
    pub(crate) fn wrong_value(&mut self, span: Range<usize>, message: String, help: String) {
        self.report(Diagnostic::error("wrong-value", &self.file.path, message).help(help), span);
    }

    fn wrong_type(&mut self, key: &str, wanted: &str, example: &str, found: &Spanned<DeValue<'_>>) {
        let message = format!("`{key}` must be {wanted}, and here stands {}", name_of(found.get_ref()));
        let help = format!("write it as `{key} = {example}`");
        self.report(Diagnostic::error("wrong-type", &self.file.path, message).help(help), found.span());
    }

    fn missing(&mut self, key: &'static str, example: &str) {
        let line = format!("`{key} = {example}`");
        let written = &self.file.text[self.span.clone()];
        let (span, help) = if self.span.len() == self.file.text.len() {
            (0..0, format!("add a line {line} at the top"))
        } else if written.starts_with('{') {
            (self.span.clone(), format!("add {line} between the braces"))
        } else {
            (self.span.clone(), format!("add a line {line} below this one"))
        };
        let message = format!("`{key}` is missing");
        let diagnostic = Diagnostic::error("missing-key", &self.file.path, message).help(help);
        self.missing.push((key, diagnostic.at(&self.file.text, span)));
    }

    /// The text of `key`, if it is there.
    pub(crate) fn text(&mut self, key: &'static str, limit: Limit) -> Option<Placed<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(self.sound(&format!("`{key}`"), text, value.span(), limit)),
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

    /// The text that is called `name`, trimmed; one that is blank or too long is reported.
    fn sound(&mut self, name: &str, text: &str, span: Range<usize>, limit: Limit) -> Placed<String> {
        let value = text.trim().to_owned();
        let length = value.chars().count();
        if value.is_empty() {
            let help = "write something between the quotes; what need not be there can be taken out".to_owned();
            let message = format!("{name} is empty");
            self.report(Diagnostic::error("empty-text", &self.file.path, message).help(help), span.clone());
        } else if length > limit.most {
            let message = format!("{name} has {length} characters, and {} is the most there is room for", limit.most);
            let diagnostic = Diagnostic::error("too-long", &self.file.path, message);
            self.report(diagnostic.help(shorten_by(length - limit.most)), span.clone());
        } else if length > limit.advised {
            let message = format!("{name} has {length} characters, and {} is the most that reads well", limit.advised);
            let diagnostic = Diagnostic::warning("too-long", &self.file.path, message);
            self.report(diagnostic.help(shorten_by(length - limit.advised)), span.clone());
        }
        if let Some(read_as) = limit.read_as {
            if let Some((message, help)) = places::mistake(&value, limit.places) {
                self.wrong_value(span.clone(), message, help);
            }
            self.note(read_as, value.clone(), span.clone());
        }
        Placed { value, span }
    }

    /// Notes that patients read `text`, which stands at `span`.
    pub(super) fn note(&mut self, read_as: ReadAs, text: String, span: Range<usize>) {
        self.passages.push(Passage { file: self.file.path.clone(), read_as, text, span });
    }

    /// The texts in the list of `key`; none if it is not there.
    pub(crate) fn texts(&mut self, key: &'static str, limit: Limit) -> Vec<Placed<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, "a list of texts", "[\"...\", \"...\"]", value);
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        let name = format!("a text in `{key}`");
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(self.sound(&name, text, item.span(), limit)),
                _ => self.wrong_type(key, "a list of texts", "[\"...\", \"...\"]", item),
            }
        }
        texts
    }

    /// The patterns in the list of `key`, in the language that the top of `urgent.toml` describes.
    pub(super) fn patterns(&mut self, key: &'static str) -> Vec<Placed<String>> {
        const HELP: &str = "write words, with `|` between choices: the top of `urgent.toml` says how";
        let patterns = self.texts(key, PATTERN);
        let code = if self.file.path == "urgent.toml" { "bad-sign" } else { "bad-pattern" };
        for pattern in &patterns {
            if let Some(sign) = pattern.chars().find(|c| OF_EXPRESSIONS.contains(c)) {
                let message = format!("`{sign}` means nothing in a pattern");
                self.report(Diagnostic::error(code, &self.file.path, message).help(HELP), pattern.span.clone());
            }
        }
        patterns
    }

    /// The ids in the list of `key`.
    pub(super) fn ids(&mut self, key: &'static str) -> Vec<Placed<Id>> {
        let texts = self.texts(key, NAMED_ID);
        texts.into_iter().map(|text| Placed { value: Id(text.value), span: text.span }).collect()
    }

    /// The id of `key`, which must be there.
    pub(super) fn required_id(&mut self, key: &'static str) -> Placed<Id> {
        let text = self.required_text(key, NAMED_ID);
        Placed { value: Id(text.value), span: text.span }
    }

    /// The date of `key`.
    pub(super) fn date(&mut self, key: &'static str) -> Option<Placed<Date>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Datetime(moment) if moment.date.is_some() => {
                moment.date.map(|date| Placed { value: date, span: value.span() })
            }
            DeValue::String(text) => {
                let (message, help) = day::mistake(key, &format!("\"{text}\"")).unwrap_or_else(|| {
                    let message = format!("`{key}` must be a date, and dates stand without quotes");
                    (message, format!("write it as `{key} = 2026-01-31`"))
                });
                self.report(Diagnostic::error("wrong-type", &self.file.path, message).help(help), value.span());
                None
            }
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

    /// The number of `key`; one may look like `example`.
    pub(crate) fn number(&mut self, key: &'static str, example: &str) -> Option<Placed<f64>> {
        let value = self.get(key)?;
        let number = finite(value.get_ref());
        if number.is_none() {
            self.wrong_type(key, "a number", example, value);
        }
        number.map(|number| Placed { value: number, span: value.span() })
    }

    /// The number of days of `key`.
    pub(super) fn days(&mut self, key: &'static str) -> Option<u16> {
        const MOST: f64 = 3_650.0;
        let number = self.number(key, "90")?;
        if number.fract() == 0.0 && (1.0..=MOST).contains(&number.value) {
            return Some(number.value as u16);
        }
        let message = format!("`{key}` must be a number of days, and here stands {number}");
        self.wrong_value(number.span, message, format!("write a whole number from 1 to {MOST}"));
        None
    }

    /// The number of `key`, which must be there.
    pub(super) fn required_number(&mut self, key: &'static str) -> f64 {
        const FIGURE: &str = "1500";
        if !self.table.contains_key(key) {
            self.missing(key, FIGURE);
        }
        self.number(key, FIGURE).unwrap_or_default().value
    }

    /// The tables headed `[[key]]`, each read by `read`.
    pub(super) fn tables<T>(&mut self, key: &'static str, read: impl FnMut(&mut Fields<'a, '_>) -> T) -> Vec<T> {
        self.each_table(key, Fields::wrong_heading, read)
    }

    /// The tables in the list of `key`, each between braces and read by `read`; one may look like `example`.
    pub(super) fn inline_tables<T>(
        &mut self,
        key: &'static str,
        example: &str,
        read: impl FnMut(&mut Fields<'a, '_>) -> T,
    ) -> Vec<T> {
        let wrong = |fields: &mut Self, key: &str, found: &Spanned<DeValue<'_>>| {
            fields.wrong_type(key, "a list with braces around each of its items", &format!("[{example}]"), found);
        };
        self.each_table(key, wrong, read)
    }

    fn each_table<T>(
        &mut self,
        key: &'static str,
        wrong: impl Fn(&mut Self, &str, &Spanned<DeValue<'_>>),
        mut read: impl FnMut(&mut Fields<'a, '_>) -> T,
    ) -> Vec<T> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            wrong(self, key, value);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(self.within(table, item.span(), &mut read)),
                _ => wrong(self, key, item),
            }
        }
        tables
    }

    fn wrong_heading(&mut self, key: &str, found: &Spanned<DeValue<'_>>) {
        let message = match found.get_ref() {
            DeValue::Table(_) => format!("`{key}` can be there several times, so its heading has double brackets"),
            _ => format!("`{key}` must be a heading, and here stands {}", name_of(found.get_ref())),
        };
        let help = format!("write `[[{key}]]` on a line of its own, and the keys below it");
        self.report(Diagnostic::error("wrong-type", &self.file.path, message).help(help), found.span());
    }

    /// The table headed `[key]`, read by `read`.
    pub(super) fn table<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Fields<'a, '_>) -> T) -> Option<T> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            let message = format!("`{key}` must be a heading, and here stands {}", name_of(value.get_ref()));
            let help = format!("write `[{key}]` on a line of its own, and the keys below it");
            self.report(Diagnostic::error("wrong-type", &self.file.path, message).help(help), value.span());
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
        let outside = [self.outside.as_slice(), &self.asked].concat();
        let mut fields = Fields { outside, ..Fields::new(self.file, table, span, self.diagnostics, self.passages) };
        let value = read(&mut fields);
        fields.finish();
        value
    }

    /// The items of the list of `key`, which must be there: texts by `text`, inline tables by `table`. None if the list
    /// is wrong in itself.
    pub(super) fn mixed<T>(
        &mut self,
        key: &'static str,
        limit: Limit,
        text: impl Fn(String) -> T,
        table: impl Fn(&mut Fields<'a, '_>) -> T,
    ) -> Option<Vec<T>> {
        const EXAMPLE: &str = "[\"...\", { low = 1, high = 2, unit = \"weeks\" }]";
        let wanted = "a list of texts and figures";
        let Some(value) = self.get(key) else {
            self.missing(key, EXAMPLE);
            return None;
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, wanted, EXAMPLE, value);
            return None;
        };
        let name = format!("a text in `{key}`");
        let mut values = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(found) => values.push(text(self.sound(&name, found, item.span(), limit).value)),
                DeValue::Table(found) => values.push(self.within(found, item.span(), &table)),
                _ => self.wrong_type(key, wanted, EXAMPLE, item),
            }
        }
        (values.len() == items.len()).then_some(values)
    }

    /// The bytes at which this table stands.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The bytes at which the value of `key` stands; those of this table, if it is not there.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(self.span(), Spanned::span)
    }

    /// Reports the keys that nobody asked for, and those that are missing, unless one of the former is one of the
    /// latter, misspelt.
    pub(super) fn finish(mut self) {
        let table = self.table;
        for (key, _) in table.iter() {
            let name: &str = key.get_ref();
            if !self.asked.contains(&name) {
                let help = self.meant_by(name);
                let message = format!("unknown key `{name}`");
                let diagnostic = Diagnostic::error("unknown-key", &self.file.path, message).help(help);
                self.report(diagnostic, key.span());
            }
        }
        self.diagnostics.extend(self.missing.into_iter().map(|(_, diagnostic)| diagnostic));
    }

    /// The way out for an unknown key; a missing key that was meant by it is taken off the list.
    fn meant_by(&mut self, name: &str) -> String {
        if self.outside.contains(&name) {
            return format!("move `{name}` further up, above the first heading in brackets");
        }
        let mut known = self.asked.clone();
        known.sort_unstable();
        let lower = name.to_lowercase();
        let missing = self.missing.iter().map(|(key, _)| *key);
        let Some(meant) = did_you_mean(&lower, missing).or_else(|| did_you_mean(&lower, known.iter().copied())) else {
            return format!("the keys here are {}", known.join(", "));
        };
        self.missing.retain(|(key, _)| *key != meant);
        format!("did you mean `{meant}`?")
    }
}

/// The signs of regular expressions, which some take patterns for.
const OF_EXPRESSIONS: [char; 4] = ['(', ')', '*', '\\'];

/// An id that is made where it stands.
pub(super) const ID: Limit = Limit::unread(LONGEST_ID, LONGEST_ID);
/// An id that names a topic: whether there is one is all that matters.
const NAMED_ID: Limit = Limit::unread(usize::MAX, usize::MAX);

fn shorten_by(characters: usize) -> String {
    format!("shorten it by {}", counted(characters, "character"))
}

/// The number that stands here, unless it is `nan`, `inf` or nothing of the kind.
fn finite(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok()? as f64,
        DeValue::Float(float) => float.as_str().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

fn name_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) if finite(value).is_none() => "no number that can be shown",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(moment) if moment.date.is_none() => "a time",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
