//! An encrypted part of a JSON document: the `resource` of a notification, or the
//! `encrypt_certificate` of a platform certificate (WeChat Pay merchant document 4012071382).

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use super::apiv3_key::Apiv3Key;
use crate::crypto::aes_256_gcm::NONCE_BYTES;
use crate::error::message::{Message, message};
use crate::json::{Object, OtherForm};

/// The members that describe the encryption, and the ciphertext.
pub(crate) struct EncryptedObject {
    /// The type of the data before it was encrypted.
    pub(crate) original_type: Option<String>,
    algorithm: String,
    nonce: String,
    associated_data: Option<String>,
    /// The ciphertext with its tag at the end, in base64.
    ciphertext: String,
}

/// Why it cannot be decrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DecryptionFault {
    /// It does not have the documented form. The text says what is wrong.
    Form(Message),
    /// The tag is not valid: the key is another one, or the data was changed.
    Tag,
}

impl EncryptedObject {
    pub(crate) fn read(object: Object<'_>) -> Result<Self, OtherForm> {
        Ok(Self {
            original_type: object.optional_text("original_type")?,
            algorithm: object.text("algorithm")?,
            nonce: object.text("nonce")?,
            associated_data: object.optional_text("associated_data")?,
            ciphertext: object.text("ciphertext")?,
        })
    }

    /// Decrypts it. The ciphertext is gone afterwards: it may be large, and memory is small.
    pub(crate) fn decrypt(
        &mut self,
        key: &Apiv3Key,
    ) -> Result<Zeroizing<Vec<u8>>, DecryptionFault> {
        // The only documented algorithm. Another one may be weaker, and its parameters have other
        // meanings.
        if self.algorithm != "AEAD_AES_256_GCM" {
            return Err(DecryptionFault::Form(message!(
                "its algorithm is not AEAD_AES_256_GCM, the only one that this version decrypts"
            )));
        }
        if self.nonce.len() != NONCE_BYTES {
            return Err(DecryptionFault::Form(message!(
                "its nonce is not 12 bytes long"
            )));
        }
        let encrypted = Base64::decode_vec(&std::mem::take(&mut self.ciphertext))
            .map_err(|_| DecryptionFault::Form(message!("its ciphertext is not base64")))?;
        let associated_data = self.associated_data.as_deref().unwrap_or_default();
        key.decrypt_in_place(self.nonce.as_bytes(), associated_data.as_bytes(), encrypted)
            .ok_or(DecryptionFault::Tag)
    }
}
