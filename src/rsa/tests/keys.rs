//! Compares thousands of keys with the `rsa` crate.

use std::cell::{Cell, RefCell};
use std::sync::OnceLock;

use rsa::BoxedUint;
use sha2::{Digest, Sha256};

use super::super::kernel::TwoPowers;
use super::super::two_powers::{Operands, two_powers};
use super::super::window::Workspace;
use super::super::{PrivateNumbers, PublicNumbers};
use super::key_numbers::{Counter, Numbers, primes, primes_of};
use super::*;

/// The shipped kernel, as the second module runs it.
fn fused(operands: &mut Operands) {
    let mut workspace = Box::new(Workspace::<PortableFused>::EMPTY);
    two_powers(operands, &mut workspace);
}

thread_local! {
    static MISCOMPUTED: Cell<u32> = const { Cell::new(0) };
    static REENTERED: Cell<bool> = const { Cell::new(false) };
}

/// The same, with one wrong bit in one of the powers.
fn faulty(operands: &mut Operands) {
    fused(operands);
    MISCOMPUTED.set(MISCOMPUTED.get() + 1);
    operands.powers[1][7] ^= 1 << 9;
}

/// All pairs of 12 primes.
#[test]
fn dozens_of_keys_compute_what_rsa_computes() {
    assert_eq!(keys_that_compute_what_rsa_computes(primes()), 66);
}

/// All pairs of 64 primes. `npm run test:all` runs this test, and `npm test` does not. `tests/kernels`
/// tests as many keys with the shipped kernels.
#[test]
fn thousands_of_keys_compute_what_rsa_computes() {
    let primes = primes_of(1024, 64);
    assert_eq!(keys_that_compute_what_rsa_computes(&primes), 2016);
}

/// How many keys they make, in either order, every fourth by the fused kernel, which is slow where it is
/// portable. Each is right.
fn keys_that_compute_what_rsa_computes(primes: &[BigUint]) -> usize {
    let mut keys = 0;
    for (at, p) in primes.iter().enumerate() {
        for q in &primes[..at] {
            let numbers = if keys % 2 == 0 {
                Numbers::of(p, q)
            } else {
                Numbers::of(q, p)
            };
            let kernel = (keys % 4 < 2 && keys % 8 < 4).then_some(fused as TwoPowers);
            let (public, private) = numbers.parse_for(kernel).expect("is consistent");
            let seed: [u8; 32] = Sha256::digest(numbers.n.to_bytes_be()).into();
            let base = BigUint::from_bytes_be(&seed.repeat(8)) % &numbers.n;
            let words = words_of(&base, 64);
            let power = private.power(&public, &words, &seed).expect("is right");
            assert_eq!(number_of(&power), by_rsa(&numbers, &base));
            assert_eq!(number_of(&public.ring.public_power(&power, 65_537)), base);
            keys += 1;
        }
    }
    keys
}

fn by_rsa(numbers: &Numbers, base: &BigUint) -> BigUint {
    let boxed = |number: &BigUint| BoxedUint::from_be_slice_vartime(&number.to_bytes_be());
    let primes = vec![boxed(&numbers.p), boxed(&numbers.q)];
    let key = rsa::PrivateKey::from_components(
        boxed(&numbers.n),
        boxed(&numbers.e),
        boxed(&numbers.d),
        primes,
    );
    let base = BoxedUint::from_be_slice(&padded(base, 256), 2048).expect("fits");
    let key = key.expect("is consistent");
    let power = rsa::hazmat::rsa_decrypt_and_check::<Counter>(&key, None, &base);
    BigUint::from_bytes_be(&power.expect("computes").to_be_bytes())
}

fn padded(number: &BigUint, length: usize) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    [vec![0; length - bytes.len()], bytes].concat()
}

#[test]
fn the_smallest_and_largest_numbers_are_signed() {
    let primes = primes();
    for kernel in [None, Some(fused as TwoPowers)] {
        signs_edge_cases(&Numbers::of(&primes[0], &primes[1]), kernel);
        signs_edge_cases(&Numbers::of(&primes[1], &primes[0]), kernel);
    }
    // Primes of this length are computed one after the other.
    let shorter = primes_of(1032, 2);
    signs_edge_cases(&Numbers::of(&shorter[0], &shorter[1]), None);
}

fn signs_edge_cases(numbers: &Numbers, kernel: Option<TwoPowers>) {
    let (public, private) = numbers.parse_for(kernel).expect("is consistent");
    let length = public.ring.modulus().len();
    let Numbers { n, p, q, .. } = numbers;
    for base in [
        BigUint::ZERO,
        BigUint::from(1_u32),
        n - 1_u32,
        p.clone(),
        q.clone(),
        n - p,
        n - q,
        p * 2_u32,
        q * 2_u32,
        p * (q / 2_u32),
        p - 1_u32,
        // All bits 1, and only the highest bit 1.
        (BigUint::from(1_u32) << (n.bits() - 1)) - 1_u32,
        BigUint::from(1_u32) << (n.bits() - 1),
    ] {
        let words = words_of(&base, length);
        let power = private.power(&public, &words, &[3; 32]).expect("is right");
        assert_eq!(number_of(&power), base.modpow(&numbers.d, n));
    }
    // A number from n on is no message representative.
    let bytes = public.bytes();
    assert!(public.read(&padded(&(n - 1_u32), bytes)).is_some());
    for above in [
        n.clone(),
        n + 1_u32,
        (BigUint::from(1_u32) << (8 * bytes)) - 1_u32,
    ] {
        assert!(public.read(&padded(&above, bytes)).is_none());
    }
    assert!(public.read(&vec![0; bytes - 1]).is_none());
    assert!(public.read(&vec![0; bytes + 1]).is_none());
}

