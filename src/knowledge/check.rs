//! The rules of the knowledge that need more than one file, or that are about sense rather than form.
//!
//! A rule is a small function that adds to a shared list, named in `RULES`.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::adverts::{adverts_fit_together, example_adverts_are_seen_through};
use super::claims::{answers_begin_with_their_verdict, no_text_claims_too_much};
use super::compare::comparisons_can_be_made;
use super::copies::{copies, phrasings, words_of};
use super::freshness::{prices_are_dated, reviews_still_hold};
use super::languages::translations_fit_together;
use super::markup::texts_are_marked_up_as_shown;
use super::passage::Passage;
use super::plain::texts_are_plain;
use super::provenance::{facts_fit_together, texts_say_what_the_facts_say};
use super::read::compiled_in_urgent;
use super::schema::{Alarms, Date, FixedCommand, Id, Knowledge, Placed, Topic};
use super::source::SourceFile;
use super::sums::sums_can_be_made;
use crate::diagnostic::{Diagnostic, correction, counted, did_you_mean};
use crate::text::fold::fold;
use crate::triage::{Problem, Triage};

/// Every rule, in no particular order but for the last, which keeps quiet where there are errors: the problems are sorted
/// afterwards.
const RULES: &[fn(&mut Checker<'_>)] = &[
    there_are_topics,
    there_is_a_guide_file,
    ids_are_well_formed,
    ids_are_unique,
    named_topics_exist,
    names_are_unique,
    words_have_one_meaning,
    phrasings_are_in_one_place,
    what_is_learnt_from_has_words,
    titles_tell_topics_apart,
    boundaries_have_phrasings,
    commands_are_well_formed,
    commands_are_not_too_many,
    lists_fit_into_a_menu,
    there_are_signs,
    alarms_name_signs,
    facts_fit_together,
    adverts_fit_together,
    sums_can_be_made,
    comparisons_can_be_made,
    translations_fit_together,
    answers_begin_with_their_verdict,
    topics_have_phrasings,
];

/// The rules about what texts say, for which they have to be read word by word.
const TRIALS: &[fn(&mut Checker<'_>)] = &[
    texts_say_what_the_facts_say,
    prices_are_dated,
    no_text_claims_too_much,
    texts_are_plain,
    texts_are_marked_up_as_shown,
    example_adverts_are_seen_through,
    no_sign_has_gone,
    reviews_still_hold,
];

const URGENT: &str = "urgent.toml";
const ALARMS: &str = "alarms.toml";

/// Ids are file names, and parts of a button's `custom_id`.
pub(super) const LONGEST_ID: usize = 40;

/// Discord shows at most so many entries in a menu.
const MENU: usize = 25;

/// Discord takes at most so many slash commands of a bot.
const COMMANDS: usize = 100;

/// Adds what is wrong with `knowledge`, which was read from `files`, to `diagnostics`.
pub fn check(knowledge: &Knowledge, files: &[SourceFile], diagnostics: &mut Vec<Diagnostic>) {
    let mut checker = Checker { knowledge, files, today: None, diagnostics };
    RULES.iter().for_each(|rule| rule(&mut checker));
}

/// Adds what shows only when `knowledge` is tried out: the patterns of `urgent.toml` can be used, and its examples do what
/// they stand for. The signs come out compiled.
pub fn try_out(
    knowledge: &Knowledge,
    files: &[SourceFile],
    today: Option<Date>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Triage {
    let (triage, problems) = Triage::compile(&knowledge.urgent);
    let checker = &mut Checker { knowledge, files, today, diagnostics };
    if files.iter().any(|file| file.path == URGENT) {
        problems.into_iter().for_each(|problem| checker.report_pattern("bad-sign", URGENT, problem));
        let failing = triage.failing_examples(&knowledge.urgent);
        failing.into_iter().for_each(|problem| checker.report_pattern("failing-example", URGENT, problem));
    }
    TRIALS.iter().for_each(|rule| rule(checker));
    triage
}

/// What a rule looks at, and where it reports.
pub(super) struct Checker<'a> {
    pub(super) knowledge: &'a Knowledge,
    files: &'a [SourceFile],
    /// Which day it is, if that matters.
    pub(super) today: Option<Date>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether it is told already why there is no topic `id`: its file has an error, or a name that is almost the id.
    fn tells_of(&self, id: &Id) -> bool {
        let path = topic_path(id);
        let almost = |named: &str| {
            let named = Id(named.to_owned());
            !is_well_formed(&named) && good_id(&named).as_deref() == Some(id.as_str())
        };
        self.diagnostics.iter().any(|diagnostic| diagnostic.is_error() && diagnostic.file == path)
            || self.files.iter().filter_map(|file| file.id_in("topics")).any(almost)
    }

    /// Whether there is no topic `id`, or none that can be used.
    pub(super) fn lacks(&self, id: &Id) -> bool {
        self.tells_of(id) || !self.knowledge.topics.iter().any(|topic| topic.id == *id)
    }

    /// Reports what stands at `span` of its file.
    pub(super) fn report_at(&mut self, diagnostic: Diagnostic, span: Range<usize>) {
        let text = self.text_of(&diagnostic.file);
        self.diagnostics.push(diagnostic.at(text, span));
    }

    /// Reports what stands at the bytes `part` of a passage.
    pub(super) fn report_in(&mut self, diagnostic: Diagnostic, passage: &Passage, part: &Range<usize>) {
        let text = self.text_of(&passage.file);
        self.diagnostics.push(diagnostic.at(text, passage.place(text, part)));
    }

    /// Reports what is wrong with a pattern of `file`.
    pub(super) fn report_pattern(&mut self, code: &'static str, file: &str, problem: Problem) {
        let offset = self.text_of(file).get(problem.span.clone()).and_then(|value| value.find(&problem.fragment));
        let span = match offset {
            Some(offset) if !problem.fragment.is_empty() => {
                problem.span.start + offset..problem.span.start + offset + problem.fragment.len()
            }
            _ => problem.span,
        };
        self.report_at(Diagnostic::error(code, file, problem.message).help(problem.help), span);
    }

    fn text_of(&self, file: &str) -> &'a str {
        self.files.iter().find(|there| there.path == file).map_or("", |there| &there.text)
    }
}

/// The file of the topic `id`.
pub(crate) fn topic_path(id: &Id) -> String {
    format!("topics/{id}.toml")
}

/// The file of the boundary `id`.
pub(crate) fn boundary_path(id: &Id) -> String {
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

/// The id of each file of a topic or boundary.
fn paths(knowledge: &Knowledge) -> BTreeMap<String, &Id> {
    let topics = knowledge.topics.iter().map(|topic| (topic_path(&topic.id), &topic.id));
    topics.chain(knowledge.boundaries.iter().map(|boundary| (boundary_path(&boundary.id), &boundary.id))).collect()
}

fn is_well_formed(id: &Id) -> bool {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    (1..=LONGEST_ID).contains(&id.as_str().len()) && id.as_str().chars().all(sound)
}

fn ids_are_well_formed(checker: &mut Checker<'_>) {
    let mut paths = paths(checker.knowledge);
    paths.retain(|_, id| !is_well_formed(id));
    let copies = if paths.is_empty() { BTreeMap::new() } else { copies(checker.knowledge) };
    for (path, id) in paths {
        let original = copies.get(&path);
        checker.report(bad_id(path, id, original));
    }
}

fn bad_id(path: String, id: &Id, original: Option<&String>) -> Diagnostic {
    let good = good_id(id).unwrap_or_else(|| "results-timeline".to_owned());
    let (message, help) = match original {
        Some(original) => (
            format!("this is a copy of `{original}`, and the file name `{id}` can't be an id"),
            format!("remove the copy; if it is to be a topic of its own, rename it, as in `{good}.toml`"),
        ),
        None => (
            format!("the file name `{id}` can't be an id"),
            format!(
                "rename it, as in `{good}.toml`: at most {LONGEST_ID} small letters, digits, hyphens and underscores"
            ),
        ),
    };
    Diagnostic::error("bad-id", path, message).help(help)
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
        let path = topic_path(&topic.id);
        named_exist(checker, &path, "related", &topic.related);
        named_once(checker, &path, "related", &topic.related);
        not_itself(checker, &path, topic);
    }
    for boundary in &knowledge.boundaries {
        let path = boundary_path(&boundary.id);
        named_exist(checker, &path, "suggest", &boundary.suggest);
        named_once(checker, &path, "suggest", &boundary.suggest);
    }
    for subject in &knowledge.guide.subjects {
        named_exist(checker, "guide.toml", "topics", &subject.topics);
        named_once(checker, "guide.toml", "topics", &subject.topics);
    }
    for command in &knowledge.guide.commands {
        named_exist(checker, "guide.toml", "topic", std::slice::from_ref(&command.topic));
    }
    if let Some(adverts) = &knowledge.adverts {
        named_exist(checker, "adverts.toml", "topic", std::slice::from_ref(&adverts.topic));
    }
}

/// The topics that `key` names are there, or it is told why they are not.
pub(super) fn named_exist(checker: &mut Checker<'_>, path: &str, key: &str, ids: &[Placed<Id>]) {
    let knowledge = checker.knowledge;
    for id in ids {
        let told = id.as_str().is_empty() || checker.tells_of(&id.value);
        if told || knowledge.topics.iter().any(|topic| topic.id == id.value) {
            continue;
        }
        let (message, help) = if knowledge.boundaries.iter().any(|boundary| boundary.id == id.value) {
            let help = format!("write the id of a topic, or take it out of `{key}`");
            (format!("`{}` is a boundary, and here a topic is needed", id.value), help)
        } else {
            (format!("there is no topic `{}`", id.value), meant_topic(knowledge, key, id))
        };
        checker.report_at(Diagnostic::error("no-such-topic", path, message).help(help), id.span.clone());
    }
}

/// The way out for an id under `key` that no topic has: a file's name, a title or a misspelt id may stand there.
fn meant_topic(knowledge: &Knowledge, key: &str, named: &Id) -> String {
    let ids = || knowledge.topics.iter().map(|topic| &topic.id).filter(|id| is_well_formed(id)).map(Id::as_str);
    let bare = named.as_str().trim_end_matches(".toml").rsplit('/').next().unwrap_or_default();
    if bare != named.as_str() && ids().any(|id| id == bare) {
        return format!("write it without folder and `.toml`: `{bare}`");
    }
    let titled = knowledge.topics.iter().find(|topic| words_of(&topic.title) == words_of(named.as_str()));
    let spelt = good_id(&Id(bare.to_owned())).unwrap_or_else(|| bare.to_owned());
    match titled.map(|topic| topic.id.as_str()).or_else(|| did_you_mean(&spelt, ids())) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write `{}`, or take the id out of `{key}`", topic_path(named)),
    }
}

