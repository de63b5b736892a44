//! Discord's REST API, over HTTP, as far as a bot that answers questions goes.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::serve::ListenerExt as _;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::messages::{Draft, File};
use super::model::{APPLICATION, Answer, INVALID_FORM_BODY, NOT_FOUND, Place, Refusal, UNAUTHORIZED, UNKNOWN_CHANNEL};
use super::model::{UNKNOWN_WEBHOOK, World};
use super::multipart;
use super::trouble::{self, Trouble};
use super::{Shared, at_once};
use crate::support::discord_api::Request;

/// The most a request may hold, by Discord's documentation.
const LARGEST_REQUEST: usize = 25 << 20;

/// Answers requests until the test is over.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let app = Router::new().fallback(answer).with_state(shared);
    let listener = listener.tap_io(|stream| at_once(stream));
    axum::serve(listener, app).await.expect("a listener that was bound serves");
}

async fn answer(State(shared): State<Arc<Shared>>, request: HttpRequest) -> Response {
    let (head, body) = request.into_parts();
    let bytes = to_bytes(body, LARGEST_REQUEST).await.unwrap_or_default();
    let content_type = header_text(&head.headers, header::CONTENT_TYPE.as_str());
    let (body, files) = match multipart::parse(content_type, &bytes) {
        Ok(parsed) => parsed,
        Err(error) => {
            return shared.change(|world| refuse(world, &format!("{}: {error}", head.uri), INVALID_FORM_BODY));
        }
    };
    let request = Request {
        method: head.method.to_string(),
        path: head.uri.to_string(),
        body,
        files: files.iter().map(|file| file.part.clone()).collect(),
    };
    let token = header_text(&head.headers, header::AUTHORIZATION.as_str());
    let part = request.segments().first().copied().unwrap_or_default().to_owned();
    let answered = || shared.change(|world| handle(world, request, files, token, &shared.gateway));
    match shared.change(|world| world.meet(&part)) {
        None => answered(),
        Some(Trouble::Status(status)) => trouble::refused(status),
        Some(Trouble::Garbage) => trouble::garbage(),
        Some(Trouble::Cut) => trouble::cut(),
        Some(Trouble::Unsaid) => {
            answered();
            trouble::cut()
        }
        Some(Trouble::Silence) => {
            shared.silence().await;
            answered()
        }
    }
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn handle(world: &mut World, request: Request, files: Vec<File>, token: &str, gateway: &str) -> Response {
    let label = request.to_string();
    let answer =
        if authorized(world, &request, token) { route(world, &request, files, gateway) } else { Err(UNAUTHORIZED) };
    // A refused token reaches no operation, so there is nothing to check.
    if answer.as_ref().err().is_none_or(|refusal| refusal.status != UNAUTHORIZED.status) {
        world.requests.push(request);
    }
    match answer {
        Ok(Some(body)) => Json(body).into_response(),
        Ok(None) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => refuse(world, &label, refusal),
    }
}

/// Anybody may ask for the gateway, and an interaction's own token is all that its routes need.
fn authorized(world: &World, request: &Request, token: &str) -> bool {
    let open = matches!(request.segments().as_slice(), ["gateway"] | ["interactions" | "webhooks", ..]);
    open || token.strip_prefix("Bot ") == Some(world.application.token)
}

fn refuse(world: &mut World, label: &str, refusal: Refusal) -> Response {
    let Refusal { status, code, message } = refusal;
    world.failures.push(format!("{label}: refused with {status}, {code} {message}"));
    let status = StatusCode::from_u16(status).expect("a status of HTTP");
    (status, Json(json!({ "message": message, "code": code }))).into_response()
}

fn route(world: &mut World, request: &Request, files: Vec<File>, gateway: &str) -> Answer {
    let body = request.body.clone().unwrap_or_default();
    let draft = Draft { body, files };
    match (request.method.as_str(), request.segments().as_slice()) {
        ("GET", ["gateway"]) => Ok(Some(json!({ "url": gateway }))),
        ("GET", ["gateway", "bot"]) => Ok(Some(json!({
            "url": gateway, "shards": 1, "session_start_limit": world.sessions.clone(),
        }))),
        ("GET", ["users", "@me"]) => Ok(Some(world.bot())),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => Ok(Some(world.application())),
        (method, ["applications", APPLICATION, "commands"]) => commands(world, method, &draft.body),
        (method, ["channels", channel, rest @ ..]) => channels(world, method, channel, rest, &draft),
        ("POST", ["interactions", id, token, "callback"]) => {
            world.callback(id, token, &draft, request.asks_for("with_response=true"))
        }
        (method, ["webhooks", APPLICATION, token, rest @ ..]) => webhooks(world, method, token, rest, &draft),
        (_, ["webhooks", ..]) => Err(UNKNOWN_WEBHOOK),
        _ => Err(NOT_FOUND),
    }
}

fn commands(world: &mut World, method: &str, body: &Value) -> Answer {
    world.count.asked_for_commands += 1;
    match method {
        "GET" => Ok(Some(json!(world.commands))),
        "PUT" => Ok(Some(world.put_commands(body))),
        _ => Err(NOT_FOUND),
    }
}

fn channels(world: &mut World, method: &str, channel: &str, rest: &[&str], draft: &Draft) -> Answer {
    match (method, rest) {
        ("GET", []) => Ok(Some(Place::of(channel).ok_or(UNKNOWN_CHANNEL)?.channel())),
        ("POST", ["typing"]) => {
            world.count.typed += 1;
            Ok(None)
        }
        ("POST", ["messages"]) => world.send_message(channel, draft),
        ("GET", ["messages", id]) => world.get_message(channel, id),
        ("PATCH", ["messages", id]) => world.edit_message(channel, id, draft),
        ("DELETE", ["messages", id]) => world.delete_message(channel, id),
        _ => Err(NOT_FOUND),
    }
}

fn webhooks(world: &mut World, method: &str, token: &str, rest: &[&str], draft: &Draft) -> Answer {
    match (method, rest) {
        ("POST", []) => world.follow_up(token, draft),
        ("GET", ["messages", message]) => world.get_response(token, message),
        ("PATCH", ["messages", message]) => world.edit_response(token, message, draft),
        ("DELETE", ["messages", message]) => world.delete_response(token, message),
        _ => Err(NOT_FOUND),
    }
}
