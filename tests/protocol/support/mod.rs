//! What several tests share: the committed keys and known answers, for native and Wasm runs.
#![allow(dead_code)]

use base64ct::{Base64, Encoding};
use serde_json::Value;
use wechatpay_wasm::calls::individual_contracts::pre_entrust_sign_app as call;
use wechatpay_wasm::{
    Attempt, Certs, Error, Merchant, Response, SignatureHeaders, SignedRequest, VerifiedResponse,
    parse_private_key, response_message,
};

macro_rules! keys {
    ($($name:literal),* $(,)?) => {
        /// A committed key, by the name of its file.
        pub fn key(name: &str) -> &'static [u8] {
            match name {
                $($name => include_bytes!(concat!("../../keys/", $name)),)*
                other => panic!("tests/keys has no {other}"),
            }
        }
    };
}

keys!(
    "ec.pkcs8.der",
    "ec.pkcs8.pem",
    "ec.sec1.der",
    "ec.sec1.pem",
    "ec.spki.pem",
    "ed25519.pkcs8.pem",
    "ed25519.spki.pem",
    "encrypted.pkcs1.pem",
    "encrypted.pkcs8.der",
    "encrypted.pkcs8.pem",
    "merchant.cert.pem",
    "merchant.expired.cert.pem",
    "merchant.other.cert.pem",
    "merchant.pkcs1.der",
    "merchant.pkcs1.pem",
    "merchant.pkcs8.der",
    "merchant.pkcs8.pem",
    "merchant.platform.cert.pem",
    "merchant.spki.pem",
    "merchant.unnamed.cert.pem",
    "platform.cert.der",
    "platform.cert.pem",
    "platform.pkcs8.pem",
    "rsa1024.pem",
    "rsa1024.spki.pem",
    "rsa3072.pem",
    "rsa4096.pem",
    "rsa8192.pem",
    "three-primes.pem",
    "wechatpay.pkcs8.pem",
    "wechatpay.spki.der",
    "wechatpay.spki.pem",
);

pub const MCHID: &str = "1900007291";
pub const SERIAL: &str = "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB";
pub const PUBLIC_KEY_ID: &str = "PUB_KEY_ID_0119000072912024101100397200000006";
pub const PLATFORM_SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
pub const NOW: u64 = 1_554_208_460;

/// The vectors that tests/vectors/make.mjs generated.
pub fn known_answers() -> Value {
    serde_json::from_str(include_str!("../../vectors/known-answers.json")).expect("is JSON")
}

pub fn merchant() -> Merchant {
    Merchant::parse(MCHID, SERIAL, key("merchant.pkcs8.pem")).expect("parses")
}

/// Both kinds of keys, as during a merchant's move from one to the other.
pub fn certs(merchant: &Merchant) -> Certs {
    Certs::parse(
        [
            (PLATFORM_SERIAL, key("platform.cert.pem")),
            (PUBLIC_KEY_ID, key("wechatpay.spki.pem")),
        ],
        merchant,
    )
    .expect("parses")
}

/// An attempt whose nonce is the one given, in hexadecimal.
pub fn attempt(nonce: &str) -> Attempt {
    let mut random = [0x5a; Attempt::RANDOM_BYTES];
    for (byte, digits) in random.iter_mut().zip(nonce.as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(digits).expect("is ASCII");
        *byte = u8::from_str_radix(digits, 16).expect("is hexadecimal");
    }
    Attempt {
        timestamp: NOW,
        random,
    }
}

pub fn signed_request(merchant: &Merchant, certs: &Certs) -> SignedRequest {
    let params =
        call::Params::parse("wxd678efh567h23787", "APPLYMENT_00000000001").expect("parses");
    let request = call::prepare(&params);
    request
        .sign(
            merchant,
            certs,
            &attempt("593BEC0C930BF1AFEB40B4A08C8FB242"),
        )
        .expect("signs")
}

