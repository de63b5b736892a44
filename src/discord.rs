//! The Discord bot: events come in, requests of our own are answered, messages go out.
//!
//! [`respond()`] decides what is said, and knows nothing of serenity and of time. Around it, `opening` and `run` bring the
//! bot to Discord and away again, `event` takes what comes in, `pace` says who asks too fast, `gate` what may go out when,
//! and `send` sends it; `forgetting` sees to it that nobody is remembered.

mod answers;
pub mod commands;
mod event;
mod failure;
mod forgetting;
mod gate;
pub mod log;
mod moderation;
mod opening;
mod pace;
mod pictures;
pub mod place;
pub mod request;
pub mod respond;
mod run;
mod send;
pub mod settings;
mod votes;

pub use place::Place;
pub use request::Request;
pub use respond::{Response, respond, respond_at};
pub use run::run;
pub use settings::Settings;
