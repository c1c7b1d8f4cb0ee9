//! Percent-encoding (RFC 3986, section 2.1) of values in a path or a query.

use std::fmt::Write;

/// Writes each byte of the UTF-8 of `text` as `%` and two upper-case hexadecimal digits. Only
/// unreserved characters (RFC 3986, section 2.3) stay. No URL parser changes the result, so what is
/// signed is what is sent.
pub(crate) fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_unreserved(byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A query string of names and values, in their order. The names must not need encoding.
pub(crate) fn query_string(parameters: &[(&str, &str)]) -> String {
    let mut written = String::new();
    for (name, value) in parameters {
        if !written.is_empty() {
            written.push('&');
        }
        written.push_str(name);
        written.push('=');
        written.push_str(&percent_encode(value));
    }
    written
}

/// Whether the character needs no encoding anywhere in a URL.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of ASCII: the characters that stay (RFC 3986, section 2.3) and those that are encoded.
    #[test]
    fn encodes_all_but_the_unreserved_characters() {
        let unreserved = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";
        for byte in 0..=127_u8 {
            let text = char::from(byte).to_string();
            let expected = if unreserved.contains(&text) {
                text.clone()
            } else {
                format!("%{byte:02X}")
            };
            assert_eq!(percent_encode(&text), expected);
        }
    }

    /// The examples of RFC 6570, section 3.2.2, and characters of two, three and four bytes.
    #[test]
    fn known_answers() {
        for (text, encoded) in [
            ("Hello World!", "Hello%20World%21"),
            ("/foo/bar", "%2Ffoo%2Fbar"),
            ("50%", "50%25"),
            ("a b+c&d=e?f#g", "a%20b%2Bc%26d%3De%3Ff%23g"),
            ("é支😀", "%C3%A9%E6%94%AF%F0%9F%98%80"),
            (
                "2018-06-08T10:34:56+08:00",
                "2018-06-08T10%3A34%3A56%2B08%3A00",
            ),
        ] {
            assert_eq!(percent_encode(text), encoded);
        }
    }
}
