//! What is wrong with a file that is no TOML, in words for people who have never heard of TOML.
//!
//! The parser knows what it expected. What the writer did is told by [`MISTAKES`], by the beginning of the parser's
//! message; an unforeseen message is passed on as it is.

use std::ops::Range;

use super::day;
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
    ("carriage return", "only half a line break stands here", "delete this line break, and press Enter instead"),
    ("missing opening quote", "the opening quote of this text is missing", "write `\"` in front of it"),
];

/// What `23.11.2026`, `1 500` and `2026-13-01` have in common.
const NO_NUMBER: &str = "this is neither a number nor a date";
const NUMBERS: &str = "a date reads `2026-01-31`, a number `1500` or `0.5`; a text stands between `\"` and `\"`";

/// The beginnings of what the parser says of a place within a text.
const WITHIN_A_TEXT: [&str; 2] = ["missing escaped value", "invalid multi-line"];

/// Quotes as word processors set them.
const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '«'];
const STRAIGHT: &str = "write straight ones: `\"`";

/// Characters that come in with text copied from elsewhere: what they are, and what to do.
const ODD: &[(&[char], &str, &str)] = &[
    (&['“', '”', '„'], "these quotes are curly", STRAIGHT),
    (
        &['\u{a0}', '\u{202f}', '\u{2007}', '\u{2009}', '\u{3000}'],
        "this is no ordinary space, though it looks like one (word processors and web pages use it)",
        "delete it, and type a space instead",
    ),
    (
        &['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}', '\u{200e}', '\u{200f}'],
        "an invisible character stands here (copied from a web page or a document)",
        "delete this line, and type it again",
    ),
    (&['\u{2028}', '\u{2029}'], "this line break is a word processor's", "delete it, and press Enter instead"),
    (&['＝', '﹦'], "this is no ordinary `=`, though it looks like one", "type `=` instead"),
];

/// One report for each line that the parser could make nothing of: its further errors on that line follow from the first.
pub(super) fn errors(file: &SourceFile, found: &[toml::de::Error]) -> Vec<Diagnostic> {
    let mut reports: Vec<Diagnostic> = found.iter().map(|error| report(file, error)).collect();
    reports.dedup_by_key(|report| report.place.as_ref().map(|place| place.line));
    reports
}

fn report(file: &SourceFile, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let line = line_at(&file.text, span.start);
    // Within a text, any character may stand.
    let within = WITHIN_A_TEXT.iter().any(|beginning| error.message().starts_with(beginning));
    let odd = || (!within).then(|| odd_character(&file.text, line.clone())).flatten();
    let (message, help, span) = date(&file.text, line.clone()).or_else(odd).unwrap_or_else(|| {
        let (message, help) = mistake(&file.text, span.clone(), error.message());
        (message, help, span)
    });
    Diagnostic::error("syntax", &file.path, message).help(help).at(&file.text, span)
}

/// The bytes of the line on which the byte `at` stands.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length);
    start..end
}

/// The one key whose value is a date.
const DATE: &str = "reviewed";

/// A message, the way out, and the bytes of which they speak.
type Mistake = (String, String, Range<usize>);

/// A date that stands on this line in another form than TOML's.
fn date(text: &str, line: Range<usize>) -> Option<Mistake> {
    let (key, value) = text[line.clone()].split_once('=')?;
    let value = value.split('#').next()?.trim();
    let (message, help) = (key.trim() == DATE).then(|| day::mistake(DATE, value))??;
    let start = line.start + text[line].find(value)?;
    Some((message, help, start..start + value.len()))
}

/// The first character on this line that looks like another one and is none of TOML's; within a text it may stand.
fn odd_character(text: &str, line: Range<usize>) -> Option<Mistake> {
    let (mut within, mut escaped) = (false, false);
    for (at, c) in text[line.clone()].char_indices() {
        let span = line.start + at..line.start + at + c.len_utf8();
        if let Some((message, help)) = ODD.iter().find_map(|(odd, name, help)| odd.contains(&c).then_some((name, help)))
            && !within
        {
            return Some(((*message).to_owned(), (*help).to_owned(), span));
        }
        if c == '#' && !within {
            break;
        }
        within ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
    }
    within.then(|| curly_end(text, line)).flatten()
}

/// The curly quote that was meant to end the text on this line.
fn curly_end(text: &str, line: Range<usize>) -> Option<Mistake> {
    let end = text[line.clone()].trim_end_matches([',', ']', ' ', '\r']);
    let c = end.chars().next_back().filter(|c| CURLY.contains(c))?;
    let span = line.start + end.len() - c.len_utf8()..line.start + end.len();
    Some(("this text begins with a straight quote and ends with a curly one".to_owned(), STRAIGHT.to_owned(), span))
}

fn mistake(text: &str, span: Range<usize>, told: &str) -> (String, String) {
    let own = |message: &str, help: &str| (message.to_owned(), help.to_owned());
    let marked = text.get(span.clone()).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    if marked.starts_with(CURLY) {
        return own("these quotes are curly", STRAIGHT);
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
