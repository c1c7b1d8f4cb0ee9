//! The keys that verify responses: the given keys and, with `certs: 'auto'`, WeChat Pay's platform
//! certificates.
//!
//! Calls that need a download share one. But no call waits for the promise of another: in a Worker
//! each request has its own input and output, and a promise may belong to a cancelled request, so
//! that a call that waits for it would hang. So the other calls check the keys by their own timers.
//! After the time of an attempt, one of them makes the download itself.

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
    /// The number of the last download that was started.
    round: u64,
    /// The outcome of that download; `None` while it runs.
    outcome: Option<Result<(), Failure>>,
}

/// Which call makes a download.
pub(crate) enum Turn {
    /// This call, under this number.
    Mine(u64),
    /// Another call; see [`Keys::outcome`].
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

    /// The current keys.
    pub(crate) fn current(&self) -> Rc<Certs> {
        Rc::clone(&self.state.borrow().current)
    }

    /// Whether keys are downloaded. The caller maintains the given keys.
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

    /// Whether a download may provide a missing key.
    pub(crate) fn may_renew(&self, now: u64) -> bool {
        let state = self.state.borrow();
        // A running download may provide it.
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

    /// The outcome of the last download; `None` while it runs.
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

    /// Adds downloaded certificates. Older ones stay while they are valid, since responses with their
    /// signatures may still arrive.
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
