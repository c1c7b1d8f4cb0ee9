//! The interface of a digit representation. [`scan`](super::scan) multiplies with any representation
//! that implements it.
//!
//! A number is a sum of digits dᵢ·Bⁱ, B = 2^[`BITS`](Arithmetic::BITS). Digits are balanced: they
//! lie around zero, with |dᵢ| at most slightly above B/2. A digit may be negative. Products
//! therefore grow half as fast as those of unsigned digits. A `Digit` may contain the digits of two
//! numbers at once: the first number is in the first lane. The lanes are independent.
//!
//! Products are summed by columns: the digit products xᵢ·yⱼ with the same i + j. Four neighbouring
//! columns are summed at a time, in a `Columns`. Four sums fit into the registers and hide the
//! latency of an instruction.

/// A representation of numbers, and the arithmetic of its digits.
pub(crate) trait Arithmetic {
    /// A digit of one number for each lane.
    type Digit: Copy + 'static;
    /// A digit as the first factor of products. Its form may differ from that of the second factor.
    type Factor: Copy;
    /// The storage of a number.
    type Number: Copy + AsRef<[Self::Digit]> + AsMut<[Self::Digit]>;
    /// The storage of a number's digits as first factors.
    type Factors: Copy + AsRef<[Self::Factor]> + AsMut<[Self::Factor]>;
    /// The sums of four neighbouring columns.
    type Columns: Copy;
    /// The carry from a column to the next.
    type Carry: Copy;
    /// All ones in the lanes that select the entry, zeros in the others.
    type Mask: Copy;

    /// The width of a digit in bits.
    const BITS: usize;
    /// The number of lanes: how many numbers are computed at once.
    const LANES: usize;
    /// How many zero digits stand below a number's lowest digit, 0 or 2. They fill the number up to a
    /// multiple of four digits, so that groups of four digits begin where groups of four columns do.
    const PAD: usize;
    /// How many digits are stored of a number, if this is the same for all moduli. A constant saves
    /// comparisons.
    const LENGTH: Option<usize>;
    /// A digit of zero.
    const ZERO: Self::Digit;
    /// A number of zero.
    const NOTHING: Self::Number;
    /// Factors of zero.
    const NO_FACTORS: Self::Factors;
    /// No carry.
    const NO_CARRY: Self::Carry;

    /// A digit of these values. With one lane, the second value is ignored.
    fn digit(lanes: [i64; 2]) -> Self::Digit;
    /// The values of a digit in its lanes.
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
    /// Turns four sums into digits, and returns the carry to the column after them.
    fn normalise(columns: Self::Columns, carry: Self::Carry) -> ([Self::Digit; 4], Self::Carry);
    /// Adds two carries to the same column.
    fn join(a: Self::Carry, b: Self::Carry) -> Self::Carry;

    /// Selects the lanes whose wanted table entry is number `index`.
    fn mask(wanted: [u32; 2], index: u32) -> Self::Mask;
    /// `gathered | (entry & mask)`
    fn pick(
        gathered: [Self::Digit; 4],
        entry: &[Self::Digit; 4],
        mask: Self::Mask,
    ) -> [Self::Digit; 4];

    /// Four digits of x times the last seven digits of `y`:
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

    /// The first two rows of a [`tile`](Self::tile). `y` has its last six digits:
    /// `columns[k] += x[i]·y[2 + k − i]`
    #[inline(always)]
    fn half_tile(columns: &mut Self::Columns, x: &[Self::Factor; 2], y: &[Self::Digit; 6]) {
        let [x0, x1] = x;
        let [_, _, against_0 @ ..] = y;
        let [_, against_1 @ .., _] = y;
        Self::row(columns, x0, against_0);
        Self::row(columns, x1, against_1);
    }

    /// The low end of a product. The first four digits of `y` are zeros, since y has no digit there:
    /// `columns[k] += x[i]·y[4 + k − i]`, ten products.
    fn low_corner(columns: &mut Self::Columns, x: &[Self::Factor; 4], y: &[Self::Digit; 8]);

    /// The high end of a product. The last four digits of `y` are zeros, since y has no digit there:
    /// `columns[k] += x[i]·y[4 + k − i]`, six products.
    fn high_corner(columns: &mut Self::Columns, x: &[Self::Factor; 4], y: &[Self::Digit; 8]);

    /// Two columns of the low end, for numbers with a [`PAD`](Self::PAD) of two digits:
    /// `columns[2 + k] += x[i]·y[k − i]`, three products.
    fn low_edge(columns: &mut Self::Columns, x: &[Self::Factor; 2], y: &[Self::Digit; 2]);

    /// The highest product of numbers with a [`PAD`](Self::PAD) of two digits: `columns[0] += x·y`
    fn peak(columns: &mut Self::Columns, x: &Self::Factor, y: &Self::Digit);

    /// The middle of a square, where its two equal halves meet:
    /// `columns[0] += x₀²`, `[1] += 2x₀x₁`, `[2] += 2x₀x₂ + x₁²`, `[3] += 2x₀x₃ + 2x₁x₂`.
    fn diagonal(columns: &mut Self::Columns, twice: &[Self::Factor; 2], x: &[Self::Digit; 4]);
}
