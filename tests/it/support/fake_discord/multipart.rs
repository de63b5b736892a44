//! Takes a multipart request apart: the JSON in its part `payload_json`, and its files.

use serde_json::Value;

use super::messages::{Draft, File};

/// What a request's bytes hold, going by its content type. Without bytes there is no body.
pub(super) fn parse(content_type: &str, bytes: &[u8]) -> Result<(Option<Value>, Vec<File>), String> {
    if bytes.is_empty() {
        return Ok((None, Vec::new()));
    }
    match content_type.split_once("boundary=") {
        Some((_, boundary)) => {
            let draft = multipart(boundary.trim_matches('"'), bytes)?;
            Ok((Some(draft.body), draft.files))
        }
        None => Ok((Some(json(bytes)?), Vec::new())),
    }
}

fn json(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("the body is no JSON: {error}"))
}

fn multipart(boundary: &str, bytes: &[u8]) -> Result<Draft, String> {
    let mut draft = Draft::default();
    for part in split(bytes, format!("--{boundary}").as_bytes()) {
        let Some(end) = find(part, b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&part[..end]).into_owned();
        let content = part[end + 4..].strip_suffix(b"\r\n").unwrap_or(&part[end + 4..]);
        let name = parameter(&head, "name").ok_or("a part without a name")?;
        match parameter(&head, "filename") {
            Some(file) => draft.files.push(File { part: name, name: file, size: content.len() }),
            None if name == "payload_json" => draft.body = json(content)?,
            None => {
                return Err(format!("a part `{name}` that is neither a file nor payload_json"));
            }
        }
    }
    Ok(draft)
}

/// The pieces between the separators.
fn split<'a>(mut bytes: &'a [u8], separator: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    while let Some(end) = find(bytes, separator) {
        pieces.push(&bytes[..end]);
        bytes = &bytes[end + separator.len()..];
    }
    pieces.push(bytes);
    pieces
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// A parameter of a part's head, such as `filename="chart.png"`.
fn parameter(head: &str, name: &str) -> Option<String> {
    let start = head.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = start + head[start..].find('"')?;
    Some(head[start..end].to_owned())
}
