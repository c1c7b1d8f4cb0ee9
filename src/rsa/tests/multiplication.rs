//! Products, squares and sums, with operands that fill every column.

use proptest::prelude::*;

use super::super::scan::{MARGIN, Scratch, multiply, square, sum};
use super::*;

/// The largest digit that an arithmetic makes, in absolute value.
fn largest<A: Arithmetic>() -> i64 {
    let half = 1 << (A::BITS - 1);
    // `fused` and `fused_columns` add a carry to a digit; see their proofs.
    match A::BITS {
        47 => half + (1 << 6),
        46 => half + (1 << 7),
        _ => half,
    }
}

/// A number with the given digits, cut to about the length of the modulus, as for all numbers.
fn of_digits<A: Arithmetic>(
    modulus: &Modulus<A>,
    bits: usize,
    digit: impl Fn(usize) -> [i64; 2],
) -> A::Number {
    let mut number = A::NOTHING;
    let room = &mut number.as_mut()[MARGIN + A::PAD..MARGIN + modulus.length()];
    for (at, to) in room.iter_mut().enumerate() {
        let left = bits.saturating_sub(A::BITS * at);
        *to = A::digit(digit(at).map(|digit| match left {
            0 => 0,
            left if left < A::BITS => digit.clamp(-(1 << left), 1 << left),
            _ => digit,
        }));
    }
    number
}

fn edge_numbers<A: Arithmetic>(modulus: &Modulus<A>, bits: usize) -> Vec<A::Number> {
    let (most, half) = (largest::<A>(), 1 << (A::BITS - 1));
    let least = -most;
    let digits: Vec<Box<dyn Fn(usize) -> [i64; 2]>> = vec![
        Box::new(|_| [0, 0]),
        Box::new(|at| [i64::from(at == 0), -i64::from(at == 0)]),
        Box::new(move |_| [most.min(half - 1), least.max(-half)]),
        Box::new(move |_| [least, most]),
        Box::new(move |_| [least, least]),
        Box::new(move |_| [most, most]),
        Box::new(move |at| {
            if at % 2 == 0 {
                [most, least]
            } else {
                [least, most]
            }
        }),
        Box::new(move |at| if at % 4 < 2 { [most, 0] } else { [0, least] }),
        Box::new(move |at| {
            [
                if at < 18 { most } else { 0 },
                if at < 18 { 0 } else { least },
            ]
        }),
        Box::new(|_| [1, -1]),
    ];
    digits
        .iter()
        .map(|digit| of_digits(modulus, bits, digit))
        .collect()
}

/// Whether `result` is x·y/B^L modulo m, and within its bounds, in every lane.
#[track_caller]
fn is_product<A: Arithmetic>(
    modulus: &Modulus<A>,
    moduli: [&BigUint; 2],
    result: &A::Number,
    [x, y]: [&A::Number; 2],
) {
    let length = modulus.length();
    let radix = BigInt::from(1) << (A::BITS * (length - A::PAD));
    for (lane, m) in moduli.into_iter().enumerate().take(A::LANES) {
        let [x, y] = [x, y].map(|number| value::<A>(number, length, lane));
        let result = value::<A>(result, length, lane);
        assert_eq!(modulo(&(&result * &radix), m), modulo(&(x * y), m));
        let percent: u32 = if A::LANES == 1 { 112 } else { 101 };
        assert!(
            result.magnitude() * 100_u32 < m * percent,
            "a result is out of bounds"
        );
    }
    let most = largest::<A>();
    for digit in significant::<A>(result, length) {
        for lane in A::lanes(*digit) {
            assert!(lane.abs() <= most, "a digit of {lane}");
        }
    }
}

fn multiplies_at_the_edges<A: Arithmetic>(bits: u32) {
    let edges = edge_moduli(bits);
    let mut scratch = Scratch::<A>::new();
    for pair in edges.windows(2) {
        let moduli = [&pair[0], &pair[1]];
        let modulus = modulus::<A>(moduli);
        let numbers = edge_numbers(&modulus, bits as usize);
        for x in &numbers {
            let mut result = A::NOTHING;
            square(&modulus, &mut scratch, &mut result, x);
            is_product(&modulus, moduli, &result, [x, x]);
            for y in &numbers {
                let mut result = A::NOTHING;
                multiply(&modulus, &mut scratch, &mut result, x, y);
                is_product(&modulus, moduli, &result, [x, y]);
                // A result may be a factor again.
                let (mut again, mut doubled) = (A::NOTHING, A::NOTHING);
                sum(&modulus, &mut doubled, &result, &result);
                multiply(&modulus, &mut scratch, &mut again, &result, x);
                is_product(&modulus, moduli, &again, [&result, x]);
                if A::LANES == 2 {
                    square(&modulus, &mut scratch, &mut again, &doubled);
                    is_product(&modulus, moduli, &again, [&doubled, &doubled]);
                }
            }
        }
    }
}

#[test]
fn fused_multiplies_at_the_edges() {
    multiplies_at_the_edges::<PortableFused>(1024);
}

#[test]
fn double_multiplies_at_the_edges() {
    multiplies_at_the_edges::<Double>(1024);
}

#[test]
fn fused_columns_multiply_at_the_edges() {
    multiplies_at_the_edges::<PortableColumns>(2048);
}

#[test]
fn single_multiplies_at_the_edges() {
    for bits in [1024, 1025, 1536, 2047, 2048, 2049, 3072, 4096] {
        multiplies_at_the_edges::<Single>(bits);
    }
}

