//! The files' contents as types. `docs/knowledge-format.md` describes the same from a moderator's side.

use std::fmt;
use std::ops::{Deref, Range};

use serde::Serialize;

use super::numbers::Numbers;
pub use toml::value::Date;

pub use super::adverts::{AdvertExample, AdvertFindings, AdvertReader, AdvertWords, AdvertsFile, Detail, Flag};
pub use super::alarms::{AlarmMessages, Alarms};
pub use super::claims::{Claim, ClaimsFile};
pub use super::compare::Compare;
pub use super::facts::{Fact, FactsFile, Standing, Status, Thing};
pub use super::figures::RoughDate;
pub use super::freshness::{Kind, NextReview, Periods, Review, next_reviews};
pub use super::glossary::{Explained, Glossary, Term};
pub use super::languages::{LOCALES, Language, Languages, Translated, TranslatedCommand, TranslatedOption};
pub use super::lists::{Checklist, ChecklistItem, Timeline, TimelineStep};
pub use super::passage::{Passage, ReadAs};
pub use super::sums::{Instead, Sums, Times};

/// All that the files say.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// `guide.toml`
    pub guide: GuideFile,
    /// `urgent.toml`
    pub urgent: UrgentFile,
    /// `alarms.toml`, where there is one.
    pub alarms: Option<Alarms>,
    /// `vocabulary.toml`
    pub vocabulary: Vec<VocabularyEntry>,
    /// `topics/`, ordered by id.
    pub topics: Vec<Topic>,
    /// `boundaries/`, ordered by id.
    pub boundaries: Vec<Boundary>,
    /// `facts.toml`, where there is one.
    pub facts: Option<FactsFile>,
    /// `claims.toml`, where there is one.
    pub claims: Option<ClaimsFile>,
    /// `glossary.toml`, where there is one.
    pub glossary: Option<Glossary>,
    /// `adverts.toml`, where there is one.
    pub adverts: Option<AdvertsFile>,
    /// `languages.toml`; nothing where there is none.
    pub languages: Languages,
    /// Every text that patients read, in the order of files and lines.
    pub passages: Vec<Passage>,
}

/// The name of a topic or of a boundary: its file's name without the ending.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(pub String);

impl Id {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value and the bytes of the file in which it stands, for messages about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its place in the file's text.
    pub span: Range<usize>,
}

impl<T> Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Placed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// One thing a patient can ask about, and the answer.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// The file's name.
    pub id: Id,
    /// What the topic is called: a heading, and the label of a button.
    pub title: String,
    /// How the answer begins, where patients ask whether something is so.
    pub verdict: Option<Placed<String>>,
    /// The short answer, Markdown.
    pub answer: String,
    /// More, for those who ask for it, Markdown.
    pub details: Option<String>,
    /// Example questions.
    pub questions: Vec<Placed<String>>,
    /// Words and short phrases that speak for this topic.
    pub keywords: Vec<Placed<String>>,
    /// Topics that a reader is likely to want next.
    pub related: Vec<Placed<Id>>,
    /// The section of the guide from which the answer comes.
    pub section: Option<String>,
    /// What it is about, as far as it decides for how long a review holds.
    pub kind: Kind,
    /// The day on which somebody last compared the answer with the guide.
    pub reviewed: Option<Placed<Date>>,
    /// Links shown with the answer.
    pub links: Vec<Link>,
    /// Tables shown with the answer.
    pub tables: Vec<Table>,
    /// What is said around a sum of the tables' figures.
    pub sums: Option<Sums>,
    /// A list to take along.
    pub checklist: Option<Checklist>,
    /// What happens, in order.
    pub timeline: Option<Timeline>,
}

