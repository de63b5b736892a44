//! What the bot writes to its log: outcome, topic, surface and time, and never a word that somebody wrote.

use std::panic::PanicHookInfo;
use std::time::Duration;
use std::{io, panic};

use anstream::{AutoStream, ColorChoice};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::failure::Failure;
use super::request::Request;
use super::respond::Response;

/// Writes the log to standard error from now on.
///
/// serenity logs whole payloads below the level of errors, and its spans carry tokens and bodies: it may report errors
/// and nothing else. A panic's message may quote what it stumbled over, so its place is all that is kept.
pub fn start() {
    let filter = Targets::new().with_target(env!("CARGO_PKG_NAME"), LevelFilter::INFO).with_default(LevelFilter::ERROR);
    let colours = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(colours).with_target(false);
    // A second start, as in tests that run two bots, finds the log as it is.
    let _ = tracing_subscriber::registry().with(lines).with(filter).try_init();
    panic::set_hook(Box::new(panicked));
}

fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    tracing::error!("a bug: panic at {place}");
}

/// An answer went out, or did not.
pub(super) fn answered(request: &Request, response: &Response, time: Duration, sent: Result<(), Failure>) {
    let topics: Vec<&str> = response.topics.iter().map(|topic| topic.as_str()).collect();
    let (surface, outcome, topics) = (request.surface(), response.outcome, topics.join(","));
    let ms = time.as_millis();
    match sent {
        // A line for every key stroke would drown the answers.
        Ok(()) if matches!(request, Request::Typing { .. }) => {}
        Ok(()) => tracing::info!(surface, outcome, topics, ms, "answered"),
        Err(failure) => tracing::warn!(surface, outcome, topics, ms, "not answered: {failure}"),
    }
}
