//! exoguide
pub mod diagnostic;
pub mod knowledge;
pub mod text;
pub mod triage;
