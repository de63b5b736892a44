//! Rules for messages: new ones, edits, replies to interactions.

use serde_json::Value;

use super::super::at::At;
use super::super::{Finding, Request, excerpt};
use super::{Body, Rule, component};

/// Only the one who asked sees the message.
const EPHEMERAL: i64 = 1 << 6;
/// Components take the place of content and embeds.
pub(super) const IS_COMPONENTS_V2: i64 = 1 << 15;
/// The flags a bot may set on a message, in words: SUPPRESS_EMBEDS, EPHEMERAL, SUPPRESS_NOTIFICATIONS, V2.
const SETTABLE: i64 = 1 << 2 | EPHEMERAL | 1 << 12 | IS_COMPONENTS_V2;

/// The rules for every message that says something.
const RULES: &[Rule] = &[content, flags, embeds, embeds_together, contradicting_mentions, v2_alone, component::message];

pub(super) fn check(message: &At<'_>, files: &[String], found: &mut Vec<Finding>) {
    for rule in RULES {
        rule(message, found);
    }
    attachments(message, files, found);
}

/// The project's own rule: nobody is ever pinged, whatever the text.
///
/// Text pings whoever it names, and a reply the author it replies to, unless `allowed_mentions` says otherwise; so
/// it must be there and allow nothing. Embeds ping nobody.
pub(crate) fn pings(request: &Request) -> Vec<Finding> {
    let Some(Body::NewMessage(message) | Body::EditedMessage(message)) = Body::of(request) else {
        return Vec::new();
    };
    let allowed = message.get("allowed_mentions");
    let mut found = Vec::new();
    if allowed.value.is_null() && could_ping(&message) {
        found.push(allowed.breaks("missing, so this message may ping"));
    }
    if allowed.value.is_object() && allowed.get("parse").value.as_array().is_none() {
        found.push(allowed.get("parse").breaks("must be there and empty, so that nobody is pinged"));
    }
    for list in ["parse", "users", "roles", "replied_user"] {
        if allowed.has(list) {
            found.push(allowed.get(list).breaks("nobody may be pinged"));
        }
    }
    found
}

fn could_ping(message: &At<'_>) -> bool {
    let text = |at: &At<'_>| at.number("type") == Some(component::TEXT_DISPLAY);
    let texts = component::all(message).iter().any(text);
    message.has("content") || message.has("message_reference") || texts
}

pub(super) fn not_empty(message: &At<'_>, files: &[String], found: &mut Vec<Finding>) {
    let parts = ["content", "embeds", "components", "attachments", "poll", "sticker_ids", "shared_client_theme"];
    let forwards = message.get("message_reference").number("type") == Some(1);
    if !forwards && files.is_empty() && !parts.iter().any(|part| message.has(part)) {
        found.push(message.breaks("an empty message"));
    }
}

/// EPHEMERAL is settled here for the later answer; nothing else can be.
pub(super) fn deferred(message: &At<'_>, found: &mut Vec<Finding>) {
    if message.number("flags").unwrap_or(0) & !EPHEMERAL != 0 {
        found.push(message.get("flags").breaks("a deferred reply may carry EPHEMERAL only"));
    }
}

/// The description says 4,000 for channels, which only some people may.
fn content(message: &At<'_>, found: &mut Vec<Finding>) {
    message.at_most("content", 2_000, found);
}

fn flags(message: &At<'_>, found: &mut Vec<Finding>) {
    let flags = message.number("flags").unwrap_or(0);
    if flags & !SETTABLE != 0 {
        found.push(message.get("flags").breaks(format_args!("{flags} holds a flag that a bot can't set")));
    }
}

fn embeds(message: &At<'_>, found: &mut Vec<Finding>) {
    message.few("embeds", 10, found);
    for embed in message.items("embeds") {
        let parts = ["title", "description", "fields", "image", "thumbnail", "author", "footer", "video"];
        if !parts.iter().any(|part| embed.has(part)) {
            found.push(embed.breaks("an empty embed"));
        }
        embed.at_most("title", 256, found);
        embed.at_most("description", 4_096, found);
        embed.get("footer").at_most("text", 2_048, found);
        embed.get("author").at_most("name", 256, found);
        embed.few("fields", 25, found);
        embed.items("fields").iter().for_each(|field| embed_field(field, found));
    }
}

fn embed_field(field: &At<'_>, found: &mut Vec<Finding>) {
    for (key, limit) in [("name", 256), ("value", 1_024)] {
        field.at_most(key, limit, found);
        if !field.has(key) {
            found.push(field.get(key).breaks("an empty part of a field"));
        }
    }
}

fn embeds_together(message: &At<'_>, found: &mut Vec<Finding>) {
    let total: usize =
        message.items("embeds").iter().flat_map(embed_texts).map(|text| text.trim().chars().count()).sum();
    if total > 6_000 {
        found.push(message.get("embeds").breaks(format_args!("{total} characters over all embeds, at most 6000")));
    }
}

/// The texts of an embed that count towards the limit.
fn embed_texts<'a>(embed: &At<'a>) -> Vec<&'a str> {
    let own = [embed.text("title"), embed.text("description")];
    let framing = [embed.get("footer").text("text"), embed.get("author").text("name")];
    let fields = embed.items("fields").into_iter().flat_map(|field| [field.text("name"), field.text("value")]);
    own.into_iter().chain(framing).chain(fields).collect()
}

/// A kind allowed altogether can't also be allowed by id.
fn contradicting_mentions(message: &At<'_>, found: &mut Vec<Finding>) {
    let allowed = message.get("allowed_mentions");
    for kind in ["users", "roles"] {
        let parsed = allowed.items("parse").iter().any(|parsed| parsed.value == kind);
        if parsed && allowed.has(kind) {
            found.push(allowed.breaks(format_args!("`{kind}` is both in `parse` and a list")));
        }
    }
}

fn v2_alone(message: &At<'_>, found: &mut Vec<Finding>) {
    if !is_v2(message) {
        return;
    }
    for part in ["content", "embeds", "poll", "sticker_ids"] {
        if message.has(part) {
            found.push(message.get(part).breaks("does not go together with IS_COMPONENTS_V2"));
        }
    }
}

pub(super) fn is_v2(message: &At<'_>) -> bool {
    message.number("flags").unwrap_or(0) & IS_COMPONENTS_V2 != 0
}

/// What the message says of its files must fit the files that came with it.
fn attachments(message: &At<'_>, files: &[String], found: &mut Vec<Finding>) {
    let attachments = message.items("attachments");
    for attachment in &attachments {
        attachment.at_most("description", 1_024, found);
        // Small numbers are indexes of files; ids of files that are there already are long.
        let index = attachment.number("id").filter(|&id| id < 10_000);
        if let Some(part) = index.map(|id| format!("files[{id}]")).filter(|part| !files.contains(part)) {
            found.push(attachment.breaks(format_args!("no part `{part}` was sent")));
        }
    }
    for (place, name) in embedded_files(message) {
        let named = |attachment: &At<'_>| attachment.get("filename").value == name;
        if !attachments.is_empty() && !attachments.iter().any(named) {
            found.push(place.breaks(format_args!("no attachment is named `{}`", excerpt(name))));
        }
    }
}

/// The files which embeds show, by name.
fn embedded_files<'a>(message: &At<'a>) -> Vec<(At<'a>, &'a str)> {
    let images = message.items("embeds").into_iter().flat_map(|embed| [embed.get("image"), embed.get("thumbnail")]);
    images
        .filter_map(|image| {
            let name = image.value.get("url").and_then(Value::as_str)?.strip_prefix("attachment://")?;
            Some((image, name))
        })
        .collect()
}
