//! Freshness: for how long a review holds, what is due for the next one, and that every price comes with its day.
//!
//! Which day it is, is handed in: nothing here reads a clock.

use super::calendar;
use super::check::{Checker, boundary_path, topic_path};
use super::fields::Fields;
use super::figures::{Mention, Units, Value, mentions};
use super::passage::{Passage, ReadAs};
use super::read::KEYWORD;
use super::schema::{Boundary, Date, Knowledge, Placed, Topic};
use crate::diagnostic::{Diagnostic, correction};

/// What a text is about, as far as it decides how fast it gets out of date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It names prices.
    Prices,
    /// It is about law or approval.
    Law,
    /// Anything else.
    #[default]
    Other,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Prices, Kind::Law, Kind::Other];

    /// The name by which the files know it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Prices => "prices",
            Kind::Law => "law",
            Kind::Other => "other",
        }
    }
}

/// For how many days a review holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    /// Of prices.
    pub prices: u16,
    /// Of law and approval.
    pub law: u16,
    /// Of anything else.
    pub other: u16,
    /// So many days before, `check` says that it is due.
    pub notice: u16,
}

impl Default for Periods {
    fn default() -> Periods {
        Periods { prices: 90, law: 180, other: 365, notice: 30 }
    }
}

impl Periods {
    fn of(&self, kind: Kind) -> u16 {
        match kind {
            Kind::Prices => self.prices,
            Kind::Law => self.law,
            Kind::Other => self.other,
        }
    }

    /// The last day on which a review holds.
    pub fn due(&self, review: Review) -> Date {
        calendar::after(review.on, self.of(review.kind))
    }
}

/// When somebody last compared a text with the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// What the text is about.
    pub kind: Kind,
    /// The day.
    pub on: Date,
}

impl Topic {
    /// Its last review, if there was one.
    pub fn review(&self) -> Option<Review> {
        self.reviewed.as_ref().map(|on| Review { kind: self.kind, on: on.value })
    }
}

impl Boundary {
    /// Its last review, if there was one.
    pub fn review(&self) -> Option<Review> {
        self.reviewed.as_ref().map(|on| Review { kind: Kind::Other, on: on.value })
    }
}

/// The next review of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextReview<'k> {
    /// The last day on which the review of before holds.
    pub due: Date,
    /// The file.
    pub file: String,
    /// What it is called.
    pub title: &'k str,
    /// The review of before.
    pub last: Review,
    place: &'k Placed<Date>,
}

impl NextReview<'_> {
    /// How many days are left; less than none when it is overdue.
    pub fn days_left(&self, today: Date) -> i64 {
        calendar::number(self.due) - calendar::number(today)
    }
}

/// The next review of every file that had one, the soonest first.
pub fn next_reviews(knowledge: &Knowledge) -> Vec<NextReview<'_>> {
    let guide = &knowledge.guide;
    let whole = ("guide.toml".to_owned(), &guide.title, Kind::Other, &guide.reviewed);
    let topics = knowledge.topics.iter();
    let topics = topics.map(|topic| (topic_path(&topic.id), &topic.title, topic.kind, &topic.reviewed));
    let boundaries = knowledge.boundaries.iter();
    let boundaries = boundaries.map(|one| (boundary_path(&one.id), &one.title, Kind::Other, &one.reviewed));
    let all = [whole].into_iter().chain(topics).chain(boundaries).filter_map(|(file, title, kind, reviewed)| {
        let place = reviewed.as_ref()?;
        let last = Review { kind, on: place.value };
        Some(NextReview { due: guide.review.due(last), file, title, last, place })
    });
    let mut all: Vec<NextReview<'_>> = all.collect();
    all.sort_by(|a, b| (a.due, &a.file).cmp(&(b.due, &b.file)));
    all
}

/// Elsewhere it may be tomorrow already.
const ELSEWHERE: i64 = 1;

