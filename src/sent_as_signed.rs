//! A path, with its query if it has one, that goes out exactly as it is signed. A URL's parser (WHATWG
//! URL, section 4.4), which every `fetch` has inside, would write others anew, and the signature would
//! not hold over what arrives.

/// What `text` has that would not go out as it is; `None` where it stays.
pub(crate) fn fault(text: &str) -> Option<&'static str> {
    if !text.starts_with('/') || text.starts_with("//") {
        return Some("must begin with one slash");
    }
    if text.bytes().any(|byte| !stays(byte)) {
        return Some(
            "has a character that no URL holds as it is (a space, a quote, #, one outside ASCII …); \
             percent-encode it",
        );
    }
    let mut escapes = text.split('%').skip(1);
    if escapes.any(|escape| !starts_with_two_digits(escape)) {
        return Some("has a % that no two hexadecimal digits follow");
    }
    let path = text.split('?').next().unwrap_or_default();
    let is_dots = |segment: &str| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        matches!(segment.as_str(), "." | "..")
    };
    path.split('/')
        .any(is_dots)
        .then_some("has a segment . or .., which a URL does without")
}

/// RFC 3986, section 3.3 and 3.4, without the quote, which a query's parser encodes.
fn stays(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=:@/?%".contains(&byte)
}

fn starts_with_two_digits(escape: &str) -> bool {
    let digits = escape.as_bytes().get(..2);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn takes_what_stays() {
        for text in [
            "/v3/merchant/media/upload",
            "/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2wMMR8cNXqaA_Cv_isg&tartype=gzip",
            "/v3/a%20b/...?c=/?:@%E4%B8%AD",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_what_a_url_would_change() {
        for text in [
            "",
            "v3/x",
            "//x",
            "/v3/x y",
            "/v3/x\n",
            "/v3/中",
            "/v3/#x",
            "/v3\\x",
            "/v3/{id}",
            "/v3?'",
            "/v3/%2",
            "/v3/%zz",
            "/v3/../x",
            "/v3/./x",
            "/v3/..",
            "/v3/%2E%2e/x",
            "/v3/.%2e?x",
        ] {
            assert!(fault(text).is_some(), "{text}");
        }
    }
}
