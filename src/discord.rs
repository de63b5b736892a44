//! The Discord bot: events come in, requests of our own are answered, messages go out.
//!
//! [`respond()`] decides what is said and knows nothing of serenity; `event`, `send` and `run` know nothing else.

pub mod commands;
mod event;
mod gate;
pub mod log;
mod opening;
pub mod request;
pub mod respond;
mod run;
mod send;
pub mod settings;

pub use request::Request;
pub use respond::{Response, respond};
pub use run::run;
pub use settings::Settings;
