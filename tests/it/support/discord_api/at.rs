//! A JSON value which knows its place, so that a finding can name it.

use serde_json::Value;

use super::{Finding, Kind};

/// A value and where in the request it stands, such as `body.embeds[0].title`.
///
/// Reading what isn't there, or is of another type, gives nothing rather than an error: the wrong type is the
/// description's business, and a rule speaks about values that are there.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    pub(super) place: String,
    pub(super) value: &'a Value,
}

impl<'a> At<'a> {
    pub(super) fn body(value: &'a Value) -> Self {
        At { place: "body".to_owned(), value }
    }

    /// The property of this name; `null` where there is none.
    pub(super) fn get(&self, key: &str) -> At<'a> {
        At { place: format!("{}.{key}", self.place), value: self.value.get(key).unwrap_or(&Value::Null) }
    }

    /// The items of the list of this name.
    pub(super) fn items(&self, key: &str) -> Vec<At<'a>> {
        self.get(key).elements()
    }

    /// The elements of this list.
    pub(super) fn elements(&self) -> Vec<At<'a>> {
        let elements = self.value.as_array().into_iter().flatten().enumerate();
        elements.map(|(i, value)| At { place: format!("{}[{i}]", self.place), value }).collect()
    }

    /// The entries of the map of this name, each with its key.
    pub(super) fn entries(&self, key: &str) -> Vec<(&'a str, At<'a>)> {
        let map = self.get(key);
        let entries = map.value.as_object().into_iter().flatten();
        entries.map(|(k, value)| (k.as_str(), At { place: format!("{}.{k}", map.place), value })).collect()
    }

    /// The text of this name; empty where there is none.
    pub(super) fn text(&self, key: &str) -> &'a str {
        self.value.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The whole number of this name, also where it is written as a string, as ids and permission sets are.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        let value = self.value.get(key)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    /// Whether the property of this name is `true`.
    pub(super) fn is(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// Whether the property of this name says something: not missing, null, false, empty or blank.
    pub(super) fn has(&self, key: &str) -> bool {
        match self.get(key).value {
            Value::Null | Value::Bool(false) => false,
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(map) => !map.is_empty(),
            _ => true,
        }
    }

    /// The length in characters, as Discord counts the limits.
    pub(super) fn length(&self) -> usize {
        self.value.as_str().map_or(0, |text| text.chars().count())
    }

    /// A rule broken at this place.
    pub(super) fn breaks(&self, rule: impl std::fmt::Display) -> Finding {
        Finding { kind: Kind::Rule, message: format!("{}: {rule}", self.place) }
    }

    /// A rule broken, unless the text of this name keeps within the limit.
    pub(super) fn at_most(&self, key: &str, limit: usize, found: &mut Vec<Finding>) {
        let text = self.get(key);
        if text.length() > limit {
            found.push(text.breaks(format_args!("{} characters, at most {limit}", text.length())));
        }
    }

    /// A rule broken, unless the list of this name keeps within the limit.
    pub(super) fn few(&self, key: &str, limit: usize, found: &mut Vec<Finding>) {
        let count = self.items(key).len();
        if count > limit {
            found.push(self.get(key).breaks(format_args!("{count} items, at most {limit}")));
        }
    }
}