#[test]
fn signatures_stay_correct_when_the_blinding_is_replaced() {
    let primes = primes();
    let numbers = Numbers::of(&primes[0], &primes[1]);
    let (public, private) = numbers.parse().expect("is consistent");
    let base = BigUint::from(0x1234_5678_u32);
    let expected = base.modpow(&numbers.d, &numbers.n);
    for seed in 0..130 {
        let power = private
            .power(&public, &words_of(&base, 64), &[seed; 32])
            .expect("is right");
        assert_eq!(number_of(&power), expected);
    }
}

/// Fails if the base is not blinded.
fn expects_blinded_base(operands: &mut Operands) {
    assert_ne!(operands.base[..], words_of(&BigUint::from(7_u32), 64));
    fused(operands);
}

#[test]
fn no_kernel_receives_the_message() {
    let primes = primes();
    let (public, private) = Numbers::of(&primes[0], &primes[1])
        .parse_for(Some(expects_blinded_base))
        .expect("is consistent");
    let base = words_of(&BigUint::from(7_u32), 64);
    for seed in 0..3 {
        assert!(private.power(&public, &base, &[seed; 32]).is_some());
    }
}

thread_local! {
    static BASES: RefCell<Vec<BigUint>> = const { RefCell::new(Vec::new()) };
}

fn recording(operands: &mut Operands) {
    BASES.with_borrow_mut(|bases| bases.push(number_of(&operands.base)));
    fused(operands);
}

#[test]
fn blinding_is_squared_and_replaced_after_32_uses() {
    let primes = primes();
    let numbers = Numbers::of(&primes[0], &primes[1]);
    let (public, private) = numbers.parse_for(Some(recording)).expect("is consistent");
    // With the message 1, the blinded base is the blinding factor.
    let one = words_of(&BigUint::from(1_u32), 64);
    BASES.take();
    for seed in 0..70 {
        let power = private.power(&public, &one, &[seed; 32]).expect("is right");
        assert_eq!(*power, *one);
    }
    let bases = BASES.take();
    for (at, pair) in bases.windows(2).enumerate() {
        let squared = &pair[0] * &pair[0] % &numbers.n;
        assert_eq!(pair[1] == squared, at % 32 != 31, "{at}");
    }
    // A new pair depends on the seed of that call alone.
    let (_, other) = numbers.parse_for(Some(recording)).expect("is consistent");
    for seed in [32, 0] {
        other.power(&public, &one, &[seed; 32]).expect("is right");
    }
    let of_other = BASES.take();
    assert_eq!(of_other[0], bases[32]);
    assert_ne!(of_other[1], bases[0]);
    // r has at most 248 bits, and not many fewer.
    let r = bases[0].modpow(&numbers.d, &numbers.n);
    assert!((241..=248).contains(&r.bits()), "{}", r.bits());
}

#[test]
fn a_faulty_kernel_is_never_used_again() {
    let primes = primes();
    let numbers = Numbers::of(&primes[0], &primes[1]);
    let (public, sound) = numbers.parse().expect("is consistent");
    let (_, private) = numbers.parse_for(Some(faulty)).expect("is consistent");
    let base = words_of(&BigUint::from(7_u32), 64);
    let expected = sound.power(&public, &base, &[1; 32]).expect("is right");
    let before = MISCOMPUTED.get();
    for seed in 2..5 {
        let power = private
            .power(&public, &base, &[seed; 32])
            .expect("is right");
        assert_eq!(*power, *expected);
    }
    assert_eq!(MISCOMPUTED.get(), before + 1);
    // A kernel that does nothing, such as one that throws, is found, too.
    let (public, private) = numbers.parse_for(Some(idle)).expect("is consistent");
    assert_eq!(
        *private.power(&public, &base, &[9; 32]).expect("is right"),
        *expected
    );
}

fn idle(_: &mut Operands) {}

/// Uses the same key during its computation, as a host's code may.
fn reentrant(operands: &mut Operands) {
    if let Some((public, private)) = KEY.get() {
        REENTERED.with(|reentered| {
            if !reentered.replace(true) {
                let base = words_of(&BigUint::from(5_u32), 64);
                assert!(private.power(public, &base, &[6; 32]).is_some());
            }
        });
    }
    fused(operands);
}

static KEY: OnceLock<(PublicNumbers, PrivateNumbers)> = OnceLock::new();

#[test]
fn a_key_may_be_used_during_its_own_computation() {
    let primes = primes();
    let numbers = Numbers::of(&primes[0], &primes[1]);
    let key = numbers.parse_for(Some(reentrant)).expect("is consistent");
    let (public, private) = KEY.get_or_init(|| key);
    let base = BigUint::from(7_u32);
    let power = private.power(public, &words_of(&base, 64), &[4; 32]);
    let expected = base.modpow(&numbers.d, &numbers.n);
    assert_eq!(number_of(&power.expect("is right")), expected);
    assert!(REENTERED.get());
}
