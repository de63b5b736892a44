//! What can be pressed under a reply, and in which order.
//!
//! Three rows at most: what goes on about this answer, what leads to other topics, and what becomes of the answer. Where a
//! line over the buttons leads to the topics, these come first. All that a reply could have stands here; whether it is
//! read by one or by all decides what of it is [kept](Control::is_for).

use std::collections::BTreeSet;
use std::num::NonZeroU64;

use super::control::{Control, Setting, Vote};
use super::limits::{Few, Text};
use super::message::{Button, Message, Row};
use super::shown::Shown;
use super::{needs_lead, one};
use crate::answer::{Offer, Reply};
use crate::decide::Outcome;
use crate::knowledge::{GuideFile, Say, Topic};
use crate::sheet::Sheet;

/// Who reads a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// The one who asked, in a channel where others are.
    Asker,
    /// Somebody who has another one's message answered.
    Another,
    /// Everybody in the channel.
    Channel,
}

impl Control {
    /// Whether it makes sense on a message that these read.
    fn is_for(&self, readers: Readers) -> bool {
        match self {
            Control::Show(_) => readers == Readers::Asker,
            Control::Post(..) => readers == Readers::Another,
            // What one person alone sees, Discord itself lets them dismiss.
            Control::Private | Control::Remove(..) | Control::Set(Setting::Panel) => readers == Readers::Channel,
            _ => true,
        }
    }
}

impl Message {
    /// The same with the buttons that make sense where these read it.
    pub fn kept_for(self, readers: Readers, say: &Say) -> Message {
        self.with_buttons(|button| match button.control {
            // It belongs where it answers something.
            Control::Show(shown) if readers == Readers::Another => fitting((&say.post, Control::Post(None, shown))),
            _ => button.control.is_for(readers).then_some(button),
        })
    }

    /// The same with other buttons: what a button does becomes what `change` makes of it, and where that is nothing, the
    /// button goes.
    pub fn with_controls(self, change: impl Fn(Control) -> Option<Control>) -> Message {
        self.with_buttons(|Button { label, control }| Some(Button { label, control: change(control)? }))
    }

    /// The same with the button that removes an answer taking these messages along, as many of them as it can name.
    pub fn removing(self, others: &[NonZeroU64]) -> Message {
        self.with_controls(|control| match control {
            Control::Remove(asker, _) => {
                let mut named = others.to_vec();
                while !Control::Remove(asker, named.clone()).fits() {
                    named.pop();
                }
                Some(Control::Remove(asker, named))
            }
            control => Some(control),
        })
    }

    fn with_buttons(self, change: impl Fn(Button) -> Option<Button>) -> Message {
        let kept = |button: &Button| change(button.clone());
        let row = |row: &Row| match row {
            Row::Buttons(buttons) => Row::Buttons(buttons.as_slice().iter().filter_map(kept).collect()),
            other @ (Row::Menu(_) | Row::Picker(_)) => other.clone(),
        };
        let rows = self.rows.as_slice().iter().map(row).filter(|row| !row.is_empty()).collect();
        Message { rows, ..self }
    }
}

impl Row {
    fn is_empty(&self) -> bool {
        matches!(self, Row::Buttons(buttons) if buttons.as_slice().is_empty())
    }
}

/// The rows under a reply.
pub(super) fn rows(reply: &Reply<'_>, has_words: bool) -> Few<Row, 5> {
    let (about, topics) = (about(reply, has_words), leading_to(&reply.suggestions));
    let led = !reply.suggestions.is_empty() && (needs_lead(reply.offer) || reply.offer == Offer::Choice);
    let rows = if led { [topics, about] } else { [about, topics] };
    let rows = rows.into_iter().chain([becomes(reply.say, Shown::of(reply))]);
    rows.map(Row::Buttons).filter(|row| !row.is_empty()).collect()
}

/// One line that points to the topics of a reply, which a button shows to whoever wants to read them.
pub fn pointer(guide: &GuideFile, reply: &Reply<'_>) -> Message {
    let say = &guide.say;
    let topics = leading_to(&reply.topics);
    let buttons = topics.as_slice().iter().cloned().chain([remove(say)]).collect();
    one(&say.pointer, guide, [Row::Buttons(buttons)].into_iter().collect())
}

/// The row under fixed words.
pub(super) fn of_notice(say: &Say) -> Few<Row, 5> {
    [Row::Buttons([remove(say)].into_iter().collect())].into_iter().collect()
}

/// A button for each of these topics, once: Discord takes no message with two that are the same.
pub(super) fn leading_to(topics: &[&Topic]) -> Few<Button, 5> {
    let mut seen = BTreeSet::new();
    let topics = topics.iter().filter(|topic| seen.insert(&topic.id));
    topics.map(|topic| button(&topic.title, Control::Topic(topic.id.to_string()))).collect()
}

