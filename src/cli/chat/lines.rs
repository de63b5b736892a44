//! The lines of a conversation: from a person at a keyboard, or from a pipe.

use std::io::{self, BufRead as _, IsTerminal as _, StdinLock, Write as _};

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::super::HEADING;
use super::conversation::COMMANDS;
use crate::guide::Guide;

const PROMPT: &str = "> ";

/// Where lines come from.
pub(super) enum Lines {
    /// A keyboard, with line editing, history and completion.
    Keyboard(Box<Editor<Words, MemHistory>>),
    /// A pipe or a file: no prompt.
    Pipe(StdinLock<'static>),
}

impl Lines {
    /// Standard input, as a keyboard where it is one.
    pub(super) fn open(guide: &Guide) -> anyhow::Result<Lines> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Ok(Lines::Pipe(io::stdin().lock()));
        }
        let config = Config::builder().completion_type(CompletionType::List).build();
        let mut editor = Editor::with_history(config, MemHistory::new())?;
        editor.set_helper(Some(Words::of(guide)));
        Ok(Lines::Keyboard(Box::new(editor)))
    }

    /// The next line; none at the end, or after Ctrl-C or Ctrl-D.
    pub(super) fn next(&mut self) -> anyhow::Result<Option<String>> {
        match self {
            Lines::Keyboard(editor) => typed(editor),
            Lines::Pipe(input) => {
                let mut line = Vec::new();
                let read = input.read_until(b'\n', &mut line)?;
                Ok((read > 0).then(|| String::from_utf8_lossy(&line).into_owned()))
            }
        }
    }
}

fn typed(editor: &mut Editor<Words, MemHistory>) -> anyhow::Result<Option<String>> {
    writeln!(io::stdout())?;
    match editor.readline(&prompt()) {
        Ok(line) => {
            editor.add_history_entry(&line)?;
            Ok(Some(line))
        }
        Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The prompt as it is, and as it looks.
fn prompt() -> (&'static str, String) {
    let plain = anstream::AutoStream::choice(&io::stdout()) == anstream::ColorChoice::Never;
    let shown = if plain { PROMPT.to_owned() } else { format!("{HEADING}{PROMPT}{HEADING:#}") };
    (PROMPT, shown)
}

/// The words that the Tab key completes.
pub(super) struct Words {
    commands: Vec<String>,
    topics: Vec<String>,
}

impl Words {
    fn of(guide: &Guide) -> Words {
        let own = guide.knowledge().guide.commands.iter().map(|command| command.name.as_str());
        let fixed = COMMANDS.iter().map(|command| command.name);
        let mut commands: Vec<String> = own.chain(fixed).map(|name| format!("/{name}")).collect();
        commands.sort();
        let topics = guide.knowledge().topics.iter().map(|topic| topic.id.to_string()).collect();
        Words { commands, topics }
    }

    /// Where the word to complete starts, and what it could become.
    fn candidates(&self, typed: &str) -> (usize, Vec<String>) {
        const TOPIC: &str = "/topic ";
        let (start, words) = match typed.strip_prefix(TOPIC) {
            Some(_) => (TOPIC.len(), &self.topics),
            None => (0, &self.commands),
        };
        let begun = &typed[start..];
        if start == 0 && !begun.starts_with('/') {
            return (0, Vec::new());
        }
        (start, words.iter().filter(|word| word.starts_with(begun)).cloned().collect())
    }
}

impl Completer for Words {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.candidates(&line[..at]))
    }
}

impl Hinter for Words {
    type Hint = String;
}

impl Highlighter for Words {}
impl Validator for Words {}
impl Helper for Words {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_topics_are_completed_and_questions_are_not() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let known = Words { commands: words(&["/topic", "/topics"]), topics: words(&["costs", "recovery"]) };
        assert_eq!(known.candidates("/to"), (0, words(&["/topic", "/topics"])));
        assert_eq!(known.candidates("/topic co"), (7, words(&["costs"])));
        assert_eq!(known.candidates("co"), (0, words(&[])));
        assert_eq!(known.candidates(""), (0, words(&[])));
    }
}
