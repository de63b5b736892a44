//! `/privacy`: what happens to what people write, and what is held at this moment.

use super::Command;
use crate::discord::place::Place;
use crate::discord::respond::{Response, notice};
use crate::guide::Guide;

pub(super) const COMMAND: Command = Command {
    description: |say| &say.describe_privacy,
    options: &[],
    run: |guide, _| told(guide, &Place::default()),
    for_managers: false,
};

/// What happens to what people write in this place.
pub(super) fn told(guide: &Guide, place: &Place) -> Response {
    let say = &guide.knowledge().guide.say;
    let figures = [("{servers}", place.held.servers), ("{counts}", place.held.counts)];
    let now = figures.iter().fold(say.privacy_now.clone(), |text, (name, held)| text.replace(name, &held.to_string()));
    let unasked = place.reads_channels.then_some(&say.privacy_unasked);
    let parts: Vec<&str> = [Some(&say.privacy), unasked, Some(&say.privacy_memory), Some(&now)]
        .into_iter()
        .flatten()
        .map(|text| text.trim())
        .collect();
    notice(guide, &say.privacy_title, &parts.join("\n"), "privacy")
}
