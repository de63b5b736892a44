//! From the text of each file to the types of [`schema`](super::schema).

use std::sync::LazyLock;

use toml::de::DeTable;

use super::adverts::adverts_file;
use super::alarms::alarms;
use super::claims::{ClaimsFile, claims_file};
use super::compare::compare;
use super::facts::facts_file;
use super::fields::{Fields, Limit};
use super::freshness;
use super::glossary::glossary;
use super::languages::languages;
use super::lists::{checklist, timeline};
use super::numbers::{self, Numbers};
use super::passage::{Passage, ReadAs};
use super::places;
use super::schema::*;
use super::source::{self, SourceFile};
use super::sums::{instead, sums, times};
use super::syntax;
use crate::diagnostic::{Diagnostic, counted};
use crate::parallel;

/// A heading and a button's label: Discord shows 80 characters of a label, and fewer on a phone.
pub(super) const TITLE: Limit = Limit::read(ReadAs::Label, 60, 80);
/// Read in full before anybody presses a button.
const ANSWER: Limit = Limit::read(ReadAs::Answer, 700, 2_000);
/// Read by those who want more.
const DETAILS: Limit = Limit::read(ReadAs::Details, 2_500, 3_500);
/// A phrasing is a question, with a little story at most.
pub(super) const PHRASING: Limit = Limit::unread(300, 2_000);
/// A keyword is a word or a short phrase.
pub(super) const KEYWORD: Limit = Limit::unread(60, 200);
/// Stands under every message, and takes room from what stands above.
const DISCLAIMER: Limit = Limit::read(ReadAs::Answer, 300, 600);
/// A fixed sentence, or a paragraph as in the answer to `/privacy`.
pub(super) const SENTENCE: Limit = Limit::read(ReadAs::Answer, 1_000, 2_000);
/// A line that leads to the topics offered.
const LEAD: Limit = Limit::read(ReadAs::Label, 100, 140);
/// What Discord shows of a command's description.
pub(super) const DESCRIPTION: Limit = Limit::read(ReadAs::Label, 100, 100);
/// What Discord takes as a command's name.
const COMMAND: Limit = Limit::unread(32, 32);
/// What Discord shows over a form, and over what is to be filled in.
const FORM: Limit = Limit::read(ReadAs::Label, 45, 45);
/// What Discord takes as the name of a command in a message's menu.
const MENU: Limit = Limit::read(ReadAs::Label, 32, 32);
/// A table's cell, column or title.
pub(super) const CELL: Limit = Limit::read(ReadAs::Cell, 60, 120);
/// A piece of a figure, which is read as part of it.
const PIECE: Limit = Limit::unread(60, 120);
/// What a sign is called, for moderators.
const NAME: Limit = Limit::unread(60, 80);
/// The guide's own heading, which is not ours to shorten.
const SECTION: Limit = Limit::read(ReadAs::Section, 100, 150);
/// Advice to moderators.
pub(super) const ADVICE: Limit = Limit::unread(300, 1_000);
/// A pattern of triage, which is read by moderators only.
pub(super) const PATTERN: Limit = Limit::unread(2_000, 4_000);
/// An address; Discord takes 512 characters behind a button.
const URL: Limit = Limit::unread(512, 512);

/// The knowledge in `files`; what is wrong with them is reported.
pub fn knowledge(files: &[SourceFile], diagnostics: &mut Vec<Diagnostic>) -> Knowledge {
    // The topics are a third of all text.
    let read_topics = || {
        let mut found = Vec::new();
        let mut reader = Reader { files, diagnostics: &mut found, passages: Vec::new() };
        let topics = reader.folder("topics", topic);
        (topics, reader.passages, found)
    };
    let ((topics, passages, found), mut knowledge) = parallel::join(read_topics, || all_but_topics(files, diagnostics));
    diagnostics.extend(found);
    knowledge.passages.extend(passages);
    Knowledge { topics, ..knowledge }
}

fn all_but_topics(files: &[SourceFile], diagnostics: &mut Vec<Diagnostic>) -> Knowledge {
    let mut reader = Reader { files, diagnostics, passages: Vec::new() };
    let guide = reader.file("guide.toml", guide_file);
    let urgent = reader.file("urgent.toml", urgent_file);
    let vocabulary = reader.file("vocabulary.toml", vocabulary);
    Knowledge {
        guide: guide.unwrap_or_else(guide_without_file),
        urgent: urgent.unwrap_or_else(compiled_in_urgent),
        vocabulary: vocabulary.unwrap_or_default(),
        topics: Vec::new(),
        boundaries: reader.folder("boundaries", boundary),
        alarms: reader.file("alarms.toml", alarms),
        facts: reader.file("facts.toml", facts_file),
        claims: reader.file("claims.toml", claims_file),
        glossary: reader.file("glossary.toml", glossary),
        adverts: reader.file("adverts.toml", adverts_file),
        languages: reader.file("languages.toml", languages).unwrap_or_default(),
        passages: reader.passages,
    }
}

