//! A response as it arrived. Nothing in it is verified yet.

use super::signature_headers::SignatureHeaders;

/// The maximum size of a response, in bytes. All documented responses are much smaller.
pub const MAX_RESPONSE_BYTES: usize = 1 << 20;

/// A response as it arrived. Do not trust anything in it before [`Response::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The headers that the protocol uses.
    pub headers: SignatureHeaders,
    /// The body's raw bytes as they arrived.
    pub body: &'a [u8],
}
