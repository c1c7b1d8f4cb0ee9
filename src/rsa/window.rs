//! Powers with secret exponents: fixed windows of five bits, and a table that is read completely
//! for each window. The sequence of multiplications and squarings depends on the exponent's length
//! alone.

use super::arithmetic::Arithmetic;
use super::scan::{MARGIN, Modulus, Scratch, multiply, square};

const WINDOW: usize = 5;
const ENTRIES: usize = 1 << WINDOW;

/// The memory in which powers are computed. All of it is as secret as the powers.
pub(crate) struct Workspace<A: Arithmetic> {
    pub scratch: Scratch<A>,
    table: [A::Number; ENTRIES],
    power: A::Number,
    entry: A::Number,
    product: A::Number,
}

impl<A: Arithmetic> Workspace<A> {
    pub(crate) const EMPTY: Self = Self {
        scratch: Scratch::EMPTY,
        table: [A::NOTHING; ENTRIES],
        power: A::NOTHING,
        entry: A::NOTHING,
        product: A::NOTHING,
    };

    /// Overwrites it with zeros.
    pub(crate) fn wipe(&mut self) {
        *self = Self::EMPTY;
        // The compiler must not remove the writes.
        core::hint::black_box(self);
    }
}

/// `base` to the power of the exponents, one for each lane, of the same length in words. `one`,
/// `base` and the power are in Montgomery form, x·B^L.
pub(crate) fn power<'a, A: Arithmetic>(
    modulus: &Modulus<A>,
    workspace: &'a mut Workspace<A>,
    one: &A::Number,
    base: &A::Number,
    exponents: [&[u32]; 2],
) -> &'a A::Number {
    let Workspace {
        scratch,
        table,
        power,
        entry,
        product,
    } = workspace;
    fill_table(modulus, scratch, table, one, base);

    let bits = 32 * exponents[0].len();
    let mut at = (bits - 1) / WINDOW * WINDOW;
    read_table(modulus, power, table, windows(exponents, at));
    while let Some(next) = at.checked_sub(WINDOW) {
        at = next;
        // Five squarings, alternating between the two buffers.
        square(modulus, scratch, product, power);
        square(modulus, scratch, power, product);
        square(modulus, scratch, product, power);
        square(modulus, scratch, power, product);
        square(modulus, scratch, product, power);
        read_table(modulus, entry, table, windows(exponents, at));
        multiply(modulus, scratch, power, product, entry);
    }
    power
}

/// Computes the powers of `base` from 0 to 31. An even power is a square.
fn fill_table<A: Arithmetic>(
    modulus: &Modulus<A>,
    scratch: &mut Scratch<A>,
    table: &mut [A::Number; ENTRIES],
    one: &A::Number,
    base: &A::Number,
) {
    let [zeroth, first, ..] = table;
    (*zeroth, *first) = (*one, *base);
    for index in 2..ENTRIES {
        let (known, rest) = table.split_at_mut(index);
        let (Some(half), Some(last), Some(entry)) =
            (known.get(index / 2), known.last(), rest.first_mut())
        else {
            return;
        };
        if index % 2 == 0 {
            square(modulus, scratch, entry, half);
        } else {
            multiply(modulus, scratch, entry, last, base);
        }
    }
}

/// The five bits of each exponent from bit `at` on. The position is public.
fn windows(exponents: [&[u32]; 2], at: usize) -> [u32; 2] {
    exponents.map(|words| {
        let word = |index: usize| words.get(index).copied().unwrap_or_default();
        let (index, shift) = (at / 32, at % 32);
        let both = (u64::from(word(index + 1)) << 32) | u64::from(word(index));
        super::words::low(both >> shift) & ((1 << WINDOW) - 1)
    })
}

/// Reads the complete table, and keeps the wanted entry of each lane.
fn read_table<A: Arithmetic>(
    modulus: &Modulus<A>,
    number: &mut A::Number,
    table: &[A::Number; ENTRIES],
    wanted: [u32; 2],
) {
    // The masks are computed once. Then each group of four digits is gathered from all entries.
    let masks: [A::Mask; ENTRIES] = {
        let mut index = 0..;
        [(); ENTRIES].map(|()| A::mask(wanted, index.next().unwrap_or_default()))
    };
    for at in (MARGIN..MARGIN + modulus.length()).step_by(4) {
        let mut gathered = [A::ZERO; 4];
        for (entry, mask) in table.iter().zip(&masks) {
            if let Some(entry) = entry.as_ref().get(at..).and_then(<[_]>::first_chunk) {
                gathered = A::pick(gathered, entry, *mask);
            }
        }
        if let Some(room) = number
            .as_mut()
            .get_mut(at..)
            .and_then(<[_]>::first_chunk_mut)
        {
            *room = gathered;
        }
    }
}
