//! PEM (RFC 7468) or DER, in the forms in which programs receive keys and certificates in practice.

use std::fmt;

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

/// A key or certificate file after PEM decoding, before its DER is parsed.
pub(crate) struct Document {
    /// The text between `-----BEGIN ` and `-----`; `None` if the input was DER.
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
    /// It has no `-----BEGIN …-----`, and it does not begin like DER.
    NotAKey,
    /// It has a beginning, but no matching `-----END …-----`.
    NoEnd,
    /// The text between the two lines is not base64.
    NotBase64,
    /// A passphrase protects it (the old `Proc-Type: 4,ENCRYPTED` form).
    Encrypted,
}

impl PemFault {
    /// The text for the person who gave the file.
    pub(crate) fn advice(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::NotAKey => {
                "is neither PEM (it would begin with -----BEGIN) nor DER; give the content of the \
                 file, not its path"
            }
            Self::NoEnd => {
                "is cut short: the line -----END …----- that matches its beginning is missing"
            }
            Self::NotBase64 => "is damaged: the text between its first and last line is not base64",
            Self::Encrypted => ENCRYPTED_ADVICE,
        }
    }
}

/// The advice for a key that a passphrase protects, in either of its two forms.
pub(crate) const ENCRYPTED_ADVICE: &str = "is protected by a passphrase; remove it with `openssl pkey -in key.pem -out plain.pem` and give \
     the plain key";

/// The first byte of a DER SEQUENCE. Every key and certificate is a SEQUENCE.
const SEQUENCE: u8 = 0x30;

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// Reads PEM text or DER bytes.
///
/// It accepts PEM in the forms in which environments pass it: with `\n` written as two characters,
/// with CR LF, on one line, indented, or after explanatory text (RFC 7468, section 5.2). Of several
/// blocks it reads the first. The caller checks the decoded bytes.
pub(crate) fn decode(input: &[u8]) -> Result<Document, PemFault> {
    if input.first() == Some(&SEQUENCE) {
        return Ok(Document {
            label: None,
            der: Zeroizing::new(input.to_vec()),
        });
    }
    let text = std::str::from_utf8(input).map_err(|_| PemFault::NotAKey)?;
    if text.trim().is_empty() {
        return Err(PemFault::Empty);
    }
    let (_, after_begin) = split_once(text, BEGIN).ok_or(PemFault::NotAKey)?;
    let (label, after_label) = split_once(after_begin, DASHES).ok_or(PemFault::NotAKey)?;
    let (body, _) =
        split_once(after_label, &format!("-----END {label}-----")).ok_or(PemFault::NoEnd)?;
    if split_once(body, "ENCRYPTED").is_some() {
        return Err(PemFault::Encrypted);
    }
    let der = decode_base64(body)?;
    Ok(Document {
        label: Some(label.to_owned()),
        der,
    })
}

/// What is before and after the first `part`. With a `&str`, `str::split_once` is a kilobyte of Wasm.
fn split_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    (0..text.len()).find_map(|at| Some((text.get(..at)?, text.get(at..)?.strip_prefix(part)?)))
}

/// Decodes base64. White space may divide it, also in the form of escapes such as `\n`.
fn decode_base64(body: &str) -> Result<Zeroizing<Vec<u8>>, PemFault> {
    let mut packed = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut bytes = body.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(b'n' | b'r' | b't') => {}
                _ => return Err(PemFault::NotBase64),
            },
            b' ' | b'\t' | b'\r' | b'\n' => {}
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
        let document = decode(text.as_bytes()).expect("decodes");
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
        let document = decode(&[0x30, 3, 2, 1, 1]).expect("decodes");
        assert_eq!(document.label, None);
        assert_eq!(document.der.as_slice(), [0x30, 3, 2, 1, 1]);
    }

    #[test]
    fn names_the_fault() {
        let fault = |text: &str| decode(text.as_bytes()).err();
        assert_eq!(fault(""), Some(PemFault::Empty));
        assert_eq!(fault(" \n"), Some(PemFault::Empty));
        assert_eq!(fault("/etc/apiclient_key.pem"), Some(PemFault::NotAKey));
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
        assert_eq!(decode(&[0xff, 0xfe]).err(), Some(PemFault::NotAKey));
    }
}
