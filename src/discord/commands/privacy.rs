//! `/privacy`: what happens to what people write.

use super::Command;
use crate::discord::respond::notice;

pub(super) const COMMAND: Command = Command {
    description: |say| &say.describe_privacy,
    options: &[],
    run: |guide, _| {
        let say = &guide.knowledge().guide.say;
        notice(guide, &say.privacy_title, &say.privacy, "privacy")
    },
    for_managers: false,
};
