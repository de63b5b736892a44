//! Composing: from what was decided to a [`Reply`].

use super::{Depth, Notice, Offer, Reply, Warning};
use crate::decide::{Decision, OFFERED, Outcome};
use crate::knowledge::{Boundary, Care, Id, Knowledge, Placed, Topic};
use crate::triage::Alarm;

/// The reply to a question about which this was decided.
pub fn decided<'g>(knowledge: &'g Knowledge, decision: &Decision) -> Reply<'g> {
    let numbered = |classes: &[usize]| classes.iter().map(|class| &knowledge.topics[*class]).collect();
    let boundary = decision.boundary.map(|number| &knowledge.boundaries[number]);
    let topics: Vec<&Topic> = numbered(&decision.topics);
    let (offer, suggestions) = offer(knowledge, decision, &topics, boundary);
    Reply {
        notice: notice(knowledge, decision.outcome, boundary),
        topics,
        suggestions,
        offer,
        others: numbered(&decision.others),
        boundary,
        confidence: decision.confidence,
        ..blank(knowledge, decision.outcome)
    }
}

/// What to go on with: what was asked and not answered comes before all else.
fn offer<'g>(
    knowledge: &'g Knowledge,
    decision: &Decision,
    answered: &[&'g Topic],
    boundary: Option<&'g Boundary>,
) -> (Offer, Vec<&'g Topic>) {
    let numbered = |classes: &[usize]| first_of(classes.iter().map(|class| &knowledge.topics[*class]), answered);
    match decision.outcome {
        _ if !decision.further.is_empty() => (Offer::Further, numbered(&decision.further)),
        Outcome::Clarify => (Offer::Choice, numbered(&decision.offered)),
        Outcome::Decline => {
            let suggested = boundary.map(|boundary| named(knowledge, &boundary.suggest));
            (Offer::Near, suggested.unwrap_or_else(|| numbered(&decision.offered)))
        }
        Outcome::Answer | Outcome::Urgent => (Offer::Next, related(knowledge, answered)),
    }
}

fn notice<'g>(knowledge: &'g Knowledge, outcome: Outcome, boundary: Option<&'g Boundary>) -> Option<Notice<'g>> {
    let say = &knowledge.guide.say;
    match (outcome, boundary) {
        (Outcome::Decline, Some(boundary)) => Some(Notice { title: &boundary.title, text: &boundary.answer }),
        (Outcome::Decline, None) => Some(Notice { title: &say.decline_title, text: &say.decline }),
        (Outcome::Clarify, _) => Some(Notice { title: &say.clarify_title, text: &say.clarify }),
        (Outcome::Answer | Outcome::Urgent, _) => None,
    }
}

/// The reply to an alarm: what to do now, and then what `besides` answers to the rest of the message, if it does.
pub fn alarmed<'g>(knowledge: &'g Knowledge, alarm: &Alarm<'g>, besides: Reply<'g>) -> Reply<'g> {
    let warning = Some(warning(alarm));
    let rest = match besides.outcome {
        Outcome::Answer => besides,
        _ => Reply { confidence: besides.confidence, ..blank(knowledge, Outcome::Urgent) },
    };
    Reply { outcome: Outcome::Urgent, warning, disclaimer: &knowledge.guide.disclaimer_urgent, ..rest }
}

/// What to do now about an alarm.
pub fn warning<'g>(alarm: &Alarm<'g>) -> Warning<'g> {
    let mut signs: Vec<&str> = alarm.findings.iter().map(|finding| finding.sign.id.as_str()).collect();
    signs.dedup();
    Warning { signs, ..of_care(alarm.care) }
}

/// The reply with the words of help of one kind.
pub fn helped<'g>(knowledge: &'g Knowledge, care: &'g Care) -> Reply<'g> {
    let disclaimer = &knowledge.guide.disclaimer_urgent;
    Reply { warning: Some(of_care(care)), disclaimer, ..blank(knowledge, Outcome::Urgent) }
}

fn of_care(care: &Care) -> Warning<'_> {
    Warning { care: care.id.as_str(), title: &care.title, text: &care.say, signs: Vec::new() }
}

/// The reply to an alarm where nothing else can be said.
pub fn warned<'g>(knowledge: &'g Knowledge, alarm: &Alarm<'g>) -> Reply<'g> {
    alarmed(knowledge, alarm, blank(knowledge, Outcome::Urgent))
}

/// The same decline to somebody who seems to have asked in another language: the guide may well cover what they asked.
pub fn unread(decline: Reply<'_>) -> Reply<'_> {
    let say = decline.say;
    Reply { notice: Some(Notice { title: &say.unread_title, text: &say.unread }), ..decline }
}

/// The reply to a message without a question.
pub fn nothing_asked(knowledge: &Knowledge) -> Reply<'_> {
    let say = &knowledge.guide.say;
    let notice = Notice { title: &say.empty_title, text: &say.empty };
    Reply { notice: Some(notice), ..blank(knowledge, Outcome::Decline) }
}

/// The reply that shows one topic, as a button or a command asks for it.
pub fn shown<'g>(knowledge: &'g Knowledge, topic: &'g Topic, depth: Depth) -> Reply<'g> {
    all_shown(knowledge, vec![topic], depth)
}

/// The reply that shows some topics.
pub fn all_shown<'g>(knowledge: &'g Knowledge, topics: Vec<&'g Topic>, depth: Depth) -> Reply<'g> {
    let suggestions = related(knowledge, &topics);
    Reply { topics, depth, suggestions, confidence: 1.0, ..blank(knowledge, Outcome::Answer) }
}

/// The reply that shows what is said under a boundary.
pub fn declined<'g>(knowledge: &'g Knowledge, boundary: &'g Boundary) -> Reply<'g> {
    Reply {
        notice: notice(knowledge, Outcome::Decline, Some(boundary)),
        suggestions: named(knowledge, &boundary.suggest),
        offer: Offer::Near,
        boundary: Some(boundary),
        ..blank(knowledge, Outcome::Decline)
    }
}

/// A reply that says nothing yet.
fn blank(knowledge: &Knowledge, outcome: Outcome) -> Reply<'_> {
    Reply {
        outcome,
        warning: None,
        notice: None,
        topics: Vec::new(),
        depth: Depth::Short,
        suggestions: Vec::new(),
        offer: Offer::Next,
        others: Vec::new(),
        boundary: None,
        confidence: 0.0,
        disclaimer: &knowledge.guide.disclaimer,
        say: &knowledge.guide.say,
        today: None,
        periods: knowledge.guide.review,
    }
}

/// The first topics with these ids, each once.
fn named<'g>(knowledge: &'g Knowledge, ids: &[Placed<Id>]) -> Vec<&'g Topic> {
    first_of(ids.iter().filter_map(|id| knowledge.topic(id.as_str())), &[])
}

/// What the answered topics lead to, but for themselves: those that the first leads to come first.
fn related<'g>(knowledge: &'g Knowledge, answered: &[&'g Topic]) -> Vec<&'g Topic> {
    first_of(answered.iter().flat_map(|topic| named(knowledge, &topic.related)), answered)
}

/// As many as are offered, each once and none of `besides`.
fn first_of<'g>(topics: impl Iterator<Item = &'g Topic>, besides: &[&Topic]) -> Vec<&'g Topic> {
    let mut first: Vec<&Topic> = Vec::new();
    for topic in topics {
        if first.len() < OFFERED && !first.iter().chain(besides).any(|known| known.id == topic.id) {
            first.push(topic);
        }
    }
    first
}
