//! Claims: those that no text may make, such as a promise or a recommendation (`claims.toml`), and the verdict with
//! which patients' own are answered.

use super::check::{Checker, topic_path};
use super::copies::words_of;
use super::fields::Fields;
use super::passage::ReadAs;
use super::read::{ADVICE, KEYWORD, cues};
use super::schema::{Cues, Placed};
use super::statements::{Stance, Statable, Statements};
use crate::diagnostic::Diagnostic;
use crate::text::tokens;

const FILE: &str = "claims.toml";

/// What `claims.toml` says.
#[derive(Clone, Debug, Default)]
pub struct ClaimsFile {
    /// The claims.
    pub claims: Vec<Claim>,
    /// What is told by the words around a claim, as in `urgent.toml`.
    pub cues: Cues,
}

/// A claim that no text may make.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    /// What is claimed.
    pub id: Placed<String>,
    /// The patterns that claim it.
    pub patterns: Vec<Placed<String>>,
    /// What to write instead.
    pub instead: String,
}

/// Reads `claims.toml`.
pub(super) fn claims_file(fields: &mut Fields<'_, '_>) -> ClaimsFile {
    ClaimsFile {
        claims: fields.tables("claim", |fields| Claim {
            id: fields.required_text("id", KEYWORD),
            patterns: fields.patterns("patterns"),
            instead: fields.required_text("instead", ADVICE).value,
        }),
        cues: cues(fields),
    }
}

/// No text makes a claim of `claims.toml`.
pub(super) fn no_text_claims_too_much(checker: &mut Checker<'_>) {
    let Some(claims) = &checker.knowledge.claims else { return };
    let statable: Vec<Statable<'_>> =
        claims.claims.iter().map(|claim| Statable { id: &claim.id, patterns: &claim.patterns }).collect();
    let (statements, problems) = Statements::new(&statable, &claims.cues);
    problems.into_iter().for_each(|problem| checker.report_pattern("bad-pattern", FILE, problem));
    for passage in &checker.knowledge.passages {
        if matches!(passage.read_as, ReadAs::Section | ReadAs::Row | ReadAs::Fact) {
            continue;
        }
        let tokens = tokens(&passage.text);
        let made = statements.of(&tokens).into_iter().filter(|statement| statement.stance == Stance::Asserted);
        for statement in made {
            let Some(claim) = claims.claims.iter().find(|claim| claim.id.value == statement.id) else { continue };
            let part = tokens[statement.words.start].span.start..tokens[statement.words.end - 1].span.end;
            let message = format!("this claims what the guide does not: {}", claim.id.value);
            let diagnostic = Diagnostic::error("forbidden-claim", &passage.file, message).help(&claim.instead);
            checker.report_in(diagnostic, passage, &part);
        }
    }
}

/// Whoever asks whether something is so reads first whether it is.
pub(super) fn answers_begin_with_their_verdict(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    for topic in &knowledge.topics {
        let Some(verdict) = topic.verdict.as_ref().filter(|verdict| !verdict.is_empty()) else { continue };
        let (wanted, found) = (words_of(verdict), words_of(&topic.answer));
        let begins = found.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let says_more = found.len() > wanted.len();
        if begins && says_more || topic.answer.is_empty() {
            continue;
        }
        let (message, help) = if begins {
            let help = "say in the answer what is so and what is not: patients ask it both ways";
            (format!("the answer is `{}` and nothing more", verdict.value), help.to_owned())
        } else {
            let help = format!("begin it with `{}`, or change `verdict` to what it begins with", verdict.value);
            ("the answer does not begin with its verdict".to_owned(), help)
        };
        let diagnostic = Diagnostic::error("no-verdict", topic_path(&topic.id), message).help(help);
        checker.report_at(diagnostic, verdict.span.clone());
    }
}
