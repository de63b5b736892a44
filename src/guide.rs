//! The guide, compiled: the one entry point of every surface.
//!
//! [`Guide::answer`] is the path of a question. It does no I/O, reads no clock and draws no random number, so the same
//! question gets the same reply, always.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use crate::answer::{self, Depth, Reply, Warning, compose};
use crate::decide::{self, Decision};
use crate::knowledge::{
    AdvertFindings, AdvertReader, Care, Checked, Date, Explained, Id, Knowledge, Numbers, Topic, UrgentFile, read,
};
use crate::matching::{Class, Evidence, Match, Matcher, Part, Text};
use crate::parallel;
use crate::text::{Token, is_foreign, parts, tokens};
use crate::triage::{Alarm, Assessment, Finding, Triage};

/// The signs that are compiled into the binary; made when all else has failed.
static LAST_RESORT: LazyLock<Triage> = LazyLock::new(|| Triage::new(&read::compiled_in_urgent()));

/// A message is heard as an alarm from these log-odds on, about as likely as not: in doubt it warns.
const ALARM: f32 = -0.1;

/// Where a sign is set aside, what is heard there must be louder by so much: a little likelier than not.
const DOUBT: f32 = 0.5;

/// A sign that a pattern finds is set aside as calm where the message is not heard as an alarm, and the log-odds of the message and
/// of the sentence around the sign are on average less than this (some 5 %); and the piece of the sentence has so many words, those
/// of the sign among them: fewer say too little.
const CALM: f32 = -3.0;
const TELLING: usize = 5;

/// So many words on both sides of a sign are heard with it.
const AROUND: usize = 5;

/// Knowledge that is ready to answer. It can't be changed: a reload makes a new one. Copies share all but the day.
#[derive(Clone)]
pub struct Guide {
    knowledge: Arc<Knowledge>,
    triage: Arc<Triage>,
    matcher: Arc<Matcher>,
    adverts: Option<Arc<AdvertReader>>,
    today: Option<Date>,
    /// What the words of help say for numbers where nothing else is said.
    numbers: Numbers,
    /// The words of help with other numbers.
    cares: Option<Arc<[Care]>>,
    /// Whether it warns, and answers nothing.
    closed: bool,
}

/// A topic and how well it matches.
#[derive(Clone, Copy, Debug)]
pub struct Ranked<'g> {
    /// The topic.
    pub topic: &'g Topic,
    /// Its probability among all topics and boundaries.
    pub score: f32,
}

/// Why a question got its reply, for moderators.
pub struct Explanation<'g> {
    /// The reply.
    pub reply: Reply<'g>,
    /// The signs of an emergency that were seen, and those that were set aside.
    pub assessment: Assessment<'g>,
    /// The words of the question, to which the signs point.
    pub tokens: Vec<Token>,
    /// What each word was taken for.
    pub evidence: Evidence,
    /// The best-ranked topics and boundaries.
    pub runners_up: Vec<RunnerUp<'g>>,
    /// The confidence from which on a topic is answered.
    pub threshold: f32,
}

/// A topic or boundary that was considered.
pub struct RunnerUp<'g> {
    /// Its id.
    pub id: &'g Id,
    /// Whether it is a boundary.
    pub is_boundary: bool,
    /// Its probability among all of them.
    pub probability: f32,
    /// Its phrasings most like the question, with their likeness.
    pub phrasings: Vec<(String, f32)>,
}

impl Guide {
    /// Compiles knowledge.
    pub fn new(knowledge: Checked) -> Guide {
        // The two know nothing of each other, and take about as long.
        let (triage, matcher) = parallel::join(|| Triage::new(&knowledge.urgent), || Matcher::new(&knowledge));
        Guide::compiled(knowledge, triage, matcher)
    }

    /// The same, for signs that are compiled already.
    pub fn with_triage(knowledge: Checked, triage: Triage) -> Guide {
        let matcher = Matcher::new(&knowledge);
        Guide::compiled(knowledge, triage, matcher)
    }

    /// The same without one part of matching, to see what that is worth.
    pub fn without(knowledge: Checked, part: Part) -> Guide {
        let triage = Triage::new(&knowledge.urgent);
        let matcher = Matcher::without(&knowledge, part);
        Guide::compiled(knowledge, triage, matcher)
    }

