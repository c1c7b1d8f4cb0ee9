//! IP addresses in a URL. Nobody needs their numbers, and the parsers of `core::net` make the Wasm larger
//! (bench/README.md).

/// Four decimal numbers up to 255. No number has a leading zero, which some programs read as octal.
pub(super) fn is_ipv4(text: &str) -> bool {
    let is_number = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
            && part.parse::<u8>().is_ok()
    };
    text.split('.').count() == 4 && text.split('.').all(is_number)
}

/// Eight groups of hexadecimal digits, of which `::` stands for one or more (RFC 4291, section 2.2). The form
/// that ends in an IPv4 address is rejected.
pub(super) fn is_ipv6(text: &str) -> bool {
    let gap = text.as_bytes().windows(2).position(|pair| pair == b"::");
    let Some((before, after)) = gap.and_then(|at| Some((text.get(..at)?, text.get(at + 2..)?)))
    else {
        return groups(text) == Some(8);
    };
    let groups = |part: &str| {
        if part.is_empty() {
            Some(0)
        } else {
            groups(part)
        }
    };
    matches!((groups(before), groups(after)), (Some(one), Some(other)) if one + other < 8)
}

/// How many groups there are, if each is one.
fn groups(text: &str) -> Option<usize> {
    let is_group = |group: &str| {
        (1..=4).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    text.split(':')
        .all(is_group)
        .then(|| text.split(':').count())
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    #[test]
    fn reads_ipv4_as_the_standard_library_does() {
        for text in [
            "0.0.0.0",
            "127.0.0.1",
            "255.255.255.255",
            "1.2.3.256",
            "01.2.3.4",
            "1.2.3.00",
            "1.2.3",
            "1.2.3.4.5",
            "1..3.4",
            "1.2.3.",
            "+1.2.3.4",
            "1.2.3.0x4",
            "",
            "1.2.3.1000",
        ] {
            assert_eq!(is_ipv4(text), text.parse::<Ipv4Addr>().is_ok(), "{text}");
        }
    }

    #[test]
    fn reads_ipv6_as_the_standard_library_does() {
        for text in [
            "::",
            "::1",
            "1::",
            "1::2",
            "2001:db8::1",
            "1:2:3:4:5:6:7:8",
            "::2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "1:2:3::5:6:7:8",
            "FE80::a",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4::5:6:7:8",
            "1::2::3",
            ":::",
            "1:::2",
            ":1",
            "1:",
            ":",
            "",
            "::12345",
            "::g",
            "::+1",
            "::1%lo",
            "1:2:3:4:5:6:7:8::",
            "::1:2:3:4:5:6:7:8",
            "::1.2.3",
            "::ffff:1.2.3.256",
        ] {
            assert_eq!(is_ipv6(text), text.parse::<Ipv6Addr>().is_ok(), "{text}");
        }
        assert!(!is_ipv6("::ffff:127.0.0.1"));
    }
}
