//! Montgomery multiplication by columns: one implementation for all digit representations.
//!
//! For numbers x, y of L digits and a modulus m, all in base B, [`multiply`] computes x·y/B^L mod m. It
//! processes the columns of the product from the lowest to the highest, four at a time. Four digits are
//! complete before the next four columns begin. Let t be the lower L digits of the product:
//!
//! - All but the last four are **folded**: with f = B^−4 mod m, a digit tᵢ·Bⁱ is tᵢ·f·B^(i+4)
//!   modulo m, which belongs to higher columns. This takes as many products as Montgomery's own
//!   step, and no product has to wait for a quotient.
//! - The last four are cleared by **Montgomery's step**: with q = t·(−m⁻¹) mod B⁴, q·m cancels them.
//!
//! The result is then in the upper L columns. (Folding by a precomputed inverse of the base is as
//! old as Montgomery's paper of 1985. Folding four digits at a time hides the latency.)
//!
//! # The layout
//!
//! L is a multiple of four, or two more than a multiple of four. In the latter case, numbers are
//! stored with two zeros below their lowest digit ([`PAD`](Arithmetic::PAD)), so that groups of
//! four digits begin where groups of four columns do. G is the number of these groups, and
//! [`Modulus::length`] is 4·G.
//!
//! # The bounds
//!
//! A result is not reduced. With |x|, |y| ≤ 2.1·m and 1024·m < B^L,
//!
//! > |result| ≤ |x·y|/B^L + |t·f|·B⁴/B^L + |q·m|·B^(L−4)/B^L, where
//!
//! - |x·y|/B^L ≤ 4.41·m·(m/B^L) < m/200,
//! - |t| ≤ B^(L−4)·(1/2 + ε) and 0 ≤ f < m, so the second term is at most m·(1/2 + ε),
//! - |q| ≤ B⁴·(1/2 + ε), so the third term is at most m·(1/2 + ε).
//!
//! ε is below 2^−28: digits of at most B/2·(1 + δ) add up to at most 1/2·(1 + δ)·B/(B − 1) of the
//! power of B above them. δ is 2^−38, 2^−39 or zero (see the four arithmetics), and B is at least
//! 2^28. So |result| < 1.01·m. A result may be multiplied again, and so may the sum of two results.
//! The public moduli of [`single`](super::single) and [`fused_columns`](super::fused_columns) are
//! only below B^L/16. There, |x|, |y| ≤ 1.3·m give |x·y|/B^L < 0.11·m and |result| < 1.12·m. x <
//! 2^bits, where `bits` is the length of m, with |y| ≤ 1.3·m gives less.
//!
//! A result has no more than L digits. With a `PAD` of two, the last group makes two digits more;
//! in any case there is a carry out of the last group. There are no products in these columns, and
//! the two digits and the carry are zero. Proof: the absolute value of a digit is at most 0.51·B,
//! so all digits below B^k add up to less than 0.52·B^k. If the carry were not zero, |result| would
//! be at least 0.48·B^L. If the carry were zero and one of the two digits were not, the same would
//! follow. But |result| is below B^L/14.
//!
//! Each arithmetic proves how large its digits and sums become. These proofs use one fact of this
//! module, the number of products in a column:
//!
//! > at most L of x·y, L − 4 of t·f, four of q·m: 2·L.
//!
//! In a column that Montgomery's step clears, its four products are summed separately.
//!
//! # Time
//!
//! The length of every loop depends on L alone.

use super::arithmetic::Arithmetic;
use super::recode;

/// How many zeros are stored below a number's digits, and above them, for the corners of a product.
pub(crate) const MARGIN: usize = 4;

/// The constants of a modulus, or of two moduli side by side.
#[derive(Clone)]
pub(crate) struct Modulus<A: Arithmetic> {
    /// m, with its lowest digit at `MARGIN` and zeros above.
    pub number: A::Number,
    /// f = B^−4 mod m, in the layout of numbers.
    pub fold: A::Number,
    /// −m⁻¹ mod B⁴, with four zeros below it.
    pub inverse: [A::Digit; 8],
    /// 4·G: how many digits are stored.
    length: usize,
}

impl<A: Arithmetic> Modulus<A> {
    /// From words, for each lane. `bits` is the length of the moduli. B^L is at least 16 times as
    /// large as a modulus, and 1024 times with two lanes.
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
            // A carry out of the fourth digit would be a multiple of B⁴, and is dropped.
            recode::write::<A>(inverse_digits, lane, inverse);
        }
        modulus
    }
}

