//! Provenance: every figure, date and status that patients read, every section, and every name in a topic, is one of the
//! facts of `facts.toml`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::check::Checker;
use super::facts::{Fact, FactsFile, Standing};
use super::figures::{Mention, Quantity, RoughDate, Units, Value, mentions};
use super::numbers;
use super::passage::{Passage, ReadAs};
use super::phrasebook::Phrasebook;
use super::read::compiled_in_claims;
use super::schema::{Figure, Placed};
use super::statements::{Stance, Statable, Statement, Statements};
use crate::diagnostic::{Diagnostic, correction};
use crate::text::{End, Token, stem, tokens};

const FILE: &str = "facts.toml";

/// What stands before a name, with a full stop that ends no sentence.
const TITLES: [&str; 7] = ["Dr", "Mr", "Mrs", "Ms", "Mx", "Prof", "St"];

/// The facts name only what there is.
pub(super) fn facts_fit_together(checker: &mut Checker<'_>) {
    let Some(facts) = &checker.knowledge.facts else { return };
    let things: Vec<&str> = facts.things.iter().map(|thing| thing.id.as_str()).collect();
    let statuses: Vec<&str> = facts.statuses.iter().map(|status| status.id.as_str()).collect();
    for standing in facts.facts.iter().flat_map(|fact| &fact.statuses) {
        named(checker, "thing", &standing.of, &things);
        named(checker, "status", &standing.status, &statuses);
    }
}

fn named(checker: &mut Checker<'_>, kind: &str, name: &Placed<String>, there: &[&str]) {
    if name.is_empty() || there.contains(&name.as_str()) {
        return;
    }
    let help = correction(name, there.iter().copied())
        .unwrap_or_else(|| format!("write a `[[{kind}]]` with `id = \"{}\"`", name.value));
    let message = format!("there is no {kind} `{}`", name.value);
    checker.report_at(Diagnostic::error("wrong-value", FILE, message).help(help), name.span.clone());
}

/// What the texts say is what the facts say.
pub(super) fn texts_say_what_the_facts_say(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let Some(facts) = &knowledge.facts else { return };
    let statable: Vec<Statable<'_>> =
        facts.statuses.iter().map(|status| Statable { id: &status.id, patterns: &status.patterns }).collect();
    let compiled_in = knowledge.claims.is_none().then(compiled_in_claims).unwrap_or_default();
    let (statements, problems) = Statements::new(&statable, &knowledge.claims.as_ref().unwrap_or(&compiled_in).cues);
    // What is wrong with the grammar is told where it stands.
    let here: Vec<_> = facts.statuses.iter().flat_map(|status| &status.patterns).map(|pattern| &pattern.span).collect();
    let problems = problems.into_iter().filter(|problem| here.contains(&&problem.span));
    problems.for_each(|problem| checker.report_pattern("bad-pattern", FILE, problem));
    let ledger = Ledger::new(facts, statements);
    for passage in &knowledge.passages {
        for entry in ledger.unbacked(passage) {
            let diagnostic = Diagnostic::error("not-in-facts", &passage.file, entry.message).help(entry.help);
            checker.report_in(diagnostic, passage, &entry.part);
        }
    }
}

/// Something that no fact backs, the bytes of the passage in which it stands, and the way out.
struct Unbacked {
    part: Range<usize>,
    message: String,
    help: String,
}

/// The facts, ready to be looked up.
struct Ledger<'k> {
    facts: &'k FactsFile,
    units: Units,
    names: BTreeSet<String>,
    things: Phrasebook<&'k str>,
    statements: Statements,
}