/// The headers of a response in `known-answers.json`.
pub fn headers(response: &Value) -> SignatureHeaders {
    let text = |name: &str| Some(response[name].as_str().expect("is text").to_owned());
    SignatureHeaders {
        timestamp: Some(response["timestamp"].to_string()),
        nonce: text("nonce"),
        signature: text("signature"),
        serial: text("serial"),
        request_id: Some("08F78BB5AF0610D302".to_owned()),
        ..SignatureHeaders::default()
    }
}

/// Changes of one header of a known response or notification. After each of them, the signature is
/// not valid.
pub const OTHER_HEADERS: [fn(&mut SignatureHeaders); 5] = [
    |h| h.timestamp = Some("1554208461".to_owned()),
    |h| h.timestamp = Some("01554208460".to_owned()),
    |h| h.timestamp = Some("+1554208460".to_owned()),
    |h| h.nonce = h.nonce.as_deref().map(str::to_uppercase),
    |h| h.serial = Some(PLATFORM_SERIAL.to_owned()),
];

/// Changes that put a control character into one of the four headers of a signature.
pub const CONTROLLED_HEADERS: [fn(&mut SignatureHeaders); 6] = [
    |h| add(&mut h.timestamp, "\n"),
    |h| add(&mut h.nonce, "\n"),
    |h| add(&mut h.nonce, "\u{85}"),
    |h| add(&mut h.nonce, "\0"),
    |h| add(&mut h.signature, "\n"),
    |h| add(&mut h.serial, "\r"),
];

fn add(header: &mut Option<String>, text: &str) {
    header.as_mut().expect("is there").push_str(text);
}

/// Changes that remove one of the headers that the verification needs, or all of them.
pub const TOO_FEW_HEADERS: [fn(&mut SignatureHeaders); 6] = [
    |h| h.signature = None,
    |h| h.timestamp = None,
    |h| h.nonce = None,
    |h| h.serial = None,
    |h| h.signature = Some(String::new()),
    |h| *h = SignatureHeaders::default(),
];

/// Texts that are similar to the signature `good` but are not valid signatures.
pub fn invalid_signatures(good: &str) -> [String; 7] {
    [
        "x".to_owned(),
        "AAAA".to_owned(),
        good[4..].to_owned(),
        format!("{good}AAAA"),
        format!("{good}, {good}"),
        format!(" {good}"),
        good.replace('+', "-").replace('/', "_"),
    ]
}

/// WeChat Pay's probe: code that accepts it does not verify signatures.
pub fn probes(good: &str) -> [String; 3] {
    [
        format!("WECHATPAY/SIGNTEST/{}", &good[19..]),
        format!("WECHATPAY/SIGNTEST/{good}"),
        "WECHATPAY/SIGNTEST/".to_owned(),
    ]
}

/// The result of `process` for a response with this body, signed as WeChat Pay signs.
pub fn signed_by_wechatpay<T>(
    body: &str,
    process: impl FnOnce(&VerifiedResponse<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let merchant = merchant();
    let certs = certs(&merchant);
    let (timestamp, nonce) = (NOW.to_string(), "d824f2e086d3c1df967785d13fcd22ef");
    let wechatpay = parse_private_key(key("wechatpay.pkcs8.pem")).expect("parses");
    let message = response_message(&timestamp, nonce, body.as_bytes());
    let signature = wechatpay.sign(&message, &[2; 32]).expect("signs");
    let headers = SignatureHeaders {
        timestamp: Some(timestamp),
        nonce: Some(nonce.to_owned()),
        signature: Some(Base64::encode_string(&signature)),
        serial: Some(PUBLIC_KEY_ID.to_owned()),
        ..SignatureHeaders::default()
    };
    let response = Response {
        status: 200,
        headers,
        body: body.as_bytes(),
    };
    process(&response.verify(&certs, NOW, &signed_request(&merchant, &certs))?)
}

/// The field and the problem of an error that must be a `ValidationError`.
#[track_caller]
pub fn refused<T>(outcome: Result<T, Error>) -> (String, String) {
    match outcome.map(drop) {
        Err(Error::Validation(error)) => (error.field.into_owned(), error.problem.to_string()),
        other => panic!("{other:?} is not a ValidationError"),
    }
}