/// What is due for review within the time of notice, and what was reviewed on a day that is still to come.
pub(super) fn reviews_still_hold(checker: &mut Checker<'_>) {
    let (knowledge, Some(today)) = (checker.knowledge, checker.today) else { return };
    let periods = &knowledge.guide.review;
    for next in next_reviews(knowledge) {
        let ahead = calendar::number(next.last.on) - calendar::number(today);
        if ahead > ELSEWHERE {
            let message = format!("the day of this review is still to come: today is {today}");
            let help = "write the day on which somebody last compared the file with the guide";
            let diagnostic = Diagnostic::warning("wrong-value", &next.file, message).help(help);
            checker.report_at(diagnostic, next.place.span.clone());
            continue;
        }
        let left = next.days_left(today);
        if left > i64::from(periods.notice) {
            continue;
        }
        let (kind, days) = (next.last.kind.name(), periods.of(next.last.kind));
        let is = if left < 0 { "was" } else { "is" };
        let message = format!("this {is} due for review by {}: `{kind}` holds for {days} days", next.due);
        let help = format!("compare the file with the guide, mend it, and write `reviewed = {today}`");
        let diagnostic = Diagnostic::warning("review-due", &next.file, message).help(help);
        checker.report_at(diagnostic, next.place.span.clone());
    }
}

/// Every price stands where its day is shown. For guides that list their facts: others may be drafts.
pub(super) fn prices_are_dated(checker: &mut Checker<'_>) {
    let knowledge = checker.knowledge;
    let Some(facts) = &knowledge.facts else { return };
    let units = Units::of(facts.facts.iter().flat_map(|fact| &fact.figures));
    for passage in &knowledge.passages {
        if matches!(passage.read_as, ReadAs::Row | ReadAs::Fact) {
            continue;
        }
        let Some(price) = mentions(&passage.text, &units).into_iter().find(is_price) else { continue };
        if let Some(help) = undated(knowledge, passage) {
            let message = "a price stands here without the day on which it was checked";
            let diagnostic = Diagnostic::error("undated-price", &passage.file, message).help(help);
            checker.report_in(diagnostic, passage, &price.span);
        }
    }
}

fn is_price(mention: &Mention) -> bool {
    matches!(&mention.value, Value::Quantity(quantity) if quantity.currency.is_some())
}

/// What to do so that a price in this passage has its day; nothing where it has.
fn undated(knowledge: &Knowledge, passage: &Passage) -> Option<&'static str> {
    let topic = knowledge.topics.iter().find(|topic| topic_path(&topic.id) == passage.file);
    match topic {
        Some(topic) if topic.kind != Kind::Prices => Some("add a line `kind = \"prices\"` to this topic"),
        Some(topic) if topic.reviewed.is_none() => Some("add a line such as `reviewed = 2026-01-31` to this topic"),
        Some(_) => None,
        None => Some("leave the price to a topic of the kind `prices`, and send readers there"),
    }
}

/// Reads `kind`.
pub(super) fn kind(fields: &mut Fields<'_, '_>) -> Kind {
    let Some(written) = fields.text("kind", KEYWORD) else { return Kind::default() };
    let names = Kind::ALL.map(Kind::name);
    let found = Kind::ALL.into_iter().find(|kind| kind.name() == written.value);
    if found.is_none() && !written.is_empty() {
        let help = correction(&written, names)
            .unwrap_or_else(|| format!("the kinds are {}; without one it is `other`", names.join(", ")));
        fields.wrong_value(written.span.clone(), format!("there is no kind `{}`", written.value), help);
    }
    found.unwrap_or_default()
}

/// Reads `[review]`.
pub(super) fn periods(fields: &mut Fields<'_, '_>) -> Periods {
    let usual = Periods::default();
    Periods {
        prices: fields.days("prices").unwrap_or(usual.prices),
        law: fields.days("law").unwrap_or(usual.law),
        other: fields.days("other").unwrap_or(usual.other),
        notice: fields.days("notice").unwrap_or(usual.notice),
    }
}
