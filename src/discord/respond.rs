//! From a request to a response: a pure function, so that everything a person can do is tested without a Discord.

use std::num::NonZeroU64;

use super::place::Place;
use super::request::{Audience, Request};
use super::{commands, moderation};
use crate::answer::{Depth, Reply};
use crate::decide::Outcome;
use crate::guide::Guide;
use crate::knowledge::{FixedCommand, Id};
use crate::render::discord::{
    self, Choice, Control, Few, Field, Form, Length, Message, Readers, Setting, Shown, Text, Vote,
};
use crate::sheet::Sheet;
use crate::sheet::advert::without_words;
use crate::store::{Server, Snowflake};

/// The topic that says what the bot is, where a guide has it.
const ABOUT: &str = "about";

/// Begins the value of a suggestion that stands for a topic; a question has no such beginning.
pub(super) const TOPIC: &str = "topic:";

/// The field of the form in which a question is asked in private.
const QUESTION: &str = "question";

/// As long as a message may be.
const LONGEST_QUESTION: u16 = 2_000;

/// What became of a request for something that is no more.
const STALE: &str = "stale";

/// How sure the bot is of an answer that nobody has asked it for.
const SURE: f32 = 0.95;

/// What the bot does, and what the log may hold of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// What the bot does.
    pub action: Action,
    /// Whether this must not wait for anything.
    pub urgent: bool,
    /// What became of the request.
    pub outcome: &'static str,
    /// The topics that were shown.
    pub topics: Vec<Id>,
    /// What somebody thinks of the topics, or the boundary, with these ids.
    pub vote: Option<(Vote, Vec<String>)>,
    /// The settings that the server has from now on, where they have changed.
    pub keep: Option<Server>,
}

/// What goes to the moderators of a server, and what is said of it to the one who sent it.
#[derive(Clone, Debug, PartialEq)]
pub struct Forward {
    /// The moderators' channel.
    pub channel: Snowflake,
    /// What they read.
    pub messages: Vec<Message>,
    /// Whether they may know who has sent it, whose name then goes in the place that is left for it.
    pub named: bool,
    /// What is said when it is there.
    pub done: Vec<Message>,
    /// What is said when it could not be sent.
    pub failed: Vec<Message>,
}

/// What the bot does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Says something, in one message or more: to a message where it was written, to all else in private.
    Say(Vec<Message>),
    /// Says something to the whole channel, whoever sees what it answers.
    Post(Vec<Message>),
    /// Puts a message in the place of the one whose component was used.
    Replace(Message),
    /// Says something to the whole channel, in reply to the message of this number, and puts something in the place of
    /// the message whose component was used.
    Reply {
        /// The message.
        to: NonZeroU64,
        /// What is said to it.
        messages: Vec<Message>,
        /// What the asker reads instead.
        instead: Message,
    },
    /// Offers suggestions for an option.
    Suggest(Few<Choice, 25>),
    /// Brings up a form.
    Ask(Form),
    /// Sends something to the moderators, and says whether that went well.
    Forward(Forward),
}

/// What the bot does about a request, where nothing is known of the place.
pub fn respond(guide: &Guide, request: &Request) -> Response {
    respond_at(guide, &Place::default(), request)
}

/// What the bot does about a request in this place.
pub fn respond_at(guide: &Guide, place: &Place, request: &Request) -> Response {
    let response = warned_where_stale(guide, request, response(guide, place, request));
    let response = for_all_where_wanted(place, request, response);
    fitted(guide, place, request, in_which_language(guide, place, response))
}

/// A response with the buttons that make sense for whoever will read it.
pub(super) fn fitted(guide: &Guide, place: &Place, request: &Request, response: Response) -> Response {
    let readers = match (request, &response.action) {
        (Request::Message { .. } | Request::Overheard { .. }, _) | (_, Action::Post(_) | Action::Reply { .. }) => {
            Readers::Channel
        }
        (Request::Menu { .. }, _) => Readers::Another,
        _ => Readers::Asker,
    };
    let has_moderators = place.has_moderators();
    response.map(|message| {
        let message = message.kept_for(readers, &guide.knowledge().guide.say);
        message.with_controls(|control| Some(control).filter(|control| *control != Control::Send || has_moderators))
    })
}