fn named_once(checker: &mut Checker<'_>, path: &str, key: &str, ids: &[Placed<Id>]) {
    let mut seen = BTreeSet::new();
    for id in ids.iter().filter(|id| !seen.insert(id.as_str())) {
        let message = format!("`{}` stands twice in `{key}`", id.value);
        let diagnostic = Diagnostic::warning("wrong-value", path, message).help("remove one of the two");
        checker.report_at(diagnostic, id.span.clone());
    }
}

fn not_itself(checker: &mut Checker<'_>, path: &str, topic: &Topic) {
    if let Some(id) = topic.related.iter().find(|id| id.value == topic.id) {
        let help = "take it out: `related` names what a reader may want next";
        let diagnostic = Diagnostic::warning("wrong-value", path, "this topic is related to itself").help(help);
        checker.report_at(diagnostic, id.span.clone());
    }
}

/// Of two things with one id, one would be passed over in silence.
fn names_are_unique(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let urgent = &knowledge.urgent;
    named_apart(checker, "guide.toml", "subjects", knowledge.guide.subjects.iter().map(|subject| &subject.id));
    named_apart(checker, URGENT, "kinds of help", urgent.cares.iter().map(|care| &care.id));
    named_apart(checker, URGENT, "signs", urgent.signs.iter().map(|sign| &sign.id));
    if let Some(claims) = &knowledge.claims {
        named_apart(checker, "claims.toml", "claims", claims.claims.iter().map(|claim| &claim.id));
    }
    if let Some(facts) = &knowledge.facts {
        named_apart(checker, "facts.toml", "statuses", facts.statuses.iter().map(|status| &status.id));
        named_apart(checker, "facts.toml", "things", facts.things.iter().map(|thing| &thing.id));
        named_apart(checker, "facts.toml", "facts", facts.facts.iter().map(|fact| &fact.id));
    }
}

