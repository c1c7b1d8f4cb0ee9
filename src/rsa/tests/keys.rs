//! Keys: what is refused, and what hundreds of them compute beside the `rsa` crate.

use rsa::BoxedUint;
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::traits::PrivateKeyParts;
use sha2::{Digest, Sha256};

use super::super::two_powers::{Operands, two_powers};
use super::super::window::Workspace;
use super::super::{PrivateComponents, PrivateNumbers, PublicNumbers, significant_words};
use super::*;

/// SHA-256 of a counter: keys that are the same in every run.
struct Counter(u64, Vec<u8>);

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
            *byte = self.1.pop().expect("was filled");
        }
        Ok(())
    }
}

impl TryCryptoRng for Counter {}

/// As many primes of 1024 bits, of each of which e = 65537 is coprime to the predecessor.
fn primes(count: usize) -> Vec<BigUint> {
    let mut random = Counter(0, Vec::new());
    let mut primes = Vec::new();
    while primes.len() < count {
        let key = rsa::PrivateKey::new(&mut random, 2048).expect("is made");
        for prime in key.primes() {
            primes.push(BigUint::from_bytes_be(&prime.to_be_bytes()));
        }
    }
    primes
}

/// The numbers of a key, as a file would hold them.
#[derive(Clone)]
struct Numbers {
    n: BigUint,
    e: BigUint,
    d: BigUint,
    p: BigUint,
    q: BigUint,
    d_p: BigUint,
    d_q: BigUint,
    q_inv: BigUint,
}

impl Numbers {
    fn of(p: &BigUint, q: &BigUint) -> Self {
        let e = BigUint::from(65_537_u32);
        let (p_1, q_1) = (p - 1_u32, q - 1_u32);
        let d = e.modinv(&(&p_1 * &q_1)).expect("is coprime");
        Self {
            n: p * q,
            d_p: &d % p_1,
            d_q: &d % q_1,
            q_inv: q.modinv(p).expect("is coprime"),
            e,
            d,
            p: p.clone(),
            q: q.clone(),
        }
    }

    fn parse(&self) -> Option<(PublicNumbers, PrivateNumbers)> {
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
        )?;
        Some((public, private))
    }
}

/// The kernel that ships, as another module would run it.
fn fused(operands: &mut Operands) {
    let mut workspace = Box::new(Workspace::<PortableFused>::EMPTY);
    two_powers(operands, &mut workspace);
}

/// The same, with one bit wrong in one of the powers.
fn miscounting(operands: &mut Operands) {
    fused(operands);
    operands.powers[1][7] ^= 1 << 9;
}

#[test]
fn hundreds_of_keys_compute_what_rsa_computes() {
    let primes = primes(28);
    let mut keys = 0;
    for (at, p) in primes.iter().enumerate() {
        for q in &primes[..at] {
            // In either order, by either kernel.
            let numbers = if keys % 2 == 0 {
                Numbers::of(p, q)
            } else {
                Numbers::of(q, p)
            };
            let (public, mut private) = numbers.parse().expect("belongs together");
            if keys % 3 == 0 {
                private.use_kernel(fused);
            }
            let seed: [u8; 32] = Sha256::digest(numbers.n.to_bytes_be()).into();
            for message in 0_u8..2 {
                let message = Sha256::digest([&seed[..], &[message]].concat()).repeat(8);
                let base = BigUint::from_bytes_be(&message) % &numbers.n;
                let words = words_of(&base, 64);
                let power = private.power(&public, &words, &seed).expect("is right");
                assert_eq!(number_of(&power), by_rsa(&numbers, &base));
                assert_eq!(number_of(&public.ring.public_power(&power, 65_537)), base);
            }
            keys += 1;
        }
    }
    assert_eq!(keys, 378);
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
    let primes = primes(2);
    let numbers = Numbers::of(&primes[0], &primes[1]);
    let (public, private) = numbers.parse().expect("belongs together");
    let Numbers { n, p, q, .. } = &numbers;
    for base in [
        BigUint::ZERO,
        BigUint::from(1_u32),
        n - 1_u32,
        p.clone(),
        q.clone(),
        n - p,
        p * 2_u32,
        p - 1_u32,
    ] {
        let power = private
            .power(&public, &words_of(&base, 64), &[3; 32])
            .expect("is right");
        assert_eq!(number_of(&power), base.modpow(&numbers.d, n));
    }
}

#[test]
fn blinding_is_squared_and_made_anew() {
    let primes = primes(2);
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
    let primes = primes(2);
    let (public, mut private) = Numbers::of(&primes[0], &primes[1])
        .parse()
        .expect("belongs together");
    private.use_kernel(blinded);
    let base = words_of(&BigUint::from(7_u32), 64);
    for seed in 0..3 {
        assert!(private.power(&public, &base, &[seed; 32]).is_some());
    }
}

