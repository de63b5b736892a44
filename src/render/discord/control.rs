//! What a button or a menu does, as its `custom_id` says it: `v1:more:costs`.
//!
//! This is all the state there is, so a button works after a restart, and for as long as Discord shows it. Anybody can
//! send any text as a `custom_id`: what does not parse here is not ours.

use std::collections::BTreeSet;
use std::num::NonZeroU64;

use super::limits::Text;
use super::shown::Shown;

/// Goes up when the meaning of a `custom_id` changes; older ones are stale then.
const VERSION: &str = "v1";

/// The menu of the topics that stand under no subject. No id contains this.
pub const UNSORTED: &str = "*";

/// Stands between two ids; none contains it.
pub(super) const AND: char = '+';

/// What a button, a menu or a form does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Shows the details of the topic with this id.
    More(String),
    /// Shows the topic with this id.
    Topic(String),
    /// The menu of subjects: opens the one chosen.
    Subjects,
    /// The menu of the topics of one subject: shows the one chosen.
    Topics(String),
    /// Explains the hard words of an answer.
    Words(Shown),
    /// Offers the topics with these ids, for what was answered was not meant.
    Others(Vec<String>),
    /// Shows an answer to the whole channel.
    Show(Shown),
    /// Says an answer to everybody, in reply to the message of this number.
    Post(Option<NonZeroU64>, Shown),
    /// Says what somebody thinks of the answer about the topics, or under the boundary, with these ids.
    Vote(Vote, Vec<String>),
    /// Brings up the form in which a question is asked in private.
    Private,
    /// The form itself: answers what stands in it.
    Asked,
    /// Removes the answer under which it stands, for the one who asked, by Discord's number for them, and for moderators:
    /// this message and those of these numbers.
    Remove(Option<u64>, Vec<NonZeroU64>),
    /// Brings up the form with which a question is sent to the moderators, and the form itself.
    Send,
    /// Changes a setting of the server.
    Set(Setting),
}

/// A setting of a server that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Where questions to the moderators are posted.
    ModeratorsChannel,
    /// Who is a moderator.
    ModeratorsRole,
    /// Where answers are given unasked.
    UnaskedChannels,
    /// Who sees the answers to commands.
    Answers,
    /// The numbers to call: brings up a form, and the form itself.
    Numbers,
    /// All of them, forgotten.
    Forget,
    /// None: shows them all to whoever presses.
    Panel,
}

impl Setting {
    const ALL: [Setting; 7] = [
        Setting::ModeratorsChannel,
        Setting::ModeratorsRole,
        Setting::UnaskedChannels,
        Setting::Answers,
        Setting::Numbers,
        Setting::Forget,
        Setting::Panel,
    ];

    const fn name(self) -> &'static str {
        match self {
            Setting::ModeratorsChannel => "moderators-channel",
            Setting::ModeratorsRole => "moderators-role",
            Setting::UnaskedChannels => "unasked-channels",
            Setting::Answers => "answers",
            Setting::Numbers => "numbers",
            Setting::Forget => "forget",
            Setting::Panel => "panel",
        }
    }
}

/// What somebody thinks of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vote {
    /// It helped.
    Helpful,
    /// It did not.
    NotHelpful,
    /// It did not, for something else was asked.
    WrongTopic,
    /// It did not, for it is about what was asked and does not answer it.
    NoAnswer,
}

impl Vote {
    /// All of them.
    pub const ALL: [Vote; 4] = [Vote::Helpful, Vote::NotHelpful, Vote::WrongTopic, Vote::NoAnswer];

    /// The word under which it is counted.
    pub fn as_str(self) -> &'static str {
        match self {
            Vote::Helpful => "helpful",
            Vote::NotHelpful => "not-helpful",
            Vote::WrongTopic => "wrong-topic",
            Vote::NoAnswer => "no-answer",
        }
    }

    fn named(word: &str) -> Option<Vote> {
        Vote::ALL.into_iter().find(|vote| vote.as_str() == word)
    }
}

impl Control {
    /// How Discord keeps it.
    pub fn custom_id(&self) -> Text<100> {
        // An id has at most 40 characters, so of what names up to two topics nothing is ever cut.
        Text::cut(&self.written())
    }

    /// Whether Discord can keep the whole of it.
    pub fn fits(&self) -> bool {
        Text::<100>::whole(&self.written()).is_some()
    }

    fn written(&self) -> String {
        match self {
            Control::More(topic) => format!("{VERSION}:more:{topic}"),
            Control::Topic(topic) => format!("{VERSION}:topic:{topic}"),
            Control::Subjects => format!("{VERSION}:subjects"),
            Control::Topics(subject) => format!("{VERSION}:topics:{subject}"),
            Control::Words(shown) => format!("{VERSION}:words:{shown}"),
            Control::Others(topics) => format!("{VERSION}:others:{}", topics.join(&AND.to_string())),
            Control::Show(shown) => format!("{VERSION}:show:{shown}"),
            Control::Post(to, shown) => format!("{VERSION}:post:{}:{shown}", to.unwrap_or(NonZeroU64::MAX)),
            Control::Vote(vote, ids) => format!("{VERSION}:{}:{}", vote.as_str(), ids.join(&AND.to_string())),
            Control::Private => format!("{VERSION}:private"),
            Control::Asked => format!("{VERSION}:asked"),
            Control::Remove(None, _) => format!("{VERSION}:remove"),
            Control::Remove(Some(asker), others) if others.is_empty() => format!("{VERSION}:remove:{asker}"),
            Control::Remove(Some(asker), others) => {
                let others: Vec<String> = others.iter().map(ToString::to_string).collect();
                format!("{VERSION}:remove:{asker}:{}", others.join(&AND.to_string()))
            }
            Control::Send => format!("{VERSION}:send"),
            Control::Set(setting) => format!("{VERSION}:set:{}", setting.name()),
        }
    }

