//! `/settings`: what moderators set for their server.

use super::Command;
use crate::discord::moderation;
use crate::discord::place::Place;

pub(super) const COMMAND: Command = Command {
    description: |say| &say.describe_settings,
    options: &[],
    run: |guide, _| moderation::settings(guide, &Place::default()),
    for_managers: true,
};
