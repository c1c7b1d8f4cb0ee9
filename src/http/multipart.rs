//! A form with a file, `multipart/form-data` (RFC 7578), as WeChat Pay's uploads require it: one
//! part `meta`, then one part `file`.

/// The form's bytes and its content type.
pub(crate) struct Form {
    pub(crate) content_type: String,
    pub(crate) body: Vec<u8>,
}

/// The file's part.
pub(crate) struct FilePart<'a> {
    /// The name must not contain control characters, quotes or backslashes, so that nothing needs
    /// escaping (RFC 7578, section 4.2). Characters outside ASCII are sent as UTF-8 (section 5.1).
    pub(crate) filename: &'a str,
    pub(crate) content_type: &'a str,
    pub(crate) content: &'a [u8],
}

/// Writes the form. The boundary is made from `random`. If a part contains it, which does not
/// happen by chance, the next one is used.
pub(crate) fn write(meta: &[u8], file: &FilePart<'_>, random: &[u8; 16]) -> Form {
    let boundary = boundary(random, &[meta, file.content]);
    let FilePart {
        filename,
        content_type,
        content,
    } = file;
    let before_meta = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"meta\"\r\n\
         Content-Type: application/json\r\n\r\n"
    );
    let before_file = format!(
        "\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{filename}\"\r\n\
         Content-Type: {content_type}\r\n\r\n"
    );
    let end = format!("\r\n--{boundary}--\r\n");
    let body = [
        before_meta.as_bytes(),
        meta,
        before_file.as_bytes(),
        content,
        end.as_bytes(),
    ]
    .concat();
    Form {
        content_type: format!("multipart/form-data; boundary={boundary}"),
        body,
    }
}

/// A boundary of at most 70 characters (RFC 2046, section 5.1.1) that no part contains.
fn boundary(random: &[u8; 16], parts: &[&[u8]]) -> String {
    let mut number = u128::from_be_bytes(*random);
    loop {
        let boundary = format!("wechatpay-wasm-{number:032x}");
        if !parts.iter().any(|part| occurs(boundary.as_bytes(), part)) {
            return boundary;
        }
        number = number.wrapping_add(1);
    }
}

fn occurs(sought: &[u8], within: &[u8]) -> bool {
    within
        .windows(sought.len())
        // Compare the first byte alone first: a full comparison at each of five million positions
        // is slow.
        .any(|window| window.first() == sought.first() && window == sought)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_occurs_in_no_part() {
        let random = [0xff; 16];
        let first = format!("wechatpay-wasm-{}", "f".repeat(32));
        let second = format!("wechatpay-wasm-{}", "0".repeat(32));
        assert_eq!(boundary(&random, &[b"", b"x"]), first);
        let content = format!("\r\n--{first}--\r\n");
        assert_eq!(boundary(&random, &[b"", content.as_bytes()]), second);
        assert_eq!(boundary(&random, &[first.as_bytes(), b""]), second);
        let content = format!("{first}{second}");
        let third = format!("wechatpay-wasm-{}1", "0".repeat(31));
        assert_eq!(boundary(&random, &[b"", content.as_bytes()]), third);
        assert!(third.len() <= 70);
    }
}
