//! A request, and what one attempt to send it takes from outside.

use std::fmt;

use zeroize::Zeroize;

use crate::json::object_of_texts;

/// What this package calls itself towards WeChat Pay, which refuses requests without a name.
pub const USER_AGENT: &str = concat!("wechatpay-wasm/", env!("CARGO_PKG_VERSION"));

/// The methods that APIv3 uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read. The signed body is empty.
    Get,
    /// Create or act.
    Post,
    /// Replace.
    Put,
    /// Change.
    Patch,
    /// Remove.
    Delete,
}

impl Method {
    /// The method as it stands in the request line and in the signed string.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What one attempt takes from outside: the clock and fresh random bytes.
pub struct Attempt {
    /// Seconds since 1970. WeChat Pay refuses what is more than 300 s away from its own clock.
    pub timestamp: u64,
    /// Fresh bytes from a cryptographic source: 16 for the nonce, 32 to blind the signature.
    pub random: [u8; Self::RANDOM_BYTES],
}

impl Attempt {
    /// How many random bytes an attempt takes.
    pub const RANDOM_BYTES: usize = 16 + 32;

    /// 32 characters that carry 128 random bits: hexadecimal has no modulo bias.
    pub(crate) fn nonce(&self) -> String {
        const DIGITS: [char; 16] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
        ];
        let nibbles = self
            .random
            .iter()
            .take(16)
            .flat_map(|byte| [byte >> 4, byte & 15]);
        nibbles
            .filter_map(|nibble| DIGITS.get(usize::from(nibble)))
            .collect()
    }

    pub(crate) fn blinding(&self) -> zeroize::Zeroizing<[u8; 32]> {
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        for (to, from) in seed.iter_mut().zip(self.random.iter().skip(16)) {
            *to = *from;
        }
        seed
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.random.zeroize();
    }
}

/// A request before it is signed. Each attempt to send it is signed anew.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    method: Method,
    path_and_query: String,
    pub(super) headers: Vec<(String, String)>,
    body: Vec<u8>,
    pub(super) signed: Option<Vec<u8>>,
    pub(super) encrypted_for: Option<String>,
    repeatable: bool,
}

impl Request {
    /// A request without a body; `path_and_query` is what is signed and sent, byte for byte.
    ///
    /// A GET may be sent again after a failure, since it changes nothing; another method only where
    /// [`repeatable`](Self::repeatable) says so.
    #[must_use]
    pub fn new(method: Method, path_and_query: impl Into<String>) -> Self {
        Self {
            method,
            path_and_query: path_and_query.into(),
            headers: Vec::new(),
            body: Vec::new(),
            signed: None,
            encrypted_for: None,
            repeatable: method == Method::Get,
        }
    }

    /// With a body that is a JSON object of these members, in this order: these bytes are signed and
    /// sent.
    #[must_use]
    pub fn json<'m>(self, members: impl IntoIterator<Item = (&'m str, &'m str)>) -> Self {
        self.body("application/json", object_of_texts(members))
    }

    /// With a body of any kind.
    #[must_use]
    pub fn body(mut self, content_type: &str, body: Vec<u8>) -> Self {
        self.body = body;
        self.header("Content-Type", content_type)
    }

    /// Signs `bytes` in place of the body: of an upload, its `meta` JSON.
    #[must_use]
    pub fn signing(mut self, bytes: Vec<u8>) -> Self {
        self.signed = Some(bytes);
        self
    }

    /// With a header more, or with another value in place of what is sent by itself. Authorization
    /// and `Wechatpay-Serial` are not among those: see [`encrypted_for`](Self::encrypted_for).
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Names the key that fields of the body are encrypted with: it goes out as `Wechatpay-Serial`, so
    /// that WeChat Pay opens them with its other half.
    #[must_use]
    pub fn encrypted_for(mut self, key_id: &str) -> Self {
        self.encrypted_for = Some(key_id.to_owned());
        self
    }

    /// Whether the same request may be sent again after a failure by itself.
    #[must_use]
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// Whether the same request may be sent again after a failure by itself.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Path and query.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.path_and_query
    }

    /// The body's bytes; empty where there is none.
    #[must_use]
    pub fn body_bytes(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("path_and_query", &self.path_and_query)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