/// Whoever has set their Discord to another language is told in it which one the answers are in.
fn in_which_language(guide: &Guide, place: &Place, response: Response) -> Response {
    let knowledge = guide.knowledge();
    let note = place.language.and_then(|language| knowledge.languages.note(language));
    match (note, &response.action) {
        (Some(note), Action::Say(_) | Action::Replace(_)) => {
            response.map(|message| discord::noted(&knowledge.guide, note, message))
        }
        // What others read too, is in their languages as little.
        _ => response,
    }
}

/// Somebody in danger may have written so into a form or a command that is no more.
fn warned_where_stale(guide: &Guide, request: &Request, response: Response) -> Response {
    if response.outcome != STALE {
        return response;
    }
    let reply = request.words().map(|words| guide.answer(words)).find(|reply| reply.warning.is_some());
    reply.map_or(response, |reply| replied(guide, &reply))
}

/// Moderators may want everybody to see what commands bring up. An emergency is nobody else's business.
fn for_all_where_wanted(place: &Place, request: &Request, response: Response) -> Response {
    let Request::Command { name, .. } = request else { return response };
    let own = matches!(FixedCommand::named(name), Some(FixedCommand::Settings | FixedCommand::Privacy));
    match response.action {
        Action::Say(messages) if place.is_public() && !own && !response.urgent => {
            Response { action: Action::Post(messages), ..response }
        }
        _ => response,
    }
}

/// The same with every button there could be.
fn response(guide: &Guide, place: &Place, request: &Request) -> Response {
    match request {
        // What was said can be taken back all the same.
        Request::Removal { allowed: true } => removed(guide),
        _ if guide.is_closed() => warn_at_least(guide, request),
        Request::Overheard { text, to_others } => overheard(guide, text, *to_others),
        Request::Message { text, .. } if text.trim().is_empty() => about(guide),
        Request::Message { text, answered, .. } => said(guide, place, text, answered.as_deref()),
        Request::Command { name, options } => commands::run(guide, place, name, options),
        Request::Menu { name, message, attached } => commands::run_on(guide, name, message, attached),
        Request::Typing { command, option, typed } => commands::suggest(guide, command, option, typed),
        Request::Component { custom_id, chosen, audience } => {
            component(guide, place, custom_id, chosen.as_deref(), *audience).unwrap_or_else(|| stale(guide))
        }
        Request::Form { custom_id, fields } => match Control::parse(custom_id) {
            Some(Control::Asked) => answer(guide, fields.text(QUESTION).unwrap_or_default()),
            Some(Control::Send) => moderation::sent(guide, place, fields),
            Some(Control::Set(Setting::Numbers)) => moderation::numbers(guide, place, fields),
            _ => stale(guide),
        },
        Request::Removal { allowed: false } => notice(guide, "", &guide.knowledge().guide.say.not_yours, "not-removed"),
        Request::Unreadable => trouble(guide),
    }
}

impl Response {
    /// Whether nothing is said or done.
    pub(super) fn is_silent(&self) -> bool {
        matches!(&self.action, Action::Say(messages) if messages.is_empty())
    }

    /// The same with other messages.
    pub(super) fn map(self, change: impl Fn(Message) -> Message) -> Response {
        let all = |messages: Vec<Message>| messages.into_iter().map(&change).collect();
        let action = match self.action {
            Action::Say(messages) => Action::Say(all(messages)),
            Action::Post(messages) => Action::Post(all(messages)),
            Action::Replace(message) => Action::Replace(change(message)),
            Action::Forward(forward) => {
                let (done, failed) = (all(forward.done), all(forward.failed));
                Action::Forward(Forward { done, failed, ..forward })
            }
            Action::Reply { to, messages, instead } => Action::Reply { to, messages: all(messages), instead },
            other @ (Action::Suggest(_) | Action::Ask(_)) => other,
        };
        Response { action, ..self }
    }
}