/// Numbers that the arithmetic does not produce, but whose columns are as full as the proofs allow:
/// every digit of x, y, m and f is at its maximum, of either sign. If the product is right, nothing
/// was lost.
fn multiplies_full_columns<A: Arithmetic>(of: u32) {
    let bits = A::BITS * (modulus::<A>([&edge_moduli(of)[0]; 2]).length() - A::PAD);
    for m in edge_moduli(of) {
        let modulus = modulus::<A>([&m, &m]);
        for sign in [1, -1] {
            let most = sign * largest::<A>();
            let x = of_digits(&modulus, bits, |_| [most, -most]);
            let y = of_digits(&modulus, bits, |_| [most, most]);
            let mut results = [A::NOTHING; 2];
            multiply(&modulus, &mut Scratch::new(), &mut results[0], &x, &y);
            square(&modulus, &mut Scratch::new(), &mut results[1], &x);
            for (result, factor) in results.iter().zip([&y, &x]) {
                let length = modulus.length();
                let radix = BigInt::from(1) << (A::BITS * (length - A::PAD));
                for lane in 0..A::LANES {
                    let product = value::<A>(&x, length, lane) * value::<A>(factor, length, lane);
                    let result = value::<A>(result, length, lane) * &radix;
                    assert_eq!(modulo(&result, &m), modulo(&product, &m));
                }
            }
        }
    }
}

#[test]
fn columns_filled_up_to_the_proven_bounds_are_exact() {
    multiplies_full_columns::<Double>(1024);
    multiplies_full_columns::<PortableFused>(1024);
    multiplies_full_columns::<PortableColumns>(2048);
    for bits in [2048, 4096] {
        multiplies_full_columns::<Single>(bits);
    }
}

/// Four columns with as many products as a proof counts, with the four digits and the two carries
/// that may be added to them. Every sum is at its bound, which no number reaches. The digits are
/// one less than the largest digit, so that a product needs every bit of its high part.
fn sums_at_their_bound_are_exact<A: Arithmetic>(digits: usize) {
    let most = largest::<A>() - 1;
    for sign in [1, -1] {
        let x = A::factors(&[A::digit([sign * most; 2]); 4]);
        let y = [A::digit([most; 2]); 4];
        let mut columns = A::columns();
        for _ in 0..2 * digits {
            A::row(&mut columns, &x[0], &y);
        }
        let (_, carry) = A::normalise(columns, A::NO_CARRY);
        A::add(&mut columns, &[A::digit([sign * most; 2]); 4]);
        let (digits_found, above) = A::normalise(columns, A::join(carry, carry));

        // The same with big integers.
        let product = BigInt::from(sign * most) * most;
        let sum = product * (2 * digits) + sign * most;
        let mut first = BigInt::from(sign * most) * most * (2 * digits);
        // The carry out of the columns, twice.
        let column = first.clone();
        for _ in 1..4 {
            first = rounded::<A>(&first) + &column;
        }
        let mut carried = rounded::<A>(&first) * 2;
        for digit in digits_found {
            let value = &sum + &carried;
            for lane in A::lanes(digit).into_iter().take(A::LANES) {
                let rest = &value - BigInt::from(lane);
                assert_eq!(&rest % (BigInt::from(1) << A::BITS), BigInt::ZERO);
                assert!(lane.abs() <= largest::<A>(), "a digit of {lane}");
            }
            carried = (&value - BigInt::from(A::lanes(digit)[0])) >> A::BITS;
        }
        // The carry is the first digit of empty columns.
        let (shown, _) = A::normalise(A::columns(), above);
        let lowest = BigInt::from(A::lanes(shown[0])[0]);
        assert_eq!(
            (carried - lowest) % (BigInt::from(1) << A::BITS),
            BigInt::ZERO
        );
    }
}

/// A column's carry: the number divided by B, rounded to the nearest integer.
fn rounded<A: Arithmetic>(number: &BigInt) -> BigInt {
    (number + (BigInt::from(1) << (A::BITS - 1))) >> A::BITS
}

#[test]
fn sums_up_to_the_proven_bounds_are_exact() {
    sums_at_their_bound_are_exact::<Double>(36);
    sums_at_their_bound_are_exact::<PortableFused>(22);
    sums_at_their_bound_are_exact::<PortableColumns>(46);
    sums_at_their_bound_are_exact::<Single>(148);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_arithmetic_multiplies_random_numbers(
        m in proptest::collection::vec(any::<u32>(), 64),
        x in proptest::collection::vec(any::<u32>(), 64),
        y in proptest::collection::vec(any::<u32>(), 64),
    ) {
        let odd = |words: &[u32]| {
            let length = words.len() * 32;
            number_of(words) | BigUint::from(1_u32) | (BigUint::from(1_u32) << (length - 1))
        };
        let ([p, q], n) = ([odd(&m[..32]), odd(&m[32..])], odd(&m));
        random_product::<Double>([&p, &q], [&x, &y]);
        random_product::<PortableFused>([&p, &q], [&x, &y]);
        random_product::<Single>([&n, &n], [&x, &y]);
        random_product::<PortableColumns>([&n, &n], [&x, &y]);
    }
}

fn random_product<A: Arithmetic>(moduli: [&BigUint; 2], factors: [&[u32]; 2]) {
    let modulus = modulus::<A>(moduli);
    let [x, y] = factors.map(|words| {
        let (p, q) = words.split_at(if A::LANES == 2 { 32 } else { 64 });
        super::super::two_powers::number::<A>(modulus.length(), [p, q])
    });
    let (mut product, mut squared) = (A::NOTHING, A::NOTHING);
    multiply(&modulus, &mut Scratch::new(), &mut product, &x, &y);
    square(&modulus, &mut Scratch::new(), &mut squared, &x);
    is_product(&modulus, moduli, &product, [&x, &y]);
    is_product(&modulus, moduli, &squared, [&x, &x]);
}
