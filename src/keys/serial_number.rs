//! The serial number of a certificate (RFC 5280, section 4.1.2.2).

/// Reads a certificate's serial number: at most 20 bytes (RFC 5280, section 4.1.2.2) in
/// hexadecimal. It is compared in upper case and without leading zeros.
pub(crate) fn parse_serial(text: &str) -> Option<String> {
    let hexadecimal = (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit());
    hexadecimal.then(|| text.to_ascii_uppercase())
}

/// Whether two serial numbers, as [`parse_serial`] returns them, are the same number.
pub(crate) fn same_serial(one: &str, other: &str) -> bool {
    one.trim_start_matches('0') == other.trim_start_matches('0')
}
