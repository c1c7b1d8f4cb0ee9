//! Montgomery multiplication by columns: one text for every way of writing numbers.
//!
//! For numbers x, y of L digits and a modulus m, all in base B, [`multiply`] gives x·y/B^L mod m. It
//! goes through the columns of the product from the lowest to the highest, four at a time, and knows
//! each four digits before it comes to the next four columns. Of the lower L digits t:
//!
//! - all but the last four are **folded**: with f = B^−4 mod m, a digit tᵢ·Bⁱ is, modulo m, the number
//!   tᵢ·f·B^(i+4), which stands in higher columns. So it takes as many products as Montgomery's own step
//!   does, and nothing waits for a quotient;
//! - the last four are cleared by **Montgomery's step**: with q = t·(−m⁻¹) mod B⁴, q·m cancels them.
//!
//! What then stands in the upper L columns is the result. (Folding by a precomputed inverse of the base
//! is as old as Montgomery's paper of 1985; four digits at a time is what hides the latency.)
//!
//! # The layout
//!
//! L is a multiple of four, or two more than one. In the latter case, numbers are kept with two zeros
//! below their lowest digit ([`PAD`](Arithmetic::PAD)), so that groups of four digits begin where groups of four
//! columns do. G is the number of those groups, and [`Modulus::length`] is 4·G.
//!
//! # The bounds
//!
//! A result is not reduced: it is what comes out. With |x|, |y| ≤ 2.1·m and 1024·m < B^L,
//!
//! > |result| ≤ |x·y|/B^L + |t·f|·B⁴/B^L + |q·m|·B^(L−4)/B^L, where
//!
//! - |x·y|/B^L ≤ 4.41·m·(m/B^L) < m/200,
//! - |t| ≤ B^(L−4)·(1/2 + ε) and 0 ≤ f < m, so the second term is at most m·(1/2 + ε),
//! - |q| ≤ B⁴·(1/2 + ε), so the third is at most m·(1/2 + ε).
//!
//! ε is at most 2^−30, from digits a little over B/2 (the three arithmetics say how much). So
//! |result| < 1.01·m, which may be multiplied again, and 1.01·m plus as much again, too. Where m
//! is only below B^L/16, as the public moduli of [`single`](super::single) are, |x|, |y| ≤ 1.3·m give
//! |x·y|/B^L < 0.11·m and |result| < 1.12·m. How large digits and sums become is proven where each
//! arithmetic is; all they need of this module is how many products a column takes:
//!
//! > at most L of x·y, L − 4 of t·f, four of q·m: 2·L.
//!
//! A column that Montgomery's step clears takes no more: L − 1 of x·y, L − 5 of t·f and four of q·m.
//!
//! # Time
//!
//! Every loop's length follows from L alone.

use super::arithmetic::Arithmetic;
use super::recode;

/// What is precomputed of a modulus, or of two side by side.
#[derive(Clone)]
pub(crate) struct Modulus<A: Arithmetic> {
    /// m, with zeros above it.
    pub number: A::Number,
    /// f = B^−4 mod m, as numbers are kept.
    pub fold: A::Number,
    /// −m⁻¹ mod B⁴.
    pub inverse: [A::Digit; 4],
    /// 4·G: how many digits are kept.
    pub length: usize,
}

impl<A: Arithmetic> Modulus<A> {
    /// From words, for each lane. `bits` is the length of the moduli; B^L is sixteen times as large, and
    /// 1024 times where the lanes are two.
    pub(crate) fn new(
        bits: usize,
        numbers: [&[u32]; 2],
        folds: [&[u32]; 2],
        inverses: [&[u32]; 2],
    ) -> Self {
        let slack = if A::LANES == 2 { 10 } else { 4 };
        let least = (bits + slack).div_ceil(A::BITS);
        let length = (least + A::PAD).next_multiple_of(4);
        let mut modulus = Self {
            number: A::NOTHING,
            fold: A::NOTHING,
            inverse: [A::ZERO; 4],
            length,
        };
        let number = modulus.number.as_mut().get_mut(..length - A::PAD);
        let number = number.unwrap_or_default();
        let fold = modulus.fold.as_mut().get_mut(A::PAD..length);
        let fold = fold.unwrap_or_default();
        let lanes = numbers.into_iter().zip(folds).zip(inverses);
        for (lane, ((m, f), inverse)) in lanes.enumerate().take(A::LANES) {
            recode::write::<A>(number, lane, m);
            recode::write::<A>(fold, lane, f);
            // What would be carried out of the fourth digit is a multiple of B⁴.
            recode::write::<A>(&mut modulus.inverse, lane, inverse);
        }
        modulus
    }
}

