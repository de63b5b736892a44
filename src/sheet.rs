//! What a command works out of the guide: a [`Sheet`], which like a [`Reply`](crate::answer::Reply) knows nothing of the
//! medium that will show it.
//!
//! A reply borrows whole texts; a sheet puts together words, figures and, where an advert is looked at, quotes. All its
//! words are the knowledge's or those of whoever asked.

pub mod advert;
pub mod compare;
pub mod sums;

use crate::answer::{Notice, Offer, Part, Warning, source};
use crate::guide::Guide;
use crate::knowledge::{Say, Topic};

/// What a command works out.
#[derive(Clone, Debug)]
pub struct Sheet<'g> {
    /// What has become of it, for the log.
    pub outcome: &'static str,
    /// What to do now, before anything else is read.
    pub warning: Option<Warning<'g>>,
    /// The heading.
    pub title: String,
    /// The words, Markdown.
    pub text: String,
    /// The topics it comes from, the first of all first.
    pub topics: Vec<&'g Topic>,
    /// The topics to go on with.
    pub suggestions: Vec<&'g Topic>,
    /// Stands under it.
    pub disclaimer: &'g str,
    /// The fixed sentences and labels.
    pub say: &'g Say,
}

impl<'g> Sheet<'g> {
    /// A sheet of this guide with nothing on it yet.
    fn of(guide: &'g Guide, outcome: &'static str) -> Sheet<'g> {
        let file = &guide.knowledge().guide;
        Sheet {
            outcome,
            warning: None,
            title: String::new(),
            text: String::new(),
            topics: Vec::new(),
            suggestions: Vec::new(),
            disclaimer: &file.disclaimer,
            say: &file.say,
        }
    }

    /// The same sheet, as one that comes from this topic and leads on to what is related.
    fn about(self, guide: &'g Guide, topic: &'g Topic) -> Sheet<'g> {
        let related = topic.related.iter().filter_map(|id| guide.topic(id.as_str()));
        Sheet { topics: vec![topic], suggestions: std::iter::once(topic).chain(related).take(5).collect(), ..self }
    }

    /// All there is to show, in the order in which it is read.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts: Vec<Part<'_>> = self.warning.iter().map(Part::Warning).collect();
        parts.push(Part::Headed(Notice { title: &self.title, text: &self.text }));
        parts.extend(self.topics.iter().filter_map(|topic| source(topic, self.say)).map(Part::Source));
        if !self.suggestions.is_empty() {
            parts.push(Part::Offered { offer: Offer::Next, lead: Some(&self.say.related), topics: &self.suggestions });
        }
        parts.push(Part::Disclaimer(self.disclaimer));
        parts
    }
}

/// The paragraphs one after another; empty ones are left out.
fn paragraphs(paragraphs: impl IntoIterator<Item = String>) -> String {
    let said: Vec<String> = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty()).collect();
    said.join("\n\n")
}

/// A list under what leads to it, in bold; nothing where there are no items.
fn list(lead: &str, items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
    if items.is_empty() { String::new() } else { format!("**{lead}**\n{}", items.join("\n")) }
}