/// Something patients ask often that the guide does not cover, and what to say then.
#[derive(Clone, Debug, Default)]
pub struct Boundary {
    /// The file's name.
    pub id: Id,
    /// What was asked about.
    pub title: String,
    /// The words to say.
    pub answer: String,
    /// Whether it is advice on somebody's own case that is asked for.
    pub personal: bool,
    /// Topics that may help all the same, best first.
    pub suggest: Vec<Placed<Id>>,
    /// Example questions.
    pub questions: Vec<Placed<String>>,
    /// Words and short phrases that speak for this boundary.
    pub keywords: Vec<Placed<String>>,
    /// The day on which somebody last looked at it.
    pub reviewed: Option<Placed<Date>>,
}

/// A link to a page outside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What the link says.
    pub label: String,
    /// An `https` address.
    pub url: String,
}

/// A table: a heading a column, and rows of cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// What the table shows.
    pub title: String,
    /// The heading of each column.
    pub columns: Vec<String>,
    /// The rows, each with one cell a column.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
    /// How its rows are compared, where they are.
    #[serde(skip)]
    pub compare: Option<Compare>,
}

/// A row of a [`Table`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// The row's name, for work that picks single figures.
    pub id: String,
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// How often its figure counts in a sum.
    #[serde(skip)]
    pub times: Option<Times>,
    /// Whose place its figure takes in a sum.
    #[serde(skip)]
    pub instead: Option<Instead>,
}

impl Table {
    /// The row of this name.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }
}

impl Row {
    /// The first figure in it.
    pub fn figure(&self) -> Option<&Figure> {
        self.cells.iter().find_map(|cell| match cell {
            Cell::Figure(figure) => Some(figure),
            Cell::Text(_) => None,
        })
    }
}

/// A cell of a [`Table`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A figure, or a range of figures.
    Figure(Figure),
}

/// A number or a range of numbers with a unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figure {
    /// The number, or the lower end of the range.
    pub low: f64,
    /// The upper end; absent for a single number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// A currency's three capital letters, or words that follow the number.
    pub unit: String,
    /// What the figure is counted for, such as `session`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// A remark shown in brackets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Text(text) => f.write_str(text),
            Cell::Figure(figure) => figure.fmt(f),
        }
    }
}

impl Figure {
    /// Whether it is an amount of money.
    pub fn is_money(&self) -> bool {
        self.unit.len() == 3 && self.unit.bytes().all(|byte| byte.is_ascii_uppercase())
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit.as_str() {
            "USD" => f.write_str("$")?,
            unit if self.is_money() => write!(f, "{unit} ")?,
            _ => {}
        }
        f.write_str(&grouped(self.low))?;
        if let Some(high) = self.high {
            write!(f, "–{}", grouped(high))?;
        }
        if !self.is_money() {
            write!(f, " {}", self.unit)?;
        }
        if let Some(per) = &self.per {
            write!(f, " per {per}")?;
        }
        if let Some(note) = &self.note {
            write!(f, " ({note})")?;
        }
        Ok(())
    }
}

/// The number with a comma between thousands, and without a fraction of zero.
fn grouped(number: f64) -> String {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let digits = whole.trim_start_matches('-').len();
    let mut out = String::new();
    for (at, character) in whole.chars().enumerate() {
        let left = whole.len() - at;
        if left % 3 == 0 && left < digits {
            out.push(',');
        }
        out.push(character);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Patients' words for one of the guide's words.
#[derive(Clone, Debug, Default)]
pub struct VocabularyEntry {
    /// The guide's word.
    pub means: Placed<String>,
    /// What patients say for it: words or short phrases.
    pub words: Vec<Placed<String>>,
}

/// What `guide.toml` says.
#[derive(Clone, Debug, Default)]
pub struct GuideFile {
    /// What the guide is called.
    pub title: String,
    /// Which edition of it.
    pub edition: Option<String>,
    /// The day on which the whole was last compared with the guide.
    pub reviewed: Option<Placed<Date>>,
    /// For how long a review holds.
    pub review: Periods,
    /// Shown with every reply.
    pub disclaimer: String,
    /// Shown with a warning in its place.
    pub disclaimer_urgent: String,
    /// The subjects under which topics are browsed, in order.
    pub subjects: Vec<Subject>,
    /// Slash commands that show one topic.
    pub commands: Vec<TopicCommand>,
    /// The fixed sentences and labels.
    pub say: Say,
}

/// A heading under which topics are browsed.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// A short name, as in an id.
    pub id: Placed<String>,
    /// The heading.
    pub title: String,
    /// The topics, in order.
    pub topics: Vec<Placed<Id>>,
}

/// A slash command that every guide has. What each does is the business of who knows Discord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixedCommand {
    /// Answers a question.
    Ask,
    /// Leads through the subjects.
    Guide,
    /// Says what the bot is.
    About,
    /// Says what happens to what people write.
    Privacy,
    /// Shows moderators the settings of their server.
    Settings,
}

