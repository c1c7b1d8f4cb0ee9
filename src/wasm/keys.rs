//! The keys that responses are verified with: those that were given, and, with `certs: 'auto'`, the
//! platform certificates that WeChat Pay gives out.
//!
//! Many calls that need a download share one. None of them waits for another's promise, though: in a
//! Worker each request has its own input and output, a promise may belong to a request that was
//! cancelled, and whoever waits for it would hang. So the others look at what there is, by timers of
//! their own, and after the time of an attempt one of them makes the download itself.

use std::cell::RefCell;
use std::rc::Rc;

use super::errors::Failure;
use crate::protocol::platform_certificate::PlatformCertificate;
use crate::{Certs, Error, Need, Renewal};

/// All keys of an account.
pub(crate) struct Keys {
    given: Certs,
    automatic: bool,
    state: RefCell<State>,
}

struct State {
    /// The given keys and the downloaded ones.
    current: Rc<Certs>,
    downloaded: Vec<PlatformCertificate>,
    renewal: Renewal,
    /// The number of the last download that was begun.
    round: u64,
    /// What became of it; `None` while it is under way.
    outcome: Option<Result<(), Failure>>,
}

/// Whose turn a download is.
pub(crate) enum Turn {
    /// The caller's own, under this number.
    Mine(u64),
    /// Another call's: see [`Keys::outcome`].
    Others(u64),
}

impl Keys {
    pub(crate) fn new(given: Certs, automatic: bool) -> Self {
        Self {
            state: RefCell::new(State {
                current: Rc::new(given.clone()),
                downloaded: Vec::new(),
                renewal: Renewal::default(),
                round: 0,
                outcome: Some(Ok(())),
            }),
            given,
            automatic,
        }
    }

    /// The keys as they are now.
    pub(crate) fn current(&self) -> Rc<Certs> {
        Rc::clone(&self.state.borrow().current)
    }

    /// Whether keys are downloaded at all. Those that were given are the caller's business.
    pub(crate) fn are_automatic(&self) -> bool {
        self.automatic
    }

    /// What a call needs before it is made.
    pub(crate) fn before_call(&self, now: u64) -> Need {
        let state = self.state.borrow();
        state.renewal.before_call(&state.current, now)
    }

    /// Whether a download may help against this error.
    pub(crate) fn may_help(&self, error: &Error, now: u64) -> bool {
        let unknown = matches!(error, Error::Verification(error) if error.fault.is_of_the_key());
        unknown && self.may_renew(now)
    }

    /// Whether a key that is not there may be had by a download.
    pub(crate) fn may_renew(&self, now: u64) -> bool {
        let state = self.state.borrow();
        // One that is under way may bring it.
        self.automatic && (state.outcome.is_none() || state.renewal.may_try(now))
    }

    /// Takes a turn. `abandoned` is the number of another's download that took too long.
    pub(crate) fn turn(&self, now: u64, abandoned: Option<u64>) -> Turn {
        let state = &mut *self.state.borrow_mut();
        if state.outcome.is_none() && abandoned != Some(state.round) {
            return Turn::Others(state.round);
        }
        state.round += 1;
        state.outcome = None;
        state.renewal.begin(now);
        Turn::Mine(state.round)
    }

    /// What became of the last download; `None` while it is under way.
    pub(crate) fn outcome(&self) -> Option<Result<(), Failure>> {
        self.state.borrow().outcome.clone()
    }

    /// Ends a turn.
    pub(crate) fn end(&self, round: u64, outcome: Result<(), Failure>) {
        let mut state = self.state.borrow_mut();
        if state.round == round {
            state.outcome = Some(outcome);
        }
    }

    /// Takes over what was downloaded. What was downloaded before stays for as long as it holds, since
    /// responses that it signed may still be on their way.
    pub(crate) fn take(&self, certificates: &[PlatformCertificate], now: u64) {
        if !self.automatic {
            return;
        }
        let mut state = self.state.borrow_mut();
        state.downloaded.retain(|known| {
            known.holds(now)
                && !certificates
                    .iter()
                    .any(|new| new.serial_no == known.serial_no)
        });
        state.downloaded.extend_from_slice(certificates);
        state.current = Rc::new(self.given.with(&state.downloaded));
        state.renewal.succeed(now);
    }
}
