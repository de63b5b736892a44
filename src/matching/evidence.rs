//! Evidence: why a class was ranked as it was, for moderators.

use super::features::{Feature, Vector};
use super::lessons::phrasing;
use super::terms::{Source, TermUse};
use super::{Class, Matcher};
use crate::knowledge::Knowledge;
use crate::text::Token;

/// Why a class was ranked as it was.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// What was made of the question's words.
    pub words: Vec<WordEvidence>,
    /// The features that counted most for the class, with their share of its score.
    pub features: Vec<(String, f32)>,
    /// The words nearest to the class in meaning, with their nearness.
    pub meanings: Vec<(String, f32)>,
    /// The class's phrasings most like the question, with their likeness.
    pub phrasings: Vec<(String, f32)>,
}

/// What was made of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordEvidence {
    /// The word as it was folded.
    pub word: String,
    /// What it was taken for.
    pub reading: Reading,
}

/// What a word was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The knowledge has it.
    Known,
    /// The knowledge does not have it.
    Unknown,
    /// It was repaired to this.
    Repaired(String),
    /// The vocabulary says that it means this.
    Means(String),
}

impl Matcher {
    /// Why `class` was ranked as it was for a question; `knowledge` is what was learnt from.
    pub fn evidence(&self, knowledge: &Knowledge, tokens: &[Token], class: Class) -> Evidence {
        let uses = self.terms.terms_of(tokens);
        let vector = self.space.vector(&uses);
        let likeness = self.nearest.likeness(&vector.features);
        let nearest = self.nearest.of_class(&likeness, class);
        Evidence {
            words: self.readings(tokens, &uses),
            features: self.strongest_features(tokens, &uses, &vector, class),
            meanings: self.nearest_meanings(tokens, &uses, class),
            phrasings: nearest
                .into_iter()
                .filter_map(|(at, like)| Some((phrasing(knowledge, class, at)?, like)))
                .collect(),
        }
    }

    fn readings(&self, tokens: &[Token], uses: &[TermUse]) -> Vec<WordEvidence> {
        let mut words = Vec::new();
        for one in uses {
            let word = &tokens[one.token].word;
            let reading = match (one.source, one.term) {
                (Source::Typed, Some(term)) if self.terms.is_own(term) => Reading::Known,
                (Source::Typed, _) => Reading::Unknown,
                (Source::Repaired, _) => Reading::Repaired(self.terms.repaired(word).unwrap_or_default()),
                (Source::Meant, term) => {
                    Reading::Means(term.map(|t| self.terms.stem(t).to_owned()).unwrap_or_default())
                }
            };
            let evidence = WordEvidence { word: word.clone(), reading };
            if words.last() != Some(&evidence) {
                words.push(evidence);
            }
        }
        words
    }

    fn strongest_features(
        &self,
        tokens: &[Token],
        uses: &[TermUse],
        vector: &Vector,
        class: Class,
    ) -> Vec<(String, f32)> {
        const SHOWN: usize = 6;
        let mut features: Vec<(String, f32)> = vector
            .features
            .iter()
            .filter_map(|weighted| {
                let name = self.name_of(weighted.feature, tokens, uses)?;
                Some((name, self.classifier.contribution(weighted, class)))
            })
            .filter(|(_, share)| *share > 0.0)
            .collect();
        features.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        features.truncate(SHOWN);
        features
    }

    fn nearest_meanings(&self, tokens: &[Token], uses: &[TermUse], class: Class) -> Vec<(String, f32)> {
        const SHOWN: usize = 4;
        const NEAR: f32 = 0.25;
        let typed = uses.iter().filter(|one| one.source != Source::Meant);
        let mut words: Vec<(String, f32)> = typed
            .filter_map(|one| Some((one, self.terms.vector_of(one, tokens)?)))
            .map(|(one, vector)| (self.word_of(one, tokens), self.meaning.nearness_of_word(vector, class)))
            .filter(|(_, nearness)| *nearness >= NEAR)
            .collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.dedup();
        words.truncate(SHOWN);
        words
    }

    fn word_of(&self, one: &TermUse, tokens: &[Token]) -> String {
        match (one.source, one.term) {
            (Source::Repaired | Source::Meant, Some(term)) => self.terms.stem(term).to_owned(),
            _ => tokens[one.token].word.clone(),
        }
    }

    /// The words of the question behind a feature.
    fn name_of(&self, feature: Feature, tokens: &[Token], uses: &[TermUse]) -> Option<String> {
        let single = uses.iter().find_map(|one| {
            one.term.filter(|term| self.space.of_term(*term) == Some(feature))?;
            Some(self.word_of(one, tokens))
        });
        single.or_else(|| {
            uses.windows(2).find_map(|pair| {
                let (a, b) = (pair[0].term?, pair[1].term?);
                let same = self.space.of_pair(a, b) == Some(feature);
                same.then(|| format!("{} {}", self.word_of(&pair[0], tokens), self.word_of(&pair[1], tokens)))
            })
        })
    }
}
