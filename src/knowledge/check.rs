//! The rules of the knowledge that need more than one file, or that are about sense rather than form.
//!
//! A rule is a small function that adds to a shared list, named in `RULES`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::schema::{Id, Knowledge, Placed};
use super::source::SourceFile;
use crate::diagnostic::{Diagnostic, counted, did_you_mean};
use crate::text::fold::fold;
use crate::triage::{Problem, Triage};

/// Every rule, in no particular order: the problems are sorted afterwards.
const RULES: &[fn(&mut Checker<'_>)] = &[
    there_are_topics,
    there_is_a_guide_file,
    ids_are_well_formed,
    ids_are_unique,
    named_topics_exist,
    subjects_are_unique,
    phrasings_are_in_one_place,
    boundaries_have_phrasings,
    commands_are_well_formed,
    lists_fit_into_a_menu,
    there_are_signs,
];

/// Ids are file names, and parts of a button's `custom_id`.
pub(super) const LONGEST_ID: usize = 40;

/// Discord shows at most so many entries in a menu.
const MENU: usize = 25;

/// The commands every guide has.
pub const FIXED_COMMANDS: [&str; 4] = ["ask", "guide", "about", "privacy"];

/// Adds what is wrong with `knowledge`, which was read from `files`, to `diagnostics`.
pub fn check(knowledge: &Knowledge, files: &[SourceFile], diagnostics: &mut Vec<Diagnostic>) {
    let mut checker = Checker { knowledge, files, diagnostics };
    RULES.iter().for_each(|rule| rule(&mut checker));
}

/// Adds what shows only when `knowledge` is tried out: the patterns of `urgent.toml` can be used, and its examples do what
/// they stand for. The signs come out compiled.
pub fn try_out(knowledge: &Knowledge, files: &[SourceFile], diagnostics: &mut Vec<Diagnostic>) -> Triage {
    let (triage, problems) = Triage::compile(&knowledge.urgent);
    if files.iter().any(|file| file.path == "urgent.toml") {
        let mut checker = Checker { knowledge, files, diagnostics };
        problems.into_iter().for_each(|problem| report_sign(&mut checker, "bad-sign", problem));
        let failing = triage.failing_examples(&knowledge.urgent);
        failing.into_iter().for_each(|problem| report_sign(&mut checker, "failing-example", problem));
    }
    triage
}

struct Checker<'a> {
    knowledge: &'a Knowledge,
    files: &'a [SourceFile],
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether `file` is there, and an error is the reason why its topic is not.
    fn tells_of(&self, file: &str) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.is_error() && diagnostic.file == file)
    }

    fn report_at(&mut self, diagnostic: Diagnostic, span: Range<usize>) {
        let text = self.files.iter().find(|file| file.path == diagnostic.file).map_or("", |file| &file.text);
        self.diagnostics.push(diagnostic.at(text, span));
    }
}

fn topic_path(id: &Id) -> String {
    format!("topics/{id}.toml")
}

fn boundary_path(id: &Id) -> String {
    format!("boundaries/{id}.toml")
}

fn there_are_topics(checker: &mut Checker<'_>) {
    let reported = checker.diagnostics.iter().any(Diagnostic::is_error);
    if checker.knowledge.topics.is_empty() && !reported {
        checker.report(
            Diagnostic::error("no-topics", "topics", "there is no topic")
                .help("write a file such as `topics/costs.toml` with a `title` and an `answer`"),
        );
    }
}

fn there_is_a_guide_file(checker: &mut Checker<'_>) {
    let there = checker.files.iter().any(|file| file.path == "guide.toml");
    if !there && !checker.files.is_empty() {
        checker.report(
            Diagnostic::warning("missing-file", "guide.toml", "there is no `guide.toml`")
                .help("write one with a `title` and a `disclaimer`; until then general words are used"),
        );
    }
}

