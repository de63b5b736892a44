//! The parts of matching, each of which can be left out, to see what it is worth.

/// A part of matching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is learnt of which features tell the classes apart.
    Classifier,
    /// The phrasings most like the question.
    Nearest,
    /// What the words mean.
    Meaning,
    /// Pairs of neighbouring words beside single ones.
    Pairs,
    /// Stems in the place of words.
    Stems,
    /// Spelling repair.
    Spelling,
    /// The guide's words for the patients'.
    Vocabulary,
    /// The sentences of the answers beside the phrasings.
    Answers,
    /// What the guide does not cover, as classes of its own.
    Boundaries,
}

impl Part {
    /// All parts, in the order in which they are shown.
    pub const ALL: [Part; 9] = [
        Part::Classifier,
        Part::Nearest,
        Part::Meaning,
        Part::Pairs,
        Part::Stems,
        Part::Spelling,
        Part::Vocabulary,
        Part::Answers,
        Part::Boundaries,
    ];

    /// What people read.
    pub fn name(self) -> &'static str {
        match self {
            Part::Classifier => "the classifier",
            Part::Nearest => "the nearest phrasings",
            Part::Meaning => "the meaning of words",
            Part::Pairs => "pairs of words",
            Part::Stems => "stems",
            Part::Spelling => "spelling repair",
            Part::Vocabulary => "the vocabulary",
            Part::Answers => "the text of the answers",
            Part::Boundaries => "boundaries",
        }
    }
}
