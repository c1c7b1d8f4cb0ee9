//! How long a call may take, and the signal that may abort it. It covers the complete call, including a
//! download of keys.

use wasm_bindgen::prelude::*;

use super::account::Account;
use super::options::CallOptions;
use super::stopwatch::Stopwatch;
use crate::{Error, TransportFault};

/// The default time of a call: this multiple of the time of an attempt, and milliseconds for the
/// pauses between attempts. The default number of attempts fits completely.
const ATTEMPTS: u32 = 3;
const PAUSES: u32 = 2_000;

/// The budget of one call whose time has started.
#[derive(Clone)]
pub(crate) struct Budget {
    /// Milliseconds for one attempt.
    pub(crate) timeout: u32,
    /// Milliseconds for the complete call.
    deadline: u32,
    stopwatch: Stopwatch,
    /// The number of retries that the caller set. It applies to every request, repeatable or not.
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
    /// The milliseconds that remain for the call; 0 if its time is over.
    pub(crate) fn left(&self) -> u32 {
        self.stopwatch.left_of(self.deadline)
    }

    /// Milliseconds for an attempt that begins now.
    pub(crate) fn for_attempt(&self) -> u32 {
        self.timeout.min(self.left()).max(1)
    }

    /// The error for a call whose time ended before its response.
    pub(crate) fn expired(&self) -> Error {
        Error::transport(TransportFault::Timeout(self.deadline))
    }

    /// The budget for the download of keys that the call needs. The caller did not make that
    /// request, so its retries are the client's.
    pub(crate) fn for_keys(&self) -> Self {
        Self {
            max_retries: None,
            ..self.clone()
        }
    }

    /// The budget for the download of keys that the call does not need: one attempt, and half of
    /// the remaining time, so that the call itself does not fail because of it.
    pub(crate) fn for_fresher_keys(&self) -> Self {
        Self {
            max_retries: Some(0),
            deadline: self.deadline.saturating_sub(self.left() / 2),
            ..self.clone()
        }
    }
}
