//! The hash of a file, which WeChat Pay's signed response gives, and the check that the file's
//! bytes have this hash, to the last byte. The file itself arrives unsigned.

use std::fmt;

use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::error::message::message;
use crate::error::{Error, Unverified, VerificationError, VerificationFault};

/// The hash that a file's bytes must have.
///
/// ```
/// use wechatpay_wasm::FileHash;
/// # fn main() -> Result<(), wechatpay_wasm::Error> {
/// let hash = FileHash::parse("SHA1", "a9993e364706816aba3e25717850c26c9cd0d89d")?;
/// let mut hasher = hash.hasher();
/// hasher.update(b"ab");
/// hasher.update(b"c");
/// hasher.finish(200)?;
/// assert_eq!(hash.hasher().finish(200).unwrap_err().code(), "ERR_HASH_MISMATCH");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum FileHash {
    /// SHA-1, which bills use. It still detects faults, and tampering by anybody who did not choose
    /// the file: only WeChat Pay could choose both of two files with the same hash.
    Sha1([u8; 20]),
    /// SHA-256.
    Sha256([u8; 32]),
}

impl FileHash {
    /// Reads `hash_type`, `SHA1` or `SHA256`, and `hash_value`, in hexadecimal of either case.
    ///
    /// # Errors
    /// [`Error::Validation`] for `hash_type` or `hash_value`.
    pub fn parse(hash_type: &str, hash_value: &str) -> Result<Self, Error> {
        let value_of = |digits: usize| {
            let problem = message!(
                "must be the hash of the file, {} hexadecimal digits",
                digits
            );
            Error::validation("hash_value", problem)
        };
        match hash_type {
            "SHA1" => bytes(hash_value)
                .map(Self::Sha1)
                .ok_or_else(|| value_of(40)),
            "SHA256" => bytes(hash_value)
                .map(Self::Sha256)
                .ok_or_else(|| value_of(64)),
            _ => Err(Error::validation(
                "hash_type",
                message!("must be SHA1 or SHA256"),
            )),
        }
    }

    /// Starts hashing.
    #[must_use]
    pub fn hasher(&self) -> FileHasher {
        FileHasher {
            expected: self.clone(),
            running: match self {
                Self::Sha1(_) => Running::Sha1(Sha1::new()),
                Self::Sha256(_) => Running::Sha256(Sha256::new()),
            },
            length: 0,
            begin: [0; 2],
        }
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Sha1(_) => "SHA1",
            Self::Sha256(_) => "SHA256",
        }
    }
}

impl fmt::Debug for FileHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FileHash({})", self.algorithm())
    }
}

/// `N` bytes in hexadecimal of either case.
fn bytes<const N: usize>(hexadecimal: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if hexadecimal.len() != 2 * N || !hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(hexadecimal.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// The SHA-256 of a file that is uploaded, and its length.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FileDigest {
    /// The hash.
    pub sha256: [u8; 32],
    /// Bytes.
    pub length: u64,
}

/// Hashes a file that is uploaded, part by part.
///
/// ```
/// let mut digester = wechatpay_wasm::FileDigester::default();
/// digester.update(b"ab");
/// digester.update(b"c");
/// assert_eq!(digester.finish().sha256[..2], [0xba, 0x78]);
/// ```
#[derive(Default)]
pub struct FileDigester {
    sha256: Sha256,
    length: u64,
}

impl FileDigester {
    /// Hashes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        self.sha256.update(bytes);
    }

    /// How many bytes were hashed.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The hash of the complete file.
    #[must_use]
    pub fn finish(self) -> FileDigest {
        FileDigest {
            sha256: self.sha256.finalize().into(),
            length: self.length,
        }
    }
}

enum Running {
    Sha1(Sha1),
    Sha256(Sha256),
}

/// Hashes a file's bytes while they arrive.
pub struct FileHasher {
    expected: FileHash,
    running: Running,
    length: u64,
    begin: [u8; 2],
}

impl FileHasher {
    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        let known = usize::try_from(self.length).unwrap_or(usize::MAX);
        for (begin, byte) in self.begin.iter_mut().skip(known).zip(bytes) {
            *begin = *byte;
        }
        self.length += bytes.len() as u64;
        match &mut self.running {
            Running::Sha1(sha1) => sha1.update(bytes),
            Running::Sha256(sha256) => sha256.update(bytes),
        }
    }

    /// How many bytes were added.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Verifies the file, which is complete now. `status` is the HTTP status of its response.
    ///
    /// # Errors
    /// [`Error::Verification`] with [`VerificationFault::Hash`] if even one bit of the file
    /// differs.
    pub fn finish(self, status: u16) -> Result<(), Error> {
        let matches = match (self.running, &self.expected) {
            (Running::Sha1(sha1), FileHash::Sha1(expected)) => sha1.finalize()[..] == expected[..],
            (Running::Sha256(sha256), FileHash::Sha256(expected)) => {
                sha256.finalize()[..] == expected[..]
            }
            _ => false,
        };
        if matches {
            return Ok(());
        }
        Err(Error::from(Box::new(VerificationError {
            fault: VerificationFault::Hash {
                algorithm: self.expected.algorithm(),
                bytes: self.length,
                gzip: self.begin == [0x1f, 0x8b],
            },
            unverified: Unverified::File { status },
            request_id: None,
            clock_skew: None,
            page: None,
        })))
    }
}

impl fmt::Debug for FileHasher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FileHasher")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
