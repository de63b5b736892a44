//! exoguide
pub mod answer;
pub mod decide;
pub mod diagnostic;
pub mod eval;
pub mod guide;
pub mod knowledge;
pub mod matching;
pub mod text;