fn named_apart<'k, T: fmt::Display + 'k>(
    checker: &mut Checker<'_>,
    file: &str,
    things: &str,
    names: impl Iterator<Item = &'k Placed<T>>,
) {
    let mut seen = BTreeSet::new();
    for name in names {
        let named = name.to_string();
        if !seen.insert(named.clone()) && !named.is_empty() {
            let message = format!("there are two {things} `{named}`");
            let diagnostic = Diagnostic::error("duplicate-id", file, message).help("give this one another id");
            checker.report_at(diagnostic, name.span.clone());
        }
    }
}

/// Of two meanings of one word, one would be passed over in silence.
fn words_have_one_meaning(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let vocabulary = knowledge.vocabulary.iter().map(|entry| entry.words.iter().collect()).collect();
    let spellings = knowledge.urgent.spellings.iter().map(|entry| entry.words.iter().collect()).collect();
    let terms = knowledge.glossary.iter().flat_map(|glossary| &glossary.terms);
    let terms = terms.map(|term| term.words().collect()).collect();
    let files: [(&str, Vec<Vec<&Placed<String>>>); 3] =
        [("vocabulary.toml", vocabulary), (URGENT, spellings), ("glossary.toml", terms)];
    for (file, entries) in files {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (number, words) in entries.iter().enumerate() {
            for word in words {
                let written = words_of(word);
                if !written.is_empty() && *seen.entry(written).or_insert(number) != number {
                    let message = format!("`{}` stands in an entry above too", word.value);
                    let diagnostic = Diagnostic::error("duplicate-id", file, message);
                    checker.report_at(diagnostic.help("keep it in one of the two only"), word.span.clone());
                }
            }
        }
    }
}