/// `result = x + y`, two results of this module, in digits that may be multiplied again.
pub(crate) fn sum<A: Arithmetic>(
    modulus: &Modulus<A>,
    result: &mut A::Number,
    x: &A::Number,
    y: &A::Number,
) {
    let mut carry = A::NO_CARRY;
    for at in (0..modulus.length).step_by(4) {
        let mut columns = A::columns();
        if let (Some(x), Some(y)) = (four(x.as_ref(), at), four(y.as_ref(), at)) {
            A::add(&mut columns, x);
            A::add(&mut columns, y);
        }
        let digits;
        (digits, carry) = A::normalise(columns, carry);
        put::<A>(result, at, &digits);
    }
}

/// Numbers on their way, which are as secret as what is multiplied.
pub(crate) struct Scratch<A: Arithmetic> {
    /// The lower digits of the product, t.
    lower: A::Number,
    /// Twice the number that is squared.
    twice: A::Number,
}

impl<A: Arithmetic> Scratch<A> {
    pub(crate) const EMPTY: Self = Self {
        lower: A::NOTHING,
        twice: A::NOTHING,
    };
}

/// `result = x·y/B^L`, modulo m.
pub(crate) fn multiply<A: Arithmetic>(
    modulus: &Modulus<A>,
    scratch: &mut Scratch<A>,
    result: &mut A::Number,
    x: &A::Number,
    y: &A::Number,
) {
    let (x, y) = (kept(modulus, x), kept(modulus, y));
    let Scratch { lower, .. } = scratch;
    scan(
        modulus,
        lower,
        result,
        |columns, group| low_group::<A>(columns, digits::<A>(x), y, group),
        |columns, group| high_group::<A>(columns, digits::<A>(x), y, group),
    );
}

/// `result = x²/B^L`, modulo m: two equal products are one, with a doubled factor.
pub(crate) fn square<A: Arithmetic>(
    modulus: &Modulus<A>,
    scratch: &mut Scratch<A>,
    result: &mut A::Number,
    x: &A::Number,
) {
    let Scratch { lower, twice } = scratch;
    let x = kept(modulus, x);
    for (twice, x) in twice.as_mut().iter_mut().zip(x) {
        *twice = A::double(*x);
    }
    let twice = kept(modulus, twice);
    let groups = modulus.length / 4;
    scan(
        modulus,
        lower,
        result,
        |columns, group| {
            // The columns from 4·group − PAD; rows below half of that meet a later digit.
            let half = 2 * group + A::PAD / 2;
            let rows = part(twice, A::PAD, half.saturating_sub(A::PAD));
            rows_of_two::<A>(columns, rows, part(x, 0, 4 * group + 4));
            diagonal::<A>(columns, x, twice, half);
        },
        |columns, group| {
            // In the last groups, too few digits are left for there to be two halves.
            if group + 2 + A::PAD / 2 > groups {
                return high_group::<A>(columns, digits::<A>(x), x, group);
            }
            let half = (modulus.length + A::PAD) / 2 + 2 * group;
            if let (Some(x), Some(y)) = (four(digits::<A>(twice), 4 * group), x.last_chunk()) {
                A::high_corner(columns, x, y);
            }
            let from = A::PAD + 4 * group + 4;
            let rows = part(twice, from, half.saturating_sub(from));
            rows_of_two::<A>(columns, rows, x);
            diagonal::<A>(columns, x, twice, half);
        },
    );
}

/// All columns, of which `low` and `high` bring the products of the lower and the upper half.
#[inline(always)]
fn scan<A: Arithmetic>(
    modulus: &Modulus<A>,
    lower: &mut A::Number,
    result: &mut A::Number,
    low: impl Fn(&mut A::Columns, usize),
    high: impl Fn(&mut A::Columns, usize),
) {
    let Modulus { number, length, .. } = modulus;
    let groups = length / 4;
    let fold = kept(modulus, &modulus.fold);
    let mut carry = A::NO_CARRY;
    let mut last = [A::ZERO; 4];

    for group in 0..groups {
        let mut columns = A::columns();
        low(&mut columns, group);
        if let Some(before) = group.checked_sub(1) {
            low_group::<A>(&mut columns, digits::<A>(lower.as_ref()), fold, before);
        }
        (last, carry) = A::normalise(columns, carry);
        if group + 1 < groups {
            put::<A>(lower, 4 * group, &last);
        }
    }

    let mut columns = A::columns();
    A::low_corner(&mut columns, &last, &modulus.inverse);
    let (quotient, _) = A::normalise(columns, A::NO_CARRY);
    // The four sums are divisible by B⁴ now: their digits are zero, and the carry is all there is.
    let mut columns = A::columns();
    A::add(&mut columns, &last);
    if let Some(lowest) = number.as_ref().first_chunk() {
        A::low_corner(&mut columns, &quotient, lowest);
    }
    let (_, above) = A::normalise(columns, A::NO_CARRY);
    carry = A::join(carry, above);

    // t without its last four digits.
    let folded = digits::<A>(part(lower.as_ref(), 0, length - 4));
    for group in 0..groups {
        let mut columns = A::columns();
        high(&mut columns, group);
        match group.checked_sub(1) {
            // The group before it is the last of the lower half, without the rows that are cleared.
            None => tiles::<A>(&mut columns, folded, fold),
            Some(before) => high_group::<A>(&mut columns, folded, fold, before),
        }
        if let Some(y) = eight(number.as_ref(), 4 * group) {
            A::tile(&mut columns, &quotient, y);
        }
        let upper;
        (upper, carry) = A::normalise(columns, carry);
        put::<A>(result, A::PAD + 4 * group, &upper);
    }
}

