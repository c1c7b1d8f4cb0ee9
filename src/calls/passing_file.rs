//! What is computed of a file while its parts pass. The parts themselves stay with the host.

use crate::crypto::aes_256_gcm_parts::{Authentication, Decryption};
use crate::crypto::file_hash::{FileDigester, FileHasher};
use crate::error::{Error, Unverified, VerificationError, VerificationFault};

/// A file that passes, and the HTTP status of its response if it is downloaded.
pub(crate) enum PassingFile {
    /// A file to upload.
    Digest(FileDigester),
    /// A downloaded file, with what its hash must be.
    Hash(FileHasher, u16),
    /// The ciphertext of a downloaded file, whose tag is to be checked.
    Ciphertext(Box<Authentication>, u16),
    /// The same ciphertext, whose tag is valid, once more.
    Plaintext(Decryption),
}

impl PassingFile {
    /// Adds the next part.
    pub(crate) fn pass(&mut self, part: &[u8]) {
        match self {
            Self::Digest(digester) => digester.update(part),
            Self::Hash(hasher, _) => hasher.update(part),
            Self::Ciphertext(authentication, _) => authentication.update(part),
            Self::Plaintext(_) => {}
        }
    }

    /// Decrypts the next part, in place.
    pub(crate) fn decrypt(&mut self, part: &mut [u8]) {
        if let Self::Plaintext(decryption) = self {
            decryption.apply(part);
        }
    }

    /// Ends the file, and gives what passes next: the same ciphertext, to be decrypted.
    ///
    /// # Errors
    /// [`Error::Verification`]: its hash or its tag is another one.
    pub(crate) fn finish(self) -> Result<Option<Self>, Error> {
        match self {
            Self::Digest(_) | Self::Plaintext(_) => Ok(None),
            Self::Hash(hasher, status) => hasher.finish(status).map(|()| None),
            Self::Ciphertext(authentication, status) => {
                let decryption = authentication.finish().ok_or_else(|| {
                    Error::from(Box::new(VerificationError {
                        fault: VerificationFault::Tag,
                        unverified: Unverified::File { status },
                        request_id: None,
                        clock_skew: None,
                        page: None,
                    }))
                })?;
                Ok(Some(Self::Plaintext(decryption)))
            }
        }
    }
}
