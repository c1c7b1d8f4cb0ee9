//! Encrypts a text for WeChat Pay (RSAES-OAEP; WeChat Pay merchant document 4013053257). Nothing is sent.

use base64ct::{Base64, Encoding};

use crate::crypto::rsaes_oaep::OAEP_SEED_BYTES;
use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::Error;
use crate::error::message::{Message, message};
use crate::protocol::certs::Certs;

/// An encrypted text, and the key that encrypted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encrypted {
    /// The encrypted text in base64, as a request has it.
    pub ciphertext: String,
    /// The id of the key. The request names it in `Wechatpay-Serial`.
    pub serial: String,
}

impl Encrypted {
    /// Its members, by their names on the wire.
    #[must_use]
    pub fn members(&self) -> [(&'static str, Option<&str>); 2] {
        [
            ("ciphertext", Some(&self.ciphertext)),
            ("serial", Some(&self.serial)),
        ]
    }
}

/// Encrypts `text` with the key that [`Certs::encryption_key`] chooses at `now` (seconds since 1970). `seed`
/// must be fresh random bytes.
///
/// # Errors
/// [`Error::Validation`] for `text`: it is longer than the key can encrypt, 214 bytes with 2048 bits.
/// [`Error::Config`] for `certs` if no key in it is valid.
pub fn encrypt(
    certs: &Certs,
    now: u64,
    text: &str,
    seed: &[u8; OAEP_SEED_BYTES],
) -> Result<Encrypted, Error> {
    let (id, key) = certs.encryption_key(now)?;
    Ok(Encrypted {
        ciphertext: encrypt_with(key, text, seed)
            .map_err(|long| Error::validation("text", long))?,
        serial: id.to_owned(),
    })
}

/// Encrypts `text` with `key`; the problem where it is too long.
pub(crate) fn encrypt_with(
    key: &PublicKey,
    text: &str,
    seed: &[u8; OAEP_SEED_BYTES],
) -> Result<String, Message> {
    let encrypted = key.encrypt(text.as_bytes(), seed).ok_or_else(|| {
        let (length, longest) = (text.len(), key.longest_text());
        message!(
            "has {} bytes in UTF-8; WeChat Pay's key can encrypt {} at most",
            length,
            longest
        )
    })?;
    Ok(Base64::encode_string(&encrypted))
}
