//! Telling Discord of the commands, when it knows others.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};
use serenity::all::{ApplicationId, Http, LightMethod};
use serenity::http::{Request, Route};
use tokio::time::sleep;

use crate::discord::failure::{Failure, within};
use crate::reload::Served;

/// After a failure. Without commands the bot still answers messages, so there is no hurry.
const AGAIN: Duration = Duration::from_secs(60);

/// How long Discord may take over the list.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is said of a command or an option. Discord adds more of its own.
const SAID: [&str; 15] = [
    "type",
    "name",
    "description",
    "options",
    "required",
    "autocomplete",
    "min_value",
    "max_value",
    "default_member_permissions",
    "name_localizations",
    "description_localizations",
    "integration_types",
    "contexts",
    "choices",
    "value",
];

/// Keeps Discord's list the same as the guide's, now and after every reload, as long as the bot runs.
pub(in crate::discord) async fn keep(http: Arc<Http>, application: ApplicationId, mut served: Served) {
    let mut known = None;
    loop {
        let wanted = super::registration(&served.guide());
        if known.as_ref() != Some(&wanted)
            && let Err(failure) = register(&http, application, &wanted).await
        {
            tracing::warn!("the commands could not be registered, and the bot will try again: {failure}");
            sleep(AGAIN).await;
            continue;
        }
        known = Some(wanted);
        if !served.changed().await {
            return;
        }
    }
}

/// Discord counts new commands, and a list that is the same needs no writing. One that can't be read is written over.
async fn register(http: &Http, application: ApplicationId, wanted: &Value) -> Result<(), Failure> {
    let route = Route::Commands { application_id: application };
    let there: Result<Value, Failure> = within(
        PATIENCE,
        http.fire(Request::new(route, LightMethod::Get).params(Some(vec![("with_localizations", "true".to_owned())]))),
    )
    .await;
    let number = wanted.as_array().map_or(0, Vec::len);
    if there.is_ok_and(|there| essence(&there) == essence(wanted)) {
        tracing::info!("{number} commands are registered already");
        return Ok(());
    }
    within(PATIENCE, http.create_global_commands(wanted)).await?;
    tracing::info!("{number} commands registered");
    Ok(())
}

/// A list of commands or options without what Discord adds and without what says nothing, ordered by name.
fn essence(list: &Value) -> Vec<Map<String, Value>> {
    let mut said: Vec<Map<String, Value>> = entries(list).map(said).collect();
    said.sort_by(|a, b| a.get("name").map(Value::to_string).cmp(&b.get("name").map(Value::to_string)));
    said
}

fn entries(list: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    list.as_array().into_iter().flatten().filter_map(Value::as_object)
}

fn said(entry: &Map<String, Value>) -> Map<String, Value> {
    let says =
        |value: &Value| !matches!(value, Value::Null | Value::Bool(false)) && ![json!([]), json!("")].contains(value);
    let kept = entry.iter().filter(|(key, value)| SAID.contains(&key.as_str()) && says(value));
    kept.map(|(key, value)| match key.as_str() {
        "options" => (key.clone(), essence(value).into_iter().map(Value::Object).collect()),
        // Their order is the one in which they are shown.
        "choices" => (key.clone(), entries(value).map(|choice| Value::Object(said(choice))).collect()),
        _ => (key.clone(), value.clone()),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{essence, json};

    #[test]
    fn what_discord_adds_makes_no_difference() {
        let ours = json!([{ "type": 1, "name": "b", "description": "B", "contexts": [0, 1] }, { "name": "a" }]);
        let theirs = json!([
            { "id": "1", "name": "a", "description": "", "options": [], "nsfw": false },
            { "id": "2", "type": 1, "name": "b", "description": "B", "contexts": [0, 1], "description_localizations": null },
        ]);
        assert_eq!(essence(&ours), essence(&theirs));
    }

    #[test]
    fn what_we_changed_does() {
        let before = json!([{ "name": "a", "options": [{ "name": "o", "required": true }] }]);
        for now in [
            json!([{ "name": "a" }]),
            json!([{ "name": "a", "options": [{ "name": "o" }] }]),
            json!([{ "name": "a", "options": [{ "name": "o", "required": true }] }, { "name": "b" }]),
        ] {
            assert_ne!(essence(&before), essence(&now));
        }
    }
}
