//! A sealed part of a JSON document: the `resource` of a notification, the `encrypt_certificate` of a
//! platform certificate (WeChat Pay merchant document 4012071382).

use base64ct::{Base64, Encoding};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::aead::NONCE_BYTES;
use crate::apiv3_key::Apiv3Key;

/// The members that say how it is sealed, and the sealed text itself.
#[derive(Deserialize)]
pub(crate) struct Sealed {
    /// What it was before it was sealed.
    pub(crate) original_type: Option<String>,
    algorithm: String,
    nonce: String,
    associated_data: Option<String>,
    /// The ciphertext, its tag at its end, in base64.
    ciphertext: String,
}

/// Why it does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SealedFault {
    /// It is not what the documents say; in words, what of it is not.
    Form(&'static str),
    /// The tag does not hold: the key is another one, or the text was changed.
    Tag,
}

impl Sealed {
    /// Opens it.
    pub(crate) fn open(&self, key: &Apiv3Key) -> Result<Zeroizing<Vec<u8>>, SealedFault> {
        // The one that there is. Another is perhaps weaker, and its parameters mean something else.
        if self.algorithm != "AEAD_AES_256_GCM" {
            return Err(SealedFault::Form(
                "its algorithm is not AEAD_AES_256_GCM, the only one that this version opens",
            ));
        }
        if self.nonce.len() != NONCE_BYTES {
            return Err(SealedFault::Form("its nonce is not 12 bytes long"));
        }
        let sealed = Base64::decode_vec(&self.ciphertext)
            .map_err(|_| SealedFault::Form("its ciphertext is not base64"))?;
        let associated_data = self.associated_data.as_deref().unwrap_or_default();
        key.open(self.nonce.as_bytes(), associated_data.as_bytes(), &sealed)
            .ok_or(SealedFault::Tag)
    }
}
