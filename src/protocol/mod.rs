//! WeChat Pay APIv3 itself: code that signs requests and verifies responses and notifications.
//!
//! Belongs here: what all calls share. A single endpoint is a file of `calls`.
//! May import: `keys`, `crypto`, `http`, `json`, `error`, `time`.

pub(crate) mod apiv3_key;
pub(crate) mod authorization;
pub(crate) mod certs;
pub(crate) mod encrypted_object;
pub mod environment;
pub(crate) mod error_response;
pub(crate) mod fields;
pub(crate) mod known_key;
pub(crate) mod merchant;
pub(crate) mod merchant_certificate;
pub mod platform_certificate;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod sensitive;
pub(crate) mod sign_information;
pub(crate) mod signature_headers;
pub(crate) mod signature_message;
pub(crate) mod signed_request;
pub(crate) mod unsigned_files;
pub(crate) mod verified_response;
