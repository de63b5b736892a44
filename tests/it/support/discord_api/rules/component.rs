//! Rules for components: buttons, selects and text inputs, in messages and in modals.

use super::super::Finding;
use super::super::at::At;
use super::{message, unique};

const ACTION_ROW: i64 = 1;
const BUTTON: i64 = 2;
const STRING_SELECT: i64 = 3;
const TEXT_INPUT: i64 = 4;
pub(super) const TEXT_DISPLAY: i64 = 10;
/// The kinds which a message may hold only with the flag IS_COMPONENTS_V2.
const V2_ONLY: &[i64] = &[9, TEXT_DISPLAY, 11, 12, 13, 14, 17];

const LINK: i64 = 5;
const PREMIUM: i64 = 6;

/// Every component of a message or modal, a parent before its children.
pub(super) fn all<'a>(body: &At<'a>) -> Vec<At<'a>> {
    let mut all = Vec::new();
    for component in body.items("components") {
        collect(component, &mut all);
    }
    all
}

fn collect<'a>(component: At<'a>, all: &mut Vec<At<'a>>) {
    let single = ["accessory", "component"].map(|key| component.get(key)).into_iter();
    let children: Vec<_> = component.items("components").into_iter().chain(single).collect();
    all.push(component);
    for child in children.into_iter().filter(|child| child.value.is_object()) {
        collect(child, all);
    }
}

/// The rules for a message's components.
pub(super) fn message(body: &At<'_>, found: &mut Vec<Finding>) {
    let all = all(body);
    if message::is_v2(body) {
        v2_limits(body, &all, found);
    } else {
        body.few("components", 5, found);
        let v2 = all.iter().filter(|at| V2_ONLY.contains(&kind(at)));
        found.extend(v2.map(|at| at.breaks("this type needs the flag IS_COMPONENTS_V2")));
    }
    each(&all, found);
}

/// The rules for what a modal asks.
pub(super) fn modal(body: &At<'_>, found: &mut Vec<Finding>) {
    body.at_most("title", 45, found);
    body.at_most("custom_id", 100, found);
    body.few("components", 5, found);
    each(&all(body), found);
}

fn v2_limits(body: &At<'_>, all: &[At<'_>], found: &mut Vec<Finding>) {
    if all.len() > 40 {
        found.push(body.get("components").breaks(format_args!("{} components with children, at most 40", all.len())));
    }
    let texts = all.iter().filter(|at| kind(at) == TEXT_DISPLAY);
    let total: usize = texts.map(|at| at.get("content").length()).sum();
    if total > 4_000 {
        found.push(body.get("components").breaks(format_args!("{total} characters of text, at most 4000")));
    }
}

fn each(all: &[At<'_>], found: &mut Vec<Finding>) {
    let ids = all.iter().map(|at| at.get("custom_id")).filter_map(|at| Some((at.value.as_str()?.to_owned(), at)));
    unique("custom_id", ids, found);
    for component in all {
        component.at_most("custom_id", 100, found);
        match kind(component) {
            ACTION_ROW => row(component, found),
            BUTTON => button(component, found),
            STRING_SELECT => select(component, found),
            TEXT_INPUT => text_input(component, found),
            _ => {}
        }
    }
}

fn kind(component: &At<'_>) -> i64 {
    component.number("type").unwrap_or(0)
}

fn row(row: &At<'_>, found: &mut Vec<Finding>) {
    let inside = row.items("components");
    if inside.len() > 1 && inside.iter().any(|at| kind(at) != BUTTON) {
        found.push(row.breaks("a row holds up to 5 buttons, or one select, or one text input"));
    }
    if inside.is_empty() || inside.len() > 5 {
        found.push(row.breaks(format_args!("{} components in a row, 1 to 5 may be", inside.len())));
    }
}

/// A button leads somewhere or does something, never both; and it must be readable without colours.
fn button(button: &At<'_>, found: &mut Vec<Finding>) {
    button.at_most("label", 80, found);
    button.at_most("url", 512, found);
    let style = button.number("style").unwrap_or(0);
    let (acts, leads) = (button.has("custom_id"), button.has("url"));
    match style {
        LINK if acts || !leads => found.push(button.breaks("a link button has a url and no custom_id")),
        1..LINK if leads || !acts => found.push(button.breaks("a button that is no link has a custom_id and no url")),
        _ => {}
    }
    let schemes = ["https://", "http://", "discord://"];
    if leads && !schemes.iter().any(|scheme| button.text("url").starts_with(scheme)) {
        found.push(button.get("url").breaks("a link leads to http, https or discord"));
    }
    if style != PREMIUM && !button.has("label") && !button.has("emoji") {
        found.push(button.breaks("a button needs a label or an emoji"));
    }
}

fn select(select: &At<'_>, found: &mut Vec<Finding>) {
    let options = select.items("options");
    let count = i64::try_from(options.len()).unwrap_or(i64::MAX);
    if !(1..=25).contains(&count) {
        found.push(select.get("options").breaks(format_args!("{count} options, 1 to 25 may be")));
    }
    let (least, most) = (select.number("min_values").unwrap_or(1), select.number("max_values").unwrap_or(1));
    if most > count || least > most {
        let range = format_args!("min_values {least} and max_values {most} do not fit {count} options");
        found.push(select.breaks(range));
    }
    let chosen = options.iter().filter(|option| option.is("default")).count();
    if i64::try_from(chosen).is_ok_and(|chosen| chosen > most) {
        found.push(select.breaks("more options are chosen than max_values allows"));
    }
    select.at_most("placeholder", 150, found);
    for option in &options {
        ["label", "value", "description"].iter().for_each(|key| option.at_most(key, 100, found));
    }
    unique("option value", options.iter().map(|option| (option.text("value").to_owned(), option.clone())), found);
}

fn text_input(input: &At<'_>, found: &mut Vec<Finding>) {
    input.at_most("label", 45, found);
    input.at_most("placeholder", 100, found);
    input.at_most("value", 4_000, found);
    if input.number("min_length").unwrap_or(0) > input.number("max_length").unwrap_or(4_000) {
        found.push(input.breaks("min_length is more than max_length"));
    }
}
