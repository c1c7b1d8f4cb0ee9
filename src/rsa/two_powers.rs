//! Two powers at once, modulo two primes of 1024 bits: most of the time of a signature.
//!
//! Operands and results are words, so that any arithmetic can compute with them, in this module's
//! memory or in another module's. In the constants, R is B^L, which depends on the arithmetic.

use super::arithmetic::Arithmetic;
use super::recode;
use super::scan::{Modulus, multiply, significant, significant_mut, sum};
use super::window::{Workspace, power};

/// The length of a prime in words.
pub(crate) const PRIME_WORDS: usize = 32;

/// The width of a digit of [`fused`](super::fused) in bits.
pub(crate) const FUSED_BITS: usize = 47;
/// The number of these digits.
pub(crate) const FUSED_DIGITS: usize = 22;

/// The length of −m⁻¹ mod B⁴ in words; it has at most 188 bits.
pub(crate) const INVERSE_WORDS: usize = 6;

/// The constants of a prime, for one arithmetic.
#[derive(Clone)]
#[repr(C)]
pub(crate) struct Prime {
    /// p
    pub number: [u32; PRIME_WORDS],
    /// B^−4 mod p
    pub fold: [u32; PRIME_WORDS],
    /// R² mod p
    pub entry: [u32; PRIME_WORDS],
    /// 2^1024·R² mod p
    pub upper_entry: [u32; PRIME_WORDS],
    /// −p⁻¹ mod B⁴
    pub inverse: [u32; INVERSE_WORDS],
}

/// The operands: `base` to the power of each exponent, modulo each prime.
#[derive(Clone)]
#[repr(C)]
pub(crate) struct Operands {
    pub primes: [Prime; 2],
    pub exponents: [[u32; PRIME_WORDS]; 2],
    pub base: [u32; 2 * PRIME_WORDS],
    /// The powers, each with a zero word above it.
    pub powers: [[u32; PRIME_WORDS + 1]; 2],
}

impl Prime {
    pub(crate) const EMPTY: Self = Self {
        number: [0; PRIME_WORDS],
        fold: [0; PRIME_WORDS],
        entry: [0; PRIME_WORDS],
        upper_entry: [0; PRIME_WORDS],
        inverse: [0; INVERSE_WORDS],
    };

    /// Overwrites it with zeros.
    pub(crate) fn wipe(&mut self) {
        *self = Self::EMPTY;
        // The compiler must not remove the writes.
        core::hint::black_box(self);
    }
}

impl Operands {
    pub(crate) const EMPTY: Self = Self {
        primes: [Prime::EMPTY, Prime::EMPTY],
        exponents: [[0; PRIME_WORDS]; 2],
        base: [0; 2 * PRIME_WORDS],
        powers: [[0; PRIME_WORDS + 1]; 2],
    };
}

impl Drop for Operands {
    fn drop(&mut self) {
        for prime in &mut self.primes {
            prime.wipe();
        }
        self.exponents = [[0; PRIME_WORDS]; 2];
        self.base = [0; 2 * PRIME_WORDS];
        self.powers = [[0; PRIME_WORDS + 1]; 2];
        core::hint::black_box(self);
    }
}

/// Computes the powers.
pub(crate) fn two_powers<A: Arithmetic>(operands: &mut Operands, workspace: &mut Workspace<A>) {
    let [p, q] = &operands.primes;
    let modulus = modulus::<A>(p, q);
    let length = modulus.length();
    let number = |[p, q]: [&[u32]; 2]| number::<A>(length, [p, q]);

    let (lower, upper) = operands.base.split_at(PRIME_WORDS);
    let entry = number([&p.entry, &q.entry]);
    let upper_entry = number([&p.upper_entry, &q.upper_entry]);
    let unit = number([&[1], &[1]]);

    let scratch = &mut workspace.scratch;
    let (mut x, mut y, mut base, mut one) = (A::NOTHING, A::NOTHING, A::NOTHING, A::NOTHING);
    // c·R = lower·R²/R + upper·2^1024·R²/R. Both halves are below 2^1024, which is at most twice a
    // prime of 1024 bits. A factor may be as large as that.
    multiply(&modulus, scratch, &mut x, &number([lower, lower]), &entry);
    multiply(
        &modulus,
        scratch,
        &mut y,
        &number([upper, upper]),
        &upper_entry,
    );
    sum(&modulus, &mut base, &x, &y);
    multiply(&modulus, scratch, &mut one, &entry, &unit);

    let [for_p, for_q] = &operands.exponents;
    x = *power(&modulus, workspace, &one, &base, [for_p, for_q]);
    multiply(&modulus, &mut workspace.scratch, &mut y, &x, &unit);

    let digits = significant::<A>(&y, length);
    let powers = operands.powers.iter_mut().zip(&operands.primes);
    for (lane, (power, prime)) in powers.enumerate() {
        recode::read::<A>(power, digits, lane, &prime.number);
    }
}

pub(crate) fn modulus<A: Arithmetic>(p: &Prime, q: &Prime) -> Modulus<A> {
    Modulus::new(
        PRIME_WORDS * 32,
        [&p.number, &q.number],
        [&p.fold, &q.fold],
        [&p.inverse, &q.inverse],
    )
}

/// Two numbers in the lanes.
pub(crate) fn number<A: Arithmetic>(length: usize, lanes: [&[u32]; 2]) -> A::Number {
    let mut number = A::NOTHING;
    let digits = significant_mut::<A>(&mut number, length);
    for (lane, words) in lanes.into_iter().enumerate().take(A::LANES) {
        recode::write::<A>(digits, lane, words);
    }
    number
}
