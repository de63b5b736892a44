//! Checks a request to Discord's REST API as Discord would, and more loudly.
//!
//! Three things speak: Discord's published OpenAPI description ([`description`]), the documented rules which
//! that description lacks ([`rules`]), and one rule of this project's own, that nobody is ever pinged
//! ([`pings`]). Limits which the description knows too stand among the rules once more where the bot comes near
//! them, because a machine without the description must still notice a button label of ninety characters.

mod at;
mod description;
mod rules;

pub(crate) use description::neighbour;
pub(crate) use rules::pings;

use std::fmt;

use serde_json::Value;

/// A request as it went over the wire.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    /// In capitals, as HTTP writes it.
    pub(crate) method: String,
    /// With or without `/api/v10`, with ids or with the description's placeholders in their places.
    pub(crate) path: String,
    /// The JSON body; of a multipart request its `payload_json` part.
    pub(crate) body: Option<Value>,
    /// The names of the other parts of a multipart request, such as `files[0]`.
    pub(crate) files: Vec<String>,
}

impl Request {
    /// The path in its parts, without the version of the API and without the query.
    pub(crate) fn segments(&self) -> Vec<&str> {
        let path = self.path.split('?').next().unwrap_or_default();
        let path = path.strip_prefix("/api/v10").unwrap_or(path);
        path.split('/').filter(|part| !part.is_empty()).collect()
    }

    /// Whether the query holds this pair, such as `with_response=true`.
    pub(crate) fn asks_for(&self, pair: &str) -> bool {
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|given| given == pair)
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// Who says that something is wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// Discord's description says no.
    Schema,
    /// The written documentation says no, or this project does; the description is silent or laxer.
    Rule,
    /// The description does not name this property or this operation, which is usually a spelling mistake.
    Unknown,
}

/// Something wrong with a request, at a named place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    pub(crate) message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.message)
    }
}

/// All that Discord would find wrong with a request.
pub(crate) fn check(request: &Request) -> Vec<Finding> {
    let mut found = description::shared().map_or_else(Vec::new, |description| description.check(request));
    found.extend(rules::check(request));
    found
}

/// The part of a text that fits into a message about it.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