    /// What Discord kept, if it is ours and of this version.
    pub fn parse(custom_id: &str) -> Option<Control> {
        let mut parts = custom_id.splitn(3, ':');
        let (version, verb, object) = (parts.next()?, parts.next()?, parts.next());
        let control = match (verb, object) {
            ("more", Some(topic)) => Control::More(topic.to_owned()),
            ("topic", Some(topic)) => Control::Topic(topic.to_owned()),
            ("subjects", None) => Control::Subjects,
            ("topics", Some(subject)) => Control::Topics(subject.to_owned()),
            ("words", Some(shown)) => Control::Words(Shown::parse(shown)?),
            ("others", Some(topics)) => Control::Others(ids(topics)),
            ("show", Some(shown)) => Control::Show(Shown::parse(shown)?),
            ("post", Some(object)) => {
                let (to, shown) = object.split_once(':')?;
                Control::Post(Some(to.parse().ok()?), Shown::parse(shown)?)
            }
            ("private", None) => Control::Private,
            ("asked", None) => Control::Asked,
            ("remove", None) => Control::Remove(None, Vec::new()),
            ("remove", Some(object)) => {
                let (asker, others) = object.split_once(':').unwrap_or((object, ""));
                let others = others.split(AND).filter(|_| !others.is_empty()).map(str::parse);
                Control::Remove(Some(asker.parse().ok()?), others.collect::<Result<_, _>>().ok()?)
            }
            ("send", None) => Control::Send,
            ("set", Some(name)) => Control::Set(Setting::ALL.into_iter().find(|setting| setting.name() == name)?),
            (vote, Some(ids)) => Control::Vote(Vote::named(vote)?, self::ids(ids)),
            _ => return None,
        };
        (version == VERSION).then_some(control)
    }
}

/// The ids that are written here, each once: no button may stand twice on a message.
pub(super) fn ids(written: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    written.split(AND).filter(|id| seen.insert(*id)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use super::{Control, Setting, Vote};
    use crate::answer::Depth;
    use crate::render::discord::Shown;

    #[test]
    fn what_is_written_is_read_again() {
        let costs = || "costs".to_owned();
        let shown = || Shown::Topics(vec![costs(), "insurance".to_owned()], Depth::Details);
        for control in [
            Control::More(costs()),
            Control::Topic(costs()),
            Control::Subjects,
            Control::Topics(costs()),
            Control::Words(shown()),
            Control::Words(Shown::Boundary("surgery".to_owned())),
            Control::Show(Shown::Sheet(costs(), "sessions=3,with_prp".to_owned())),
            Control::Words(Shown::Sheet(costs(), String::new())),
            Control::Show(Shown::Itself),
            Control::Post(Some(NonZeroU64::MIN), Shown::Itself),
            Control::Others(vec![costs(), "insurance".to_owned()]),
            Control::Show(shown()),
            Control::Post(Some(NonZeroU64::MAX), shown()),
            Control::Post(Some(NonZeroU64::MIN), Shown::Warning("now".to_owned())),
            Control::Vote(Vote::NotHelpful, vec![costs(), "insurance".to_owned()]),
            Control::Vote(Vote::NoAnswer, vec![costs()]),
            Control::Private,
            Control::Asked,
            Control::Remove(None, Vec::new()),
            Control::Remove(Some(u64::MAX), Vec::new()),
            Control::Remove(Some(u64::MAX), vec![NonZeroU64::MAX; 3]),
            Control::Send,
        ]
        .into_iter()
        .chain(Setting::ALL.map(Control::Set))
        {
            assert_eq!(Control::parse(control.custom_id().as_str()), Some(control));
        }
    }

    #[test]
    fn what_is_not_ours_is_nothing() {
        for text in [
            "",
            "v1",
            "v1:",
            "v0:topic:costs",
            "v1:topic",
            "v1:subjects:x",
            "v1:delete:all",
            "topic:costs",
            "v1:words",
            "v1:words:costs",
            "v1:show:always/costs",
            "v1:show:sheet/costs",
            "v1:show:itself/costs",
            "v1:post:short/costs",
            "v1:post:0:short/costs",
            "v1:remove:everything",
            "v1:helpful",
            "v1:remove:-1",
            "v1:remove:1:0",
            "v1:remove:1:2+",
            "v1:send:x",
            "v1:set",
            "v1:set:everything",
        ] {
            assert_eq!(Control::parse(text), None, "{text}");
        }
    }

    /// Two ids as long as ids may be.
    #[test]
    fn an_answer_of_two_topics_can_always_be_carried() {
        let shown = || Shown::Topics(vec!["a".repeat(40), "b".repeat(40)], Depth::Details);
        let both = || vec!["a".repeat(40), "b".repeat(40)];
        let votes = Vote::ALL.map(|vote| Control::Vote(vote, both()));
        for control in [Control::Words(shown()), Control::Show(shown())].into_iter().chain(votes) {
            assert!(control.fits(), "{control:?}");
        }
    }
}
