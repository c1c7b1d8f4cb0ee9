//! Checks that a path, with its query if it has one, is sent exactly as it is signed. Every `fetch`
//! contains a URL parser (WHATWG URL, section 4.4). It rewrites some texts, and then the signature
//! is not valid for what arrives.

use super::percent_encoding::is_unreserved;
use crate::error::message::{Message, message};

/// What a URL parser would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A character that RFC 3986 (sections 3.3 and 3.4) does not allow at this position, counted in
    /// characters from 1. It may be a `%` without two hexadecimal digits after it.
    Character(usize),
    /// It does not begin with a slash.
    NoSlash,
    /// It begins with two slashes, so that a host would follow.
    Host,
    /// A segment is a step, `.` or `..`, with its dots percent-encoded or not.
    Step,
    /// It ends in a question mark without a query. HTTP clients remove that.
    EmptyQuery,
}

impl Fault {
    /// The end of a sentence about the text.
    pub(crate) fn advice(self) -> Message {
        match self {
            Self::Character(position) => message!(
                "has at position {} a character that a URL cannot contain unencoded (a space, a quote, #, \
                 a % alone, one outside ASCII …); percent-encode it",
                position
            ),
            Self::NoSlash | Self::Host => message!("must begin with one slash"),
            Self::Step => message!("has a segment . or .., which would change the path"),
            Self::EmptyQuery => {
                message!("ends in a question mark without a query; leave it out")
            }
        }
    }
}

/// The first thing in `text` that a URL parser would change; `None` if it changes nothing.
pub(crate) fn fault(text: &str) -> Option<Fault> {
    if let Some(position) = first_misplaced(text) {
        return Some(Fault::Character(position));
    }
    if !text.starts_with('/') {
        return Some(Fault::NoSlash);
    }
    if text.starts_with("//") {
        return Some(Fault::Host);
    }
    let (path, query) = text
        .split_once('?')
        .map_or((text, None), |(path, query)| (path, Some(query)));
    if path.split('/').any(is_step) {
        return Some(Fault::Step);
    }
    (query == Some("")).then_some(Fault::EmptyQuery)
}

fn first_misplaced(text: &str) -> Option<usize> {
    let mut in_query = false;
    let mut left = text;
    let mut position = 1;
    while let Some(character) = left.chars().next() {
        let rest = left.get(character.len_utf8()..).unwrap_or_default();
        let fits = match character {
            '%' => rest
                .get(..2)
                .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())),
            '?' => {
                in_query = true;
                true
            }
            // RFC 3986 allows it, but a URL parser writes it as %27 in a query.
            '\'' => !in_query,
            '/' | ':' | '@' | '!' | '$' | '&' | '(' | ')' | '*' | '+' | ',' | ';' | '=' => true,
            other => u8::try_from(other).is_ok_and(is_unreserved),
        };
        if !fits {
            return Some(position);
        }
        left = rest;
        position += 1;
    }
    None
}

/// Whether a URL parser treats the segment as a step. `%2e` is also a dot to it.
fn is_step(segment: &str) -> bool {
    matches!(
        segment.to_ascii_lowercase().as_str(),
        "." | ".." | "%2e" | "%2e." | ".%2e" | "%2e%2e"
    )
}

#[cfg(test)]
mod tests {
    use super::{Fault, fault};

    #[test]
    fn accepts_what_a_url_parser_keeps() {
        for text in [
            "/",
            "/v3/merchant/media/upload",
            "/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2wMMR8cNXqaA_Cv_isg&tartype=gzip",
            "/v3/a%20b/...?c=/?:@%E4%B8%AD",
            "/v3/it's?x",
            "/v3/x?../.",
            "/v3/x??",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn rejects_what_a_url_parser_changes() {
        for (text, expected) in [
            ("", Fault::NoSlash),
            ("v3/x", Fault::NoSlash),
            ("//x", Fault::Host),
            ("/v3/x y", Fault::Character(6)),
            ("/v3/x\n", Fault::Character(6)),
            ("/v3/中", Fault::Character(5)),
            ("/中/x y", Fault::Character(2)),
            ("/v3/#x", Fault::Character(5)),
            ("/v3\\x", Fault::Character(4)),
            ("/v3/{id}", Fault::Character(5)),
            ("/v3?'", Fault::Character(5)),
            ("/v3/%2", Fault::Character(5)),
            ("/v3/%zz", Fault::Character(5)),
            ("/v3/%é", Fault::Character(5)),
            ("/v3/../x", Fault::Step),
            ("/v3/./x", Fault::Step),
            ("/v3/..", Fault::Step),
            ("/v3/%2E%2e/x", Fault::Step),
            ("/v3/.%2e?x", Fault::Step),
            ("/v3/x?", Fault::EmptyQuery),
        ] {
            assert_eq!(fault(text), Some(expected), "{text}");
        }
    }
}
