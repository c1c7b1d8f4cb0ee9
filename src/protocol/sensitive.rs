//! Plain sensitive text, which leaves this process encrypted or not at all.

use std::fmt;

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::crypto::rsaes_oaep::OAEP_SEED_BYTES;
use crate::crypto::rsassa_pkcs1_v1_5::PublicKey;
use crate::error::Error;

/// The longest sensitive text that a call takes, in characters.
const LONGEST: usize = 64;

/// A name, or the number of an identity document, of 1 to 64 characters. Zeroized when it is dropped;
/// never printed, and in no error.
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
    /// [`Error::Validation`] for that field: it is empty, longer than 64 characters, or holds a
    /// character that does not print (a line end that came along when it was copied).
    pub fn parse(field: &'static str, text: &str) -> Result<Self, Error> {
        let refused = |problem: String| Err(Error::validation(field, problem));
        if text.is_empty() {
            return refused(format!("is empty; 1 to {LONGEST} characters are needed"));
        }
        let length = text.chars().count();
        if length > LONGEST {
            return refused(format!(
                "has {length} characters; at most {LONGEST} are allowed"
            ));
        }
        if let Some(index) = text.chars().position(char::is_control) {
            let position = index + 1;
            return refused(format!(
                "has at position {position} a character that does not print"
            ));
        }
        Ok(Self {
            field,
            text: Zeroizing::new(text.to_owned()),
        })
    }

    /// Encrypts it with a key of WeChat Pay's: RSAES-OAEP, in base64. `seed` must be fresh random bytes.
    ///
    /// # Errors
    /// [`Error::Validation`] for the field: in UTF-8, its 64 characters may take up to 256 bytes, and a
    /// key of 2048 bits encrypts 214.
    pub fn encrypt(&self, key: &PublicKey, seed: &[u8; OAEP_SEED_BYTES]) -> Result<String, Error> {
        let encrypted = key.encrypt(self.text.as_bytes(), seed).ok_or_else(|| {
            let (length, longest) = (self.text.len(), key.longest_text());
            let problem = format!(
                "has {length} bytes in UTF-8; WeChat Pay's key can encrypt {longest} at most"
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