impl<'k> Ledger<'k> {
    fn new(facts: &'k FactsFile, statements: Statements) -> Ledger<'k> {
        let names = facts.facts.iter().flat_map(|fact| &fact.names).flat_map(|name| tokens(name));
        let mut things = Phrasebook::default();
        for thing in &facts.things {
            thing.words.iter().for_each(|words| things.add(words, thing.id.as_str()));
        }
        Ledger {
            facts,
            units: Units::of(facts.facts.iter().flat_map(|fact| &fact.figures)),
            names: names.map(|token| stem(&token.word).into_owned()).collect(),
            things,
            statements,
        }
    }

    /// What in `passage` no fact backs.
    fn unbacked(&self, passage: &Passage) -> Vec<Unbacked> {
        let text = &passage.text;
        let mut unbacked = Vec::new();
        if passage.read_as == ReadAs::Section {
            unbacked.extend(self.section(text));
            return unbacked;
        }
        if passage.read_as != ReadAs::Row {
            let mentions = mentions(text, &self.units);
            unbacked.extend(mentions.iter().filter_map(|mention| self.mention(mention, passage)));
            if passage.file.starts_with("topics/") {
                unbacked.extend(self.unknown_names(text, &mentions));
            }
        }
        if passage.read_as != ReadAs::Cell {
            unbacked.extend(self.wrong_statuses(text));
        }
        unbacked
    }

    fn section(&self, section: &str) -> Option<Unbacked> {
        let known: BTreeSet<&str> = self.facts.facts.iter().map(|fact| fact.section.as_str()).collect();
        if section.is_empty() || known.contains(section) {
            return None;
        }
        let help = correction(section, known)
            .unwrap_or_else(|| format!("write the heading as the guide has it, or add its facts to `{FILE}`"));
        Some(Unbacked { part: 0..section.len(), message: format!("no fact is from the section `{section}`"), help })
    }

    fn mention(&self, mention: &Mention, passage: &Passage) -> Option<Unbacked> {
        let facts = || self.facts.facts.iter();
        let (backed, nearest) = match &mention.value {
            Value::Date(date) => (facts().any(|fact| agrees(*date, fact)), self.nearest_date(*date)),
            Value::Quantity(quantity) => {
                (facts().any(|fact| fact.figures.iter().any(|figure| quantity.is(figure))), self.nearest(quantity))
            }
        };
        let help = match nearest {
            // Numbers to call are not from the guide, and differ from place to place.
            _ if passage.file == "urgent.toml" => {
                let [emergency, crisis] = numbers::PLACES;
                format!(
                    "a number to call stands in `say` only, as `{emergency}` or `{crisis}`: the operator's is put there"
                )
            }
            Some(nearest) => nearest.help(),
            None => format!("take it out, or add the fact to `{FILE}` if the guide states it"),
        };
        let message = format!("`{}` is not among the facts", &passage.text[mention.span.clone()]);
        (!backed).then(|| Unbacked { part: mention.span.clone(), message, help })
    }

    fn nearest(&self, quantity: &Quantity) -> Option<Nearest<'k>> {
        let figures = self.facts.facts.iter().flat_map(|fact| fact.figures.iter().map(move |figure| (fact, figure)));
        let nearest = figures.min_by(|(_, a), (_, b)| quantity.distance(a).total_cmp(&quantity.distance(b)));
        nearest.map(|(fact, figure)| Nearest { fact, says: figure.to_string() })
    }

    fn nearest_date(&self, date: RoughDate) -> Option<Nearest<'k>> {
        let dates = self.facts.facts.iter().flat_map(|fact| fact.dates.iter().map(move |date| (fact, *date)));
        let nearest = dates.min_by_key(|(_, known)| date.distance(*known));
        nearest.map(|(fact, date)| Nearest { fact, says: date.to_string() })
    }

    /// Names are told by their capitals, so the first word of a sentence is never one unless it has several. Months and
    /// units can have capitals too.
    fn unknown_names(&self, text: &str, mentions: &[Mention]) -> Vec<Unbacked> {
        let known = |word: &str| self.names.contains(word) || self.units.words.contains(word);
        let mentioned = |token: &Token| mentions.iter().any(|mention| mention.span.contains(&token.span.start));
        let unknown = tokens(text).into_iter();
        let unknown = unknown.filter(|token| is_name(text, token) && !known(&stem(&token.word)) && !mentioned(token));
        let unbacked = |token: Token| {
            let name = &text[token.span.clone()];
            let known = self.facts.facts.iter().flat_map(|fact| &fact.names).map(|name| name.as_str());
            let help = correction(name, known)
                .unwrap_or_else(|| "take it out, or add it to the `names` of a fact if the guide has it".to_owned());
            Unbacked { part: token.span, message: format!("the name `{name}` is not among the facts"), help }
        };
        unknown.map(unbacked).collect()
    }

    fn wrong_statuses(&self, text: &str) -> Vec<Unbacked> {
        let tokens = tokens(text);
        let clauses = clauses(text, &tokens);
        let mut wrong = Vec::new();
        for at in 0..clauses.len() {
            let (from, things) = self.spoken_of(&clauses, at, &tokens);
            let window = from..sentence_end(&tokens, clauses[at].words.end);
            let here = |statement: &Statement| clauses[at].words.contains(&(window.start + statement.words.end - 1));
            for statement in self.statements.of(&tokens[window.clone()]).iter().filter(|one| here(one)) {
                let words = &tokens[window.start + statement.words.start..window.start + statement.words.end];
                let part = words[0].span.start..words[words.len() - 1].span.end;
                wrong.extend(things.iter().filter_map(|thing| self.wrong_status(thing, statement, part.clone())));
            }
        }
        wrong
    }

    /// The things that the clause numbered `at` speaks of, and the token with which the words about them begin: the things
    /// it names, or else those of the clauses before it on the line, or else the first thing of all.
    fn spoken_of(&self, clauses: &[Clause], at: usize, tokens: &[Token]) -> (usize, Vec<&'k str>) {
        let same_line = clauses[..=at].iter().rev().take_while(|clause| clause.line == clauses[at].line);
        for clause in same_line {
            let named: BTreeSet<&str> =
                self.things.find(&tokens[clause.words.clone()]).into_iter().map(|found| *found.1).collect();
            if !named.is_empty() {
                return (clause.words.start, named.into_iter().collect());
            }
        }
        let first = self.facts.things.first().map(|thing| thing.id.as_str());
        (sentence_start(tokens, clauses[at].words.start), first.into_iter().collect())
    }

    fn wrong_status(&self, thing: &str, statement: &Statement, part: Range<usize>) -> Option<Unbacked> {
        let holds = match statement.stance {
            Stance::Asserted => true,
            Stance::Denied => false,
            Stance::Asked | Stance::Open => return None,
        };
        let of_thing = |standing: &&Standing| standing.of.value == thing;
        let same = |standing: &&Standing| standing.status.value == statement.id;
        if self.standings().any(|(_, one)| of_thing(&one) && same(&one) && one.holds == holds) {
            return None;
        }
        let nearest = self.standings().find(|(_, one)| of_thing(one) && same(one));
        let nearest = nearest.or_else(|| self.standings().find(|(_, one)| of_thing(one)));
        let not = if holds { "" } else { "not " };
        let help = match nearest {
            Some((fact, standing)) => Nearest { fact, says: said(standing) }.help(),
            None => "take it out, or add it to the `statuses` of a fact if the guide states it".to_owned(),
        };
        let message = format!("that `{thing}` is {not}{} is not among the facts", statement.id);
        Some(Unbacked { part, message, help })
    }

    fn standings(&self) -> impl Iterator<Item = (&'k Fact, &'k Standing)> {
        self.facts.facts.iter().flat_map(|fact| fact.statuses.iter().map(move |standing| (fact, standing)))
    }
}

