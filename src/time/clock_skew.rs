//! How far this machine's clock is off, according to the `Date` header of a response. WeChat Pay
//! refuses a request whose timestamp is more than 300 s away from its own clock, and its error says
//! only that the signature is wrong.

/// The skew, in seconds, that is not worth reporting. WeChat Pay accepts 300 s; the rest is left
/// for the time that a response needs to arrive.
const TOLERATED: u64 = 290;

/// The skew, in seconds, that a log names before calls fail by it.
const NOTABLE: u64 = 60;

/// Seconds by which this machine's clock is ahead of the response's `Date`; negative if it is
/// behind. The header is not signed. It is only a hint, and nothing is decided by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSkew(pub i64);

impl ClockSkew {
    /// The skew between `date`, the time of the response, and `now`, both in seconds since 1970.
    /// `None` if it is too small to be the cause of a failure.
    pub(crate) fn between(date: u64, now: u64) -> Option<Self> {
        Self::beyond(TOLERATED, date, now)
    }

    /// The same, `None` below a minute.
    pub(crate) fn notable(date: u64, now: u64) -> Option<Self> {
        Self::beyond(NOTABLE - 1, date, now)
    }

    fn beyond(tolerated: u64, date: u64, now: u64) -> Option<Self> {
        let distance = date.abs_diff(now);
        let seconds = i64::try_from(distance).ok()?;
        (distance > tolerated).then_some(Self(if now < date { -seconds } else { seconds }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_only_a_skew_that_matters() {
        let skew = |date, now| ClockSkew::between(date, now).map(|ClockSkew(seconds)| seconds);
        assert_eq!(skew(1_000, 1_290), None);
        assert_eq!(skew(1_290, 1_000), None);
        assert_eq!(skew(1_612, 1_000), Some(-612));
        assert_eq!(skew(1_000, 1_612), Some(612));
        assert_eq!(ClockSkew::between(0, u64::MAX), None);
        assert_eq!(ClockSkew::notable(1_000, 1_059), None);
        assert_eq!(ClockSkew::notable(1_000, 1_060), Some(ClockSkew(60)));
    }
}
