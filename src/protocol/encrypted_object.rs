//! A encrypted part of a JSON document: the `resource` of a notification, the `encrypt_certificate` of a
//! platform certificate (WeChat Pay merchant document 4012071382).

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use super::apiv3_key::Apiv3Key;
use crate::crypto::aes_256_gcm::NONCE_BYTES;
use crate::json::{Object, OtherForm};

/// The members that say how it is encrypted, and the encrypted text itself.
pub(crate) struct EncryptedObject {
    /// What it was before it was encrypted.
    pub(crate) original_type: Option<String>,
    algorithm: String,
    nonce: String,
    associated_data: Option<String>,
    /// The ciphertext, its tag at its end, in base64.
    ciphertext: String,
}

/// Why it does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecryptionFault {
    /// It is not what the documents say; in words, what of it is not.
    Form(&'static str),
    /// The tag does not hold: the key is another one, or the text was changed.
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

    /// Opens it.
    pub(crate) fn decrypt(&self, key: &Apiv3Key) -> Result<Zeroizing<Vec<u8>>, DecryptionFault> {
        // The one that there is. Another is perhaps weaker, and its parameters mean something else.
        if self.algorithm != "AEAD_AES_256_GCM" {
            return Err(DecryptionFault::Form(
                "its algorithm is not AEAD_AES_256_GCM, the only one that this version opens",
            ));
        }
        if self.nonce.len() != NONCE_BYTES {
            return Err(DecryptionFault::Form("its nonce is not 12 bytes long"));
        }
        let encrypted = Base64::decode_vec(&self.ciphertext)
            .map_err(|_| DecryptionFault::Form("its ciphertext is not base64"))?;
        let associated_data = self.associated_data.as_deref().unwrap_or_default();
        key.decrypt(
            self.nonce.as_bytes(),
            associated_data.as_bytes(),
            &encrypted,
        )
        .ok_or(DecryptionFault::Tag)
    }
}