/// What stands in the place of an answer until it is gone, and stays where the bot may not take it away.
fn removed(guide: &Guide) -> Response {
    let say = &guide.knowledge().guide.say;
    let message = discord::notice(&guide.knowledge().guide, "", &say.removed).into_iter().next();
    let message = message.map(|message| message.kept_for(Readers::Asker, say));
    let action = message.map_or(Action::Say(Vec::new()), Action::Replace);
    Response { action, ..blank("removed") }
}

/// The answer to a message that replies to `answered` words of the bot's, or what the command does that it names.
fn said(guide: &Guide, place: &Place, text: &str, answered: Option<&str>) -> Response {
    let before = answered.map(|words| discord::topics_in(guide.knowledge(), words));
    let reply = guide.answer_after(text, &before.unwrap_or_default());
    match commands::spoken(guide, text) {
        // Somebody in danger may write any word.
        Some((command, options)) if reply.warning.is_none() => commands::run(guide, place, command, &options),
        _ => replied(guide, &reply),
    }
}

/// What a button or a menu does; nothing, if it is not one of ours, or names what is no more.
fn component(
    guide: &Guide,
    place: &Place,
    custom_id: &str,
    chosen: Option<&str>,
    audience: Audience,
) -> Option<Response> {
    match Control::parse(custom_id)? {
        Control::More(topic) => show(guide, &topic, Depth::Details),
        Control::Topic(topic) => show(guide, &topic, Depth::Short),
        Control::Subjects => open(guide, chosen?, 0, audience),
        Control::Topics(subject) => match discord::later_page(chosen?) {
            Some(from) => open(guide, &subject, from, audience),
            None => step(guide, &subject, chosen?, audience),
        },
        Control::Words(shown) => words(guide, &shown),
        Control::Others(ids) => Some(others(guide, &ids)),
        Control::Show(shown) => {
            let shown = again(guide, &shown, chosen)?;
            let Action::Say(messages) = shown.action else { return None };
            Some(Response { action: Action::Post(messages), ..shown })
        }
        Control::Vote(vote, ids) => voted(guide, vote, ids, audience),
        Control::Post(to, shown) => post(guide, to?, again(guide, &shown, chosen)?),
        Control::Private => Some(private(guide)),
        Control::Send => Some(moderation::sending(guide, place, chosen)),
        Control::Set(setting) => Some(moderation::changed(guide, place, setting, chosen)),
        // A form is not pressed, and who removes what is settled before.
        Control::Asked | Control::Remove(..) => None,
    }
}

/// What is said to a message that was not put to the bot: a warning in full; one line that points to an answer, where there
/// is hardly a doubt that it is one; and nothing else.
fn overheard(guide: &Guide, text: &str, to_others: bool) -> Response {
    let reply = guide.answer(text);
    if reply.warning.is_some() {
        return replied(guide, &reply);
    }
    let sure = reply.outcome == Outcome::Answer && reply.confidence >= SURE && text.contains('?') && !to_others;
    if !sure {
        return silence();
    }
    let pointer = discord::pointer(&guide.knowledge().guide, &reply);
    Response { action: Action::Say(vec![pointer]), outcome: "pointer", ..replied(guide, &reply) }
}

/// Nothing is said.
fn silence() -> Response {
    blank("silence")
}

