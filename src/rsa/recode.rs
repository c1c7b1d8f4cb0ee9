//! Converts words to balanced digits, and back.

use super::arithmetic::Arithmetic;
use super::words;

/// Writes a number into one lane of `digits`, the lowest digit first. For k digits, the number is
/// below B^k/2, so there is no carry out of the highest digit. Every digit is at least −B/2 and
/// below B/2.
pub(crate) fn write<A: Arithmetic>(digits: &mut [A::Digit], lane: usize, number: &[u32]) {
    let half = 1_i64 << (A::BITS - 1);
    let mut carry = 0;
    for (at, digit) in digits.iter_mut().enumerate() {
        let value = field(number, at * A::BITS, A::BITS) + carry;
        // 1 if the value is at least B/2. The digit is then the value minus B.
        carry = (value + half) >> A::BITS;
        let mut lanes = A::lanes(*digit);
        if let Some(lane) = lanes.get_mut(lane) {
            *lane = value - (carry << A::BITS);
        }
        *digit = A::digit(lanes);
    }
}

/// `width` bits of a number from bit `from` on; at most 62 bits.
fn field(number: &[u32], from: usize, width: usize) -> i64 {
    let word = |index: usize| u64::from(number.get(index).copied().unwrap_or_default());
    let (at, shift) = (from / 32, from % 32);
    let lower = (word(at) | (word(at + 1) << 32)) >> shift;
    // Two shifts, since a shift by 64 is not possible.
    let upper = (word(at + 2) << 1) << (63 - shift);
    ((lower | upper) & ((1 << width) - 1)).cast_signed()
}

/// Reads one lane of an unreduced result, |result| < 2·m, and reduces it modulo `m`. `number` has
/// one word more than `m`; that word is zero at the end.
pub(crate) fn read<A: Arithmetic>(number: &mut [u32], digits: &[A::Digit], lane: usize, m: &[u32]) {
    let mut values = digits
        .iter()
        .map(|digit| A::lanes(*digit).get(lane).copied().unwrap_or_default());
    let mut carry = 0_i64;
    // Bits that are read, but not yet written to a word: at most 31, and then 32 more bits of a digit.
    let mut bits = 0_u64;
    let mut count = 0;
    let mut upper: Option<u64> = None;
    for word in number.iter_mut() {
        while count < 32 {
            let (next, width) = if let Some(upper) = upper.take() {
                (upper, A::BITS - 32)
            } else {
                // Above the last digit there is only the sign, which is the carry.
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
    // A negative number is stored as its complement to 2^(32·(words of m + 1)). Adding m wraps around.
    words::add(number, m, !0);
    words::add(number, m, !0);
    // The number is now from 0 to 4·m.
    for _ in 0..3 {
        let negative = words::subtract(number, m, !0);
        words::add(number, m, words::mask(negative));
    }
}