#[test]
fn what_miscounts_is_given_up_for_good() {
    let primes = primes(2);
    let (public, mut private) = Numbers::of(&primes[0], &primes[1])
        .parse()
        .expect("belongs");
    let base = words_of(&BigUint::from(7_u32), 64);
    let expected = private.power(&public, &base, &[1; 32]).expect("is right");
    private.use_kernel(miscounting);
    let power = private.power(&public, &base, &[2; 32]).expect("is right");
    assert_eq!(*power, *expected);
}

type Change = fn(&Numbers, &[BigUint]) -> Numbers;

#[test]
#[expect(clippy::too_many_lines, reason = "it is one list")]
fn numbers_that_do_not_belong_together_are_refused() {
    let primes = primes(4);
    let good = Numbers::of(&primes[0], &primes[1]);
    assert!(good.parse().is_some());
    // d may be reduced by either of what exponents are counted modulo.
    let (p_1, q_1) = (&good.p - 1_u32, &good.q - 1_u32);
    let least = good
        .e
        .modinv(&(&p_1 * &q_1 / gcd(&p_1, &q_1)))
        .expect("is coprime");
    assert!(
        Numbers {
            d: least,
            ..good.clone()
        }
        .parse()
        .is_some()
    );

    let changes: [(&str, Change); 22] = [
        ("n + 2", |of, _| Numbers {
            n: &of.n + 2_u32,
            ..of.clone()
        }),
        ("n of other primes", |of, all| Numbers {
            n: &all[0] * &all[2],
            ..of.clone()
        }),
        ("p of another key", |of, all| Numbers {
            p: all[2].clone(),
            ..of.clone()
        }),
        ("q of another key", |of, all| Numbers {
            q: all[2].clone(),
            ..of.clone()
        }),
        ("p and q alone changed places", |of, _| Numbers {
            p: of.q.clone(),
            q: of.p.clone(),
            ..of.clone()
        }),
        ("p = 1, q = n", |of, _| Numbers {
            p: BigUint::from(1_u32),
            q: of.n.clone(),
            ..of.clone()
        }),
        ("p = q", |_, all| {
            let p = &all[0];
            let d = BigUint::from(65_537_u32)
                .modinv(&(p - 1_u32))
                .expect("is coprime");
            let one = BigUint::from(1_u32);
            Numbers {
                n: p * p,
                e: BigUint::from(65_537_u32),
                p: p.clone(),
                q: p.clone(),
                d_p: d.clone(),
                d_q: d.clone(),
                d,
                q_inv: one,
            }
        }),
        ("an even n", |of, _| Numbers {
            n: &of.n + 1_u32,
            ..of.clone()
        }),
        ("even primes", |of, _| Numbers {
            n: (&of.p - 1_u32) * (&of.q - 1_u32),
            p: &of.p - 1_u32,
            q: &of.q - 1_u32,
            ..of.clone()
        }),
        ("e = 1", |of, _| Numbers {
            e: BigUint::from(1_u32),
            ..of.clone()
        }),
        ("an even e", |of, _| Numbers {
            e: BigUint::from(65_536_u32),
            ..of.clone()
        }),
        ("another e", |of, _| Numbers {
            e: BigUint::from(3_u32),
            ..of.clone()
        }),
        ("an e of 34 bits", |of, _| Numbers {
            e: (BigUint::from(1_u32) << 33_u32) + 1_u32,
            ..of.clone()
        }),
        ("d + 1", |of, _| Numbers {
            d: &of.d + 1_u32,
            ..of.clone()
        }),
        ("d = 0", |of, _| Numbers {
            d: BigUint::ZERO,
            ..of.clone()
        }),
        ("dP + 1", |of, _| Numbers {
            d_p: &of.d_p + 1_u32,
            ..of.clone()
        }),
        ("dP = 0", |of, _| Numbers {
            d_p: BigUint::ZERO,
            ..of.clone()
        }),
        ("dP + (p − 1)", |of, _| Numbers {
            d_p: &of.d_p + &of.p - 1_u32,
            ..of.clone()
        }),
        ("dQ − 1", |of, _| Numbers {
            d_q: &of.d_q - 1_u32,
            ..of.clone()
        }),
        ("qInv + 1", |of, _| Numbers {
            q_inv: &of.q_inv + 1_u32,
            ..of.clone()
        }),
        ("qInv = 0", |of, _| Numbers {
            q_inv: BigUint::ZERO,
            ..of.clone()
        }),
        ("qInv + p", |of, _| Numbers {
            q_inv: &of.q_inv + &of.p,
            ..of.clone()
        }),
    ];
    for (what, change) in changes {
        assert!(change(&good, &primes).parse().is_none(), "{what}");
    }
}

fn gcd(a: &BigUint, b: &BigUint) -> BigUint {
    if *b == BigUint::ZERO {
        a.clone()
    } else {
        gcd(b, &(a % b))
    }
}
