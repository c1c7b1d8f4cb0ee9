//! How long a call may take, and who may end it: over all that it takes, the download of keys that it
//! needs first included.

use wasm_bindgen::prelude::*;

use super::account::Account;
use super::options::CallOptions;
use super::stopwatch::Stopwatch;
use crate::{Error, TransportFault};

/// The time of a call, where nothing else is said: so many times that of an attempt, and what the
/// pauses between them take, in milliseconds. As many attempts as are made by default fit in whole.
const ATTEMPTS: u32 = 3;
const PAUSES: u32 = 2_000;

/// The budget of one call, whose time runs.
#[derive(Clone)]
pub(crate) struct Budget {
    /// Milliseconds for one attempt.
    pub(crate) timeout: u32,
    /// Milliseconds for all that the call takes.
    deadline: u32,
    stopwatch: Stopwatch,
    /// Asked for by the caller, so that it goes for every request, repeatable by itself or not.
    pub(crate) max_retries: Option<u32>,
    pub(crate) signal: Option<JsValue>,
}

impl Account {
    /// The budget of a call that begins now.
    pub(crate) fn begin(&self, options: CallOptions) -> Budget {
        let timeout = options.timeout.unwrap_or(self.timeout);
        Budget {
            timeout,
            deadline: options
                .deadline
                .or(self.deadline)
                .unwrap_or_else(|| timeout.saturating_mul(ATTEMPTS).saturating_add(PAUSES)),
            stopwatch: Stopwatch::start(),
            max_retries: options.max_retries,
            signal: options.signal,
        }
    }
}

impl Budget {
    /// Milliseconds that are left of the call; 0 where it is over.
    pub(crate) fn left(&self) -> u32 {
        self.stopwatch.left_of(self.deadline)
    }

    /// Milliseconds for an attempt that begins now.
    pub(crate) fn for_attempt(&self) -> u32 {
        self.timeout.min(self.left()).max(1)
    }

    /// That the time of the call was over before it was responded to.
    pub(crate) fn expired(&self) -> Error {
        Error::transport(TransportFault::Timeout(self.deadline))
    }

    /// The same for keys that the call cannot do without. The caller did not ask for that request, so
    /// its retries are the client's.
    pub(crate) fn for_keys(&self) -> Self {
        Self {
            max_retries: None,
            ..self.clone()
        }
    }

    /// The same for keys that the call can do without: one attempt, and half of what is left, so that
    /// the call itself does not fail for it.
    pub(crate) fn for_fresher_keys(&self) -> Self {
        Self {
            max_retries: Some(0),
            deadline: self.deadline.saturating_sub(self.left() / 2),
            ..self.clone()
        }
    }
}
