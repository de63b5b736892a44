//! `/guide`: browse by subject, or go straight to a topic.

use std::collections::BTreeSet;

use super::ask::{asked, near};
use super::{Command, CommandOption, choice};
use crate::discord::request::Options;
use crate::discord::respond::{Response, browse, suggestions};
use crate::guide::Guide;
use crate::render::discord::Choice;

const TOPIC: &str = "topic";

pub(super) const COMMAND: Command = Command {
    description: |say| &say.describe_guide,
    options: &[CommandOption { name: TOPIC, description: |say| &say.describe_topic, required: false, suggest }],
    run: |guide, options: &Options| match options.text(TOPIC) {
        Some(topic) => asked(guide, topic),
        None => browse(guide),
    },
    for_managers: false,
};

fn suggest(guide: &Guide, typed: &str) -> Response {
    if typed.trim().is_empty() { suggestions(first_topics(guide)) } else { suggestions(near(guide, typed)) }
}

/// The topics with which the guide begins.
pub(super) fn first_topics(guide: &Guide) -> impl Iterator<Item = Choice> + '_ {
    // A topic may stand under two subjects.
    let mut seen = BTreeSet::new();
    let in_order = guide.by_subject().into_iter().flat_map(|(_, topics)| topics);
    in_order.filter(move |topic| seen.insert(&topic.id)).map(choice)
}
