//! Bad input: each gives a typed error that names the option or field and says what to do.

use super::support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::calls::individual_contracts::pre_entrust_sign_app as call;
use wechatpay_wasm::{BaseUrl, Certs, Error, Merchant};

use support::{MCHID, PLATFORM_SERIAL, PUBLIC_KEY_ID, SERIAL, key, merchant};

/// The option and the problem of an error that must be a `ConfigError`.
#[track_caller]
fn config<T>(outcome: Result<T, Error>) -> (String, String) {
    match outcome.map(drop) {
        Err(Error::Config(error)) => (error.option.into_owned(), error.problem.to_string()),
        other => panic!("{other:?} is not a ConfigError"),
    }
}

#[track_caller]
fn assert_private_key_refused(input: &[u8], because: &str) {
    let (option, problem) = config(Merchant::parse(MCHID, SERIAL, input));
    assert_eq!(option, "private_key");
    assert!(
        problem.contains(because),
        "{problem:?} does not say {because:?}"
    );
}

#[test]
fn keys_that_cannot_sign_say_what_they_are() {
    for (name, because) in [
        ("encrypted.pkcs8.pem", "openssl pkey"),
        ("encrypted.pkcs8.der", "openssl pkey"),
        ("encrypted.pkcs1.pem", "openssl pkey"),
        ("ec.pkcs8.pem", "EC key"),
        ("ec.pkcs8.der", "EC key"),
        ("ec.sec1.pem", "EC key"),
        ("ec.sec1.der", "EC key"),
        ("ed25519.pkcs8.pem", "not an RSA key"),
        ("rsa1024.pem", "1024 bits"),
        ("rsa8192.pem", "8192 bits"),
        ("three-primes.pem", "more than two primes"),
        ("merchant.cert.pem", "is a certificate"),
        ("platform.cert.der", "is a certificate"),
        ("merchant.spki.pem", "is a public key"),
        ("wechatpay.spki.der", "is a public key"),
    ] {
        assert_private_key_refused(key(name), because);
    }
    assert_private_key_refused(b"", "is empty");
    assert_private_key_refused(b" \n", "is empty");
    assert_private_key_refused(b"/etc/apiclient_key.pem", "not its path");
    assert_private_key_refused(
        b"-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----",
        "another kind",
    );
}

#[test]
fn longer_keys_are_accepted() {
    for name in ["rsa3072.pem", "rsa4096.pem"] {
        assert!(Merchant::parse(MCHID, SERIAL, key(name)).is_ok(), "{name}");
    }
}

#[test]
fn a_key_cut_short_anywhere_is_refused() {
    for name in [
        "merchant.pkcs8.pem",
        "merchant.pkcs1.pem",
        "merchant.pkcs8.der",
        "merchant.pkcs1.der",
    ] {
        let complete = key(name);
        // A PEM file without its last line end is still complete.
        for length in (0..complete.len() - 1).step_by(7) {
            let (option, _) = config(Merchant::parse(MCHID, SERIAL, &complete[..length]));
            assert_eq!(option, "private_key", "{name} of {length} bytes");
        }
    }
}

#[test]
fn a_key_with_one_bit_changed_is_refused_or_signs_correctly() {
    let complete = key("merchant.pkcs1.der");
    let message = b"message";
    let sound = wechatpay_wasm::parse_private_key(complete).expect("parses");
    let expected = sound.sign(message, &[9; 32]).expect("signs");
    for index in (0..complete.len()).step_by(11) {
        let mut changed = complete.to_vec();
        changed[index] ^= 4;
        // A number that the CRT computes again may be wrong in the file. The key still works.
        if let Ok(key) = wechatpay_wasm::parse_private_key(&changed) {
            assert_eq!(
                key.sign(message, &[1; 32]).expect("signs"),
                expected,
                "byte {index}"
            );
        }
    }
}

#[test]
fn merchant_numbers_and_serials_are_checked() {
    let pem = key("merchant.pkcs8.pem");
    for mchid in [
        "",
        "x",
        "19000 07291",
        "1900007291\n",
        "１",
        &"1".repeat(33),
    ] {
        assert_eq!(
            config(Merchant::parse(mchid, SERIAL, pem)).0,
            "mchid",
            "{mchid:?}"
        );
    }
    for serial in ["", "40:8B", "0x40", "G", "PUB_KEY_ID_01", &"1".repeat(41)] {
        let (option, problem) = config(Merchant::parse(MCHID, serial, pem));
        assert_eq!(option, "serial", "{serial:?}");
        assert!(problem.contains("openssl x509"), "{problem}");
    }
    let lower = Merchant::parse(MCHID, &SERIAL.to_lowercase(), pem).expect("parses");
    assert_eq!(lower.serial(), SERIAL);
}

