//! DER (X.690, section 10), as far as keys and certificates need it: one value after the other,
//! each in its only allowed form. The caller knows which value is next, so this module does not
//! parse the content of a value on its own. `tests.rs` compares it with the crate `der` and the
//! crates that use it, which have the same features and many more.

use crate::time::calendar;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;

/// The primitive tags of the universal class that have a meaning in DER, as bits. SEQUENCE and SET,
/// the constructed tags, are separate.
const PRIMITIVE: u32 = 0b0100_1101_1111_1100_0011_0110_0111_1110;
pub(crate) const SET: u8 = 0x31;

/// A context-specific, constructed tag with this number.
pub(crate) const fn explicit(number: u8) -> u8 {
    0xa0 | number
}

/// A context-specific, primitive tag with this number.
pub(crate) const fn implicit(number: u8) -> u8 {
    0x80 | number
}

/// Reads values one after the other, from the front. If a value cannot be read, the result is
/// `None` without a reason: only the caller knows what it expected, and so what to report.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(der: &'a [u8]) -> Self {
        Self { rest: der }
    }

    /// Reads a SEQUENCE that must be all of `der`.
    pub(crate) fn whole<T>(
        der: &'a [u8],
        fields: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let mut reader = Self::new(der);
        let read = reader.sequence(fields)?;
        reader.end()?;
        Some(read)
    }

    /// Reads the next value of any kind: its tag and its content.
    pub(crate) fn any(&mut self) -> Option<(u8, &'a [u8])> {
        let (&tag, rest) = self.rest.split_first()?;
        let (length, rest) = length(rest)?;
        let (content, rest) = rest.split_at_checked(length)?;
        // Of the other classes, only numbers below 31: keys and certificates do not use the longer
        // form.
        let known = match tag {
            0..0x20 => PRIMITIVE >> tag & 1 == 1,
            _ => tag == SEQUENCE || tag == SET || (tag >= 0x40 && tag & 0x1f != 0x1f),
        };
        self.rest = rest;
        known.then_some((tag, content))
    }

    /// Reads the content of the next value, which must have this tag.
    pub(crate) fn content(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (found, content) = self.any()?;
        (found == tag).then_some(content)
    }

    /// Whether the next value has this tag.
    pub(crate) fn next_has_tag(&self, tag: u8) -> bool {
        self.rest.first() == Some(&tag)
    }

    /// The tag of the next value, if it is context-specific and constructed.
    pub(crate) fn context_specific(&self) -> Option<u8> {
        self.rest
            .first()
            .copied()
            .filter(|tag| tag & 0xe0 == explicit(0))
    }

    /// Reads a SEQUENCE. `fields` must read all of its fields.
    pub(crate) fn sequence<T>(&mut self, fields: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.within(SEQUENCE, fields)
    }

    /// Reads a value that has this tag. `fields` must read all of its content.
    pub(crate) fn within<T>(
        &mut self,
        tag: u8,
        fields: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let mut inner = Self::new(self.content(tag)?);
        let read = fields(&mut inner)?;
        inner.end()?;
        Some(read)
    }

    /// Checks that nothing is left.
    pub(crate) fn end(&self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }

    /// Skips everything that is left, which must be values.
    pub(crate) fn skip(&mut self) -> Option<()> {
        while !self.rest.is_empty() {
            self.any()?;
        }
        Some(())
    }

    /// Reads an INTEGER that is not negative. The first of its bytes is zero only if the number is
    /// zero.
    pub(crate) fn unsigned(&mut self) -> Option<&'a [u8]> {
        match self.content(INTEGER)? {
            // Without the leading zero the number would be negative.
            [0, magnitude @ ..] if matches!(magnitude, [0x80..=0xff, ..]) => Some(magnitude),
            magnitude @ ([0] | [1..0x80, ..]) => Some(magnitude),
            _ => None,
        }
    }

    /// Reads an INTEGER that fits into a byte.
    pub(crate) fn small(&mut self) -> Option<u8> {
        match self.unsigned()? {
            [byte] => Some(*byte),
            _ => None,
        }
    }

    /// Reads a BIT STRING: its bytes, and how many bits of the last byte are unused.
    pub(crate) fn bits(&mut self, tag: u8) -> Option<(&'a [u8], u8)> {
        let (&unused, bytes) = self.content(tag)?.split_first()?;
        let sound = unused == 0 || (unused < 8 && !bytes.is_empty());
        sound.then_some((bytes, unused))
    }

    /// Reads a UTCTime or a GeneralizedTime in the form of RFC 5280, section 4.1.2.5. Returns
    /// seconds since 1970.
    pub(crate) fn time(&mut self) -> Option<u64> {
        let (tag, text) = self.any()?;
        let (year, rest) = match tag {
            UTC_TIME => {
                let (year, rest) = two_digits(text)?;
                (if year < 50 { 2000 } else { 1900 } + year, rest)
            }
            GENERALIZED_TIME => {
                let (century, rest) = two_digits(text)?;
                let (year, rest) = two_digits(rest)?;
                (century * 100 + year, rest)
            }
            _ => return None,
        };
        let (month, rest) = two_digits(rest)?;
        let (day, rest) = two_digits(rest)?;
        let (hour, rest) = two_digits(rest)?;
        let (minute, rest) = two_digits(rest)?;
        let (second, rest) = two_digits(rest)?;
        let seconds = calendar::seconds_since_1970([year, month, day], [hour, minute, second]);
        if rest == b"Z" { seconds } else { None }
    }
}

/// Reads a length, which must use as few bytes as possible, at most four. Returns it with the rest.
fn length(der: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = der.split_first()?;
    let first = usize::from(first);
    let Some(bytes) = first.checked_sub(0x80) else {
        return Some((first, rest));
    };
    let (bytes, rest) = rest.split_at_checked(bytes)?;
    if bytes.len() > 4 || bytes.first() == Some(&0) {
        return None;
    }
    let length = bytes
        .iter()
        .fold(0, |length, byte| length << 8 | usize::from(*byte));
    // The indefinite length has no bytes here. Its sum is zero, so it is rejected, too.
    (length >= 0x80).then_some((length, rest))
}

fn two_digits(text: &[u8]) -> Option<(u32, &[u8])> {
    let (&[tens, ones], rest) = text.split_first_chunk()?;
    let digit = |byte: u8| char::from(byte).to_digit(10);
    Some((digit(tens)? * 10 + digit(ones)?, rest))
}