impl<A: Arithmetic> Modulus<A> {
    /// Overwrites it with zeros, for a secret modulus.
    pub(crate) fn wipe(&mut self) {
        self.number = A::NOTHING;
        self.fold = A::NOTHING;
        self.inverse = [A::ZERO; 8];
        core::hint::black_box(self);
    }

    /// 4·G: how many digits are stored.
    #[inline(always)]
    pub(crate) fn length(&self) -> usize {
        A::LENGTH.unwrap_or(self.length)
    }
}

/// `result = x + y` for two results of this module. The sum may be multiplied again.
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

/// Intermediate numbers. They are as secret as the factors.
pub(crate) struct Scratch<A: Arithmetic> {
    /// The lower digits of the product, t.
    lower: A::Factors,
    /// The first factor, or twice the number to be squared.
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
        // The compiler must not remove the writes.
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

/// `result = x²/B^L`, modulo m. Two equal products are computed as one with a doubled factor.
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
            // The columns from 4·group − PAD on. Rows below half of that are multiplied by a later
            // digit.
            let half = 2 * group + A::PAD / 2;
            let rows = part(twice, A::PAD, half.saturating_sub(A::PAD));
            add_rows::<A>(columns, rows, part(x, 0, MARGIN + 4 * group + 4));
            diagonal::<A>(columns, twice, x, half);
        },
        |columns, group| {
            let corner = A::PAD + 4 * group;
            // In the last groups, all remaining digits are multiplied by all others.
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

/// Processes all columns. `low` and `high` add the products of the lower and of the upper half.
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
    // The four sums are divisible by B⁴ now: their digits are zero, and only the carry remains.
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
            // This group is preceded by the last group of the lower half, without the cleared rows.
            None => add_rows::<A>(&mut columns, folded, part(fold, 0, fold.len() - MARGIN)),
            Some(before) => high_group::<A>(&mut columns, from(folded, 4 * before), fold),
        }
        let upper;
        (upper, carry) = A::normalise(columns, carry);
        put(result.as_mut(), MARGIN + A::PAD + 4 * group, &upper);
    }
}

/// Four columns of the lower half of x·y, from the digit `4·group − PAD` on. `x` has the digits
/// alone, `y` has its margins, too.
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

/// Four columns of the upper half, from the digit `L + 4·group` on. `x` has the digits from
/// `4·group` on; the lowest of them belongs to no product here.
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

/// Multiplies the digits of `x` from the lowest on, two at a time, by the digits of `y` from its
/// end on. Four at a time would be no faster, and larger.
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

/// The middle of a square, at the digit that is stored at `half`.
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

/// The last groups of a square, from the digit that is stored at `corner` on; at most six digits.
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

/// Converts the digits of a number to factors, in `room`.
fn factors<'a, A: Arithmetic>(
    modulus: &Modulus<A>,
    room: &'a mut A::Factors,
    number: &A::Number,
    factors: fn(&[A::Digit; 4]) -> [A::Factor; 4],
) -> &'a [A::Factor] {
    let digits = part(number.as_ref(), MARGIN, modulus.length());
    let room = room
        .as_mut()
        .get_mut(..modulus.length())
        .unwrap_or_default();
    for (to, from) in room.as_chunks_mut().0.iter_mut().zip(digits.as_chunks().0) {
        *to = factors(from);
    }
    room
}

/// A number's digits with the zeros on both sides, for the length of its modulus.
fn with_margins<'a, A: Arithmetic>(modulus: &Modulus<A>, number: &'a A::Number) -> &'a [A::Digit] {
    part(number.as_ref(), 0, modulus.length() + 2 * MARGIN)
}

/// A number's digits without the zeros around them.
pub(crate) fn significant<A: Arithmetic>(number: &A::Number, length: usize) -> &[A::Digit] {
    part(number.as_ref(), MARGIN + A::PAD, length - A::PAD)
}

/// The same, mutable.
pub(crate) fn significant_mut<A: Arithmetic>(
    number: &mut A::Number,
    length: usize,
) -> &mut [A::Digit] {
    let range = MARGIN + A::PAD..MARGIN + length;
    number.as_mut().get_mut(range).unwrap_or_default()
}

/// `count` digits from the one at `from` on. There are always so many. If there were not, the
/// result would be wrong, but nothing would panic; a wrong signature is found by the check against
/// the public key.
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
