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
//! ε is below 2^−28: digits of at most B/2·(1 + δ) add up to at most 1/2·(1 + δ)·B/(B − 1) of what stands above
//! them, where δ is 2^−38, 2^−39 or nothing (the four arithmetics say which) and B at least 2^28. So
//! |result| < 1.01·m, which may be multiplied again, and 1.01·m plus as much again, too. Where m
//! is only below B^L/16, as the public moduli of [`single`](super::single) and [`fused_columns`](super::fused_columns) are, |x|, |y| ≤ 1.3·m give
//! |x·y|/B^L < 0.11·m and |result| < 1.12·m; and x < 2^bits, the length of m, with |y| ≤ 1.3·m gives less still.
//!
//! A result has no more than L digits. Where two zeros are kept below, the last group makes two digits more, and a
//! carry leaves it in any case; no product stands there, and they are zero. For a digit is at most 0.51·B in
//! absolute value, so all digits below B^k come to less than 0.52·B^k. Were the carry not zero, nor, if it is, the
//! digit below it, nor then the next one, |result| would be at least 0.48·B^L; but it is below B^L/14.
//!
//! How large digits and sums become is proven where each arithmetic is; all they need of this module is how
//! many products a column takes:
//!
//! > at most L of x·y, L − 4 of t·f, four of q·m: 2·L.
//!
//! In a column that Montgomery's step clears, its four products are summed apart from the others.
//!
//! # Time
//!
//! Every loop's length follows from L alone.

use super::arithmetic::Arithmetic;
use super::recode;

/// As many zeros stand below what is kept of a number, and above it, for the corners of a product.
pub(crate) const MARGIN: usize = 4;

/// What is precomputed of a modulus, or of two side by side.
#[derive(Clone)]
pub(crate) struct Modulus<A: Arithmetic> {
    /// m, with zeros above it.
    pub number: A::Number,
    /// f = B^−4 mod m, as numbers are kept.
    pub fold: A::Number,
    /// −m⁻¹ mod B⁴, above four zeros.
    pub inverse: [A::Digit; 8],
    /// 4·G: how many digits are kept.
    length: usize,
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
            inverse: [A::ZERO; 8],
            length,
        };
        let room = MARGIN..MARGIN + length - A::PAD;
        let number = modulus.number.as_mut().get_mut(room).unwrap_or_default();
        let fold = significant_mut::<A>(&mut modulus.fold, length);
        let [_, _, _, _, inverse_digits @ ..] = &mut modulus.inverse;
        let lanes = numbers.into_iter().zip(folds).zip(inverses);
        for (lane, ((m, f), inverse)) in lanes.enumerate().take(A::LANES) {
            recode::write::<A>(number, lane, m);
            recode::write::<A>(fold, lane, f);
            // What would be carried out of the fourth digit is a multiple of B⁴.
            recode::write::<A>(inverse_digits, lane, inverse);
        }
        modulus
    }
}

impl<A: Arithmetic> Modulus<A> {
    /// Overwrites it with zeros, where it is secret.
    pub(crate) fn wipe(&mut self) {
        self.number = A::NOTHING;
        self.fold = A::NOTHING;
        self.inverse = [A::ZERO; 8];
        core::hint::black_box(self);
    }

    /// 4·G: how many digits are kept.
    #[inline(always)]
    pub(crate) fn length(&self) -> usize {
        A::LENGTH.unwrap_or(self.length)
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
    for at in (MARGIN..MARGIN + modulus.length()).step_by(4) {
        let mut columns = A::columns();
        if let (Some(x), Some(y)) = (four(x.as_ref(), at), four(y.as_ref(), at)) {
            A::add(&mut columns, x);
            A::add(&mut columns, y);
        }
        let digits;
        (digits, carry) = A::normalise(columns, carry);
        put(result.as_mut(), at, &digits);
    }
}

/// Numbers on their way, which are as secret as what is multiplied.
pub(crate) struct Scratch<A: Arithmetic> {
    /// The lower digits of the product, t.
    lower: A::Factors,
    /// The first factor, or twice the number that is squared.
    factor: A::Factors,
}

impl<A: Arithmetic> Scratch<A> {
    pub(crate) const EMPTY: Self = Self {
        lower: A::NO_FACTORS,
        factor: A::NO_FACTORS,
    };

