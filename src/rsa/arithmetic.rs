//! What a way of writing numbers as digits has to bring, so that [`scan`](super::scan) can multiply
//! with it.
//!
//! A number is a sum of digits dᵢ·Bⁱ, B = 2^[`BITS`](Arithmetic::BITS). Digits are balanced: they lie
//! around zero, |dᵢ| ≤ B/2 and a little, so that products grow half as fast as unsigned ones would, and
//! a digit may be negative as well as positive. A `Digit` may hold the digits of two numbers at once,
//! those of the first in its first lane; each lane is arithmetic of its own.
//!
//! Products are summed by columns: the digit products xᵢ·yⱼ with the same i + j. Four neighbouring
//! columns are summed at a time, in what is called `Columns` here, which is as many sums as registers
//! and latencies like.

/// A way of writing numbers, and the arithmetic of its digits.
pub(crate) trait Arithmetic {
    /// A digit, of as many numbers as there are lanes.
    type Digit: Copy + 'static;
    /// A digit as the first factor of products, which may be kept in another form than as the second.
    type Factor: Copy;
    /// Room for a number.
    type Number: Copy + AsRef<[Self::Digit]> + AsMut<[Self::Digit]>;
    /// Room for a number's digits as first factors.
    type Factors: Copy + AsRef<[Self::Factor]> + AsMut<[Self::Factor]>;
    /// The sums of four neighbouring columns.
    type Columns: Copy;
    /// What a column hands to the next.
    type Carry: Copy;
    /// All ones in the lanes whose entry is wanted, zeros in the others.
    type Mask: Copy;

    /// The width of a digit.
    const BITS: usize;
    /// How many numbers stand side by side in the lanes.
    const LANES: usize;
    /// How many digits are lacking at the low end for a multiple of four: 0 or 2. They are there, as
    /// zeros, so that groups of four begin where the columns do.
    const PAD: usize;
    /// How many digits are kept of a number, where it is always as many, which saves comparisons.
    const LENGTH: Option<usize>;
    /// A digit of zero.
    const ZERO: Self::Digit;
    /// A number of zero.
    const NOTHING: Self::Number;
    /// Factors of zero.
    const NO_FACTORS: Self::Factors;
    /// No carry.
    const NO_CARRY: Self::Carry;

    /// A digit of these values, as many of which are taken as there are lanes.
    fn digit(lanes: [i64; 2]) -> Self::Digit;
    /// The values of a digit.
    fn lanes(digit: Self::Digit) -> [i64; 2];
    /// Four digits as factors.
    fn factors(digits: &[Self::Digit; 4]) -> [Self::Factor; 4];
    /// Twice four digits, as factors.
    fn twice(digits: &[Self::Digit; 4]) -> [Self::Factor; 4];

    /// Empty sums.
    fn columns() -> Self::Columns;
    /// `columns[k] += x·y[k]`
    fn row(columns: &mut Self::Columns, x: &Self::Factor, y: &[Self::Digit; 4]);
    /// `columns[k] += digits[k]`
    fn add(columns: &mut Self::Columns, digits: &[Self::Digit; 4]);
    /// Makes digits of four sums, and a carry for the column after them.
    fn normalise(columns: Self::Columns, carry: Self::Carry) -> ([Self::Digit; 4], Self::Carry);
    /// Two carries to the same column.
    fn join(a: Self::Carry, b: Self::Carry) -> Self::Carry;

    /// Which lanes want the entry number `index` of a table.
    fn mask(wanted: [u32; 2], index: u32) -> Self::Mask;
    /// `seen | (entry & mask)`
    fn pick(seen: [Self::Digit; 4], entry: &[Self::Digit; 4], mask: Self::Mask)
    -> [Self::Digit; 4];

    /// Four digits of x times seven of y, those after the first of `y`:
    /// `columns[k] += x[i]·y[4 + k − i]`
    #[inline(always)]
    fn tile(columns: &mut Self::Columns, x: &[Self::Factor; 4], y: &[Self::Digit; 8]) {
        let [x0, x1, x2, x3] = x;
        let [_, _, _, _, against_0 @ ..] = y;
        let [_, _, _, against_1 @ .., _] = y;
        let [_, _, against_2 @ .., _, _] = y;
        let [_, against_3 @ .., _, _, _] = y;
        Self::row(columns, x0, against_0);
        Self::row(columns, x1, against_1);
        Self::row(columns, x2, against_2);
        Self::row(columns, x3, against_3);
    }

    /// The first two rows of a [`tile`](Self::tile), of whose eight digits of y the first two are not
    /// given: `columns[k] += x[i]·y[2 + k − i]`
    #[inline(always)]
    fn half_tile(columns: &mut Self::Columns, x: &[Self::Factor; 2], y: &[Self::Digit; 6]) {
        let [x0, x1] = x;
        let [_, _, against_0 @ ..] = y;
        let [_, against_1 @ .., _] = y;
        Self::row(columns, x0, against_0);
        Self::row(columns, x1, against_1);
    }

    /// The low end of a product, where y has no digit below its first; the first four of `y` are zeros
    /// from below it: `columns[k] += x[i]·y[4 + k − i]`, ten products.
    fn low_corner(columns: &mut Self::Columns, x: &[Self::Factor; 4], y: &[Self::Digit; 8]);

    /// The high end, where y has no digit above its last; the last four of `y` are zeros from above it:
    /// `columns[k] += x[i]·y[4 + k − i]`, six products.
    fn high_corner(columns: &mut Self::Columns, x: &[Self::Factor; 4], y: &[Self::Digit; 8]);

    /// The low end, two columns of it, for numbers that lack two digits:
    /// `columns[2 + k] += x[i]·y[k − i]`, three products.
    fn low_edge(columns: &mut Self::Columns, x: &[Self::Factor; 2], y: &[Self::Digit; 2]);

    /// The highest product of such numbers: `columns[0] += x·y`
    fn peak(columns: &mut Self::Columns, x: &Self::Factor, y: &Self::Digit);

    /// The middle of a square, where its two halves meet:
    /// `columns[0] += x₀²`, `[1] += 2x₀x₁`, `[2] += 2x₀x₂ + x₁²`, `[3] += 2x₀x₃ + 2x₁x₂`.
    fn diagonal(columns: &mut Self::Columns, twice: &[Self::Factor; 2], x: &[Self::Digit; 4]);
}
