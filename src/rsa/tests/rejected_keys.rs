//! Keys that are rejected when they are parsed.

use sha2::{Digest, Sha256};

use super::key_numbers::{Numbers, integer, primes, primes_of, tagged};
use super::*;
use crate::{Error, parse_private_key};

type Change = fn(&Numbers, &[BigUint]) -> Numbers;

#[test]
#[expect(clippy::too_many_lines, reason = "it is one list")]
fn inconsistent_numbers_are_rejected() {
    let primes = primes();
    let good = Numbers::of(&primes[0], &primes[1]);
    assert!(good.parse().is_some());
    assert_eq!(problem_of(&good.to_der(0, &[])), None);
    // d may be reduced modulo (p − 1)·(q − 1) or modulo its least common multiple.
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

    let changes: [(&str, Change); 30] = [
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
        ("d above n", |of, _| {
            let (p_1, q_1) = (&of.p - 1_u32, &of.q - 1_u32);
            let least = &p_1 * &q_1 / gcd(&p_1, &q_1);
            let steps = (&of.n - &of.d) / &least + 1_u32;
            Numbers {
                d: &of.d + steps * least,
                ..of.clone()
            }
        }),
        ("d that is an inverse modulo 2^2112 alone", |of, _| {
            Numbers {
                d: inverse_modulo_words(of, 66),
                ..of.clone()
            }
        }),
        ("d that is an inverse modulo 2^2144 alone", |of, _| {
            Numbers {
                d: inverse_modulo_words(of, 67),
                ..of.clone()
            }
        }),
        ("dP that is an inverse modulo 2^1120 alone", |of, _| {
            Numbers {
                d_p: inverse_modulo_words(of, 35) % (&of.p - 1_u32),
                ..of.clone()
            }
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
        ("dQ + (q − 1)", |of, _| Numbers {
            d_q: &of.d_q + &of.q - 1_u32,
            ..of.clone()
        }),
        ("dP and dQ changed places", |of, _| Numbers {
            d_p: of.d_q.clone(),
            d_q: of.d_p.clone(),
            ..of.clone()
        }),
        ("e > n", |of, _| Numbers {
            e: &of.n + 2_u32,
            ..of.clone()
        }),
        ("e = 0", |of, _| Numbers {
            e: BigUint::ZERO,
            ..of.clone()
        }),
    ];
    for (what, change) in changes {
        let numbers = change(&good, primes);
        assert!(numbers.parse().is_none(), "{what}");
        assert_rejected(&numbers.to_der(0, &[]), "RSA key", what);
    }
}

/// A d for which e·d − 1 is no multiple of p − 1 and q − 1. Without their factors of 2, it is a
/// multiple modulo 2^(32·`words`).
fn inverse_modulo_words(of: &Numbers, words: u64) -> BigUint {
    let residues = [&of.p, &of.q].map(|prime| {
        let order = prime - 1_u32;
        let twos = order.trailing_zeros().expect("is not zero");
        let off = BigUint::from(1_u32) << (32 * words + twos);
        let wanted = (BigUint::from(1_u32) + &order - off % &order) % &order;
        (
            wanted * of.e.modinv(&order).expect("is coprime") % &order,
            order,
        )
    });
    let [(a, p_1), (b, q_1)] = residues;
    // Combined modulo the least common multiple; both residues agree modulo 2.
    let divisor = gcd(&p_1, &q_1);
    let (half, other) = (&p_1 / &divisor, &q_1 / &divisor);
    let step = (&b + &q_1 - &a % &q_1) % &q_1;
    assert_eq!(&step % &divisor, BigUint::ZERO, "they do not agree");
    let times = step / &divisor * half.modinv(&other).expect("is coprime") % &other;
    a + p_1 * times
}

/// The problem that [`parse_private_key`] reports; `None` if it accepts the key.
/// What is wrong with a key, when it is parsed or by its first signature.
fn problem_of(der: &[u8]) -> Option<String> {
    match parse_private_key(der).and_then(|key| key.sign(b"message", &[7; 32])) {
        Ok(_) => None,
        Err(Error::Config(error)) => {
            assert_eq!(error.option, "private_key");
            Some(error.problem.to_string())
        }
        Err(other) => panic!("{other:?} is not a ConfigError"),
    }
}

#[track_caller]
fn assert_rejected(der: &[u8], because: &str, what: &str) {
    let problem = problem_of(der).expect(what);
    assert!(problem.contains(because), "{what}: {problem}");
}

/// The smallest number from `from` on, in steps of two, from which a key can be made.
fn fitting(from: BigUint) -> BigUint {
    let e = BigUint::from(65_537_u32);
    let mut number = from;
    while (&number - 1_u32) % &e == BigUint::ZERO {
        number += 2_u32;
    }
    number
}

#[test]
fn consistent_numbers_that_are_no_primes_are_rejected() {
    let primes = primes();
    let halves = primes_of(512, 4);
    let [a, b, c, d] = [0, 1, 2, 3].map(|at| &halves[at]);
    let random = BigUint::from_bytes_be(&Sha256::digest(b"odd").repeat(4));
    let top = BigUint::from(3_u32) << 1022_u32;
    let odd = fitting(random | top | BigUint::from(1_u32));
    for (what, p, q) in [
        ("p of two primes", &(a * b), &primes[0]),
        ("q of two primes", &primes[0], &(a * b)),
        ("both of two primes", &(a * b), &(c * d)),
        ("p a square", &(a * a), &primes[0]),
        ("p any odd number", &odd, &primes[0]),
        (
            "q a multiple of three",
            &primes[0],
            &fitting(three_times(&primes[1])),
        ),
    ] {
        let numbers = Numbers::of(p, q);
        assert_eq!(numbers.n.bits(), 2048, "{what}");
        // Only the first signature finds it.
        assert!(numbers.parse().is_some(), "{what}");
        assert_rejected(&numbers.to_der(0, &[]), "damaged", what);
    }
}

/// A multiple of three of 1024 bits, near that of a prime that is too long.
fn three_times(prime: &BigUint) -> BigUint {
    let third = (prime / 3_u32) | BigUint::from(1_u32);
    let multiple = third * 3_u32;
    if multiple.bits() == 1024 {
        multiple
    } else {
        prime - prime % 3_u32
    }
}

#[test]
fn primes_of_different_lengths_are_rejected() {
    let (short, long) = (&primes_of(1020, 1)[0], &primes_of(1028, 1)[0]);
    for (p, q) in [(short, long), (long, short)] {
        let numbers = Numbers::of(p, q);
        assert!(numbers.parse().is_none());
        assert_rejected(&numbers.to_der(0, &[]), "damaged", "of different lengths");
    }
}

#[test]
fn keys_of_more_than_two_primes_are_rejected() {
    let prime = &primes()[0];
    let halves = primes_of(512, 2);
    let (second, third) = (&halves[0], &halves[1]);
    let [p_1, a_1, b_1] = [prime, second, third].map(|prime| prime - 1_u32);
    let e = BigUint::from(65_537_u32);
    let d = e.modinv(&(&p_1 * &a_1 * &b_1)).expect("is coprime");
    // RFC 8017, appendix A.1.2: r₃, d₃ and t₃ follow the other numbers.
    let others = [
        integer(&third.to_bytes_be()),
        integer(&(&d % &b_1).to_bytes_be()),
        integer(
            &(prime * second)
                .modinv(third)
                .expect("is coprime")
                .to_bytes_be(),
        ),
    ];
    let others = tagged(0x30, &tagged(0x30, &others.concat()));
    let of_three = Numbers {
        n: prime * second * third,
        d_p: &d % &p_1,
        d_q: &d % &a_1,
        q_inv: second.modinv(prime).expect("is coprime"),
        e,
        d: d.clone(),
        p: prime.clone(),
        q: second.clone(),
    };
    assert_rejected(
        &of_three.to_der(1, &others),
        "more than two primes",
        "as it is",
    );
    assert!(problem_of(&of_three.to_der(0, &others)).is_some());
    assert!(problem_of(&of_three.to_der(1, &[])).is_some());
    assert_rejected(
        &of_three.to_der(0, &[]),
        "damaged",
        "without its third prime",
    );
    // A d that signs correctly, and two of the primes multiplied as one.
    let q = second * third;
    let disguised = Numbers {
        d_q: &d % (&q - 1_u32),
        q_inv: q.modinv(prime).expect("is coprime"),
        q,
        ..of_three
    };
    assert_rejected(&disguised.to_der(0, &[]), "damaged", "in disguise");
}

#[test]
fn bytes_around_the_numbers_are_checked() {
    let primes = primes();
    let good = Numbers::of(&primes[0], &primes[1]);
    let der = good.to_der(0, &[]);
    assert!(problem_of(&[&der, &[0][..]].concat()).is_some());
    assert!(problem_of(&good.to_der(0, &integer(&[1]))).is_some());
    assert!(problem_of(&good.to_der(2, &[])).is_some());
    // DER has one encoding of a number: without leading zeros.
    let exponent = integer(&good.e.to_bytes_be());
    let at = der
        .windows(exponent.len())
        .position(|bytes| bytes == exponent)
        .expect("is there");
    let wider = tagged(2, &[0, 1, 0, 1]);
    let (before, after) = (&der[4..at], &der[at + exponent.len()..]);
    let content = [before, &wider, after].concat();
    assert!(problem_of(&tagged(0x30, &content)).is_some());
    // The same parts without a change are accepted.
    let content = [before, &exponent, after].concat();
    assert_eq!(problem_of(&tagged(0x30, &content)), None);
}

fn gcd(a: &BigUint, b: &BigUint) -> BigUint {
    if *b == BigUint::ZERO {
        a.clone()
    } else {
        gcd(b, &(a % b))
    }
}
