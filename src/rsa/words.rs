//! Natural numbers as 32-bit words, the least significant first: what keys and messages are made of
//! before and after the arithmetic of [`scan`](super::scan), which alone has to be fast.
//!
//! Every loop runs over all words, whatever they hold, and no word decides a branch or an index. The
//! lengths are public: they follow from the length of the modulus.

/// All ones where `bit` is 1, all zeros where it is 0.
pub(crate) fn mask(bit: u32) -> u32 {
    // The compiler is kept from finding out that there are two cases, which it might tell apart by a
    // branch.
    core::hint::black_box(0_u32.wrapping_sub(bit))
}

/// Reads a big-endian number into as many words as `target` has. Bytes that do not fit are left out.
pub(crate) fn read(target: &mut [u32], big_endian: &[u8]) {
    let mut groups = big_endian.rchunks(4);
    for word in target {
        let group = groups.next().unwrap_or_default();
        *word = group
            .iter()
            .fold(0, |word, byte| (word << 8) | u32::from(*byte));
    }
}

/// A big-endian number's words without those of zero above it, and how many bits it has.
pub(crate) fn significant(big_endian: &[u8]) -> (Vec<u32>, usize) {
    let mut number = vec![0; big_endian.len().div_ceil(4)];
    read(&mut number, big_endian);
    let bits = bits(&number);
    number.truncate(bits.div_ceil(32));
    (number, bits)
}

/// Writes a number big-endian over the whole of `target`. Words that do not fit are left out.
pub(crate) fn write(target: &mut [u8], words: &[u32]) {
    for (group, word) in target.rchunks_mut(4).zip(words) {
        let bytes = word.to_le_bytes();
        for (to, from) in group.iter_mut().rev().zip(bytes) {
            *to = from;
        }
    }
}

/// `a += b & mask`, and the carry, 0 or 1. `b` is not longer than `a`.
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

/// `a -= b & mask`, and the borrow, 0 or 1. `b` is not longer than `a`.
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

/// `a -= m` where that leaves nothing negative; `above` is what stands above `a`'s last word.
pub(crate) fn reduce_once(a: &mut [u32], above: u32, m: &[u32]) {
    let borrow = subtract(a, m, !0);
    // It borrowed from what stands above, and there was nothing.
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

/// `product = a·b`. `product` is as long as both together, or shorter, and holds the lowest words then.
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

/// The quotient of `value` by the odd `divisor`, modulo as many words as `quotient` has, leaves in
/// `value` what the quotient does not account for: zero, where the division is exact and the quotient
/// fits. No division is made of it (Jebelean, "An algorithm for exact division", 1993): the lowest word
/// decides the lowest word of the quotient, by the inverse of the divisor modulo 2^32.
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

/// The inverse of an odd number modulo 2^32, by Newton: each round doubles the bits that are right, of
/// which an odd number as its own inverse has three.
fn inverse(odd: u32) -> u32 {
    let mut inverse = odd;
    for _ in 0..4 {
        inverse = inverse.wrapping_mul(2_u32.wrapping_sub(odd.wrapping_mul(inverse)));
    }
    inverse
}

/// `a` divided by 2^`bits`, rounded down. How far is public.
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

/// Whether two numbers of the same length are equal; the response is not secret.
pub(crate) fn equal(a: &[u32], b: &[u32]) -> bool {
    let difference = a.iter().zip(b).fold(0, |seen, (a, b)| seen | (a ^ b));
    a.len() == b.len() && difference == 0
}

/// Whether `a < b`, which have the same length; the response is not secret.
pub(crate) fn less(a: &[u32], b: &[u32]) -> bool {
    let below = a.iter().zip(b).fold(0, |borrow, (a, b)| {
        u64::from(*a)
            .wrapping_sub(u64::from(*b))
            .wrapping_sub(borrow)
            >> 63
    });
    below == 1
}

/// How many bits a public number has: the position of its highest one.
pub(crate) fn bits(a: &[u32]) -> usize {
    let zeros = a.iter().rev().take_while(|word| **word == 0).count();
    let top = a.len().checked_sub(zeros + 1).and_then(|at| a.get(at));
    top.map_or(0, |top| {
        (a.len() - zeros) * 32 - top.leading_zeros() as usize
    })
}

/// The lower half.
#[expect(clippy::cast_possible_truncation, reason = "it is meant")]
pub(crate) fn low(number: u64) -> u32 {
    number as u32
}

/// Leaves the lowest `bits` bits of `a`. How many is public.
pub(crate) fn keep(a: &mut [u32], bits: usize) {
    for (at, word) in a.iter_mut().enumerate() {
        match bits.saturating_sub(32 * at) {
            0 => *word = 0,
            left @ 1..32 => *word &= (1 << left) - 1,
            _ => {}
        }
    }
}
