//! What is computed of a file while its parts pass. The parts themselves stay with the host.
//!
//! ```
//! use wechatpay_wasm::FileHash;
//! use wechatpay_wasm::calls::passing_file::PassingFile;
//! # fn main() -> Result<(), wechatpay_wasm::Error> {
//! let hash = FileHash::parse("SHA1", "a9993e364706816aba3e25717850c26c9cd0d89d")?;
//! let mut file = PassingFile::hashed(hash.hasher(), 200);
//! file.pass(b"ab");
//! file.pass(b"c");
//! assert!(file.finish()?.is_none());
//! # Ok(())
//! # }
//! ```

use super::encrypted_file::EncryptedFile;
use crate::crypto::aes_256_gcm_parts::Decryption;
use crate::crypto::file_hash::{FileDigest, FileDigester, FileHasher};
use crate::error::{Error, Unverified, VerificationError, VerificationFault};

/// A file that passes.
pub struct PassingFile(State);

/// The number is the HTTP status of the file's response.
enum State {
    Digest(FileDigester),
    Hash(FileHasher, u16),
    Ciphertext(Box<EncryptedFile>, u16),
    Plaintext(Decryption),
}

impl PassingFile {
    /// A file to upload.
    #[must_use]
    pub fn to_upload() -> Self {
        Self(State::Digest(FileDigester::default()))
    }

    /// A downloaded file, and the HTTP status of its response.
    #[must_use]
    pub fn hashed(hasher: FileHasher, status: u16) -> Self {
        Self(State::Hash(hasher, status))
    }

    /// The ciphertext of a downloaded file, and the HTTP status of its response.
    #[must_use]
    pub fn encrypted(file: EncryptedFile, status: u16) -> Self {
        Self(State::Ciphertext(Box::new(file), status))
    }

    /// Adds the next part.
    pub fn pass(&mut self, part: &[u8]) {
        match &mut self.0 {
            State::Digest(digester) => digester.update(part),
            State::Hash(hasher, _) => hasher.update(part),
            State::Ciphertext(file, _) => file.0.update(part),
            State::Plaintext(_) => {}
        }
    }

    /// Decrypts the next part of a ciphertext whose tag is valid, in place. The tag is no part of it.
    pub fn decrypt(&mut self, part: &mut [u8]) {
        if let State::Plaintext(decryption) = &mut self.0 {
            decryption.apply(part);
        }
    }

    /// The hash of a file to upload, which is complete; `None` for any other.
    #[must_use]
    pub fn digest(self) -> Option<FileDigest> {
        match self.0 {
            State::Digest(digester) => Some(digester.finish()),
            _ => None,
        }
    }

    /// Verifies a downloaded file, which is complete. Gives what passes next: the same ciphertext, to be
    /// [decrypted](Self::decrypt).
    ///
    /// # Errors
    /// [`Error::Verification`]: its hash or its tag is another one.
    pub fn finish(self) -> Result<Option<Self>, Error> {
        match self.0 {
            State::Digest(_) | State::Plaintext(_) => Ok(None),
            State::Hash(hasher, status) => hasher.finish(status).map(|()| None),
            State::Ciphertext(file, status) => match file.0.finish() {
                Some(decryption) => Ok(Some(Self(State::Plaintext(decryption)))),
                None => Err(Error::from(Box::new(VerificationError {
                    fault: VerificationFault::Tag,
                    unverified: Unverified::File { status },
                    request_id: None,
                    clock_skew: None,
                    page: None,
                }))),
            },
        }
    }
}
