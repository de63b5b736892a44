//! A guide that answers patients' questions from what moderators wrote, and from nowhere else.
//!
//! The path of a question, which [`guide::Guide::answer`] walks step by step:
//!
//! 1. [`text`] normalises: folded words that know what punctuation follows them.
//! 2. [`triage`] looks for signs of an emergency, apart from everything else.
//! 3. [`matching`] gives every topic and every boundary a probability.
//! 4. [`decide`] makes one outcome of it all: answer, clarify, decline, or urgent.
//! 5. [`answer`] composes a reply from the moderators' sentences.
//! 6. [`render`] shows it: in a terminal, on Discord, as JSON.
//!
//! A [`sheet`] is what a command works out of the guide beside the answers to questions.
//!
//! [`knowledge`] reads what moderators write and tells their mistakes as [`diagnostic`]s; [`reload`] serves an edit while
//! the bot runs. [`cli`] and [`discord`] are the surfaces, [`config`] is what an operator sets, [`store`] what the
//! bot remembers, and [`eval`] measures how good the answers are. `ARCHITECTURE.md` has the reasons.

pub mod answer;
pub mod cli;
pub mod config;
pub mod decide;
mod decimals;
pub mod diagnostic;
pub mod discord;
pub mod eval;
pub mod guide;
pub mod knowledge;
pub mod markdown;
pub mod matching;
mod memory;
mod parallel;
pub mod reload;
pub mod render;
pub mod sheet;
pub mod store;
pub mod text;
pub mod triage;
