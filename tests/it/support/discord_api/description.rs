//! Discord's OpenAPI description, made into validators.
//!
//! The description is read once. A validator is built when an operation is first used and kept, for building is
//! the slow part. Before that the description is bent in three places, each where Discord itself is kinder than
//! it (see [`adapt`]).

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::{Finding, Kind, Request, excerpt};

/// Names the file which holds the description.
const FILE: &str = "EXOGUIDE_DISCORD_SPEC";
/// Set on machines where the schema part must not be left out quietly.
const REQUIRED: &str = "EXOGUIDE_REQUIRE_DISCORD_SPEC";
/// The greatest permission set, by which the description's permission sets are told from other integers.
const ALL_PERMISSIONS: u64 = 18_014_398_509_481_983;

/// The description, where this machine has it.
pub(super) fn shared() -> Option<&'static Description> {
    static SHARED: OnceLock<Option<Description>> = OnceLock::new();
    SHARED.get_or_init(load).as_ref()
}

/// A file that lies beside the description, where there is one.
pub(crate) fn neighbour(name: &str) -> Option<PathBuf> {
    Some(file().with_file_name(name)).filter(|path| path.exists())
}

fn file() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/discord/openapi.json");
    env::var_os(FILE).map_or_else(beside, PathBuf::from)
}

fn load() -> Option<Description> {
    let file = file();
    match std::fs::read_to_string(&file) {
        Ok(text) => Some(Description::parse(&text)),
        Err(error) if env::var_os(REQUIRED).is_some() => {
            panic!("{REQUIRED} is set, but `{}` could not be read: {error}", file.display())
        }
        Err(error) => {
            eprintln!("schema check left out: `{}`: {error} (name the description in {FILE})", file.display());
            None
        }
    }
}

/// The operations of the API, and the shapes of their bodies.
pub(super) struct Description {
    document: Value,
    /// By method and path template.
    validators: Mutex<BTreeMap<(String, String), Arc<Validator>>>,
}

impl Description {
    fn parse(text: &str) -> Self {
        let mut document: Value = serde_json::from_str(text).expect("the description is JSON");
        for schema in members_mut(&mut document["components"]["schemas"]) {
            adapt(schema);
        }
        Description { document, validators: Mutex::default() }
    }

    pub(super) fn check(&self, request: &Request) -> Vec<Finding> {
        let Some((template, operation)) = self.operation(request) else {
            let message = format!("{request}: no such operation in Discord's description");
            return vec![Finding { kind: Kind::Unknown, message }];
        };
        let schema = operation.pointer("/requestBody/content/application~1json/schema");
        match (schema, &request.body) {
            (Some(schema), Some(body)) => {
                let validator = self.validator(&request.method, template, schema);
                findings(validator.iter_errors(body).collect::<Vec<_>>().iter())
            }
            (None, Some(_)) => vec![schema_finding("body", "given, but this operation takes none")],
            (Some(_), None) if operation["requestBody"]["required"] == true => {
                vec![schema_finding("body", "missing, but this operation needs one")]
            }
            (_, None) => Vec::new(),
        }
    }

    /// The operation for a path; a fixed part of a template wins over a placeholder.
    fn operation(&self, request: &Request) -> Option<(&str, &Value)> {
        let segments = request.segments();
        let method = request.method.to_lowercase();
        let paths = self.document["paths"].as_object()?.iter();
        paths
            .filter(|(template, _)| matches(template, &segments))
            .filter_map(|(template, methods)| Some((template.as_str(), methods.get(&method)?)))
            .min_by_key(|(template, _)| template.matches('{').count())
    }

    fn validator(&self, method: &str, template: &str, schema: &Value) -> Arc<Validator> {
        let mut validators = self.validators.lock().expect("no validator panicked while it was built");
        let key = (method.to_owned(), template.to_owned());
        validators.entry(key).or_insert_with(|| Arc::new(self.build(schema))).clone()
    }

    /// A validator over this schema and those it refers to, for preparing all 539 takes long.
    fn build(&self, schema: &Value) -> Validator {
        let mut names = BTreeSet::new();
        self.references(schema, &mut names);
        let schemas = names.iter().map(|&name| (name.to_owned(), self.schema(name).clone()));
        let mut root = schema.clone();
        root["components"] = json!({ "schemas": schemas.collect::<Map<_, _>>() });
        jsonschema::options().with_draft(Draft::Draft202012).build(&root).expect("the description holds JSON Schemas")
    }

    fn references<'a>(&'a self, schema: &'a Value, names: &mut BTreeSet<&'a str>) {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let name = reference.and_then(|reference| reference.rsplit('/').next());
        if let Some(name) = name.filter(|&name| names.insert(name)) {
            self.references(self.schema(name), names);
        }
        for part in members(schema) {
            self.references(part, names);
        }
    }

    fn schema(&self, name: &str) -> &Value {
        &self.document["components"]["schemas"][name]
    }
}