fn ids_are_well_formed(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let topics = knowledge.topics.iter().map(|topic| (&topic.id, topic_path(&topic.id)));
    let boundaries = knowledge.boundaries.iter().map(|boundary| (&boundary.id, boundary_path(&boundary.id)));
    for (id, path) in topics.chain(boundaries) {
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let short = (1..=LONGEST_ID).contains(&id.as_str().len());
        if !short || !id.as_str().chars().all(sound) {
            let message = format!("the file name `{id}` can't be an id");
            let good = good_id(id).unwrap_or_else(|| "results-timeline".to_owned());
            let help = format!("rename it, as in `{good}.toml`: at most 40 small letters, digits and hyphens");
            checker.report(Diagnostic::error("bad-id", path, message).help(help));
        }
    }
}

/// The id nearest to one that is none.
fn good_id(id: &Id) -> Option<String> {
    let words = id.as_str().split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-");
    (!id.is_empty() && id.is_ascii() && id.len() <= LONGEST_ID).then_some(id)
}

fn ids_are_unique(checker: &mut Checker<'_>) {
    let topics: BTreeSet<&Id> = checker.knowledge.topics.iter().map(|topic| &topic.id).collect();
    for boundary in &checker.knowledge.boundaries {
        if topics.contains(&boundary.id) {
            let message = format!("`{}` is a topic and a boundary", boundary.id);
            checker.report(
                Diagnostic::error("duplicate-id", boundary_path(&boundary.id), message)
                    .help(format!("rename this file, or remove `{}`", topic_path(&boundary.id))),
            );
        }
    }
}

fn named_topics_exist(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    for topic in &knowledge.topics {
        named_exist(checker, &topic_path(&topic.id), "related", &topic.related);
    }
    for boundary in &knowledge.boundaries {
        named_exist(checker, &boundary_path(&boundary.id), "suggest", &boundary.suggest);
    }
    for subject in &knowledge.guide.subjects {
        named_exist(checker, "guide.toml", "topics", &subject.topics);
    }
    for command in &knowledge.guide.commands {
        named_exist(checker, "guide.toml", "topic", std::slice::from_ref(&command.topic));
    }
}

fn named_exist(checker: &mut Checker<'_>, path: &str, key: &str, ids: &[Placed<Id>]) {
    let topics = &checker.knowledge.topics;
    for id in ids {
        let told = id.as_str().is_empty() || checker.tells_of(&topic_path(&id.value));
        if told || topics.iter().any(|topic| topic.id == id.value) {
            continue;
        }
        let help = match did_you_mean(id.as_str(), topics.iter().map(|topic| topic.id.as_str())) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write `{}`, or take the id out of `{key}`", topic_path(&id.value)),
        };
        let message = format!("there is no topic `{}`", id.value);
        checker.report_at(Diagnostic::error("no-such-topic", path, message).help(help), id.span.clone());
    }
}

fn subjects_are_unique(checker: &mut Checker<'_>) {
    let mut seen = BTreeSet::new();
    for subject in &checker.knowledge.guide.subjects {
        if !seen.insert(subject.id.as_str()) {
            let message = format!("there are two subjects `{}`", subject.id.value);
            let diagnostic = Diagnostic::error("duplicate-id", "guide.toml", message).help("give this one another id");
            checker.report_at(diagnostic, subject.id.span.clone());
        }
    }
}

fn phrasings_are_in_one_place(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let topics = knowledge.topics.iter().map(|topic| (topic_path(&topic.id), &topic.questions));
    let boundaries = knowledge.boundaries.iter().map(|boundary| (boundary_path(&boundary.id), &boundary.questions));
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (path, questions) in topics.chain(boundaries) {
        for question in questions {
            let words = words_of(question);
            if words.is_empty() {
                continue;
            }
            let Some(other) = seen.insert(words, path.clone()) else { continue };
            let (message, help) = if other == path {
                ("this phrasing occurs twice here".to_owned(), "remove one of the two".to_owned())
            } else {
                (
                    format!("this phrasing occurs in `{other}` too"),
                    "keep it where the better answer stands, and remove the other".to_owned(),
                )
            };
            let diagnostic = Diagnostic::warning("duplicate-phrasing", &path, message).help(help);
            checker.report_at(diagnostic, question.span.clone());
        }
    }
}

