//! All tests from outside the library, in one binary.

mod eval;
mod knowledge;
mod properties;
mod tidy;
