//! The little Markdown that moderators write: bold words, links and lists.
//!
//! A text is taken line by line, as Discord shows it: every line break stays one. What is not closed is plain text.

/// A line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// What opens an item of a list, such as `-` or `2.`; empty on any other line.
    pub marker: &'t str,
    /// The rest of the line.
    pub spans: Vec<Span<'t>>,
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span<'t> {
    /// As it is.
    Plain(&'t str),
    /// `**bold**`
    Bold(&'t str),
    /// `[label](url)`
    Link {
        /// What the link says.
        label: &'t str,
        /// Where it leads.
        url: &'t str,
    },
}

/// The lines of `text`.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().map(|line| {
        let (marker, rest) = split_marker(line.trim());
        Line { marker, spans: spans(rest) }
    })
}

fn split_marker(line: &str) -> (&str, &str) {
    let Some((marker, rest)) = line.split_once(' ') else { return ("", line) };
    let number = marker.strip_suffix('.').unwrap_or_default();
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if numbered || matches!(marker, "-" | "*") { (marker, rest.trim_start()) } else { ("", line) }
}

/// The parts of one line.
pub fn spans(line: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(offset) = line[at..].find(['*', '[']) {
        at += offset;
        let Some((span, length)) = bold(&line[at..]).or_else(|| link(&line[at..])) else {
            at += 1;
            continue;
        };
        if plain < at {
            spans.push(Span::Plain(&line[plain..at]));
        }
        spans.push(span);
        at += length;
        plain = at;
    }
    if plain < line.len() {
        spans.push(Span::Plain(&line[plain..]));
    }
    spans
}

/// The bold words that `text` opens with, and how many bytes they take.
fn bold(text: &str) -> Option<(Span<'_>, usize)> {
    let inner = text.strip_prefix("**")?;
    let words = &inner[..inner.find("**").filter(|end| *end > 0)?];
    Some((Span::Bold(words), words.len() + 4))
}

/// The link that `text` opens with, and how many bytes it takes.
fn link(text: &str) -> Option<(Span<'_>, usize)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (url, _) = rest.split_once(')')?;
    let sound = !label.contains('[') && url.starts_with("http") && !url.contains(char::is_whitespace);
    sound.then_some((Span::Link { label, url }, label.len() + url.len() + 4))
}

/// The text with each link replaced by what it says.
pub fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        for span in spans(line) {
            match span {
                Span::Plain(words) | Span::Link { label: words, .. } => out.push_str(words),
                Span::Bold(words) => out.extend(["**", words, "**"]),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_links_and_what_is_not_closed() {
        let link = Span::Link { label: "page", url: "https://x.y" };
        let cases: [(&str, &[Span<'_>]); 6] = [
            ("a **b** c", &[Span::Plain("a "), Span::Bold("b"), Span::Plain(" c")]),
            ("[page](https://x.y)!", &[link, Span::Plain("!")]),
            ("**open [too", &[Span::Plain("**open [too")]),
            ("****", &[Span::Plain("****")]),
            ("[a](b)", &[Span::Plain("[a](b)")]),
            ("", &[]),
        ];
        for (line, expected) in cases {
            assert_eq!(spans(line), expected, "{line}");
        }
    }

    #[test]
    fn items_have_markers() {
        let text = "Intro\n\n- one\n12. two\n-none\n";
        let markers: Vec<&str> = lines(text).map(|line| line.marker).collect();
        assert_eq!(markers, ["", "", "-", "12.", ""]);
    }

    #[test]
    fn a_link_leaves_its_label() {
        assert_eq!(without_links("See **the** [page](https://x.y).\n- ö\n"), "See **the** page.\n- ö\n");
    }
}
