//! The date of an HTTP header (RFC 9110, section 5.6.7).

use crate::time::calendar;

/// Seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`. `None` for any other form:
/// nobody has sent the two obsolete ones for decades.
pub(crate) fn parse_http_date(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    // The name of the day adds nothing to the date.
    let (_, rest) = text.trim().split_once(',')?;
    let mut parts = rest.strip_prefix(' ')?.split(' ');
    let day = digits(parts.next()?, 2)?;
    let month = parts.next()?;
    let (month, _) = (1..).zip(MONTHS).find(|(_, name)| *name == month)?;
    let year = digits(parts.next()?, 4)?;
    let mut time = parts.next()?.split(':').map(|part| digits(part, 2));
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    if time.next().is_some() || parts.next() != Some("GMT") || parts.next().is_some() {
        return None;
    }
    // A leap second counts as the second before it: seconds since 1970 have no leap seconds.
    calendar::seconds_since_1970([year, month, day], [hour, minute, second.min(59)])
}

/// Exactly `length` decimal digits: `str::parse` would accept a sign.
fn digits(text: &str, length: usize) -> Option<u32> {
    let matches = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    matches.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_form_that_is_sent() {
        // The example of RFC 9110.
        let example = parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(example, Some(784_111_777));
        assert_eq!(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        let leap_day = parse_http_date("Thu, 29 Feb 2024 23:59:60 GMT");
        assert_eq!(leap_day, Some(1_709_251_199));
    }

    #[test]
    fn rejects_other_forms() {
        for text in [
            "",
            "120",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37 +0100",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37:00 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT",
        ] {
            assert_eq!(parse_http_date(text), None, "{text}");
        }
    }
}
