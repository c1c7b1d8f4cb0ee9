//! Who computes the two powers of a private operation: the arithmetic with both primes in the lanes
//! where they have 1024 bits, or a kernel that was given for that; else, one after the other.

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
    /// What is precomputed for the arithmetic here, when it is used.
    here: OnceLock<Box<[Prime; 2]>>,
    /// For the kernel's.
    there: OnceLock<Box<[Prime; 2]>>,
    kernel: Option<TwoPowers>,
    /// Whether the kernel miscounted once.
    abandoned: AtomicBool,
}

impl Powers {
    /// Of primes of the same length.
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

    /// The base, of at most as many bits as both primes together, to the power of each exponent modulo
    /// each prime; and whether a kernel computed them.
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

    /// From now on, no kernel is asked.
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
            here: OnceLock::new(),
            there: OnceLock::new(),
            kernel: None,
            abandoned: AtomicBool::new(false),
        }
    }

    fn here(&self) -> &[Prime; 2] {
        self.here
            .get_or_init(|| self.precompute(double::BITS, double::DIGITS))
    }

    fn there(&self) -> &[Prime; 2] {
        self.there
            .get_or_init(|| self.precompute(FUSED_BITS, FUSED_DIGITS))
    }

    /// For an arithmetic with as many digits of as many bits, filled where it stays, so that there are no
    /// copies of it.
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
            self.there()
        } else {
            self.here()
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
        for primes in [&mut self.here, &mut self.there] {
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

/// The operands of an arithmetic, without a base and exponents.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) fn operands_of(primes: [&[u32]; 2], fused: bool) -> Operands {
    let paired = Paired::new(primes);
    let mut operands = Operands::EMPTY;
    let primes = if fused { paired.there() } else { paired.here() };
    operands.primes.clone_from(primes);
    operands
}
