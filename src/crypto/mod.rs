//! Cryptography by its RFC names, over bytes: RSASSA-PKCS1-v1_5, RSAES-OAEP, AES-256-GCM, file hashes.
//!
//! Belongs here: an algorithm that takes keys and bytes and gives bytes. How a key is written in a
//! file is the business of `keys`; what is signed or encrypted is the business of `protocol`.
//! May import: `rsa`, `error`.

pub(crate) mod aes_256_gcm;
pub(crate) mod file_hash;
pub(crate) mod rsaes_oaep;
pub(crate) mod rsassa_pkcs1_v1_5;
