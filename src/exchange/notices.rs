//! What a call tells beside its steps, for the caller's hooks and logs.

use super::failure::Failure;
use crate::protocol::request::Method;

/// How much a call tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Telling {
    /// Nothing: nobody listens.
    Nothing,
    /// What happens.
    #[default]
    Events,
    /// The same, with the strings that are signed. They hold the requests' bodies.
    Messages,
}

impl Telling {
    /// The level that the host gives as a number: none, 1 for events, anything else with messages.
    #[must_use]
    pub fn of(level: Option<u32>) -> Self {
        match level {
            None => Self::Nothing,
            Some(1) => Self::Events,
            Some(_) => Self::Messages,
        }
    }
}

/// Something that happened within a call. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A request is about to be sent.
    Request(Requested),
    /// A response arrived. It is not verified yet.
    Response(Responded),
    /// An attempt failed, and after a pause there will be another.
    Retry(Retried),
    /// The platform certificates that a call needed were downloaded, with these serial numbers, or could not be.
    Renewal(Result<Vec<String>, Failure>),
}

/// A request that is about to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requested {
    /// The method.
    pub method: Method,
    /// The path, without its query: a query may name people.
    pub path: String,
    /// The origin that it is sent to.
    pub host: String,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// The string that was signed, with [`Telling::Messages`]. It holds the query and the body.
    pub message: Option<String>,
}

/// A response that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Responded {
    /// The request's method.
    pub method: Method,
    /// The request's path, without its query.
    pub path: String,
    /// The HTTP status.
    pub status: u16,
    /// The response's `Request-ID`.
    pub request_id: Option<String>,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// Milliseconds from the request to the last byte of the response.
    pub duration: u64,
    /// Seconds by which the clock is ahead of the response's `Date`, where it is a minute or more; negative
    /// where it is behind. The header is not signed.
    pub clock_skew: Option<i64>,
}

/// An attempt that failed and is followed by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retried {
    /// The attempt that failed, 1 for the first.
    pub attempt: u32,
    /// Milliseconds of the pause.
    pub delay: u32,
    /// Why it failed.
    pub failure: Failure,
    /// The origin of the next attempt.
    pub host: String,
}

/// The notices of one event. None is made where nobody listens.
pub(super) struct Notices {
    telling: Telling,
    told: Vec<Notice>,
}

impl Notices {
    pub(super) fn new(telling: Telling) -> Self {
        Self {
            telling,
            told: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, notice: impl FnOnce() -> Notice) {
        if self.telling != Telling::Nothing {
            self.told.push(notice());
        }
    }

    /// A signed message as text, where it is told.
    pub(super) fn message(&self, message: &[u8]) -> Option<String> {
        (self.telling == Telling::Messages).then(|| String::from_utf8_lossy(message).into_owned())
    }

    pub(super) fn told(self) -> Vec<Notice> {
        self.told
    }
}
