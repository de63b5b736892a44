//! Figures and dates in a text: numbers, ranges and years, with the words around them that say what is counted.
//!
//! A figure is written with digits (`$1,500–5,000`, `4 to 8 weeks`) or in words (`twenty patients`). Small numbers in words
//! count only before a measure of time and the like or a unit that the facts count in: "two cases" is English, "two weeks" is a
//! figure.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use super::day;
use super::schema::Figure;
use crate::text::{End, Token, stem, tokens};

/// A unit may stand so many words behind its number: `5–15 billion tiny particles`.
const REACH: usize = 4;

/// In words, larger numbers are figures whatever follows.
const SMALL: f64 = 12.0;

/// What is measured wherever it is named, by stem, whether a fact counts in it or not.
const MEASURES: [&str; 9] = ["second", "minut", "hour", "day", "week", "month", "year", "percent", "dollar"];

/// Four digits are a year, if nothing speaks against it.
const YEARS: std::ops::RangeInclusive<f64> = 1900.0..=2099.0;

const NUMBERS: [(&str, f64); 32] = [
    ("quarter", 0.25),
    ("half", 0.5),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
    ("thousand", 1_000.0),
    ("dozen", 12.0),
];

/// A figure or a date, and the bytes of the text in which it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mention {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// What is mentioned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A number or a range.
    Quantity(Quantity),
    /// A day, a month or a year.
    Date(RoughDate),
}

/// A number or a range, with what stands around it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    pub(super) low: f64,
    pub(super) high: Option<f64>,
    /// The currency of an amount of money.
    pub(super) currency: Option<String>,
    /// The stem of the word in front.
    before: Option<String>,
    /// The stems of the words behind.
    after: Vec<String>,
}

/// A date as exactly as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoughDate {
    /// The year.
    pub year: u16,
    /// The month, if it is known.
    pub month: Option<u8>,
    /// The day, if it is known.
    pub day: Option<u8>,
}

impl RoughDate {
    /// Whether this says nothing that `known` does not say.
    pub(super) fn agrees_with(self, known: RoughDate) -> bool {
        let agrees = |said: Option<u8>, known: Option<u8>| said.is_none() || said == known;
        self.year == known.year && agrees(self.month, known.month) && agrees(self.day, known.day)
    }

    /// How far apart two dates are, for the search of the nearest.
    pub(super) fn distance(self, other: RoughDate) -> u32 {
        let months = |date: RoughDate| i32::from(date.year) * 12 + i32::from(date.month.unwrap_or(1));
        months(self).abs_diff(months(other))
    }
}

impl fmt::Display for RoughDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(month) = self.month {
            write!(f, "{} ", day::month_name(month))?;
        }
        if let Some(day) = self.day {
            write!(f, "{day}, ")?;
        }
        write!(f, "{}", self.year)
    }
}

impl Quantity {
    /// Whether it is this figure: the same numbers of the same thing.
    pub(super) fn is(&self, figure: &Figure) -> bool {
        (self.low, self.high) == (figure.low, figure.high) && self.counts(figure)
    }

    /// Whether the words around it name what the figure counts. Money has no words, only a sign.
    pub(super) fn counts(&self, figure: &Figure) -> bool {
        if figure.is_money() || self.currency.is_some() {
            return self.currency.as_ref() == Some(&figure.unit);
        }
        let unit = stems(&figure.unit);
        let mut behind = self.after.iter();
        let behind = unit.iter().all(|word| behind.any(|there| there == word));
        behind || unit.len() == 1 && self.before == unit.first().cloned()
    }
}

/// In what the facts count.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// The stems of their words.
    pub(super) words: BTreeSet<String>,
    currencies: BTreeSet<String>,
}

impl Units {
    pub(super) fn of<'f>(figures: impl Iterator<Item = &'f Figure>) -> Units {
        let mut units = Units::default();
        for figure in figures {
            match figure.is_money() {
                true => drop(units.currencies.insert(figure.unit.clone())),
                false => units.words.extend(stems(&figure.unit)),
            }
        }
        units
    }
}

fn stems(text: &str) -> Vec<String> {
    let words = tokens(&text.replace('%', " percent "));
    words.iter().map(|token| stem(&token.word).into_owned()).collect()
}

/// The figures and dates of `text`, in order; `units` are those of the facts.
pub(super) fn mentions(text: &str, units: &Units) -> Vec<Mention> {
    let tokens = tokens(text);
    let scanner = Scanner { text, tokens: &tokens, units };
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match scanner.mention(at) {
            Some((mention, end)) => {
                mentions.push(mention);
                at = end;
            }
            None => at += 1,
        }
    }
    mentions
}

