//! RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2), and the RSA primitives that RSAES-OAEP
//! uses (`rsaes_oaep.rs`).
//!
//! Only this module calls the RSA arithmetic. It receives keys as components; how a key is written
//! in a file (PKCS#8, X.509 …) is not its concern.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::error::message::{Message, message};
use crate::rsa::{PrivateNumbers, PublicNumbers, significant_words};

pub(crate) use crate::rsa::{Kernel, PrivateComponents};

/// The length in bits of the shortest accepted modulus: WeChat Pay issues it, and it is still
/// considered safe.
pub(crate) const MIN_BITS: usize = 2048;
/// The length in bits of the longest accepted modulus. Longer ones take too much time.
pub(crate) const MAX_BITS: usize = 4096;

/// Why the numbers are not an accepted key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyFault {
    /// The modulus has this many bits, which is fewer than [`MIN_BITS`] or more than [`MAX_BITS`].
    Size(usize),
    /// The numbers do not belong together, or the public exponent is out of bounds.
    Inconsistent,
}

impl KeyFault {
    /// The text for the person who gave the key.
    pub(crate) fn advice(self) -> Message {
        match self {
            Self::Size(bits) => message!(
                "is an RSA key of {} bits; WeChat Pay uses 2048, and {} to {} \
                 are accepted",
                bits,
                MIN_BITS,
                MAX_BITS
            ),
            Self::Inconsistent => {
                message!("is damaged: its numbers do not make an RSA key; get the file again")
            }
        }
    }
}

/// A private RSA key of 2048 to 4096 bits. Zeroized when it is dropped; never printed.
pub struct PrivateKey {
    numbers: PrivateNumbers,
    public: PublicKey,
}

impl PrivateKey {
    pub(crate) fn from_components(
        modulus: &[u8],
        public_exponent: &[u8],
        parts: &PrivateComponents<'_>,
        kernel: Option<Kernel>,
    ) -> Result<Self, KeyFault> {
        let mut public = PublicKey::from_components(modulus, public_exponent)?;
        public.use_kernel(kernel);
        let two_powers = kernel.map(|kernel| kernel.two_powers);
        let numbers =
            PrivateNumbers::new(&public.0, parts, two_powers).ok_or(KeyFault::Inconsistent)?;
        Ok(Self { numbers, public })
    }

    /// Signs `message`, blinded with numbers drawn from `blinding`, which must be fresh random
    /// bytes. The signature does not depend on them.
    ///
    /// The signature is checked against the public key before it is returned: a single fault in the
    /// CRT computation would reveal the factors (Boneh, DeMillo, Lipton 1997).
    ///
    /// # Errors
    /// [`Error::Config`] for `private_key`: the signature was not valid, and was discarded. Its p or q is
    /// no prime, which only a signature shows, or the machine is faulty.
    pub fn sign(&self, message: &[u8], blinding: &[u8; 32]) -> Result<Vec<u8>, Error> {
        encode(message, self.public.bytes())
            .and_then(|encoded| self.decrypt_representative(&encoded, blinding))
            .map(|signature| signature.to_vec())
            .ok_or_else(|| Error::config("private_key", KeyFault::Inconsistent.advice()))
    }

    /// RSADP (section 5.1.2), which is also RSASP1 (section 5.2.1), of as many bytes as the modulus
    /// has, blinded and checked. `None` if they are not a number below the modulus, or if the
    /// arithmetic failed.
    pub(crate) fn decrypt_representative(
        &self,
        ciphertext: &[u8],
        blinding: &[u8; 32],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let public = &self.public.0;
        let power = self
            .numbers
            .power(public, &public.read(ciphertext)?, blinding)?;
        Some(public.write(&power))
    }

    /// The public key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrivateKey([redacted])")
    }
}

/// A public RSA key of 2048 to 4096 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(PublicNumbers);

impl PublicKey {
    pub(crate) fn from_components(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyFault> {
        let (modulus, bits) = significant_words(modulus);
        if !(MIN_BITS..=MAX_BITS).contains(&bits) {
            return Err(KeyFault::Size(bits));
        }
        PublicNumbers::new(&modulus, exponent)
            .map(Self)
            .ok_or(KeyFault::Inconsistent)
    }

    /// Lets `kernel` do the computation where it can.
    pub(crate) fn use_kernel(&mut self, kernel: Option<Kernel>) {
        self.0.use_kernel(kernel.map(|kernel| kernel.public_power));
    }

    /// Whether `signature` is this key's RSASSA-PKCS1-v1_5 signature with SHA-256 over `message`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        // The message is encoded again and compared completely (section 8.2.2). Nothing is parsed.
        encode(message, self.bytes())
            .and_then(|encoded| self.0.read(&encoded))
            .zip(self.0.read(signature))
            .is_some_and(|(encoded, number)| self.0.is_power(&number, &encoded))
    }

    /// RSAEP (section 5.1.1) of as many bytes as the modulus has, the first of them zero.
    pub(crate) fn encrypt_representative(&self, text: &[u8]) -> Option<Vec<u8>> {
        if text.first() != Some(&0) {
            return None;
        }
        self.0.power(text).map(|ciphertext| ciphertext.to_vec())
    }

    /// The length of the modulus in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.0.bytes()
    }

    /// The length of the modulus in bits.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.0.bits()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PublicKey(RSA, {} bits)", self.bits())
    }
}

/// The DER of a DigestInfo with SHA-256, up to the digest (section 9.2, note 1).
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// EMSA-PKCS1-v1_5 (section 9.2): `00 01 ff … ff 00`, the DigestInfo, `length` bytes of it.
fn encode(message: &[u8], length: usize) -> Option<Vec<u8>> {
    let digest = Sha256::digest(message);
    let padding = length.checked_sub(3 + DIGEST_INFO.len() + digest.len())?;
    let mut encoded = Vec::with_capacity(length);
    encoded.extend([0, 1]);
    encoded.resize(2 + padding, 0xff);
    encoded.push(0);
    encoded.extend(DIGEST_INFO);
    encoded.extend(digest);
    Some(encoded)
}
