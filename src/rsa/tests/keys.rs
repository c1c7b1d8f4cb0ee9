//! What thousands of keys compute beside the `rsa` crate.

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

/// The kernel that ships, as another module would run it.
fn fused(operands: &mut Operands) {
    let mut workspace = Box::new(Workspace::<PortableFused>::EMPTY);
    two_powers(operands, &mut workspace);
}

thread_local! {
    static MISCOUNTED: Cell<u32> = const { Cell::new(0) };
    static REENTERED: Cell<bool> = const { Cell::new(false) };
}

/// The same, with one bit wrong in one of the powers.
fn miscounting(operands: &mut Operands) {
    fused(operands);
    MISCOUNTED.set(MISCOUNTED.get() + 1);
    operands.powers[1][7] ^= 1 << 9;
}

/// Pairs of 12 primes.
#[test]
fn dozens_of_keys_compute_what_rsa_computes() {
    assert_eq!(keys_that_compute_what_rsa_computes(primes()), 66);
}

/// Pairs of 64 primes. `npm run test:all` runs it, and `npm test` does not. `tests/kernels` has as many
/// for the kernels as they ship.
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
            let (public, private) = numbers.parse_for(kernel).expect("belongs together");
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
    let key = key.expect("belongs together");
    let power = rsa::hazmat::rsa_decrypt_and_check::<Counter>(&key, None, &base);
    BigUint::from_bytes_be(&power.expect("computes").to_be_bytes())
}

fn padded(number: &BigUint, length: usize) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    [vec![0; length - bytes.len()], bytes].concat()
}

#[test]
fn the_ends_of_what_can_be_signed() {
    let primes = primes();
    for kernel in [None, Some(fused as TwoPowers)] {
        signs_the_ends(&Numbers::of(&primes[0], &primes[1]), kernel);
        signs_the_ends(&Numbers::of(&primes[1], &primes[0]), kernel);
    }
    // One after the other.
    let shorter = primes_of(1032, 2);
    signs_the_ends(&Numbers::of(&shorter[0], &shorter[1]), None);
}

fn signs_the_ends(numbers: &Numbers, kernel: Option<TwoPowers>) {
    let (public, private) = numbers.parse_for(kernel).expect("belongs together");
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
        // All ones, and a single one.
        (BigUint::from(1_u32) << (n.bits() - 1)) - 1_u32,
        BigUint::from(1_u32) << (n.bits() - 1),
    ] {
        let words = words_of(&base, length);
        let power = private.power(&public, &words, &[3; 32]).expect("is right");
        assert_eq!(number_of(&power), base.modpow(&numbers.d, n));
        assert!(private.undoes(&public, &words));
    }
    // Nothing from n on is a representative.
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
fn blinding_is_squared_and_made_anew() {
    let primes = primes();
    let numbers = Numbers::of(&primes[0], &primes[1]);
    let (public, private) = numbers.parse().expect("belongs together");
    let base = BigUint::from(0x1234_5678_u32);
    let expected = base.modpow(&numbers.d, &numbers.n);
    for seed in 0..130 {
        let power = private
            .power(&public, &words_of(&base, 64), &[seed; 32])
            .expect("is right");
        assert_eq!(number_of(&power), expected);
    }
}

/// Bears everything but what was to be raised, as it is.
fn blinded(operands: &mut Operands) {
    assert_ne!(operands.base[..], words_of(&BigUint::from(7_u32), 64));
    fused(operands);
}

#[test]
fn no_kernel_sees_what_is_signed() {
    let primes = primes();
    let (public, private) = Numbers::of(&primes[0], &primes[1])
        .parse_for(Some(blinded))
        .expect("belongs together");
    let base = words_of(&BigUint::from(7_u32), 64);
    for seed in 0..3 {
        assert!(private.power(&public, &base, &[seed; 32]).is_some());
    }
}

thread_local! {
    static SEEN: RefCell<Vec<BigUint>> = const { RefCell::new(Vec::new()) };
}

fn watching(operands: &mut Operands) {
    SEEN.with_borrow_mut(|seen| seen.push(number_of(&operands.base)));
    fused(operands);
}

#[test]
fn what_a_kernel_sees_is_squared_and_after_32_times_anew() {
    let primes = primes();
    let numbers = Numbers::of(&primes[0], &primes[1]);
    let (public, private) = numbers.parse_for(Some(watching)).expect("belongs together");
    // What is seen of one is the blinding alone.
    let one = words_of(&BigUint::from(1_u32), 64);
    SEEN.take();
    for seed in 0..70 {
        let power = private.power(&public, &one, &[seed; 32]).expect("is right");
        assert_eq!(*power, *one);
    }
    let seen = SEEN.take();
    for (at, pair) in seen.windows(2).enumerate() {
        let squared = &pair[0] * &pair[0] % &numbers.n;
        assert_eq!(pair[1] == squared, at % 32 != 31, "{at}");
    }
    // Of the bytes of their time, and of nothing else.
    let (_, other) = numbers.parse_for(Some(watching)).expect("belongs together");
    for seed in [32, 0] {
        other.power(&public, &one, &[seed; 32]).expect("is right");
    }
    let of_other = SEEN.take();
    assert_eq!(of_other[0], seen[32]);
    assert_ne!(of_other[1], seen[0]);
    // 248 bits of r at most, and not many fewer.
    let r = seen[0].modpow(&numbers.d, &numbers.n);
    assert!((241..=248).contains(&r.bits()), "{}", r.bits());
}

#[test]
fn what_miscounts_is_given_up_for_good() {
    let primes = primes();
    let numbers = Numbers::of(&primes[0], &primes[1]);
    let (public, sound) = numbers.parse().expect("belongs together");
    let (_, private) = numbers
        .parse_for(Some(miscounting))
        .expect("belongs together");
    let base = words_of(&BigUint::from(7_u32), 64);
    let expected = sound.power(&public, &base, &[1; 32]).expect("is right");
    let before = MISCOUNTED.get();
    for seed in 2..5 {
        let power = private
            .power(&public, &base, &[seed; 32])
            .expect("is right");
        assert_eq!(*power, *expected);
    }
    assert_eq!(MISCOUNTED.get(), before + 1);
    // A kernel that does nothing at all, as one that throws, is found at a trial, too.
    let (public, private) = numbers.parse_for(Some(idle)).expect("belongs together");
    assert!(private.undoes(&public, &base));
    assert_eq!(
        *private.power(&public, &base, &[9; 32]).expect("is right"),
        *expected
    );
}

fn idle(_: &mut Operands) {}

/// Uses the key that computes in the midst of its computation, as a host's code may.
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
fn a_key_that_computes_may_be_used_again_meanwhile() {
    let primes = primes();
    let numbers = Numbers::of(&primes[0], &primes[1]);
    let key = numbers
        .parse_for(Some(reentrant))
        .expect("belongs together");
    let (public, private) = KEY.get_or_init(|| key);
    let base = BigUint::from(7_u32);
    let power = private.power(public, &words_of(&base, 64), &[4; 32]);
    let expected = base.modpow(&numbers.d, &numbers.n);
    assert_eq!(number_of(&power.expect("is right")), expected);
    assert!(REENTERED.get());
}