/// What was shown before, once more: drawn anew, or in the `words` of the message that showed it.
fn again(guide: &Guide, shown: &Shown, words: Option<&str>) -> Option<Response> {
    if *shown == Shown::Itself {
        let sheet = without_words(guide)?;
        let message = discord::said_again(guide.knowledge(), &sheet, words?)?;
        return Some(Response { action: Action::Say(vec![message]), ..worked_out(guide, &sheet) });
    }
    let sheet = shown.sheet(guide).map(|sheet| worked_out(guide, &sheet));
    sheet.or_else(|| Some(replied(guide, &shown.reply(guide)?)))
}

/// The hard words of what is shown, each with its explanation.
fn words(guide: &Guide, shown: &Shown) -> Option<Response> {
    let say = &guide.knowledge().guide.say;
    let explained = match shown.sheet(guide) {
        Some(sheet) => guide.glossary_in(&sheet.parts()),
        None => guide.glossary_of(&shown.reply(guide)?),
    };
    let lines: Vec<String> = explained.iter().map(|term| format!("- **{}**: {}", term.word, term.say)).collect();
    let text = if lines.is_empty() { say.no_words.clone() } else { lines.join("\n") };
    Some(notice(guide, &say.words, &text, "words"))
}

/// What else may have been meant.
fn others(guide: &Guide, ids: &[String]) -> Response {
    Response { action: Action::Say(vec![discord::others(guide, ids)]), ..blank("others") }
}

/// What follows a vote: thanks, or a question for the reason, which then takes the place of that question.
fn voted(guide: &Guide, vote: Vote, ids: Vec<String>, audience: Audience) -> Option<Response> {
    let knowledge = guide.knowledge();
    let known = |id: &String| guide.topic(id).is_some() || guide.show_boundary(id).is_some();
    if !ids.iter().all(known) {
        return None;
    }
    let thanks = || discord::notice(&knowledge.guide, "", &knowledge.guide.say.thanks).into_iter().next();
    let message = match vote {
        Vote::Helpful | Vote::NoAnswer => thanks()?,
        Vote::NotHelpful => discord::reasons(&knowledge.guide, &ids),
        Vote::WrongTopic => discord::others(guide, &[]),
    };
    let action = match (vote, audience) {
        (Vote::WrongTopic | Vote::NoAnswer, Audience::Asker) => Action::Replace(message),
        _ => Action::Say(vec![message]),
    };
    Some(Response { action, vote: Some((vote, ids)), ..blank("vote") })
}

/// An answer in reply to somebody's message, for all to read.
fn post(guide: &Guide, to: NonZeroU64, shown: Response) -> Option<Response> {
    let posted = notice(guide, "", &guide.knowledge().guide.say.posted, "");
    let (Action::Say(messages), Action::Say(posted)) = (shown.action, posted.action) else { return None };
    let instead = posted.into_iter().next()?.kept_for(Readers::Asker, &guide.knowledge().guide.say);
    Some(Response { action: Action::Reply { to, messages, instead }, ..shown })
}

/// The form in which a question is asked in private.
fn private(guide: &Guide) -> Response {
    let say = &guide.knowledge().guide.say;
    let question = Field {
        name: QUESTION,
        label: Text::cut(&say.form_question),
        value: Text::default(),
        length: Length::Paragraph(LONGEST_QUESTION),
        required: true,
    };
    let fields = std::iter::once(question).collect();
    let form = Form { control: Control::Asked, title: Text::cut(&say.form_title), fields };
    Response { action: Action::Ask(form), ..blank("form") }
}

/// Shows a topic that was chosen in a menu, with the menu, so that one can step on in place.
fn step(guide: &Guide, subject: &str, topic: &str, audience: Audience) -> Option<Response> {
    let shown = show(guide, topic, Depth::Short)?;
    let Action::Say(messages) = &shown.action else { return Some(shown) };
    // What takes two messages has no place in one.
    let [message] = messages.as_slice() else { return Some(shown) };
    let Some(message) = discord::step(guide, subject, topic, message) else { return Some(shown) };
    let action = match audience {
        Audience::Asker => Action::Replace(message),
        Audience::Channel => Action::Say(vec![message]),
    };
    Some(Response { action, ..shown })
}

