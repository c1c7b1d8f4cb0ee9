//! When platform certificates are downloaded: as soon as no key is there, before those that are there
//! expire, and when a response names one that is not known; and not so often that a response which names
//! a wrong one would make work.

use crate::protocol::certs::Certs;

/// How old a download gets, in seconds. WeChat Pay asks for one every 12 hours or so, and gives out a
/// new certificate a day and more before it signs with it.
const LIFETIME: u64 = 12 * 60 * 60;

/// How often a download is tried where one that succeeded is there, in seconds.
const SELDOM: u64 = 60;

/// How long before the last key expires it is urgent to have another, in seconds.
const SOON: u64 = 60 * 60;

/// What a call needs before it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The keys that are there will do.
    Nothing,
    /// A download. It is the first, or nothing that is there holds: the call fails where it fails.
    Keys,
    /// A download. What is there holds all the same, so that its failure changes nothing.
    FresherKeys,
}

/// When downloads were made, in seconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Renewal {
    succeeded: Option<u64>,
    tried: Option<u64>,
}

impl Renewal {
    /// A download begins.
    pub fn begin(&mut self, now: u64) {
        self.tried = Some(now);
    }

    /// A download has succeeded.
    pub fn succeed(&mut self, now: u64) {
        self.succeeded = Some(now);
    }

    /// What a call needs that is to be made with `certs` at `now`.
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
            .succeeded
            .is_some_and(|then| now.abs_diff(then) >= LIFETIME);
        let ending = !certs.hold(now.saturating_add(SOON));
        if (old || ending) && self.may_try(now) {
            Need::FresherKeys
        } else {
            Need::Nothing
        }
    }

    /// Whether a download may show a key that is not known: not where one was tried just now.
    #[must_use]
    pub fn may_try(&self, now: u64) -> bool {
        // A clock that was set back must not stop downloads for as long as it was set back.
        self.tried.is_none_or(|then| now.abs_diff(then) >= SELDOM)
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
    fn every_twelve_hours() {
        let (certs, renewal) = (certs(), downloaded(NOW));
        assert_eq!(renewal.before_call(&certs, NOW), Need::Nothing);
        assert_eq!(
            renewal.before_call(&certs, NOW + LIFETIME - 1),
            Need::Nothing
        );
        assert_eq!(
            renewal.before_call(&certs, NOW + LIFETIME),
            Need::FresherKeys
        );
        // A clock that was ahead when they were downloaded, and was set right.
        assert_eq!(
            renewal.before_call(&certs, NOW - LIFETIME),
            Need::FresherKeys
        );
        // Given keys are nobody's to refresh.
        assert_eq!(Renewal::default().before_call(&certs, NOW), Need::Nothing);
    }

    #[test]
    fn before_the_last_one_expires_and_after() {
        let (certs, renewal) = (certs(), downloaded(NOT_AFTER - 2 * SOON));
        let need = |now| renewal.before_call(&certs, now);
        assert_eq!(need(NOT_AFTER - SOON), Need::Nothing);
        assert_eq!(need(NOT_AFTER - SOON + 1), Need::FresherKeys);
        assert_eq!(need(NOT_AFTER + 1), Need::Keys);
    }

    #[test]
    fn at_most_once_a_minute_where_something_holds() {
        let (certs, mut renewal) = (certs(), downloaded(NOW));
        let later = NOW + LIFETIME;
        renewal.begin(later);
        assert!(!renewal.may_try(later) && !renewal.may_try(later + SELDOM - 1));
        assert!(renewal.may_try(later + SELDOM));
        assert_eq!(renewal.before_call(&certs, later + 1), Need::Nothing);
        assert_eq!(
            renewal.before_call(&certs, later + SELDOM),
            Need::FresherKeys
        );
        // Nothing holds: whenever it is needed.
        let mut renewal = downloaded(NOT_AFTER);
        renewal.begin(NOT_AFTER + 1);
        assert_eq!(renewal.before_call(&certs, NOT_AFTER + 2), Need::Keys);
        // A clock that was set back by a year.
        assert!(downloaded(NOW).may_try(NOW - 31_536_000));
    }
}
