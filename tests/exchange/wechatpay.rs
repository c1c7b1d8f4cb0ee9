//! A WeChat Pay that signs responses and notifications and encrypts certificates.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use aes_gcm::aead::inout::InOutBuf;
use aes_gcm::{AeadInOut, Aes256Gcm, KeyInit, Nonce};
use base64ct::{Base64, Encoding};
use serde_json::json;
use wechatpay_wasm::{Event, SignatureHeaders, parse_private_key, response_message};

use crate::support::{NOW, PLATFORM_SERIAL, PUBLIC_KEY_ID, SERIAL, key, known_answers};

pub const APIV3_KEY: &[u8; 32] = b"a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb";
pub const OTHER_APIV3_KEY: &[u8; 32] = b"b7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb";
pub const REQUEST_ID: &str = "08F78BB5AF0610D302";

/// The id of a key, and the file of its private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signer {
    pub id: &'static str,
    private_key: &'static str,
}

/// The WeChat Pay public key.
pub const PUBLIC: Signer = Signer {
    id: PUBLIC_KEY_ID,
    private_key: "wechatpay.pkcs8.pem",
};
/// The platform certificate.
pub const PLATFORM: Signer = Signer {
    id: PLATFORM_SERIAL,
    private_key: "platform.pkcs8.pem",
};
/// The platform certificate that replaces it. It has the same key.
pub const SUCCESSOR: Signer = Signer {
    id: SUCCESSOR_SERIAL,
    private_key: "platform.pkcs8.pem",
};
const SUCCESSOR_SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E2";

/// A response that is signed at `at`, in seconds since 1970.
pub fn signed_at(at: u64, signer: Signer, status: u16, body: impl AsRef<[u8]>) -> Event {
    let body = body.as_ref().to_vec();
    Event::Response {
        status,
        headers: signature(at, signer, &body),
        body,
    }
}

/// A response that is signed now.
pub fn signed(signer: Signer, status: u16, body: impl AsRef<[u8]>) -> Event {
    signed_at(NOW, signer, status, body)
}

/// A success that is signed with the public key.
pub fn ok(body: &str) -> Event {
    signed(PUBLIC, 200, body)
}

/// A response that nobody signed.
pub fn unsigned(status: u16, body: &str) -> Event {
    Event::Response {
        status,
        headers: SignatureHeaders::default(),
        body: body.into(),
    }
}

/// A response with the signature of another body.
pub fn forged(signer: Signer, status: u16, body: &str) -> Event {
    Event::Response {
        status,
        headers: signature(NOW, signer, b"another body"),
        body: body.into(),
    }
}

/// The same response with other headers.
pub fn with(mut event: Event, change: impl FnOnce(&mut SignatureHeaders)) -> Event {
    let (Event::Response { headers, .. } | Event::FileBegan { headers, .. }) = &mut event else {
        panic!("{event:?} is not a response");
    };
    change(headers);
    event
}

/// The headers of a signature. Each signature is computed once.
pub fn signature(at: u64, signer: Signer, body: &[u8]) -> SignatureHeaders {
    type Known = HashMap<(&'static str, Vec<u8>), String>;
    static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
    let (timestamp, nonce) = (at.to_string(), "d824f2e086d3c1df967785d13fcd22ef");
    let message = response_message(&timestamp, nonce, body);
    let mut known = KNOWN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let signature = known
        .entry((signer.private_key, message.clone()))
        .or_insert_with(|| {
            let key = parse_private_key(key(signer.private_key)).expect("parses");
            Base64::encode_string(&key.sign(&message, &[2; 32]).expect("signs"))
        });
    SignatureHeaders {
        timestamp: Some(timestamp),
        nonce: Some(nonce.to_owned()),
        signature: Some(signature.clone()),
        serial: Some(signer.id.to_owned()),
        request_id: Some(REQUEST_ID.to_owned()),
        ..SignatureHeaders::default()
    }
}

/// A platform certificate that WeChat Pay publishes.
#[derive(Debug, Clone, Copy)]
pub struct Certificate {
    pub serial: &'static str,
    /// As DER writes it, midnight of a day from 2050 on.
    not_after: &'static str,
    /// The file of its key, if that is not the platform's.
    key: Option<&'static str>,
    /// Whether its key says that it is RSA's.
    rsa: bool,
}

/// The certificate of tests/keys.
pub const FIRST: Certificate = Certificate {
    serial: PLATFORM_SERIAL,
    not_after: "21180101000000Z",
    key: None,
    rsa: true,
};
/// Another serial number, and valid for longer.
pub const SECOND: Certificate = Certificate {
    serial: SUCCESSOR_SERIAL,
    not_after: "22180101000000Z",
    key: None,
    rsa: true,
};
/// A key of another kind.
pub const NOT_RSA: Certificate = Certificate {
    rsa: false,
    ..SECOND
};
/// What whoever has the APIv3 key makes: another key under the serial number of [`FIRST`].
pub const IMPOSTOR: Certificate = Certificate {
    key: Some("wechatpay.spki.pem"),
    ..FIRST
};
/// Who has the key of [`IMPOSTOR`].
pub const FORGER: Signer = Signer {
    id: PLATFORM_SERIAL,
    private_key: "wechatpay.pkcs8.pem",
};
/// The merchant's key under another serial number.
pub const OWN_KEY: Certificate = Certificate {
    key: Some("merchant.spki.pem"),
    ..SECOND
};
/// The merchant's serial number.
pub const OWN_SERIAL: Certificate = Certificate {
    serial: SERIAL,
    ..FIRST
};
/// Who has the merchant's key.
pub const MERCHANT: Signer = Signer {
    id: SUCCESSOR_SERIAL,
    private_key: "merchant.pkcs8.pem",
};
/// When [`FIRST`] expires, in seconds since 1970.
pub const FIRST_ENDS: u64 = 4_670_438_400;

impl Certificate {
    /// Its PEM. Nobody checks the signature in a certificate, so that two of its fields can be replaced.
    pub fn pem(&self) -> String {
        let mut der = key("platform.cert.der").to_vec();
        let mut replace = |old: &[u8], new: &[u8]| {
            assert_eq!(old.len(), new.len());
            let found = der.windows(old.len()).position(|part| part == old);
            let at = found.expect("is there");
            der[at..at + new.len()].copy_from_slice(new);
        };
        replace(&bytes(PLATFORM_SERIAL), &bytes(self.serial));
        replace(FIRST.not_after.as_bytes(), self.not_after.as_bytes());
        if let Some(name) = self.key {
            replace(&spki("platform.cert.pem"), &spki(name));
        }
        if !self.rsa {
            // RSAES-OAEP, of as many bytes.
            let [old, new] = ["0101010500", "0101070500"]
                .map(|end| bytes(&format!("30820122300d06092a864886f70d{end}")));
            replace(&old, &new);
        }
        let text = Base64::encode_string(&der);
        let lines: Vec<&str> = text
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).expect("is ASCII"))
            .collect();
        format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            lines.join("\n")
        )
    }
}

