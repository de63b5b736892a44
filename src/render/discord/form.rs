//! A form as Discord takes it: a modal with texts to fill in.

use serde_json::{Value, json};

use super::control::Control;
use super::limits::{Few, Text};
use super::message::ROW;

/// Discord's numbers: a text to fill in, and its two styles.
const TEXT: u8 = 4;
const LINE: u8 = 1;
const PARAGRAPH: u8 = 2;

/// A form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What is done with it once it is filled in.
    pub control: Control,
    /// What stands over it.
    pub title: Text<45>,
    /// What is to be filled in.
    pub fields: Few<Field, 5>,
}

/// A text to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The bot's name for it.
    pub name: &'static str,
    /// What stands over it.
    pub label: Text<45>,
    /// What stands in it until something else is typed.
    pub value: Text<4000>,
    /// How long it is.
    pub length: Length,
    /// Whether the form can't be sent without it.
    pub required: bool,
}

/// How long a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// A line of up to so many characters.
    Line(u16),
    /// Several lines, of up to so many characters in all.
    Paragraph(u16),
}

impl Form {
    /// The JSON of it.
    pub fn payload(&self) -> Value {
        let fields: Vec<Value> = self.fields.as_slice().iter().map(Field::payload).collect();
        json!({ "custom_id": self.control.custom_id(), "title": self.title, "components": fields })
    }
}

impl Field {
    /// A field of a row of its own: what is written in the newer labels, serenity can't read.
    fn payload(&self) -> Value {
        let (style, most) = match self.length {
            Length::Line(most) => (LINE, most),
            Length::Paragraph(most) => (PARAGRAPH, most),
        };
        let mut field = json!({
            "type": TEXT, "custom_id": self.name, "label": self.label, "style": style, "max_length": most,
            "required": self.required,
        });
        if !self.value.as_str().is_empty() {
            field["value"] = json!(self.value);
        }
        json!({ "type": ROW, "components": [field] })
    }
}