fn words_of(question: &str) -> String {
    let lower = question.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn boundaries_have_phrasings(checker: &mut Checker<'_>) {
    for boundary in &checker.knowledge.boundaries {
        if boundary.questions.is_empty() && boundary.keywords.is_empty() && !boundary.title.is_empty() {
            checker.report(
                Diagnostic::warning("never-found", boundary_path(&boundary.id), "nothing leads to this boundary")
                    .help("add `questions`: what patients write when they ask this"),
            );
        }
    }
}

fn commands_are_well_formed(checker: &mut Checker<'_>) {
    let mut seen = BTreeSet::from(FIXED_COMMANDS);
    for command in &checker.knowledge.guide.commands {
        let name = command.name.as_str();
        let sound = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let problem = if !sound {
            let way_out = "write small letters, digits and hyphens only, as in `red-flags`";
            Some(("wrong-value", format!("`{name}` can't be a command"), way_out))
        } else if !seen.insert(name) {
            Some(("duplicate-id", format!("the command `{name}` exists already"), "give it another name"))
        } else {
            None
        };
        if let Some((code, message, help)) = problem {
            checker.report_at(Diagnostic::error(code, "guide.toml", message).help(help), command.name.span.clone());
        }
    }
}

fn lists_fit_into_a_menu(checker: &mut Checker<'_>) {
    let subjects = &checker.knowledge.guide.subjects;
    // The last place is for the topics that stand under no subject.
    if let Some(first_left_out) = subjects.get(MENU - 1) {
        let message = format!("there are {}, and a menu has room for {}", counted(subjects.len(), "subject"), MENU - 1);
        let diagnostic = Diagnostic::error("too-many", "guide.toml", message).help("put several subjects into one");
        checker.report_at(diagnostic, first_left_out.id.span.clone());
    }
    for subject in subjects {
        if let Some(first_left_out) = subject.topics.get(MENU) {
            let topics = counted(subject.topics.len(), "topic");
            let message = format!("`{}` has {topics}, and a menu has room for {MENU}", subject.title);
            let diagnostic = Diagnostic::error("too-many", "guide.toml", message).help("split it into two subjects");
            checker.report_at(diagnostic, first_left_out.span.clone());
        }
    }
}

fn there_are_signs(checker: &mut Checker<'_>) {
    let urgent = &checker.knowledge.urgent;
    let there = checker.files.iter().any(|file| file.path == "urgent.toml");
    let broken = checker.diagnostics.iter().any(|diagnostic| diagnostic.file == "urgent.toml" && diagnostic.is_error());
    if there && !broken && (urgent.signs.is_empty() || urgent.cares.is_empty()) {
        let help = "write at least one `[[sign]]` and one `[[care]]`, or remove the file: there is one compiled in";
        checker.report(Diagnostic::error("no-signs", "urgent.toml", "there is no sign of an emergency").help(help));
    }
}

fn report_sign(checker: &mut Checker<'_>, code: &'static str, problem: Problem) {
    let text = checker.files.iter().find(|file| file.path == "urgent.toml").map_or("", |file| &file.text);
    let offset = text.get(problem.span.clone()).and_then(|value| value.find(&problem.fragment));
    let span = match offset {
        Some(offset) if !problem.fragment.is_empty() => {
            problem.span.start + offset..problem.span.start + offset + problem.fragment.len()
        }
        _ => problem.span,
    };
    checker.report_at(Diagnostic::error(code, "urgent.toml", problem.message).help(problem.help), span);
}