/// Whether a path fits a template. A placeholder in the path itself stands for any id.
fn matches(template: &str, segments: &[&str]) -> bool {
    let parts: Vec<_> = template.split('/').skip(1).collect();
    let fits = |part: &str, segment: &str| part == segment || part.starts_with('{');
    parts.len() == segments.len() && parts.iter().zip(segments).all(|(part, segment)| fits(part, segment))
}

/// Bends a schema to what Discord accepts and to what we want to hear.
///
/// - A snowflake may be a number, and a permission set a string of digits: Discord parses both.
/// - A property which the schema does not name is reported, unless its value says nothing; serenity writes `null`,
///   `false` and `[]` for what a kind of option doesn't have. The parts of an `allOf` stay open, as each of them
///   sees the properties of the others.
fn adapt(schema: &mut Value) {
    if schema["format"] == "snowflake" {
        schema["type"] = json!(["string", "integer"]);
    }
    if schema["maximum"] == ALL_PERMISSIONS {
        schema["type"] = json!(["string", "integer", "null"]);
        schema["pattern"] = json!("^[0-9]+$");
    }
    if names_its_properties(schema) {
        schema["additionalProperties"] = json!({ "enum": [null, false, [], {}] });
    }
    for part in parts_mut(schema) {
        adapt(part);
    }
}

fn names_its_properties(schema: &Value) -> bool {
    let object = schema["type"] == "object" || schema["type"] == json!(["object", "null"]);
    object && schema["properties"].is_object() && schema["allOf"].is_null() && schema["additionalProperties"].is_null()
}

/// The schemas within a schema, save the parts of an `allOf`.
fn parts_mut(schema: &mut Value) -> Vec<&mut Value> {
    let unions = ["oneOf", "anyOf", "properties"];
    let Value::Object(map) = schema else {
        return Vec::new();
    };
    map.iter_mut()
        .flat_map(|(key, value)| match key.as_str() {
            "items" | "additionalProperties" => vec![value],
            key if unions.contains(&key) => members_mut(value),
            _ => Vec::new(),
        })
        .filter(|part| part.is_object())
        .collect()
}

fn members(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(map) => map.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    }
}

fn members_mut(value: &mut Value) -> Vec<&mut Value> {
    match value {
        Value::Object(map) => map.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    }
}

fn findings<'a, 'e: 'a>(errors: impl Iterator<Item = &'a ValidationError<'e>>) -> Vec<Finding> {
    let mut found = Vec::new();
    for finding in errors.flat_map(explain) {
        if !found.contains(&finding) {
            found.push(finding);
        }
    }
    found
}

/// What an error says; of a union only what its likeliest branch says, for the others speak of other things.
fn explain(error: &ValidationError<'_>) -> Vec<Finding> {
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            explain_union(error, context)
        }
        ValidationErrorKind::Enum { .. } if error.schema_path().as_str().ends_with("/additionalProperties/enum") => {
            let message = format!("{}: this property is not in Discord's description", place(error));
            vec![Finding { kind: Kind::Unknown, message }]
        }
        // Masked, as the value may be four thousand characters long.
        _ => vec![schema_finding(&place(error), &error.masked().to_string())],
    }
}

/// Discord's unions are told apart by their `type`, so the likeliest branch is one which agrees with it.
fn explain_union(error: &ValidationError<'_>, branches: &[Vec<ValidationError<'static>>]) -> Vec<Finding> {
    let own = error.instance_path().as_str();
    let tag = format!("{own}/type");
    let likeness = |branch: &Vec<_>| (refuses(branch, own), refuses(branch, &tag), findings(branch.iter()).len());
    let Some(best) = branches.iter().min_by_key(|branch| likeness(branch)) else {
        return Vec::new();
    };
    if refuses(best, own) {
        let message = format!("{} is none of what may stand here", excerpt(&error.instance().to_string()));
        return vec![schema_finding(&place(error), &message)];
    }
    if refuses(best, &tag) {
        let message = format!("type {} may not stand here", error.instance()["type"]);
        return vec![schema_finding(&place(error), &message)];
    }
    findings(best.iter())
}

/// Whether a branch wants a wholly different value at this place, rather than finding fault with the one there.
fn refuses(branch: &[ValidationError<'_>], path: &str) -> bool {
    use ValidationErrorKind::{Constant, Enum, Type};
    branch.iter().any(|error| {
        let different = matches!(error.kind(), Type { .. } | Constant { .. } | Enum { .. });
        different && error.instance_path().as_str() == path
    })
}

fn schema_finding(place: &str, message: &str) -> Finding {
    Finding { kind: Kind::Schema, message: format!("{place}: {message}") }
}

/// Where an error is, written as in a program: `body.embeds[0].title`.
fn place(error: &ValidationError<'_>) -> String {
    let mut place = "body".to_owned();
    for part in error.instance_path().as_str().split('/').skip(1) {
        match part.parse::<usize>() {
            Ok(index) => place += &format!("[{index}]"),
            Err(_) => place += &format!(".{part}"),
        }
    }
    place
}
