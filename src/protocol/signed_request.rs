//! A request for one attempt: before its signature, and signed.

use std::fmt;

use base64ct::{Base64, Encoding};

use super::authorization::authorization;
use super::certs::Certs;
use super::merchant::Merchant;
use super::request::{Attempt, Method, Request, USER_AGENT};
use super::signature_message::request_message;
use crate::error::Error;
use crate::error::message::message;

/// How long a part of a signature is that gives it away, in characters.
const RECOGNIZABLE: usize = 8;

impl Request {
    /// Signs the request for one attempt.
    ///
    /// # Errors
    /// [`Error::Config`] for `private_key` if a remote signer has the key, or if the key's
    /// arithmetic failed. The result of a failed computation is not returned.
    pub fn sign(
        &self,
        merchant: &Merchant,
        certs: &Certs,
        attempt: &Attempt,
    ) -> Result<SignedRequest, Error> {
        let unsigned = self.unsigned(merchant, certs, attempt);
        let signature = merchant.sign(unsigned.message(), &attempt.blinding())?;
        Ok(unsigned.signed(&signature))
    }

    /// The request for one attempt, without its signature. A remote signer signs it.
    #[must_use]
    pub fn unsigned<'a>(
        &'a self,
        merchant: &'a Merchant,
        certs: &Certs,
        attempt: &Attempt,
    ) -> UnsignedRequest<'a> {
        let nonce = attempt.nonce();
        let message = request_message(
            self.method().as_str(),
            self.path_and_query(),
            attempt.timestamp,
            &nonce,
            self.signed.as_deref().unwrap_or(self.body_bytes()),
        );
        UnsignedRequest {
            request: self,
            merchant,
            headers: self.headers_with(certs),
            timestamp: attempt.timestamp,
            nonce,
            message,
        }
    }

    /// All headers except Authorization.
    fn headers_with(&self, certs: &Certs) -> Vec<(String, String)> {
        let mut headers = Vec::new();
        for (name, value) in [("Accept", "application/json"), ("User-Agent", USER_AGENT)] {
            if !self
                .headers
                .iter()
                .any(|(own, _)| own.eq_ignore_ascii_case(name))
            {
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
        headers.extend(self.headers.iter().cloned());
        if let Some(id) = self
            .encrypted_for
            .as_deref()
            .or_else(|| certs.public_key_id())
        {
            headers.push(("Wechatpay-Serial".to_owned(), id.to_owned()));
        }
        headers
    }
}

/// A request for one attempt. The signature over [`message`](Self::message) is still missing.
pub struct UnsignedRequest<'a> {
    pub(crate) request: &'a Request,
    pub(crate) merchant: &'a Merchant,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) timestamp: u64,
    pub(crate) nonce: String,
    pub(crate) message: Vec<u8>,
}

impl UnsignedRequest<'_> {
    /// The string to sign with RSASSA-PKCS1-v1_5, SHA-256 and the merchant's key.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// Adds a signature from a remote signer. The first is verified if the merchant's public key is known:
    /// the merchant API certificate has it. Otherwise only WeChat Pay can tell whether it is valid.
    ///
    /// # Errors
    /// [`Error::Config`] for `signer` if it cannot be a signature, or if the merchant's public key does not
    /// verify it; for `private_key` if the host has that.
    pub fn with_remote_signature(self, signature: &[u8]) -> Result<SignedRequest, Error> {
        check_signature(self.merchant, &self.message, signature)?;
        Ok(self.signed(signature))
    }

    pub(crate) fn signed(self, signature: &[u8]) -> SignedRequest {
        let value = authorization(self.merchant, self.timestamp, &self.nonce, signature);
        let mut headers = vec![("Authorization".to_owned(), value)];
        headers.extend(self.headers);
        SignedRequest {
            method: self.request.method(),
            path_and_query: self.request.path_and_query().to_owned(),
            headers,
            body: self.request.body_bytes().to_vec(),
            message: self.message,
            signature: Base64::encode_string(signature),
        }
    }
}

/// Checks that the result of a remote signer can be a signature: it is as long as an RSA modulus of
/// 2048 to 4096 bits, 256 to 512 bytes. The first is verified if the merchant's public key is known.
///
/// # Errors
/// [`Error::Config`] for the option that the signer is.
pub(crate) fn check_signature(
    merchant: &Merchant,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    // The lengths of the shortest and the longest modulus, in bytes.
    const LENGTHS: std::ops::RangeInclusive<usize> = 256..=512;
    if !LENGTHS.contains(&signature.len()) {
        let problem = message!(
            "returned {} bytes; an RSA signature has as many as its key, 256 to 512: sign with \
             RSASSA-PKCS1-v1_5 and SHA-256",
            signature.len()
        );
        return Err(Error::config(merchant.signer(), problem));
    }
    if !merchant.accepts(message, signature) {
        let problem = message!(
            "signs with another key than that of cert, or not with RSASSA-PKCS1-v1_5 and SHA-256 over \
             the bytes themselves; give the key that belongs to apiclient_cert.pem"
        );
        return Err(Error::config(merchant.signer(), problem));
    }
    Ok(())
}

impl fmt::Debug for UnsignedRequest<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UnsignedRequest")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

/// A request that is ready to be sent, byte for byte. Its signature is valid for 300 s.
pub struct SignedRequest {
    method: Method,
    path_and_query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    message: Vec<u8>,
    signature: String,
}

impl SignedRequest {
    /// The method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// The path and query exactly as they must be sent.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.path_and_query
    }

    /// The headers with Authorization. Never log them.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The bytes to send. They were signed, unless [`Request::signing`] named other bytes.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Takes the body out, to be sent: it need not be there twice.
    pub(crate) fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }

    /// Whether `text`, which may be JSON, repeats the signature or a recognizable part of it. A
    /// server may echo what was sent, and for 300 s the signature authorizes a request.
    pub(crate) fn is_repeated_in(&self, text: &str) -> bool {
        let text = letters(text);
        let mut parts = self.signature.as_bytes().chunks_exact(RECOGNIZABLE);
        parts.any(|part| {
            text.as_bytes()
                .windows(RECOGNIZABLE)
                .any(|seen| seen == part)
        })
    }

    /// The string that was signed.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }
}

/// The base64 characters of `text`, also of JSON that escapes them. What stands between them, such as
/// line ends, is left out.
fn letters(text: &str) -> String {
    let mut letters = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        let escaped = rest
            .get(1..5)
            .filter(|_| character == '\\' && rest.starts_with('u'));
        let code = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if code.is_some() {
            rest = rest.get(5..).unwrap_or_default();
        }
        let character = code.map_or(character, char::from);
        if character.is_ascii_alphanumeric() || matches!(character, '+' | '/') {
            letters.push(character);
        }
    }
    letters
}

impl fmt::Debug for SignedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SignedRequest")
            .field("method", &self.method)
            .field("path_and_query", &self.path_and_query)
            .field("headers", &"[redacted]")
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
