//! Decides when platform certificates are downloaded: when there is no key yet, before the known
//! keys expire, and when a response names an unknown key. Downloads are limited, so that responses
//! with a wrong key id cannot cause many of them.

use crate::protocol::certs::Certs;

/// The maximum age of a download, in seconds. WeChat Pay asks merchants to download about every 12
/// hours. It publishes a new certificate at least a day before it signs with it.
const MAX_AGE: u64 = 12 * 60 * 60;

/// The minimum time between two downloads once one has succeeded, in seconds.
const MIN_INTERVAL: u64 = 60;

/// The minimum time between two downloads for notifications while no key is valid, in seconds: anybody may
/// send what looks like one.
const MIN_PAUSE: u64 = 5;

/// How long before the last key expires a new one is urgent, in seconds.
const EXPIRY_MARGIN: u64 = 60 * 60;

/// What is needed before a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: the known keys are sufficient.
    Nothing,
    /// A download. It is the first, or no known key is valid: if it fails, the call fails.
    Keys,
    /// A download. The known keys are still valid: if it fails, the call continues.
    FresherKeys,
}

/// The times of downloads, in seconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Renewal {
    last_success: Option<u64>,
    last_attempt: Option<u64>,
}

impl Renewal {
    /// Records that a download begins.
    pub fn begin(&mut self, now: u64) {
        self.last_attempt = Some(now);
    }

    /// Records that a download has succeeded.
    pub fn succeed(&mut self, now: u64) {
        self.last_success = Some(now);
    }

    /// What a call with `certs` at `now` needs first.
    ///
    /// ```
    /// # use wechatpay_wasm::{Certs, Merchant, Need, Renewal};
    /// # let key = include_bytes!("../../tests/keys/merchant.pkcs8.pem");
    /// # let merchant = Merchant::parse("1900007291", "408B", key)?;
    /// let none = Certs::parse_some([("", ""); 0], &merchant)?;
    /// assert_eq!(Renewal::default().before_call(&none, 1_554_208_460), Need::Keys);
    /// # Ok::<(), wechatpay_wasm::Error>(())
    /// ```
    #[must_use]
    pub fn before_call(&self, certs: &Certs, now: u64) -> Need {
        if !certs.hold(now) {
            return Need::Keys;
        }
        let old = self
            .last_success
            .is_some_and(|then| now.abs_diff(then) >= MAX_AGE);
        let ending = !certs.hold(now.saturating_add(EXPIRY_MARGIN));
        if (old || ending) && self.may_try(now) {
            Need::FresherKeys
        } else {
            Need::Nothing
        }
    }

    /// Whether a download may be made for an unknown key: not if one was made a short time ago.
    #[must_use]
    pub fn may_try(&self, now: u64) -> bool {
        self.is_past(MIN_INTERVAL, now)
    }

    /// The same for a key that is not in `certs`. Where none of them is valid, nothing at all can be
    /// verified, so that the next download may come sooner.
    pub(super) fn may_try_beside(&self, certs: &Certs, now: u64) -> bool {
        let pause = if certs.hold(now) {
            MIN_INTERVAL
        } else {
            MIN_PAUSE
        };
        self.is_past(pause, now)
    }

    fn is_past(&self, pause: u64, now: u64) -> bool {
        // `abs_diff`: a clock that was set back must not block downloads until it catches up.
        self.last_attempt
            .is_none_or(|then| now.abs_diff(then) >= pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Merchant;

    const NOW: u64 = 1_554_208_460;
    /// When the tests' platform certificate expires.
    const NOT_AFTER: u64 = 4_670_438_400;

    fn certs() -> Certs {
        let merchant = Merchant::with_remote_signer("1900007291", "408B").expect("parses");
        let entry = (
            "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
            include_bytes!("../../tests/keys/platform.cert.pem"),
        );
        Certs::parse([entry], &merchant).expect("parses")
    }

    fn downloaded(then: u64) -> Renewal {
        let mut renewal = Renewal::default();
        renewal.begin(then);
        renewal.succeed(then);
        renewal
    }

    #[test]
    fn renewed_every_twelve_hours() {
        let (certs, renewal) = (certs(), downloaded(NOW));
        assert_eq!(renewal.before_call(&certs, NOW), Need::Nothing);
        assert_eq!(
            renewal.before_call(&certs, NOW + MAX_AGE - 1),
            Need::Nothing
        );
        assert_eq!(
            renewal.before_call(&certs, NOW + MAX_AGE),
            Need::FresherKeys
        );
        // The clock was ahead at the time of the download and was corrected.
        assert_eq!(
            renewal.before_call(&certs, NOW - MAX_AGE),
            Need::FresherKeys
        );
        // Keys that the caller gave are not renewed.
        assert_eq!(Renewal::default().before_call(&certs, NOW), Need::Nothing);
    }

    #[test]
    fn renewed_before_the_last_key_expires_and_after() {
        let (certs, renewal) = (certs(), downloaded(NOT_AFTER - 2 * EXPIRY_MARGIN));
        let need = |now| renewal.before_call(&certs, now);
        assert_eq!(need(NOT_AFTER - EXPIRY_MARGIN), Need::Nothing);
        assert_eq!(need(NOT_AFTER - EXPIRY_MARGIN + 1), Need::FresherKeys);
        assert_eq!(need(NOT_AFTER + 1), Need::Keys);
    }

    #[test]
    fn at_most_once_a_minute_while_a_key_is_valid() {
        let (certs, mut renewal) = (certs(), downloaded(NOW));
        let later = NOW + MAX_AGE;
        renewal.begin(later);
        assert!(!renewal.may_try(later) && !renewal.may_try(later + MIN_INTERVAL - 1));
        assert!(renewal.may_try(later + MIN_INTERVAL));
        assert_eq!(renewal.before_call(&certs, later + 1), Need::Nothing);
        assert_eq!(
            renewal.before_call(&certs, later + MIN_INTERVAL),
            Need::FresherKeys
        );
        // If no key is valid, a download is made whenever one is needed.
        let mut renewal = downloaded(NOT_AFTER);
        renewal.begin(NOT_AFTER + 1);
        assert_eq!(renewal.before_call(&certs, NOT_AFTER + 2), Need::Keys);
        // The clock was set back by a year.
        assert!(downloaded(NOW).may_try(NOW - 31_536_000));
    }
}
