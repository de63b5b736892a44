//! The numbers to call: what the words of help leave open, since it differs from place to place.
//!
//! In `urgent.toml` stand places for them, and words that are right everywhere. An operator who knows where the patients
//! are puts numbers in their place; a number that was not set is never guessed.

use super::fields::{Fields, Limit};
use super::schema::{Care, UrgentFile};

/// Stands within a sentence.
const NUMBER: Limit = Limit::unread(60, 80);

/// What stands in a text for the emergency number, and for the crisis line.
pub(super) const PLACES: [&str; 2] = ["{emergency_number}", "{crisis_line}"];

/// Whom to call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// The number for emergencies: `112`, or `your local emergency number`.
    pub emergency_number: Option<String>,
    /// Whom people call who think of harming themselves: `988 (call or text)`, or `a crisis line`.
    pub crisis_line: Option<String>,
}

impl Numbers {
    /// The words that are right everywhere, as `urgent.toml` has them.
    pub(super) fn neutral(fields: &mut Fields<'_, '_>) -> Numbers {
        let mut text = |key| fields.text(key, NUMBER).map(|text| text.value);
        Numbers { emergency_number: text("emergency_number"), crisis_line: text("crisis_line") }
    }

    /// The numbers that an operator has set. What has no digit is none.
    pub(crate) fn set(fields: &mut Fields<'_, '_>) -> Numbers {
        let mut number = |key| {
            let number = fields.text(key, NUMBER)?;
            if let Some(mistake) = Numbers::mistake(&number).filter(|_| !number.is_empty()) {
                let help = "write the number people there call, as `112`, or leave it out";
                fields.wrong_value(number.span.clone(), mistake, help.to_owned());
            }
            Some(number.value)
        };
        Numbers { emergency_number: number("emergency_number"), crisis_line: number("crisis_line") }
    }

    /// What keeps `text` from being a number to call, if anything.
    pub(crate) fn mistake(text: &str) -> Option<String> {
        let has_digit = text.chars().any(|c| c.is_ascii_digit());
        (!has_digit).then(|| format!("`{text}` has no number"))
    }

    /// These, and for those that are missing the `others`.
    pub fn or(self, others: &Numbers) -> Numbers {
        Numbers {
            emergency_number: self.emergency_number.or_else(|| others.emergency_number.clone()),
            crisis_line: self.crisis_line.or_else(|| others.crisis_line.clone()),
        }
    }

    /// `template` with these in their places.
    fn fill(&self, template: &str) -> String {
        let numbers = [&self.emergency_number, &self.crisis_line];
        PLACES.iter().zip(numbers).fold(template.to_owned(), |text, (place, number)| {
            text.replace(place, number.as_deref().unwrap_or_default())
        })
    }
}

impl Care {
    /// Says these numbers, in place of those said so far.
    pub(crate) fn name_numbers(&mut self, numbers: &Numbers) {
        self.say = numbers.fill(&self.template);
    }
}

impl UrgentFile {
    /// Has the words of help say these numbers, and what they said before where one is not set.
    pub(crate) fn name_numbers(&mut self, set: &Numbers) {
        self.numbers = set.clone().or(&self.numbers);
        self.cares.iter_mut().for_each(|care| care.name_numbers(&self.numbers));
    }
}
