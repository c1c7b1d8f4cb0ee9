//! POST `/v3/security/echo` (WeChat Pay partner document 4015139289, merchant document 4014551946):
//! WeChat Pay returns the message that it received, in plain text and encrypted. The call shows
//! mistakes in the merchant number, the serial number, the private key and the key that verifies the
//! response. It shows nothing about the APIv3 key, and changes nothing.

use base64ct::{Base64, Encoding};

use crate::crypto::rsaes_oaep::OAEP_SEED_BYTES;
use crate::crypto::rsassa_pkcs1_v1_5::PrivateKey;
use crate::error::message::{Message, message};
use crate::error::{Error, TransportFault};
use crate::protocol::certs::Certs;
use crate::protocol::request::{Method, Request};
use crate::protocol::verified_response::VerifiedResponse;

const PATH: &str = "/v3/security/echo";

/// The message that WeChat Pay returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Echo {
    /// The message as it was sent.
    pub echo_message: String,
    /// The message that WeChat Pay encrypted for the merchant, decrypted; `None` if it encrypted
    /// none, and if the key is not known here.
    pub encrypted_echo_message: Option<String>,
    /// What the host is to decrypt, in base64, if it may have the key.
    pub ciphertext: Option<String>,
}

impl Echo {
    /// Its members, by their names on the wire.
    #[must_use]
    pub fn members(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("echo_message", Some(&self.echo_message)),
            (
                "encrypted_echo_message",
                self.encrypted_echo_message.as_deref(),
            ),
            ("ciphertext", self.ciphertext.as_deref()),
        ]
    }
}

/// The request before it is signed: `message` in plain text, and encrypted with a key of `certs`.
/// `Wechatpay-Serial` names that key, and WeChat Pay must sign the response with the same one.
/// `now` is in seconds since 1970. `seed` must be fresh random bytes.
///
/// # Errors
/// [`Error::Validation`] for `echo_message`: it is longer than the key can encrypt, 214 bytes with
/// 2048 bits. [`Error::Config`] for `certs` if no key in it is valid.
pub fn prepare(
    message: &str,
    certs: &Certs,
    now: u64,
    seed: &[u8; OAEP_SEED_BYTES],
) -> Result<Request, Error> {
    let (key_id, key) = certs.encryption_key(now)?;
    let encrypted = key.encrypt(message.as_bytes(), seed).ok_or_else(|| {
        Error::validation("echo_message", message!("is longer than a key can encrypt"))
    })?;
    Ok(Request::new(Method::Post, PATH)
        .repeatable(true)
        .encrypted_for(key_id)
        .json([
            ("echo_message", message),
            ("encrypted_echo_message", &Base64::encode_string(&encrypted)),
        ]))
}

/// Reads the response and decrypts its encrypted message if the private key is available. A remote
/// signer only signs and does not decrypt. `blinding` must be fresh random bytes.
///
/// # Errors
/// [`Error::Transport`] with [`TransportFault::Invalid`]: the response is WeChat Pay's, but its
/// message differs from `sent`, or its encrypted message cannot be decrypted with the merchant's
/// key.
pub fn process(
    response: &VerifiedResponse<'_>,
    sent: &str,
    private_key: Option<&PrivateKey>,
    blinding: &[u8; 32],
) -> Result<Echo, Error> {
    let invalid = |problem: Message| Error::transport(TransportFault::Invalid(problem));
    let (echo_message, encrypted) = response.object(|object| {
        Ok((
            object.text("echo_message")?,
            object.optional_text("encrypted_echo_message")?,
        ))
    })?;
    if echo_message != sent {
        return Err(invalid(message!(
            "its echo_message differs from the one that was sent"
        )));
    }
    let decrypt = |(encrypted, private_key): (String, &PrivateKey)| {
        Base64::decode_vec(&encrypted)
            .ok()
            .and_then(|encrypted| private_key.decrypt(&encrypted, blinding))
            .and_then(|text| String::from_utf8(text.to_vec()).ok())
            .ok_or_else(|| {
                invalid(message!(
                    "its encrypted_echo_message cannot be decrypted with the merchant's \
                     private key"
                ))
            })
    };
    let Some(private_key) = private_key else {
        return Ok(Echo {
            echo_message,
            encrypted_echo_message: None,
            ciphertext: encrypted,
        });
    };
    Ok(Echo {
        echo_message,
        encrypted_echo_message: encrypted
            .map(|each| decrypt((each, private_key)))
            .transpose()?,
        ciphertext: None,
    })
}
