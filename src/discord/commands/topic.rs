//! A command that shows one topic, and what else it can do where the knowledge has what that takes.
//!
//! With nothing filled in it shows the topic. What can be filled in follows from the knowledge: the topic of the red flags
//! takes an advert.

use serde_json::Value;

use super::{Kind, option};
use crate::discord::request::Options;
use crate::discord::respond::{Response, sheet};
use crate::guide::Guide;
use crate::sheet::advert::advert;

/// An advert to look at.
const TEXT: &str = "text";

/// What can be filled in, as Discord is told of it.
pub(super) fn options(guide: &Guide, topic: &str) -> Vec<Value> {
    let say = &guide.knowledge().guide.say;
    if takes_adverts(guide, topic) {
        return vec![option(TEXT, &say.describe_advert, &Kind::Text { suggest: None }, guide)];
    }
    Vec::new()
}

/// What the command does with what was filled in; nothing, where that is nothing to it.
pub(super) fn run(guide: &Guide, topic: &str, options: &Options) -> Option<Response> {
    if takes_adverts(guide, topic) {
        return check(guide, options.text(TEXT)?);
    }
    None
}

/// Whether the guide has rules for adverts.
pub(super) fn has_adverts(guide: &Guide) -> bool {
    guide.knowledge().adverts.is_some()
}

/// A look at an advert.
pub(super) fn check(guide: &Guide, text: &str) -> Option<Response> {
    advert(guide, text).as_ref().map(sheet)
}

fn takes_adverts(guide: &Guide, topic: &str) -> bool {
    guide.knowledge().adverts.as_ref().is_some_and(|adverts| adverts.topic.as_str() == topic)
}