fn phrasings_are_in_one_place(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let files: Vec<(String, &Vec<Placed<String>>)> = phrasings(knowledge).collect();
    let mut seen: FxHashMap<String, &str> = FxHashMap::default();
    let mut twice = Vec::new();
    for (path, questions) in &files {
        for question in questions.iter() {
            let words = words_of(question);
            if words.is_empty() {
                continue;
            }
            if let Some(other) = seen.insert(words, path) {
                twice.push((path, other, question.span.clone()));
            }
        }
    }
    // To look for copies takes its time, and where no phrasing occurs twice there is none.
    let copies = if twice.is_empty() { BTreeMap::new() } else { copies(knowledge) };
    for (path, other, span) in twice {
        if !copies.contains_key(path) && !copies.contains_key(other) {
            checker.report_at(phrasing_twice(path, other), span);
        }
    }
    report_copies(checker, copies);
}

/// Emoji and punctuation say nothing to the bot. What is empty is told where it is read.
fn what_is_learnt_from_has_words(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let phrasings = phrasings(knowledge).flat_map(|(path, texts)| texts.iter().map(move |text| (path.clone(), text)));
    let messages = knowledge.alarms.iter().flat_map(Alarms::messages).map(|text| (ALARMS.to_owned(), text));
    let has_no_words = |text: &str| !text.is_empty() && !text.contains(char::is_alphanumeric);
    for (path, text) in phrasings.chain(messages).filter(|(_, text)| has_no_words(text)) {
        let help = "the bot learns from words alone: write some, or take it out";
        checker.report_at(Diagnostic::warning("empty-text", path, "this has no words").help(help), text.span.clone());
    }
}