/// The signs compiled into the binary, which triage falls back on.
pub fn compiled_in_urgent() -> UrgentFile {
    read(&source::compiled_in_file("urgent.toml"), &mut Vec::new(), urgent_file).unwrap_or_default()
}

/// The claims compiled into the binary, whose grammar tells what a text denies where a guide has none of its own.
pub(super) fn compiled_in_claims() -> ClaimsFile {
    read(&source::compiled_in_file("claims.toml"), &mut Vec::new(), claims_file).unwrap_or_default()
}

/// Parses `file` and has it read by `read`; a file that is no TOML is reported instead.
pub(crate) fn read<T>(
    file: &SourceFile,
    diagnostics: &mut Vec<Diagnostic>,
    read: impl FnOnce(&mut Fields<'_, '_>) -> T,
) -> Option<T> {
    Reader { files: &[], diagnostics, passages: Vec::new() }.read(file, read)
}

/// Files that are being read, and what is noted on the way.
struct Reader<'a> {
    files: &'a [SourceFile],
    diagnostics: &'a mut Vec<Diagnostic>,
    passages: Vec<Passage>,
}

impl Reader<'_> {
    fn read<T>(&mut self, file: &SourceFile, read: impl FnOnce(&mut Fields<'_, '_>) -> T) -> Option<T> {
        let (table, errors) = DeTable::parse_recoverable(&file.text);
        if !errors.is_empty() {
            self.diagnostics.extend(syntax::errors(file, &errors));
            return None;
        }
        let whole = 0..file.text.len();
        let mut fields = Fields::new(file, table.get_ref(), whole, self.diagnostics, &mut self.passages);
        let value = read(&mut fields);
        fields.finish();
        Some(value)
    }

    /// What stands in the file at `path`.
    fn file<T>(&mut self, path: &str, read: fn(&mut Fields<'_, '_>) -> T) -> Option<T> {
        let file = self.files.iter().find(|file| file.path == path)?;
        self.read(file, read)
    }

    /// What stands in the files of `folder`, each read by `one`, ordered by id.
    fn folder<T>(&mut self, folder: &str, one: fn(&str, &mut Fields<'_, '_>) -> T) -> Vec<T> {
        let mut with_ids: Vec<_> = self.files.iter().filter_map(|file| Some((file.id_in(folder)?, file))).collect();
        // The files come in the order of their paths, in which `a-b.toml` stands before `a.toml`.
        with_ids.sort_by_key(|(id, _)| *id);
        with_ids.into_iter().filter_map(|(id, file)| self.read(file, |fields| one(id, fields))).collect()
    }
}

fn topic(id: &str, fields: &mut Fields<'_, '_>) -> Topic {
    Topic {
        id: Id(id.to_owned()),
        title: fields.required_text("title", TITLE).value,
        verdict: fields.text("verdict", KEYWORD),
        answer: fields.required_text("answer", ANSWER).value,
        details: fields.text("details", DETAILS).map(|text| text.value),
        questions: fields.texts("questions", PHRASING),
        keywords: fields.texts("keywords", KEYWORD),
        related: fields.ids("related"),
        section: fields.text("section", SECTION).map(|text| text.value),
        kind: freshness::kind(fields),
        reviewed: fields.date("reviewed"),
        links: fields.tables("link", link),
        tables: fields.tables("table", table),
        sums: fields.table("sums", sums),
        checklist: fields.table("checklist", checklist),
        timeline: fields.table("timeline", timeline),
    }
}

fn boundary(id: &str, fields: &mut Fields<'_, '_>) -> Boundary {
    Boundary {
        id: Id(id.to_owned()),
        title: fields.required_text("title", TITLE).value,
        answer: fields.required_text("answer", ANSWER).value,
        personal: fields.switch("personal").unwrap_or_default(),
        suggest: fields.ids("suggest"),
        questions: fields.texts("questions", PHRASING),
        keywords: fields.texts("keywords", KEYWORD),
        reviewed: fields.date("reviewed"),
    }
}

fn link(fields: &mut Fields<'_, '_>) -> Link {
    let label = fields.required_text("label", TITLE).value;
    let url = fields.required_text("url", URL);
    if !url.is_empty() && !url.starts_with("https://") {
        let message = format!("the link `{}` does not start with `https://`", url.value);
        fields.wrong_value(url.span.clone(), message, "copy the whole address from the browser".to_owned());
    }
    Link { label, url: url.value }
}

fn table(fields: &mut Fields<'_, '_>) -> Table {
    let title = fields.required_text("title", CELL).value;
    let columns: Vec<String> = fields.texts("columns", CELL).into_iter().map(|text| text.value).collect();
    let mut ids = Vec::new();
    let rows = fields.tables("row", |fields| row(&columns, &mut ids, fields));
    Table { title, columns, rows, compare: fields.table("compare", compare) }
}

