//! What is wrong with a file of the knowledge, and what to write instead.
//!
//! A moderator's mistake is never an error that ends a program: it is a value, collected with all the others, so
//! that one run shows everything there is to mend. A [`Diagnostic`] carries the line it speaks of; it can be
//! shown long after the file has changed.

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The knowledge can't be used before this is mended.
    Error,
    /// The knowledge works, but patients would be better served otherwise.
    Warning,
}

/// Where in a file a problem lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The column of the first marked character, counted from 1 in characters.
    pub column: usize,
    /// How many characters of the line are marked, at least 1.
    pub width: usize,
    /// The whole line as it stands in the file.
    pub text: String,
}

impl Place {
    /// The place of the bytes `span` in `source`; a span over several lines is marked to the end of its first.
    pub fn new(source: &str, span: Range<usize>) -> Place {
        let start = floor_char_boundary(source, span.start);
        let line_start = source[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |length| start + length);
        let end = floor_char_boundary(source, span.end).clamp(start, line_end);
        Place {
            line: source[..line_start].matches('\n').count() + 1,
            column: source[line_start..start].chars().count() + 1,
            width: source[start..end].chars().count().max(1),
            text: source[line_start..line_end].trim_end_matches('\r').to_owned(),
        }
    }

    /// The marked bytes of [`Place::text`].
    fn marked(&self) -> Range<usize> {
        let byte = |chars: usize| self.text.char_indices().nth(chars).map_or(self.text.len(), |(at, _)| at);
        byte(self.column - 1)..byte(self.column - 1 + self.width)
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// One problem in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// A stable name of this kind of problem, such as `unknown-key`.
    pub code: &'static str,
    /// Whether the knowledge can be used all the same.
    pub severity: Severity,
    /// The file, relative to the knowledge folder, with `/` between folders.
    pub file: String,
    /// Where in the file, if the problem has a place.
    pub place: Option<Place>,
    /// What is wrong, in one line.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error that concerns `file` as a whole.
    pub fn error(code: &'static str, file: impl Into<String>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            file: file.into(),
            place: None,
            message: message.into(),
            help: None,
        }
    }

    /// A warning that concerns `file` as a whole.
    pub fn warning(code: &'static str, file: impl Into<String>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, file, message) }
    }

    /// The same problem, at these bytes of the file's text.
    pub fn at(self, source: &str, span: Range<usize>) -> Diagnostic {
        Diagnostic { place: Some(Place::new(source, span)), ..self }
    }

    /// The same problem, with the way out.
    pub fn help(self, help: impl Into<String>) -> Diagnostic {
        Diagnostic { help: Some(help.into()), ..self }
    }

    /// Whether the knowledge can't be used because of this.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The problem on one line, for the log: `topics/costs.toml:3:1: unknown key ...`.
    pub fn one_line(&self) -> String {
        let mut line = self.file.clone();
        if let Some(place) = &self.place {
            let _ = write!(line, ":{}:{}", place.line, place.column);
        }
        let _ = write!(line, ": {}", self.message);
        if let Some(help) = &self.help {
            let _ = write!(line, "; {help}");
        }
        line
    }

    fn order(&self, other: &Diagnostic) -> Ordering {
        let position = |d: &Diagnostic| d.place.as_ref().map(|place| (place.line, place.column));
        (&self.file, position(self), self.severity, self.code, &self.message).cmp(&(
            &other.file,
            position(other),
            other.severity,
            other.code,
            &other.message,
        ))
    }
}

/// Puts problems in the order in which a reader mends them (file, line, column), each once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(Diagnostic::order);
    diagnostics.dedup();
}

/// All problems as people read them: each with its line, a mark under the place, and the way out.
pub fn render(diagnostics: &[Diagnostic], renderer: &Renderer) -> String {
    diagnostics.iter().map(|diagnostic| render_one(diagnostic, renderer) + "\n\n").collect()
}

fn render_one(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code);
    let mut report = match &diagnostic.place {
        Some(place) => title.element(
            Snippet::source(&place.text)
                .path(&diagnostic.file)
                .line_start(place.line)
                .annotation(AnnotationKind::Primary.span(place.marked())),
        ),
        None => title.element(annotate_snippets::Origin::path(&diagnostic.file)),
    };
    if let Some(help) = &diagnostic.help {
        report = report.element(Level::HELP.message(help));
    }
    let report: [Group<'_>; 1] = [report];
    renderer.render(&report)
}

/// `1 error, 2 warnings`, or `no problems`.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let parts: Vec<String> = [(count(Severity::Error), "error"), (count(Severity::Warning), "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, one)| counted(count, one))
        .collect();
    if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") }
}

/// `1 error`, `2 errors`.
pub fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// One letter may be wrong in any word, and one more for so many letters.
const LETTERS_A_MISTAKE: usize = 4;

/// What to write instead of `word`, in words, if a candidate is near enough that it was probably meant.
pub fn correction<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    did_you_mean(word, candidates).map(|meant| format!("did you mean `{meant}`?"))
}

/// The candidate most like `word`, if one is near enough that it was probably meant.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / LETTERS_A_MISTAKE)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_not_bytes() {
        let source = "a = 1\nä = \"ö\" x\n";
        let at = source.find('x').expect("there is an x");
        let place = Place::new(source, at..at + 1);
        assert_eq!((place.line, place.column, place.width), (2, 9, 1));
        assert_eq!(place.text, "ä = \"ö\" x");
    }

    #[test]
    fn a_near_word_is_meant_and_a_far_one_is_not() {
        assert_eq!(did_you_mean("anwser", ["title", "answer"]), Some("answer"));
        assert_eq!(did_you_mean("colour", ["title", "answer"]), None);
    }
}
