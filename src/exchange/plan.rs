//! What a call is to do, and what it gives.

use zeroize::Zeroizing;

use super::failure::out_of_order;
use super::moment::Moment;
use super::notices::Notice;
use super::step::Step;
use crate::calls::chain::{EncryptedFields, encrypted};
use crate::calls::encrypt::Encrypted;
use crate::calls::{download, unverified_download};
use crate::error::Error;
use crate::http::base_url::BaseUrl;
use crate::protocol::certs::Certs;
use crate::protocol::platform_certificate::PlatformCertificate;
use crate::protocol::request::Request;
use crate::protocol::signature_headers::SignatureHeaders;
use crate::protocol::signed_request::SignedRequest;
use crate::protocol::verified_response::OwnedVerifiedResponse;

/// Makes a call's request once the keys are there: with these keys, at this time (seconds since 1970), and
/// with fresh random bytes.
pub type Prepare = Box<dyn FnOnce(&Certs, u64, &mut Moment) -> Result<Request, Error>>;

/// What a call is to do.
pub enum Plan {
    /// Send a request, whose response must be signed.
    Request {
        /// Makes the request.
        prepare: Prepare,
        /// The key that the request names, if its caller chose one: it must be known. WeChat Pay signs the
        /// response with it. If it were unknown, the request would be carried out and its response refused.
        key_id: Option<String>,
    },
    /// Download a file from one of the allowed hosts. The call is done when the file begins.
    File {
        /// The request.
        request: Request,
        /// The host.
        base_url: BaseUrl,
    },
    /// Download the platform certificates.
    Certificates,
    /// See to the key that a notification names, before its body is read: it is downloaded if it is not
    /// known, and the call fails if it is not known then.
    NotificationKey {
        /// The headers that the protocol reads.
        headers: SignatureHeaders,
    },
    /// Encrypt a text for WeChat Pay. Nothing is sent, unless keys are downloaded.
    Encryption {
        /// The text.
        text: Zeroizing<String>,
    },
    /// Sign a message in the merchant's name. Nothing is sent.
    Signature {
        /// The message.
        message: Vec<u8>,
    },
}

impl Plan {
    /// Download a file that has a hash.
    #[must_use]
    pub fn download(params: &download::Params) -> Self {
        Self::File {
            request: download::prepare(params),
            base_url: params.base_url().clone(),
        }
    }

    /// Download a file that has neither a signature nor a hash.
    #[must_use]
    pub fn unverified_download(params: &unverified_download::Params) -> Self {
        Self::File {
            request: unverified_download::prepare(params),
            base_url: params.base_url().clone(),
        }
    }

    /// A request with fields of its body encrypted once the keys are there: with the key that its caller
    /// chose, or else with the one that [`Certs::encryption_key`] chooses.
    #[must_use]
    pub fn with_encrypted_fields(
        request: Request,
        fields: EncryptedFields,
        key_id: Option<String>,
    ) -> Self {
        let named = key_id.clone();
        Self::Request {
            prepare: Box::new(move |certs, now, moment| {
                let random = moment.random.take()?;
                encrypted(request, &fields, named.as_deref(), certs, now, &random)
            }),
            key_id,
        }
    }
}

/// A call's result. Everything in it is verified, except where it says that it is not signed.
#[derive(Debug)]
pub enum Output {
    /// A verified response.
    Response(Reply),
    /// The file begins. Its parts are still to be hashed.
    File(FileHead),
    /// The platform certificates, which the client knows now.
    Certificates(Vec<PlatformCertificate>),
    /// The key is known that a notification names.
    NotificationKey,
    /// The encrypted text.
    Encrypted(Encrypted),
    /// A signature: RSASSA-PKCS1-v1_5 with SHA-256.
    Signature(Vec<u8>),
}

/// What only a fault of this package asks for: another output than the plan's.
macro_rules! output {
    ($($(#[$doc:meta])* $name:ident: $variant:pat => $value:expr, $type:ty;)*) => {
        impl Output {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// The plan has another output.
                pub fn $name(self) -> Result<$type, Error> {
                    match self {
                        $variant => Ok($value),
                        _ => Err(out_of_order()),
                    }
                }
            )*
        }
    };
}

output! {
    /// The response of [`Plan::Request`].
    response: Self::Response(reply) => reply, Reply;
    /// The beginning of [`Plan::File`]'s response.
    file: Self::File(head) => head, FileHead;
    /// The certificates of [`Plan::Certificates`].
    certificates: Self::Certificates(certificates) => certificates, Vec<PlatformCertificate>;
    /// The encrypted text of [`Plan::Encryption`].
    encrypted: Self::Encrypted(encrypted) => encrypted, Encrypted;
    /// The signature of [`Plan::Signature`].
    signature: Self::Signature(signature) => signature, Vec<u8>;
}

/// What is known of a file when it begins. WeChat Pay signed none of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHead {
    /// The HTTP status.
    pub status: u16,
    /// Whether the response has a signature, which no file has.
    pub signed: bool,
    /// The `Content-Type`.
    pub content_type: Option<String>,
}

/// A verified response, and what arrived beside it.
#[derive(Debug)]
pub struct Reply {
    /// The response.
    pub response: OwnedVerifiedResponse,
    /// The response's `Request-ID`, which is not signed.
    pub request_id: Option<String>,
    /// The request that was sent.
    pub sent: SignedRequest,
}

/// What a call does next, and what its hooks are told.
#[derive(Debug)]
pub struct Progressed {
    /// What happened, in order.
    pub notices: Vec<Notice>,
    /// What the host does next.
    pub step: Step<Output>,
}
