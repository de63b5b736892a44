//! A number for a word.

/// Fowler, Noll and Vo's FNV-1a, which is the same on every machine.
pub fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