/// The SubjectPublicKeyInfo in a file: for an RSA key of 2048 bits, 294 bytes.
fn spki(name: &str) -> Vec<u8> {
    let lines = std::str::from_utf8(key(name)).expect("is PEM").lines();
    let base64: String = lines.filter(|line| !line.starts_with('-')).collect();
    let der = Base64::decode_vec(&base64).expect("is base64");
    let beginning = bytes("30820122300d06092a864886f70d01010105000382010f00");
    let mut parts = der.windows(beginning.len());
    let at = parts.position(|part| part == beginning).expect("is there");
    der[at..at + 294].to_vec()
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.as_bytes().chunks(2);
    digits
        .map(|two| u8::from_str_radix(std::str::from_utf8(two).expect("is ASCII"), 16))
        .collect::<Result<_, _>>()
        .expect("is hexadecimal")
}

/// The body of GET /v3/certificates, encrypted with `apiv3_key`.
pub fn certificate_list(certificates: &[Certificate], apiv3_key: &[u8; 32]) -> String {
    let entries = certificates.iter().map(|certificate| {
        json!({
            "serial_no": certificate.serial,
            "effective_time": "2018-01-01T00:00:00Z",
            "expire_time": "2118-01-01T00:00:00Z",
            "encrypt_certificate": {
                "algorithm": "AEAD_AES_256_GCM",
                "nonce": "fdasflkja484",
                "associated_data": "certificate",
                "ciphertext": encrypted(certificate.pem().into_bytes(), apiv3_key),
            },
        })
    });
    json!({ "data": entries.collect::<Vec<_>>() }).to_string()
}

/// AEAD_AES_256_GCM, in base64.
fn encrypted(mut text: Vec<u8>, key: &[u8; 32]) -> String {
    let tag = Aes256Gcm::new(key.into())
        .encrypt_inout_detached(
            &Nonce::from(*b"fdasflkja484"),
            b"certificate",
            InOutBuf::from(text.as_mut_slice()),
        )
        .expect("encrypts");
    text.extend_from_slice(&tag);
    Base64::encode_string(&text)
}

/// The response to GET /v3/certificates, signed at `at`.
pub fn certificates_at(at: u64, signer: Signer, certificates: &[Certificate]) -> Event {
    signed_at(at, signer, 200, certificate_list(certificates, APIV3_KEY))
}

/// The usual response to GET /v3/certificates: one certificate, which signs it.
pub fn certificates() -> Event {
    certificates_at(NOW, PLATFORM, &[FIRST])
}

/// The same of a client that has the public key, which its request names.
pub fn certificates_by_public_key() -> Event {
    certificates_at(NOW, PUBLIC, &[FIRST])
}

/// The body of a notification, which [`APIV3_KEY`] decrypts.
pub fn notification_body() -> Vec<u8> {
    static BODY: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let known = known_answers();
        let body = known["notifications"][0]["body"].as_str();
        body.expect("is text").into()
    });
    BODY.clone()
}
