//! The knowledge: what moderators write, read into plain values.
//!
//! [`source`] finds the files (a folder, or the ones compiled into the binary), [`read`] turns each into the types of
//! [`schema`], and [`check`] holds the rules that need more than one file. All three collect [`Diagnostic`]s instead of
//! stopping at the first; [`load`] gives the knowledge, or everything that is wrong with it.

pub mod check;
mod fields;
pub mod read;
pub mod schema;
pub mod source;
mod syntax;

use crate::diagnostic::{self, Diagnostic};
pub use schema::*;
pub use source::{Origin, SourceFile};

/// What came of reading a knowledge folder.
pub struct Loaded {
    /// The knowledge, unless an error stands in its way.
    pub knowledge: Option<Knowledge>,
    /// Everything that is wrong, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks all files of `origin`.
pub fn load(origin: &Origin) -> Loaded {
    let mut diagnostics = Vec::new();
    let files = source::files(origin, &mut diagnostics);
    let knowledge = read::knowledge(&files, &mut diagnostics);
    check::check(&knowledge, &files, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    let usable = !diagnostics.iter().any(Diagnostic::is_error);
    Loaded { knowledge: usable.then_some(knowledge), diagnostics }
}