#[track_caller]
fn assert_cert_refused(id: &str, input: &[u8], because: &str) {
    let (option, problem) = config(Certs::parse([(id, input)], &merchant()));
    assert_eq!(option, "certs");
    assert!(
        problem.contains(because),
        "{problem:?} does not say {because:?}"
    );
}

#[test]
fn certs_that_cannot_verify_say_what_they_are() {
    assert_cert_refused(SERIAL, key("merchant.cert.pem"), "merchant's own serial");
    assert_cert_refused(
        &SERIAL.to_lowercase(),
        key("platform.cert.pem"),
        "merchant's own serial",
    );
    assert_cert_refused(
        PUBLIC_KEY_ID,
        key("merchant.spki.pem"),
        "merchant's own key",
    );
    assert_cert_refused("7E", key("platform.cert.pem"), PLATFORM_SERIAL);
    // It would never expire.
    for name in ["wechatpay.spki.pem", "wechatpay.spki.der"] {
        assert_cert_refused(PLATFORM_SERIAL, key(name), "a bare public key; give the");
    }
    assert_cert_refused(
        PUBLIC_KEY_ID,
        key("platform.cert.pem"),
        "under its serial number",
    );
    assert_cert_refused(
        PUBLIC_KEY_ID,
        key("platform.cert.der"),
        "under its serial number",
    );
    assert_cert_refused(PUBLIC_KEY_ID, key("wechatpay.pkcs8.pem"), "private key");
    assert_cert_refused(PUBLIC_KEY_ID, key("encrypted.pkcs8.pem"), "private key");
    assert_cert_refused(PUBLIC_KEY_ID, key("ec.spki.pem"), "EC key");
    assert_cert_refused(PUBLIC_KEY_ID, key("ed25519.spki.pem"), "not an RSA key");
    assert_cert_refused(PUBLIC_KEY_ID, key("rsa1024.spki.pem"), "1024 bits");
    assert_cert_refused(PUBLIC_KEY_ID, b"", "is empty");
    assert_cert_refused(PUBLIC_KEY_ID, b"pub_key.pem", "not its path");
    assert_cert_refused(
        PUBLIC_KEY_ID,
        &key("wechatpay.spki.der")[..200],
        "cut short",
    );
    assert_cert_refused(
        PLATFORM_SERIAL,
        &key("platform.cert.der")[..400],
        "cut short",
    );
    for id in [
        "",
        "key1",
        "PUB_KEY_ID_",
        "pub_key_id_01",
        "PUB_KEY_ID_0 1",
        "wechatpay",
    ] {
        assert_cert_refused(id, key("wechatpay.spki.pem"), "neither the id");
    }
    let (option, problem) = config(Certs::parse::<&str, &[u8]>([], &merchant()));
    assert_eq!(
        (option.as_str(), problem.starts_with("is empty")),
        ("certs", true)
    );
    let twice = [
        (PLATFORM_SERIAL, key("platform.cert.pem")),
        (&PLATFORM_SERIAL.to_lowercase(), key("platform.cert.pem")),
    ];
    assert!(config(Certs::parse(twice, &merchant())).1.contains("twice"));
}

#[test]
fn the_merchants_certificate_is_the_one_that_it_signs_with() {
    let remote = || Merchant::with_remote_signer(MCHID, SERIAL).expect("parses");
    let local = || Merchant::parse(MCHID, SERIAL, key("merchant.pkcs8.pem")).expect("parses");
    let cert = key("merchant.cert.pem");
    // It shows the key that a signer hides.
    for merchant in [remote, local] {
        let merchant = merchant().with_certificate(cert).expect("belongs");
        let own = [(PUBLIC_KEY_ID, key("merchant.spki.pem"))];
        assert!(config(Certs::parse(own, &merchant)).1.contains("own key"));
    }
    assert!(Certs::parse([(PUBLIC_KEY_ID, key("merchant.spki.pem"))], &remote()).is_ok());

    let other_key = || {
        let platform = key("platform.pkcs8.pem");
        Merchant::parse(MCHID, SERIAL, platform).expect("parses")
    };
    let other_serial = Merchant::with_remote_signer(MCHID, "7E").expect("parses");
    for (merchant, input, because) in [
        (other_serial, cert, "another serial number"),
        (other_key(), cert, "does not belong to the private key"),
        (remote(), key("platform.cert.pem"), "another serial number"),
        (remote(), key("merchant.pkcs8.pem"), "is not a certificate"),
        (remote(), key("merchant.spki.pem"), "is not a certificate"),
        (remote(), b"apiclient_cert.pem".as_slice(), "not its path"),
        (remote(), b"".as_slice(), "is empty"),
    ] {
        let (option, problem) = config(merchant.with_certificate(input));
        assert_eq!(option, "cert");
        assert!(problem.contains(because), "{problem}");
    }
}

