//! A message as Discord takes it.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::control::Control;
use super::limits::{Few, Text};
use crate::sheet::{self, Content};

/// Discord's numbers for kinds of components and styles of buttons.
pub(super) const ROW: u8 = 1;
const BUTTON: u8 = 2;
const SELECT: u8 = 3;
const ROLES: u8 = 6;
const CHANNELS: u8 = 8;
const TEXT_CHANNEL: u8 = 0;
const PRIMARY: u8 = 1;
const SECONDARY: u8 = 2;

/// What is said, and what can be pressed under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// All text, Markdown.
    pub content: Text<2000>,
    /// Buttons and menus.
    pub rows: Few<Row, 5>,
    /// What there is to look at or to keep. Discord takes several in one message; serenity numbers all of them 0.
    pub file: Option<File>,
}

/// A file, with what is in it in words.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Its name.
    pub name: Text<80>,
    /// Alternative text.
    pub description: Text<1024>,
    /// What is in it.
    pub content: Content,
}

/// What stands in one line under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Buttons.
    Buttons(Few<Button, 5>),
    /// A menu.
    Menu(Menu),
    /// A menu of what a server has.
    Picker(Picker),
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub label: Text<80>,
    /// What it does.
    pub control: Control,
}

/// A menu from which one option is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// What it does with the option chosen.
    pub control: Control,
    /// What stands in it before anything is chosen.
    pub prompt: Text<150>,
    /// What there is to choose from.
    pub options: Few<MenuOption, 25>,
}

/// A menu of what a server has, which Discord fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picker {
    /// What it does with what is picked.
    pub control: Control,
    /// What stands in it before anything is picked.
    pub prompt: Text<150>,
    /// What there is to pick from.
    pub of: Picked,
    /// How many may be picked; none may always be.
    pub most: u8,
    /// What is picked already, by Discord's numbers.
    pub chosen: Few<u64, 25>,
}

/// What there is to pick from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// Text channels.
    Channels,
    /// Roles.
    Roles,
}

/// One option of a menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MenuOption {
    /// What people read.
    pub label: Text<100>,
    /// What the bot gets.
    pub value: Text<100>,
    /// Whether it is the one that was chosen.
    #[serde(rename = "default")]
    pub chosen: bool,
}

/// A suggestion for an option of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What people read.
    pub name: Text<100>,
    /// What the bot gets.
    pub value: Text<100>,
}

impl Message {
    /// The JSON of it. Who sends it adds flags, and whom it may ping.
    pub fn payload(&self) -> Value {
        let rows: Vec<Value> = self.rows.as_slice().iter().map(Row::payload).collect();
        let mut payload = json!({ "content": self.content, "components": rows });
        if let Some(file) = &self.file {
            payload["attachments"] = json!([file.payload()]);
        }
        payload
    }
}

impl File {
    /// What is said of it. The file itself goes beside the message, under this number.
    fn payload(&self) -> Value {
        json!({ "id": 0, "filename": self.name, "description": self.description })
    }
}

impl From<&sheet::File> for File {
    fn from(file: &sheet::File) -> File {
        let (name, description) = (Text::cut(&file.name), Text::cut(&file.words));
        File { name, description, content: file.content.clone() }
    }
}

impl Row {
    fn payload(&self) -> Value {
        let components = match self {
            Row::Buttons(buttons) => buttons.as_slice().iter().map(Button::payload).collect(),
            Row::Menu(menu) => vec![menu.payload()],
            Row::Picker(picker) => vec![picker.payload()],
        };
        json!({ "type": ROW, "components": components })
    }
}

impl Button {
    fn payload(&self) -> Value {
        // What goes deeper into the same topic stands out from what leads elsewhere.
        let style = if matches!(self.control, Control::More(_)) { PRIMARY } else { SECONDARY };
        json!({ "type": BUTTON, "style": style, "label": self.label, "custom_id": self.control.custom_id() })
    }
}

impl Menu {
    /// A menu of these options. A value that occurs twice is offered once: Discord refuses the whole message otherwise.
    pub fn new(control: Control, prompt: &str, options: impl Iterator<Item = MenuOption>) -> Menu {
        let mut seen = HashSet::new();
        let options = options.filter(|option| seen.insert(option.value.clone())).collect();
        Menu { control, prompt: Text::cut(prompt), options }
    }

    fn payload(&self) -> Value {
        let custom_id = self.control.custom_id();
        json!({ "type": SELECT, "custom_id": custom_id, "placeholder": self.prompt, "options": self.options })
    }
}

impl Picker {
    fn payload(&self) -> Value {
        let (kind, name) = match self.of {
            Picked::Channels => (CHANNELS, "channel"),
            Picked::Roles => (ROLES, "role"),
        };
        let chosen = self.chosen.as_slice().iter().take(self.most.into());
        let chosen: Vec<Value> = chosen.map(|id| json!({ "id": id.to_string(), "type": name })).collect();
        let mut picker = json!({
            "type": kind, "custom_id": self.control.custom_id(), "placeholder": self.prompt,
            "min_values": 0, "max_values": self.most, "default_values": chosen,
        });
        if self.of == Picked::Channels {
            picker["channel_types"] = json!([TEXT_CHANNEL]);
        }
        picker
    }
}
