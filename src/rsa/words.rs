//! Natural numbers as 32-bit words, the least significant word first. Keys and messages have this
//! form before and after the arithmetic of [`scan`](super::scan). Only `scan` has to be fast.
//!
//! Every loop runs over all words, whatever their values. No word decides a branch or an index. The
//! lengths are public: they depend on the length of the modulus alone.

/// All ones where `bit` is 1, all zeros where it is 0.
pub(crate) fn mask(bit: u32) -> u32 {
    // Hidden from the compiler, which might otherwise distinguish the two cases by a branch.
    core::hint::black_box(0_u32.wrapping_sub(bit))
}

/// Reads a big-endian number into the words of `target`. Bytes that do not fit are left out.
pub(crate) fn read(target: &mut [u32], big_endian: &[u8]) {
    let mut groups = big_endian.rchunks(4);
    for word in target {
        let group = groups.next().unwrap_or_default();
        *word = group
            .iter()
            .fold(0, |word, byte| (word << 8) | u32::from(*byte));
    }
}

/// The words of a big-endian number without leading zero words, and its length in bits.
pub(crate) fn significant(big_endian: &[u8]) -> (Vec<u32>, usize) {
    let mut number = vec![0; big_endian.len().div_ceil(4)];
    read(&mut number, big_endian);
    let bits = bits(&number);
    number.truncate(bits.div_ceil(32));
    (number, bits)
}

/// Writes a number to `target`, big-endian. Words that do not fit are left out.
pub(crate) fn write(target: &mut [u8], words: &[u32]) {
    for (group, word) in target.rchunks_mut(4).zip(words) {
        let bytes = word.to_le_bytes();
        for (to, from) in group.iter_mut().rev().zip(bytes) {
            *to = from;
        }
    }
}

/// `a += b & mask`; returns the carry, 0 or 1. `b` is not longer than `a`.
pub(crate) fn add(a: &mut [u32], b: &[u32], mask: u32) -> u32 {
    let mut carry = 0_u64;
    let mut words = b.iter();
    for word in a {
        let other = words.next().copied().unwrap_or_default() & mask;
        // At most (2^32 − 1) + (2^32 − 1) + 1.
        let sum = u64::from(*word) + u64::from(other) + carry;
        *word = low(sum);
        carry = sum >> 32;
    }
    low(carry)
}

/// `a -= b & mask`; returns the borrow, 0 or 1. `b` is not longer than `a`.
pub(crate) fn subtract(a: &mut [u32], b: &[u32], mask: u32) -> u32 {
    let mut borrow = 0_u64;
    let mut words = b.iter();
    for word in a {
        let other = words.next().copied().unwrap_or_default() & mask;
        let difference = u64::from(*word)
            .wrapping_sub(u64::from(other))
            .wrapping_sub(borrow);
        *word = low(difference);
        borrow = difference >> 63;
    }
    low(borrow)
}

/// `a -= m`, if the result is not negative. `above` is the word above `a`'s last word.
pub(crate) fn reduce_once(a: &mut [u32], above: u32, m: &[u32]) {
    let borrow = subtract(a, m, !0);
    // Negative if it borrowed from the word above and that word was zero.
    let negative = borrow & !above & 1;
    add(a, m, mask(negative));
}

/// `a = 2a mod m`, for `a` below `m`.
pub(crate) fn double(a: &mut [u32], m: &[u32]) {
    let mut carry = 0;
    for word in a.iter_mut() {
        let next = *word >> 31;
        *word = (*word << 1) | carry;
        carry = next;
    }
    reduce_once(a, carry, m);
}

/// `product = a·b`. `product` is as long as both together, or shorter; then it receives the lowest
/// words.
pub(crate) fn multiply(product: &mut [u32], a: &[u32], b: &[u32]) {
    product.fill(0);
    for (at, x) in a.iter().enumerate() {
        add_product(product.get_mut(at..).unwrap_or_default(), *x, b);
    }
}

