//! `/about`: what the bot is, and what it is not.

use super::Command;
use crate::discord::respond::about;

pub(super) const COMMAND: Command =
    Command { description: |say| &say.describe_about, options: &[], run: |guide, _| about(guide), for_managers: false };
