//! Words to balanced digits, and back.

use super::arithmetic::Arithmetic;
use super::words;

/// Writes a number into one lane of digits, from the lowest to the end of `digits`. It is below half of
/// B to the power of as many digits as there are, so that nothing is carried out of the highest; every
/// digit is at least −B/2 and below B/2.
pub(crate) fn write<A: Arithmetic>(digits: &mut [A::Digit], lane: usize, number: &[u32]) {
    let half = 1_i64 << (A::BITS - 1);
    let mut carry = 0;
    for (at, digit) in digits.iter_mut().enumerate() {
        let value = field(number, at * A::BITS, A::BITS) + carry;
        // 1 where the value is at least B/2, and is written as what it lacks of B.
        carry = (value + half) >> A::BITS;
        let mut lanes = A::lanes(*digit);
        if let Some(lane) = lanes.get_mut(lane) {
            *lane = value - (carry << A::BITS);
        }
        *digit = A::digit(lanes);
    }
}

/// `width` bits of a number, from the one at `from`; at most 62.
fn field(number: &[u32], from: usize, width: usize) -> i64 {
    let word = |index: usize| u64::from(number.get(index).copied().unwrap_or_default());
    let (at, shift) = (from / 32, from % 32);
    let lower = (word(at) | (word(at + 1) << 32)) >> shift;
    // Two shifts, since one by 64 is none.
    let upper = (word(at + 2) << 1) << (63 - shift);
    ((lower | upper) & ((1 << width) - 1)).cast_signed()
}

/// Reads one lane of a result that is not reduced, |result| < 2·m, and reduces it to the number below
/// `m` that it is. `number` has a word more than `m`, and that ends as zero.
pub(crate) fn read<A: Arithmetic>(number: &mut [u32], digits: &[A::Digit], lane: usize, m: &[u32]) {
    let mut values = digits
        .iter()
        .map(|digit| A::lanes(*digit).get(lane).copied().unwrap_or_default());
    let mut carry = 0_i64;
    // Bits that are known and not yet in a word: at most 31, and then a digit's lower 32.
    let mut bits = 0_u64;
    let mut count = 0;
    let mut upper: Option<u64> = None;
    for word in number.iter_mut() {
        while count < 32 {
            let (next, width) = if let Some(upper) = upper.take() {
                (upper, A::BITS - 32)
            } else {
                // Above the digits stands their sign, which the carry is then.
                let value = values.next().unwrap_or_default() + carry;
                carry = value >> A::BITS;
                let value = (value - (carry << A::BITS)).cast_unsigned();
                if A::BITS > 32 {
                    upper = Some(value >> 32);
                }
                (value & 0xffff_ffff, A::BITS.min(32))
            };
            bits |= next << count;
            count += width;
        }
        *word = words::low(bits);
        bits >>= 32;
        count -= 32;
    }
    // A number below zero is now one below 2^(32·(words of m + 1)): adding wraps it around.
    words::add(number, m, !0);
    words::add(number, m, !0);
    // From 0 to 4·m.
    for _ in 0..3 {
        let negative = words::subtract(number, m, !0);
        words::add(number, m, words::mask(negative));
    }
}
