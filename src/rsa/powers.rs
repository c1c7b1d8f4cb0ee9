//! Chooses how the two powers of a private operation are computed. Two primes of 1024 bits are
//! computed side by side in the lanes, here or by a kernel. Primes of another length are computed
//! one after the other.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroizing;

use super::constants;
use super::double::{self, Double};
use super::kernel::TwoPowers;
use super::ring::Ring;
use super::two_powers::{FUSED_BITS, FUSED_DIGITS, Operands, PRIME_WORDS, Prime, two_powers};
use super::window::Workspace;
use super::words;

/// A number modulo each prime.
type TwoNumbers = [Zeroizing<Vec<u32>>; 2];

/// The two primes, and how to compute with them.
pub(crate) enum Powers {
    /// Both at once.
    Paired(Box<Paired>),
    /// One after the other.
    Separate(Box<[Ring; 2]>),
}

/// Two primes of 1024 bits.
pub(crate) struct Paired {
    primes: [Zeroizing<Vec<u32>>; 2],
    /// The constants for [`Double`], computed at their first use.
    for_double: OnceLock<Box<[Prime; 2]>>,
    /// The constants for the kernel's digits, computed at their first use.
    for_fused: OnceLock<Box<[Prime; 2]>>,
    kernel: Option<TwoPowers>,
    /// Whether the kernel returned a wrong result before.
    abandoned: AtomicBool,
}

impl Powers {
    /// For two primes of the same length.
    pub(crate) fn new(primes: [&[u32]; 2]) -> Self {
        let paired = primes
            .iter()
            .all(|prime| words::bits(prime) == 32 * PRIME_WORDS);
        if paired {
            Self::Paired(Box::new(Paired::new(primes)))
        } else {
            Self::Separate(Box::new(primes.map(Ring::new)))
        }
    }

    /// Raises the base to the power of each exponent modulo each prime. The base has at most as
    /// many bits as both primes together. Also returns whether a kernel computed the powers.
    pub(crate) fn powers(&self, base: &[u32], exponents: [&[u32]; 2]) -> (TwoNumbers, bool) {
        match self {
            Self::Paired(paired) => paired.powers(base, exponents),
            Self::Separate(rings) => {
                let [p, q] = &**rings;
                let [for_p, for_q] = exponents;
                let powers = [p.secret_power(base, for_p), q.secret_power(base, for_q)];
                (powers, false)
            }
        }
    }

    pub(crate) fn use_kernel(&mut self, kernel: Option<TwoPowers>) {
        if let Self::Paired(paired) = self {
            paired.kernel = kernel;
        }
    }

    /// No kernel is used from now on.
    pub(crate) fn abandon_kernel(&self) {
        if let Self::Paired(paired) = self {
            paired.abandoned.store(true, Ordering::Relaxed);
        }
    }
}

impl Paired {
    fn new(primes: [&[u32]; 2]) -> Self {
        Self {
            primes: primes.map(|prime| Zeroizing::new(prime.to_vec())),
            for_double: OnceLock::new(),
            for_fused: OnceLock::new(),
            kernel: None,
            abandoned: AtomicBool::new(false),
        }
    }

    fn for_double(&self) -> &[Prime; 2] {
        self.for_double
            .get_or_init(|| self.precompute(double::BITS, double::DIGITS))
    }

    fn for_fused(&self) -> &[Prime; 2] {
        self.for_fused
            .get_or_init(|| self.precompute(FUSED_BITS, FUSED_DIGITS))
    }

    /// The constants for `digits` digits of `bits` bits. They are written in place, so that no copy of
    /// them remains on the stack.
    fn precompute(&self, bits: usize, digits: usize) -> Box<[Prime; 2]> {
        let mut primes = Box::new([Prime::EMPTY, Prime::EMPTY]);
        for (prime, number) in primes.iter_mut().zip(&self.primes) {
            let copy = |to: &mut [u32], from: &[u32]| {
                for (to, from) in to.iter_mut().zip(from) {
                    *to = *from;
                }
            };
            copy(&mut prime.number, number);
            prime.inverse = constants::inverse(number, bits);
            constants::fold(&mut prime.fold, number, &prime.inverse, bits);
            let mut ring = Ring::new(number);
            let r_squared = 2 * bits * digits;
            copy(&mut prime.entry, &ring.power_of_two(r_squared));
            let upper = ring.power_of_two(r_squared + 32 * PRIME_WORDS);
            copy(&mut prime.upper_entry, &upper);
            ring.wipe();
        }
        primes
    }

    fn powers(&self, base: &[u32], exponents: [&[u32]; 2]) -> (TwoNumbers, bool) {
        let kernel = self
            .kernel
            .filter(|_| !self.abandoned.load(Ordering::Relaxed));
        let mut operands = Box::new(Operands::EMPTY);
        let primes = if kernel.is_some() {
            self.for_fused()
        } else {
            self.for_double()
        };
        operands.primes.clone_from(primes);
        for (to, from) in operands.base.iter_mut().zip(base) {
            *to = *from;
        }
        for (to, from) in operands.exponents.iter_mut().zip(exponents) {
            for (to, from) in to.iter_mut().zip(from) {
                *to = *from;
            }
        }
        if let Some(kernel) = kernel {
            kernel(&mut operands);
        } else {
            let mut workspace = Box::new(Workspace::<Double>::EMPTY);
            two_powers::<Double>(&mut operands, &mut workspace);
            workspace.wipe();
        }
        let powers = operands
            .powers
            .each_ref()
            .map(|power| Zeroizing::new(power[..PRIME_WORDS].to_vec()));
        (powers, kernel.is_some())
    }
}

impl Drop for Powers {
    fn drop(&mut self) {
        if let Self::Separate(rings) = self {
            for ring in rings.iter_mut() {
                ring.wipe();
            }
        }
    }
}

impl Drop for Paired {
    fn drop(&mut self) {
        for primes in [&mut self.for_double, &mut self.for_fused] {
            for prime in primes
                .get_mut()
                .into_iter()
                .flat_map(|primes| &mut **primes)
            {
                prime.wipe();
            }
        }
    }
}

/// The operands for either arithmetic, without a base and exponents.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) fn operands_of(primes: [&[u32]; 2], fused: bool) -> Operands {
    let paired = Paired::new(primes);
    let mut operands = Operands::EMPTY;
    let primes = if fused {
        paired.for_fused()
    } else {
        paired.for_double()
    };
    operands.primes.clone_from(primes);
    operands
}
