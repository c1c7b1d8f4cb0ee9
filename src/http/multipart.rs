//! A form with a file, `multipart/form-data` (RFC 7578), as WeChat Pay's uploads require it: one
//! part `meta`, then one part `file`. The file itself is not here: the form is what stands around it.

/// The form around the file, and its content type.
pub(crate) struct Form {
    pub(crate) content_type: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Writes the form. The name must not contain control characters, quotes or backslashes, so that nothing
/// needs escaping (RFC 7578, section 4.2). Characters outside ASCII are sent as UTF-8 (section 5.1).
///
/// The boundary is made from `random`, 128 bits that nobody knows before the file is chosen, so that the
/// file does not contain it (RFC 2046, section 5.1.1; at most 70 characters).
pub(crate) fn write(meta: &[u8], filename: &str, content_type: &str, random: &[u8; 16]) -> Form {
    let boundary = format!("wechatpay-wasm-{:032x}", u128::from_be_bytes(*random));
    // Written by this package as JSON, which is UTF-8.
    let meta = std::str::from_utf8(meta).unwrap_or_default();
    Form {
        before: format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"meta\"\r\n\
             Content-Type: application/json\r\n\r\n{meta}\r\n--{boundary}\r\nContent-Disposition: \
             form-data; name=\"file\"; filename=\"{filename}\"\r\nContent-Type: {content_type}\r\n\r\n"
        ),
        after: format!("\r\n--{boundary}--\r\n"),
        content_type: format!("multipart/form-data; boundary={boundary}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_random_byte_is_in_the_boundary() {
        let boundaries = [[0; 16], [0xff; 16]].map(|random| {
            let form = write(b"{}", "a.png", "image/png", &random);
            let (_, boundary) = form.content_type.split_once("boundary=").expect("is there");
            assert!(form.before.starts_with(&format!("--{boundary}\r\n")));
            assert_eq!(form.before.matches(boundary).count(), 2);
            assert_eq!(form.after, format!("\r\n--{boundary}--\r\n"));
            boundary.to_owned()
        });
        let expected = ["0", "f"].map(|digit| format!("wechatpay-wasm-{}", digit.repeat(32)));
        assert_eq!(boundaries, expected);
        assert!(boundaries.iter().all(|boundary| boundary.len() <= 70));
    }
}