fn row(columns: &[String], ids: &mut Vec<String>, fields: &mut Fields<'_, '_>) -> Row {
    let id = fields.required_text("id", super::fields::ID);
    let cells = fields.mixed("cells", CELL, Cell::Text, |fields| {
        let figure = figure(fields);
        fields.note(ReadAs::Cell, figure.to_string(), fields.span());
        Cell::Figure(figure)
    });
    if !id.is_empty() && ids.contains(&id.value) {
        let message = format!("the row id `{}` occurs twice in this table", id.value);
        fields.wrong_value(id.span.clone(), message, "give each row an id of its own".to_owned());
    }
    if let Some(cells) = cells.as_ref().filter(|cells| cells.len() != columns.len()) {
        let (cells, columns) = (counted(cells.len(), "cell"), counted(columns.len(), "column"));
        let message = format!("this row has {cells}, and the table has {columns}");
        fields.wrong_value(fields.span(), message, "write one cell for each column".to_owned());
    }
    ids.push(id.value.clone());
    let cells = cells.unwrap_or_default();
    fields.note(ReadAs::Row, in_words(columns, &cells), fields.span_of("cells"));
    let (times, instead) = (fields.table("times", times), fields.table("instead", instead));
    Row { id: id.value, cells, times, instead }
}

/// What a row says in words: `Evidence: Strong; Status: Approved`.
fn in_words(columns: &[String], cells: &[Cell]) -> String {
    let words = columns.iter().zip(cells).filter_map(|(column, cell)| match cell {
        Cell::Text(text) => Some(format!("{column}: {text}")),
        Cell::Figure(_) => None,
    });
    words.collect::<Vec<_>>().join("; ")
}

pub(super) fn figure(fields: &mut Fields<'_, '_>) -> Figure {
    let figure = Figure {
        low: fields.required_number("low"),
        high: fields.number("high", "1500").map(|high| high.value),
        unit: fields.required_text("unit", PIECE).value,
        per: fields.text("per", PIECE).map(|text| text.value),
        note: fields.text("note", PIECE).map(|text| text.value),
    };
    if let Some(high) = figure.high.filter(|high| *high < figure.low) {
        let message = format!("`low` is {} and `high` is {high}, which is less", figure.low);
        fields.wrong_value(fields.span(), message, "write the smaller number at `low`".to_owned());
    }
    figure
}

fn vocabulary(fields: &mut Fields<'_, '_>) -> Vec<VocabularyEntry> {
    fields.tables("entry", vocabulary_entry)
}

fn vocabulary_entry(fields: &mut Fields<'_, '_>) -> VocabularyEntry {
    VocabularyEntry { means: fields.required_text("means", KEYWORD), words: fields.texts("words", KEYWORD) }
}

fn guide_file(fields: &mut Fields<'_, '_>) -> GuideFile {
    let disclaimer =
        fields.text("disclaimer", DISCLAIMER).map_or_else(|| default_text("disclaimer"), |text| text.value);
    let urgent = fields.text("disclaimer_urgent", DISCLAIMER);
    GuideFile {
        title: fields.required_text("title", TITLE).value,
        edition: fields.text("edition", CELL).map(|text| text.value),
        reviewed: fields.date("reviewed"),
        review: fields.table("review", freshness::periods).unwrap_or_default(),
        disclaimer_urgent: urgent.map_or_else(|| disclaimer.clone(), |text| text.value),
        disclaimer,
        subjects: fields.tables("subject", subject),
        commands: fields.tables("command", topic_command),
        say: fields.table("say", say).unwrap_or_else(|| Say::read(default_sentence)),
    }
}

fn subject(fields: &mut Fields<'_, '_>) -> Subject {
    Subject {
        id: fields.required_text("id", super::fields::ID),
        title: fields.required_text("title", TITLE).value,
        topics: fields.ids("topics"),
    }
}

fn topic_command(fields: &mut Fields<'_, '_>) -> TopicCommand {
    TopicCommand {
        name: fields.required_text("name", COMMAND),
        description: fields.required_text("description", DESCRIPTION).value,
        topic: fields.required_id("topic"),
    }
}

