//! Question sets: one question a line, `expected TAB question TAB tags`.
//!
//! `expected` is the id of the topic that answers the question, several joined by `|` where any of them does,
//! `decline` where the guide does not cover it, or `urgent`. Blank lines and lines that open with `#` are left out.

use std::ops::Range;
use std::path::Path;

use crate::diagnostic::{Diagnostic, correction};
use crate::knowledge::Id;

/// What is right to do with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// To answer one of these topics.
    Topics(Vec<Id>),
    /// To say that the guide does not cover it.
    Decline,
    /// To say that it is an emergency.
    Urgent,
}

/// A question whose right answer is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question as a patient typed it.
    pub text: String,
    /// What is right.
    pub expected: Expected,
    /// Words for the kind of question it is, such as `typo`.
    pub tags: Vec<String>,
    /// The name of the file in which it stands.
    pub set: String,
}

/// The questions in `text`, which is the file `file`; every line that is none is reported.
///
/// `topics` are the ids that `expected` may name.
pub fn parse(file: &str, text: &str, topics: &[&str], diagnostics: &mut Vec<Diagnostic>) -> Vec<Question> {
    let set = Path::new(file).file_name().unwrap_or_default().to_string_lossy();
    let mut reader = Reader { file, set: &set, text, topics, diagnostics };
    let mut questions = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let shown = line.trim_end_matches(['\n', '\r']);
        if !shown.trim().is_empty() && !shown.starts_with('#') {
            questions.extend(reader.question(start..start + shown.len()));
        }
        start += line.len();
    }
    questions
}

struct Reader<'a> {
    file: &'a str,
    set: &'a str,
    text: &'a str,
    topics: &'a [&'a str],
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn question(&mut self, line: Range<usize>) -> Option<Question> {
        let fields: Vec<&str> = self.text[line.clone()].split('\t').collect();
        let (expected, question, tags) = match fields[..] {
            [expected, question] => (expected, question, ""),
            [expected, question, tags] => (expected, question, tags),
            [_] => {
                self.report(line, "this line has no tab", "write what is expected, a tab, and the question");
                return None;
            }
            _ => {
                self.report(line, "this line has more than two tabs", "write a space for each tab in the question");
                return None;
            }
        };
        if question.trim().is_empty() {
            self.report(line, "there is no question on this line", "write one behind the first tab");
            return None;
        }
        let expected = self.expected(expected, line.start)?;
        let tags = tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
        Some(Question { text: question.trim().to_owned(), expected, tags, set: self.set.to_owned() })
    }

    /// What is expected, as written at the byte `start`.
    fn expected(&mut self, written: &str, start: usize) -> Option<Expected> {
        match written.trim() {
            "decline" => return Some(Expected::Decline),
            "urgent" => return Some(Expected::Urgent),
            _ => {}
        }
        let mut known = true;
        let mut at = start;
        for name in written.split('|') {
            known &= self.is_topic(name, at);
            at += name.len() + 1;
        }
        known.then(|| Expected::Topics(written.split('|').map(|name| Id(name.trim().to_owned())).collect()))
    }

    fn is_topic(&mut self, written: &str, at: usize) -> bool {
        let name = written.trim();
        if self.topics.contains(&name) {
            return true;
        }
        let message = match name {
            "" => "there is no id here".to_owned(),
            "decline" | "urgent" => format!("`{name}` stands alone, never beside another"),
            _ => format!("there is no topic `{name}`"),
        };
        let help = correction(name, self.topics.iter().copied()).unwrap_or_else(|| {
            "write the id of a topic, several joined by `|`, or `decline` or `urgent` alone".to_owned()
        });
        let diagnostic = Diagnostic::error("no-such-topic", self.file, message).help(help);
        self.diagnostics.push(diagnostic.at(self.text, at..at + written.len()));
        false
    }

    fn report(&mut self, line: Range<usize>, message: &str, help: &str) {
        let diagnostic = Diagnostic::error("not-a-question", self.file, message).help(help);
        self.diagnostics.push(diagnostic.at(self.text, line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (Vec<Question>, Vec<String>) {
        let mut diagnostics = Vec::new();
        let questions = parse("sets/set.tsv", text, &["costs", "insurance"], &mut diagnostics);
        (questions, diagnostics.iter().map(Diagnostic::one_line).collect())
    }

    #[test]
    fn a_line_is_expectation_question_and_tags() {
        let (questions, problems) =
            parsed("# ours\ncosts|insurance\twhat do I pay\ttypo, terse\r\n\ndecline\tweather?\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(questions.len(), 2);
        assert_eq!(questions[0].expected, Expected::Topics(vec![Id("costs".into()), Id("insurance".into())]));
        assert_eq!(
            (questions[0].text.as_str(), questions[0].tags.join("+")),
            ("what do I pay", "typo+terse".to_owned())
        );
        assert_eq!(questions[1].expected, Expected::Decline);
        assert_eq!(questions[1].set, "set.tsv");
    }

    #[test]
    fn every_bad_line_is_told() {
        let (questions, problems) =
            parsed("costs what is it\ncost|insurance\tx\ndecline|costs\tx\ncosts\t \na\tb\tc\td\nurgent\tpus");
        assert_eq!(questions.len(), 1);
        assert_eq!(
            problems,
            [
                "sets/set.tsv:1:1: this line has no tab; write what is expected, a tab, and the question",
                "sets/set.tsv:2:1: there is no topic `cost`; did you mean `costs`?",
                "sets/set.tsv:3:1: `decline` stands alone, never beside another; write the id of a topic, several joined by \
                 `|`, or `decline` or `urgent` alone",
                "sets/set.tsv:4:1: there is no question on this line; write one behind the first tab",
                "sets/set.tsv:5:1: this line has more than two tabs; write a space for each tab in the question",
            ]
        );
    }
}
