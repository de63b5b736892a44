//! A guide that answers patients' questions from what moderators wrote, and from nowhere else.
pub mod answer;
pub mod cli;
pub mod config;
pub mod decide;
pub mod diagnostic;
pub mod discord;
pub mod eval;
pub mod guide;
pub mod knowledge;
pub mod markdown;
pub mod matching;
pub mod reload;
pub mod render;
pub mod text;
pub mod triage;
