//! exoguide
pub mod answer;
pub mod cli;
pub mod decide;
pub mod diagnostic;
pub mod discord;
pub mod guide;
pub mod knowledge;
pub mod matching;
pub mod reload;
pub mod render;
pub mod text;
