//! Key files and certificates: PEM, DER, PKCS#8, PKCS#1, SubjectPublicKeyInfo, X.509, serial numbers.
//!
//! Belongs here: code that reads a key or a certificate from the bytes of a file, and that says
//! what is wrong with a file that has none.
//! May import: `crypto`, `error`, `time`.

pub(crate) mod algorithm_identifier;
pub(crate) mod certificate;
pub(crate) mod der;
pub(crate) mod pem;
pub(crate) mod private_key;
pub(crate) mod public_key;
pub(crate) mod serial_number;
