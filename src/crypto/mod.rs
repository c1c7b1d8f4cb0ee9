//! Cryptography under its RFC names: RSASSA-PKCS1-v1_5, RSAES-OAEP, AES-256-GCM, file hashes.
//!
//! Belongs here: an algorithm that takes keys and bytes and returns bytes. `keys` knows how a key
//! is written in a file, and `protocol` knows what is signed or encrypted.
//! May import: `rsa`, `error`.

pub(crate) mod aes_256_gcm;
pub(crate) mod aes_256_gcm_parts;
pub(crate) mod file_hash;
pub(crate) mod rsaes_oaep;
pub(crate) mod rsassa_pkcs1_v1_5;
