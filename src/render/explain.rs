//! Why a question got its reply, for moderators in a terminal.

use std::fmt::Write as _;

use anstyle::Style;

use super::terminal::{Page, printable};
use crate::answer::Reply;
use crate::guide::{Explanation, RunnerUp};
use crate::matching::{Reading, WordEvidence};
use crate::text::Token;
use crate::triage::Finding;

const LABEL: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// How wide the column of labels is.
const MARGIN: usize = 12;
/// Keeps the words of one item on one line.
const NO_BREAK: &str = "\u{a0}";
/// How much of a phrasing is shown.
const PHRASING: usize = 52;

/// Outcome and confidence, what was made of the words, and which topics were considered because of which phrasings.
pub fn explanation(explanation: &Explanation<'_>, page: Page) -> String {
    let parts = [
        row("outcome", &outcome(&explanation.reply)),
        signs(explanation),
        row("confidence", &confidence(explanation)),
        list("words", words(&explanation.evidence.words), page),
        list("counted", counted(explanation), page),
        list("in meaning", in_meaning(explanation), page),
        row("considered", &considered(&explanation.runners_up)),
    ];
    parts.concat()
}

/// The signs of an emergency in the words that show them, and the reason for each that was set aside; nothing where none
/// was seen.
fn signs(explanation: &Explanation<'_>) -> String {
    let alarms = explanation.assessment.alarm.iter().flat_map(|alarm| &alarm.findings);
    let raised = alarms.map(|finding| sign(finding, &explanation.tokens));
    let set_aside = explanation.assessment.set_aside.iter().map(|aside| {
        let reason = aside.reason.name();
        format!("{} {FAINT}(set aside: {reason}){FAINT:#}", sign(&aside.finding, &explanation.tokens))
    });
    let lines: Vec<String> = raised.chain(set_aside).collect();
    if lines.is_empty() { String::new() } else { row("signs", &lines.join("\n")) }
}

fn sign(finding: &Finding<'_>, tokens: &[Token]) -> String {
    let words = finding.words.iter().flat_map(|range| &tokens[range.clone()]);
    let words: Vec<&str> = words.map(|token| token.word.as_str()).collect();
    format!("{}: {}", finding.sign.name, printable(&words.join(" ")))
}

/// A label, and the value beside it; a value of several lines stands in one column.
fn row(label: &str, value: &str) -> String {
    let mut text = String::new();
    for (at, line) in value.lines().enumerate() {
        let label = if at == 0 { label } else { "" };
        let _ = writeln!(text, "{LABEL}{label:<MARGIN$}{LABEL:#}{line}");
    }
    text
}

fn list(label: &str, items: impl Iterator<Item = String>, page: Page) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return row(label, "nothing");
    }
    let narrow = Page { width: page.width.saturating_sub(MARGIN).max(MARGIN), ..page };
    let unbroken = items.join(",\n").replace(' ', NO_BREAK).replace('\n', " ");
    row(label, &narrow.hanging("", &unbroken).replace(NO_BREAK, " "))
}

fn outcome(reply: &Reply<'_>) -> String {
    let topics = reply.topics.iter().map(|topic| topic.id.as_str());
    let boundary = reply.boundary.map(|boundary| boundary.id.as_str());
    let ids: Vec<&str> = topics.chain(boundary).collect();
    match ids.as_slice() {
        [] => reply.outcome.as_str().to_owned(),
        ids => format!("{}: {}", reply.outcome.as_str(), ids.join(", ")),
    }
}

fn confidence(explanation: &Explanation<'_>) -> String {
    let (confidence, threshold) = (explanation.reply.confidence, explanation.threshold);
    let judgement = if confidence >= threshold { "an answer needs" } else { "too little: an answer needs" };
    format!("{confidence:.2}, {judgement} {threshold:.2}")
}

/// What each word was read as, in the order of the question.
fn words(evidence: &[WordEvidence]) -> impl Iterator<Item = String> {
    let is_meaning = |one: &&WordEvidence| matches!(one.reading, Reading::Means(_));
    evidence.iter().filter(move |one| !is_meaning(one)).map(|one| {
        let word = &one.word;
        let mut remarks = match &one.reading {
            Reading::Unknown => vec!["unknown".to_owned()],
            Reading::Repaired(repaired) => vec![format!("read as {repaired}")],
            Reading::Known | Reading::Means(_) => Vec::new(),
        };
        remarks.extend(meanings(word, evidence));
        if remarks.is_empty() { word.clone() } else { format!("{word} ({})", remarks.join(", ")) }
    })
}

/// What the vocabulary adds to a word.
fn meanings(word: &str, evidence: &[WordEvidence]) -> impl Iterator<Item = String> {
    evidence.iter().filter(move |one| one.word == word).filter_map(|one| match &one.reading {
        Reading::Means(meant) => Some(format!("means {meant}")),
        Reading::Known | Reading::Unknown | Reading::Repaired(_) => None,
    })
}

/// The features that spoke for the best-ranked topic or boundary.
fn counted<'e>(explanation: &'e Explanation<'_>) -> impl Iterator<Item = String> + 'e {
    explanation.evidence.features.iter().map(|(feature, share)| format!("{feature} {share:+.2}"))
}

/// The words that are near the best-ranked topic or boundary in what they mean.
fn in_meaning<'e>(explanation: &'e Explanation<'_>) -> impl Iterator<Item = String> + 'e {
    explanation.evidence.meanings.iter().map(|(word, nearness)| format!("{word} {nearness:.2}"))
}

fn considered(runners_up: &[RunnerUp<'_>]) -> String {
    let mut text = String::new();
    for one in runners_up {
        let kind = if one.is_boundary { " (boundary)" } else { "" };
        let _ = writeln!(text, "{:.2}  {}{kind}", one.probability, one.id);
        for (phrasing, likeness) in &one.phrasings {
            let _ = writeln!(text, "      {FAINT}{likeness:.2}  \"{}\"{FAINT:#}", shortened(phrasing));
        }
    }
    text
}

fn shortened(phrasing: &str) -> String {
    let text = printable(phrasing).replace('\n', " ");
    match text.char_indices().nth(PHRASING) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}
