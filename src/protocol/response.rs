//! An answer as it arrived. Nothing in it is to be believed yet.

use super::signature_headers::SignatureHeaders;

/// How large an answer may be, in bytes. No documented answer comes near.
pub const MAX_ANSWER_BYTES: usize = 1 << 20;

/// What came back. Nothing in it is to be believed before [`Answer::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The headers that the protocol reads.
    pub headers: SignatureHeaders,
    /// The body's raw bytes as they arrived.
    pub body: &'a [u8],
}
