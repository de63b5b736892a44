//! Trying the examples of `urgent.toml`: a sign's must raise its alarm, all others must raise none.

use super::{Assessment, Finding, Problem, Triage};
use crate::knowledge::{Placed, UrgentFile};
use crate::text::{Token, tokens};

/// The examples of `file` that `triage`, which was compiled from it, gets wrong.
pub(super) fn failing(triage: &Triage, file: &UrgentFile) -> Vec<Problem> {
    let loud = file.signs.iter().flat_map(|sign| sign.examples.iter().map(|example| (example, sign.id.as_str())));
    let loud = loud.filter_map(|(example, sign)| too_calm(triage, example, sign));
    let calm = file.cues.set_aside.iter().flat_map(|entry| &entry.examples).chain(&file.ordinary);
    loud.chain(calm.filter_map(|example| too_loud(triage, example))).collect()
}

fn too_calm(triage: &Triage, example: &Placed<String>, sign: &str) -> Option<Problem> {
    let tokens = tokens(example);
    let assessment = triage.assess(&tokens);
    let mut findings = assessment.alarm.iter().flat_map(|alarm| &alarm.findings);
    if findings.any(|finding| finding.sign.id == sign) {
        return None;
    }
    let message = format!("this message does not raise the alarm of the sign `{sign}`");
    Some(problem(example, message, reason_for_calm(&assessment, &tokens, sign)))
}

fn reason_for_calm(assessment: &Assessment<'_>, tokens: &[Token], sign: &str) -> String {
    match assessment.set_aside.iter().find(|set_aside| set_aside.finding.sign.id == sign) {
        Some(set_aside) => format!(
            "it is seen in \"{}\" and set aside as {}; add to `except` or `unless` there",
            words(&set_aside.finding, tokens),
            set_aside.reason.name()
        ),
        None => "add a pattern to the sign, or a word to one of its groups".to_owned(),
    }
}

fn too_loud(triage: &Triage, example: &Placed<String>) -> Option<Problem> {
    let tokens = tokens(example);
    let alarm = triage.assess(&tokens).alarm?;
    let finding = alarm.findings.first()?;
    let message = format!("this message raises the alarm of the sign `{}`", finding.sign.id);
    let words = words(finding, &tokens);
    Some(problem(example, message, format!("it is seen in \"{words}\"; narrow the pattern, or add to `words` here")))
}

fn words(finding: &Finding<'_>, tokens: &[Token]) -> String {
    let words = finding.words.iter().flat_map(|range| &tokens[range.clone()]).map(|token| token.word.as_str());
    words.collect::<Vec<_>>().join(" ")
}

fn problem(example: &Placed<String>, message: String, help: String) -> Problem {
    Problem { span: example.span.clone(), fragment: String::new(), message, help }
}
