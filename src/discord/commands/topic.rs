//! A command that shows one topic, and what else it can do where the knowledge has what that takes.

use serde_json::Value;

use super::{kind, option};
use crate::discord::request::Options;
use crate::discord::respond::{self, Response};
use crate::guide::Guide;
use crate::sheet::advert::advert;
use crate::sheet::command;

/// What can be filled in, as Discord is told of it.
pub(super) fn options(guide: &Guide, topic: &str) -> Vec<Value> {
    let slots = guide.topic(topic).map(|topic| command::slots(guide, topic)).unwrap_or_default();
    slots.iter().map(|slot| option(slot.name, slot.describe, kind(&slot.takes))).collect()
}

/// What the command does with what was filled in; nothing, where that is nothing to it.
pub(super) fn run(guide: &Guide, topic: &str, options: &Options) -> Option<Response> {
    let sheet = command::run(guide, guide.topic(topic)?, options);
    sheet.map(|sheet| respond::worked_out(guide, &sheet))
}

/// Whether the guide has rules for adverts.
pub(super) fn has_adverts(guide: &Guide) -> bool {
    guide.knowledge().adverts.is_some()
}

/// A look at an advert.
pub(super) fn check(guide: &Guide, text: &str) -> Option<Response> {
    advert(guide, text).map(|sheet| respond::worked_out(guide, &sheet))
}
