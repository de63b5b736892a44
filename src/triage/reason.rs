//! The reasons for which a sign is no alarm.

use serde::Serialize;

/// Why a sign that was seen raises no alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// The patient says that it is not there: "no fever".
    Negated,
    /// It would be so under a condition: "if I get a fever".
    Hypothetical,
    /// The words mean something else here: "the price gave me a heart attack".
    Figurative,
    /// It is what everybody has after a session: "faint redness".
    Normal,
    /// A question about what may happen: "is fever a known side effect".
    Risk,
    /// Something read or heard of: "somebody on a forum had pus".
    Report,
    /// Long past, and not of a treatment: "I fainted as a teenager".
    History,
    /// Of an animal or a made-up person.
    Fiction,
    /// No cue speaks against the sign, but the message as a whole sounds calm. No file gives this reason.
    Calm,
}

/// Which words of a message a reason speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The words that give the reason.
    OwnWords,
    /// The words behind them, as far as a negation goes.
    List,
    /// These words and those behind them, to the end of the thought.
    After,
    /// All words of the thought in which they stand.
    Around,
    /// All words of the sentence in which they stand.
    Sentence,
}

impl Reason {
    /// All reasons that cues give, in the order in which they are named when several hold.
    pub const ALL: [Reason; 8] = [
        Reason::Negated,
        Reason::Hypothetical,
        Reason::Figurative,
        Reason::Normal,
        Reason::Risk,
        Reason::Report,
        Reason::History,
        Reason::Fiction,
    ];

    /// The name by which the files know the reason.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Negated => "negated",
            Reason::Hypothetical => "hypothetical",
            Reason::Figurative => "figurative",
            Reason::Normal => "normal",
            Reason::Risk => "risk",
            Reason::Report => "report",
            Reason::History => "history",
            Reason::Fiction => "fiction",
            Reason::Calm => "calm",
        }
    }

    /// The reason of this name.
    pub fn named(name: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.name() == name)
    }

    pub(super) fn reach(self) -> Reach {
        match self {
            Reason::Negated => Reach::List,
            Reason::Hypothetical => Reach::After,
            Reason::Figurative | Reason::Normal => Reach::OwnWords,
            Reason::Risk | Reason::Report | Reason::History => Reach::Around,
            Reason::Fiction | Reason::Calm => Reach::Sentence,
        }
    }
}

/// A set of reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reasons(u8);

impl Reasons {
    pub(super) const NONE: Reasons = Reasons(0);
    pub(super) const EVERY: Reasons = Reasons(u8::MAX);

    pub(super) fn insert(&mut self, reason: Reason) {
        self.0 |= 1 << reason as u8;
    }

    pub(super) fn contains(self, reason: Reason) -> bool {
        self.0 & 1 << reason as u8 != 0
    }

    pub(super) fn and(self, other: Reasons) -> Reasons {
        Reasons(self.0 & other.0)
    }

    pub(super) fn or(self, other: Reasons) -> Reasons {
        Reasons(self.0 | other.0)
    }

    pub(super) fn without(self, other: Reasons) -> Reasons {
        Reasons(self.0 & !other.0)
    }

    /// How many reasons there are.
    pub(super) fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The first of the reasons, in the order of [`Reason::ALL`].
    pub(super) fn first(self) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| self.contains(*reason))
    }
}

impl FromIterator<Reason> for Reasons {
    fn from_iter<I: IntoIterator<Item = Reason>>(reasons: I) -> Reasons {
        let mut set = Reasons::NONE;
        reasons.into_iter().for_each(|reason| set.insert(reason));
        set
    }
}
