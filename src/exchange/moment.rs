//! What an event brings beside itself: the time, by two clocks, and fresh random bytes. The core has
//! neither of its own.

use zeroize::Zeroizing;

use super::failure::Failure;
use crate::error::Error;
use crate::error::message::message;

/// The state of the host's clocks, and random bytes, at the moment of an event.
pub struct Moment {
    /// The time of day, by which requests are signed and responses are verified.
    pub clock: Clock,
    /// Milliseconds of a clock that never jumps, from any beginning. Timeouts and deadlines are measured
    /// with it, since a test may stop the other clock.
    pub elapsed: u64,
    /// Fresh random bytes. Each of them is used once. A call keeps what is left for its next event: that
    /// needs none of its own, unless [`Call::needs_random`](super::call::Call::needs_random).
    pub random: Random,
}

impl Moment {
    /// Seconds since 1970.
    pub(crate) fn now(&self) -> Result<u64, Failure> {
        match self.clock {
            Clock::Time(seconds) => Ok(seconds),
            Clock::Threw { cause } => Err(Failure::caused(
                Error::config("clock", message!("threw")),
                cause,
            )),
            Clock::Invalid => Err(Error::config(
                "clock",
                message!("must return milliseconds since 1970, as Date.now does"),
            )
            .into()),
        }
    }
}

/// What the client's clock returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Seconds since 1970.
    Time(u64),
    /// The caller's own clock threw.
    Threw {
        /// The number of what it threw.
        cause: Option<u32>,
    },
    /// The caller's own clock returned something else than a time.
    Invalid,
}

/// Random bytes from a cryptographic source, each of which is used once.
#[derive(Default)]
pub struct Random {
    bytes: Zeroizing<Vec<u8>>,
}

impl Random {
    /// As many bytes as one event ever uses.
    pub const BYTES: usize = 192;

    /// The host's bytes; none where it has no cryptographic source.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self {
            bytes: Zeroizing::new(bytes),
        }
    }

    /// Whether there are as many as one event ever uses.
    pub(super) fn suffices(&self) -> bool {
        self.bytes.len() >= Self::BYTES
    }

    /// Goes on with the bytes that are kept, if there are none here.
    pub(super) fn or_kept(&mut self, kept: &mut Self) {
        if self.bytes.is_empty() {
            *self = std::mem::take(kept);
        }
    }

    /// Takes `N` bytes, which nobody else gets.
    ///
    /// # Errors
    /// [`Error::Config`] for `crypto` where there are not as many.
    pub fn take<const N: usize>(&mut self) -> Result<Zeroizing<[u8; N]>, Error> {
        let missing = || {
            Error::config(
                "crypto",
                message!("this runtime has no working crypto.getRandomValues"),
            )
        };
        let (taken, rest) = self.bytes.split_first_chunk().ok_or_else(missing)?;
        let (taken, rest) = (Zeroizing::new(*taken), Zeroizing::new(rest.to_vec()));
        self.bytes = rest;
        Ok(taken)
    }
}
