//! Plain sensitive text. It leaves this process only after it is encrypted.

use std::fmt;

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::crypto::rsaes_oaep::OAEP_SEED_BYTES;
use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::Error;
use crate::error::message::{Message, message};

/// The maximum length of a sensitive text, in characters.
const LONGEST: usize = 64;

/// A name or the number of an identity document, of 1 to 64 characters. It is zeroized when it is
/// dropped. It is never printed, and no error contains it.
#[derive(Clone, PartialEq, Eq)]
pub struct Sensitive {
    /// Its name on the wire.
    field: &'static str,
    text: Zeroizing<String>,
}

impl Sensitive {
    /// Reads the text of a field.
    ///
    /// # Errors
    /// [`Error::Validation`] for that field: it is empty, longer than 64 characters, or contains a
    /// control character (such as a line end that was copied with it).
    pub fn parse(field: &'static str, text: &str) -> Result<Self, Error> {
        let refused = |problem: Message| Err(Error::validation(field, problem));
        if text.is_empty() {
            return refused(message!("is empty; 1 to {} characters are needed", LONGEST));
        }
        let length = text.chars().count();
        if length > LONGEST {
            return refused(message!(
                "has {} characters; at most {} are allowed",
                length,
                LONGEST
            ));
        }
        if let Some(index) = text.chars().position(char::is_control) {
            let position = index + 1;
            return refused(message!("has at position {} a control character", position));
        }
        Ok(Self {
            field,
            text: Zeroizing::new(text.to_owned()),
        })
    }

    /// Encrypts it with a key of WeChat Pay: RSAES-OAEP, in base64. `seed` must be fresh random
    /// bytes.
    ///
    /// # Errors
    /// [`Error::Validation`] for the field: 64 characters can be up to 256 bytes in UTF-8, and a
    /// key of 2048 bits encrypts at most 214.
    pub fn encrypt(&self, key: &PublicKey, seed: &[u8; OAEP_SEED_BYTES]) -> Result<String, Error> {
        let encrypted = key.encrypt(self.text.as_bytes(), seed).ok_or_else(|| {
            let (length, longest) = (self.text.len(), key.longest_text());
            let problem = message!(
                "has {} bytes in UTF-8; WeChat Pay's key can encrypt {} at most",
                length,
                longest
            );
            Error::validation(self.field, problem)
        })?;
        Ok(Base64::encode_string(&encrypted))
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sensitive([redacted])")
    }
}
