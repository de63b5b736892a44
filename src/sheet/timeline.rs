//! What happens when, in words and as a picture.

use super::drawing::{Drawing, Step, Steps};
use super::{File, Sheet, list_of, paragraphs, source_of};
use crate::guide::Guide;
use crate::knowledge::Topic;

/// The timeline of a topic; nothing where it has none.
pub fn timeline<'g>(guide: &'g Guide, topic: &'g Topic) -> Option<Sheet<'g>> {
    let found = topic.timeline.as_ref()?;
    let steps: Vec<Step> = found
        .steps
        .iter()
        .map(|step| Step {
            when: step.when.clone(),
            figure: step.figure.as_ref().map(ToString::to_string),
            what: step.what.clone(),
        })
        .collect();
    let items = steps.iter().map(|step| match &step.figure {
        Some(figure) => format!("**{}, {figure}:** {}", step.when, step.what),
        None => format!("**{}:** {}", step.when, step.what),
    });
    let text = paragraphs([list_of(items)].into_iter().chain(found.open.clone()));
    let drawing = Steps { title: found.title.clone(), source: source_of(guide, topic), steps };
    let files = vec![File::of(topic, Drawing::Steps(drawing))];
    let sheet = Sheet::of(guide, "timeline").about(guide, topic);
    Some(Sheet { title: found.title.clone(), text, files, ..sheet })
}
