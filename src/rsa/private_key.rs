//! RSADP and RSASP1 (RFC 8017, sections 5.1.2 and 5.2.1) by the Chinese remainder theorem: the private
//! operation, blinded, and checked against the public key.
//!
//! c^d mod n is combined from m₁ = c^dP mod p and m₂ = c^dQ mod q. U = q·qInv mod n is 1 modulo p
//! and 0 modulo q, so c^d = m₂ + (m₁ − m₂)·U mod n. This takes one multiplication modulo n. It
//! needs no arithmetic modulo p, and does not depend on which of p and q is larger.

use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use super::blinding::Blinding;
use super::kernel::TwoPowers;
use super::powers::Powers;
use super::public_key::PublicNumbers;
use super::ring::Residue;
use super::stack;
use super::words;

/// The numbers of a private key, big-endian, by their names in RFC 8017 (appendix A.1.2).
pub(crate) struct PrivateComponents<'a> {
    /// The private exponent d.
    pub private_exponent: &'a [u8],
    /// The prime factors p and q, in either order.
    pub primes: [&'a [u8]; 2],
    /// d mod (p − 1) and d mod (q − 1).
    pub exponents: [&'a [u8]; 2],
    /// q⁻¹ mod p.
    pub coefficient: &'a [u8],
}

/// A private key's secret numbers. They are wiped on drop.
pub(crate) struct PrivateNumbers {
    primes: [Zeroizing<Vec<u32>>; 2],
    exponents: [Zeroizing<Vec<u32>>; 2],
    /// U, in Montgomery's form.
    idempotent: Box<Zeroizing<Residue>>,
    powers: Powers,
    blinding: Mutex<Option<Blinding>>,
}

impl PrivateNumbers {
    /// Accepts the numbers if they are consistent, and returns `None` otherwise:
    ///
    /// - n = p·q, p ≠ q, both odd and of the same length;
    /// - e·d ≡ e·dP ≡ 1 (mod p − 1) and e·d ≡ e·dQ ≡ 1 (mod q − 1), with d < n, dP < p and dQ < q;
    /// - q·qInv ≡ 1 (mod p), with qInv < p.
    ///
    /// If p and q are primes, the public key then verifies every signature of this key. Whether they are
    /// primes is not tested here: a composite shows in the first signature, unless it was chosen not to
    /// (Carmichael numbers), and every signature is checked. No comparison of numbers ends early, and there
    /// is no division.
    ///
    /// `kernel` computes the powers if it can, until it returns a wrong result.
    pub(crate) fn new(
        public: &PublicNumbers,
        parts: &PrivateComponents<'_>,
        kernel: Option<TwoPowers>,
    ) -> Option<Self> {
        stack::wiped(|| Self::consistent(public, parts)).map(|mut numbers| {
            numbers.powers.use_kernel(kernel);
            numbers
        })
    }

    fn consistent(public: &PublicNumbers, parts: &PrivateComponents<'_>) -> Option<Self> {
        let modulus = public.ring.modulus();
        let [p, q] = parts.primes.map(number);
        let bits = words::bits(&p);
        if bits != words::bits(&q) || p.len() != q.len() {
            return None;
        }
        let length = p.len();
        let mut product = Zeroizing::new(vec![0; 2 * length]);
        words::multiply(&mut product, &p, &q);
        let above = product
            .get(modulus.len()..)?
            .iter()
            .fold(0, |or, word| or | word);
        let odd = p.first()? & q.first()? & 1 == 1;
        let is_product = words::equal(product.get(..modulus.len())?, modulus) && above == 0;
        if words::equal(&p, &q) || !odd || !is_product {
            return None;
        }

        let d = padded(parts.private_exponent, modulus.len())?;
        let exponents = parts.exponents.map(|exponent| padded(exponent, length));
        let [d_p, d_q] = exponents;
        let (d_p, d_q) = (d_p?, d_q?);
        let fits = words::less(&d, modulus)
            && inverse_modulo(&p, public.exponent, &d)
            && inverse_modulo(&q, public.exponent, &d)
            && inverse_modulo(&p, public.exponent, &d_p)
            && inverse_modulo(&q, public.exponent, &d_q)
            && words::less(&d_p, &p)
            && words::less(&d_q, &q);
        if !fits {
            return None;
        }

        let coefficient = padded(parts.coefficient, length)?;
        if !words::less(&coefficient, &p) {
            return None;
        }
        // U = q·qInv, which is below p·q.
        words::multiply(&mut product, &q, &coefficient);
        let idempotent = public.ring.enter(product.get(..modulus.len())?);
        let idempotent = Box::new(Zeroizing::new(idempotent));
        // q·qInv ≡ 1 (mod p), if and only if U·q ≡ q (mod n).
        let mut widened = Zeroizing::new(vec![0; modulus.len()]);
        for (to, from) in widened.iter_mut().zip(q.iter()) {
            *to = *from;
        }
        if !words::equal(&public.ring.times(&widened, &idempotent), &widened) {
            return None;
        }

        Some(Self {
            powers: Powers::new([&p, &q]),
            primes: [p, q],
            exponents: [d_p, d_q],
            idempotent,
            blinding: Mutex::new(None),
        })
    }

    /// `c^d mod n` for c below n, blinded with numbers from `seed`; `None` if the powers are wrong.
    ///
    /// The result is checked against the public key before it is returned: a single fault in one of
    /// the two powers would reveal the factors (Boneh, DeMillo, Lipton 1997).
    pub(crate) fn power(
        &self,
        public: &PublicNumbers,
        base: &[u32],
        seed: &[u8; 32],
    ) -> Option<Zeroizing<Vec<u32>>> {
        stack::wiped(|| self.checked_power(public, base, seed))
    }

    fn checked_power(
        &self,
        public: &PublicNumbers,
        base: &[u32],
        seed: &[u8; 32],
    ) -> Option<Zeroizing<Vec<u32>>> {
        loop {
            let (power, by_kernel) = self.blinded_power(public, base, seed);
            if public.is_power(&power, base) {
                return Some(power);
            }
            // The blinding pair is older than the discovery of the fault, so it is not trusted either.
            *self.blinding() = None;
            if !by_kernel {
                return None;
            }
            self.powers.abandon_kernel();
        }
    }

    fn blinded_power(
        &self,
        public: &PublicNumbers,
        base: &[u32],
        seed: &[u8; 32],
    ) -> (Zeroizing<Vec<u32>>, bool) {
        // The pair is taken out while it is used, so no lock is held. A concurrent signature makes
        // its own.
        let stored = self.blinding().take();
        let blinding = stored.unwrap_or_else(|| Blinding::new(public, seed));
        let blinded = blinding.blind(&public.ring, base);
        let (power, by_kernel) = self.crt_power(public, &blinded);
        let power = blinding.unblind(&public.ring, &power);
        *self.blinding() = blinding.next(&public.ring);
        (power, by_kernel)
    }

    fn blinding(&self) -> std::sync::MutexGuard<'_, Option<Blinding>> {
        self.blinding.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The power, and whether a kernel took part in it.
    fn crt_power(&self, public: &PublicNumbers, base: &[u32]) -> (Zeroizing<Vec<u32>>, bool) {
        let [for_p, for_q] = &self.exponents;
        let ([modulo_p, modulo_q], by_kernel) = self.powers.powers(base, [for_p, for_q]);
        // m₁ − m₂ + 2·p. It is positive, since q is below 2·p. The added 2·p changes nothing, since
        // U·p is a multiple of n.
        let [p, _] = &self.primes;
        let mut difference = Zeroizing::new(vec![0; p.len() + 1]);
        words::add(&mut difference, &modulo_p, !0);
        words::add(&mut difference, p, !0);
        words::add(&mut difference, p, !0);
        words::subtract(&mut difference, &modulo_q, !0);
        let mut power = public.ring.times(&difference, &self.idempotent);
        let carry = words::add(&mut power, &modulo_q, !0);
        words::reduce_once(&mut power, carry, public.ring.modulus());
        (power, by_kernel)
    }
}

/// Whether e·x ≡ 1 modulo `prime` − 1, which means that e·x − 1 is a multiple of `prime` − 1. The
/// factors of 2 in `prime` − 1 are removed from both first. The time depends on the number of these
/// factors alone.
fn inverse_modulo(prime: &[u32], exponent: u64, x: &[u32]) -> bool {
    let mut order = Zeroizing::new(prime.to_vec());
    words::subtract(&mut order, &[1], !0);
    let e = [words::low(exponent), words::low(exponent >> 32)];
    // One word more than the product has; see below.
    let mut product = Zeroizing::new(vec![0; x.len() + 3]);
    words::multiply(&mut product, x, &e);
    let negative = words::subtract(&mut product, &[1], !0);

    let twos = order.iter().take_while(|word| **word == 0).count() * 32;
    let twos = twos
        + order
            .get(twos / 32)
            .map_or(0, |word| word.trailing_zeros() as usize);
    let mut lowest = Zeroizing::new(product.to_vec());
    words::keep(&mut lowest, twos);
    let even = lowest.iter().fold(0, |or, word| or | word) == 0;
    words::shift_right(&mut order, twos);
    words::shift_right(&mut product, twos);

    // The quotient has so few words that quotient and order together are not longer than the
    // product. A remainder of zero then means that quotient times order equals the product, and not
    // only modulo the product's length.
    let words = product.len().saturating_sub(order.len());
    let mut quotient = Zeroizing::new(vec![0; words]);
    words::divide_exactly(&mut quotient, &mut product, &order);
    even && negative == 0 && product.iter().fold(0, |or, word| or | word) == 0
}

/// A number without leading zero words.
fn number(big_endian: &[u8]) -> Zeroizing<Vec<u32>> {
    Zeroizing::new(words::significant(big_endian).0)
}

/// A number of `length` words; `None` if it is longer.
fn padded(big_endian: &[u8], length: usize) -> Option<Zeroizing<Vec<u32>>> {
    let zeros = big_endian.iter().take_while(|byte| **byte == 0).count();
    let significant = big_endian.get(zeros..)?;
    let mut number = Zeroizing::new(vec![0; length]);
    words::read(&mut number, significant);
    (significant.len() <= 4 * length).then_some(number)
}
