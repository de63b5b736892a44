//! What can be pressed under a reply, and in which order.
//!
//! Three rows at most: what goes on about this answer, what leads to other topics, and what becomes of the answer. Where a
//! line over the buttons leads to the topics, these come first. All that a reply could have stands here; whether it is
//! read by one or by all decides what of it is [kept](Control::is_for).

use super::control::Control;
use super::limits::{Few, Text};
use super::message::{Button, Message, Row};
use super::needs_lead;
use super::shown::Shown;
use crate::answer::{Offer, Reply};
use crate::knowledge::{Say, Topic};
use crate::sheet::Sheet;

/// Who reads a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// The one who asked, in a channel where others are.
    Asker,
    /// Everybody in the channel.
    Channel,
}

impl Control {
    /// Whether it makes sense on a message that these read.
    fn is_for(&self, readers: Readers) -> bool {
        match self {
            Control::Show(_) => readers == Readers::Asker,
            // What one person alone sees, Discord itself lets them dismiss.
            Control::Private | Control::Remove(_) => readers == Readers::Channel,
            _ => true,
        }
    }
}

impl Message {
    /// The same with the buttons that make sense where these read it.
    pub fn kept_for(self, readers: Readers) -> Message {
        self.with_controls(|control| control.is_for(readers).then_some(control))
    }

    /// The same with other buttons: what a button does becomes what `change` makes of it, and where that is nothing, the
    /// button goes.
    pub fn with_controls(self, change: impl Fn(Control) -> Option<Control>) -> Message {
        let kept = |button: &Button| Some(Button { control: change(button.control.clone())?, ..button.clone() });
        let row = |row: &Row| match row {
            Row::Buttons(buttons) => Row::Buttons(buttons.as_slice().iter().filter_map(kept).collect()),
            Row::Menu(menu) => Row::Menu(menu.clone()),
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
    let topics = reply.suggestions.iter().map(|topic| button(&topic.title, Control::Topic(topic.id.to_string())));
    let (about, topics) = (about(reply, has_words), topics.collect());
    let led = !reply.suggestions.is_empty() && (needs_lead(reply.offer) || reply.offer == Offer::Choice);
    let rows = if led { [topics, about] } else { [about, topics] };
    let rows = rows.into_iter().chain([becomes(reply.say, Shown::of(reply))]);
    rows.map(Row::Buttons).filter(|row| !row.is_empty()).collect()
}

/// The row under fixed words.
pub(super) fn of_notice(say: &Say) -> Few<Row, 5> {
    [Row::Buttons([button(&say.remove, Control::Remove(None))].into_iter().collect())].into_iter().collect()
}

/// The rows under what a command has worked out.
pub(super) fn of_sheet(sheet: &Sheet<'_>) -> Few<Row, 5> {
    let topics = sheet.suggestions.iter().map(|topic| button(&topic.title, Control::Topic(topic.id.to_string())));
    let rows = [topics.collect(), becomes(sheet.say, None)].into_iter();
    rows.map(Row::Buttons).filter(|row| !row.is_empty()).collect()
}

/// What goes on about this answer: its details, its hard words, and what else could have been meant.
fn about(reply: &Reply<'_>, has_words: bool) -> Few<Button, 5> {
    let say = reply.say;
    let words = Shown::of(reply).filter(|_| has_words).map(|shown| (&say.words, Control::Words(shown)));
    let others = others(reply).map(|others| (&say.others, others));
    more(reply).chain([words, others].into_iter().flatten().filter_map(fitting)).collect()
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
    Shown::of(reply)?;
    let mut ids: Vec<String> = reply.others.iter().map(|topic| topic.id.to_string()).collect();
    while !Control::Others(ids.clone()).fits() {
        ids.pop();
    }
    (!ids.is_empty()).then_some(Control::Others(ids))
}

/// What becomes of the answer: whether others see it, and whether it stays.
fn becomes(say: &Say, shown: Option<Shown>) -> Few<Button, 5> {
    let show = shown.map(|shown| (&say.show, Control::Show(shown)));
    let always = [(&say.ask_in_private, Control::Private), (&say.remove, Control::Remove(None))];
    show.into_iter().chain(always).filter_map(fitting).collect()
}

/// The button, if all of its state can be kept.
fn fitting((label, control): (&String, Control)) -> Option<Button> {
    control.fits().then(|| button(label, control))
}

pub(super) fn button(label: &str, control: Control) -> Button {
    Button { label: Text::cut(label), control }
}
