//! A look at an advert: which red flags its words show, and what it does not tell.

use std::ops::Range;

use super::{Again, Sheet, list, paragraphs, plain};
use crate::guide::Guide;
use crate::knowledge::{AdvertFindings, AdvertsFile};
use crate::text::markup;

/// A quote takes so many bytes more on both sides of what was found, where its sentence is so long.
const AROUND: usize = 30;

/// A look at the words of an advert; nothing where the guide has no rules for it.
///
/// Triage comes first: a message need not be the advert that somebody took it for.
pub fn advert<'g>(guide: &'g Guide, text: &str) -> Option<Sheet<'g>> {
    let file = guide.knowledge().adverts.as_ref()?;
    let findings = guide.look_at_advert(text)?;
    let alarm = guide.alarm(text);
    let sheet = blank(guide, file, if alarm.is_some() { "urgent" } else { "advert" });
    let disclaimer = if alarm.is_some() { &guide.knowledge().guide.disclaimer_urgent } else { sheet.disclaimer };
    let (said, again) = if markup::blank(text).chars().any(char::is_alphanumeric) {
        (told(guide, file, &findings, text), Again::InItsWords)
    } else {
        (file.say.empty.clone(), Again::Never)
    };
    Some(Sheet { warning: alarm, title: file.say.title.clone(), text: said, disclaimer, again, ..sheet })
}

/// The same without what was found, which quotes the advert; nothing where the guide has no rules for adverts.
pub fn without_words(guide: &Guide) -> Option<Sheet<'_>> {
    let sheet = blank(guide, guide.knowledge().adverts.as_ref()?, "advert");
    Some(Sheet { again: Again::InItsWords, ..sheet })
}

fn blank<'g>(guide: &'g Guide, file: &'g AdvertsFile, outcome: &'static str) -> Sheet<'g> {
    let sheet = Sheet::of(guide, outcome);
    match guide.topic(file.topic.as_str()) {
        Some(topic) => Sheet { again: Again::Never, ..sheet.about(guide, topic) },
        None => sheet,
    }
}

/// What was found, in words.
fn told(guide: &Guide, file: &AdvertsFile, findings: &AdvertFindings, text: &str) -> String {
    let say = &file.say;
    let flags = |beyond: bool| {
        let shown = findings.flags.iter().filter(move |(number, _)| file.flags[*number].beyond == beyond);
        shown.map(|(number, place)| {
            let flag = &file.flags[*number];
            format!("**{}:** “{}” {}", flag.name, quote(text, place), flag.said(guide.knowledge()))
        })
    };
    let found = match flags(false).next() {
        Some(_) => list(&say.found, flags(false)),
        None => say.none.clone(),
    };
    let missing = || findings.missing.iter().map(|number| &file.details[*number]);
    paragraphs([
        found,
        list(&say.beyond, flags(true)),
        list(&say.missing, missing().map(|detail| detail.name.clone())),
        list(&say.ask, missing().map(|detail| detail.ask.clone())),
        say.limits.clone(),
    ])
}

/// The words of `text` at `place`, with those around them in the same sentence, on one line and without mark-up.
fn quote(text: &str, place: &Range<usize>) -> String {
    let blanked = markup::blank(text);
    let start = sentence_start(&blanked, place.start);
    let end = sentence_end(&blanked, place.end);
    let from =
        if place.start - start > AROUND { word_start(&blanked, place.start - AROUND, place.start) } else { start };
    let to = if end - place.end > AROUND { word_end(&blanked, place.end, place.end + AROUND) } else { end };
    let (before, after) = (if from > start { "…" } else { "" }, if to < end { "…" } else { "" });
    format!("{before}{}{after}", plain(&blanked[from..to]))
}

fn sentence_start(text: &str, at: usize) -> usize {
    let ends = text[..at].rmatch_indices(['.', '!', '?', '\n']);
    // A point within a number or an address ends nothing.
    let ends = ends.filter(|(end, sign)| *sign == "\n" || text[end + 1..].starts_with(char::is_whitespace));
    ends.map(|(end, _)| end + 1).next().unwrap_or(0)
}

fn sentence_end(text: &str, at: usize) -> usize {
    let ends = text[at..].match_indices(['.', '!', '?', '\n']).map(|(end, sign)| (at + end, sign));
    let rest = |end: usize| &text[end + 1..];
    let mut ends = ends
        .filter(|(end, sign)| *sign == "\n" || rest(*end).is_empty() || rest(*end).starts_with(char::is_whitespace));
    ends.next().map_or(text.len(), |(end, sign)| if sign == "\n" { end } else { end + 1 })
}

/// Where the first whole word behind `from` begins.
fn word_start(text: &str, from: usize, latest: usize) -> usize {
    let from = (from..=latest).find(|at| text.is_char_boundary(*at)).unwrap_or(latest);
    text[from..latest].find(char::is_whitespace).map_or(latest, |space| from + space + 1)
}

/// Where the last whole word before `to` ends.
fn word_end(text: &str, earliest: usize, to: usize) -> usize {
    let to = (earliest..=to).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(earliest);
    text[earliest..to].rfind(char::is_whitespace).map_or(earliest, |space| earliest + space)
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn a_quote_is_a_sentence_or_a_part_of_it_without_mark_up() {
        let cases = [
            ("Hi! We *guarantee* results. Call us.", "guarantee", "We guarantee results."),
            ("Only **$499.50** per session", "499", "Only $499.50 per session"),
            ("a\nguarantee\nb", "guarantee", "guarantee"),
            (
                "This is a sentence which is rather long and has a guarantee in its middle that goes on for quite a while",
                "guarantee",
                "…is rather long and has a guarantee in its middle that goes on…",
            ),
            ("ask <@123> for a guarantee at https://example.org now", "guarantee", "ask for a guarantee at now"),
        ];
        for (text, found, expected) in cases {
            let at = text.find(found).expect("the case has it");
            assert_eq!(quote(text, &(at..at + found.len())), expected, "{text}");
        }
    }
}