struct Scanner<'a> {
    text: &'a str,
    tokens: &'a [Token],
    units: &'a Units,
}

impl Scanner<'_> {
    /// What begins at this token, and the token behind it.
    fn mention(&self, at: usize) -> Option<(Mention, usize)> {
        if let Some(found) = self.date_in_words(at) {
            return Some(found);
        }
        let low = self.number(at)?;
        let currency = self.currency(at);
        let (high, end) = self.range_end(at).map_or((None, at + 1), |(high, end)| (Some(high), end));
        if high.is_none() && currency.is_none() && self.is_year(at) {
            return Some(self.dated(at..end, RoughDate { year: low as u16, month: None, day: None }));
        }
        let figure = self.has_digits(at) || low > SMALL || self.counted_in(end, 3);
        let start = at - usize::from(currency.is_some());
        let quantity = Quantity { low, high, currency, before: self.before(start), after: self.after(end) };
        figure.then(|| (Mention { span: self.bytes(start..end), value: Value::Quantity(quantity) }, end))
    }

    fn dated(&self, range: Range<usize>, date: RoughDate) -> (Mention, usize) {
        let end = range.end;
        (Mention { span: self.bytes(range), value: Value::Date(date) }, end)
    }

    /// `December 2019`, `December 5, 2019`, `5 December 2019`, `2019-12-05`.
    fn date_in_words(&self, at: usize) -> Option<(Mention, usize)> {
        let year = |at: usize| self.is_year(at).then(|| self.number(at)).flatten().map(|year| year as u16);
        let small = |at: usize| self.number(at).filter(|number| (1.0..=31.0).contains(number)).map(|day| day as u8);
        let month = |at: usize| day::month_called(&self.tokens.get(at)?.word);
        let full = |year, month, day| RoughDate { year, month: Some(month), day };
        if let Some(month) = month(at) {
            if let Some(year) = year(at + 1) {
                return Some(self.dated(at..at + 2, full(year, month, None)));
            }
            return Some(self.dated(at..at + 3, full(year(at + 2)?, month, Some(small(at + 1)?))));
        }
        if let (Some(day), Some(month), Some(year)) = (small(at), month(at + 1), year(at + 2)) {
            return Some(self.dated(at..at + 3, full(year, month, Some(day))));
        }
        let iso = self.gap(at) == "-" && self.gap(at + 1) == "-";
        let month = small(at + 1).filter(|month| iso && *month <= 12)?;
        Some(self.dated(at..at + 3, full(year(at)?, month, Some(small(at + 2)?))))
    }

    /// Whether the four digits here are a year: `2,000` and `2000 patients` are not, `the 2020 pilot study` has one.
    fn is_year(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let written = self.text[token.span.clone()].len() == 4 && !token.percent;
        written && self.number(at).is_some_and(|year| YEARS.contains(&year)) && !self.counted_in(at + 1, 1)
    }

    /// The number at this token, unless it is part of a name (`PP405`), an ordinal (`3rd`), or counts a list.
    fn number(&self, at: usize) -> Option<f64> {
        let token = self.tokens.get(at)?;
        if !self.has_digits(at) {
            let word = |(word, _): &&(&str, f64)| *word == token.word;
            return NUMBERS.iter().find(word).map(|(_, number)| *number);
        }
        let named =
            at > 0 && self.gap(at - 1).is_empty() && !self.has_digits(at - 1) && self.tokens[at - 1].word != "$";
        let next = self.tokens.get(at + 1).filter(|_| self.gap(at).is_empty());
        let ordinal = next.is_some_and(|next| matches!(next.word.as_str(), "st" | "nd" | "rd" | "th"));
        (!named && !ordinal && !self.counts_a_list(token)).then(|| token.word.parse().ok()).flatten()
    }

    fn has_digits(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.word.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether the number opens an item of a list: nothing but marks stands before it on its line, and a full stop behind.
    fn counts_a_list(&self, token: &Token) -> bool {
        let line = self.text[..token.span.start].rfind('\n').map_or(0, |newline| newline + 1);
        let opens = !self.text[line..token.span.start].contains(char::is_alphanumeric);
        opens && self.text[token.span.end..].starts_with(". ")
    }

    /// The upper end of the range that begins at this token, and the token behind it.
    fn range_end(&self, at: usize) -> Option<(f64, usize)> {
        let dash = matches!(self.gap(at), "-" | "–" | "—" | " - " | " – " | " — ");
        let to = self.tokens.get(at + 1).is_some_and(|next| next.word == "to");
        let next = if dash { at + 1 } else { at + 2 };
        let sign = usize::from(self.tokens.get(next).is_some_and(|token| token.word == "$"));
        let high = self.number(next + sign).filter(|_| dash || to)?;
        Some((high, next + sign + 1))
    }

    /// The currency in front of the number here.
    fn currency(&self, at: usize) -> Option<String> {
        let before = &self.text[self.tokens[at.checked_sub(1)?].span.clone()];
        match before {
            "$" => Some("USD".to_owned()),
            "€" => Some("EUR".to_owned()),
            "£" => Some("GBP".to_owned()),
            code => self.units.currencies.get(code).cloned(),
        }
    }

    /// What stands between this token and the next.
    fn gap(&self, at: usize) -> &str {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(token), Some(next)) => &self.text[token.span.end..next.span.start],
            _ => "\n",
        }
    }

    fn before(&self, at: usize) -> Option<String> {
        let before = &self.tokens[at.checked_sub(1)?];
        (!before.ends_sentence()).then(|| stem(&before.word).into_owned())
    }

    /// The stems of the words behind, up to the next sign between words.
    fn after(&self, from: usize) -> Vec<String> {
        let percent = self.tokens[from - 1].percent.then(|| "percent".to_owned());
        let joined = |at: &usize| self.tokens[at - 1].end == End::Word;
        let behind = (from..self.tokens.len()).take(REACH).take_while(joined);
        percent.into_iter().chain(behind.map(|at| stem(&self.tokens[at].word).into_owned())).collect()
    }

    /// Whether one of the next words is a unit.
    fn counted_in(&self, from: usize, words: usize) -> bool {
        let unit = |word: &String| self.units.words.contains(word) || MEASURES.contains(&word.as_str());
        self.after(from).iter().take(words).any(unit)
    }

    fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.tokens[range.start].span.start..self.tokens[range.end - 1].span.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let figure = |unit: &str| Figure { unit: unit.to_owned(), ..Figure::default() };
        let counted = ["minutes", "patients", "sessions", "EUR"].map(figure);
        mentions(text, &Units::of(counted.iter())).into_iter().map(|mention| &text[mention.span]).collect()
    }

    #[test]
    fn figures_and_dates_are_found() {
        for (text, expected) in [
            ("It costs $1,500–5,000 or $2,000-$6,000.", vec!["$1,500–5,000", "$2,000-$6,000"]),
            ("EUR 90 to 95, PET 3", vec!["EUR 90 to 95", "3"]),
            ("30-45 minutes, 4 to 8 weeks, 100% of 20", vec!["30-45", "4 to 8", "100", "20"]),
            ("In December 2019 and early 2020, on 2026-11-23", vec!["December 2019", "2020", "2026-11-23"]),
            ("December 5, 2019, or 5 December 2019", vec!["December 5, 2019", "5 December 2019"]),
            ("twenty patients, two sessions, thirty", vec!["twenty", "two", "thirty"]),
            ("two cases, one thing, the 3rd, PP405, may", vec![]),
            ("1. First\n- **2. Second.**\n3.5 mL", vec!["3.5"]),
            ("2000 patients, 2,000, the 2020 patient", vec!["2000", "2,000", "2020"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quantity_is_known_by_its_numbers_and_its_unit() {
        let figure = |low, high, unit: &str| Figure { low, high, unit: unit.to_owned(), ..Figure::default() };
        let is = |text: &str, figure: Figure| match &mentions(text, &Units::default())[0].value {
            Value::Quantity(quantity) => quantity.is(&figure),
            Value::Date(_) => false,
        };
        assert!(is("5–15 billion tiny particles", figure(5.0, Some(15.0), "billion particles")));
        assert!(is("at stage 2–4 or so", figure(2.0, Some(4.0), "stage")));
        assert!(is("$120–360 a year", figure(120.0, Some(360.0), "USD")));
        assert!(is("5mL each", figure(5.0, None, "mL")) && is("80% of it", figure(80.0, None, "%")));
        assert!(!is("20 weeks", figure(20.0, None, "patients")));
        assert!(!is("120–360 weeks", figure(120.0, Some(360.0), "USD")));
        assert!(!is("$20 for patients", figure(20.0, None, "patients")));
    }
}