    /// Nobody reads the signs and the vocabulary as text any more, so they are not kept twice; and what the texts were
    /// checked with has done its work.
    fn compiled(knowledge: Checked, triage: Triage, matcher: Matcher) -> Guide {
        let (urgent, vocabulary, passages) = (UrgentFile::default(), Vec::new(), Vec::new());
        let knowledge = knowledge.into_knowledge();
        let numbers = knowledge.urgent.numbers.clone();
        let knowledge =
            Knowledge { urgent, vocabulary, passages, alarms: None, facts: None, claims: None, ..knowledge };
        let adverts = knowledge.adverts.as_ref().map(|file| Arc::new(AdvertReader::new(file, &knowledge)));
        Guide {
            knowledge: Arc::new(knowledge),
            triage: Arc::new(triage),
            matcher: Arc::new(matcher),
            adverts,
            today: None,
            numbers,
            cares: None,
            closed: false,
        }
    }

    /// What stands in for a guide that can't be served: who is in danger is warned, and nothing is answered, for the answers
    /// of another guide would be wrong ones.
    pub fn closed(knowledge: Checked) -> Guide {
        Guide { closed: true, ..Guide::new(knowledge) }
    }

    /// Whether only warnings come from it.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// The same guide on this day: its replies say what is overdue for review.
    pub fn on(&self, today: Date) -> Guide {
        Guide { today: Some(today), ..self.clone() }
    }

    /// The same guide for people who call these numbers; those that are not among them stay as they are.
    pub fn naming(&self, numbers: &Numbers) -> Guide {
        if *numbers == Numbers::default() {
            return self.clone();
        }
        let numbers = numbers.clone().or(&self.numbers);
        let mut cares = self.triage.cares().to_vec();
        cares.iter_mut().for_each(|care| care.name_numbers(&numbers));
        Guide { cares: Some(cares.into()), ..self.clone() }
    }

