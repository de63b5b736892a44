//! Pictures that are kept once they are drawn, so that each is drawn once however often it is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::png;
use crate::sheet::drawing::Drawing;

/// So many pictures are kept: some dozens of kilobytes each. A guide has some dozens, and one with large tables must not
/// fill the memory.
const MOST: usize = 64;

/// The pictures, each under its drawing in words: a drawing that stays the same in a new version of the knowledge is the
/// same picture.
static KEPT: LazyLock<Mutex<BTreeMap<String, Arc<[u8]>>>> = LazyLock::new(Mutex::default);

/// Forgets all pictures but those of these drawings, and gives the drawings of which pictures can be kept, the first of them
/// first and each once.
pub fn keep_only(drawings: Vec<Drawing>) -> Vec<Drawing> {
    let mut keys = BTreeSet::new();
    let wanted = drawings.into_iter().filter(|drawing| keys.insert(key(drawing))).take(MOST).collect();
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).retain(|drawing, _| keys.contains(drawing));
    wanted
}

/// The drawing as a PNG, drawn now if it never was.
pub fn kept(drawing: &Drawing) -> Option<Arc<[u8]>> {
    if let Some(known) = known(drawing) {
        return Some(known);
    }
    let picture: Arc<[u8]> = png(drawing)?.into();
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST {
        kept.clear();
    }
    kept.insert(key(drawing), picture.clone());
    Some(picture)
}

/// The drawing as a PNG, if it was drawn before.
pub fn known(drawing: &Drawing) -> Option<Arc<[u8]>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(&key(drawing)).cloned()
}

fn key(drawing: &Drawing) -> String {
    format!("{drawing:?}")
}