    pub(crate) fn new() -> Self {
        Self::EMPTY
    }
}

impl<A: Arithmetic> Drop for Scratch<A> {
    fn drop(&mut self) {
        self.lower = A::NO_FACTORS;
        self.factor = A::NO_FACTORS;
        // So that the compiler does not take it for useless.
        core::hint::black_box(self);
    }
}

/// `result = x·y/B^L`, modulo m.
pub(crate) fn multiply<A: Arithmetic>(
    modulus: &Modulus<A>,
    scratch: &mut Scratch<A>,
    result: &mut A::Number,
    x: &A::Number,
    y: &A::Number,
) {
    let Scratch { lower, factor } = scratch;
    let y = with_margins(modulus, y);
    let x = factors(modulus, factor, x, A::factors);
    let x = from(x, A::PAD);
    scan(
        modulus,
        lower,
        result,
        |columns, group| low_group::<A>(columns, x, y, group),
        |columns, group| high_group::<A>(columns, from(x, 4 * group), y),
    );
}

/// `result = x²/B^L`, modulo m: two equal products are one, with a doubled factor.
pub(crate) fn square<A: Arithmetic>(
    modulus: &Modulus<A>,
    scratch: &mut Scratch<A>,
    result: &mut A::Number,
    x: &A::Number,
) {
    let Scratch { lower, factor } = scratch;
    let twice = factors(modulus, factor, x, A::twice);
    let x = with_margins(modulus, x);
    let groups = modulus.length() / 4;
    scan(
        modulus,
        lower,
        result,
        |columns, group| {
            // The columns from 4·group − PAD; rows below half of that meet a later digit.
            let half = 2 * group + A::PAD / 2;
            let rows = part(twice, A::PAD, half.saturating_sub(A::PAD));
            add_rows::<A>(columns, rows, part(x, 0, MARGIN + 4 * group + 4));
            diagonal::<A>(columns, twice, x, half);
        },
        |columns, group| {
            let corner = A::PAD + 4 * group;
            // In the last groups, all digits that are left meet all others.
            if group + 2 + A::PAD / 2 > groups {
                return last_group::<A>(columns, corner, x);
            }
            if let (Some(corner), Some(top)) = (four(twice, corner), x.last_chunk()) {
                A::high_corner(columns, corner, top);
            }
            let below = part(x, 0, x.len() - MARGIN);
            let half = A::PAD + (modulus.length() - A::PAD) / 2 + 2 * group;
            let rows = part(twice, corner + 4, half.saturating_sub(corner + 4));
            add_rows::<A>(columns, rows, below);
            diagonal::<A>(columns, twice, x, half);
        },
    );
}

/// All columns, of which `low` and `high` bring the products of the lower and the upper half.
#[inline(always)]
fn scan<A: Arithmetic>(
    modulus: &Modulus<A>,
    lower: &mut A::Factors,
    result: &mut A::Number,
    low: impl Fn(&mut A::Columns, usize),
    high: impl Fn(&mut A::Columns, usize),
) {
    let number = &modulus.number;
    let length = modulus.length();
    let groups = length / 4;
    let fold = with_margins(modulus, &modulus.fold);
    let mut carry = A::NO_CARRY;
    let mut last = [A::ZERO; 4];

    for group in 0..groups {
        let mut columns = A::columns();
        low(&mut columns, group);
        if let Some(before) = group.checked_sub(1) {
            low_group::<A>(&mut columns, from(lower.as_ref(), A::PAD), fold, before);
        }
        (last, carry) = A::normalise(columns, carry);
        if group + 1 < groups {
            put(lower.as_mut(), 4 * group, &A::factors(&last));
        }
    }

    let mut columns = A::columns();
    A::low_corner(&mut columns, &A::factors(&last), &modulus.inverse);
    let (quotient, _) = A::normalise(columns, A::NO_CARRY);
    let quotient = A::factors(&quotient);
    // The four sums are divisible by B⁴ now: their digits are zero, and the carry is all there is.
    let mut columns = A::columns();
    A::add(&mut columns, &last);
    if let Some(lowest) = number.as_ref().first_chunk() {
        A::low_corner(&mut columns, &quotient, lowest);
    }
    let (_, above) = A::normalise(columns, A::NO_CARRY);
    carry = A::join(carry, above);

    // t without its last four digits.
    let folded = from(part(lower.as_ref(), 0, length - 4), A::PAD);
    for group in 0..groups {
        let mut columns = A::columns();
        high(&mut columns, group);
        if let Some(y) = eight(number.as_ref(), MARGIN + 4 * group) {
            A::tile(&mut columns, &quotient, y);
        }
        match group.checked_sub(1) {
            // The group before it is the last of the lower half, without the rows that are cleared.
            None => add_rows::<A>(&mut columns, folded, part(fold, 0, fold.len() - MARGIN)),
            Some(before) => high_group::<A>(&mut columns, from(folded, 4 * before), fold),
        }
        let upper;
        (upper, carry) = A::normalise(columns, carry);
        put(result.as_mut(), MARGIN + A::PAD + 4 * group, &upper);
    }
}

/// Four columns of the lower half of x·y: those of the digits `4·group − PAD` and on. Of `x`, the digits
/// are given, of `y` what is kept.
#[inline(always)]
fn low_group<A: Arithmetic>(
    columns: &mut A::Columns,
    x: &[A::Factor],
    y: &[A::Digit],
    group: usize,
) {
    let y_below = part(y, 0, MARGIN + 4 * group + 4);
    add_rows::<A>(columns, part(x, 0, 4 * group), y_below);
    if A::PAD == 0 {
        if let (Some(x), Some(y)) = (four(x, 4 * group), y.first_chunk()) {
            A::low_corner(columns, x, y);
        }
    } else if let (Some(x), Some(y)) = (two(x, 4 * group), two(y, MARGIN + A::PAD)) {
        A::low_edge(columns, x, y);
    }
}

/// Four columns of the upper half: those of the digits `L + 4·group` and on. Of x, the digits from
/// `4·group` are given, the lowest of which is too low.
#[inline(always)]
fn high_group<A: Arithmetic>(columns: &mut A::Columns, x: &[A::Factor], y: &[A::Digit]) {
    if let (Some((corner, x)), Some(top)) = (x.split_first_chunk(), y.last_chunk()) {
        A::high_corner(columns, corner, top);
        add_rows::<A>(columns, x, part(y, 0, y.len() - MARGIN));
    } else if A::PAD != 0
        && let (Some(x), Some([y, ..])) = (x.last(), y.last_chunk::<{ MARGIN + 1 }>())
    {
        A::peak(columns, x, y);
    }
}

/// Digits of x from the lowest, two by two, against those of y from the end of what is given. By four,
/// it would be no faster, and larger.
#[inline(always)]
fn add_rows<A: Arithmetic>(columns: &mut A::Columns, x: &[A::Factor], y: &[A::Digit]) {
    let mut sums = *columns;
    let (twos, rest) = x.as_chunks::<2>();
    let mut windows = y.as_chunks::<2>().0.array_windows::<3>().rev();
    for (x, window) in twos.iter().zip(&mut windows) {
        if let Some(window) = window.as_flattened().first_chunk() {
            A::half_tile(&mut sums, x, window);
        }
    }
    if A::PAD != 0
        && let (Some(x), Some(window)) = (rest.first(), windows.next())
        && let Some(window) = window.as_flattened().last_chunk()
    {
        A::row(&mut sums, x, window);
    }
    *columns = sums;
}

/// The middle of a square, at the digit that is kept at `half`.
#[inline(always)]
fn diagonal<A: Arithmetic>(
    columns: &mut A::Columns,
    twice: &[A::Factor],
    x: &[A::Digit],
    half: usize,
) {
    if let (Some(twice), Some(x)) = (two(twice, half), four(x, MARGIN + half)) {
        A::diagonal(columns, twice, x);
    }
}

/// The last groups of a square, from the digit that is kept at `corner`, at most six.
fn last_group<A: Arithmetic>(columns: &mut A::Columns, corner: usize, x: &[A::Digit]) {
    let digits = part(x, MARGIN + corner, x.len() - 2 * MARGIN - corner);
    let (Some(lower), count) = (four(x, MARGIN + corner), digits.len()) else {
        return;
    };
    let lower = A::factors(lower);
    match four(x, MARGIN + corner + 4) {
        Some(upper) if count == 6 => {
            let ([d0, d1, d2, d3], [d4, d5, _, _]) = (lower, A::factors(upper));
            high_group::<A>(columns, &[d0, d1, d2, d3, d4, d5], x);
        }
        _ => high_group::<A>(columns, part(&lower, 0, count), x),
    }
}

/// The digits of a number as factors, in the room for them.
fn factors<'a, A: Arithmetic>(
    modulus: &Modulus<A>,
    room: &'a mut A::Factors,
    number: &A::Number,
    factors: fn(&[A::Digit; 4]) -> [A::Factor; 4],
) -> &'a [A::Factor] {
    let kept = part(number.as_ref(), MARGIN, modulus.length());
    let room = room
        .as_mut()
        .get_mut(..modulus.length())
        .unwrap_or_default();
    for (to, from) in room.as_chunks_mut().0.iter_mut().zip(kept.as_chunks().0) {
        *to = factors(from);
    }
    room
}

