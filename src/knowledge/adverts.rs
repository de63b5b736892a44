//! What the words of an advert show: `adverts.toml`.
//!
//! The file names red flags, and details that an honest advert gives; both are told by patterns, in the language of
//! `urgent.toml`. What is denied ("not approved") is no flag; a detail that is denied may be one.

use std::collections::BTreeSet;
use std::ops::Range;

use super::check::{Checker, named_exist};
use super::fields::{Fields, ID, Limit};
use super::passage::ReadAs;
use super::read::{PATTERN, PHRASING, SENTENCE, TITLE, cues};
use super::schema::{Cues, Figure, Id, Knowledge, Placed, Row};
use super::statements::{Stance, Statable, Statement, Statements};
use crate::diagnostic::{Diagnostic, correction};
use crate::text::{Token, tokens};
use crate::triage::Problem;

const FILE: &str = "adverts.toml";

/// What a flag says, or a question that is to be asked.
const LINE: Limit = Limit::read(ReadAs::Answer, 200, 300);

/// What stands between the topic and the row of a table in `below`.
const OF: char = '/';

/// Stands in what a flag says for the figure of `below`.
pub(super) const FIGURE: &str = "{figure}";

/// What `adverts.toml` says.
#[derive(Clone, Debug, Default)]
pub struct AdvertsFile {
    /// The topic that lists the red flags.
    pub topic: Placed<Id>,
    /// What is said around what was found.
    pub say: AdvertWords,
    /// The red flags.
    pub flags: Vec<Flag>,
    /// What an honest advert tells.
    pub details: Vec<Detail>,
    /// What is told by the words around them, as in `urgent.toml`.
    pub cues: Cues,
    /// Adverts, with what is to be found in them.
    pub examples: Vec<AdvertExample>,
}

/// What is said around what was found in an advert.
#[derive(Clone, Debug, Default)]
pub struct AdvertWords {
    /// The heading of it all.
    pub title: String,
    /// Leads to the red flags that were found.
    pub found: String,
    /// There is none, which must not be taken for a good sign.
    pub none: String,
    /// Leads to what else the text claims and the guide does not say.
    pub beyond: String,
    /// Leads to the details that the text leaves out.
    pub missing: String,
    /// Leads to the questions.
    pub ask: String,
    /// What such a look at words can't see.
    pub limits: String,
    /// There are no words to look at.
    pub empty: String,
}

/// Words that speak against a provider.
#[derive(Clone, Debug, Default)]
pub struct Flag {
    /// A short name, as in an id.
    pub id: Placed<String>,
    /// What the flag is called.
    pub name: String,
    /// What the guide says about it.
    pub say: String,
    /// The patterns that show it.
    pub patterns: Vec<Placed<String>>,
    /// A pattern with a number shows it only below the lower end of this row of a table: `topic/row`.
    pub below: Option<Placed<String>>,
    /// Whether the guide's list does not have it, though the guide says otherwise.
    pub beyond: bool,
}

/// What an honest advert tells.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// A short name, as in an id.
    pub id: Placed<String>,
    /// What it is called.
    pub name: String,
    /// What to ask where it is missing.
    pub ask: String,
    /// The patterns that tell it.
    pub patterns: Vec<Placed<String>>,
    /// The flag that is shown where it is denied.
    pub denied: Option<Placed<String>>,
}

/// An advert, and what is to be found in it.
#[derive(Clone, Debug, Default)]
pub struct AdvertExample {
    /// Its words.
    pub text: Placed<String>,
    /// The flags that it shows.
    pub flags: Vec<Placed<String>>,
    /// The details that it leaves out.
    pub missing: Vec<Placed<String>>,
}

/// Reads `adverts.toml`.
pub(super) fn adverts_file(fields: &mut Fields<'_, '_>) -> AdvertsFile {
    AdvertsFile {
        topic: fields.required_id("topic"),
        say: fields.table("say", words).unwrap_or_default(),
        flags: fields.tables("flag", flag),
        details: fields.tables("detail", |fields| Detail {
            id: fields.required_text("id", ID),
            name: fields.required_text("name", TITLE).value,
            ask: fields.required_text("ask", LINE).value,
            patterns: fields.patterns("patterns"),
            denied: fields.text("denied", ID),
        }),
        cues: cues(fields),
        examples: fields.tables("advert", |fields| AdvertExample {
            text: fields.required_text("text", ADVERT),
            flags: fields.texts("flags", ID),
            missing: fields.texts("missing", ID),
        }),
    }
}

fn flag(fields: &mut Fields<'_, '_>) -> Flag {
    let below = fields.text("below", PATTERN);
    let places: &[&str] = if below.is_some() { &[FIGURE] } else { &[] };
    Flag {
        id: fields.required_text("id", ID),
        name: fields.required_text("name", TITLE).value,
        say: fields.required_text("say", LINE.with_places(places)).value,
        patterns: fields.patterns("patterns"),
        below,
        beyond: fields.switch("beyond").unwrap_or_default(),
    }
}

/// An example is as long as an advert.
const ADVERT: Limit = Limit { advised: 2_000, ..PHRASING };

