//! The required identity of the payee: a name and an identity document, which are sent encrypted.

use zeroize::Zeroizing;

use crate::crypto::rsaes_oaep::OAEP_SEED_BYTES;
use crate::error::Error;
use crate::protocol::certs::Certs;
use crate::protocol::fields::CredType;
use crate::protocol::sensitive::Sensitive;

/// A person's name and identity document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The name on the document: 1 to 64 characters.
    pub real_name: Sensitive,
    /// The kind of document.
    pub cred_type: CredType,
    /// The number on the document: 1 to 64 characters.
    pub cred_id: Sensitive,
}

/// The same in the form that is sent, with each encrypted text in base64.
pub(super) struct EncryptedIdentity {
    real_name: String,
    cred_type: CredType,
    cred_id: String,
}

impl EncryptedIdentity {
    /// The members of a body.
    pub(super) fn members(&self) -> [(&'static str, &str); 3] {
        [
            ("real_name", &self.real_name),
            ("cred_type", self.cred_type.as_str()),
            ("cred_id", &self.cred_id),
        ]
    }
}

impl Identity {
    /// How many random bytes it takes to encrypt the name and the number.
    pub const SEED_BYTES: usize = 2 * OAEP_SEED_BYTES;

    /// Reads an identity.
    ///
    /// # Errors
    /// [`Error::Validation`] for the first of `real_name`, `cred_type` and `cred_id` that breaks
    /// its limits. No error contains any part of their values.
    pub fn parse(real_name: &str, cred_type: &str, cred_id: &str) -> Result<Self, Error> {
        Ok(Self {
            real_name: Sensitive::parse("real_name", real_name)?,
            cred_type: CredType::parse(cred_type)?,
            cred_id: Sensitive::parse("cred_id", cred_id)?,
        })
    }

    /// Encrypts it with the encryption key of `certs` at `now`. Returns the id of that key, too.
    pub(super) fn encrypt<'c>(
        &self,
        certs: &'c Certs,
        now: u64,
        seeds: &[u8; Self::SEED_BYTES],
    ) -> Result<(EncryptedIdentity, &'c str), Error> {
        let (id, key) = certs.encryption_key(now)?;
        // Two different seeds: with the same seed, equal texts would give equal ciphertexts.
        let mut parts = [[0; OAEP_SEED_BYTES]; 2].map(Zeroizing::new);
        for (part, seed) in parts.iter_mut().zip(seeds.chunks_exact(OAEP_SEED_BYTES)) {
            part.copy_from_slice(seed);
        }
        let [for_name, for_number] = parts;
        let encrypted = EncryptedIdentity {
            real_name: self.real_name.encrypt(key, &for_name)?,
            cred_type: self.cred_type,
            cred_id: self.cred_id.encrypt(key, &for_number)?,
        };
        Ok((encrypted, id))
    }
}
