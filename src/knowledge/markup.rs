//! Mark-up: patients read bold words, lists and links, and see the signs of everything else.

use std::ops::Range;

use super::check::Checker;
use super::passage::{Passage, ReadAs};
use crate::diagnostic::Diagnostic;

/// How an address begins that may stand in a text.
const SAFE: &str = "https://";

/// Mark-up that is not shown as such: its bytes, what it is, and the way out.
struct Unshown {
    part: Range<usize>,
    message: String,
    help: &'static str,
}

/// No text has mark-up that is not shown, or a link that can't be trusted.
pub(super) fn texts_are_marked_up_as_shown(checker: &mut Checker<'_>) {
    let read = |passage: &&Passage| !matches!(passage.read_as, ReadAs::Section | ReadAs::Row | ReadAs::Fact);
    for passage in checker.knowledge.passages.iter().filter(read) {
        for Unshown { part, message, help } in unshown(&passage.text) {
            let diagnostic = Diagnostic::error("bad-markdown", &passage.file, message).help(help);
            checker.report_in(diagnostic, passage, &part);
        }
    }
}

fn unshown(text: &str) -> Vec<Unshown> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let opening = start + line.len() - line.trim_start().len();
        let whole = opening..opening + line.trim().len();
        found.extend(of_line(line.trim(), whole));
        start += line.len();
    }
    found.extend(tags(text));
    found.extend(links(text));
    found.extend(bare_addresses(text));
    found
}

/// A line that is a heading, a row of a table, or a rule.
fn of_line(line: &str, part: Range<usize>) -> Option<Unshown> {
    let after_signs = line.trim_start_matches('#');
    let is_heading = after_signs.len() < line.len() && after_signs.starts_with(' ');
    let is_row = line.len() > 1 && line.starts_with('|') && line.ends_with('|') && !line.starts_with("||");
    let is_rule = line.len() > 2 && ['-', '*', '_', '='].iter().any(|sign| line.trim_matches(*sign).is_empty());
    let (message, help) = if is_heading {
        (
            "a heading with `#` does not fit among the other lines of a reply",
            "take the signs out; what heads a part of an answer can be bold: `**...**`",
        )
    } else if is_row {
        ("a table drawn with `|` is not shown as a table", "write a `[[table]]` into the topic, or a list with `- `")
    } else if is_rule {
        ("a line of signs is not shown as a rule", "take it out, and leave an empty line")
    } else {
        return None;
    };
    Some(Unshown { part, message: message.to_owned(), help })
}

/// What looks like HTML: `<b>`, `</b>`, `<br />`.
fn tags(text: &str) -> impl Iterator<Item = Unshown> {
    text.match_indices('<').filter_map(|(at, _)| {
        let tag = &text[at..=at + text[at..].find('>')?];
        let inner = tag.trim_matches(['<', '>', '/']);
        let name = inner.split([' ', '\n']).next().unwrap_or_default();
        let is_tag =
            name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric());
        let message = format!("`{tag}` is not understood, and shown as it stands");
        is_tag.then_some(Unshown {
            part: at..at + tag.len(),
            message,
            help: "take it out; bold words stand between `**`",
        })
    })
}

/// Pictures, and links that lead elsewhere than to a page that can be trusted.
fn links(text: &str) -> impl Iterator<Item = Unshown> {
    text.match_indices("](").filter_map(|(middle, _)| {
        let start = text[..middle].rfind('[')?;
        let end = middle + text[middle..].find(')')?;
        let address = &text[middle + 2..end];
        let (start, message, help) = if text[..start].ends_with('!') {
            (start - 1, "a picture in a text is not shown".to_owned(), "take it out, or link to it")
        } else if !address.starts_with(SAFE) {
            let message = format!("the link `{address}` does not start with `{SAFE}`");
            (start, message, "copy the whole address from the browser, or leave the words alone without a link")
        } else {
            return None;
        };
        Some(Unshown { part: start..end + 1, message, help })
    })
}

/// Addresses without a label, which Discord makes into links.
fn bare_addresses(text: &str) -> impl Iterator<Item = Unshown> {
    const UNSAFE: &str = "http://";
    let bare = text.match_indices(UNSAFE).filter(|(at, _)| !text[..*at].ends_with("]("));
    bare.map(|(at, _)| {
        let length = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
        let message = format!("the link `{}` does not start with `{SAFE}`", &text[at..at + length]);
        Unshown { part: at..at + length, message, help: "copy the whole address from the browser" }
    })
}

#[cfg(test)]
mod tests {
    use super::unshown;

    #[test]
    fn what_is_shown_is_left() {
        for text in [
            "**Bold**, a [page](https://example.org/a_b), and https://example.org",
            "- one\n- two\n1. three\n\n#1 of all, 1 < 2 > 0, <3, ||hidden||, a|b",
            "[sic] (so it stands)",
        ] {
            let found: Vec<String> = unshown(text).into_iter().map(|unshown| unshown.message).collect();
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    #[test]
    fn the_part_is_what_is_not_shown() {
        for (text, part) in [
            ("One.\n  ## Two\nThree", "## Two"),
            ("| a | b |\n", "| a | b |"),
            ("a\n---\nb", "---"),
            ("so <br/> it goes", "<br/>"),
            ("see ![this](https://x.y)", "![this](https://x.y)"),
            ("see [this](javascript:alert) now", "[this](javascript:alert)"),
            ("at http://x.y now", "http://x.y"),
        ] {
            let found: Vec<&str> = unshown(text).into_iter().map(|unshown| &text[unshown.part]).collect();
            assert_eq!(found, [part], "{text}");
        }
    }
}
