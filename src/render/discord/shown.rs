//! An answer in so few words that a button can carry it, and enough to draw it again.

use std::fmt;

use super::control::AND;
use crate::answer::{Depth, Reply};
use crate::guide::Guide;

/// The words for how much of the topics is shown.
const DEPTHS: [(&str, Depth); 3] = [("short", Depth::Short), ("full", Depth::Full), ("details", Depth::Details)];

/// The word for the answer under a boundary.
const BOUNDARY: &str = "boundary";

/// An answer, by the ids of what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// So much of these topics.
    Topics(Vec<String>, Depth),
    /// What is said under this boundary.
    Boundary(String),
}

impl Shown {
    /// What a reply shows. A warning is for the one who is in danger, a choice for the one who asked, and "the guide does
    /// not cover this" for nobody else either.
    pub fn of(reply: &Reply<'_>) -> Option<Shown> {
        match (reply.boundary, reply.topics.as_slice()) {
            _ if reply.warning.is_some() => None,
            (Some(boundary), _) => Some(Shown::Boundary(boundary.id.to_string())),
            (None, []) => None,
            (None, topics) => {
                Some(Shown::Topics(topics.iter().map(|topic| topic.id.to_string()).collect(), reply.depth))
            }
        }
    }

    /// The reply that shows this again, if the guide still has all of it.
    pub fn reply<'g>(&self, guide: &'g Guide) -> Option<Reply<'g>> {
        match self {
            Shown::Topics(ids, depth) => guide.show_all(ids, *depth),
            Shown::Boundary(id) => guide.show_boundary(id),
        }
    }

    /// What a `custom_id` says of it.
    pub(super) fn parse(text: &str) -> Option<Shown> {
        let (kind, ids) = text.split_once('/')?;
        if kind == BOUNDARY {
            return Some(Shown::Boundary(ids.to_owned()));
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
        }
    }
}
