//! The origin of a response, a notification or a file could not be verified.

use std::fmt;

use super::api_error::{with_page, with_skew};
use super::message::{Message, message};
use crate::time::clock_skew::ClockSkew;

/// A response, a notification or a file arrived whose origin is not verified. WeChat Pay may have
/// carried out the request of such a response all the same. A program must not act on such a
/// notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationError {
    /// Which check failed.
    pub fault: VerificationFault,
    /// What was rejected.
    pub unverified: Unverified,
    /// Its `Request-ID`, for WeChat Pay's support. It is not verified either.
    pub request_id: Option<String>,
    /// How far this machine's clock is off, according to the response's `Date`; `None` if it is
    /// right.
    pub clock_skew: Option<ClockSkew>,
    /// What the response is if nobody signed it and it is no JSON: its content type and its first words.
    pub page: Option<Message>,
}

/// What was rejected because its origin is not verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unverified {
    /// The response to a request.
    Response {
        /// Its HTTP status.
        status: u16,
    },
    /// A downloaded file.
    File {
        /// Its HTTP status.
        status: u16,
    },
    /// A notification.
    Notification,
}

impl Unverified {
    /// The HTTP status; `None` for a notification.
    #[must_use]
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Response { status } | Self::File { status } => Some(status),
            Self::Notification => None,
        }
    }
}

impl std::error::Error for VerificationError {}

impl fmt::Display for VerificationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(formatter)
    }
}

impl VerificationError {
    pub(super) fn text(&self) -> Message {
        let (fault, invalid) = (self.fault.text(), self.fault == VerificationFault::Invalid);
        match self.unverified {
            Unverified::Response { status } => {
                let text = message!("the response (HTTP {}) is not trusted: {}", status, fault);
                let text = match &self.fault {
                    // For any other fault the clock is not the cause.
                    VerificationFault::Skew(_) => with_skew(text, self.clock_skew),
                    VerificationFault::Invalid => message!(
                        "{}: it was changed on its way, or the key that certs has under the id that it \
                         names is not WeChat Pay's",
                        text
                    ),
                    _ => text,
                };
                message!(
                    "{}. The request may have been carried out: query its state before you repeat it",
                    with_page(text, self.page.as_ref())
                )
            }
            Unverified::File { .. } => message!(
                "the file is not the one that WeChat Pay's signed response describes, and must not be \
                 used: {}. Request its download_url again: a URL is valid only for some minutes",
                fault
            ),
            Unverified::Notification => {
                let text = message!(
                    "the notification is not verified to be WeChat Pay's and must not be acted on: {}",
                    fault
                );
                if self.fault == VerificationFault::Probe {
                    message!("{}. Answer it with 401, as notificationResponse does", text)
                } else if invalid {
                    message!(
                        "{}. If WeChat Pay did send it, either its body was parsed and serialized again \
                         (express.json(), then JSON.stringify), so that its bytes differ: pass the raw \
                         bytes as they arrived. Or the key that certs has under the id that it names \
                         is another one: compare it with the one that the merchant platform shows",
                        text
                    )
                } else {
                    text
                }
            }
        }
    }
}

/// Which check failed: of the signature of a response or a notification, or of the hash of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerificationFault {
    /// One of the four signature headers is missing.
    Missing(&'static str),
    /// One of the four signature headers contains a control character. HTTP allows none.
    Malformed(&'static str),
    /// The signature is one that WeChat Pay sends on purpose, to see who verifies. Anybody else can send
    /// it, too: it is never valid.
    Probe,
    /// The signature over these bytes was not made with the key that is named.
    Invalid,
    /// The signature is valid, but its timestamp is too old or in the future. In seconds: timestamp
    /// − clock.
    Skew(i64),
    /// The key that it names is not in `certs`. Empty where the id cannot be shown.
    UnknownSerial(String),
    /// The platform certificate with this serial number, which signed it, has expired or is not
    /// valid yet.
    OutOfDate(String),
    /// The tag of an encrypted file is not valid.
    Tag,
    /// The hash of the file's bytes differs from the one in the signed response.
    Hash {
        /// SHA1 or SHA256.
        algorithm: &'static str,
        /// How many bytes arrived.
        bytes: u64,
        /// Whether the bytes begin with the magic number of gzip.
        gzip: bool,
    },
}

/// How a probe's signature begins.
pub(crate) const PROBE: &str = "WECHATPAY/SIGNTEST/";

impl VerificationFault {
    /// Whether another key might verify it: the named key is not known, or not valid now.
    pub(crate) fn is_of_the_key(&self) -> bool {
        matches!(self, Self::UnknownSerial(_) | Self::OutOfDate(_))
    }

    /// Whether a download of platform certificates might bring the key: an unknown id must have the form
    /// of a serial number, which is hexadecimal.
    pub(crate) fn may_be_downloaded(&self) -> bool {
        match self {
            Self::UnknownSerial(id) => {
                !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit())
            }
            fault => fault.is_of_the_key(),
        }
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "ERR_SIGNATURE_MISSING",
            Self::Probe => "ERR_SIGNATURE_PROBE",
            Self::Invalid | Self::Malformed(_) => "ERR_SIGNATURE_INVALID",
            Self::Skew(_) => "ERR_TIMESTAMP_SKEW",
            // No key that is valid now.
            Self::UnknownSerial(_) | Self::OutOfDate(_) => "ERR_SERIAL_UNKNOWN",
            Self::Hash { .. } | Self::Tag => "ERR_HASH_MISMATCH",
        }
    }

    fn text(&self) -> Message {
        match self {
            Self::Missing(name) => message!("it has no {} header", name),
            Self::Malformed(name) => message!(
                "its {} header contains a control character, such as a line feed",
                name
            ),
            Self::Probe => message!(
                "its signature begins with {}, which WeChat Pay sends on purpose to see who verifies. \
                 It was refused, as it should be",
                PROBE
            ),
            Self::Invalid => message!("its signature is not valid for the bytes that arrived"),
            Self::Skew(seconds) => message!(
                "its timestamp is {} s away from this machine's clock, and at most 300 s are allowed: \
                 it is a replay, or this clock is wrong",
                seconds
            ),
            Self::UnknownSerial(id) if id.is_empty() => message!(
                "it is signed by a key whose id cannot be shown, which is not in certs: add that WeChat \
                 Pay public key or platform certificate if WeChat Pay's merchant platform shows it as \
                 yours"
            ),
            Self::UnknownSerial(id) => message!(
                "it is signed by a key {}, which is not in certs: add that WeChat Pay public key or \
                 platform certificate if WeChat Pay's merchant platform shows it as yours",
                id
            ),
            Self::OutOfDate(serial) => message!(
                "it is signed by the platform certificate {}, which has expired or is not valid yet: put \
                 the current platform certificate or WeChat Pay's public key into certs",
                serial
            ),
            Self::Tag => message!(
                "its GCM tag is not valid: its bytes were changed, or encrypt_key and nonce are those of \
                 another file"
            ),
            Self::Hash {
                algorithm,
                bytes,
                gzip: false,
            } => message!("the {} of its {} bytes does not match", algorithm, bytes),
            // WeChat Pay computes the hash before it compresses the file.
            Self::Hash {
                algorithm, bytes, ..
            } => message!(
                "the {} of its {} bytes does not match; they look like gzip, and WeChat Pay's hash is that \
                 of the uncompressed file: if you requested tar_type GZIP, give gzip: true",
                algorithm,
                bytes
            ),
        }
    }
}

impl fmt::Display for VerificationFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(formatter)
    }
}