/// Four columns of the lower half of x·y: those of the digits `4·group − PAD` and on. Of `x`, the digits
/// are given, of `y` what is kept.
#[inline(always)]
fn low_group<A: Arithmetic>(
    columns: &mut A::Columns,
    x: &[A::Digit],
    y: &[A::Digit],
    group: usize,
) {
    tiles::<A>(columns, part(x, 0, 4 * group), part(y, 0, 4 * group + 4));
    if A::PAD == 0 {
        if let (Some(x), Some(y)) = (four(x, 4 * group), y.first_chunk()) {
            A::low_corner(columns, x, y);
        }
    } else if let (Some(x), Some(y)) = (two(x, 4 * group), two(y, A::PAD)) {
        A::low_edge(columns, x, y);
    }
}

/// Four columns of the upper half: those of the digits `L + 4·group` and on.
#[inline(always)]
fn high_group<A: Arithmetic>(
    columns: &mut A::Columns,
    x: &[A::Digit],
    y: &[A::Digit],
    group: usize,
) {
    if let (Some(corner), Some(top)) = (four(x, 4 * group), y.last_chunk()) {
        A::high_corner(columns, corner, top);
        tiles::<A>(columns, x.get(4 * group + 4..).unwrap_or_default(), y);
    } else if let (Some(x), Some(y)) = (x.last(), y.last()) {
        A::peak(columns, x, y);
    }
}

/// Digits of x from the lowest, four by four, against those of y from the end of what is given.
#[inline(always)]
fn tiles<A: Arithmetic>(columns: &mut A::Columns, x: &[A::Digit], mut y: &[A::Digit]) {
    let mut sums = *columns;
    let (fours, rest) = x.as_chunks::<4>();
    for x in fours {
        let Some(window) = y.last_chunk() else { break };
        A::tile(&mut sums, x, window);
        y = part(y, 0, y.len() - 4);
    }
    if A::PAD != 0
        && let (Some(x), Some(window)) = (rest.first_chunk(), y.last_chunk())
    {
        A::half_tile(&mut sums, x, window);
    }
    *columns = sums;
}

/// Digits of x, two by two, against those of y from the end of what is given.
#[inline(always)]
fn rows_of_two<A: Arithmetic>(columns: &mut A::Columns, x: &[A::Digit], mut y: &[A::Digit]) {
    let mut sums = *columns;
    let (twos, rest) = x.as_chunks::<2>();
    for x in twos {
        let Some(window) = y.last_chunk() else { break };
        A::half_tile(&mut sums, x, window);
        y = part(y, 0, y.len() - 2);
    }
    if A::PAD != 0
        && let (Some(x), Some(window)) = (rest.first(), y.last_chunk())
    {
        A::row(&mut sums, x, window);
    }
    *columns = sums;
}

/// The middle of a square, at the digit that is kept at `half`.
#[inline(always)]
fn diagonal<A: Arithmetic>(
    columns: &mut A::Columns,
    x: &[A::Digit],
    twice: &[A::Digit],
    half: usize,
) {
    if let (Some(x), Some(twice)) = (four(x, half), four(twice, half)) {
        A::diagonal(columns, x, twice);
    }
}

/// As much of a number's room as its modulus takes.
fn kept<'a, A: Arithmetic>(modulus: &Modulus<A>, number: &'a A::Number) -> &'a [A::Digit] {
    part(number.as_ref(), 0, modulus.length)
}

/// What is kept of a number, without the zeros below it.
fn digits<A: Arithmetic>(kept: &[A::Digit]) -> &[A::Digit] {
    kept.get(A::PAD..).unwrap_or_default()
}

/// `count` digits, from the one at `from`. There are as many; if there were not, the result would be
/// wrong, and not this program's end: whoever signs checks what came out.
fn part<D>(digits: &[D], from: usize, count: usize) -> &[D] {
    digits.get(from..from + count).unwrap_or_default()
}

fn two<D>(digits: &[D], at: usize) -> Option<&[D; 2]> {
    digits.get(at..)?.first_chunk()
}

fn four<D>(digits: &[D], at: usize) -> Option<&[D; 4]> {
    digits.get(at..)?.first_chunk()
}

fn eight<D>(digits: &[D], at: usize) -> Option<&[D; 8]> {
    digits.get(at..)?.first_chunk()
}

fn put<A: Arithmetic>(number: &mut A::Number, at: usize, digits: &[A::Digit; 4]) {
    let room = number.as_mut().get_mut(at..);
    if let Some(room) = room.and_then(<[A::Digit]>::first_chunk_mut) {
        *room = *digits;
    }
}
