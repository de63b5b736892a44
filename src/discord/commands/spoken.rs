//! Commands in plain messages: "red flags", "guide topic: costs", "ask: does it hurt".
//!
//! Not everybody gets at the list behind `/`, least of all with a screen reader. Whatever is registered can be said like
//! this, so whoever adds a command need not think of it.

use serde_json::Value;

use super::{NUMBER, SWITCH, registration};
use crate::discord::request::Options;
use crate::guide::Guide;
use crate::knowledge::FixedCommand;
use crate::sheet::command::not_understood;
use crate::sheet::options::{MARKS, Pick, Slot, Takes, Typed, behind, by_name, letters};

/// What a message that is no question says.
pub(in crate::discord) enum Spoken<'g> {
    /// A command, and what is filled in.
    Command(&'g str, Options),
    /// A command with something that can't be filled in, and what to say to that.
    NotUnderstood(String),
}

/// The command that a message says, and what is filled in; none, if it says anything else. Capitals make no difference,
/// nor do spaces, hyphens and marks between or around the letters of the name.
pub(in crate::discord) fn spoken<'g>(guide: &'g Guide, message: &str) -> Option<Spoken<'g>> {
    if let Some(name) = called(guide, message) {
        return Some(Spoken::Command(name, Options::default()));
    }
    // All else names an option, or has a mark behind the name.
    let said = letters(message);
    let begun = names(guide).filter(|name| message.contains(MARKS) && said.starts_with(&letters(name)));
    let name = begun.max_by_key(|name| name.len())?;
    let registered = registration(guide);
    let command = registered.as_array()?.iter().find(|command| command["name"] == name)?;
    let slots: Vec<Slot<'_>> = command["options"].as_array()?.iter().filter_map(slot).collect();
    let typed = whole(name, &slots, message).or_else(|| one_by_one(name, &slots, message))?;
    Some(match typed.left.as_slice() {
        [] => Spoken::Command(name, typed.options),
        left => Spoken::NotUnderstood(not_understood(guide, &slots, left)),
    })
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

/// `name: all that is to be filled in`. A mark behind a name may also begin a sentence, and then not all is understood.
fn whole(name: &str, slots: &[Slot<'_>], message: &str) -> Option<Typed> {
    let (_, rest) = message.split_once(MARKS).filter(|(said, _)| letters(said) == letters(name))?;
    let takes_any = slots.first().is_some_and(|first| first.takes == Takes::Text);
    let typed = behind(slots, rest);
    (takes_any || !typed.options.is_empty() && typed.left.is_empty()).then_some(typed)
}

/// `name option: value option: value`.
fn one_by_one(name: &str, slots: &[Slot<'_>], message: &str) -> Option<Typed> {
    let typed = by_name(slots, message);
    let fills_in = !typed.options.is_empty() || !typed.left.is_empty();
    (fills_in && letters(&typed.before) == letters(name)).then_some(typed)
}

/// An option as Discord was told of it.
fn slot(option: &Value) -> Option<Slot<'_>> {
    let takes = match &option["choices"] {
        Value::Array(choices) => Takes::OneOf(choices.iter().map(pick).collect()),
        _ if option["type"] == NUMBER => Takes::Number(option["min_value"].as_i64()?..=option["max_value"].as_i64()?),
        _ if option["type"] == SWITCH => Takes::Switch,
        _ => Takes::Text,
    };
    Some(Slot { name: option["name"].as_str()?, describe: option["description"].as_str().unwrap_or_default(), takes })
}

fn pick(choice: &Value) -> Pick<'_> {
    let text = |key: &str| choice[key].as_str().unwrap_or_default();
    Pick { name: text("name").to_owned(), value: text("value") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::discord::commands::TEXT;

    fn sums() -> [Value; 3] {
        [
            json!({ "type": NUMBER, "name": "nights", "min_value": 1, "max_value": 12 }),
            json!({ "type": SWITCH, "name": "with_breakfast" }),
            json!({ "type": TEXT, "name": "room", "choices": [{ "name": "Single room", "value": "one" }] }),
        ]
    }

    #[test]
    fn options_are_filled_in_by_name() {
        let sums = sums();
        let slots: Vec<Slot<'_>> = sums.iter().filter_map(slot).collect();
        let typed = |said: &str| one_by_one("sums", &slots, said).expect("a command");
        let options = typed("Sums nights: 3, with_breakfast=yes room: single room").options;
        assert_eq!((options.number("nights"), options.switch("with_breakfast")), (Some(3), Some(true)));
        assert_eq!(options.text("room"), Some("one"));
        let not_all = typed("/sums nights:many with_breakfast: no");
        let options = not_all.options;
        assert_eq!((options.number("nights"), options.switch("with_breakfast")), (None, Some(false)));
        assert_eq!(not_all.left, ["nights: many"]);
    }

    #[test]
    fn a_sentence_is_no_command() {
        let sums = sums();
        let slots: Vec<Slot<'_>> = sums.iter().filter_map(slot).collect();
        for said in ["sums of three nights: how much", "what are sums nights: 3", "sums:", "nights: 3"] {
            assert!(one_by_one("sums", &slots, said).is_none(), "{said}");
            assert!(whole("sums", &slots, said).is_none(), "{said}");
        }
    }

    #[test]
    fn any_text_stands_behind_the_name() {
        let options = [
            json!({ "type": TEXT, "name": "text" }),
            json!({ "type": NUMBER, "name": "number", "min_value": 0, "max_value": 9 }),
        ];
        let slots: Vec<Slot<'_>> = options.iter().filter_map(slot).collect();
        let filled_in = whole("red-flags", &slots, "Red flags: We cure it.\nNow: 50 % off").expect("a command");
        assert_eq!(filled_in.options.text("text"), Some("We cure it.\nNow: 50 % off"));
        assert!(whole("red-flags", &slots, "which red flags: all").is_none());
    }
}
