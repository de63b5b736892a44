//! The bot's commands as Discord keeps them, and what a person who uses one sends.

use serde_json::{Map, Value, json};

use super::model::{APPLICATION, World};

const SUB_COMMAND_GROUP: u64 = 2;

impl World {
    /// Replaces the whole list of commands. A command that was there before keeps its id.
    pub(super) fn put_commands(&mut self, commands: &Value) -> Value {
        let commands = commands.as_array().cloned().unwrap_or_default();
        self.commands = commands.into_iter().map(|command| self.registered(command)).collect();
        json!(self.commands)
    }

    /// A command with what Discord adds to it.
    fn registered(&mut self, mut command: Value) -> Value {
        let known = self.commands.iter().find(|known| same_command(known, &command)).map(|known| known["id"].clone());
        let id = known.unwrap_or_else(|| json!(self.id()));
        let mut defaults = json!({
            "type": 1, "description": "", "options": [], "default_member_permissions": null, "nsfw": false,
            "integration_types": [0], "contexts": null,
        });
        let given = command.as_object_mut().map(std::mem::take).unwrap_or_default();
        defaults.as_object_mut().expect("made above").extend(given);
        defaults["id"] = id.clone();
        defaults["version"] = id;
        defaults["application_id"] = json!(APPLICATION);
        defaults
    }

    /// What an interaction says of a command that a person uses, such as `guide edit` with `{"topic": "costs"}`.
    ///
    /// # Panics
    ///
    /// Where the bot has registered no such command or option, or a required one is missing: Discord offers what is
    /// registered and nothing else.
    pub(super) fn slash_data(&self, command: &str, given: &Value) -> Value {
        let mut words = command.split(' ');
        let definition = self.command(words.next().unwrap_or_default(), 1);
        let words: Vec<_> = words.collect();
        json!({
            "id": definition["id"], "name": definition["name"], "type": 1,
            "options": options(definition, &words, given),
        })
    }

    /// What an interaction says of a command of the message menu.
    pub(super) fn menu_data(&self, command: &str, message: &Value) -> Value {
        let definition = self.command(command, 3);
        let id = message["id"].as_str().expect("a message has an id");
        json!({
            "id": definition["id"], "name": definition["name"], "type": 3, "target_id": id,
            "resolved": { "messages": { id: message } },
        })
    }

    fn command(&self, name: &str, kind: u64) -> &Value {
        let wanted = json!({ "name": name, "type": kind });
        let found = self.commands.iter().find(|command| same_command(command, &wanted));
        found
            .unwrap_or_else(|| panic!("the bot has registered no command `{name}` of type {kind}: {:?}", self.commands))
    }
}

fn same_command(one: &Value, other: &Value) -> bool {
    let kind = |command: &Value| command["type"].as_u64().unwrap_or(1);
    one["name"] == other["name"] && kind(one) == kind(other)
}

/// The options a person gives, nested as deep as the subcommands go.
fn options(definition: &Value, subcommands: &[&str], given: &Value) -> Value {
    let Some((name, deeper)) = subcommands.split_first() else {
        return plain_options(definition, given);
    };
    let subcommand = option(definition, name);
    assert!(subcommand["type"].as_u64() <= Some(SUB_COMMAND_GROUP), "`{name}` is no subcommand");
    json!([{ "name": name, "type": subcommand["type"], "options": options(subcommand, deeper, given) }])
}

fn plain_options(definition: &Value, given: &Value) -> Value {
    let given = by_name(given);
    let typing = given.iter().any(|option| option["focused"] == true);
    let options = definition["options"].as_array().into_iter().flatten();
    // While somebody types, the options further on are still empty.
    for required in options.filter(|option| option["required"] == true && !typing) {
        assert!(given.iter().any(|option| option["name"] == required["name"]), "{} is required", required["name"]);
    }
    let typed = given.into_iter().map(|mut value| {
        let name = value["name"].as_str().expect("an option has a name");
        value["type"] = option(definition, name)["type"].clone();
        value
    });
    json!(typed.collect::<Vec<_>>())
}

fn option<'a>(definition: &'a Value, name: &str) -> &'a Value {
    let mut options = definition["options"].as_array().into_iter().flatten();
    let found = options.find(|option| option["name"] == name);
    found.unwrap_or_else(|| panic!("`{}` has no option `{name}`", definition["name"]))
}

/// Options as Discord sends them, from a list of such, or from the short form `{"name": value}`.
fn by_name(given: &Value) -> Vec<Value> {
    let pairs =
        |map: &Map<String, Value>| map.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    match given {
        Value::Object(map) => pairs(map),
        Value::Array(list) => list.clone(),
        _ => Vec::new(),
    }
}
