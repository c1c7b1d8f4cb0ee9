//! Decides whether and when a failed call is attempted again (WeChat Pay merchant document
//! 4012076498; RFC 9110, section 10.2.3, for `Retry-After`).
//!
//! Failures that may be temporary are attempted again: a connection that failed, no response within
//! the time, WeChat Pay's probe in place of a signature, and errors with [`ApiError::retryable`](crate::ApiError::retryable). A response that
//! cannot be verified otherwise is not: the next one would be the same, and the caller should know
//! about it.

use crate::error::{Error, TransportFault, VerificationFault};

/// The maximum pause before the first retry, in milliseconds. It doubles with each retry.
const FIRST_PAUSE: u32 = 500;

/// How many times the maximum pause doubles: up to 8 s.
const DOUBLINGS: u32 = 4;

/// The progress of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many times the package sent the request or tried to send it.
    pub attempts: u32,
    /// The maximum number of retries after the first attempt.
    pub most_retries: u32,
    /// Milliseconds until the call's deadline.
    pub left: u32,
}

/// Another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// Milliseconds to wait before the attempt: less than the time until the deadline.
    pub pause: u32,
    /// Whether the attempt uses the spare host, if there is one, because this host did not respond.
    pub to_spare_host: bool,
}

impl Retry {
    /// Decides about another attempt after `error`. `random` must be fresh random bits. They choose
    /// any part of the exponential pause with equal probability (jitter), so that callers that
    /// failed at the same time do not all retry at the same time.
    ///
    /// `None` if the error is not temporary, if the retries are used up, or if the pause would end
    /// after the deadline.
    ///
    /// ```
    /// use wechatpay_wasm::{Error, Progress, Retry, TransportError, TransportFault};
    ///
    /// let fault = TransportFault::Network;
    /// let (host, reason) = (None, None);
    /// let error = Error::from(Box::new(TransportError { fault, attempts: 1, host, reason }));
    /// let progress = Progress { attempts: 1, most_retries: 2, left: 30_000 };
    /// let retry = Retry::after(&error, progress, 1 << 31).unwrap();
    /// assert_eq!(retry, Retry { pause: 250, to_spare_host: true });
    ///
    /// let last = Progress { attempts: 3, ..progress };
    /// assert_eq!(Retry::after(&error, last, 0), None);
    /// ```
    #[must_use]
    pub fn after(error: &Error, progress: Progress, random: u32) -> Option<Self> {
        let Progress {
            attempts,
            most_retries,
            left,
        } = progress;
        let (to_spare_host, retry_after) = match error {
            Error::Transport(error) => match error.fault {
                // An unreachable host causes any of these.
                TransportFault::Network
                | TransportFault::Unconnected
                | TransportFault::Timeout(_) => (true, 0),
                _ => return None,
            },
            // The caller limits it to one more attempt, of a request that only reads.
            Error::Verification(error) if error.fault == VerificationFault::Probe => (false, 0),
            Error::Api(error) if error.retryable => (false, error.retry_after.unwrap_or(0)),
            _ => return None,
        };
        if attempts > most_retries {
            return None;
        }
        let longest = FIRST_PAUSE << attempts.saturating_sub(1).min(DOUBLINGS);
        let jitter = (u64::from(longest) * u64::from(random)) >> 32;
        // Never earlier than `Retry-After` says, and with jitter, so that not all callers retry at
        // once.
        let pause = retry_after.saturating_mul(1_000).saturating_add(jitter);
        u32::try_from(pause)
            .ok()
            .filter(|pause| *pause < left)
            .map(|pause| Self {
                pause,
                to_spare_host,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ApiError;
    use crate::error::message::message;
    use crate::error::{Unverified, VerificationError};

    const FRESH: Progress = Progress {
        attempts: 1,
        most_retries: 2,
        left: 30_000,
    };

    /// The decision after a failed connection, with the deadline far away.
    fn after_attempts(attempts: u32, most_retries: u32, random: u32) -> Option<Retry> {
        let progress = Progress {
            attempts,
            most_retries,
            left: u32::MAX,
        };
        Retry::after(&transport(TransportFault::Network), progress, random)
    }

    fn transport(fault: TransportFault) -> Error {
        Error::transport(fault)
    }

    fn api(retryable: bool, retry_after: Option<u64>) -> Error {
        Error::Api(Box::new(ApiError {
            status: 503,
            code: "SERVICE_UNAVAILABLE".to_owned(),
            message: String::new(),
            detail: None,
            request_id: None,
            verified: true,
            retryable,
            retry_after,
            issue: None,
            sign_difference: None,
            clock_skew: None,
            page: None,
        }))
    }

    #[test]
    fn temporary_failures_are_retried() {
        let again = |error: &Error| Retry::after(error, FRESH, 0).map(|retry| retry.to_spare_host);
        assert_eq!(again(&transport(TransportFault::Network)), Some(true));
        assert_eq!(again(&transport(TransportFault::Unconnected)), Some(true));
        assert_eq!(again(&transport(TransportFault::Timeout(9))), Some(true));
        assert_eq!(again(&api(true, None)), Some(false));
        assert_eq!(again(&api(false, None)), None);
        assert_eq!(again(&api(false, Some(1))), None);
        for fault in [
            TransportFault::Redirect(302),
            TransportFault::TooLarge,
            TransportFault::Invalid(message!("x")),
        ] {
            assert_eq!(again(&transport(fault)), None);
        }
        assert_eq!(
            again(&Error::from(Box::new(VerificationError {
                fault: VerificationFault::Invalid,
                unverified: Unverified::Response { status: 503 },
                request_id: None,
                clock_skew: None,
                page: None,
            }))),
            None
        );
        assert_eq!(again(&Error::config("signer", message!("threw"))), None);
    }

    #[test]
    fn retries_are_limited() {
        let again = |attempts, most_retries| after_attempts(attempts, most_retries, 0).is_some();
        assert!(again(1, 2) && again(2, 2) && !again(3, 2));
        assert!(!again(1, 0));
        assert!(again(10, 10) && !again(11, 10));
    }

    #[test]
    fn the_pause_is_exponential_and_jittered() {
        let pause =
            |attempts, random| after_attempts(attempts, 10, random).map(|retry| retry.pause);
        for (attempts, longest) in [(1, 500), (2, 1_000), (3, 2_000), (5, 8_000), (10, 8_000)] {
            assert_eq!(pause(attempts, 0), Some(0));
            assert_eq!(pause(attempts, 1 << 31), Some(longest / 2));
            assert_eq!(pause(attempts, u32::MAX), Some(longest - 1));
        }
    }

    #[test]
    fn the_pause_respects_retry_after_and_the_deadline() {
        let pause = |seconds, left, random| {
            let progress = Progress { left, ..FRESH };
            Retry::after(&api(true, Some(seconds)), progress, random).map(|retry| retry.pause)
        };
        assert_eq!(pause(2, 30_000, 0), Some(2_000));
        assert_eq!(pause(2, 30_000, 1 << 31), Some(2_250));
        assert_eq!(pause(30, 30_000, 0), None);
        assert_eq!(pause(29, 30_000, 0), Some(29_000));
        assert_eq!(pause(u64::MAX, u32::MAX, u32::MAX), None);
        assert_eq!(pause(0, 0, 0), None);
    }
}
