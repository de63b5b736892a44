//! Normalising: from what a patient typed to words that can be compared.
//!
//! [`markup`] blanks what is Discord's and not the patient's, [`token`] splits the rest into words and [`fold`]s each;
//! [`mod@stem`] and [`spelling`] bring different forms of a word together, and [`mod@syllables`]
//! says how long one is to speak. Questions and the knowledge itself go through
//! the same steps, so that they always meet in the same form. [`familiar`] and [`vectors`] are what is known of English.

pub mod familiar;
pub mod fold;
pub mod hash;
pub mod interner;
mod list;
pub mod markup;
pub mod parts;
pub mod spelling;
pub mod stem;
pub mod syllables;
pub mod token;
pub mod vectors;

pub use familiar::{familiar_forms, is_familiar, is_foreign, is_listed};
pub use hash::hash;
pub use interner::Interner;
pub use parts::parts;
pub use spelling::Lexicon;
pub use stem::stem;
pub use token::{End, Token, tokens};
pub use vectors::{WIDTH, WordVector};
