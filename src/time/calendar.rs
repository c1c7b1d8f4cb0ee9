//! The calendar of certificates and HTTP dates: Gregorian, in UTC.

/// Seconds since 1970 of a date (year, month, day) and a time (hour, minute, second). `None` if
/// there is no such day or time of day, or if it is before 1970.
pub(crate) fn seconds_since_1970(
    [year, month, day]: [u32; 3],
    [hour, minute, second]: [u32; 3],
) -> Option<u64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_of_month = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let exists = (1970..10_000).contains(&year)
        && (1..=days_of_month).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    if !exists {
        return None;
    }
    // Count years from March, so that a leap day is the last day of its year.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    // There are 719,468 days from 1 March of year 0 to 1 January 1970.
    let days = u64::from(days - 719_468);
    Some(((days * 24 + u64::from(hour)) * 60 + u64::from(minute)) * 60 + u64::from(second))
}

#[cfg(test)]
mod tests {
    use super::seconds_since_1970;

    const MIDNIGHT: [u32; 3] = [0; 3];

    /// How many days a month has, written independently of the code under test.
    fn days([year, month]: [u32; 2]) -> u32 {
        match month {
            2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    #[test]
    fn counts_every_day_from_1970_to_9999() {
        let mut passed = 0;
        for year in 1970..10_000 {
            for month in 1..=12 {
                for day in 1..=days([year, month]) {
                    let seconds = seconds_since_1970([year, month, day], MIDNIGHT);
                    assert_eq!(seconds, Some(passed * 86_400), "{year}-{month}-{day}");
                    passed += 1;
                }
                let after = [year, month, days([year, month]) + 1];
                assert_eq!(seconds_since_1970(after, MIDNIGHT), None, "{after:?}");
                assert_eq!(seconds_since_1970([year, month, 0], MIDNIGHT), None);
            }
        }
        // 9999-12-31T23:59:59Z, the last second that RFC 5280 can express.
        let last = seconds_since_1970([9999, 12, 31], [23, 59, 59]);
        assert_eq!(last, Some(253_402_300_799));
        assert_eq!(passed * 86_400 - 1, 253_402_300_799);
    }

    #[test]
    fn rejects_days_and_times_that_do_not_exist() {
        let day = [2024, 2, 29];
        assert_eq!(seconds_since_1970(day, [23, 59, 59]), Some(1_709_251_199));
        for time in [[24, 0, 0], [0, 60, 0], [0, 0, 60]] {
            assert_eq!(seconds_since_1970(day, time), None, "{time:?}");
        }
        for day in [
            [1969, 12, 31],
            [2024, 0, 1],
            [2024, 13, 1],
            [10_000, 1, 1],
            [2023, 2, 29],
        ] {
            assert_eq!(seconds_since_1970(day, MIDNIGHT), None, "{day:?}");
        }
    }
}
