//! What tests stand on: the world around `exoguide`, modelled.

pub(crate) mod bot;
pub(crate) mod cli;
pub(crate) mod discord_api;
pub(crate) mod fake_discord;
pub(crate) mod knowledge;
