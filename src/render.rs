//! Rendering: one [`Reply`](crate::answer::Reply), several media.

pub mod discord;
