//! Whether a call that failed is worth another attempt, and when (WeChat Pay merchant document
//! 4012076498; RFC 9110, section 10.2.3, for `Retry-After`).
//!
//! Worth it is what may pass: a connection that failed, no response within the time, and what
//! [`ApiError::retryable`](crate::ApiError::retryable) says. A response that is not verified is not: it
//! would come again, and somebody should know.

use crate::error::{Error, TransportFault};

/// The longest pause before the first repetition, in milliseconds. It doubles with each one.
const FIRST_PAUSE: u32 = 500;

/// How often the pause doubles: up to 8 s.
const DOUBLINGS: u32 = 4;

/// How far a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many times the request was sent, or tried to be.
    pub attempts: u32,
    /// How many times it may be sent again after the first.
    pub most_retries: u32,
    /// Milliseconds until the call's deadline.
    pub left: u32,
}

/// Another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// Milliseconds to wait before it: less than was left.
    pub pause: u32,
    /// Whether it goes to the spare host, if there is one: nobody was reached at this one.
    pub to_spare_host: bool,
}

impl Retry {
    /// Decides about another attempt after `error`. `random` are fresh random bits, for the jitter:
    /// any part of the exponential pause is as likely as any other, so that callers who failed
    /// together do not come back together.
    ///
    /// `None` where the error is not one that passes, where the request was sent often enough, or
    /// where the pause would last past the deadline.
    ///
    /// ```
    /// use wechatpay_wasm::{Error, Progress, Retry, TransportError, TransportFault};
    ///
    /// let fault = TransportFault::Network;
    /// let error = Error::from(Box::new(TransportError { fault, attempts: 1 }));
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
        let (to_spare_host, asked) = match error {
            Error::Transport(error) => match error.fault {
                // A host that cannot be reached shows as the one or as the other.
                TransportFault::Network | TransportFault::Timeout(_) => (true, 0),
                _ => return None,
            },
            Error::Api(error) if error.retryable => (false, error.retry_after.unwrap_or(0)),
            _ => return None,
        };
        if attempts > most_retries {
            return None;
        }
        let longest = FIRST_PAUSE << attempts.saturating_sub(1).min(DOUBLINGS);
        let jitter = (u64::from(longest) * u64::from(random)) >> 32;
        // Never sooner than was asked for, and not all callers at that very moment.
        let pause = asked.saturating_mul(1_000).saturating_add(jitter);
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
    use crate::error::{Unverified, VerificationError, VerificationFault};

    const FRESH: Progress = Progress {
        attempts: 1,
        most_retries: 2,
        left: 30_000,
    };

    /// After a connection that failed, with no deadline near.
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
            sign_difference: None,
            clock_skew: None,
        }))
    }

    #[test]
    fn what_passes_is_tried_again() {
        let again = |error: &Error| Retry::after(error, FRESH, 0).map(|retry| retry.to_spare_host);
        assert_eq!(again(&transport(TransportFault::Network)), Some(true));
        assert_eq!(again(&transport(TransportFault::Timeout(9))), Some(true));
        assert_eq!(again(&api(true, None)), Some(false));
        assert_eq!(again(&api(false, None)), None);
        assert_eq!(again(&api(false, Some(1))), None);
        for fault in [
            TransportFault::Redirect(302),
            TransportFault::TooLarge,
            TransportFault::Invalid("x".into()),
        ] {
            assert_eq!(again(&transport(fault)), None);
        }
        assert_eq!(
            again(&Error::from(Box::new(VerificationError {
                fault: VerificationFault::Invalid,
                unverified: Unverified::Response { status: 503 },
                request_id: None,
                clock_skew: None,
            }))),
            None
        );
        assert_eq!(again(&Error::config("signer", "threw")), None);
    }

    #[test]
    fn as_often_as_was_said() {
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
    fn never_sooner_than_was_asked_for_and_never_past_the_deadline() {
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
