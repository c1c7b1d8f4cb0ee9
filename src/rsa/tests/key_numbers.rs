//! Keys as numbers, for tests that compute with them and damage them.

use std::sync::LazyLock;

use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::traits::PrivateKeyParts;
use sha2::{Digest, Sha256};

use super::super::kernel::TwoPowers;
use super::super::{PrivateComponents, PrivateNumbers, PublicNumbers, significant_words};
use super::BigUint;

/// A generator that hashes a counter with SHA-256, so that the keys are the same in every run.
pub(super) struct Counter(u64, Vec<u8>);

impl TryRng for Counter {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_be_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, target: &mut [u8]) -> Result<(), Self::Error> {
        for byte in target {
            if self.1.is_empty() {
                self.1 = Sha256::digest(self.0.to_be_bytes()).to_vec();
                self.0 += 1;
            }
            *byte = self.1.pop().expect("is not empty");
        }
        Ok(())
    }
}

impl TryCryptoRng for Counter {}

/// 64 primes p of 1024 bits. e = 65537 is coprime to each p − 1.
pub(super) fn primes() -> &'static [BigUint] {
    static PRIMES: LazyLock<Vec<BigUint>> = LazyLock::new(|| primes_of(1024, 64));
    &PRIMES
}

/// `count` primes of `bits` bits, the same in every run.
pub(super) fn primes_of(bits: usize, count: usize) -> Vec<BigUint> {
    let mut random = Counter(0, Vec::new());
    let mut primes = Vec::new();
    while primes.len() < count {
        let key = rsa::PrivateKey::new_unchecked(&mut random, 2 * bits).expect("is made");
        for prime in key.primes() {
            primes.push(BigUint::from_bytes_be(&prime.to_be_bytes()));
        }
    }
    primes
}

/// The numbers of a key, as in a key file.
#[derive(Clone)]
pub(super) struct Numbers {
    pub n: BigUint,
    pub e: BigUint,
    pub d: BigUint,
    pub p: BigUint,
    pub q: BigUint,
    pub d_p: BigUint,
    pub d_q: BigUint,
    pub q_inv: BigUint,
}

impl Numbers {
    pub(super) fn of(p: &BigUint, q: &BigUint) -> Self {
        Self::with(p, q, &BigUint::from(65_537_u32))
    }

    /// Consistent numbers, whether p and q are primes or not.
    pub(super) fn with(p: &BigUint, q: &BigUint, e: &BigUint) -> Self {
        let (p_1, q_1) = (p - 1_u32, q - 1_u32);
        let d = e.modinv(&(&p_1 * &q_1)).expect("is coprime");
        Self {
            n: p * q,
            d_p: &d % p_1,
            d_q: &d % q_1,
            q_inv: q.modinv(p).expect("is coprime"),
            e: e.clone(),
            d,
            p: p.clone(),
            q: q.clone(),
        }
    }

    /// An RSAPrivateKey (RFC 8017, appendix A.1.2), followed by the bytes `others`.
    pub(super) fn to_der(&self, version: u8, others: &[u8]) -> Vec<u8> {
        let Self { n, e, d, p, q, .. } = self;
        let numbers = [n, e, d, p, q, &self.d_p, &self.d_q, &self.q_inv];
        let integers = numbers.map(|number| integer(&number.to_bytes_be()));
        let version = integer(&[version]);
        tagged(0x30, &[&version, &*integers.concat(), others].concat())
    }

    pub(super) fn parse(&self) -> Option<(PublicNumbers, PrivateNumbers)> {
        self.parse_for(None)
    }

    pub(super) fn parse_for(
        &self,
        kernel: Option<TwoPowers>,
    ) -> Option<(PublicNumbers, PrivateNumbers)> {
        let (modulus, _) = significant_words(&self.n.to_bytes_be());
        let public = PublicNumbers::new(&modulus, &self.e.to_bytes_be())?;
        let private = PrivateNumbers::new(
            &public,
            &PrivateComponents {
                private_exponent: &self.d.to_bytes_be(),
                primes: [&self.p.to_bytes_be(), &self.q.to_bytes_be()],
                exponents: [&self.d_p.to_bytes_be(), &self.d_q.to_bytes_be()],
                coefficient: &self.q_inv.to_bytes_be(),
            },
            kernel,
        )?;
        Some((public, private))
    }
}

/// A non-negative INTEGER in DER.
pub(super) fn integer(big_endian: &[u8]) -> Vec<u8> {
    let sign: &[u8] = if big_endian[0] < 0x80 { &[] } else { &[0] };
    tagged(2, &[sign, big_endian].concat())
}

/// A tag, a length and a value in DER.
pub(super) fn tagged(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let zeros = length.iter().take_while(|byte| **byte == 0).count();
    let length = &length[zeros..];
    let long = 0x80 | u8::try_from(length.len()).expect("is short");
    let head = match *length {
        [] => vec![tag, 0],
        [short] if short < 0x80 => vec![tag, short],
        _ => [&[tag, long], length].concat(),
    };
    [&head, value].concat()
}
