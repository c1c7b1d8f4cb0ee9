//! How long a call may take: each attempt has a timeout, the whole call a deadline. The download of keys
//! that a call needs counts, too.

use super::notices::Telling;
use crate::error::{Error, TransportFault};

/// A call's deadline, if the caller sets none: this many timeouts, and this many milliseconds for the
/// pauses between attempts. As many attempts as are made by default fit in.
const ATTEMPTS: u32 = 3;
const PAUSES: u32 = 2_000;

/// What a call may be given in place of the client's own settings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallOptions {
    /// Milliseconds for one attempt.
    pub timeout: Option<u32>,
    /// Milliseconds for the whole call.
    pub deadline: Option<u32>,
    /// How often the request may be sent again. The caller asks for it, so it applies to every request,
    /// even to one that is not sent again by default.
    pub max_retries: Option<u32>,
    /// What the call tells beside its steps.
    pub telling: Telling,
}

impl CallOptions {
    /// Those that the host gives as numbers: the timeout, the deadline, the number of retries, and how much
    /// is told, as [`Telling::of`] reads it.
    #[must_use]
    pub fn of([timeout, deadline, max_retries, telling]: [Option<u32>; 4]) -> Self {
        Self {
            timeout,
            deadline,
            max_retries,
            telling: Telling::of(telling),
        }
    }
}

/// The time of one call, which is running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    started: u64,
    timeout: u32,
    deadline: u32,
    max_retries: Option<u32>,
}

impl Budget {
    /// The budget of a call that starts at `elapsed`. `timeout` and `deadline` are the client's.
    #[must_use]
    pub fn start(options: CallOptions, timeout: u32, deadline: Option<u32>, elapsed: u64) -> Self {
        let timeout = options.timeout.unwrap_or(timeout);
        Self {
            started: elapsed,
            timeout,
            deadline: options
                .deadline
                .or(deadline)
                .unwrap_or_else(|| timeout.saturating_mul(ATTEMPTS).saturating_add(PAUSES)),
            max_retries: options.max_retries,
        }
    }

    /// Milliseconds until the deadline; 0 after it.
    #[must_use]
    pub fn left(&self, elapsed: u64) -> u32 {
        let gone = elapsed.saturating_sub(self.started);
        self.deadline
            .saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX))
    }

    /// Milliseconds for an attempt that starts now.
    pub(super) fn for_attempt(&self, elapsed: u64) -> u32 {
        self.timeout.min(self.left(elapsed)).max(1)
    }

    /// How often the caller allows to send the request again, if the caller says so.
    pub(super) fn max_retries(&self) -> Option<u32> {
        self.max_retries
    }

    /// The deadline passed before the keys arrived.
    pub(super) fn expired(&self) -> Error {
        Error::transport(TransportFault::KeysTimeout(self.deadline))
    }

    /// The budget for a download of keys that the call cannot do without. The caller did not ask for that
    /// request, so it is sent again as often as the client's settings say.
    pub(super) fn for_keys(self) -> Self {
        Self {
            max_retries: None,
            ..self
        }
    }

    /// The budget for a download of keys that the call can do without: one attempt, and half of the time
    /// that is left, so that the call itself does not fail because of it.
    pub(super) fn for_fresher_keys(self, elapsed: u64) -> Self {
        Self {
            max_retries: Some(0),
            deadline: self.deadline.saturating_sub(self.left(elapsed) / 2),
            ..self
        }
    }
}
