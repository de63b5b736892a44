//! What tests stand on: the world around `exoguide`, modelled.

#[expect(dead_code, reason = "the tests of the bot come with the bot")]
pub(crate) mod bot;
pub(crate) mod discord_api;
pub(crate) mod fake_discord;
