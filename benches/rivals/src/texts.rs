//! What rivals are given: the texts of each topic and boundary.

use exoguide::knowledge::{Id, Knowledge, Placed};

/// The texts of all classes.
pub(crate) struct Texts {
    /// The ids of topics, and behind them those of boundaries.
    pub(crate) classes: Vec<Id>,
    /// How many of the classes are topics.
    pub(crate) topics: usize,
    /// Each text with its class.
    pub(crate) texts: Vec<(usize, String)>,
}

impl Texts {
    /// The titles, phrasings and keywords of the knowledge.
    pub(crate) fn of(knowledge: &Knowledge) -> Texts {
        let mut all = Texts { classes: Vec::new(), topics: knowledge.topics.len(), texts: Vec::new() };
        for topic in &knowledge.topics {
            all.add(&topic.id, &topic.title, &topic.questions, &topic.keywords);
        }
        for boundary in &knowledge.boundaries {
            all.add(&boundary.id, &boundary.title, &boundary.questions, &boundary.keywords);
        }
        all
    }

    fn add(&mut self, id: &Id, title: &str, questions: &[Placed<String>], keywords: &[Placed<String>]) {
        let class = self.classes.len();
        self.classes.push(id.clone());
        self.texts.push((class, title.to_owned()));
        self.texts.extend(questions.iter().chain(keywords).map(|text| (class, text.value.clone())));
    }
}
