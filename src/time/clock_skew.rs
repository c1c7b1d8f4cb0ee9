//! How wrong this machine's clock is, by the `Date` header of a response. WeChat Pay refuses what is
//! signed more than 300 s away from its own clock, and says no more than that the signature is wrong.

use std::fmt;

/// What is not worth naming, in seconds: WeChat Pay takes it, but for what a response takes to arrive.
const TOLERATED: u64 = 290;

/// Seconds by which this machine's clock is ahead of the response's `Date`; negative where it is behind.
/// The header is not signed: it is a hint, and nothing is decided by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSkew(pub i64);

impl ClockSkew {
    /// The skew between `date`, the response's, and `now`, both in seconds since 1970; `None` where it
    /// is too small to be the reason of anything.
    pub(crate) fn between(date: u64, now: u64) -> Option<Self> {
        let distance = date.abs_diff(now);
        let seconds = i64::try_from(distance).ok()?;
        (distance > TOLERATED).then_some(Self(if now < date { -seconds } else { seconds }))
    }
}

impl fmt::Display for ClockSkew {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.0 < 0 { "behind" } else { "ahead" };
        write!(
            formatter,
            "by the response's Date header the clock is {} s {direction}: set this machine's clock, or \
             the option clock",
            self.0.unsigned_abs()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_matters() {
        let words = |date, now| ClockSkew::between(date, now).map(|skew| skew.to_string());
        assert_eq!(words(1_000, 1_290), None);
        assert_eq!(words(1_290, 1_000), None);
        let behind = words(1_612, 1_000).expect("is named");
        assert!(behind.contains("the clock is 612 s behind"), "{behind}");
        let ahead = words(1_000, 1_612).expect("is named");
        assert!(ahead.contains("the clock is 612 s ahead"), "{ahead}");
        assert_eq!(ClockSkew::between(0, u64::MAX), None);
    }
}
