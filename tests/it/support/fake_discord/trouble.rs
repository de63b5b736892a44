//! What goes wrong at Discord, where a test wants to see what the bot makes of it.

use std::io;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Json, Response};
use futures_util::stream;
use serde_json::json;

use super::Shared;
use super::model::World;

/// What becomes of a request instead of its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trouble {
    /// Discord refuses it with this status; the gateway, with this close code.
    Status(u16),
    /// The answer is a page that is none of Discord's.
    Garbage,
    /// The connection ends without an answer.
    Cut,
    /// Discord does what it was asked to do, and the connection ends before it has said so.
    Unsaid,
    /// There is no answer until the test lets Discord go on.
    Silence,
}

/// Trouble with the next requests to one part of Discord.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spell {
    /// The first part of a request's path, such as `channels`; of the gateway's connections, [`HELLO`].
    pub(super) part: &'static str,
    pub(super) trouble: Trouble,
    pub(super) left: usize,
}

/// The part of Discord that greets a new connection to the gateway.
pub(crate) const HELLO: &str = "hello";

impl World {
    /// The trouble that the next request to this part of Discord meets, if any.
    pub(super) fn meet(&mut self, part: &str) -> Option<Trouble> {
        let spell = self.spells.iter_mut().find(|spell| spell.part == part && spell.left > 0)?;
        spell.left -= 1;
        self.count.troubled += 1;
        Some(spell.trouble)
    }
}

impl Shared {
    /// Waits until the test lets Discord go on.
    pub(super) async fn silence(&self) {
        let mut changed = self.changed.subscribe();
        while self.look(|world| world.silent) {
            changed.changed().await.expect("the sender lives as long as this");
        }
    }
}

pub(super) fn garbage() -> Response {
    Html("<html><title>Welcome to the hotel</title></html>").into_response()
}

pub(super) fn refused(status: u16) -> Response {
    let status = StatusCode::from_u16(status).expect("a status of HTTP");
    (status, Json(json!({ "message": status.to_string(), "code": 0 }))).into_response()
}

/// The server ends a connection on which an answer breaks off.
pub(super) fn cut() -> Response {
    let broken = stream::once(async { Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset)) });
    Body::from_stream(broken).into_response()
}