fn words(fields: &mut Fields<'_, '_>) -> AdvertWords {
    AdvertWords {
        title: fields.required_text("title", TITLE).value,
        found: fields.required_text("found", LINE).value,
        none: fields.required_text("none", SENTENCE).value,
        beyond: fields.required_text("beyond", LINE).value,
        missing: fields.required_text("missing", LINE).value,
        ask: fields.required_text("ask", LINE).value,
        limits: fields.required_text("limits", SENTENCE).value,
        empty: fields.required_text("empty", SENTENCE).value,
    }
}

/// Finds what adverts show.
pub struct AdvertReader {
    statements: Statements,
    /// For each flag, the number below which a pattern with a number shows it.
    limits: Vec<Option<f64>>,
}

/// What an advert shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdvertFindings {
    /// The flags, by their numbers in the file, each with the place in the text that shows it most plainly.
    pub flags: Vec<(usize, Range<usize>)>,
    /// The details that are left out, by their numbers in the file.
    pub missing: Vec<usize>,
}

impl AdvertReader {
    /// Compiles the patterns of `file`, which belongs to `knowledge`; and says what is wrong with them.
    pub(super) fn compile(file: &AdvertsFile, knowledge: &Knowledge) -> (AdvertReader, Vec<Problem>) {
        let of_flags = file.flags.iter().map(|flag| Statable { id: &flag.id, patterns: &flag.patterns });
        let of_details = file.details.iter().map(|detail| Statable { id: &detail.id, patterns: &detail.patterns });
        let statable: Vec<Statable<'_>> = of_flags.chain(of_details).collect();
        let (statements, problems) = Statements::new(&statable, &file.cues);
        let limit = |flag: &Flag| flag.below.as_ref().and_then(|below| Some(figure(knowledge, below)?.low));
        (AdvertReader { statements, limits: file.flags.iter().map(limit).collect() }, problems)
    }

    /// Compiles what was checked already.
    pub(crate) fn new(file: &AdvertsFile, knowledge: &Knowledge) -> AdvertReader {
        AdvertReader::compile(file, knowledge).0
    }

    /// What `text` shows.
    pub(crate) fn read(&self, file: &AdvertsFile, text: &str) -> AdvertFindings {
        let tokens = tokens(text);
        let stated = self.statements.of(&tokens);
        let place = |words: &Range<usize>| tokens[words.start].span.start..tokens[words.end - 1].span.end;
        let shown = |(number, flag): (usize, &Flag)| {
            let said = |statement: &&Statement| {
                let under = |limit| is_below(&tokens[statement.words.clone()], limit);
                let shows = statement.id == flag.id.value && self.limits[number].is_none_or(under);
                shows && matches!(statement.stance, Stance::Asserted | Stance::Asked)
            };
            let denied = |statement: &&Statement| {
                let denies =
                    |detail: &&Detail| detail.denied.as_ref().is_some_and(|denied| denied.value == flag.id.value);
                let detail = file.details.iter().find(|detail| detail.id.value == statement.id);
                detail.as_ref().is_some_and(denies) && statement.stance == Stance::Denied
            };
            // Words near each other say it more plainly than words that are far apart.
            let shows = stated.iter().filter(|statement| said(statement) || denied(statement));
            let plainest = shows.min_by_key(|statement| (statement.words.len(), statement.words.start))?;
            Some((number, place(&plainest.words)))
        };
        let missing = |detail: &Detail| {
            let told = |statement: &Statement| statement.id == detail.id.value && statement.stance != Stance::Denied;
            !stated.iter().any(told)
        };
        AdvertFindings {
            flags: file.flags.iter().enumerate().filter_map(shown).collect(),
            missing: (0..file.details.len()).filter(|number| missing(&file.details[*number])).collect(),
        }
    }
}

/// Whether there is no number in these words, or one below `limit`.
fn is_below(words: &[Token], limit: f64) -> bool {
    let mut numbers = words.iter().filter_map(|token| token.word.parse::<f64>().ok()).peekable();
    numbers.peek().is_none() || numbers.any(|number| number < limit)
}

/// The figure in the row that `named` names.
fn figure<'k>(knowledge: &'k Knowledge, named: &str) -> Option<&'k Figure> {
    let (topic, row) = named.split_once(OF)?;
    let topic = knowledge.topics.iter().find(|known| known.id.as_str() == topic)?;
    topic.tables.iter().find_map(|table| table.row(row)).and_then(Row::figure)
}

impl Flag {
    /// What the guide says about it, with the figure that it names.
    pub fn said(&self, knowledge: &Knowledge) -> String {
        let named = self.below.as_ref().and_then(|below| figure(knowledge, below));
        named.map_or_else(|| self.say.clone(), |figure| self.say.replace(FIGURE, &figure.to_string()))
    }
}

