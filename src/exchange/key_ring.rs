//! The keys that responses are verified with: the caller's own, and with `certs: 'auto'` the platform
//! certificates that WeChat Pay publishes.
//!
//! Many calls that need a download share one. No call waits for another call's promise, though: in a
//! Worker that promise may belong to a request that was cancelled, and would never settle. The other
//! calls check the key ring with timers of their own. After the time of one attempt, one of them takes
//! over and downloads itself.

use std::rc::Rc;

use super::certificate_renewal::{Need, Renewal};
use super::failure::Failure;
use crate::error::{Error, TransportFault};
use crate::protocol::certs::Certs;
use crate::protocol::platform_certificate::PlatformCertificate;

/// All keys of a client.
pub(super) struct KeyRing {
    given: Certs,
    automatic: bool,
    /// The given keys and the downloaded ones.
    current: Rc<Certs>,
    downloaded: Vec<PlatformCertificate>,
    renewal: Renewal,
    /// The number of the last download that was started.
    round: u64,
    /// How that download ended; `None` while it is under way.
    outcome: Option<Result<(), Failure>>,
}

/// Who downloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The caller itself, as the round of this number.
    Own(u64),
    /// Another call, as the round of this number.
    Other(u64),
}

impl KeyRing {
    pub(super) fn new(given: Certs, automatic: bool) -> Self {
        Self {
            current: Rc::new(given.clone()),
            given,
            automatic,
            downloaded: Vec::new(),
            renewal: Renewal::default(),
            round: 0,
            outcome: Some(Ok(())),
        }
    }

    /// The keys as they are now.
    pub(super) fn current(&self) -> Rc<Certs> {
        Rc::clone(&self.current)
    }

    /// The keys that were given, where a download may be verified with a certificate that it carries:
    /// the client is automatic, it was given no key, and none that it downloaded is valid at `now`.
    pub(super) fn none(&self, now: u64) -> Option<&Certs> {
        let knows_none = self.given.is_empty() && !self.current.hold(now);
        (self.automatic && knows_none).then_some(&self.given)
    }

    /// What a call needs before it is sent.
    pub(super) fn before_call(&self, now: u64) -> Need {
        if self.automatic {
            self.renewal.before_call(&self.current, now)
        } else {
            Need::Nothing
        }
    }

    /// Whether a download may bring the key that this error misses.
    pub(super) fn may_help(&self, error: &Error, now: u64) -> bool {
        is_missing(error) && self.may_renew(now)
    }

    /// The same for a notification: nobody knows when WeChat Pay sends it again.
    pub(super) fn may_help_notification(&self, error: &Error, now: u64) -> bool {
        let pause_is_over = self.renewal.may_try_beside(&self.current, now);
        is_missing(error) && self.automatic && (self.outcome.is_none() || pause_is_over)
    }

    /// Whether a download may bring a key that is not there. A download that is under way may, too.
    pub(super) fn may_renew(&self, now: u64) -> bool {
        self.automatic && (self.outcome.is_none() || self.renewal.may_try(now))
    }

    /// Why no key is valid at `now`: how the last download failed.
    pub(super) fn failure(&self, now: u64) -> Option<Failure> {
        let failure = self.outcome.as_ref()?.as_ref().err()?;
        let is_known = self.current.hold(now) || matches!(failure, Failure::Aborted);
        (!is_known).then(|| failure.clone())
    }

    /// Says who downloads. `abandoned` is the round of another call's download that took too long.
    pub(super) fn turn(&mut self, now: u64, abandoned: Option<u64>) -> Turn {
        if self.outcome.is_none() && abandoned != Some(self.round) {
            return Turn::Other(self.round);
        }
        self.round += 1;
        self.outcome = None;
        self.renewal.begin(now);
        Turn::Own(self.round)
    }

    /// How the last download ended; `None` while it is under way.
    pub(super) fn outcome(&self) -> Option<&Result<(), Failure>> {
        self.outcome.as_ref()
    }

    /// Ends a round.
    pub(super) fn end(&mut self, round: u64, outcome: Result<(), Failure>) {
        if self.round == round {
            self.outcome = Some(outcome);
        }
    }

    /// Adds downloaded certificates. Earlier ones stay as long as they are valid, since responses that they
    /// signed may still be on their way. None replaces a key that was given.
    pub(super) fn add(&mut self, certificates: &[PlatformCertificate], now: u64) {
        if !self.automatic {
            return;
        }
        self.downloaded.retain(|known| {
            let replaced = |new: &PlatformCertificate| new.serial_no == known.serial_no;
            known.holds(now) && !certificates.iter().any(replaced)
        });
        self.downloaded.extend_from_slice(certificates);
        self.current = Rc::new(self.given.with(&self.downloaded));
        self.renewal.succeed(now);
    }
}

/// Whether a key is missing that a download might bring.
pub(super) fn is_missing(error: &Error) -> bool {
    matches!(error, Error::Verification(error) if error.fault.may_be_downloaded())
}

/// Whether a failed download may have failed for want of time alone.
pub(super) fn is_timeout(failure: &Failure) -> bool {
    match failure.error() {
        Some(Error::Transport(error)) => matches!(error.fault, TransportFault::Timeout(_)),
        _ => false,
    }
}
