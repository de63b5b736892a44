//! Everything a person can see of `exoguide`, tested at its boundary.
#![allow(clippy::unwrap_used, reason = "a test that unwraps in vain fails, which is what it is for")]

mod cli;
mod config;
mod docs;
mod eval;
mod knowledge;
mod properties;
mod support;
mod terminal;
mod tidy;
