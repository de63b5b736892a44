//! exoguide
pub mod diagnostic;
pub mod knowledge;
pub mod matching;
pub mod text;