fn say(fields: &mut Fields<'_, '_>) -> Say {
    Say::read(|key| {
        let limit = match key {
            "privacy_now" => SENTENCE.with_places(&places::HELD),
            "decline" | "clarify" | "unread" | "empty" | "besides" | "overdue" | "no_words" | "privacy"
            | "privacy_memory" | "privacy_unasked" | "stale" | "pause" | "pointer" | "sent" | "not_sent"
            | "settings" | "settings_refused" | "settings_no_number" | "settings_failing" | "settings_deaf"
            | "trouble" | "others_text" | "posted" | "reasons" | "thanks" | "not_yours" | "removed"
            | "not_understood" => SENTENCE,
            "form_title" | "form_question" | "send_title" | "send_question" | "send_name" | "settings_emergency"
            | "settings_crisis" | "settings_numbers" => FORM,
            "near" | "near_personal" | "related" | "further" => LEAD,
            description if description.starts_with("describe_") => DESCRIPTION,
            menu if menu.starts_with("menu_") => MENU,
            // All others are headings and labels.
            _ => TITLE,
        };
        fields.text(key, limit).map_or_else(|| default_sentence(key), |text| text.value)
    })
}

/// What the compiled-in signs say for numbers that nobody has set, for a file that does not say it.
static NEUTRAL: LazyLock<Numbers> = LazyLock::new(|| {
    let table: toml::Table = source::compiled_in_file("urgent.toml").text.parse().unwrap_or_default();
    let words = |key| Some(table.get("numbers")?.get(key)?.as_str()?.to_owned());
    Numbers { emergency_number: words("emergency_number"), crisis_line: words("crisis_line") }
});

/// The compiled-in `guide.toml`: it has every sentence, so that a guide of another field may leave some out.
static COMPILED_IN_GUIDE: LazyLock<toml::Table> =
    LazyLock::new(|| source::compiled_in_file("guide.toml").text.parse().unwrap_or_default());

fn default_text(key: &str) -> String {
    COMPILED_IN_GUIDE.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}

fn default_sentence(key: &str) -> String {
    let sentences = COMPILED_IN_GUIDE.get("say").and_then(|say| say.as_table());
    sentences.and_then(|say| say.get(key)?.as_str()).unwrap_or_default().to_owned()
}

/// What holds for a folder without a `guide.toml`; `check` warns of it.
fn guide_without_file() -> GuideFile {
    GuideFile {
        title: "Guide".to_owned(),
        disclaimer: default_text("disclaimer"),
        disclaimer_urgent: default_text("disclaimer_urgent"),
        say: Say::read(default_sentence),
        ..GuideFile::default()
    }
}

fn urgent_file(fields: &mut Fields<'_, '_>) -> UrgentFile {
    let mut file = urgent_tables(fields);
    file.name_numbers(&Numbers::default());
    file
}

fn urgent_tables(fields: &mut Fields<'_, '_>) -> UrgentFile {
    let neutral = fields.table("numbers", Numbers::neutral).unwrap_or_default();
    UrgentFile {
        numbers: neutral.or(&NEUTRAL),
        cares: fields.tables("care", care),
        groups: fields.tables("group", |fields| WordGroup {
            name: fields.required_text("name", super::fields::ID),
            words: fields.patterns("words"),
        }),
        signs: fields.tables("sign", sign),
        cues: cues(fields),
        spellings: fields.tables("spelling", vocabulary_entry),
        ordinary: fields.table("ordinary", |fields| fields.texts("examples", PHRASING)).unwrap_or_default(),
    }
}

fn care(fields: &mut Fields<'_, '_>) -> Care {
    Care {
        id: fields.required_id("id"),
        title: fields.required_text("title", TITLE).value,
        // The numbers are put in when the whole file is read.
        say: String::new(),
        template: fields.required_text("say", ANSWER.with_places(&numbers::PLACES)).value,
        heeds: fields.texts("heeds", super::fields::ID),
    }
}

fn sign(fields: &mut Fields<'_, '_>) -> SignEntry {
    SignEntry {
        id: fields.required_id("id"),
        name: fields.required_text("name", NAME).value,
        care: fields.required_id("care"),
        only_with: fields.patterns("only_with"),
        patterns: fields.patterns("patterns"),
        examples: fields.texts("examples", PHRASING),
    }
}

pub(super) fn cues(fields: &mut Fields<'_, '_>) -> Cues {
    Cues {
        set_aside: fields.tables("set_aside", set_aside),
        grammar: fields.table("grammar", grammar).unwrap_or_default(),
    }
}

fn set_aside(fields: &mut Fields<'_, '_>) -> SetAsideEntry {
    SetAsideEntry {
        reason: fields.required_text("reason", super::fields::ID),
        words: fields.patterns("words"),
        except: fields.patterns("except"),
        unless: fields.patterns("unless"),
        examples: fields.texts("examples", PHRASING),
    }
}

fn grammar(fields: &mut Fields<'_, '_>) -> Grammar {
    Grammar {
        small_words: fields.patterns("small_words"),
        turns: fields.patterns("turns"),
        starts: fields.patterns("starts"),
        joins: fields.patterns("joins"),
        other_words: fields.patterns("other_words"),
        other_units: fields.patterns("other_units"),
        number_words: fields.patterns("number_words"),
    }
}
