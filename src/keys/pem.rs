//! PEM (RFC 7468), DER, or either of them in base64: the forms in which programs receive keys and
//! certificates in practice.

use std::fmt;

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::error::message::{Message, message};

/// A key or certificate file after PEM decoding, before its DER is parsed.
pub(crate) struct Document {
    /// The text between `-----BEGIN ` and `-----`; `None` if the input was DER, or its base64 alone.
    pub label: Option<String>,
    /// The DER bytes, which may be a private key.
    pub der: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Document({:?}, [redacted])", self.label)
    }
}

/// Why the input is neither PEM nor DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PemFault {
    /// It contains only white space.
    Empty,
    /// It has no `-----BEGIN …-----`, it does not begin like DER, and it is not base64 of either.
    NotAKey,
    /// It is the path of a file.
    Path,
    /// It is text in UTF-16.
    Utf16,
    /// It is PKCS#12 (RFC 7292), such as `apiclient_cert.p12`.
    Pkcs12,
    /// It has a beginning, but no matching `-----END …-----`.
    NoEnd,
    /// The text between the two lines is not base64.
    NotBase64,
    /// A passphrase protects it (the old `Proc-Type: 4,ENCRYPTED` form).
    Encrypted,
}

impl PemFault {
    /// The text for the person who gave the file.
    pub(crate) fn advice(self) -> Message {
        match self {
            Self::Empty => message!("is empty"),
            Self::NotAKey => {
                message!(
                    "is neither PEM (it would begin with -----BEGIN) nor DER, nor base64 of either; give \
                 the content of the file"
                )
            }
            Self::Path => {
                message!(
                    "is the path of a file; give the content of the file, not its path: \
                 readFileSync(path). In the environment, name the file in the variable that ends in _FILE"
                )
            }
            Self::Utf16 => {
                message!(
                    "is text in UTF-16; write it as UTF-8 with `iconv -f UTF-16 -t UTF-8 key.pem > utf8.pem`"
                )
            }
            Self::Pkcs12 => {
                message!(
                    "is a PKCS#12 file (.p12), which holds the merchant's key and certificate; take both out \
                 of it with `openssl pkcs12 -in apiclient_cert.p12 -nodes -out apiclient_key.pem` (its \
                 password is the merchant number; OpenSSL 3 may need -legacy)"
                )
            }
            Self::NoEnd => {
                message!(
                    "is cut short: the line -----END …----- that matches its beginning is missing"
                )
            }
            Self::NotBase64 => {
                message!("is damaged: the text between its first and last line is not base64")
            }
            Self::Encrypted => ENCRYPTED_ADVICE,
        }
    }
}

/// The advice for a key that a passphrase protects, in either of its two forms.
pub(crate) const ENCRYPTED_ADVICE: Message = message!(
    "is protected by a passphrase; remove it with `openssl pkey -in key.pem -out plain.pem` and give \
     the plain key"
);

/// The first byte of a DER SEQUENCE. Every key and certificate is a SEQUENCE.
const SEQUENCE: u8 = 0x30;

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// No file has more blocks: a key, its certificate, and those of its issuers.
const MOST_BLOCKS: usize = 16;

/// No path is longer, on Windows at least. The base64 of every key is.
const LONGEST_PATH: usize = 260;

/// Reads PEM text or DER bytes, or the base64 of either.
///
/// It accepts PEM in the forms in which environments pass it: with `\n` written as two characters,
/// with CR LF, on one line, indented, or after explanatory text (RFC 7468, section 5.2). Of several
/// blocks it reads the first whose label ends with `kind`, or else the first. The caller checks the
/// decoded bytes, since labels are often those of another format.
pub(crate) fn decode(input: &[u8], kind: &str) -> Result<Document, PemFault> {
    if input.first() == Some(&SEQUENCE) {
        // PFX ::= SEQUENCE { version 3, SEQUENCE … }. Neither a key nor a certificate begins like this.
        if begins_with(input, |part| part == [2, 1, 3, SEQUENCE]) {
            return Err(PemFault::Pkcs12);
        }
        return Ok(Document {
            label: None,
            der: Zeroizing::new(input.to_vec()),
        });
    }
    if is_utf16(input) {
        return Err(PemFault::Utf16);
    }
    let text = std::str::from_utf8(input).map_err(|_| PemFault::NotAKey)?;
    if split_once(text, BEGIN).is_some() {
        return block(text, kind);
    }
    if text.trim().is_empty() {
        return Err(PemFault::Empty);
    }
    match decode_base64(text) {
        // The base64 of base64 is nothing that anybody has.
        Ok(file)
            if file.first() == Some(&SEQUENCE)
                || is_utf16(&file)
                || std::str::from_utf8(&file)
                    .is_ok_and(|text| split_once(text, BEGIN).is_some()) =>
        {
            decode(&file, kind)
        }
        _ if text.len() <= LONGEST_PATH
            && text.bytes().any(|byte| matches!(byte, b'/' | b'\\' | b'.')) =>
        {
            Err(PemFault::Path)
        }
        _ => Err(PemFault::NotAKey),
    }
}