impl FixedCommand {
    /// All of them, in the order in which Discord is told of them.
    pub const ALL: [FixedCommand; 5] =
        [FixedCommand::Ask, FixedCommand::Guide, FixedCommand::About, FixedCommand::Privacy, FixedCommand::Settings];

    /// What is typed after the `/`.
    pub const fn name(self) -> &'static str {
        match self {
            FixedCommand::Ask => "ask",
            FixedCommand::Guide => "guide",
            FixedCommand::About => "about",
            FixedCommand::Privacy => "privacy",
            FixedCommand::Settings => "settings",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<FixedCommand> {
        FixedCommand::ALL.into_iter().find(|command| command.name() == name)
    }
}

/// A command in the menu of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuCommand {
    /// Answers the message.
    Answer,
    /// Looks for red flags in it, where the guide has rules for adverts.
    Check,
}

impl MenuCommand {
    /// All of them, in the order in which they are registered.
    pub const ALL: [MenuCommand; 2] = [MenuCommand::Answer, MenuCommand::Check];

    /// The key under which `guide.toml` says its name.
    pub const fn key(self) -> &'static str {
        match self {
            MenuCommand::Answer => "menu_answer",
            MenuCommand::Check => "menu_check",
        }
    }

    /// What stands in the menu.
    pub fn name(self, say: &Say) -> &str {
        match self {
            MenuCommand::Answer => &say.menu_answer,
            MenuCommand::Check => &say.menu_check,
        }
    }
}

/// A slash command that shows one topic.
#[derive(Clone, Debug, Default)]
pub struct TopicCommand {
    /// What is typed after the `/`.
    pub name: Placed<String>,
    /// Shown by Discord beside the name.
    pub description: String,
    /// The topic.
    pub topic: Placed<Id>,
}

