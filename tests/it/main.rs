//! Everything a person can see of `exoguide`, tested at its boundary.
#![allow(clippy::unwrap_used, reason = "a test that unwraps in vain fails, which is what it is for")]

mod advice;
mod cli;
mod config;
mod disclaimer;
mod discord;
mod discord_api;
mod docs;
mod eval;
mod fake_discord;
mod freshness;
mod knowledge;
mod properties;
mod replies;
mod support;
mod terminal;
mod tidy;
mod triage;
mod wording;
