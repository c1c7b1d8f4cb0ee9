//! `apiclient_cert.pem` in place of the serial number, and keys that the host holds.

use super::support;

use base64ct::{Base64, Encoding};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Certs, Client, Credentials, Error, KeySource, Merchant};

use support::{MCHID, PUBLIC_KEY_ID, SERIAL, key};

/// The option and the problem of an error that must be a `ConfigError`.
#[track_caller]
fn config<T>(outcome: Result<T, Error>) -> (String, String) {
    match outcome.map(drop) {
        Err(Error::Config(error)) => (error.option.into_owned(), error.problem.to_string()),
        other => panic!("{other:?} is not a ConfigError"),
    }
}

#[test]
fn the_certificate_gives_the_serial_number() {
    for name in ["merchant.cert.pem", "merchant.unnamed.cert.pem"] {
        let merchant = Merchant::of_certificate(MCHID, key(name)).expect("parses");
        assert_eq!((merchant.mchid(), merchant.serial()), (MCHID, SERIAL));
        let own = [(PUBLIC_KEY_ID, key("merchant.spki.pem"))];
        assert!(config(Certs::parse(own, &merchant)).1.contains("own key"));
    }
    for (input, because) in [
        (key("merchant.other.cert.pem"), "of another merchant"),
        (key("merchant.platform.cert.pem"), "WeChat Pay's platform"),
        (key("merchant.pkcs8.pem"), "is not a certificate"),
        (b"".as_slice(), "is empty"),
    ] {
        for merchant in [
            Merchant::of_certificate(MCHID, input),
            Merchant::with_remote_signer(MCHID, SERIAL)
                .and_then(|merchant| merchant.with_certificate(input)),
        ] {
            let (option, problem) = config(merchant);
            assert_eq!(option, "cert");
            assert!(problem.contains(because), "{problem}");
            assert!(!problem.contains("1900000109"), "{problem}");
        }
    }
    let (option, _) = config(Merchant::of_certificate("x", key("merchant.cert.pem")));
    assert_eq!(option, "mchid");
}

fn open(
    serial: Option<&str>,
    private_key: KeySource<'_>,
    cert: Option<&[u8]>,
) -> Result<Client, Error> {
    Client::parse(Credentials {
        mchid: MCHID,
        serial,
        private_key,
        cert,
        certs: vec![(PUBLIC_KEY_ID.to_owned(), key("wechatpay.spki.pem"))],
        automatic: false,
        apiv3_key: None,
        base_url: None,
        limits: [None; 3],
    })
}

#[test]
fn a_client_is_opened_with_a_certificate_in_place_of_the_serial_number() {
    let cert = Some(key("merchant.cert.pem"));
    let [public_key, other_key] =
        ["merchant.spki.pem", "wechatpay.spki.pem"].map(|name| pem_to_der(key(name)));
    let file = KeySource::File(key("merchant.pkcs8.pem"));
    let host = KeySource::Host(&public_key);
    for source in [file, host, KeySource::Signer, KeySource::Host(b"")] {
        for serial in [None, Some(SERIAL)] {
            let client = open(serial, source, cert).expect("opens");
            assert_eq!(client.merchant().serial(), SERIAL);
        }
        let (option, problem) = config(open(Some("7E"), source, cert));
        assert_eq!(option, "cert");
        assert!(problem.contains("another serial number"), "{problem}");
    }
    for source in [
        KeySource::File(key("platform.pkcs8.pem")),
        KeySource::Host(&other_key),
    ] {
        let (option, problem) = config(open(None, source, cert));
        assert_eq!(option, "cert");
        assert!(
            problem.contains("does not belong to the private key"),
            "{problem}"
        );
    }
    for (name, because) in [
        ("ec.spki.pem", "is an EC key"),
        ("ed25519.spki.pem", "is not an RSA key"),
        ("rsa1024.spki.pem", "1024 bits"),
    ] {
        let der = pem_to_der(key(name));
        let (option, problem) = config(open(Some(SERIAL), KeySource::Host(&der), None));
        assert_eq!(option, "private_key");
        assert!(problem.contains(because), "{problem}");
    }
    // A key that the host shows is never WeChat Pay's.
    let der = pem_to_der(key("wechatpay.spki.pem"));
    let (option, problem) = config(open(Some(SERIAL), KeySource::Host(&der), None));
    assert_eq!(option, "certs");
    assert!(problem.contains("own key"), "{problem}");
}

/// The base64 of a PEM, decoded.
fn pem_to_der(pem: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(pem).expect("is text");
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    Base64::decode_vec(&body).expect("is base64")
}
