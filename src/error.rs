//! The one error type. Its variants say who is at fault.

use std::borrow::Cow;
use std::fmt;

use crate::api_error::ApiError;
use crate::clock_skew::ClockSkew;

/// Why a call did not give its result.
///
/// No variant ever holds key material, an Authorization header or a plain sensitive field. Each is boxed,
/// so that what may fail hands on a pointer and not a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Our side: the client was set up with something unusable. Nothing was sent, but where the
    /// problem says otherwise.
    #[error(transparent)]
    Config(#[from] Box<ConfigError>),
    /// Our side: a parameter is missing or breaks its limits. Nothing was sent.
    #[error(transparent)]
    Validation(#[from] Box<ValidationError>),
    /// WeChat Pay answered, and the answer is an error.
    #[error(transparent)]
    Api(#[from] Box<ApiError>),
    /// Somebody answered, or notified, and it cannot be shown that it was WeChat Pay.
    #[error(transparent)]
    Verification(#[from] Box<VerificationError>),
    /// The network, or a host between: there is no usable answer.
    #[error(transparent)]
    Transport(#[from] Box<TransportError>),
}

impl Error {
    /// The stable code that a program may compare: `ERR_…` for what this package found, and
    /// WeChat Pay's own code (`PARAM_ERROR`, `SIGN_ERROR` …) for what WeChat Pay answered.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Config(_) => "ERR_CONFIG",
            Self::Validation(_) => "ERR_PARAM",
            Self::Api(error) => &error.code,
            Self::Verification(error) => error.fault.code(),
            Self::Transport(error) => error.fault.code(),
        }
    }

    pub(crate) fn config(
        option: impl Into<Cow<'static, str>>,
        problem: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::Config(Box::new(ConfigError {
            option: option.into(),
            problem: problem.into(),
        }))
    }

    pub(crate) fn validation(
        field: impl Into<Cow<'static, str>>,
        problem: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::Validation(Box::new(ValidationError {
            field: field.into(),
            problem: problem.into(),
        }))
    }

    pub(crate) fn transport(fault: TransportFault) -> Self {
        Self::Transport(Box::new(TransportError { fault, attempts: 1 }))
    }
}

/// An option of the client is unusable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{option}: {problem}")]
pub struct ConfigError {
    /// The option's name, in `snake_case`.
    pub option: Cow<'static, str>,
    /// What is wrong with it, and what to do.
    pub problem: Cow<'static, str>,
}

/// A parameter of a call is missing or breaks its limits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct ValidationError {
    /// The field's name as WeChat Pay spells it on the wire.
    pub field: Cow<'static, str>,
    /// What is wrong with it, and what to do. The value itself is never quoted.
    pub problem: Cow<'static, str>,
}

/// Something came whose origin is not proven. An answer's request may have been carried out all the
/// same; a notification must not be acted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationError {
    /// What did not hold.
    pub fault: VerificationFault,
    /// What was refused.
    pub unproven: Unproven,
    /// Its `Request-ID`, for WeChat Pay's support. It is as unproven as the rest.
    pub request_id: Option<String>,
    /// How wrong this machine's clock is by the answer's `Date`, where it is.
    pub clock_skew: Option<ClockSkew>,
}

/// What was refused, since its origin is not proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unproven {
    /// The answer to a request.
    Answer {
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
        match self.unproven {
            Unproven::Answer { status } => {
                write!(
                    formatter,
                    "the answer (HTTP {status}) is not trusted: {fault}"
                )?;
                // With any other fault the clock is not what matters.
                if let (VerificationFault::Skew(_), Some(skew)) = (fault, &self.clock_skew) {
                    write!(formatter, "; {skew}")?;
                }
                formatter.write_str(
                    ". The request may have been carried out: query its state before you repeat it",
                )
            }
            Unproven::File { .. } => write!(
                formatter,
                "the file is not the one that WeChat Pay's signed answer tells of, and must not be used: \
                 {fault}. Ask for it anew, since its URL holds for minutes alone"
            ),
            Unproven::Notification => {
                write!(
                    formatter,
                    "the notification is not proven to be WeChat Pay's and must not be acted on: {fault}"
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

/// What did not hold in the signature of an answer or a notification, or in the hash of a file.
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
    /// The bytes of a file have another hash than the signed answer gave.
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

    fn code(&self) -> &'static str {
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

/// There is no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault}{}", repeated(*.attempts))]
pub struct TransportError {
    /// What happened.
    pub fault: TransportFault,
    /// How many times the request was sent, or tried to be.
    pub attempts: u32,
}

/// How often the request was sent, for the end of a sentence; nothing where it was sent once.
fn repeated(attempts: u32) -> String {
    match attempts {
        0 | 1 => String::new(),
        _ => format!(" ({attempts} attempts)"),
    }
}

/// What happened on the way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportFault {
    /// The connection failed or broke. WeChat Pay may have received the request.
    #[error(
        "the connection failed or broke before the answer was whole. \
         The request may have been carried out: query its state before you repeat it"
    )]
    Network,
    /// No whole answer within the time, in milliseconds.
    #[error(
        "no whole answer within {0} ms. \
         The request may have been carried out: query its state before you repeat it"
    )]
    Timeout(u32),
    /// The answer points elsewhere. WeChat Pay never does.
    #[error(
        "the answer (HTTP {0}) is a redirect, which is never followed: check the base URL and proxies"
    )]
    Redirect(u16),
    /// The answer is larger than [`MAX_ANSWER_BYTES`](crate::MAX_ANSWER_BYTES).
    #[error("the answer is larger than 1 MiB, and reading it was stopped")]
    TooLarge,
    /// The file is larger than it may be, in bytes.
    #[error(
        "the file is larger than {0} bytes, and reading it was stopped; maxBytes sets the limit"
    )]
    FileTooLarge(u64),
    /// The answer cannot be what was asked for.
    #[error("the answer is unusable: {0}")]
    Invalid(Cow<'static, str>),
}

impl TransportFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Network => "ERR_NETWORK",
            Self::Timeout(_) => "ERR_TIMEOUT",
            Self::Redirect(_) => "ERR_REDIRECT",
            Self::TooLarge | Self::FileTooLarge(_) => "ERR_RESPONSE_TOO_LARGE",
            Self::Invalid(_) => "ERR_RESPONSE_INVALID",
        }
    }
}
