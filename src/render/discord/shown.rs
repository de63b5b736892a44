//! An answer in so few words that a button can carry it, and enough to draw it again.

use std::fmt;

use super::control::{AND, ids};
use crate::answer::{Depth, Reply};
use crate::guide::Guide;
use crate::sheet::{self, Again, Sheet};

/// The words for how much of the topics is shown.
const DEPTHS: [(&str, Depth); 3] = [("short", Depth::Short), ("full", Depth::Full), ("details", Depth::Details)];

/// The words for the answer under a boundary, for a warning, for what a command works out, and for the message itself.
const BOUNDARY: &str = "boundary";
const WARNING: &str = "warning";
const SHEET: &str = "sheet";
const ITSELF: &str = "itself";

/// An answer, by the ids of what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// So much of these topics.
    Topics(Vec<String>, Depth),
    /// What is said under this boundary.
    Boundary(String),
    /// The words of help of this kind.
    Warning(String),
    /// What the command of this topic works out with this typed behind it.
    Sheet(String, String),
    /// The message on which the button stands, as it is: nothing but its own words can tell them again.
    Itself,
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

    /// What a sheet shows: of a warning the words of help alone, and nothing where nobody else wants to read it.
    pub(super) fn of_sheet(sheet: &Sheet<'_>) -> Option<Shown> {
        if let Some(warning) = &sheet.warning {
            return Some(Shown::Warning(warning.care.to_owned()));
        }
        match &sheet.again {
            Again::Typed(typed) => Some(Shown::Sheet(sheet.topics.first()?.id.to_string(), typed.clone())),
            Again::InItsWords => Some(Shown::Itself),
            Again::Never => None,
        }
    }

    /// What is voted on: the topics, or the boundary. Nobody is asked how they like a warning.
    pub(super) fn voted_on(&self) -> Option<Vec<String>> {
        match self {
            Shown::Topics(ids, _) => Some(ids.clone()),
            Shown::Boundary(id) | Shown::Sheet(id, _) => Some(vec![id.clone()]),
            Shown::Warning(_) | Shown::Itself => None,
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
            Shown::Sheet(..) | Shown::Itself => None,
        }
    }

    /// The sheet that shows this again, if the guide can still work it out.
    pub fn sheet<'g>(&self, guide: &'g Guide) -> Option<Sheet<'g>> {
        match self {
            Shown::Sheet(id, typed) => sheet::typed(guide, guide.topic(id)?, typed),
            _ => None,
        }
    }

    /// What a `custom_id` says of it.
    pub(super) fn parse(text: &str) -> Option<Shown> {
        if text == ITSELF {
            return Some(Shown::Itself);
        }
        let (kind, ids) = text.split_once('/')?;
        match kind {
            BOUNDARY => return Some(Shown::Boundary(ids.to_owned())),
            WARNING => return Some(Shown::Warning(ids.to_owned())),
            SHEET => return ids.split_once('/').map(|(id, typed)| Shown::Sheet(id.to_owned(), typed.to_owned())),
            _ => {}
        }
        let (_, depth) = DEPTHS.into_iter().find(|(word, _)| *word == kind)?;
        Some(Shown::Topics(self::ids(ids), depth))
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
            Shown::Sheet(id, typed) => write!(f, "{SHEET}/{id}/{typed}"),
            Shown::Itself => f.write_str(ITSELF),
        }
    }
}
