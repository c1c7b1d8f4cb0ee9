//! An answer, and the same answer once it is proven to be WeChat Pay's (WeChat Pay merchant
//! document 4012365342).

use base64ct::{Base64, Encoding};
use serde::Deserialize;

use crate::api_error::ApiError;
use crate::certs::Certs;
use crate::error::{Error, TransportFault, VerificationError, VerificationFault};
use crate::request::SignedRequest;
use crate::signature_message::answer_message;

/// How large an answer may be, in bytes. No documented answer comes near.
pub const MAX_ANSWER_BYTES: usize = 1 << 20;

/// How far an answer's timestamp may be from the clock, in seconds.
const MAX_SKEW: u64 = 300;

/// The headers of an answer that the protocol reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerHeaders {
    /// `Wechatpay-Timestamp`
    pub timestamp: Option<String>,
    /// `Wechatpay-Nonce`
    pub nonce: Option<String>,
    /// `Wechatpay-Signature`
    pub signature: Option<String>,
    /// `Wechatpay-Serial`
    pub serial: Option<String>,
    /// `Request-ID`
    pub request_id: Option<String>,
}

impl AnswerHeaders {
    /// Reads the headers through `lookup`, which is asked for each by its documented name and must
    /// not mind the case.
    ///
    /// # Errors
    /// The first that `lookup` fails with.
    pub fn read<E>(mut lookup: impl FnMut(&str) -> Result<Option<String>, E>) -> Result<Self, E> {
        Ok(Self {
            timestamp: lookup("Wechatpay-Timestamp")?,
            nonce: lookup("Wechatpay-Nonce")?,
            signature: lookup("Wechatpay-Signature")?,
            serial: lookup("Wechatpay-Serial")?,
            request_id: lookup("Request-ID")?,
        })
    }

    /// The `Request-ID`, where it is one that an error may show.
    pub(crate) fn request_id(&self, sent: &SignedRequest) -> Option<String> {
        self.request_id.as_deref().and_then(|text| id(text, sent))
    }
}

/// An unproven header that is an id: up to 128 visible characters of ASCII, and nothing that was
/// sent back.
fn id(text: &str, sent: &SignedRequest) -> Option<String> {
    let plausible = (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    (plausible && !sent.is_repeated_in(text)).then(|| text.to_owned())
}

/// What came back. Nothing in it is to be believed before [`Answer::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The headers that the protocol reads.
    pub headers: AnswerHeaders,
    /// The body's raw bytes as they arrived.
    pub body: &'a [u8],
}

impl<'a> Answer<'a> {
    /// Proves that the answer is WeChat Pay's: signed over its raw bytes by the key that it names,
    /// with a timestamp within 300 s of `now` (seconds since 1970). Only then is a success read.
    /// Of an error that is not signed at all, what it says is read and marked as unproven.
    ///
    /// # Errors
    /// - [`Error::Verification`]: a 2xx answer that is unsigned, or any answer whose signature does
    ///   not hold;
    /// - [`Error::Api`]: an error answer, signed and verified or not signed at all;
    /// - [`Error::Transport`]: a redirect, or a status that is none.
    pub fn verify(
        &self,
        certs: &Certs,
        now: u64,
        sent: &SignedRequest,
    ) -> Result<VerifiedAnswer<'a>, Error> {
        match self.status {
            200..=299 => {
                self.check_signature(certs, now, sent)?;
                Ok(VerifiedAnswer {
                    status: self.status,
                    body: self.body,
                })
            }
            300..=399 => Err(Error::transport(TransportFault::Redirect(self.status))),
            400..=599 => {
                // Hosts between answer unsigned; a signature that is there must hold.
                let verified = self.headers.signature.is_some();
                if verified {
                    self.check_signature(certs, now, sent)?;
                }
                let error = ApiError::read(self, verified, sent);
                Err(Error::Api(Box::new(error)))
            }
            other => Err(Error::transport(TransportFault::Invalid(
                format!("HTTP has no status {other}").into(),
            ))),
        }
    }

    fn check_signature(&self, certs: &Certs, now: u64, sent: &SignedRequest) -> Result<(), Error> {
        self.signature_fault(certs, now, sent).map_err(|fault| {
            Error::Verification(VerificationError {
                fault,
                status: self.status,
                request_id: self.headers.request_id(sent),
            })
        })
    }

    /// The signature before the clock: only a timestamp that is proven says anything about either.
    fn signature_fault(
        &self,
        certs: &Certs,
        now: u64,
        sent: &SignedRequest,
    ) -> Result<(), VerificationFault> {
        let headers = &self.headers;
        let signature = present(headers.signature.as_deref(), "Wechatpay-Signature")?;
        let timestamp = present(headers.timestamp.as_deref(), "Wechatpay-Timestamp")?;
        let nonce = present(headers.nonce.as_deref(), "Wechatpay-Nonce")?;
        let serial = present(headers.serial.as_deref(), "Wechatpay-Serial")?;

        let key = certs.key(serial).ok_or_else(|| {
            VerificationFault::UnknownSerial(
                id(serial, sent).unwrap_or_else(|| "of no name".to_owned()),
            )
        })?;
        let signature = Base64::decode_vec(signature).map_err(|_| VerificationFault::Invalid)?;
        if !key.verify(&answer_message(timestamp, nonce, self.body), &signature) {
            return Err(VerificationFault::Invalid);
        }

        let seconds = parse_seconds(timestamp).ok_or(VerificationFault::Invalid)?;
        if seconds.abs_diff(now) > MAX_SKEW {
            return Err(VerificationFault::Skew(difference(seconds, now)));
        }
        Ok(())
    }
}

fn present<'h>(value: Option<&'h str>, name: &'static str) -> Result<&'h str, VerificationFault> {
    value
        .filter(|value| !value.is_empty())
        .ok_or(VerificationFault::Missing(name))
}

/// Decimal digits alone: `str::parse` would take a sign.
fn parse_seconds(text: &str) -> Option<u64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

fn difference(one: u64, other: u64) -> i64 {
    let distance = i64::try_from(one.abs_diff(other)).unwrap_or(i64::MAX);
    if one < other { -distance } else { distance }
}

/// A 2xx answer that is proven to be WeChat Pay's. Only [`Answer::verify`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedAnswer<'a> {
    status: u16,
    body: &'a [u8],
}

impl<'a> VerifiedAnswer<'a> {
    /// The HTTP status, 200 to 299.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body's raw bytes.
    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// The body as JSON of the documented form.
    ///
    /// # Errors
    /// [`Error::Transport`] with [`TransportFault::Invalid`] where it has another form.
    pub(crate) fn json<T: Deserialize<'a>>(&self) -> Result<T, Error> {
        if self.body.is_empty() {
            let problem = format!(
                "it has no body, although HTTP {} promises a result",
                self.status
            );
            return Err(Error::transport(TransportFault::Invalid(problem.into())));
        }
        serde_json::from_slice(self.body).map_err(|error| {
            // Not serde_json's own words, which may quote what the answer holds.
            let problem = match error.classify() {
                serde_json::error::Category::Data => "its JSON has another form than documented",
                _ => "its body is not whole JSON",
            };
            Error::transport(TransportFault::Invalid(problem.into()))
        })
    }
}