/// Reads the first block whose label ends with `kind`, or else the first.
fn block(text: &str, kind: &str) -> Result<Document, PemFault> {
    let (mut found, mut rest) = (None, text);
    for _ in 0..MOST_BLOCKS {
        let Some((_, after_begin)) = split_once(rest, BEGIN) else {
            break;
        };
        let (label, after_label) = split_once(after_begin, DASHES).ok_or(PemFault::NotAKey)?;
        let whole = split_once(after_label, &format!("-----END {label}-----"));
        let is_wanted = label.ends_with(kind);
        if is_wanted || found.is_none() {
            found = Some((label, whole.map(|(body, _)| body)));
        }
        if is_wanted {
            break;
        }
        rest = whole.map_or(after_label, |(_, after)| after);
    }
    let (label, body) = found.ok_or(PemFault::NotAKey)?;
    let body = body.ok_or(PemFault::NoEnd)?;
    if split_once(body, "ENCRYPTED").is_some() {
        return Err(PemFault::Encrypted);
    }
    Ok(Document {
        label: Some(label.to_owned()),
        der: decode_base64(body)?,
    })
}

/// Whether it begins as text in UTF-16, of either order, also where it was read as text of another
/// encoding: every other byte is 0.
fn is_utf16(input: &[u8]) -> bool {
    begins_with(input, |part| {
        matches!(part, [b'!'..=b'~', 0, b'!'..=b'~', 0])
    })
}

/// Whether four of the first bytes are those.
fn begins_with(input: &[u8], those: fn(&[u8]) -> bool) -> bool {
    input.get(..12).unwrap_or(input).windows(4).any(those)
}

/// What is before and after the first `part`. With a `&str`, `str::split_once` is a kilobyte of Wasm.
fn split_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    (0..text.len()).find_map(|at| Some((text.get(..at)?, text.get(at..)?.strip_prefix(part)?)))
}