/// What `adverts.toml` names is there, and named once.
pub(super) fn adverts_fit_together(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let Some(file) = &knowledge.adverts else { return };
    let mut seen = BTreeSet::new();
    for id in file.flags.iter().map(|flag| &flag.id).chain(file.details.iter().map(|detail| &detail.id)) {
        if !id.is_empty() && !seen.insert(id.value.as_str()) {
            let message = format!("`{}` is there already", id.value);
            let help = "give each flag and each detail an id of its own";
            checker.report_at(Diagnostic::error("duplicate-id", FILE, message).help(help), id.span.clone());
        }
    }
    let flags: Vec<&str> = file.flags.iter().map(|flag| flag.id.value.as_str()).collect();
    let details: Vec<&str> = file.details.iter().map(|detail| detail.id.value.as_str()).collect();
    let named = file.details.iter().filter_map(|detail| detail.denied.as_ref()).map(|id| (id, &flags));
    let in_examples = file.examples.iter().flat_map(|advert| {
        advert.flags.iter().map(|id| (id, &flags)).chain(advert.missing.iter().map(|id| (id, &details)))
    });
    for (id, known) in named.chain(in_examples) {
        if !id.is_empty() && !known.contains(&id.value.as_str()) {
            let help = correction(&id.value, known.iter().copied())
                .unwrap_or_else(|| format!("write one of {}", known.join(", ")));
            let message = format!("there is no `{}` in this file", id.value);
            checker.report_at(Diagnostic::error("wrong-value", FILE, message).help(help), id.span.clone());
        }
    }
    for below in without_figure(file, knowledge) {
        if let Some(topic) = topic_of(below).filter(|topic| checker.lacks(&topic.value)) {
            named_exist(checker, FILE, "below", &[topic]);
        } else {
            let message = format!("`{}` is no row of a table with a figure", below.value);
            let help = format!("write the topic and the row, as in `{}`", row_with_a_figure(knowledge));
            checker.report_at(Diagnostic::error("wrong-value", FILE, message).help(help), below.span.clone());
        }
    }
}

/// What stands at `below` and names no figure.
fn without_figure<'k>(file: &'k AdvertsFile, knowledge: &'k Knowledge) -> impl Iterator<Item = &'k Placed<String>> {
    let named = file.flags.iter().filter_map(|flag| flag.below.as_ref());
    named.filter(|below| !below.is_empty() && figure(knowledge, below).is_none())
}

/// The topic that `below` names.
fn topic_of(below: &Placed<String>) -> Option<Placed<Id>> {
    let (topic, _) = below.split_once(OF)?;
    Some(Placed { value: Id(topic.to_owned()), span: below.span.clone() })
}

/// What can stand at `below`, best from this guide.
fn row_with_a_figure(knowledge: &Knowledge) -> String {
    let mut rows = knowledge.topics.iter().flat_map(|topic| {
        let rows = topic.tables.iter().flat_map(|table| &table.rows);
        rows.filter(|row| row.figure().is_some()).map(move |row| format!("{}{OF}{}", topic.id, row.id))
    });
    rows.next().unwrap_or_else(|| format!("costs{OF}session"))
}

/// The example adverts show what they are to show, and nothing else.
pub(super) fn example_adverts_are_seen_through(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let Some(file) = &knowledge.adverts else { return };
    let (reader, problems) = AdvertReader::compile(file, knowledge);
    problems.into_iter().for_each(|problem| checker.report_pattern("bad-pattern", FILE, problem));
    // Without the topic every number is too low, so the adverts would fail for that.
    if without_figure(file, knowledge).filter_map(topic_of).any(|topic| checker.lacks(&topic.value)) {
        return;
    }
    for advert in &file.examples {
        let findings = reader.read(file, &advert.text);
        let flags = findings.flags.iter().map(|(number, place)| {
            let quoted = advert.text.get(place.clone()).unwrap_or_default();
            (file.flags[*number].id.value.as_str(), format!(": \"{quoted}\""))
        });
        let missing = findings.missing.iter().map(|number| (file.details[*number].id.value.as_str(), String::new()));
        let found = [
            ("flags", "is seen in this advert", "is not seen in this advert", flags.collect::<Vec<_>>(), &advert.flags),
            ("missing", "is not told by this advert", "is told by this advert", missing.collect(), &advert.missing),
        ];
        for (key, is_found, is_not_found, found, wanted) in found {
            let unwanted =
                found.iter().find(|(id, _)| !id.is_empty() && !wanted.iter().any(|wanted| wanted.value == *id));
            let lacking =
                wanted.iter().find(|wanted| !wanted.is_empty() && !found.iter().any(|(id, _)| wanted.value == *id));
            let (message, help) = match (unwanted, lacking) {
                (Some((id, place)), _) => {
                    (format!("`{id}` {is_found}{place}"), format!("add it to `{key}`, or mend the patterns of `{id}`"))
                }
                (None, Some(id)) => (
                    format!("`{}` {is_not_found}", id.value),
                    format!("take it out of `{key}`, or mend the patterns of `{}`", id.value),
                ),
                (None, None) => continue,
            };
            let diagnostic = Diagnostic::error("failing-example", FILE, message).help(help);
            checker.report_at(diagnostic, advert.text.span.clone());
        }
    }
}
