//! From words to terms: what a question and a phrasing have in common.
//!
//! A term is a stem of the knowledge. A word becomes a term directly, after spelling repair, or not at all; the
//! vocabulary then adds the guide's words for the patient's. Phrasings go through the same steps when the guide is
//! loaded, so that both sides always meet.

use std::borrow::Cow;
use std::ops::Range;

use super::Part;
use crate::knowledge::VocabularyEntry;
use crate::text::spelling::Repair;
use crate::text::{Interner, Lexicon, Token, WordVector, stem, tokens};

/// A stem's number, in order of first appearance in the knowledge.
pub(crate) type Term = u32;

/// A repaired word may be the wrong one: it counts a little less than one that was typed right.
const REPAIRED: f32 = 0.8;
/// A meaning that the vocabulary adds counts a little less than the guide's word itself.
const MEANT: f32 = 0.8;

/// A term of a text, with what led to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TermUse {
    /// The term; `None` for a word that the knowledge does not have.
    pub(crate) term: Option<Term>,
    /// How much it counts, 0 to 1.
    pub(crate) weight: f32,
    /// The index of the token it comes from.
    pub(crate) token: usize,
    /// How it came about.
    pub(crate) source: Source,
}

/// How a term came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The word stands in the text.
    Typed,
    /// The word was repaired.
    Repaired,
    /// The vocabulary says that a word or phrase means it.
    Meant,
}

/// The terms of the knowledge, and the ways that lead to them.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    lexicon: Lexicon,
    /// So many of its words, the first ones, are those of the knowledge, and so many of the terms.
    own_words: usize,
    own_terms: usize,
    /// The term of each word of the lexicon, by the word's number.
    of_word: Vec<Term>,
    /// The stem of each term.
    stems: Interner,
    /// The word vector of each term: that of the first word with its stem.
    vectors: Vec<Option<WordVector>>,
    /// What patients say, ordered by its first term; longer ways to say it come first.
    sayings: Vec<Saying>,
    /// Where the sayings that begin with each term begin; behind the last one, where all end.
    sayings_of: Vec<u32>,
    /// The terms of all sayings and of what they mean, one after another.
    phrases: Vec<Term>,
    /// The part of matching that is left out.
    without: Option<Part>,
}

/// What patients say, and what it means: ranges of [`Terms::phrases`].
#[derive(Debug)]
struct Saying {
    terms: Range<u32>,
    means: Range<u32>,
}

/// The terms of a text that was [learnt](Terms::learn), without what the vocabulary adds.
pub(crate) fn typed(terms: &[Term]) -> Vec<TermUse> {
    let typed =
        |(token, term): (usize, &Term)| TermUse { term: Some(*term), weight: 1.0, token, source: Source::Typed };
    terms.iter().enumerate().map(typed).collect()
}

impl Terms {
    /// No terms yet, and the way to them perhaps without one part.
    pub(crate) fn without(part: Option<Part>) -> Terms {
        Terms { without: part, ..Terms::default() }
    }

