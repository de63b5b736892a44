//! The checks of [`crate::support::discord_api`] against examples whose verdicts are known.

use serde_json::{Value, json};

use crate::support::discord_api::{Kind, Request, check, neighbour, pings};

/// Bodies good and bad lie beside Discord's description, each with what is to be found wrong with it.
#[test]
fn examples_get_their_expected_verdict() {
    let Some(examples) = neighbour("examples.jsonl") else {
        eprintln!("examples left out: no `examples.jsonl` beside Discord's description");
        return;
    };
    let described = neighbour("openapi.json").is_some();
    let text = std::fs::read_to_string(examples).unwrap();
    let wrong: Vec<_> = text.lines().filter_map(|line| disagreement(line, described)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn disagreement(line: &str, described: bool) -> Option<String> {
    let example: Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| example[key].as_str().unwrap_or_default().to_owned();
    let files = example["files"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap().to_owned());
    let body = example.get("body").cloned();
    let request = Request { method: text("method"), path: text("path"), body, files: files.collect() };
    let found = check(&request);
    let has = |kind| found.iter().any(|finding| finding.kind == kind);
    let agrees = match text("expect").as_str() {
        "ok" => found.is_empty(),
        "RULE" => has(Kind::Rule),
        "SCHEMA" => has(Kind::Schema) || !described,
        "UNKNOWN" => has(Kind::Unknown) || !described,
        verdict => panic!("`{verdict}` is no verdict"),
    };
    (!agrees).then(|| format!("{}: expected {}, found {found:?}", text("note"), text("expect")))
}

fn message(body: Value) -> Request {
    Request { method: "POST".into(), path: "/api/v10/channels/22/messages".into(), body: Some(body), files: Vec::new() }
}

#[test]
fn a_finding_names_its_place() {
    let button = json!({ "type": 2, "style": 1, "custom_id": "a", "label": "x".repeat(81) });
    let body = json!({ "content": "x", "components": [{ "type": 1, "components": [button] }] });
    let found = check(&message(body));
    let rule = found.iter().find(|finding| finding.kind == Kind::Rule).unwrap();
    assert_eq!(rule.message, "body.components[0].components[0].label: 81 characters, at most 80");
}

#[test]
fn a_message_pings_nobody() {
    let nobody = json!({ "content": "x", "allowed_mentions": { "parse": [] } });
    assert_eq!(pings(&message(nobody)), []);
    assert_eq!(pings(&message(json!({ "embeds": [{ "title": "x" }] }))), []);
    for allowed in [
        json!(null),
        json!({}),
        json!({ "parse": ["users"] }),
        json!({ "parse": [], "users": ["1"] }),
        json!({ "parse": [], "replied_user": true }),
    ] {
        let found = pings(&message(json!({ "content": "x", "allowed_mentions": allowed })));
        assert!(!found.is_empty(), "{allowed}");
    }
}