    /// The numbers to call that hold where nothing else is said.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// What moderators wrote, but for the signs and the vocabulary, which are compiled.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The reply to a question, whatever it is.
    pub fn answer(&self, question: &str) -> Reply<'_> {
        self.answer_after(question, &[])
    }

    /// The reply to a question that was asked in reply to an answer about the topics `before`: "and for three sessions?"
    /// after an answer about costs. Ids that are no topic's are ignored.
    pub fn answer_after(&self, question: &str, before: &[&str]) -> Reply<'_> {
        let before: Vec<Class> = before.iter().filter_map(|id| self.knowledge.place_of(id)).collect();
        let tokens = tokens(question);
        if tokens.is_empty() {
            return compose::nothing_asked(&self.knowledge);
        }
        let text = self.matcher.read(&tokens);
        let reply = match self.assess(&tokens, &text).alarm {
            Some(alarm) => {
                let alarm = self.with_numbers(alarm);
                let rest = without(&tokens, &alarm.sentences);
                let besides = self.decided(&rest, &self.matcher.read(&rest), &before);
                compose::alarmed(&self.knowledge, &alarm, besides)
            }
            None => self.decided(&tokens, &text, &before),
        };
        Reply { today: self.today, ..reply }
    }

    /// The warning alone, if the message calls for one by the compiled-in signs. This is what is left where answering has
    /// failed: nothing of what the guide was compiled from has a part in it but the words of help.
    pub fn warning(&self, message: &str) -> Option<Reply<'_>> {
        let alarm = LAST_RESORT.assess(&tokens(message)).alarm?;
        let care = self.triage.care(alarm.care.id.as_str()).unwrap_or(alarm.care);
        Some(compose::warned(&self.knowledge, &self.with_numbers(Alarm { care, ..alarm })))
    }

    /// The alarm with the numbers of those who ask.
    fn with_numbers<'g>(&'g self, alarm: Alarm<'g>) -> Alarm<'g> {
        let other = self.cares.iter().flat_map(|cares| cares.iter()).find(|care| care.id.value == alarm.care.id.value);
        Alarm { care: other.unwrap_or(alarm.care), ..alarm }
    }

    /// Looks for signs by their patterns, and listens to what the message sounds like: that tells where no pattern finds a
    /// sign, and where one finds what is none. It is heard as an alarm where a call for help is about as likely as not, and
    /// a little likelier where a sign was set aside.
    fn assess(&self, tokens: &[Token], text: &Text<'_>) -> Assessment<'_> {
        let seen = self.triage.assess(tokens);
        let Some(heard) = self.matcher.hear(text) else { return seen };
        if let Some(alarm) = &seen.alarm {
            let calm = alarm.findings.iter().all(|finding| self.sounds_calm(finding, heard.log_odds, tokens, text));
            return if calm && heard.log_odds < ALARM { seen.calmed() } else { seen };
        }
        // What speaks against a sign that was seen speaks against one that is only heard there.
        let mut against = seen.set_aside.iter().flat_map(|aside| &aside.finding.words);
        let doubtful = against.any(|words| words.start < heard.stretch.end && heard.stretch.start < words.end);
        if heard.log_odds < if doubtful { ALARM + DOUBT } else { ALARM } {
            return seen;
        }
        let named = self.matcher.name(text, &heard);
        Assessment { alarm: self.triage.alarm(named.sign.as_str(), named.words, named.sentences), ..seen }
    }

    /// Whether a sign that a pattern finds sounds calm, in a message whose log-odds are `message`.
    fn sounds_calm(&self, finding: &Finding<'_>, message: f32, tokens: &[Token], text: &Text<'_>) -> bool {
        let hull = finding.hull();
        let goes_on = |token: &&Token| !token.ends_sentence();
        let before = tokens[..hull.start].iter().rev().take(AROUND).take_while(goes_on).count();
        let behind = tokens[hull.end - 1..].iter().take(AROUND).take_while(goes_on).count();
        let around = hull.start - before..(hull.end + behind).min(tokens.len());
        around.len() >= TELLING
            && self.matcher.hear_piece(text, &around).is_some_and(|piece| (message + piece) / 2.0 < CALM)
    }

    /// What to do now, if the message calls for it.
    pub fn alarm(&self, message: &str) -> Option<Warning<'_>> {
        let tokens = tokens(message);
        let alarm = self.assess(&tokens, &self.matcher.read(&tokens)).alarm?;
        Some(compose::warning(&self.with_numbers(alarm)))
    }

    /// What the words of an advert show, where the guide has rules for that.
    pub fn look_at_advert(&self, text: &str) -> Option<AdvertFindings> {
        let (reader, file) = (self.adverts.as_ref()?, self.knowledge.adverts.as_ref()?);
        Some(reader.read(file, text))
    }

    fn decided(&self, tokens: &[Token], text: &Text<'_>, before: &[Class]) -> Reply<'_> {
        let decision = self.decide(tokens, text, before);
        let reply = compose::decided(&self.knowledge, &decision);
        if decision.is_unread() && is_foreign(tokens) { compose::unread(reply) } else { reply }
    }

    /// The decision about the message as a whole, and about its parts where it asks several things or tells a story first.
    fn decide(&self, tokens: &[Token], text: &Text<'_>, before: &[Class]) -> Decision {
        let topics = self.knowledge.topics.len();
        let found = self.matcher.rank_after(text, before);
        let whole = decide::decide(&found, topics);
        let part = |range| self.matcher.rank_after(&self.matcher.part(text, range), &[]);
        let parts = parts(tokens).into_iter().map(|range| decide::decide(&part(range), topics));
        let decision = decide::with_parts(&found, whole, &parts.collect::<Vec<_>>());
        Decision { others: decide::others(&found, &decision, topics), ..decision }
    }

    /// The reply that shows one topic, as a button or a command asks for it.
    pub fn show(&self, id: &str, depth: Depth) -> Option<Reply<'_>> {
        let topic = self.topic(id)?;
        Some(Reply { today: self.today, ..compose::shown(&self.knowledge, topic, depth) })
    }

    /// The reply that shows some topics, if there are such.
    pub fn show_all(&self, ids: &[String], depth: Depth) -> Option<Reply<'_>> {
        let topics: Option<Vec<&Topic>> = ids.iter().map(|id| self.topic(id)).collect();
        let topics = topics.filter(|topics| !topics.is_empty())?;
        Some(Reply { today: self.today, ..compose::all_shown(&self.knowledge, topics, depth) })
    }

    /// The reply that shows what is said under a boundary, if there is such a one.
    pub fn show_boundary(&self, id: &str) -> Option<Reply<'_>> {
        let boundary = self.knowledge.boundaries.iter().find(|boundary| boundary.id.as_str() == id)?;
        Some(Reply { today: self.today, ..compose::declined(&self.knowledge, boundary) })
    }

    /// The reply with the words of help of one kind, if there is such a one.
    pub fn show_warning(&self, care: &str) -> Option<Reply<'_>> {
        let care = self.triage.care(care)?;
        let named = self.cares.iter().flat_map(|cares| cares.iter()).find(|named| named.id.value == care.id.value);
        Some(compose::helped(&self.knowledge, named.unwrap_or(care)))
    }

    /// The hard words that a reply uses, in their order, each with its explanation.
    pub fn glossary_of(&self, reply: &Reply<'_>) -> Vec<Explained<'_>> {
        self.glossary_in(&reply.parts())
    }

    /// The hard words that these parts use, in their order, each with its explanation.
    pub fn glossary_in(&self, parts: &[answer::Part<'_>]) -> Vec<Explained<'_>> {
        let texts: Vec<&str> = parts.iter().flat_map(answer::Part::texts).collect();
        let glossary = self.knowledge.glossary.as_ref();
        glossary.map(|glossary| glossary.explained(&tokens(&texts.join("\n")))).unwrap_or_default()
    }

    /// The topic with this id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.knowledge.topic(id)
    }

    /// All topics by subject, in the order of `guide.toml`; those that stand under no subject come last.
    pub fn by_subject(&self) -> Vec<(&str, Vec<&Topic>)> {
        let about = &self.knowledge.guide;
        let mut subjects: Vec<(&str, Vec<&Topic>)> = Vec::with_capacity(about.subjects.len() + 1);
        for subject in &about.subjects {
            let topics = subject.topics.iter().filter_map(|id| self.topic(id.as_str()));
            subjects.push((&subject.title, topics.collect()));
        }
        let placed: BTreeSet<&Id> =
            about.subjects.iter().flat_map(|subject| &subject.topics).map(|id| &id.value).collect();
        let others: Vec<&Topic> = self.knowledge.topics.iter().filter(|topic| !placed.contains(&topic.id)).collect();
        if !others.is_empty() {
            subjects.push((&about.say.other_topics, others));
        }
        subjects
    }

    /// The best topics for a question, best first, whatever the outcome.
    pub fn ranking(&self, question: &str, most: usize) -> Vec<Ranked<'_>> {
        self.topics_of(self.matcher.rank(&tokens(question)), most)
    }

    /// The topics that a question still being typed is probably about, best first.
    pub fn complete(&self, half_a_question: &str, most: usize) -> Vec<Ranked<'_>> {
        let tokens = tokens(half_a_question);
        let typing = !half_a_question.ends_with(char::is_whitespace);
        let found = if typing { self.matcher.rank_half(tokens) } else { self.matcher.rank(&tokens) };
        self.topics_of(found, most)
    }

    fn topics_of(&self, found: Match, most: usize) -> Vec<Ranked<'_>> {
        let topics = found.ranking.into_iter().filter_map(|candidate| {
            Some(Ranked { topic: self.knowledge.topics.get(candidate.class)?, score: candidate.probability })
        });
        topics.take(most).collect()
    }

    /// Why a question gets its reply.
    pub fn explain(&self, question: &str) -> Explanation<'_> {
        const CONSIDERED: usize = 4;
        let tokens = tokens(question);
        let found = self.matcher.rank(&tokens);
        let best = found.ranking.first().map_or(0, |candidate| candidate.class);
        Explanation {
            reply: self.answer(question),
            assessment: self.assess(&tokens, &self.matcher.read(&tokens)),
            evidence: self.matcher.evidence(&self.knowledge, &tokens, best),
            runners_up: self.runners_up(&tokens, &found, CONSIDERED),
            threshold: decide::ANSWER,
            tokens,
        }
    }

    fn runners_up(&self, tokens: &[Token], found: &Match, most: usize) -> Vec<RunnerUp<'_>> {
        let considered = found.ranking.iter().take(most);
        considered
            .map(|candidate| RunnerUp {
                id: self.id_of(candidate.class),
                is_boundary: candidate.class >= self.knowledge.topics.len(),
                probability: candidate.probability,
                phrasings: self.matcher.evidence(&self.knowledge, tokens, candidate.class).phrasings,
            })
            .collect()
    }

    fn id_of(&self, class: Class) -> &Id {
        match self.knowledge.topics.get(class) {
            Some(topic) => &topic.id,
            None => &self.knowledge.boundaries[class - self.knowledge.topics.len()].id,
        }
    }
}

/// The tokens outside `ranges`, which are in order.
fn without(tokens: &[Token], ranges: &[Range<usize>]) -> Vec<Token> {
    let outside = |at: &usize| !ranges.iter().any(|range| range.contains(at));
    (0..tokens.len()).filter(outside).map(|at| tokens[at].clone()).collect()
}