/// Declares [`Say`]: each sentence once, for the type and for reading it.
macro_rules! say {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The fixed sentences and labels. Those a guide leaves out are the ones of the compiled-in guide.
        #[derive(Clone, Debug, Default)]
        pub struct Say {
            $($(#[$doc])* pub $name: String,)*
        }

        impl Say {
            /// Builds the value by asking for each sentence by its key.
            pub(super) fn read(mut sentence: impl FnMut(&'static str) -> String) -> Say {
                Say { $($name: sentence(stringify!($name)),)* }
            }
        }
    };
}

say! {
    /// Heads a decline.
    decline_title,
    /// The guide does not cover what was asked.
    decline,
    /// Leads to the topics offered beside a decline or an answer under a boundary.
    near,
    /// The same where advice on one's own case was asked for.
    near_personal,
    /// Heads a choice.
    clarify_title,
    /// Asks which of several topics is meant.
    clarify,
    /// Heads the reply to a question in another language.
    unread_title,
    /// Which language to ask in, in simple words.
    unread,
    /// Heads the reply to a message without a question.
    empty_title,
    /// What to do when the question was empty.
    empty,
    /// Stands between an urgent warning and the answer to what else was asked.
    besides,
    /// Names the source of an answer; the section follows.
    source,
    /// Stands before the day of the last review.
    reviewed,
    /// Says with a price where it comes from; the day of the last review follows.
    prices,
    /// Says that the last review is longer ago than it should be.
    overdue,
    /// The label of the button for details.
    more,
    /// Leads to the related topics.
    related,
    /// Leads to the explanations of the hard words in a reply.
    words,
    /// There is no hard word to explain.
    no_words,
    /// Leads to the topics of further questions in the same message, of which only the first are answered at once.
    further,
    /// The prompt above the list of subjects.
    browse,
    /// The prompt above the list of topics.
    browse_topics,
    /// The heading of topics that stand under no subject.
    other_topics,
    /// The answer to `/privacy`.
    privacy,
    /// What is remembered for a while, and not written down.
    privacy_memory,
    /// What is held at this moment, with `{servers}` and `{counts}` for the figures.
    privacy_now,
    /// What is read besides, where the operator lets the bot read whole channels.
    privacy_unasked,
    /// The title of the answer to `/privacy`.
    privacy_title,
    /// The button that offers what else could have been meant, and heads that.
    others,
    /// What to do with the topics offered there.
    others_text,
    /// The button that shows an answer to the whole channel.
    show,
    /// The button that says an answer in reply to the message for which it was made.
    post,
    /// The answer was said there.
    posted,
    /// The button that brings up a form for a private question.
    ask_in_private,
    /// Heads that form.
    form_title,
    /// Stands over the place for the question.
    form_question,
    /// The button that says that an answer helped.
    helpful,
    /// The button that says that it did not.
    not_helpful,
    /// Asks why not.
    reasons,
    /// The button that says that something else was asked.
    wrong_topic,
    /// The button that says that it is about what was asked, and does not answer it.
    no_answer,
    /// Thanks for having said so.
    thanks,
    /// The button that removes an answer.
    remove,
    /// Only who asked, and moderators, can remove an answer.
    not_yours,
    /// Stands in the place of an answer that was removed, for a moment or where it can't be taken away.
    removed,
    /// A button or menu is of an older version, or was not made by the bot.
    stale,
    /// Asks for a pause who asks very much.
    pause,
    /// Something went wrong on our side.
    trouble,
    /// What stands in the menu of a message to have it answered.
    menu_answer,
    /// Points to an answer for which nobody has asked the bot.
    pointer,
    /// What stands in the menu of a message to have it looked at as an advert.
    menu_check,
    /// The label of the button that sends a question to the moderators.
    send,
    /// Heads the form with which a question is sent.
    send_title,
    /// Asks for the question in it.
    send_question,
    /// Asks in it whether moderators may know who asks.
    send_name,
    /// What is written there to be named.
    send_yes,
    /// The question was sent.
    sent,
    /// The question could not be sent.
    not_sent,
    /// Heads a question in the moderators' channel.
    sent_title,
    /// Stands under it where nobody is to be named.
    sent_unnamed,
    /// Stands before the name of the one who asks.
    sent_named,
    /// Heads the settings of a server.
    settings_title,
    /// Leads to the settings.
    settings,
    /// The setting of the moderators' channel.
    settings_channel,
    /// The setting of the moderators' role.
    settings_role,
    /// The setting of the channels in which answers are given unasked.
    settings_unasked,
    /// The setting of the emergency number.
    settings_emergency,
    /// The setting of the crisis line.
    settings_crisis,
    /// The setting of who sees the answers to commands.
    settings_answers,
    /// The asker alone sees them.
    settings_private,
    /// Everybody sees them.
    settings_public,
    /// Nothing is set.
    settings_none,
    /// The label of the button that brings up the form for the numbers to call.
    settings_numbers,
    /// The label of the button that forgets all settings.
    settings_forget,
    /// Whoever asks may not see or change the settings.
    settings_refused,
    /// What was written for a number has none in it.
    settings_no_number,
    /// The settings could not be written down.
    settings_failing,
    /// The operator does not let the bot read whole channels.
    settings_deaf,
    /// Describes `/settings`.
    describe_settings,
    /// Describes `/ask`.
    describe_ask,
    /// Describes the question of `/ask`.
    describe_question,
    /// Describes the text of the command that shows the red flags.
    describe_advert,
    /// Describes `/guide`.
    describe_guide,
    /// Describes the topic of `/guide`.
    describe_topic,
    /// Describes `/about`.
    describe_about,
    /// Describes `/privacy`.
    describe_privacy,
}

/// What `urgent.toml` says.
#[derive(Clone, Debug, Default)]
pub struct UrgentFile {
    /// The kinds of help, the most pressing first.
    pub cares: Vec<Care>,
    /// What the words of help say for numbers: the operator's, and neutral words for those that nobody has set.
    pub numbers: Numbers,
    /// Named lists of words that patterns share.
    pub groups: Vec<WordGroup>,
    /// The signs.
    pub signs: Vec<SignEntry>,
    /// What makes a sign no alarm, by reason.
    pub set_aside: Vec<SetAsideEntry>,
    /// The words that hold sentences together.
    pub grammar: Grammar,
    /// Words as they are written in a chat, where no pattern names them.
    pub spellings: Vec<VocabularyEntry>,
    /// Messages that have nothing to do with any sign and must raise no alarm.
    pub ordinary: Vec<Placed<String>>,
}

/// A kind of help, and the words that say how to get it.
#[derive(Clone, Debug, Default)]
pub struct Care {
    /// A short name, as in an id.
    pub id: Placed<Id>,
    /// The heading of the reply.
    pub title: String,
    /// What to do now, Markdown, with the numbers to call.
    pub say: String,
    /// The same with places for the numbers.
    pub template: String,
    /// The only reasons that set a sign of this kind aside; all of them where the list is empty.
    pub heeds: Vec<Placed<String>>,
}

/// A named list of words and phrases that patterns share.
#[derive(Clone, Debug, Default)]
pub struct WordGroup {
    /// What patterns write in square brackets.
    pub name: Placed<String>,
    /// The words and phrases.
    pub words: Vec<Placed<String>>,
}

/// A sign of an emergency, and how patients put it.
#[derive(Clone, Debug, Default)]
pub struct SignEntry {
    /// A short name, as in an id.
    pub id: Placed<Id>,
    /// What the sign is called.
    pub name: String,
    /// The kind of help it calls for.
    pub care: Placed<Id>,
    /// Patterns of which one must occur anywhere in the message besides; none where the sign speaks for itself.
    pub only_with: Vec<Placed<String>>,
    /// What patients write.
    pub patterns: Vec<Placed<String>>,
    /// Messages that must raise this sign's alarm.
    pub examples: Vec<Placed<String>>,
}

/// The words that show that a sign is no alarm, for one reason.
#[derive(Clone, Debug, Default)]
pub struct SetAsideEntry {
    /// The reason, by the name the program knows it under.
    pub reason: Placed<String>,
    /// Patterns that give the reason.
    pub words: Vec<Placed<String>>,
    /// Patterns that contain such words and do not give the reason.
    pub except: Vec<Placed<String>>,
    /// Patterns that take the reason back when they stand in the same sentence.
    pub unless: Vec<Placed<String>>,
    /// Messages that must raise no alarm.
    pub examples: Vec<Placed<String>>,
}

/// The words that hold sentences together, and those that go with numbers.
#[derive(Clone, Debug, Default)]
pub struct Grammar {
    /// Words that may stand between the words of a phrase.
    pub small_words: Vec<Placed<String>>,
    /// Patterns that begin a new thought wherever they stand.
    pub turns: Vec<Placed<String>>,
    /// Patterns that begin a new thought behind a comma.
    pub starts: Vec<Placed<String>>,
    /// Patterns that carry a list on.
    pub joins: Vec<Placed<String>>,
    /// Words that look like misspelt words of the patterns, and are none.
    pub other_words: Vec<Placed<String>>,
    /// Words beside a number that make it something else than a temperature.
    pub other_units: Vec<Placed<String>>,
}