/// People choose between topics by their titles.
fn titles_tell_topics_apart(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let mut seen: BTreeMap<String, &Id> = BTreeMap::new();
    let mut twice = Vec::new();
    for topic in knowledge.topics.iter().filter(|topic| !words_of(&topic.title).is_empty()) {
        match seen.entry(words_of(&topic.title)) {
            Entry::Vacant(free) => _ = free.insert(&topic.id),
            Entry::Occupied(taken) => twice.push((topic, *taken.get())),
        }
    }
    let copies = if twice.is_empty() { BTreeMap::new() } else { copies(knowledge) };
    for (topic, other) in twice {
        let (path, other) = (topic_path(&topic.id), topic_path(other));
        // A copy is told of as such.
        if copies.contains_key(&path) || copies.contains_key(&other) {
            continue;
        }
        let message = format!("`{other}` has this title too, so that nobody can choose between them");
        let help = "say in each title what this topic is about and the other is not";
        let diagnostic = Diagnostic::warning("duplicate-id", &path, message).help(help);
        match knowledge.passages.iter().find(|passage| passage.file == path && passage.text == topic.title) {
            Some(title) => checker.report_at(diagnostic, title.span.clone()),
            None => checker.report(diagnostic),
        }
    }
}

fn phrasing_twice(path: &str, other: &str) -> Diagnostic {
    let (message, help) = if other == path {
        ("this phrasing occurs twice here".to_owned(), "remove one of the two")
    } else {
        let help = "keep it where the better answer stands, and remove the other";
        (format!("this phrasing occurs in `{other}` too"), help)
    };
    Diagnostic::warning("duplicate-phrasing", path, message).help(help)
}

