//! The knowledge: what moderators write, read into plain values.
//!
//! [`source`] finds the files (a folder, or the ones compiled into the binary), [`read`] turns each into the types of
//! [`schema`], and [`check`] holds the rules that need more than one file. All three collect [`Diagnostic`]s instead of
//! stopping at the first; [`load`] gives the knowledge, [`Checked`], or everything that is wrong with it.

mod adverts;
mod alarms;
pub mod calendar;
pub mod check;
mod claims;
mod compare;
mod copies;
mod day;
mod facts;
pub(crate) mod fields;
mod figures;
mod freshness;
mod glossary;
mod languages;
mod lists;
mod markup;
pub mod numbers;
mod passage;
mod phrasebook;
mod places;
mod plain;
mod provenance;
pub mod read;
pub mod schema;
pub mod source;
mod statements;
mod sums;
mod syntax;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Deref;

use crate::diagnostic::{self, Diagnostic, counted};
use crate::markdown;
use crate::triage::Triage;
pub(crate) use check::{boundary_path, topic_path};
pub use numbers::Numbers;
pub use schema::*;
pub use source::{Origin, SourceFile};

/// What came of reading a knowledge folder.
pub struct Loaded {
    /// The knowledge, unless an error stands in its way.
    pub knowledge: Option<Checked>,
    /// The signs of an emergency, compiled, where they were tried out.
    pub triage: Option<Triage>,
    /// Everything that is wrong, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// How much can be used, and how many files can't.
    pub tally: Tally,
    /// The files that are not there and without which patients are less safe, each with what holds without it.
    pub missing_nets: Vec<(&'static str, &'static str)>,
}

/// Knowledge that was checked and has no error, so that a guide can be made of it: there is a topic, and whatever is
/// named exists. Only loading makes one.
#[derive(Clone, Debug)]
pub struct Checked(Knowledge);

impl Checked {
    fn unless_wrong(knowledge: Knowledge, diagnostics: &[Diagnostic]) -> Option<Checked> {
        (!diagnostics.iter().any(Diagnostic::is_error)).then_some(Checked(knowledge))
    }

    /// The knowledge, to be taken apart.
    pub fn into_knowledge(self) -> Knowledge {
        self.0
    }

    /// Has the words of help say these numbers.
    pub fn name_numbers(&mut self, set: &Numbers) {
        self.0.urgent.name_numbers(set);
    }

    /// Removes the links of all topics, and leaves of those within a text what they say.
    pub fn remove_links(&mut self) {
        for topic in &mut self.0.topics {
            topic.links.clear();
            topic.answer = markdown::without_links(&topic.answer);
            topic.details = topic.details.as_deref().map(markdown::without_links);
        }
        for boundary in &mut self.0.boundaries {
            boundary.answer = markdown::without_links(&boundary.answer);
        }
    }
}

impl Deref for Checked {
    type Target = Knowledge;

    fn deref(&self) -> &Knowledge {
        &self.0
    }
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
    /// The topic with this id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.place_of(id).map(|place| &self.topics[place])
    }

    /// Where the topic with this id stands among all.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        self.topics.binary_search_by(|topic| topic.id.as_str().cmp(id)).ok()
    }

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
}

/// Reads and checks all files of `origin`: what stands in them has the right form, and fits together.
pub fn load(origin: &Origin) -> Loaded {
    let mut diagnostics = Vec::new();
    let files = source::files(origin, &mut diagnostics);
    load_with(&files, diagnostics, |_, _| None)
}

/// The same of files that are read already.
pub fn load_files(files: &[SourceFile]) -> Loaded {
    load_with(files, Vec::new(), |_, _| None)
}

/// The same as [`load`], and tries the knowledge out: the signs of an emergency are found in their examples, and only
/// there, the texts say what they may, and the surface that has `rule` can show everything. For whoever changes knowledge,
/// or serves it to patients. What is due for review is told if the day is handed in.
pub fn load_and_try(origin: &Origin, today: Option<Date>, rule: impl FnOnce(&Knowledge) -> Vec<Diagnostic>) -> Loaded {
    let mut diagnostics = Vec::new();
    let files = source::files(origin, &mut diagnostics);
    load_with(&files, diagnostics, |knowledge, diagnostics| {
        let triage = check::try_out(knowledge, &files, today, diagnostics);
        let told: BTreeSet<String> =
            diagnostics.iter().filter(|known| known.is_error()).map(|known| known.file.clone()).collect();
        // What is wrong in itself is told already.
        diagnostics.extend(rule(knowledge).into_iter().filter(|found| !told.contains(&found.file)));
        Some(triage)
    })
}

/// The sorted messages in a file of the form of `alarms.toml`, or what is wrong with it.
pub fn read_messages(path: &str, text: &str) -> Result<Alarms, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let file = SourceFile { path: path.to_owned(), text: text.to_owned() };
    let messages = read::read(&file, &mut diagnostics, alarms::alarms);
    messages.filter(|_| diagnostics.is_empty()).ok_or(diagnostics)
}

fn load_with(
    files: &[SourceFile],
    mut diagnostics: Vec<Diagnostic>,
    try_out: impl FnOnce(&Knowledge, &mut Vec<Diagnostic>) -> Option<Triage>,
) -> Loaded {
    let knowledge = read::knowledge(files, &mut diagnostics);
    check::check(&knowledge, files, &mut diagnostics);
    let triage = try_out(&knowledge, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    let tally = knowledge.tally(&diagnostics);
    let missing_nets = source::missing_nets(files);
    Loaded { knowledge: Checked::unless_wrong(knowledge, &diagnostics), triage, diagnostics, tally, missing_nets }
}
