//! The type of a key: AlgorithmIdentifier (RFC 5280, section 4.1.1.2).

use super::der::{OBJECT_IDENTIFIER, Reader};

/// rsaEncryption, 1.2.840.113549.1.1.1 (RFC 8017, appendix A.1).
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// id-ecPublicKey, 1.2.840.10045.2.1 (RFC 5480, section 2.1.1).
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

/// The algorithms that this crate distinguishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Rsa,
    EllipticCurves,
    Other,
}

impl Algorithm {
    /// `SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }`
    pub(crate) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.sequence(|fields| {
            let algorithm = match fields.content(OBJECT_IDENTIFIER)? {
                RSA_ENCRYPTION => Self::Rsa,
                EC_PUBLIC_KEY => Self::EllipticCurves,
                // The last arc must be complete. The arcs themselves make no difference.
                [.., 0..0x80] => Self::Other,
                _ => return None,
            };
            if fields.end().is_none() {
                fields.any()?;
            }
            Some(algorithm)
        })
    }
}