fn report_copies(checker: &mut Checker<'_>, copies: BTreeMap<String, String>) {
    let ids = paths(checker.knowledge);
    for (copy, original) in copies {
        // A copy whose name is no id is told of there.
        if ids.get(&copy).is_some_and(|id| is_well_formed(id)) {
            let help = "remove the copy; if it is to be a topic of its own, give it phrasings that no other file has";
            let message = format!("this is a copy of `{original}`: most of its phrasings stand there too");
            checker.report(Diagnostic::warning("duplicate-phrasing", copy, message).help(help));
        }
    }
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

/// A hint rather than a fault, for a title and an answer are enough to be served: it waits until all errors are mended.
fn topics_have_phrasings(checker: &mut Checker<'_>) {
    const HELP: &str = "add `questions`: what patients write when they ask this";
    if checker.diagnostics.iter().any(Diagnostic::is_error) {
        return;
    }
    let topics = &checker.knowledge.topics;
    let (bare, found): (Vec<&Topic>, Vec<&Topic>) =
        topics.iter().partition(|topic| topic.questions.is_empty() && topic.keywords.is_empty());
    if found.is_empty() && bare.len() > 1 {
        let message = "no topic has phrasings: they are found by the words of their titles and answers only";
        checker.report(Diagnostic::warning("never-found", "topics", message).help(HELP));
        return;
    }
    for topic in bare {
        let message = "no phrasing leads to this topic: it is found by the words of its title and answer only";
        checker.report(Diagnostic::warning("never-found", topic_path(&topic.id), message).help(HELP));
    }
}

fn commands_are_well_formed(checker: &mut Checker<'_>) {
    let mut seen = BTreeSet::new();
    for command in &checker.knowledge.guide.commands {
        let name = command.name.as_str();
        let sound = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let problem = if !sound {
            let way_out = "write small letters, digits and hyphens only, as in `red-flags`";
            Some(("wrong-value", format!("`{name}` can't be a command"), way_out))
        } else if FixedCommand::named(name).is_some() {
            Some(("duplicate-id", format!("`{name}` is a command that every guide has"), "give it another name"))
        } else if !name.is_empty() && !seen.insert(name) {
            Some(("duplicate-id", format!("the command `{name}` exists already"), "give it another name"))
        } else {
            None
        };
        if let Some((code, message, help)) = problem {
            checker.report_at(Diagnostic::error(code, "guide.toml", message).help(help), command.name.span.clone());
        }
    }
}

fn commands_are_not_too_many(checker: &mut Checker<'_>) {
    const FIXED: usize = FixedCommand::ALL.len();
    let commands = &checker.knowledge.guide.commands;
    if let Some(first_left_out) = commands.get(COMMANDS - FIXED) {
        let number = commands.len() + FIXED;
        let message =
            format!("there are {number} commands with the {FIXED} that every guide has, and Discord takes {COMMANDS}");
        let diagnostic = Diagnostic::error("too-many", "guide.toml", message).help("take some out, from here on");
        checker.report_at(diagnostic, first_left_out.name.span.clone());
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
    let there = checker.files.iter().any(|file| file.path == URGENT);
    let broken = checker.diagnostics.iter().any(|diagnostic| diagnostic.file == URGENT && diagnostic.is_error());
    if there && !broken && (urgent.signs.is_empty() || urgent.cares.is_empty()) {
        let help = "write at least one `[[sign]]` and one `[[care]]`, or remove the file: there is one compiled in";
        checker.report(Diagnostic::error("no-signs", URGENT, "there is no sign of an emergency").help(help));
    }
}

/// A sign is also heard without its patterns. Where it has been renamed or taken out, what sounds like it is told in another
/// one's words, so this is told wherever most of the compiled-in signs are there.
fn no_sign_has_gone(checker: &mut Checker<'_>) {
    let compiled_in = compiled_in_urgent().signs;
    let there = &checker.knowledge.urgent.signs;
    let (kept, gone): (Vec<_>, Vec<_>) =
        compiled_in.iter().partition(|sign| there.iter().any(|known| known.id.value == sign.id.value));
    if gone.is_empty() || kept.len() <= gone.len() {
        return;
    }
    let named: Vec<String> = gone.iter().map(|sign| format!("`{}`", sign.id.value)).collect();
    let message = format!("the compiled-in list has {} more: {}", counted(gone.len(), "sign"), named.join(", "));
    let help = "the bot hears signs without patterns too, and would now warn of these in the words of others: \
                give each its `id` back, or keep it with a pattern of your own";
    checker.report(Diagnostic::warning("missing-sign", URGENT, message).help(help));
}

/// Messages teach a sign that there is, and a message is either alarming or calm.
fn alarms_name_signs(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let Some(alarms) = &knowledge.alarms else { return };
    let signs = || knowledge.urgent.signs.iter().map(|sign| sign.id.as_str());
    for alarm in &alarms.alarms {
        if alarm.sign.as_str().is_empty() || signs().any(|sign| sign == alarm.sign.as_str()) {
            continue;
        }
        let help = correction(alarm.sign.as_str(), signs())
            .unwrap_or_else(|| format!("write a `[[sign]]` with `id = \"{}\"` into {URGENT}", alarm.sign.value));
        let message = format!("there is no sign `{}`", alarm.sign.value);
        checker.report_at(Diagnostic::error("bad-sign", ALARMS, message).help(help), alarm.sign.span.clone());
    }
    let mut seen = BTreeSet::new();
    for message in alarms.messages().filter(|message| !seen.insert(message.as_str())) {
        let diagnostic = Diagnostic::error("duplicate-phrasing", ALARMS, "this message stands here twice");
        checker.report_at(diagnostic.help("keep it where it belongs, and remove the other"), message.span.clone());
    }
}
