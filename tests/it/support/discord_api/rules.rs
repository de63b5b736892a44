//! The documented rules which Discord's description lacks, and the limits the bot comes near.
//!
//! A rule is a small function over a value that knows its place; the lists in [`message`], [`component`] and
//! [`command`] name them all.

mod command;
mod component;
mod message;

use super::at::At;
use super::{Finding, Request};

pub(crate) use message::pings;

/// A rule adds what it finds.
type Rule = fn(&At<'_>, &mut Vec<Finding>);

/// What a request's body is, as far as rules go.
enum Body<'a> {
    NewMessage(At<'a>),
    EditedMessage(At<'a>),
    DeferredReply(At<'a>),
    Modal(At<'a>),
    Choices(At<'a>),
    Commands(At<'a>, command::Scope),
    Command(At<'a>, command::Scope),
}

impl<'a> Body<'a> {
    fn of(request: &'a Request) -> Option<Self> {
        use command::Scope::{Global, Guild};
        let body = At::body(request.body.as_ref()?);
        let body = match (request.method.as_str(), request.segments().as_slice()) {
            ("POST", ["channels", _, "messages"] | ["webhooks", _, _]) => Body::NewMessage(body),
            ("PATCH", ["channels", _, "messages", _] | ["webhooks", _, _, "messages", _]) => Body::EditedMessage(body),
            ("POST", ["interactions", _, _, "callback"]) => return Body::of_callback(&body),
            ("PUT", ["applications", _, "commands"]) => Body::Commands(body, Global),
            ("PUT", ["applications", _, "guilds", _, "commands"]) => Body::Commands(body, Guild),
            ("POST", ["applications", _, "commands"]) => Body::Command(body, Global),
            ("POST", ["applications", _, "guilds", _, "commands"]) => Body::Command(body, Guild),
            _ => return None,
        };
        Some(body)
    }

    fn of_callback(body: &At<'a>) -> Option<Self> {
        let data = body.get("data");
        match body.number("type")? {
            4 => Some(Body::NewMessage(data)),
            5 => Some(Body::DeferredReply(data)),
            7 => Some(Body::EditedMessage(data)),
            8 => Some(Body::Choices(data)),
            9 => Some(Body::Modal(data)),
            _ => None,
        }
    }
}

/// What the documentation finds wrong with a request.
pub(super) fn check(request: &Request) -> Vec<Finding> {
    let mut found = Vec::new();
    match Body::of(request) {
        Some(Body::NewMessage(body)) => {
            message::not_empty(&body, &request.files, &mut found);
            message::check(&body, &request.files, &mut found);
        }
        Some(Body::EditedMessage(body)) => message::check(&body, &request.files, &mut found),
        Some(Body::DeferredReply(body)) => message::deferred(&body, &mut found),
        Some(Body::Modal(body)) => component::modal(&body, &mut found),
        Some(Body::Choices(body)) => command::suggestions(&body, &mut found),
        Some(Body::Commands(body, scope)) => command::list(&body, scope, &mut found),
        Some(Body::Command(body, scope)) => command::check(&body, scope, &mut found),
        None => {}
    }
    found
}

/// Reports each value that an earlier one has already, with the place of the first.
fn unique<'a>(what: &str, values: impl IntoIterator<Item = (String, At<'a>)>, found: &mut Vec<Finding>) {
    let mut seen = std::collections::BTreeMap::new();
    for (value, at) in values {
        if let Some(first) = seen.get(&value) {
            found.push(at.breaks(format_args!("{what} {value} stands at {first} already")));
        } else {
            seen.insert(value, at.place);
        }
    }
}
