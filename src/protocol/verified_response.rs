//! A response that is verified as WeChat Pay's (WeChat Pay merchant document 4012365342).

use super::certs::Certs;
use super::error_response;
use super::response::Response;
use super::signed_request::SignedRequest;
use crate::error::message::message;
use crate::error::{Error, TransportFault, Unverified, VerificationError};
use crate::json::{Json, Object, OtherForm};

impl<'a> Response<'a> {
    /// Verifies that the response is WeChat Pay's: the key that it names signed its raw bytes, with
    /// a timestamp within 300 s of `now` (seconds since 1970). A success is read only after that.
    /// An error response without any signature is read and marked as unverified.
    ///
    /// # Errors
    /// - [`Error::Verification`]: a 2xx response is unsigned, or a signature is not valid;
    /// - [`Error::Api`]: an error response, which is either verified or not signed at all;
    /// - [`Error::Transport`]: a redirect, or a status that HTTP does not have.
    pub fn verify(
        &self,
        certs: &Certs,
        now: u64,
        sent: &SignedRequest,
    ) -> Result<VerifiedResponse<'a>, Error> {
        match self.status {
            200..=299 => {
                self.check_signature(certs, now, sent)?;
                Ok(VerifiedResponse {
                    status: self.status,
                    body: self.body,
                })
            }
            300..=399 => Err(Error::transport(TransportFault::Redirect(self.status))),
            400..=599 => {
                // Intermediaries respond without a signature. If there is one, it must be valid.
                let verified = self.headers.signature.is_some();
                if verified {
                    self.check_signature(certs, now, sent)?;
                }
                let error = error_response::read(self, verified, sent, now);
                Err(Error::Api(Box::new(error)))
            }
            other => Err(Error::transport(TransportFault::Invalid(message!(
                "HTTP has no status {}",
                other
            )))),
        }
    }

    /// What an error response says, although it cannot be verified.
    pub(crate) fn unverified_error(&self, now: u64, sent: &SignedRequest) -> Error {
        Error::Api(Box::new(error_response::read(self, false, sent, now)))
    }

    fn check_signature(&self, certs: &Certs, now: u64, sent: &SignedRequest) -> Result<(), Error> {
        let sent = Some(sent);
        self.headers
            .verify(self.body, certs, now, sent)
            .map_err(|fault| {
                Error::from(Box::new(VerificationError {
                    fault,
                    unverified: Unverified::Response {
                        status: self.status,
                    },
                    request_id: self.headers.request_id(sent),
                    clock_skew: self.headers.clock_skew(now),
                    page: sent.and_then(|sent| error_response::page(self, sent, false)),
                }))
            })
    }
}

/// A 2xx response that is verified as WeChat Pay's. Only [`Response::verify`] creates one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedResponse<'a> {
    status: u16,
    body: &'a [u8],
}

impl<'a> VerifiedResponse<'a> {
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

    /// The same response with its own copy of the bytes, to keep it longer than the received ones.
    #[must_use]
    pub fn to_owned_response(&self) -> OwnedVerifiedResponse {
        OwnedVerifiedResponse {
            status: self.status,
            body: self.body.to_vec(),
        }
    }

    /// Reads the body's JSON object with `read`.
    ///
    /// # Errors
    /// [`Error::Transport`] with [`TransportFault::Invalid`] if it is not an object, or has another
    /// form.
    pub(crate) fn object<T>(
        &self,
        read: impl FnOnce(Object<'a>) -> Result<T, OtherForm>,
    ) -> Result<T, Error> {
        self.json()?.object().and_then(read).map_err(|OtherForm| {
            Error::transport(TransportFault::Invalid(message!(
                "its JSON has another form than documented"
            )))
        })
    }

    /// The body's JSON.
    ///
    /// # Errors
    /// [`Error::Transport`] with [`TransportFault::Invalid`] if it is not JSON.
    pub(crate) fn json(&self) -> Result<Json<'a>, Error> {
        let problem = if self.body.is_empty() {
            let status = self.status;
            message!("it has no body, although HTTP {} promises a result", status)
        } else if let Some(json) = Json::parse(self.body) {
            return Ok(json);
        } else {
            message!("its body is not valid JSON")
        };
        Err(Error::transport(TransportFault::Invalid(problem)))
    }
}

/// A [`VerifiedResponse`] that owns its bytes. Only [`VerifiedResponse::to_owned_response`] creates
/// one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedVerifiedResponse {
    status: u16,
    body: Vec<u8>,
}

impl OwnedVerifiedResponse {
    /// The verified response with borrowed bytes.
    #[must_use]
    pub fn as_verified(&self) -> VerifiedResponse<'_> {
        VerifiedResponse {
            status: self.status,
            body: &self.body,
        }
    }
}
