//! `/ask`: a question in one's own words, with topics suggested by what the half sentence means.

use super::{Command, CommandOption, choice};
use crate::answer::Depth;
use crate::discord::request::Options;
use crate::discord::respond::{Response, TOPIC, answer, show, suggestions};
use crate::guide::Guide;
use crate::render::discord::{Choice, Text};

const QUESTION: &str = "question";

/// Fewer than Discord shows: on a phone the list hides what is being typed.
const SUGGESTED: usize = 7;

/// A topic less probable than this is not what somebody is typing about.
const PROBABLE: f32 = 0.02;

pub(super) const COMMAND: Command = Command {
    description: |say| &say.describe_ask,
    options: &[CommandOption { name: QUESTION, description: |say| &say.describe_question, required: true, suggest }],
    run: |guide, options: &Options| asked(guide, options.text(QUESTION).unwrap_or_default()),
    for_managers: false,
};

/// A topic that was suggested, or the answer to what was typed, which may begin in the same way.
pub(super) fn asked(guide: &Guide, value: &str) -> Response {
    let suggested = value.strip_prefix(TOPIC).and_then(|topic| show(guide, topic, Depth::Short));
    suggested.unwrap_or_else(|| answer(guide, value))
}

/// The typed text first, so that the first suggestion never changes what is asked; then the topics it may be about.
fn suggest(guide: &Guide, typed: &str) -> Response {
    // A space at the end says that the last word is whole.
    let question = typed.trim();
    if question.is_empty() {
        return suggestions(super::guide::first_topics(guide));
    }
    // A longer question can't be offered as it stands, and then nothing else may take its place.
    let Some(value) = Text::whole(question) else { return suggestions(std::iter::empty()) };
    let as_typed = Choice { name: value.clone(), value };
    suggestions(std::iter::once(as_typed).chain(near(guide, typed)))
}

/// The topics which a half sentence may be about, best first.
pub(super) fn near<'g>(guide: &'g Guide, typed: &str) -> impl Iterator<Item = Choice> + 'g {
    let ranking = guide.complete(typed, SUGGESTED);
    ranking.into_iter().filter(|ranked| ranked.score >= PROBABLE).map(|ranked| choice(ranked.topic))
}
