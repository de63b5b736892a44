//! Counting days, so that periods can be added and compared.

use super::schema::Date;

/// The day's number: days since the first of January 1970, in the calendar of today
/// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub fn number(date: Date) -> i64 {
    // The year begins in March here, so that the day that comes and goes is its last.
    let (month, day) = (i64::from(date.month), i64::from(date.day));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468
}

/// The day with this number.
pub fn numbered(number: i64) -> Date {
    let days = number + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    // Out of the range of dates, the nearest will do.
    let small = |value: i64| u8::try_from(value).unwrap_or(1);
    Date { year: u16::try_from(year).unwrap_or(u16::MAX), month: small(month), day: small(day) }
}

/// The day that comes so many days after `date`.
pub(super) fn after(date: Date, days: u16) -> Date {
    numbered(number(date) + i64::from(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        let date = |year, month, day| Date { year, month, day };
        assert_eq!((number(date(1970, 1, 1)), number(date(2000, 3, 1))), (0, 11_017));
        assert_eq!(after(date(2026, 11, 23), 90), date(2027, 2, 21));
        assert_eq!((after(date(2024, 2, 28), 1), after(date(2100, 2, 28), 1)), (date(2024, 2, 29), date(2100, 3, 1)));
        for day in (-700_000..800_000).step_by(97) {
            assert_eq!(number(numbered(day)), day);
        }
    }
}