/// The fact that somebody may have meant.
struct Nearest<'k> {
    fact: &'k Fact,
    says: String,
}

impl Nearest<'_> {
    fn help(self) -> String {
        let (says, id) = (self.says, &self.fact.id.value);
        format!("the nearest fact is `{says}` (`{id}`): write that, or add a fact to `{FILE}` if the guide states this")
    }
}

fn said(standing: &Standing) -> String {
    let not = if standing.holds { "" } else { "not " };
    format!("{} is {not}{}", standing.of.value, standing.status.value)
}

fn agrees(date: RoughDate, fact: &Fact) -> bool {
    fact.dates.iter().any(|known| date.agrees_with(*known))
}

impl Quantity {
    /// How far it is from a figure, for the search of the nearest: one of the same thing comes before all others.
    fn distance(&self, figure: &Figure) -> f64 {
        let apart = |a: f64, b: f64| (a - b).abs() / a.abs().max(b.abs()).max(1.0);
        let high = |quantity: Option<f64>, low: f64| quantity.unwrap_or(low);
        let numbers = apart(self.low, figure.low) + apart(high(self.high, self.low), high(figure.high, figure.low));
        if self.counts(figure) { numbers } else { numbers + 2.0 }
    }
}

/// Whether `token` is written as a name: with capitals where a plain word has none.
fn is_name(text: &str, token: &Token) -> bool {
    let written = &text[token.span.clone()];
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    let before = text[..token.span.start].trim_end_matches([' ', '*', '-', '\'']);
    let titled = TITLES.iter().any(|title| before.ends_with(&format!("{title}.")));
    let opens = !titled && (before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n', '"', '“', '(', '[']));
    written.chars().count() > 1
        && !TITLES.contains(&written)
        && (capitals > 1 || capitals == 1 && (!opens || !written.starts_with(char::is_uppercase)))
}

/// A piece of a sentence between commas and the like.
struct Clause {
    /// Its tokens.
    words: Range<usize>,
    /// The line on which it begins.
    line: usize,
}

fn clauses(text: &str, tokens: &[Token]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.end >= End::Clause || at + 1 == tokens.len() {
            let line = text[..tokens[start].span.start].matches('\n').count();
            clauses.push(Clause { words: start..at + 1, line });
            start = at + 1;
        }
    }
    clauses
}

fn sentence_start(tokens: &[Token], at: usize) -> usize {
    tokens[..at].iter().rposition(Token::ends_sentence).map_or(0, |last| last + 1)
}

fn sentence_end(tokens: &[Token], end: usize) -> usize {
    let last = end.saturating_sub(1);
    tokens[last..].iter().position(Token::ends_sentence).map_or(tokens.len(), |more| last + more + 1)
}
