//! Removing what Discord puts into a message: mentions, channels, custom emoji, time stamps and web addresses.

use std::borrow::Cow;

/// The text with every piece of mark-up blanked: each of its bytes is a space, so all other bytes keep their place.
pub fn blank(text: &str) -> Cow<'_, str> {
    if !text.contains('<') && !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let mut out = text.to_owned();
    let mut at = 0;
    while let Some((start, end)) = next_markup(text, at) {
        out.replace_range(start..end, &" ".repeat(end - start));
        at = end;
    }
    Cow::Owned(out)
}

/// The first piece of mark-up at or after the byte `from`.
fn next_markup(text: &str, from: usize) -> Option<(usize, usize)> {
    let tag = text[from..].match_indices('<').find_map(|(offset, _)| {
        let start = from + offset;
        Some((start, tag_end(text, start)?))
    });
    let url = text[from..].find("://").map(|offset| {
        let colon = from + offset;
        let start = text[from..colon]
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(from, |space| from + space + text[from + space..].chars().next().map_or(1, char::len_utf8));
        (start, text[colon..].find(char::is_whitespace).map_or(text.len(), |length| colon + length))
    });
    match (tag, url) {
        (Some(tag), Some(url)) => Some(if tag.0 <= url.0 { tag } else { url }),
        (tag, url) => tag.or(url),
    }
}

/// Where the tag that opens at `start` ends, if it is one of Discord's: `<@1>`, `<@&1>`, `<#1>`, `<:name:1>`,
/// `<a:name:1>`, `<t:1:R>`, `</name:1>`.
fn tag_end(text: &str, start: usize) -> Option<usize> {
    const LONGEST: usize = 120;
    let body = &text[start + 1..];
    let close = body.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let inner = &body[..close];
    let opens = inner.starts_with(['@', '#', ':', '/']) || inner.starts_with("a:") || inner.starts_with("t:");
    let has_id = inner.bytes().any(|byte| byte.is_ascii_digit());
    (opens && has_id && !inner.contains(char::is_whitespace)).then_some(start + 1 + close + 1)
}

#[cfg(test)]
mod tests {
    use super::blank;

    #[test]
    fn mark_up_becomes_spaces_and_words_keep_their_place() {
        let cases = [
            ("<@123> hi", "       hi"),
            ("a <:cat:1> b", "a          b"),
            ("see https://x.y/z?q now", "see                 now"),
            ("(https://x.y) ok", "(             ok"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("ü://x y", "ü     y"),
        ];
        for (text, expected) in cases {
            let blanked = blank(text);
            assert_eq!(blanked.len(), text.len());
            assert_eq!(blanked.trim_end(), expected.trim_end(), "{text}");
        }
    }
}
