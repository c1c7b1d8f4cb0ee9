//! Who computes the two powers of a private operation: the arithmetic with both primes in the lanes
//! where they have 1024 bits, or a kernel that was given for that; else, one after the other.

use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroizing;

use super::arithmetic::Arithmetic;
use super::constants::{self, PowersOfTwo};
use super::double::{self, Double};
use super::recode;
use super::ring::Ring;
use super::scan::{Scratch, multiply, significant, square};
use super::two_powers::{self, FUSED_BITS, Operands, PRIME_WORDS, Prime, number, two_powers};
use super::window::Workspace;
use super::words;

/// A kernel outside of this module: it computes what [`two_powers`] does, with digits of
/// [`fused`](super::fused).
pub(crate) type TwoPowers = fn(&mut Operands);

/// The two primes, and how to compute with them.
pub(crate) enum Powers {
    /// Both at once.
    Paired(Box<Paired>),
    /// One after the other.
    Separate(Box<[Ring; 2]>),
}

/// Two primes of 1024 bits.
pub(crate) struct Paired {
    here: [Prime; 2],
    /// For the kernel, if there is one.
    there: [Prime; 2],
    kernel: Option<TwoPowers>,
    /// Whether the kernel miscounted once.
    given_up: AtomicBool,
}

impl Powers {
    /// Of primes of the same length.
    pub(crate) fn new(primes: [&[u32]; 2]) -> Self {
        let paired = primes
            .iter()
            .all(|prime| words::bits(prime) == 32 * PRIME_WORDS);
        if paired {
            Self::Paired(Paired::new(primes))
        } else {
            Self::Separate(Box::new(primes.map(Ring::new)))
        }
    }

    /// The base, of at most as many bits as both primes together, to the power of each exponent modulo
    /// each prime.
    pub(crate) fn powers(&self, base: &[u32], exponents: [&[u32]; 2]) -> [Zeroizing<Vec<u32>>; 2] {
        match self {
            Self::Paired(paired) => paired.powers(base, exponents),
            Self::Separate(rings) => {
                let [p, q] = &**rings;
                let [for_p, for_q] = exponents;
                [p.secret_power(base, for_p), q.secret_power(base, for_q)]
            }
        }
    }

    #[cfg(any(test, target_arch = "wasm32"))]
    pub(crate) fn use_kernel(&mut self, kernel: TwoPowers) {
        if let Self::Paired(paired) = self {
            paired.kernel = Some(kernel);
        }
    }

    /// Whether a kernel was in use, which from now on is not.
    pub(crate) fn give_up_kernel(&self) -> bool {
        match self {
            Self::Paired(paired) => {
                paired.kernel.is_some() && !paired.given_up.swap(true, Ordering::Relaxed)
            }
            Self::Separate(_) => false,
        }
    }
}

impl Paired {
    fn new(numbers: [&[u32]; 2]) -> Box<Self> {
        // Filled where it stays, so that there are no copies of it.
        let mut paired = Box::new(Self {
            here: [Prime::EMPTY, Prime::EMPTY],
            there: [Prime::EMPTY, Prime::EMPTY],
            kernel: None,
            given_up: AtomicBool::new(false),
        });
        let Self { here, there, .. } = &mut *paired;
        for (lane, number) in numbers.into_iter().enumerate() {
            for (primes, bits) in [(&mut *here, double::BITS), (&mut *there, FUSED_BITS)] {
                if let Some(prime) = primes.get_mut(lane) {
                    precompute(prime, number, bits);
                }
            }
        }
        let [p, q] = numbers;

        // What is wanted are four powers of two. Here, R = 2^1044; there, R = 2^1034. The first few are
        // made by doubling, the others by multiplying those, which gives 2^a·2^b/2^1044.
        let modulus = two_powers::modulus::<Double>(&here[0], &here[1]);
        let mut powers = [PowersOfTwo::new(p), PowersOfTwo::new(q)];
        let mut by_doubling = |exponent: usize| {
            let [p, q] = &mut powers;
            number::<Double>(modulus.length(), [p.up_to(exponent), q.up_to(exponent)])
        };
        let two_1064 = by_doubling(1064);
        let mut two_2068 = by_doubling(1076);

        let scratch = &mut Scratch::new();
        let mut product = Double::NOTHING;
        // 1076, 1108, 1172, 1300, 1556, 2068
        for _ in 0..5 {
            square(&modulus, scratch, &mut product, &two_2068);
            two_2068 = product;
        }
        let write = |number: &Number, to: [&mut [u32; PRIME_WORDS]; 2]| {
            for (lane, (to, m)) in to.into_iter().zip(numbers).enumerate() {
                let mut words = Zeroizing::new([0; PRIME_WORDS + 1]);
                let digits = significant::<Double>(number, modulus.length());
                recode::read::<Double>(words.as_mut_slice(), digits, lane, m);
                for (to, from) in to.iter_mut().zip(words.iter()) {
                    *to = *from;
                }
            }
        };
        let [here_p, here_q] = here;
        let [there_p, there_q] = there;
        write(&two_2068, [&mut there_p.entry, &mut there_q.entry]);
        square(&modulus, scratch, &mut product, &two_2068);
        write(
            &product,
            [&mut there_p.upper_entry, &mut there_q.upper_entry],
        );
        let mut two_2088 = Double::NOTHING;
        multiply(&modulus, scratch, &mut two_2088, &two_2068, &two_1064);
        write(&two_2088, [&mut here_p.entry, &mut here_q.entry]);
        multiply(&modulus, scratch, &mut product, &two_2088, &two_2068);
        write(&product, [&mut here_p.upper_entry, &mut here_q.upper_entry]);

        paired
    }

    fn powers(&self, base: &[u32], exponents: [&[u32]; 2]) -> [Zeroizing<Vec<u32>>; 2] {
        let kernel = self
            .kernel
            .filter(|_| !self.given_up.load(Ordering::Relaxed));
        let mut operands = Box::new(Operands::EMPTY);
        let primes = if kernel.is_some() {
            &self.there
        } else {
            &self.here
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
        operands
            .powers
            .each_ref()
            .map(|power| Zeroizing::new(power[..PRIME_WORDS].to_vec()))
    }
}

type Number = <Double as Arithmetic>::Number;

/// What is precomputed without multiplying.
fn precompute(prime: &mut Prime, number: &[u32], bits: usize) {
    for (to, from) in prime.number.iter_mut().zip(number) {
        *to = *from;
    }
    prime.inverse = constants::inverse(number, bits);
    constants::fold(&mut prime.fold, number, &prime.inverse, bits);
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
        for prime in self.here.iter_mut().chain(&mut self.there) {
            prime.wipe();
        }
    }
}

/// The operands of an arithmetic, without a base and exponents.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) fn operands_of(primes: [&[u32]; 2], fused: bool) -> Operands {
    let paired = Paired::new(primes);
    let mut operands = Operands::EMPTY;
    let primes = if fused { &paired.there } else { &paired.here };
    operands.primes.clone_from(primes);
    operands
}
