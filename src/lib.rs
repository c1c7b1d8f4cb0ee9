//! WeChat Pay APIv3, signed and verified in Rust, for every JavaScript runtime.
//!
//! The npm package `wechatpay-wasm` is this crate compiled to WebAssembly. The crate itself is a
//! pure core: bytes in, bytes out. It opens no connection, reads no clock and draws no random
//! bytes. The caller passes those in, so every byte that the crate produces can be tested without a
//! network. Only the module `wasm` (compiled for `wasm32` only) knows JavaScript.
//!
//! A call goes through the layers in one direction:
//!
//! ```text
//! parameters → Request → SignatureMessage → SignedRequest ─┐
//!                                                          ├ (I/O, not here)
//! typed result ← VerifiedResponse ← SignatureMessage ← Response ┘
//! ```
//!
//! ```
//! use wechatpay_wasm::calls::individual_contracts::pre_entrust_sign_app as call;
//! use wechatpay_wasm::{Response, SignatureHeaders, Attempt, Certs, Merchant};
//!
//! # fn main() -> Result<(), wechatpay_wasm::Error> {
//! # let private_key = include_bytes!("../tests/keys/merchant.pkcs8.pem");
//! # let public_key = include_bytes!("../tests/keys/wechatpay.spki.pem");
//! let merchant = Merchant::parse("1900007291", "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB", private_key)?;
//! let certs = Certs::parse([("PUB_KEY_ID_0119000072912024101100397200000006", public_key)], &merchant)?;
//!
//! // Prepare the request. The same request can be signed again for every attempt.
//! let params = call::Params::parse("wxd678efh567h23787", "APPLYMENT_00000000001")?;
//! let request = call::prepare(&params);
//!
//! // The caller supplies the clock and the random bytes.
//! let attempt = Attempt { timestamp: 1_554_208_460, random: [7; Attempt::RANDOM_BYTES] };
//! let signed = request.sign(&merchant, &certs, &attempt)?;
//! assert_eq!(signed.path_and_query(), "/v3/ecommerce/individual-contracts/pre-entrust-sign/app");
//!
//! // … send it, and verify the response before reading it.
//! let response = Response { status: 200, headers: SignatureHeaders::default(), body: b"{}" };
//! let refused = response.verify(&certs, 1_554_208_461, &signed).unwrap_err();
//! assert_eq!(refused.code(), "ERR_SIGNATURE_MISSING");
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs, unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::unwrap_used,
        clippy::use_debug
    )
)]
#![warn(clippy::pedantic)]
#![allow(clippy::doc_markdown, clippy::module_name_repetitions)]

pub mod calls;
mod crypto;
mod error;
mod exchange;
mod http;
mod json;
mod keys;
mod protocol;
mod rsa;
mod time;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use calls::notification::{
    MAX_NOTIFICATION_BYTES, Notification, NotificationRequest, VerifiedNotification,
};
pub use crypto::file_hash::{FileDigest, FileDigester, FileHash, FileHasher};
pub use crypto::rsaes_oaep::OAEP_SEED_BYTES;
pub use crypto::rsassa_pkcs1_v1_5::{PrivateKey, PublicKey};
pub use error::api_error::ApiError;
pub use error::{
    ConfigError, Error, Message, TransportError, TransportFault, Unverified, ValidationError,
    VerificationError, VerificationFault,
};
pub use exchange::budget::{Budget, CallOptions};
pub use exchange::call::Call;
pub use exchange::certificate_renewal::{Need, Renewal};
pub use exchange::client::{Client, Credentials, KeySource, Settings};
pub use exchange::failure::Failure;
pub use exchange::moment::{Clock, Moment, Random};
pub use exchange::notices::{Notice, Requested, Responded, Retried, Telling};
pub use exchange::notifications::Admission;
pub use exchange::notifications_of_several;
pub use exchange::plan::{Output, Plan, Prepare, Progressed, Reply};
pub use exchange::retry::{Progress, Retry};
pub use exchange::step::{Event, Send, Step};
pub use http::base_url::BaseUrl;
pub use http::path_and_query::PathAndQuery;
pub use http::uri_template::UriTemplate;
pub use keys::private_key::parse_private_key;
pub use keys::public_key::parse_public_key;
pub use protocol::apiv3_key::Apiv3Key;
pub use protocol::certs::Certs;
pub use protocol::environment;
pub use protocol::fields::{
    Appid, CredType, Openid, OutContractCode, PermissionType, PreEntrustwebId,
};
pub use protocol::merchant::Merchant;
pub use protocol::platform_certificate::PlatformCertificate;
pub use protocol::request::{Attempt, Method, Request, USER_AGENT};
pub use protocol::response::{MAX_RESPONSE_BYTES, Response};
pub use protocol::sensitive::Sensitive;
pub use protocol::signature_headers::SignatureHeaders;
pub use protocol::signature_message::{pay_message, request_message, response_message};
pub use protocol::signed_request::{SignedRequest, UnsignedRequest};
pub use protocol::verified_response::{OwnedVerifiedResponse, VerifiedResponse};
pub use time::clock_skew::ClockSkew;