    fn stem_of<'w>(&self, word: &'w str) -> Cow<'w, str> {
        if self.without == Some(Part::Stems) { Cow::Borrowed(word) } else { stem(word) }
    }

    fn repair(&self, word: &str) -> Option<Repair<'_>> {
        if self.without == Some(Part::Spelling) { None } else { self.lexicon.repair(word) }
    }

    /// Makes every word of `tokens` known, and adds their terms to `terms`.
    pub(crate) fn learn(&mut self, tokens: &[Token], terms: &mut Vec<Term>) {
        terms.extend(tokens.iter().map(|token| self.learn_word(&token.word)));
    }

    fn learn_word(&mut self, word: &str) -> Term {
        let number = self.lexicon.add(word);
        if number == self.of_word.len() {
            let term = self.stems.intern(&self.stem_of(word));
            if term as usize == self.vectors.len() {
                self.vectors.push(WordVector::of(word));
            }
            self.of_word.push(term);
        }
        self.of_word[number]
    }

    /// Makes the vocabulary known, and `others`, words in folded form that are spelled right though the knowledge need not have them;
    /// to be called once all texts are learnt.
    pub(crate) fn learn_vocabulary<'w>(&mut self, entries: &[VocabularyEntry], others: impl Iterator<Item = &'w str>) {
        for entry in entries {
            let means = self.learn_phrase(&entry.means);
            for words in &entry.words {
                let terms = self.learn_phrase(words);
                if !terms.is_empty() {
                    self.sayings.push(Saying { terms, means: means.clone() });
                }
            }
        }
        (self.own_words, self.own_terms) = (self.lexicon.len(), self.stems.len());
        others.for_each(|word| _ = self.learn_word(word));
        self.order_sayings();
        self.lexicon.index_neighbourhoods();
    }

    fn learn_phrase(&mut self, phrase: &str) -> Range<u32> {
        let start = self.phrases.len() as u32;
        for token in tokens(phrase) {
            let term = self.learn_word(&token.word);
            self.phrases.push(term);
        }
        start..self.phrases.len() as u32
    }

    fn order_sayings(&mut self) {
        let mut sayings = std::mem::take(&mut self.sayings);
        sayings.sort_by(|a, b| {
            let (a, b) = (self.phrase(&a.terms), self.phrase(&b.terms));
            a[0].cmp(&b[0]).then(b.len().cmp(&a.len())).then_with(|| a.cmp(b))
        });
        let before = |term: Term| sayings.partition_point(|saying| self.phrase(&saying.terms)[0] < term) as u32;
        self.sayings_of = (0..=self.stems.len() as Term).map(before).collect();
        self.sayings = sayings;
    }

    fn phrase(&self, range: &Range<u32>) -> &[Term] {
        &self.phrases[range.start as usize..range.end as usize]
    }

    /// The terms of a question: one use for each word, two where a word was two written together, and behind them the
    /// meanings that the vocabulary adds.
    pub(crate) fn terms_of(&self, tokens: &[Token]) -> Vec<TermUse> {
        let mut uses = Vec::with_capacity(tokens.len() + 4);
        for (at, token) in tokens.iter().enumerate() {
            self.push_word(&token.word, at, &mut uses);
        }
        self.add_meanings(&mut uses);
        uses
    }

    /// The terms of a part of a question, by those of the whole: the same that [`Terms::terms_of`] gives for its words.
    pub(crate) fn terms_of_part(&self, whole: &[TermUse], part: &Range<usize>) -> Vec<TermUse> {
        let inside = whole.iter().filter(|one| one.source != Source::Meant && part.contains(&one.token));
        let mut uses = inside.map(|one| TermUse { token: one.token - part.start, ..*one }).collect();
        self.add_meanings(&mut uses);
        uses
    }

    /// The terms of a text that was [learnt](Terms::learn), with their meanings.
    pub(crate) fn terms_of_learnt(&self, terms: &[Term]) -> Vec<TermUse> {
        let mut uses = typed(terms);
        self.add_meanings(&mut uses);
        uses
    }

    fn term_of(&self, word: &str) -> Option<Term> {
        self.lexicon.number(word).map(|number| self.of_word[number])
    }

    fn push_word(&self, word: &str, token: usize, uses: &mut Vec<TermUse>) {
        let known = self.term_of(word).or_else(|| self.stems.number(&self.stem_of(word)));
        if let Some(term) = known {
            uses.push(TermUse { term: Some(term), weight: 1.0, token, source: Source::Typed });
        } else if let Some(repair) = self.repair(word) {
            let weight = if repair.distance == 0 { 1.0 } else { REPAIRED };
            for word in repair.words {
                let term = self.term_of(word);
                uses.push(TermUse { term, weight, token, source: Source::Repaired });
            }
        } else {
            uses.push(TermUse { term: None, weight: 1.0, token, source: Source::Typed });
        }
    }

    fn add_meanings(&self, uses: &mut Vec<TermUse>) {
        let words = uses.len();
        let mut at = 0;
        while at < words {
            let Some(saying) = self.saying_at(&uses[at..words]) else {
                at += 1;
                continue;
            };
            let token = uses[at].token;
            for &term in self.phrase(&saying.means) {
                if !uses.iter().any(|known| known.term == Some(term)) {
                    uses.push(TermUse { term: Some(term), weight: MEANT, token, source: Source::Meant });
                }
            }
            at += saying.terms.len();
        }
    }

    fn saying_at(&self, uses: &[TermUse]) -> Option<&Saying> {
        let first = uses.first()?.term? as usize;
        let sayings = &self.sayings[self.sayings_of[first] as usize..self.sayings_of[first + 1] as usize];
        sayings.iter().find(|saying| {
            let terms = self.phrase(&saying.terms);
            terms.len() <= uses.len() && terms.iter().zip(uses).all(|(term, at)| at.term == Some(*term))
        })
    }

    /// The word that `beginning` is probably the beginning of, unless the knowledge has it as a word.
    pub(crate) fn completed(&self, beginning: &str) -> Option<&str> {
        match self.lexicon.number(beginning) {
            Some(number) if number < self.own_words => None,
            _ => self.lexicon.completion(beginning, self.own_words),
        }
    }

    /// The word vector behind a use of a term, also where the knowledge does not have the word.
    pub(crate) fn vector_of(&self, one: &TermUse, tokens: &[Token]) -> Option<WordVector> {
        match one.term {
            Some(term) => self.vectors[term as usize],
            None => WordVector::of(&tokens[one.token].word),
        }
    }

    /// Whether a text of the knowledge has the term, or the vocabulary.
    pub(crate) fn is_own(&self, term: Term) -> bool {
        (term as usize) < self.own_terms
    }

    /// The stem with this number.
    pub(crate) fn stem(&self, term: Term) -> &str {
        self.stems.get(term)
    }

    /// What spelling repair makes of `word`, for explanations.
    pub(crate) fn repaired(&self, word: &str) -> Option<String> {
        self.lexicon.repair(word).map(|repair| repair.words.join(" "))
    }
}