#[test]
fn a_key_instead_of_an_id_is_not_printed() {
    let pem = std::str::from_utf8(key("merchant.pkcs8.pem")).expect("is text");
    let (_, problem) = config(Certs::parse([(pem, b"".as_slice())], &merchant()));
    assert!(!problem.contains("MII"), "{problem}");
}

#[test]
fn certs_accept_every_form() {
    for (id, name) in [
        (PUBLIC_KEY_ID, "wechatpay.spki.pem"),
        (PUBLIC_KEY_ID, "wechatpay.spki.der"),
        (PLATFORM_SERIAL, "platform.cert.pem"),
        (PLATFORM_SERIAL, "platform.cert.der"),
    ] {
        let certs = Certs::parse([(id, key(name))], &merchant()).expect("parses");
        assert!(certs.key(id).is_some());
        assert_eq!(certs.public_key_id(), (id == PUBLIC_KEY_ID).then_some(id));
    }
}

#[test]
fn base_urls_are_origins_over_https_or_loopback() {
    for (text, expected) in [
        (
            "https://api.mch.weixin.qq.com",
            "https://api.mch.weixin.qq.com",
        ),
        (
            "https://apihk.mch.weixin.qq.com/",
            "https://apihk.mch.weixin.qq.com",
        ),
        (
            "HTTPS://API2.mch.weixin.qq.com:443",
            "https://api2.mch.weixin.qq.com:443",
        ),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.8.8.8", "http://127.8.8.8"),
        ("http://localhost:3000/", "http://localhost:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ] {
        let url = BaseUrl::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(url.to_string(), expected);
        assert_eq!(url.join("/v3/x?y=1"), format!("{expected}/v3/x?y=1"));
    }
    for text in [
        "",
        "api.mch.weixin.qq.com",
        "ftp://api.mch.weixin.qq.com",
        "http://api.mch.weixin.qq.com",
        "http://127.0.0.1.evil.example",
        "http://127.evil.example",
        "http://localhost.evil.example",
        "http://0.0.0.0",
        "http://10.0.0.1",
        "http://[::2]",
        "https://",
        "https:///v3",
        "https://host/path",
        "https://host?x",
        "https://host#x",
        "https://user@host",
        "https://user:pass@host",
        "https://host:",
        "https://host:x",
        "https://host:65536",
        "https://ho st",
        "https://host\n",
        "https://[::1",
        "https://[x]",
        "https://[1::2::3]",
        "https://[1:2:3]",
        "http://[1::1]",
        "http://127.0.0.256",
        "https://h\u{f6}st",
        "https://999.999.999.999",
        "https://1.2.3",
        "https://a..b",
        "https://a.b.",
        "https://-a",
        "https://a-.b",
        "https://a_b",
        "https://host:0",
    ] {
        assert_eq!(config(BaseUrl::parse(text)).0, "base_url", "{text:?}");
    }
}

#[test]
fn limits_of_parameters_are_checked() {
    let refused = |appid: &str, code: &str| match call::Params::parse(appid, code) {
        Err(Error::Validation(error)) => (error.field.into_owned(), error.problem.to_string()),
        other => panic!("{other:?} is not a ValidationError"),
    };
    let (long_appid, long_code) = ("w".repeat(33), "c".repeat(129));
    for (appid, because) in [
        ("", "is empty"),
        (long_appid.as_str(), "has 33 characters; at most 32"),
        ("wx 1", "at position 3"),
        ("wx1\n", "at position 4"),
        ("微信", "at position 1"),
        ("wx\u{1f600}", "at position 3"),
    ] {
        let (field, problem) = refused(appid, "c");
        assert_eq!(field, "appid");
        assert!(problem.contains(because), "{problem}");
    }
    for (code, because) in [
        ("", "is empty"),
        (long_code.as_str(), "has 129 characters; at most 128"),
        ("a.b", "at position 2"),
        ("a/b", "at position 2"),
        ("合同", "at position 1"),
        ("\u{1f600}", "at position 1"),
    ] {
        let (field, problem) = refused("w", code);
        assert_eq!(field, "out_contract_code");
        assert!(problem.contains(because), "{problem}");
    }
    assert!(call::Params::parse(&"w".repeat(32), &"Az09_-aB".repeat(16)).is_ok());
}

#[test]
fn nothing_prints_a_secret() {
    let merchant = merchant();
    let certs = support::certs(&merchant);
    let signed = support::signed_request(&merchant, &certs);
    let printed = format!("{merchant:?} {certs:?} {signed:?}");
    assert!(printed.contains("[redacted]"));
    for secret in ["WECHATPAY2", "signature=", "MII"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
