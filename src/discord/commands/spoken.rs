//! Commands in plain messages: "red flags", "guide topic: costs", "ask: does it hurt".
//!
//! Not everybody gets at the list behind `/`, least of all with a screen reader. Whatever is registered can be said like
//! this, so whoever adds a command need not think of it.

use serde_json::Value;

use super::{NUMBER, SWITCH, TEXT, registration};
use crate::discord::request::{Filled, Options};
use crate::guide::Guide;
use crate::knowledge::FixedCommand;

/// What switches an option on, beside Discord's own word for it.
const ON: [&str; 4] = ["true", "yes", "on", "1"];

/// What stands between an option and what is filled in.
const MARKS: [char; 2] = [':', '='];

/// The command that a message says, and what is filled in; none, if it says anything else. Capitals make no difference,
/// nor do spaces, hyphens and marks between or around the letters of the name.
pub(in crate::discord) fn spoken<'g>(guide: &'g Guide, message: &str) -> Option<(&'g str, Options)> {
    if let Some(name) = called(guide, message) {
        return Some((name, Options::default()));
    }
    // All else names an option, or has a mark behind the name.
    let said = letters(message);
    let begun = names(guide).filter(|name| message.contains(MARKS) && said.starts_with(&letters(name)));
    let name = begun.max_by_key(|name| name.len())?;
    let registered = registration(guide);
    let command = registered.as_array()?.iter().find(|command| command["name"] == name)?;
    let options = command["options"].as_array()?;
    let filled_in = whole(name, options, message).or_else(|| one_by_one(name, options, message))?;
    Some((name, filled_in))
}

/// The command whose name is all that a message says.
fn called<'g>(guide: &'g Guide, message: &str) -> Option<&'g str> {
    let said = letters(message);
    names(guide).find(|name| !said.is_empty() && said == letters(name))
}

/// What can be typed after the `/`.
fn names(guide: &Guide) -> impl Iterator<Item = &str> + '_ {
    let own = guide.knowledge().guide.commands.iter().map(|command| command.name.as_str());
    own.chain(FixedCommand::ALL.into_iter().map(|command| command.name()))
}

/// `name: text`, where the first thing to fill in is any text.
fn whole(name: &str, options: &[Value], message: &str) -> Option<Options> {
    let first = options.first().filter(|first| first["type"] == TEXT && first["choices"].is_null())?;
    let (said, text) = message.split_once(MARKS)?;
    let filled = Filled::Text(text.trim().to_owned());
    (letters(said) == letters(name))
        .then(|| [(first["name"].as_str().unwrap_or_default().to_owned(), filled)].into_iter().collect())
}

/// `name option: value option: value`.
fn one_by_one(name: &str, options: &[Value], message: &str) -> Option<Options> {
    let (mut said, mut values) = (String::new(), Vec::<(&Value, String)>::new());
    for word in message.split_whitespace() {
        let named = word.split_once(MARKS).and_then(|(option, value)| Some((named(options, option)?, value)));
        match (named, values.last_mut()) {
            (Some((option, value)), _) => values.push((option, value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (None, None) => said.push_str(word),
        }
    }
    let filled = values.iter().filter_map(|(option, value)| {
        Some((option["name"].as_str()?.to_owned(), filled(option, value.trim().trim_end_matches([',', ';']))?))
    });
    (letters(&said) == letters(name) && !values.is_empty()).then(|| filled.collect())
}

fn named<'o>(options: &'o [Value], word: &str) -> Option<&'o Value> {
    options.iter().find(|option| option["name"].as_str().is_some_and(|name| letters(name) == letters(word)))
}

/// What is filled in for an option, as Discord would send it; nothing, if it can't be that.
fn filled(option: &Value, value: &str) -> Option<Filled> {
    if option["type"] == NUMBER {
        return value.parse().ok().map(Filled::Number);
    }
    if option["type"] == SWITCH {
        return Some(Filled::Switch(ON.contains(&value.to_lowercase().as_str())));
    }
    let choices = option["choices"].as_array().into_iter().flatten();
    let is_meant = |choice: &&Value| {
        ["name", "value"].iter().any(|key| choice[key].as_str().is_some_and(|text| letters(text) == letters(value)))
    };
    let chosen = choices.filter(is_meant).find_map(|choice| choice["value"].as_str());
    Some(Filled::Text(chosen.unwrap_or(value).to_owned()))
}

/// The letters and digits of a text, small.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sums() -> Vec<Value> {
        vec![
            json!({ "type": NUMBER, "name": "nights" }),
            json!({ "type": SWITCH, "name": "with_breakfast" }),
            json!({ "type": TEXT, "name": "room", "choices": [{ "name": "Single room", "value": "one" }] }),
        ]
    }

    #[test]
    fn options_are_filled_in_by_name() {
        let options =
            one_by_one("sums", &sums(), "Sums nights: 3, with_breakfast=yes room: single room").expect("a command");
        assert_eq!((options.number("nights"), options.switch("with_breakfast")), (Some(3), Some(true)));
        assert_eq!(options.text("room"), Some("one"));
        let options = one_by_one("sums", &sums(), "/sums nights:many with_breakfast: no").expect("a command");
        assert_eq!((options.number("nights"), options.switch("with_breakfast")), (None, Some(false)));
    }

    #[test]
    fn a_sentence_is_no_command() {
        for said in ["sums of three nights: how much", "what are sums nights: 3", "sums:", "nights: 3"] {
            assert!(one_by_one("sums", &sums(), said).is_none(), "{said}");
            assert!(whole("sums", &sums(), said).is_none(), "{said}");
        }
    }

    #[test]
    fn any_text_stands_behind_the_name() {
        let options = [json!({ "type": TEXT, "name": "text" }), json!({ "type": NUMBER, "name": "number" })];
        let filled_in = whole("red-flags", &options, "Red flags: We cure it.\nNow: 50 % off").expect("a command");
        assert_eq!(filled_in.text("text"), Some("We cure it.\nNow: 50 % off"));
        assert!(whole("red-flags", &options, "which red flags: all").is_none());
    }
}
