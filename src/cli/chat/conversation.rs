//! What is said in a conversation: from a typed line to a reply, a list or a note. It reads and prints nothing.

use super::followup::Followup;
use crate::answer::{Depth, Reply};
use crate::decide::Outcome;
use crate::diagnostic::did_you_mean;
use crate::guide::Guide;
use crate::knowledge::{Explained, Topic};
use crate::sheet::advert::advert;
use crate::sheet::{self, Sheet};

/// A command that every guide has.
pub(super) struct Command {
    /// What is typed after the `/`.
    pub(super) name: &'static str,
    /// The command with what it takes.
    pub(super) usage: &'static str,
    /// What it does.
    pub(super) purpose: &'static str,
}

const fn command(name: &'static str, usage: &'static str, purpose: &'static str) -> Command {
    Command { name, usage, purpose }
}

/// The commands, in the order of `/help`. A guide adds its own.
pub(super) const COMMANDS: [Command; 6] = [
    command("topics", "/topics", "All topics, by subject"),
    command("topic", "/topic ID", "One topic"),
    command("more", "/more", "The details of the last answer"),
    command("words", "/words", "The hard words of the last answer, explained"),
    command("help", "/help", "This list"),
    command("quit", "/quit", "Leave (as does Ctrl-D)"),
];

/// What is said to a line.
pub(super) enum Said<'g> {
    /// Nothing: the line was blank.
    Nothing,
    /// A reply of the guide.
    Reply(Box<Reply<'g>>),
    /// Why a command can't be done, and what to type instead.
    Note(String),
    /// What a command has worked out.
    Sheet(Box<Sheet<'g>>),
    /// Hard words, explained.
    Words(Vec<Explained<'g>>),
    /// The list of topics.
    Topics,
    /// The list of commands.
    Help,
    /// The conversation is over.
    Goodbye,
}

/// A conversation, which remembers the last reply.
pub(super) struct Conversation<'g> {
    guide: &'g Guide,
    last: Option<Reply<'g>>,
}

impl<'g> Conversation<'g> {
    /// A conversation in which nothing was said yet.
    pub(super) fn new(guide: &'g Guide) -> Conversation<'g> {
        Conversation { guide, last: None }
    }

    /// What is said to `line`.
    pub(super) fn hear(&mut self, line: &str) -> Said<'g> {
        let line = line.trim();
        if line.is_empty() {
            return Said::Nothing;
        }
        if let Some(command) = line.strip_prefix('/') {
            let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
            return self.obey(name, rest.trim());
        }
        match self.follow_up(line) {
            Some(said) => said,
            None => self.answer(line),
        }
    }

    /// The reply to a question, which may go on from the last one.
    fn answer(&mut self, question: &str) -> Said<'g> {
        let topics = self.last.iter().flat_map(|last| &last.topics);
        let before: Vec<&str> = topics.map(|topic| topic.id.as_str()).collect();
        self.reply(self.guide.answer_after(question, &before))
    }

    fn reply(&mut self, reply: Reply<'g>) -> Said<'g> {
        self.last = Some(reply.clone());
        Said::Reply(Box::new(reply))
    }

    /// What is said to a line that goes on from the last reply; nothing where that offers no such thing.
    fn follow_up(&mut self, line: &str) -> Option<Said<'g>> {
        let last = self.last.as_ref()?;
        match Followup::read(line)? {
            Followup::More if last.topics.is_empty() => None,
            Followup::More => Some(self.more()),
            Followup::Pick(place) => {
                let id = last.suggestions.get(place)?.id.as_str();
                Some(self.show(id))
            }
        }
    }

    fn obey(&mut self, name: &str, rest: &str) -> Said<'g> {
        match name {
            "topics" => Said::Topics,
            "topic" if rest.is_empty() => Said::Note("which one? write its id, as `/topics` lists it".to_owned()),
            "topic" => self.show(rest),
            "more" => self.more(),
            "words" => self.words(),
            "help" => Said::Help,
            "quit" | "exit" => Said::Goodbye,
            _ => self.obey_guide(name, rest),
        }
    }

    /// A command that `guide.toml` adds.
    fn obey_guide(&mut self, name: &str, rest: &str) -> Said<'g> {
        let commands = &self.guide.knowledge().guide.commands;
        if let Some(command) = commands.iter().find(|command| command.name.value == name) {
            let topic = command.topic.as_str();
            return match worked_out(self.guide, topic, rest) {
                Some(sheet) => Said::Sheet(Box::new(sheet)),
                None => self.show(topic),
            };
        }
        let known = COMMANDS.iter().map(|command| command.name);
        let known = known.chain(commands.iter().map(|command| command.name.as_str()));
        Said::Note(match did_you_mean(name, known) {
            Some(meant) => format!("there is no command `/{name}`: did you mean `/{meant}`?"),
            None => format!("there is no command `/{name}`: `/help` lists those there are"),
        })
    }

    fn show(&mut self, id: &str) -> Said<'g> {
        if let Some(reply) = self.guide.show(id, Depth::Short) {
            return self.reply(reply);
        }
        let topics = self.guide.knowledge().topics.iter().map(|topic| topic.id.as_str());
        Said::Note(match did_you_mean(id, topics) {
            Some(meant) => format!("there is no topic `{id}`: did you mean `{meant}`?"),
            None => format!("there is no topic `{id}`: `/topics` lists those there are"),
        })
    }

    fn words(&self) -> Said<'g> {
        let terms = self.last.as_ref().map(|last| self.guide.glossary_of(last)).unwrap_or_default();
        match terms.is_empty() {
            true => Said::Note(self.guide.knowledge().guide.say.no_words.clone()),
            false => Said::Words(terms),
        }
    }

    /// The details of the last answer.
    fn more(&mut self) -> Said<'g> {
        let Some(last) = self.last.as_ref().filter(|last| !last.topics.is_empty()) else {
            return Said::Note("there is no answer yet to say more about: ask something first".to_owned());
        };
        let topics: Vec<&Topic> = last.deeper().collect();
        if topics.is_empty() {
            return Said::Note("the guide says no more about this".to_owned());
        }
        let last = last.clone();
        self.reply(Reply { outcome: Outcome::Answer, warning: None, topics, depth: Depth::Details, ..last })
    }
}

/// What a command that shows `topic` makes of what is typed behind it; nothing where it takes nothing.
fn worked_out<'g>(guide: &'g Guide, topic: &str, typed: &str) -> Option<Sheet<'g>> {
    let topic = guide.topic(topic)?;
    if guide.knowledge().adverts.as_ref().is_some_and(|adverts| adverts.topic.value == topic.id) {
        return if typed.is_empty() { None } else { advert(guide, typed) };
    }
    sheet::typed(guide, topic, typed)
}
