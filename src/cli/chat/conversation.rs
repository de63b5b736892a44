//! What is said in a conversation: from a typed line to a reply, a list or a note. It reads and prints nothing.

use super::followup::Followup;
use crate::answer::{Depth, Reply};
use crate::decide::Outcome;
use crate::diagnostic::did_you_mean;
use crate::guide::Guide;
use crate::knowledge::{Explained, Topic};
use crate::sheet::Sheet;
use crate::sheet::command::{self, not_understood};
use crate::sheet::options::behind;

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

/// What is said to whoever wants more where there is none.
const NO_MORE: &str = "the guide says no more about this";
const NO_ANSWER: &str = "there is no answer yet to say more about: ask something first";

/// What is said to whoever wants none of what was offered.
const NEITHER: &str = "all right: ask something else, in your own words";

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

/// A conversation, which remembers the last reply, or what the last sheet was about, and the hard words in it.
pub(super) struct Conversation<'g> {
    guide: &'g Guide,
    last: Option<Reply<'g>>,
    words: Vec<Explained<'g>>,
}

impl<'g> Conversation<'g> {
    /// A conversation in which nothing was said yet.
    pub(super) fn new(guide: &'g Guide) -> Conversation<'g> {
        Conversation { guide, last: None, words: Vec::new() }
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
        self.words = self.guide.glossary_of(&reply);
        self.last = Some(reply.clone());
        Said::Reply(Box::new(reply))
    }

    /// What is said to a line that goes on from what was said before; nothing where it asks something.
    fn follow_up(&mut self, line: &str) -> Option<Said<'g>> {
        let offered = self.last.as_ref().map(|last| last.suggestions.as_slice()).unwrap_or_default();
        match Followup::read(line)? {
            Followup::More => Some(self.more()),
            Followup::Neither => Some(self.warned_again().unwrap_or_else(|| Said::Note(NEITHER.to_owned()))),
            Followup::Pick(_) if offered.is_empty() => None,
            Followup::Pick(number) => match number.checked_sub(1).and_then(|place| offered.get(place)) {
                Some(topic) => Some(self.show(topic.id.as_str())),
                None => Some(Said::Note(format!("there is no {number} on offer: pick from 1 to {}", offered.len()))),
            },
        }
    }

    /// Whoever was sent to help and has asked nothing since is sent there again.
    fn warned_again(&self) -> Option<Said<'g>> {
        self.last.clone().filter(|last| last.warning.is_some()).map(|last| Said::Reply(Box::new(last)))
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
            return self.obey_topic(command.topic.as_str(), rest);
        }
        let known = COMMANDS.iter().map(|command| command.name);
        let known = known.chain(commands.iter().map(|command| command.name.as_str()));
        Said::Note(match did_you_mean(name, known) {
            Some(meant) => format!("there is no command `/{name}`: did you mean `/{meant}`?"),
            None => format!("there is no command `/{name}`: `/help` lists those there are"),
        })
    }

    /// What a command that shows this topic makes of what is typed behind it.
    fn obey_topic(&mut self, id: &str, rest: &str) -> Said<'g> {
        let Some(topic) = self.guide.topic(id) else { return self.show(id) };
        let slots = command::slots(self.guide, topic);
        let typed = behind(&slots, rest);
        if !slots.is_empty() && !typed.left.is_empty() {
            return Said::Note(not_understood(self.guide, &slots, &typed.left));
        }
        match command::run(self.guide, topic, &typed.options) {
            Some(sheet) => self.sheet(topic, sheet),
            None => self.show(id),
        }
    }

    /// A sheet, after which the conversation goes on as after an answer about its topic.
    fn sheet(&mut self, topic: &Topic, sheet: Sheet<'g>) -> Said<'g> {
        self.last = self.guide.show(topic.id.as_str(), Depth::Short).map(|reply| Reply {
            outcome: if sheet.warning.is_some() { Outcome::Urgent } else { reply.outcome },
            warning: sheet.warning.clone(),
            suggestions: sheet.suggestions.clone(),
            disclaimer: sheet.disclaimer,
            ..reply
        });
        self.words = self.guide.glossary_in(&sheet.parts());
        Said::Sheet(Box::new(sheet))
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
        match self.words.is_empty() {
            true => Said::Note(self.guide.knowledge().guide.say.no_words.clone()),
            false => Said::Words(self.words.clone()),
        }
    }

    /// The details of the last answer; its warning stays before them.
    fn more(&mut self) -> Said<'g> {
        let topics: Vec<&Topic> = self.last.iter().flat_map(Reply::deeper).collect();
        match &self.last {
            Some(last) if !topics.is_empty() => self.reply(Reply { topics, depth: Depth::Details, ..last.clone() }),
            last => self.warned_again().unwrap_or_else(|| {
                let answered = last.as_ref().is_some_and(|last| !last.topics.is_empty());
                Said::Note(if answered { NO_MORE } else { NO_ANSWER }.to_owned())
            }),
        }
    }
}
