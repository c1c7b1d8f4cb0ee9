//! The APIv3 key, which the merchant sets on WeChat Pay's merchant platform. WeChat Pay encrypts
//! notifications and platform certificates with it (WeChat Pay merchant document 4012071382).

use std::fmt;

use zeroize::Zeroizing;

use crate::crypto::aes_256_gcm::{self, KEY_BYTES, NONCE_BYTES};
use crate::error::Error;
use crate::error::message::message;

/// An APIv3 key: the 32 bytes of an AES-256 key, which a person types as 32 characters. It is
/// zeroized when it is dropped and never printed.
pub struct Apiv3Key {
    // On the heap from the start: moving an array leaves copies of it on the stack.
    bytes: Zeroizing<Box<[u8]>>,
}

impl Apiv3Key {
    /// Reads an APIv3 key.
    ///
    /// # Errors
    /// [`Error::Config`] for `apiv3_key`: it is not 32 bytes long.
    ///
    /// ```
    /// use wechatpay_wasm::Apiv3Key;
    /// assert!(Apiv3Key::parse(b"a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb").is_ok());
    /// assert!(Apiv3Key::parse(b"a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb\n").is_err());
    /// ```
    pub fn parse(key: &[u8]) -> Result<Self, Error> {
        if key.len() == KEY_BYTES {
            return Ok(Self {
                bytes: Zeroizing::new(key.into()),
            });
        }
        let problem = message!(
            "must be the APIv3 key, {} bytes, not {}",
            KEY_BYTES,
            key.len()
        );
        Err(Error::config("apiv3_key", problem))
    }

    /// Decrypts a ciphertext of AEAD_AES_256_GCM (RFC 5116, section 5.2) with this key. `encrypted`
    /// is the ciphertext with its tag of 16 bytes at the end. The tag is always checked, in
    /// constant time, before anything is decrypted.
    ///
    /// `None` if the tag is not valid (it was made with another key, or a byte of the nonce, the
    /// associated data or the ciphertext was changed), or if the nonce is not 12 bytes long.
    #[must_use]
    pub fn decrypt(
        &self,
        nonce: &[u8],
        associated_data: &[u8],
        encrypted: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        self.decrypt_in_place(nonce, associated_data, encrypted.to_vec())
    }

    /// The same, where the ciphertext is not needed afterwards.
    pub(crate) fn decrypt_in_place(
        &self,
        nonce: &[u8],
        associated_data: &[u8],
        encrypted: Vec<u8>,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let key: &[u8; KEY_BYTES] = (**self.bytes).try_into().ok()?;
        let nonce: &[u8; NONCE_BYTES] = nonce.try_into().ok()?;
        aes_256_gcm::decrypt(key, nonce, associated_data, encrypted)
    }
}

impl fmt::Debug for Apiv3Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Apiv3Key([redacted])")
    }
}
