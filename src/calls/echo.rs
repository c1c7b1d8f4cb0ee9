//! POST `/v3/security/echo` (WeChat Pay partner document 4015139289, merchant document 4014551946): says
//! back what it was told, in clear and encrypted. Whatever is wrong with a merchant's keys and serial
//! numbers shows itself here, and nothing is changed by it.

use base64ct::{Base64, Encoding};

use crate::crypto::rsaes_oaep::OAEP_SEED_BYTES;
use crate::crypto::rsassa_pkcs1_v1_5::PrivateKey;
use crate::error::{Error, TransportFault};
use crate::protocol::certs::Certs;
use crate::protocol::request::{Method, Request};
use crate::protocol::verified_response::VerifiedResponse;

const PATH: &str = "/v3/security/echo";

/// A message that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Echo {
    /// The message, as it was sent.
    pub echo_message: String,
    /// What WeChat Pay encrypted for the merchant, opened; `None` where it encrypted nothing.
    pub encrypted_echo_message: Option<String>,
}

/// The request, not signed yet: `message` in clear, and encrypted with the key of `certs` that it names in
/// `Wechatpay-Serial`, which must be the same that signs the response. `now` is in seconds since 1970;
/// `seed` must be fresh random bytes.
///
/// # Errors
/// [`Error::Validation`] for `echo_message`: it is longer than the key can encrypt, 214 bytes with 2048
/// bits. [`Error::Config`] for `certs` without a key that holds.
pub fn prepare(
    message: &str,
    certs: &Certs,
    now: u64,
    seed: &[u8; OAEP_SEED_BYTES],
) -> Result<Request, Error> {
    let (key_id, key) = certs.encryption_key(now)?;
    let encrypted = key
        .encrypt(message.as_bytes(), seed)
        .ok_or_else(|| Error::validation("echo_message", "is longer than a key can encrypt"))?;
    Ok(Request::new(Method::Post, PATH)
        .repeatable(true)
        .encrypted_for(key_id)
        .json([
            ("echo_message", message),
            ("encrypted_echo_message", &Base64::encode_string(&encrypted)),
        ]))
}

/// Reads the response, and opens what is encrypted in it, where the private key is known: a signer of the
/// caller's own signs, and opens nothing. `blinding` must be fresh random bytes.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`]: the response is WeChat Pay's, but it is another
/// message than `sent`, or what is encrypted in it does not open with the merchant's key.
pub fn process(
    response: &VerifiedResponse<'_>,
    sent: &str,
    private_key: Option<&PrivateKey>,
    blinding: &[u8; 32],
) -> Result<Echo, Error> {
    let invalid = |problem: &'static str| Error::transport(TransportFault::Invalid(problem.into()));
    let (echo_message, encrypted) = response.object(|object| {
        Ok((
            object.text("echo_message")?,
            object.optional_text("encrypted_echo_message")?,
        ))
    })?;
    if echo_message != sent {
        return Err(invalid("its echo_message is another than was sent"));
    }
    let decrypt = |(encrypted, private_key): (String, &PrivateKey)| {
        Base64::decode_vec(&encrypted)
            .ok()
            .and_then(|encrypted| private_key.decrypt(&encrypted, blinding))
            .and_then(|text| String::from_utf8(text.to_vec()).ok())
            .ok_or_else(|| {
                invalid("its encrypted_echo_message does not open with the merchant's private key")
            })
    };
    Ok(Echo {
        echo_message,
        encrypted_echo_message: encrypted.zip(private_key).map(decrypt).transpose()?,
    })
}