fn open(guide: &Guide, subject: &str, from: usize, audience: Audience) -> Option<Response> {
    let message = discord::opened(guide, subject, from)?;
    let action = match audience {
        Audience::Asker => Action::Replace(message),
        // One person's browsing must not change what others read.
        Audience::Channel => Action::Say(vec![message]),
    };
    Some(Response { action, ..blank("browse") })
}

/// The answer to a question.
pub(super) fn answer(guide: &Guide, question: &str) -> Response {
    replied(guide, &guide.answer(question))
}

/// One topic, if the guide has it.
pub(super) fn show(guide: &Guide, topic: &str, depth: Depth) -> Option<Response> {
    guide.show(topic, depth).map(|reply| replied(guide, &reply))
}

/// What the bot is; where the guide has no words for it, how to ask.
pub(super) fn about(guide: &Guide) -> Response {
    show(guide, ABOUT, Depth::Short).unwrap_or_else(|| answer(guide, ""))
}

/// The subjects to choose from.
pub(super) fn browse(guide: &Guide) -> Response {
    Response { action: Action::Say(vec![discord::browse(guide)]), ..blank("browse") }
}

/// A fixed text.
pub(super) fn notice(guide: &Guide, title: &str, text: &str, outcome: &'static str) -> Response {
    let messages = discord::notice(&guide.knowledge().guide, title, text);
    Response { action: Action::Say(messages), ..blank(outcome) }
}

/// A component that does nothing any more.
pub(super) fn stale(guide: &Guide) -> Response {
    notice(guide, "", &guide.knowledge().guide.say.stale, STALE)
}

/// What is left to say where nothing can be answered, be it for a bug or for a guide that can't be served: a warning to
/// somebody in danger, and one calm sentence to all others.
pub(super) fn warn_at_least(guide: &Guide, request: &Request) -> Response {
    if let Request::Typing { .. } = request {
        return suggestions(std::iter::empty());
    }
    let warning = request.words().find_map(|words| guide.warning(words));
    match (warning, request) {
        (Some(reply), _) => replied(guide, &reply),
        (None, Request::Overheard { .. }) => silence(),
        (None, _) => trouble(guide),
    }
}

/// Somebody asks faster than is good for all.
pub(super) fn pause(guide: &Guide) -> Response {
    notice(guide, "", &guide.knowledge().guide.say.pause, "pause")
}

/// Something went wrong on our side.
pub fn trouble(guide: &Guide) -> Response {
    notice(guide, "", &guide.knowledge().guide.say.trouble, "trouble")
}

/// Suggestions for an option.
pub(super) fn suggestions(choices: impl Iterator<Item = Choice>) -> Response {
    Response { action: Action::Suggest(choices.collect()), ..blank("suggest") }
}

/// What a command has worked out.
pub(super) fn worked_out(guide: &Guide, sheet: &Sheet<'_>) -> Response {
    let has_words = !guide.glossary_in(&sheet.parts()).is_empty();
    Response {
        action: Action::Say(discord::sheet(sheet, has_words)),
        urgent: sheet.warning.is_some(),
        outcome: sheet.outcome,
        topics: sheet.topics.iter().map(|topic| topic.id.clone()).collect(),
        vote: None,
        keep: None,
    }
}

pub(super) fn replied(guide: &Guide, reply: &Reply<'_>) -> Response {
    let has_words = !guide.glossary_of(reply).is_empty();
    Response {
        action: Action::Say(discord::messages(reply, has_words)),
        urgent: reply.warning.is_some(),
        outcome: reply.outcome.as_str(),
        topics: reply.topics.iter().map(|topic| topic.id.clone()).collect(),
        vote: None,
        keep: None,
    }
}

pub(super) fn blank(outcome: &'static str) -> Response {
    Response { action: Action::Say(Vec::new()), urgent: false, outcome, topics: Vec::new(), vote: None, keep: None }
}
