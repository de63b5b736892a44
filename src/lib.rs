//! exoguide