/// As much of a number's room as its modulus takes, with zeros on both sides.
fn with_margins<'a, A: Arithmetic>(modulus: &Modulus<A>, number: &'a A::Number) -> &'a [A::Digit] {
    part(number.as_ref(), 0, modulus.length() + 2 * MARGIN)
}

/// A number's digits, without any zeros around them.
pub(crate) fn significant<A: Arithmetic>(number: &A::Number, length: usize) -> &[A::Digit] {
    part(number.as_ref(), MARGIN + A::PAD, length - A::PAD)
}

/// The same, to be written.
pub(crate) fn significant_mut<A: Arithmetic>(
    number: &mut A::Number,
    length: usize,
) -> &mut [A::Digit] {
    let range = MARGIN + A::PAD..MARGIN + length;
    number.as_mut().get_mut(range).unwrap_or_default()
}

/// `count` digits, from the one at `from`. There are as many; if there were not, the result would be
/// wrong, and not this program's end: whoever signs checks what came out.
fn part<D>(digits: &[D], from: usize, count: usize) -> &[D] {
    digits.get(from..from + count).unwrap_or_default()
}

fn from<D>(digits: &[D], from: usize) -> &[D] {
    digits.get(from..).unwrap_or_default()
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

fn put<D: Copy>(digits: &mut [D], at: usize, four: &[D; 4]) {
    let room = digits.get_mut(at..);
    if let Some(room) = room.and_then(<[D]>::first_chunk_mut) {
        *room = *four;
    }
}
