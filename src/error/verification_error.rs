//! The origin of a response, a notification or a file could not be verified.

use std::fmt;

use crate::time::clock_skew::ClockSkew;

/// Something came whose origin is not verified. A response's request may have been carried out all the
/// same; a notification must not be acted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationError {
    /// What did not hold.
    pub fault: VerificationFault,
    /// What was refused.
    pub unverified: Unverified,
    /// Its `Request-ID`, for WeChat Pay's support. It is as unverified as the rest.
    pub request_id: Option<String>,
    /// How wrong this machine's clock is by the response's `Date`, where it is.
    pub clock_skew: Option<ClockSkew>,
}

/// What was refused, since its origin is not verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unverified {
    /// The response to a request.
    Response {
        /// Its HTTP status.
        status: u16,
    },
    /// A file that was downloaded.
    File {
        /// Its HTTP status.
        status: u16,
    },
    /// A notification.
    Notification,
}

impl std::error::Error for VerificationError {}

impl fmt::Display for VerificationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = &self.fault;
        match self.unverified {
            Unverified::Response { status } => {
                write!(
                    formatter,
                    "the response (HTTP {status}) is not trusted: {fault}"
                )?;
                // With any other fault the clock is not what matters.
                if let (VerificationFault::Skew(_), Some(skew)) = (fault, &self.clock_skew) {
                    write!(formatter, "; {skew}")?;
                }
                formatter.write_str(
                    ". The request may have been carried out: query its state before you repeat it",
                )
            }
            Unverified::File { .. } => write!(
                formatter,
                "the file is not the one that WeChat Pay's signed response tells of, and must not be used: \
                 {fault}. Ask for it anew, since its URL holds for minutes alone"
            ),
            Unverified::Notification => {
                write!(
                    formatter,
                    "the notification is not verified to be WeChat Pay's and must not be acted on: {fault}"
                )?;
                if self.fault == VerificationFault::Invalid {
                    formatter.write_str(
                        ". Where it is WeChat Pay's all the same, its body was most likely parsed and \
                         written again (express.json(), then JSON.stringify), so that its bytes differ: \
                         hand over the raw bytes as they arrived",
                    )?;
                }
                Ok(())
            }
        }
    }
}

/// What did not hold in the signature of a response or a notification, or in the hash of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerificationFault {
    /// One of the four signature headers is not there.
    #[error("it carries no {0}")]
    Missing(&'static str),
    /// The signature is not one by the named key over these bytes.
    #[error("its signature does not hold over the bytes that arrived")]
    Invalid,
    /// The signature holds, but was made too long ago, or in the future. Seconds, timestamp − clock.
    #[error(
        "its timestamp is {0} s away from this machine's clock, and at most 300 s are allowed: \
         it is a replay, or this clock is wrong"
    )]
    Skew(i64),
    /// The key that it names is not in `certs`.
    #[error(
        "it is signed by a key {0}, which is not in certs: add that WeChat Pay public key or \
         platform certificate if WeChat Pay's merchant platform shows it as yours"
    )]
    UnknownSerial(String),
    /// The platform certificate that it is signed by, with this serial number, has expired, or does
    /// not hold yet.
    #[error(
        "it is signed by the platform certificate {0}, which has expired or does not hold yet: put \
         the one that WeChat Pay uses now into certs, or its public key"
    )]
    OutOfDate(String),
    /// The bytes of a file have another hash than the signed response gave.
    #[error("the {algorithm} of its {bytes} bytes is another{}", if *.gzip { GZIP } else { "" })]
    Hash {
        /// SHA1 or SHA256.
        algorithm: &'static str,
        /// How many bytes came.
        bytes: u64,
        /// Whether they begin as gzip does.
        gzip: bool,
    },
}

/// WeChat Pay's hash is that of the file before it was compressed.
const GZIP: &str = "; they begin as gzip does, and the hash is that of what is in it: \
                    where tar_type GZIP was asked for, give gzip: true";

impl VerificationFault {
    /// Whether another key might prove it: the one that is named is not known, or no longer.
    pub(crate) fn is_of_the_key(&self) -> bool {
        matches!(self, Self::UnknownSerial(_) | Self::OutOfDate(_))
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "ERR_SIGNATURE_MISSING",
            Self::Invalid => "ERR_SIGNATURE_INVALID",
            Self::Skew(_) => "ERR_TIMESTAMP_SKEW",
            // Nobody that is known now.
            Self::UnknownSerial(_) | Self::OutOfDate(_) => "ERR_SERIAL_UNKNOWN",
            Self::Hash { .. } => "ERR_HASH_MISMATCH",
        }
    }
}