/// Decodes base64. White space may divide it, also in the form of escapes such as `\n`. Quotes and a byte
/// order mark may be around it.
fn decode_base64(body: &str) -> Result<Zeroizing<Vec<u8>>, PemFault> {
    let mut packed = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut bytes = body.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(b'n' | b'r' | b't') => {}
                _ => return Err(PemFault::NotBase64),
            },
            // The last three are a byte order mark.
            b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | 0xef | 0xbb | 0xbf => {}
            other => packed.push(other),
        }
    }
    let mut der = Zeroizing::new(vec![0; packed.len() / 4 * 3]);
    let length = Base64::decode(packed.as_slice(), &mut der)
        .map_err(|_| PemFault::NotBase64)?
        .len();
    der.truncate(length);
    if der.is_empty() {
        return Err(PemFault::NotBase64);
    }
    Ok(der)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEM: &str = "-----BEGIN PUBLIC KEY-----\nMAMC\nAQE=\n-----END PUBLIC KEY-----\n";

    #[track_caller]
    fn decodes(text: &str) {
        let document = decode(text.as_bytes(), "KEY").expect("decodes");
        assert_eq!(document.label.as_deref(), Some("PUBLIC KEY"));
        assert_eq!(document.der.as_slice(), [0x30, 3, 2, 1, 1]);
    }

    #[test]
    fn accepts_pem_as_environments_pass_it() {
        decodes(PEM);
        decodes(&PEM.replace('\n', "\\n"));
        decodes(&PEM.replace('\n', "\\r\\n"));
        decodes(&PEM.replace('\n', "\r\n"));
        decodes(&PEM.replace('\n', " "));
        decodes(&PEM.replace('\n', ""));
        decodes(&format!("\u{feff}  {PEM}"));
        decodes(&format!("Bag Attributes\n  friendlyName: x\n{PEM}{PEM}"));
    }

    #[test]
    fn accepts_der() {
        let document = decode(&[0x30, 3, 2, 1, 1], "KEY").expect("decodes");
        assert_eq!(document.label, None);
        assert_eq!(document.der.as_slice(), [0x30, 3, 2, 1, 1]);
    }

    #[test]
    fn reads_the_block_of_the_kind() {
        let certificate = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        let torn = "-----BEGIN CERTIFICATE-----\nMA";
        for before in [certificate, torn, &certificate.replace("MAA=", "*")] {
            decodes(&format!("{before}{PEM}"));
            decodes(&format!("{PEM}{before}"));
        }
        let first = decode(certificate.repeat(2).as_bytes(), "KEY").expect("decodes");
        assert_eq!(first.label.as_deref(), Some("CERTIFICATE"));
    }

    #[test]
    fn accepts_base64_alone() {
        let whole = Base64::encode_string(PEM.as_bytes());
        decodes(&whole);
        decodes(&format!("{}\n{}\n", &whole[..40], &whole[40..]));
        decodes(&Base64::encode_string(format!("\u{feff}{PEM}").as_bytes()));
        for body in [
            "MAMCAQE=",
            "MAMC\nAQE=\n",
            " MAMC\\nAQE= ",
            "\"MAMCAQE=\"",
            "\u{feff}MAMC\r\nAQE=",
        ] {
            let document = decode(body.as_bytes(), "KEY").expect("decodes");
            assert_eq!(document.label, None);
            assert_eq!(document.der.as_slice(), [0x30, 3, 2, 1, 1]);
        }
        // Once is enough.
        let twice = Base64::encode_string(whole.as_bytes());
        assert_eq!(
            decode(twice.as_bytes(), "KEY").err(),
            Some(PemFault::NotAKey)
        );
    }

    #[test]
    fn names_what_it_cannot_open() {
        let fault = |input: &[u8]| decode(input, "KEY").err();
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(bytes).collect()
        };
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            for text in [
                PEM.to_owned(),
                format!("\u{feff}{PEM}"),
                "MAMCAQE=".to_owned(),
            ] {
                let text = utf16(&text, bytes);
                assert_eq!(fault(&text), Some(PemFault::Utf16));
                let read = String::from_utf8_lossy(&text);
                assert_eq!(fault(read.as_bytes()), Some(PemFault::Utf16));
                let encoded = Base64::encode_string(&text);
                assert_eq!(fault(encoded.as_bytes()), Some(PemFault::Utf16));
            }
        }
        for pkcs12 in [
            &[0x30, 0x82, 9, 9, 2, 1, 3, 0x30][..],
            &[0x30, 0x80, 2, 1, 3, 0x30],
        ] {
            assert_eq!(fault(pkcs12), Some(PemFault::Pkcs12));
            let encoded = Base64::encode_string(pkcs12);
            assert_eq!(fault(encoded.as_bytes()), Some(PemFault::Pkcs12));
        }
        for path in [
            "./key",
            "C:\\keys\\key",
            "apiclient_key.pem",
            "/etc/key",
            "file:///x",
        ] {
            assert_eq!(fault(path.as_bytes()), Some(PemFault::Path), "{path}");
        }
        for other in ["key", "MAMC*", "\u{0}", "\u{0}\u{0}\u{0}\u{0}"] {
            assert_eq!(
                fault(other.as_bytes()),
                Some(PemFault::NotAKey),
                "{other:?}"
            );
        }
    }

    #[test]
    fn names_the_fault() {
        let fault = |text: &str| decode(text.as_bytes(), "KEY").err();
        assert_eq!(fault(""), Some(PemFault::Empty));
        assert_eq!(fault(" \n"), Some(PemFault::Empty));
        assert_eq!(fault("/etc/apiclient_key.pem"), Some(PemFault::Path));
        assert_eq!(fault("-----BEGIN "), Some(PemFault::NotAKey));
        assert_eq!(fault(&PEM[..40]), Some(PemFault::NoEnd));
        assert_eq!(
            fault(&PEM.replace("-----END PUBLIC", "-----END PRIVATE")),
            Some(PemFault::NoEnd)
        );
        assert_eq!(
            fault(&PEM.replace("MAMC", "MA*C")),
            Some(PemFault::NotBase64)
        );
        assert_eq!(
            fault(&PEM.replace("AQE=", "AQE")),
            Some(PemFault::NotBase64)
        );
        assert_eq!(
            fault(&PEM.replace("MAMC\nAQE=", "")),
            Some(PemFault::NotBase64)
        );
        assert_eq!(
            fault(&PEM.replace("MAMC", "\\xMAMC")),
            Some(PemFault::NotBase64)
        );
        let legacy = PEM.replace(
            "MAMC",
            "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nMAMC",
        );
        assert_eq!(fault(&legacy), Some(PemFault::Encrypted));
        assert_eq!(decode(&[0xff, 0xfe], "KEY").err(), Some(PemFault::NotAKey));
    }
}
