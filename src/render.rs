//! Rendering: one [`Reply`](crate::answer::Reply), several media. Only the files below know theirs.

pub mod explain;
pub mod json;
pub mod terminal;
