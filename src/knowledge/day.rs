//! The day that somebody meant who wrote it in another way than TOML reads it.

use super::schema::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What is wrong with a date as it was written, and the way out, for the key `key`; nothing if it is right, or no date.
pub(super) fn mistake(key: &str, written: &str) -> Option<(String, String)> {
    let bare = written.trim_matches(['"', '\'', '“', '”']);
    let help = |day: &str| format!("write it as `{key} = {day}`");
    match meant(bare)? {
        Meant::Day(day) if written == day.to_string() => None,
        Meant::Day(day) if bare == day.to_string() => Some(("a date stands without quotes".to_owned(), help(bare))),
        Meant::Day(day) if lacks_zeros(bare) => {
            Some(("this date lacks zeros: its month and its day have two digits".to_owned(), help(&day.to_string())))
        }
        Meant::Day(day) => Some(("a date is written as year, month and day".to_owned(), help(&day.to_string()))),
        Meant::NoSuchDay { year, month, last } => {
            let name = MONTHS[usize::from(month) - 1];
            let message = format!("there is no such day: {name} {year} has {last} days");
            Some((message, help(&Date { year, month, day: last }.to_string())))
        }
        Meant::NoSuchMonth => {
            Some(("there is no such month: a date is year, month and day".to_owned(), help("2026-01-31")))
        }
        Meant::Unclear => Some((
            "it is not clear which of these numbers is the month".to_owned(),
            format!("write the year, the month and the day, as in `{key} = 2026-01-31`"),
        )),
    }
}

enum Meant {
    Day(Date),
    NoSuchDay { year: u16, month: u8, last: u8 },
    NoSuchMonth,
    Unclear,
}

fn lacks_zeros(written: &str) -> bool {
    written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && written.len() < "2026-01-31".len()
}

fn meant(written: &str) -> Option<Meant> {
    let parts: Vec<&str> = written.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    if let Some(month) = month_called(first) {
        return day(year(third)?, month, number(second)?);
    }
    if let Some(month) = month_called(second) {
        return match year(first) {
            Some(year) => day(year, month, number(third)?),
            None => day(year(third)?, month, number(first)?),
        };
    }
    if let Some(year) = year(first) {
        return day(year, number(second)?, number(third)?);
    }
    let (year, first, second) = (year(third)?, number(first)?, number(second)?);
    match (first > 12, second > 12) {
        (true, false) => day(year, second, first),
        (false, true) => day(year, first, second),
        // With points, the day comes first everywhere.
        _ if written.contains('.') => day(year, second, first),
        _ => Some(Meant::Unclear),
    }
}

/// The name of the month that is the `number`th of the year.
pub(super) fn month_name(number: u8) -> &'static str {
    MONTHS.get(usize::from(number).wrapping_sub(1)).unwrap_or(&"")
}

/// A month by its name, or by at least the three first letters of it.
pub(super) fn month_called(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    let begins = |name: &str| word.len() >= 3 && name.to_lowercase().starts_with(&word);
    MONTHS.iter().position(|name| begins(name)).and_then(|month| u8::try_from(month + 1).ok())
}

fn year(word: &str) -> Option<u16> {
    word.parse().ok().filter(|_| word.len() == 4)
}

/// A number of at most two digits, with or without the ending of `23rd`.
fn number(word: &str) -> Option<u8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits.parse().ok().filter(|_| digits.len() <= 2)
}

fn day(year: u16, month: u8, day: u8) -> Option<Meant> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return Some(Meant::NoSuchMonth),
    };
    Some(match day {
        day if (1..=last).contains(&day) => Meant::Day(Date { year, month, day }),
        _ => Meant::NoSuchDay { year, month, last },
    })
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[test]
    fn a_day_is_understood_however_it_is_written() {
        let written = [
            "23 November 2026",
            "November 23, 2026",
            "23rd Nov 2026",
            "11/23/2026",
            "23/11/2026",
            "23.11.2026",
            "2026/11/23",
            "\"2026-11-23\"",
        ];
        for written in written {
            let (_, help) = mistake("reviewed", written).unwrap_or_default();
            assert_eq!(help, "write it as `reviewed = 2026-11-23`", "{written}");
        }
    }

    #[test]
    fn a_day_that_is_none_or_unclear_is_not_guessed() {
        let told = |written: &str| mistake("reviewed", written).map(|(message, _)| message).unwrap_or_default();
        assert_eq!(told("2026-02-30"), "there is no such day: February 2026 has 28 days");
        assert_eq!(told("2026-13-01"), "there is no such month: a date is year, month and day");
        assert_eq!(told("5/6/2026"), "it is not clear which of these numbers is the month");
        assert_eq!(told("2026-1-5"), "this date lacks zeros: its month and its day have two digits");
        for none in ["soon", "1 500", "1.2.3", "a-b-c", ""] {
            assert_eq!(told(none), "", "{none}");
        }
    }
}
