//! What tests stand on: the world around `exoguide`, modelled.

pub(crate) mod cli;
