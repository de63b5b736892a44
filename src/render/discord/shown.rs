//! An answer in so few words that a button can carry it, and enough to draw it again.

use std::fmt;

use super::control::AND;
use crate::answer::{Depth, Reply};
use crate::guide::Guide;

/// The words for how much of the topics is shown.
const DEPTHS: [(&str, Depth); 3] = [("short", Depth::Short), ("full", Depth::Full), ("details", Depth::Details)];

/// The words for the answer under a boundary, and for a warning.
const BOUNDARY: &str = "boundary";
const WARNING: &str = "warning";

/// An answer, by the ids of what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// So much of these topics.
    Topics(Vec<String>, Depth),
    /// What is said under this boundary.
    Boundary(String),
    /// The words of help of this kind.
    Warning(String),
}

impl Shown {
    /// What a reply shows: of a warning the words of help alone, and nothing of a choice or where the guide has nothing,
    /// which say something to the one who asked only.
    pub fn of(reply: &Reply<'_>) -> Option<Shown> {
        if let Some(warning) = &reply.warning {
            return Some(Shown::Warning(warning.care.to_owned()));
        }
        match (reply.boundary, reply.topics.as_slice()) {
            (Some(boundary), _) => Some(Shown::Boundary(boundary.id.to_string())),
            (None, []) => None,
            (None, topics) => {
                Some(Shown::Topics(topics.iter().map(|topic| topic.id.to_string()).collect(), reply.depth))
            }
        }
    }

    /// What is voted on: the topics, or the boundary. Nobody is asked how they like a warning.
    pub(super) fn voted_on(&self) -> Option<Vec<String>> {
        match self {
            Shown::Topics(ids, _) => Some(ids.clone()),
            Shown::Boundary(id) => Some(vec![id.clone()]),
            Shown::Warning(_) => None,
        }
    }

    /// Whether it is a warning.
    pub(super) fn is_warning(&self) -> bool {
        matches!(self, Shown::Warning(_))
    }

    /// The reply that shows this again, if the guide still has all of it.
    pub fn reply<'g>(&self, guide: &'g Guide) -> Option<Reply<'g>> {
        match self {
            Shown::Topics(ids, depth) => guide.show_all(ids, *depth),
            Shown::Boundary(id) => guide.show_boundary(id),
            Shown::Warning(id) => guide.show_warning(id),
        }
    }

    /// What a `custom_id` says of it.
    pub(super) fn parse(text: &str) -> Option<Shown> {
        let (kind, ids) = text.split_once('/')?;
        match kind {
            BOUNDARY => return Some(Shown::Boundary(ids.to_owned())),
            WARNING => return Some(Shown::Warning(ids.to_owned())),
            _ => {}
        }
        let (_, depth) = DEPTHS.into_iter().find(|(word, _)| *word == kind)?;
        Some(Shown::Topics(ids.split(AND).map(str::to_owned).collect(), depth))
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::Topics(ids, depth) => {
                let word = DEPTHS.into_iter().find(|(_, known)| known == depth).map_or("", |(word, _)| word);
                write!(f, "{word}/{}", ids.join(&AND.to_string()))
            }
            Shown::Boundary(id) => write!(f, "{BOUNDARY}/{id}"),
            Shown::Warning(id) => write!(f, "{WARNING}/{id}"),
        }
    }
}
