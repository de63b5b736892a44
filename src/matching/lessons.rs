//! Lessons: every text of the knowledge that teaches which words belong to which topic or boundary.

use std::ops::Range;

use super::classifier::Class;
use super::terms::{Term, Terms};
use crate::knowledge::{Knowledge, Placed};
use crate::text::tokens;

/// What each kind of text teaches beside a phrasing or a title, which count 1.
const KEYWORD: f32 = 0.5;
const ANSWER: f32 = 0.3;
const DETAILS: f32 = 0.15;

/// Every so many phrasings one is kept back from the first pass, to calibrate on.
const KEPT_BACK: usize = 20;

/// A class with fewer phrasings than this can't spare one.
const SPARES_ONE: usize = 8;

/// A text that belongs to a class.
pub(super) struct Lesson {
    /// Where it belongs.
    pub(super) class: Class,
    /// How much it teaches, 0 to 1.
    pub(super) weight: f32,
    /// What it is used for.
    pub(super) role: Role,
    /// Its words, as a range of [`Lessons::terms`].
    pub(super) terms: Range<usize>,
}

/// All lessons, ordered by class.
#[derive(Default)]
pub(super) struct Lessons {
    /// The lessons.
    pub(super) all: Vec<Lesson>,
    /// The words of all lessons, one after another: thousands of small lists would leave holes in memory for good.
    pub(super) terms: Vec<Term>,
}

impl Lessons {
    /// The words of a lesson.
    pub(super) fn terms_of(&self, lesson: &Lesson) -> &[Term] {
        &self.terms[lesson.terms.clone()]
    }
}

/// What a text is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It teaches, and no patient would type it: a sentence of an answer.
    Prose,
    /// It teaches, and can be near a question.
    Phrasing,
    /// A phrasing that is kept back from the first pass, and matched before it is seen.
    KeptBack,
    /// A phrasing that is matched after it has been seen.
    Seen,
}

impl Role {
    /// Whether a patient could type it.
    pub(super) fn is_phrasing(self) -> bool {
        self != Role::Prose
    }
}

/// All lessons of the knowledge. Their words become terms on the way.
pub(super) fn lessons(knowledge: &Knowledge, terms: &mut Terms) -> Lessons {
    let mut course = Course { lessons: Lessons::default(), class: 0, terms };
    for topic in &knowledge.topics {
        course.add_phrasings(&topic.title, &topic.questions, &topic.keywords);
        course.add_prose(&topic.answer, ANSWER);
        course.add_prose(topic.details.as_deref().unwrap_or_default(), DETAILS);
        course.class += 1;
    }
    for boundary in &knowledge.boundaries {
        course.add_phrasings(&boundary.title, &boundary.questions, &boundary.keywords);
        course.class += 1;
    }
    course.lessons
}

/// The phrasings of a class as moderators wrote them: the title, the questions, the keywords; none where there is no such class.
pub(super) fn phrasings(knowledge: &Knowledge, class: Class) -> impl Iterator<Item = &String> {
    let of_topic = knowledge.topics.get(class).map(|topic| (&topic.title, &topic.questions, &topic.keywords));
    let of_class = of_topic.or_else(|| {
        let boundary = knowledge.boundaries.get(class - knowledge.topics.len())?;
        Some((&boundary.title, &boundary.questions, &boundary.keywords))
    });
    of_class.into_iter().flat_map(|(title, questions, keywords)| {
        std::iter::once(title).chain(questions.iter().chain(keywords).map(|text| &text.value))
    })
}

/// The phrasing of a class at this place among its own, without those that hold no word, just as [`lessons`] takes them.
pub(super) fn phrasing(knowledge: &Knowledge, class: Class, at: usize) -> Option<String> {
    phrasings(knowledge, class).filter(|text| !tokens(text).is_empty()).nth(at).cloned()
}

struct Course<'t> {
    lessons: Lessons,
    class: Class,
    terms: &'t mut Terms,
}

impl Course<'_> {
    fn add_phrasings(&mut self, title: &str, questions: &[Placed<String>], keywords: &[Placed<String>]) {
        self.add(title, 1.0, Role::Phrasing);
        for (number, question) in questions.iter().enumerate() {
            let role = match number % KEPT_BACK {
                0 if questions.len() >= SPARES_ONE => Role::Seen,
                5 if questions.len() >= SPARES_ONE => Role::KeptBack,
                _ => Role::Phrasing,
            };
            self.add(question, 1.0, role);
        }
        for keyword in keywords {
            self.add(keyword, KEYWORD, Role::Phrasing);
        }
    }

    fn add_prose(&mut self, text: &str, weight: f32) {
        for sentence in text.split_inclusive(['.', '\n', '?', '!']) {
            self.add(sentence, weight, Role::Prose);
        }
    }

    fn add(&mut self, text: &str, weight: f32, role: Role) {
        let start = self.lessons.terms.len();
        self.terms.learn(&tokens(text), &mut self.lessons.terms);
        let terms = start..self.lessons.terms.len();
        if !terms.is_empty() {
            self.lessons.all.push(Lesson { class: self.class, weight, role, terms });
        }
    }
}

/// The numbers below `count` in an order that has no pattern and is always the same (Fisher and Yates' shuffle, drawing
/// from a linear congruential generator with Knuth's constants).
pub(super) fn shuffled(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for at in (1..count).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (state >> 33) as usize % (at + 1));
    }
    order
}
