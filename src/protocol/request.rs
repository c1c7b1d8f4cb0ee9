//! A request, and the clock and random bytes of one attempt to send it.

use std::fmt;

use zeroize::Zeroize;

use crate::json::object_of_texts;

/// The User-Agent of this package. WeChat Pay refuses requests without one.
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
    /// Reads a method; `None` if APIv3 does not use it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete]
            .into_iter()
            .find(|method| method.as_str() == text)
    }

    /// The method as it is written in the request line and in the signed string.
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

/// The inputs of one attempt that the caller supplies: the clock and fresh random bytes.
pub struct Attempt {
    /// Seconds since 1970. WeChat Pay refuses a request that is more than 300 s away from its own
    /// clock.
    pub timestamp: u64,
    /// Fresh bytes from a cryptographic source: 16 for the nonce and 32 to blind the signature.
    pub random: [u8; Self::RANDOM_BYTES],
}

impl Attempt {
    /// How many random bytes an attempt needs.
    pub const RANDOM_BYTES: usize = 16 + 32;

    /// A nonce of 32 characters with 128 random bits. Hexadecimal has no modulo bias.
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

/// A request before it is signed. Every attempt to send it is signed again.
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
    /// A request without a body. `path_and_query` is signed and sent, byte for byte.
    ///
    /// A GET may be sent again after a failure, because it changes nothing. Other methods may be
    /// sent again only if [`repeatable`](Self::repeatable) allows it.
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

    /// The path without its query, which may name people.
    pub(crate) fn path(&self) -> &str {
        let whole = self.path_and_query.as_str();
        whole.split_once('?').map_or(whole, |(path, _)| path)
    }

    /// Sets the body to a JSON object of these members, in this order. Exactly these bytes are
    /// signed and sent.
    #[must_use]
    pub fn json<'m>(self, members: impl IntoIterator<Item = (&'m str, &'m str)>) -> Self {
        let members: Vec<_> = members.into_iter().collect();
        self.body("application/json", object_of_texts(&members))
    }

    /// Sets a body of any kind.
    #[must_use]
    pub fn body(mut self, content_type: &str, body: Vec<u8>) -> Self {
        self.body = body;
        self.header("Content-Type", content_type)
    }

    /// Signs `bytes` instead of the body. For an upload, this is the `meta` JSON.
    #[must_use]
    pub fn signing(mut self, bytes: Vec<u8>) -> Self {
        self.signed = Some(bytes);
        self
    }

    /// Adds a header, or replaces one that is sent automatically. Authorization and
    /// `Wechatpay-Serial` cannot be set here: see [`encrypted_for`](Self::encrypted_for).
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Names the key that encrypted fields of the body. The id is sent as `Wechatpay-Serial`, so
    /// that WeChat Pay knows which private key decrypts them.
    #[must_use]
    pub fn encrypted_for(mut self, key_id: &str) -> Self {
        self.encrypted_for = Some(key_id.to_owned());
        self
    }

    /// Sets whether the same request may be sent again automatically after a failure.
    #[must_use]
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// Whether the same request may be sent again automatically after a failure.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// The path and query.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.path_and_query
    }

    /// The body's bytes; empty if there is no body.
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
