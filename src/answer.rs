//! Composing: from a decision to a [`Reply`], which knows nothing of the medium that will show it.
//!
//! A reply borrows every sentence from the knowledge: there is nothing else it could say.

use serde::Serialize;

use crate::decide::Outcome;
use crate::knowledge::{Boundary, Say, Topic};

/// What a patient reads.
#[derive(Clone, Debug)]
pub struct Reply<'g> {
    /// What became of the question.
    pub outcome: Outcome,
    /// What to do now, before anything else is read; there for [`Outcome::Urgent`] only.
    pub warning: Option<Warning<'g>>,
    /// What is said where no topic is answered: why not, or what to choose from.
    pub notice: Option<Notice<'g>>,
    /// The topics answered, in the order asked.
    pub topics: Vec<&'g Topic>,
    /// How much of them is shown.
    pub depth: Depth,
    /// Topics offered: to choose from, as near, or as what people ask next; best first.
    pub suggestions: Vec<&'g Topic>,
    /// The boundary under which the question falls.
    pub boundary: Option<&'g Boundary>,
    /// The probability, 0 to 1, that the best-ranked topic is a right answer.
    pub confidence: f32,
    /// Stands under every reply.
    pub disclaimer: &'g str,
    /// The fixed sentences and labels.
    pub say: &'g Say,
}

/// Words with a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Notice<'g> {
    /// The heading.
    pub title: &'g str,
    /// The words, Markdown.
    pub text: &'g str,
}

/// An urgent notice, with what it was raised for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning<'g> {
    /// The heading, such as "Get help now".
    pub title: &'g str,
    /// What to do now, Markdown.
    pub text: &'g str,
    /// The ids of the signs that were seen, in the order of the message.
    pub signs: Vec<&'g str>,
}

/// How much of a topic is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The short answer, with its tables and links.
    Short,
    /// The details besides.
    Full,
}

impl<'g> Reply<'g> {
    /// What leads to the suggestions, if there are any.
    pub fn suggestions_lead(&self) -> Option<&'g str> {
        let lead = match self.outcome {
            _ if self.suggestions.is_empty() => return None,
            Outcome::Clarify => return None,
            Outcome::Decline => &self.say.near,
            Outcome::Answer | Outcome::Urgent => &self.say.related,
        };
        Some(lead)
    }

    /// Everything a patient reads, in order, as Markdown without headings; all but the disclaimer.
    pub fn text(&self) -> String {
        let mut paragraphs: Vec<String> = Vec::new();
        if let Some(warning) = &self.warning {
            paragraphs.push(format!("**{}**\n{}", warning.title, warning.text));
            if !self.topics.is_empty() {
                paragraphs.push(self.say.besides.clone());
            }
        }
        if let Some(notice) = &self.notice {
            paragraphs.push(format!("**{}**\n{}", notice.title, notice.text));
        }
        for topic in &self.topics {
            paragraphs.push(self.topic_text(topic));
        }
        if !self.suggestions.is_empty() {
            let lead = self.suggestions_lead().map(|lead| format!("{lead}:\n")).unwrap_or_default();
            let titles: Vec<String> = self.suggestions.iter().map(|topic| format!("- {}", topic.title)).collect();
            paragraphs.push(lead + &titles.join("\n"));
        }
        paragraphs.join("\n\n")
    }

    fn topic_text(&self, topic: &Topic) -> String {
        let mut text = format!("**{}**\n{}", topic.title, topic.answer);
        for table in &topic.tables {
            text.push_str(&format!("\n\n{}", table.title));
            for row in &table.rows {
                let cells: Vec<String> = row.cells.iter().map(ToString::to_string).collect();
                text.push_str(&format!("\n- {}", cells.join(" · ")));
            }
        }
        if let (Depth::Full, Some(details)) = (self.depth, &topic.details) {
            text.push_str(&format!("\n\n{details}"));
        }
        for link in &topic.links {
            text.push_str(&format!("\n\n[{}]({})", link.label, link.url));
        }
        if let Some(source) = self.source(topic) {
            text.push_str(&format!("\n\n{source}"));
        }
        text
    }

    /// Where a topic's answer comes from and when it was last reviewed.
    pub fn source(&self, topic: &Topic) -> Option<String> {
        source(topic, self.say)
    }
}

/// Where a topic's answer comes from and when it was last reviewed, in the words of `say`: `From the guide: Cost
/// Breakdown, reviewed 2026-11-23`.
pub(crate) fn source(topic: &Topic, say: &Say) -> Option<String> {
    let reviewed = topic.reviewed.map(|date| format!("{} {date}", say.reviewed));
    match (&topic.section, reviewed) {
        (Some(section), Some(reviewed)) => Some(format!("{}: {section}, {reviewed}", say.source)),
        (Some(section), None) => Some(format!("{}: {section}", say.source)),
        (None, reviewed) => reviewed,
    }
}