/// The button that takes an answer away. Whose it is, and which messages belong to it, is known when it is sent.
pub(super) fn remove(say: &Say) -> Button {
    button(&say.remove, Control::Remove(None, Vec::new()))
}

/// The rows under what a command has worked out.
pub(super) fn of_sheet(sheet: &Sheet<'_>, has_words: bool) -> Few<Row, 5> {
    let shown = Shown::of_sheet(sheet);
    let words = shown.as_ref().and_then(|shown| words(sheet.say, shown, has_words)).into_iter().collect();
    let rows = [words, leading_to(&sheet.suggestions), becomes(sheet.say, shown)].into_iter();
    rows.map(Row::Buttons).filter(|row| !row.is_empty()).collect()
}

/// The row under a message that can be shown by itself alone, where it is not the last of what was worked out.
pub(super) fn itself(say: &Say) -> Few<Row, 5> {
    [Row::Buttons([button(&say.show, Control::Show(Shown::Itself))].into_iter().collect())].into_iter().collect()
}

/// What goes on about this answer: its details, its hard words, what else could have been meant, and for the moderators what
/// it leaves open.
fn about(reply: &Reply<'_>, has_words: bool) -> Few<Button, 5> {
    let say = reply.say;
    let words = Shown::of(reply).and_then(|shown| words(say, &shown, has_words));
    let others = others(reply).map(|others| (&say.others, others));
    let send = (reply.outcome == Outcome::Decline).then_some((&say.send, Control::Send));
    let others = [others, send].into_iter().flatten().filter_map(fitting);
    more(reply).chain(words).chain(others).collect()
}

/// A button that explains the hard words of what can be drawn anew. A warning has none.
fn words(say: &Say, shown: &Shown, has_words: bool) -> Option<Button> {
    let explained = has_words && !matches!(shown, Shown::Warning(_) | Shown::Itself);
    explained.then(|| fitting((&say.words, Control::Words(shown.clone()))))?
}

/// A button for the details of each topic that has some and does not show them.
fn more(reply: &Reply<'_>) -> impl Iterator<Item = Button> {
    let more = &reply.say.more;
    let label = move |topic: &Topic| match reply.topics.len() {
        1 => more.clone(),
        _ => format!("{more}: {}", topic.title),
    };
    reply.deeper().map(move |topic| button(&label(topic), Control::More(topic.id.to_string())))
}

/// What else could have been meant, as far as a button can carry it. Who is to choose already, or is told that the guide
/// has nothing, has it before them.
fn others(reply: &Reply<'_>) -> Option<Control> {
    Shown::of(reply).filter(|shown| !shown.is_warning())?;
    let mut ids: Vec<String> = reply.others.iter().map(|topic| topic.id.to_string()).collect();
    while !Control::Others(ids.clone()).fits() {
        ids.pop();
    }
    (!ids.is_empty()).then_some(Control::Others(ids))
}

/// What may have been wrong with an answer about the topics, or under the boundary, with these ids.
pub fn reasons(guide: &GuideFile, ids: &[String]) -> Message {
    let say = &guide.say;
    let reasons = [(&say.wrong_topic, Vote::WrongTopic), (&say.no_answer, Vote::NoAnswer)];
    let buttons = reasons.into_iter().filter_map(|(label, vote)| fitting((label, Control::Vote(vote, ids.to_vec()))));
    let rows = std::iter::once(Row::Buttons(buttons.collect())).filter(|row| !row.is_empty());
    one(&say.reasons, guide, rows.collect())
}

/// What becomes of the answer: what people think of it, whether others see it, and whether it stays.
fn becomes(say: &Say, shown: Option<Shown>) -> Few<Button, 5> {
    let ids = shown.as_ref().and_then(Shown::voted_on);
    let votes = ids.into_iter().flat_map(|ids| {
        let vote = |vote| Control::Vote(vote, ids.clone());
        [(&say.helpful, vote(Vote::Helpful)), (&say.not_helpful, vote(Vote::NotHelpful))]
    });
    let show = shown.map(|shown| match shown {
        // It is for one person, and nothing may come between them and help; whoever sees another in danger passes it on.
        Shown::Warning(_) => (&say.post, Control::Post(None, shown)),
        shown => (&say.show, Control::Show(shown)),
    });
    let private = (&say.ask_in_private, Control::Private);
    votes.chain(show).chain([private]).filter_map(fitting).chain([remove(say)]).collect()
}

/// The button, if all of its state can be kept.
fn fitting((label, control): (&String, Control)) -> Option<Button> {
    control.fits().then(|| button(label, control))
}

pub(super) fn button(label: &str, control: Control) -> Button {
    Button { label: Text::cut(label), control }
}
