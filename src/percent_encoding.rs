//! Percent-encoding (RFC 3986, section 2.1) of single values, so that whatever they hold is part of
//! neither the path nor the query around them.

use std::fmt::Write as _;

/// `text`, every byte of it encoded but the unreserved characters (section 2.3).
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A query string of names, which need no encoding, and values, in their order.
pub(crate) fn query_string(parameters: &[(&str, &str)]) -> String {
    let written: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
        .collect();
    written.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_all_but_the_unreserved() {
        let unreserved = "AZaz09-._~";
        assert_eq!(percent_encoded(unreserved), unreserved);
        assert_eq!(
            percent_encoded("a/b?c#d%e f+g&h=i'张"),
            "a%2Fb%3Fc%23d%25e%20f%2Bg%26h%3Di%27%E5%BC%A0"
        );
        assert_eq!(query_string(&[("a", "1&2"), ("b", "")]), "a=1%262&b=");
    }
}
