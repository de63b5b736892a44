//! What is wrong with a file that is no TOML, in words for people who have never heard of TOML.
//!
//! The parser knows what it expected. What the writer did is told by [`MISTAKES`], by the beginning of the parser's
//! message; an unforeseen message is passed on as it is.

use std::ops::Range;

use super::source::SourceFile;
use crate::diagnostic::Diagnostic;

/// The beginning of the parser's message, ours, and the way out.
const MISTAKES: &[(&str, &str, &str)] = &[
    (
        "invalid basic string",
        "the closing quote of this text is missing",
        "write `\"` at its end; a text of several lines stands between `\"\"\"` and `\"\"\"`",
    ),
    ("invalid multi-line basic string", "the end of this text is missing", "write `\"\"\"` behind its last line"),
    ("string values must be quoted", "a text without quotes", "write it between `\"` and `\"`"),
    (
        "unexpected key or value",
        "the text ended before this",
        "write `\\\"` for a quote inside a text, and start a new line for a new key",
    ),
    ("missing escaped value", "a single `\\` can't stand in a text", "write `\\\\` for a backslash"),
    ("missing comma between", "the comma before this is missing", "write a comma behind each item of a list"),
    ("extra comma", "one comma too many", "remove it"),
    ("unclosed array table", "a bracket of this heading is missing", "write two on either side, as in `[[table]]`"),
    ("unclosed table", "the bracket of this heading is missing", "write it as in `[say]`"),
    ("unclosed array", "the end of this list is missing", "write `]` behind its last item"),
    ("unexpected `=` in array", "the list above has no end", "write `]` on a line before this one"),
    ("unclosed inline table", "the end of these figures is missing", "write `}` behind the last one"),
    ("duplicate key", "this key stands here for the second time", "keep one of the two, and remove the other"),
    ("invalid unquoted key", "this can't stand in a key", "write the key, then `=`, as in `title = \"...\"`"),
    ("key with no value", "there is no `=` on this line", "write `key = \"text\"`, or `#` in front of a remark"),
    ("invalid inline table", "the end of these figures is missing", "write `}` behind the last one"),
    ("invalid integer", NO_NUMBER, NUMBERS),
    ("invalid float", NO_NUMBER, NUMBERS),
    ("invalid date", NO_NUMBER, NUMBERS),
    ("invalid time", NO_NUMBER, NUMBERS),
];

/// What `23.11.2026`, `1 500` and `2026-13-01` have in common.
const NO_NUMBER: &str = "this is neither a number nor a date";
const NUMBERS: &str = "a date reads `2026-01-31`, a number `1500` or `0.5`; a text stands between `\"` and `\"`";

/// Quotes as word processors set them.
const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '«'];

/// One report for each line that the parser could make nothing of: its further errors on that line follow from the first.
pub(super) fn errors(file: &SourceFile, found: &[toml::de::Error]) -> Vec<Diagnostic> {
    let mut reports: Vec<Diagnostic> = found.iter().map(|error| report(file, error)).collect();
    reports.dedup_by_key(|report| report.place.as_ref().map(|place| place.line));
    reports
}

fn report(file: &SourceFile, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let (message, help) = mistake(&file.text, span.clone(), error.message());
    Diagnostic::error("syntax", &file.path, message).help(help).at(&file.text, span)
}

fn mistake(text: &str, span: Range<usize>, told: &str) -> (String, String) {
    let own = |message: &str, help: &str| (message.to_owned(), help.to_owned());
    let marked = text.get(span.clone()).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    if marked.starts_with(CURLY) {
        return own("these quotes are curly", "write straight ones: `\"`");
    }
    if told.starts_with("string values") && marked.trim().is_empty() {
        return own("there is nothing behind the `=`", "write a text there, between `\"` and `\"`");
    }
    if told.starts_with("string values") && behind.trim_start_matches(' ').starts_with('=') {
        return own("the list above has no end", "write `]` on a line before this one");
    }
    match MISTAKES.iter().find(|(beginning, ..)| told.starts_with(beginning)) {
        Some((_, message, help)) => own(message, help),
        None => own(&told.replace('\n', ", "), "a line reads `key = \"text\"`; a list stands between `[` and `]`"),
    }
}
