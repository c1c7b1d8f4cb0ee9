//! What a call asks of its host, and what the host reports.

use super::failure::Failure;
use crate::protocol::request::Method;
use crate::protocol::signature_headers::SignatureHeaders;

/// What the host does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<T> {
    /// Send a request, and report [`Event::Response`], or why there is none.
    Send(Send),
    /// Wait this many milliseconds, and report [`Event::Waited`].
    Wait(u32),
    /// Have the caller's signer sign a message within this many milliseconds, and report
    /// [`Event::Signed`], or why there is no signature.
    Sign {
        /// The message: RSASSA-PKCS1-v1_5 with SHA-256.
        message: Vec<u8>,
        /// Milliseconds.
        timeout: u32,
    },
    /// The call has its result.
    Done(T),
    /// The call has failed.
    Failed(Failure),
}

/// A request to send, byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Send {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// All headers, Authorization among them: never log them.
    pub headers: Vec<(String, String)>,
    /// The body; empty where there is none.
    pub body: Vec<u8>,
    /// Milliseconds until the response must be complete.
    pub timeout: u32,
    /// Whether it is the call's own request, and not a download of keys that the call needs.
    pub own: bool,
}

impl std::fmt::Debug for Send {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Send")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &"[redacted]")
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// What the host reports of the last step. A `cause` is the number under which the host knows what was
/// thrown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A response arrived and is complete.
    Response {
        /// The HTTP status.
        status: u16,
        /// The headers that the protocol reads.
        headers: SignatureHeaders,
        /// The body's raw bytes.
        body: Vec<u8>,
    },
    /// The headers of a file's response arrived, with a status of 200 to 299. Its body is still to be read.
    FileBegan {
        /// The HTTP status.
        status: u16,
        /// The headers that the protocol reads.
        headers: SignatureHeaders,
    },
    /// The response is a redirect, which the host did not follow.
    Redirected {
        /// The HTTP status.
        status: u16,
    },
    /// The response is larger than the limit.
    TooLarge,
    /// What arrived is no response that can be read.
    Unusable {
        /// What is wrong with it.
        problem: String,
        /// What was thrown.
        cause: Option<u32>,
    },
    /// The connection failed or broke.
    Network {
        /// What was thrown.
        cause: Option<u32>,
        /// The host's short word for the reason, such as `ECONNRESET`.
        reason: Option<String>,
        /// Whether it is certain that no connection was made, so that nothing was sent.
        unconnected: bool,
    },
    /// The host has no `fetch`.
    NoFetch,
    /// The time of the step is over.
    TimedOut,
    /// The pause is over.
    Waited,
    /// The signer returned a signature.
    Signed {
        /// The signature's bytes.
        signature: Vec<u8>,
    },
    /// The signer returned a signature in base64.
    SignedInBase64 {
        /// The text.
        signature: String,
    },
    /// The signer returned no signature.
    NotSigned {
        /// What is wrong with it.
        problem: String,
        /// What was thrown.
        cause: Option<u32>,
    },
    /// The caller aborted the call.
    Aborted,
}
