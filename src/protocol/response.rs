//! A response as it arrived. Nothing in it is to be believed yet.

use super::signature_headers::SignatureHeaders;

/// How large a response may be, in bytes. No documented response comes near.
pub const MAX_RESPONSE_BYTES: usize = 1 << 20;

/// What came back. Nothing in it is to be believed before [`Response::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The headers that the protocol reads.
    pub headers: SignatureHeaders,
    /// The body's raw bytes as they arrived.
    pub body: &'a [u8],
}