/// `a += x·b`, modulo the length of `a`.
fn add_product(a: &mut [u32], x: u32, b: &[u32]) {
    let mut carry = 0_u64;
    let mut words = b.iter();
    for word in a {
        let y = words.next().copied().unwrap_or_default();
        // At most (2^32 − 1)² + 2·(2^32 − 1) = 2^64 − 1.
        let sum = u64::from(x) * u64::from(y) + u64::from(*word) + carry;
        *word = low(sum);
        carry = sum >> 32;
    }
}

/// Computes the quotient of `value` by the odd `divisor`, modulo the length of `quotient` in words.
/// The rest remains in `value`: zero, if the division is exact and the quotient fits. There is no
/// division instruction (Jebelean, "An algorithm for exact division", 1993): each word of the
/// quotient is the lowest remaining word times the inverse of the divisor modulo 2^32.
pub(crate) fn divide_exactly(quotient: &mut [u32], value: &mut [u32], divisor: &[u32]) {
    let inverse = inverse(divisor.first().copied().unwrap_or(1));
    for (at, word) in quotient.iter_mut().enumerate() {
        let rest = value.get_mut(at..).unwrap_or_default();
        *word = rest
            .first()
            .copied()
            .unwrap_or_default()
            .wrapping_mul(inverse);
        subtract_product(rest, *word, divisor);
    }
}

/// `a -= x·b`, modulo the length of `a`.
fn subtract_product(a: &mut [u32], x: u32, b: &[u32]) {
    let mut borrow = 0_u64;
    let mut words = b.iter();
    for word in a {
        let y = words.next().copied().unwrap_or_default();
        // At most (2^32 − 1)² + (2^32 − 1), and its upper word with the borrow below 2^32.
        let product = u64::from(x) * u64::from(y) + borrow;
        let (difference, under) = word.overflowing_sub(low(product));
        *word = difference;
        borrow = (product >> 32) + u64::from(under);
    }
}

/// The inverse of an odd number modulo 2^32, by Newton's method. An odd number is its own inverse
/// modulo 2^3, so the first value has three correct bits. Each round doubles their number.
fn inverse(odd: u32) -> u32 {
    let mut inverse = odd;
    for _ in 0..4 {
        inverse = inverse.wrapping_mul(2_u32.wrapping_sub(odd.wrapping_mul(inverse)));
    }
    inverse
}

/// `a` divided by 2^`bits`, rounded down. `bits` is public.
pub(crate) fn shift_right(a: &mut [u32], bits: usize) {
    let (words, bits) = (bits / 32, bits % 32);
    for at in 0..a.len() {
        let word = |index: usize| u64::from(a.get(index).copied().unwrap_or_default());
        let both = (word(at + words + 1) << 32) | word(at + words);
        if let Some(target) = a.get_mut(at) {
            *target = low(both >> bits);
        }
    }
}

/// Whether two numbers of the same length are equal. The result is not secret.
pub(crate) fn equal(a: &[u32], b: &[u32]) -> bool {
    let difference = a.iter().zip(b).fold(0, |seen, (a, b)| seen | (a ^ b));
    a.len() == b.len() && difference == 0
}

/// Whether `a < b`, for two numbers of the same length. The result is not secret.
pub(crate) fn less(a: &[u32], b: &[u32]) -> bool {
    let below = a.iter().zip(b).fold(0, |borrow, (a, b)| {
        u64::from(*a)
            .wrapping_sub(u64::from(*b))
            .wrapping_sub(borrow)
            >> 63
    });
    below == 1
}

/// The length of a public number in bits.
pub(crate) fn bits(a: &[u32]) -> usize {
    let zeros = a.iter().rev().take_while(|word| **word == 0).count();
    let top = a.len().checked_sub(zeros + 1).and_then(|at| a.get(at));
    top.map_or(0, |top| {
        (a.len() - zeros) * 32 - top.leading_zeros() as usize
    })
}

/// The lower half.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only the lower half is wanted"
)]
pub(crate) fn low(number: u64) -> u32 {
    number as u32
}

/// Clears all but the lowest `bits` bits of `a`. `bits` is public.
pub(crate) fn keep(a: &mut [u32], bits: usize) {
    for (at, word) in a.iter_mut().enumerate() {
        match bits.saturating_sub(32 * at) {
            0 => *word = 0,
            left @ 1..32 => *word &= (1 << left) - 1,
            _ => {}
        }
    }
}
