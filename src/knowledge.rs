//! The knowledge: what moderators write, read into plain values.
//!
//! [`source`] finds the files (a folder, or the ones compiled into the binary), [`read`] turns each into the types of
//! [`schema`], and [`check`] holds the rules that need more than one file. All three collect [`Diagnostic`]s instead of
//! stopping at the first; [`load`] gives the knowledge, or everything that is wrong with it.

pub mod check;
mod copies;
mod day;
pub(crate) mod fields;
pub mod read;
pub mod schema;
pub mod source;
mod syntax;

use std::collections::BTreeSet;
use std::fmt;

use crate::diagnostic::{self, Diagnostic, counted};
use crate::markdown;
use crate::triage::Triage;
pub use schema::*;
pub use source::{Origin, SourceFile};

/// What came of reading a knowledge folder.
pub struct Loaded {
    /// The knowledge, unless an error stands in its way.
    pub knowledge: Option<Knowledge>,
    /// The signs of an emergency, compiled, where they were tried out.
    pub triage: Option<Triage>,
    /// Everything that is wrong, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// How much can be used, and how many files can't.
    pub tally: Tally,
}

/// How much there is to answer from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The number of topics.
    pub topics: usize,
    /// The number of boundaries.
    pub boundaries: usize,
    /// The number of phrasings of both.
    pub phrasings: usize,
    /// The number of files that can't be used, and count for nothing else.
    pub broken: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let boundaries = if self.boundaries == 1 { "boundary" } else { "boundaries" };
        write!(f, "{}, {} {boundaries}, ", counted(self.topics, "topic"), self.boundaries)?;
        f.write_str(&counted(self.phrasings, "phrasing"))?;
        if self.broken > 0 {
            write!(f, "; {} left out", counted(self.broken, "broken file"))?;
        }
        Ok(())
    }
}

impl Knowledge {
    /// How much of this has no error.
    pub(crate) fn tally(&self, diagnostics: &[Diagnostic]) -> Tally {
        let broken: BTreeSet<&str> = diagnostics.iter().filter(|d| d.is_error()).map(|d| d.file.as_str()).collect();
        let topics = self.topics.iter().filter(|topic| !broken.contains(check::topic_path(&topic.id).as_str()));
        let boundaries = self.boundaries.iter();
        let boundaries = boundaries.filter(|boundary| !broken.contains(check::boundary_path(&boundary.id).as_str()));
        let topics: Vec<usize> = topics.map(|topic| topic.questions.len()).collect();
        let boundaries: Vec<usize> = boundaries.map(|boundary| boundary.questions.len()).collect();
        Tally {
            topics: topics.len(),
            boundaries: boundaries.len(),
            phrasings: topics.iter().chain(&boundaries).sum(),
            broken: broken.iter().filter(|path| source::is_read(path)).count(),
        }
    }

    /// Removes the links of all topics, and leaves of those within a text what they say.
    pub fn remove_links(&mut self) {
        for topic in &mut self.topics {
            topic.links.clear();
            topic.answer = markdown::without_links(&topic.answer);
            topic.details = topic.details.as_deref().map(markdown::without_links);
        }
        for boundary in &mut self.boundaries {
            boundary.answer = markdown::without_links(&boundary.answer);
        }
    }
}

/// Reads and checks all files of `origin`: what stands in them has the right form, and fits together.
pub fn load(origin: &Origin) -> Loaded {
    load_with(origin, |_, _, _| None)
}

/// The same, and tries the knowledge out: the signs of an emergency are found in their examples, and only there. For
/// whoever changes knowledge, or serves it to patients.
pub fn load_and_try(origin: &Origin) -> Loaded {
    load_with(origin, |knowledge, files, diagnostics| Some(check::try_out(knowledge, files, diagnostics)))
}

fn load_with(
    origin: &Origin,
    try_out: impl FnOnce(&Knowledge, &[SourceFile], &mut Vec<Diagnostic>) -> Option<Triage>,
) -> Loaded {
    let mut diagnostics = Vec::new();
    let files = source::files(origin, &mut diagnostics);
    let knowledge = read::knowledge(&files, &mut diagnostics);
    check::check(&knowledge, &files, &mut diagnostics);
    let triage = try_out(&knowledge, &files, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    let usable = !diagnostics.iter().any(Diagnostic::is_error);
    let tally = knowledge.tally(&diagnostics);
    Loaded { knowledge: usable.then_some(knowledge), triage, diagnostics, tally }
}
