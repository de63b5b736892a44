//! Stems: what is left of a word without its endings, by the Snowball algorithm for English
//! (Porter 2, <https://snowballstem.org/algorithms/english/stemmer.html>).

use std::borrow::Cow;
use std::cell::OnceCell;

use rust_stemmers::{Algorithm, Stemmer};

thread_local! {
    static ENGLISH: OnceCell<Stemmer> = const { OnceCell::new() };
}

/// The stem of a folded word: `injections` and `injected` are both `inject`.
pub fn stem(word: &str) -> Cow<'_, str> {
    ENGLISH.with(|stemmer| stemmer.get_or_init(|| Stemmer::create(Algorithm::English)).stem(word))
}

#[cfg(test)]
mod tests {
    #[test]
    fn forms_of_a_word_meet() {
        for word in ["injection", "injections", "injected", "injecting"] {
            assert_eq!(super::stem(word), "inject");
        }
    }
}
