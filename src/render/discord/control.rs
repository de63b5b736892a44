//! What a button or a menu does, as its `custom_id` says it: `v1:more:costs`.
//!
//! This is all the state there is, so a button works after a restart, and for as long as Discord shows it. Anybody can
//! send any text as a `custom_id`: what does not parse here is not ours.

use super::limits::Text;

/// Goes up when the meaning of a `custom_id` changes; older ones are stale then.
const VERSION: &str = "v1";

/// The menu of the topics that stand under no subject. No id contains this.
pub const UNSORTED: &str = "*";

/// What a button or a menu does.
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
}

impl Control {
    /// How Discord keeps it.
    pub fn custom_id(&self) -> Text<100> {
        // An id has at most 40 characters, so nothing is ever cut.
        Text::cut(&match self {
            Control::More(topic) => format!("{VERSION}:more:{topic}"),
            Control::Topic(topic) => format!("{VERSION}:topic:{topic}"),
            Control::Subjects => format!("{VERSION}:subjects"),
            Control::Topics(subject) => format!("{VERSION}:topics:{subject}"),
        })
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
            _ => return None,
        };
        (version == VERSION).then_some(control)
    }
}

#[cfg(test)]
mod tests {
    use super::Control;

    #[test]
    fn what_is_written_is_read_again() {
        let costs = || "costs".to_owned();
        for control in [Control::More(costs()), Control::Topic(costs()), Control::Subjects, Control::Topics(costs())] {
            assert_eq!(Control::parse(control.custom_id().as_str()), Some(control));
        }
    }

    #[test]
    fn what_is_not_ours_is_nothing() {
        for text in ["", "v1", "v1:", "v0:topic:costs", "v1:topic", "v1:subjects:x", "v1:delete:all", "topic:costs"] {
            assert_eq!(Control::parse(text), None, "{text}");
        }
    }
}
