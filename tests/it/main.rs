//! Everything a person can see of `exoguide`, tested at its boundary.
#![allow(
    clippy::unwrap_used,
    reason = "a test that unwraps in vain fails, which is what it is for"
)]

mod discord;
mod discord_api;
mod fake_discord;
mod support;
