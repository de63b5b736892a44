//! Rendering: one [`Reply`](crate::answer::Reply), several media, and what else people read in the terminal. Only the
//! files below know their medium.

pub mod discord;
pub mod eval;
pub mod explain;
pub mod json;
pub mod markdown;
pub mod picture;
pub mod terminal;
