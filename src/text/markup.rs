//! Removing what Discord puts into a message: mentions, channels, custom emoji, time stamps and web addresses.

use std::borrow::Cow;

/// The text with every piece of mark-up blanked: each of its bytes is a space, so all other bytes keep their place.
pub fn blank(text: &str) -> Cow<'_, str> {
    if !text.contains('<') && !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', ':']) {
        let (start, end) = match tag_end(rest, at) {
            Some(end) => (at, end),
            None if rest[at..].starts_with("://") => (scheme_start(rest, at), url_end(rest, at)),
            None => (at + 1, at + 1),
        };
        out.push_str(&rest[..start]);
        out.extend(std::iter::repeat_n(' ', end - start));
        rest = &rest[end..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Where the scheme of an address begins whose colon stands at `colon`: the letters in front of it.
fn scheme_start(text: &str, colon: usize) -> usize {
    text[..colon].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()
}

fn url_end(text: &str, colon: usize) -> usize {
    text[colon..].find(char::is_whitespace).map_or(text.len(), |length| colon + length)
}

/// Where the tag that opens at `start` ends, if there is one and it is Discord's: `<@1>`, `<@&1>`, `<#1>`, `<:name:1>`,
/// `<a:name:1>`, `<t:1:R>`, `</name:1>`.
fn tag_end(text: &str, start: usize) -> Option<usize> {
    const LONGEST: usize = 120;
    if !text[start..].starts_with('<') {
        return None;
    }
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
