//! Known answers: signatures must equal OpenSSL's byte for byte, and published signatures must be
//! valid.

mod support;

use base64ct::{Base64, Encoding};
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::calls::app_launch;
use wechatpay_wasm::calls::individual_contracts::pre_entrust_sign_app as call;
use wechatpay_wasm::calls::pay_sign::{self, Params};
use wechatpay_wasm::{Apiv3Key, Merchant, NotificationRequest, Response, parse_private_key};

use support::{MCHID, NOW, SERIAL, attempt, certs, headers, key, known_answers, merchant};

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} is not text"))
}

#[test]
fn requests_are_signed_as_openssl_signs_them() {
    let known = known_answers();
    let requests = known["requests"].as_array().expect("is a list");
    assert!(requests.len() >= 5);
    for request in requests {
        let name = text(request, "privateKey");
        let merchant = Merchant::parse(MCHID, SERIAL, key(name)).expect("parses");
        let params = call::Params::parse(text(request, "appid"), text(request, "outContractCode"));
        let prepared = call::prepare(&params.expect("parses"));
        let attempt = attempt(text(request, "nonce"));
        let certs = certs(&merchant);
        let signed = prepared.sign(&merchant, &certs, &attempt).expect("signs");

        assert_eq!(signed.method().as_str(), "POST");
        assert_eq!(signed.path_and_query(), text(request, "path"));
        assert_eq!(signed.body(), text(request, "body").as_bytes());
        assert_eq!(signed.message(), text(request, "message").as_bytes());
        let authorization = format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"1900007291\",nonce_str=\"{}\",signature=\"{}\",\
             timestamp=\"1554208460\",serial_no=\"408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB\"",
            text(request, "nonce"),
            text(request, "signature"),
        );
        assert_eq!(
            signed.headers(),
            [
                ("Authorization", authorization),
                ("Accept", "application/json".to_owned()),
                (
                    "User-Agent",
                    concat!("wechatpay-wasm/", env!("CARGO_PKG_VERSION")).to_owned()
                ),
                ("Content-Type", "application/json".to_owned()),
                ("Wechatpay-Serial", support::PUBLIC_KEY_ID.to_owned()),
            ]
            .map(|(name, value)| (name.to_owned(), value))
        );
    }
}

#[test]
fn every_form_of_the_key_gives_the_same_signature() {
    let known = known_answers();
    let expected = text(&known["requests"][0], "signature");
    let message = text(&known["requests"][0], "message").as_bytes();
    for name in [
        "merchant.pkcs8.pem",
        "merchant.pkcs8.der",
        "merchant.pkcs1.pem",
        "merchant.pkcs1.der",
    ] {
        let key = wechatpay_wasm::parse_private_key(key(name)).expect("parses");
        for blinding in [[0; 32], [0xff; 32], [7; 32]] {
            let signature = key.sign(message, &blinding).expect("signs");
            assert_eq!(Base64::encode_string(&signature), expected, "{name}");
        }
    }
}

#[test]
fn responses_of_both_kinds_of_keys_are_verified() {
    let known = known_answers();
    let merchant = merchant();
    let certs = certs(&merchant);
    let sent = support::signed_request(&merchant, &certs);
    for response in known["responses"].as_array().expect("is a list") {
        let status =
            u16::try_from(response["status"].as_u64().expect("is a number")).expect("fits");
        let body = text(response, "body").as_bytes();
        let outcome = Response {
            status,
            headers: headers(response),
            body,
        }
        .verify(&certs, NOW, &sent);
        match status {
            200 => {
                let verified = outcome.expect("verifies");
                assert_eq!(verified.status(), 200);
                assert_eq!(verified.body(), body);
                let result = call::process(&verified).expect("is of the documented form");
                assert_eq!(result.pre_entrustweb_id, "1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b");
            }
            204 => {
                let error = call::process(&outcome.expect("verifies")).expect_err("has no body");
                assert_eq!(error.code(), "ERR_RESPONSE_INVALID");
            }
            _ => {
                let Err(wechatpay_wasm::Error::Api(error)) = outcome else {
                    panic!("{outcome:?} is not WeChat Pay's error");
                };
                assert!(error.verified);
                assert_eq!(error.code, "PARAM_ERROR");
                assert_eq!(error.message, "参数错误");
                assert_eq!(
                    error.detail.as_deref(),
                    Some(r#"{"field":"/appid","issue":"不匹配"}"#)
                );
            }
        }
    }
}

#[test]
fn notifications_of_both_kinds_of_keys_are_decrypted() {
    let known = known_answers();
    let certs = certs(&merchant());
    let key = Apiv3Key::parse(text(&known, "apiv3Key").as_bytes()).expect("parses");
    let notifications = known["notifications"].as_array().expect("is a list");
    assert_eq!(notifications.len(), 4);
    for vector in notifications {
        let outcome = NotificationRequest {
            headers: headers(vector),
            body: text(vector, "body").as_bytes(),
        }
        .verify(&certs, NOW)
        .expect("verifies")
        .decrypt(&key);
        let resource = text(vector, "resource");
        if resource.ends_with(':') {
            let error = outcome.expect_err("is not JSON");
            assert_eq!(error.code(), "ERR_PARAM");
            assert!(
                error.to_string().ends_with("decrypted, is not JSON"),
                "{error}"
            );
            continue;
        }
        let notification = outcome.expect("is decrypted");
        assert_eq!(notification.id, "EV-2018022511223320873");
        assert_eq!(notification.create_time, "2015-05-20T13:29:35+08:00");
        assert_eq!(notification.event_type, "TRANSACTION.SUCCESS");
        assert_eq!(notification.resource_type, "encrypt-resource");
        assert_eq!(notification.summary, "支付成功");
        assert_eq!(notification.original_type.as_deref(), Some("transaction"));
        assert_eq!(*notification.resource, resource);
        let shown = format!("{notification:?} {key:?}");
        assert!(
            !shown.contains("trade_state") && !shown.contains("a7cde1"),
            "{shown}"
        );
    }
}

#[test]
fn texts_are_encrypted_as_openssl_expects_them() {
    let known = known_answers();
    let vectors = known["encrypted"].as_array().expect("is a list");
    assert_eq!(vectors.len(), 7);
    for vector in vectors {
        let key = parse_private_key(key(text(vector, "privateKey"))).expect("parses");
        let seed = u8::from_str_radix(&text(vector, "seed")[..2], 16).expect("is hexadecimal");
        let plain = text(vector, "text").as_bytes();
        let encrypted = key.public_key().encrypt(plain, &[seed; 20]).expect("fits");
        assert_eq!(Base64::encode_string(&encrypted), text(vector, "encrypted"));
        for blinding in [[0; 32], [0xff; 32], [7; 32]] {
            assert_eq!(
                *key.decrypt(&encrypted, &blinding).expect("is decrypted"),
                plain
            );
        }
        for index in [0, encrypted.len() / 2, encrypted.len() - 1] {
            let mut changed = encrypted.clone();
            changed[index] ^= 1;
            assert_eq!(key.decrypt(&changed, &[7; 32]), None);
        }
        assert_eq!(key.decrypt(&encrypted[1..], &[7; 32]), None);
        assert_eq!(
            key.decrypt(&[&[0], &encrypted[..]].concat(), &[7; 32]),
            None
        );
    }
}

#[test]
fn launches_are_signed_as_openssl_signs_them() {
    let known = known_answers();
    let merchant = merchant();
    for vector in known["launches"].as_array().expect("is a list") {
        let params = app_launch::Params::parse(
            text(vector, "appid"),
            text(vector, "preEntrustwebId"),
            text(vector, "outContractCode"),
        );
        let attempt = attempt(text(vector, "nonce"));
        let unsigned = app_launch::prepare(&params.expect("parses"), &attempt);
        assert_eq!(unsigned.message(), text(vector, "message").as_bytes());
        let signature = merchant.sign(unsigned.message(), &[2; 32]).expect("signs");
        assert_eq!(unsigned.query(&merchant, &signature), text(vector, "query"));
    }
}

/// The vectors that WeChat Pay and its SDKs publish are beside a checkout, not in it.
#[cfg(not(target_arch = "wasm32"))]
mod published {
    use super::*;
    use wechatpay_wasm::{Certs, request_message, response_message};

    pub fn vectors() -> Option<Value> {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/vectors/known-answers.json"
        );
        let text = std::fs::read_to_string(path).ok()?;
        Some(serde_json::from_str(&text).expect("is JSON"))
    }

    /// Calls `check` for each vector of a list, or not at all if the vectors are not available.
    fn each_of(list: &str, check: impl FnMut(&Value)) {
        let Some(vectors) = vectors() else { return };
        let vectors = vectors[list].as_array().expect("is a list");
        assert!(!vectors.is_empty());
        vectors.iter().for_each(check);
    }

    #[test]
    fn signatures_equal_the_published_ones() {
        each_of("signatures", |vector| {
            let message = match vector["message"].as_str() {
                Some(message) => message.as_bytes().to_vec(),
                None => request_message(
                    text(vector, "method"),
                    text(vector, "url"),
                    vector["timestamp"]
                        .to_string()
                        .trim_matches('"')
                        .parse()
                        .expect("is a number"),
                    text(vector, "nonce"),
                    text(vector, "body").as_bytes(),
                ),
            };
            let key = parse_private_key(text(vector, "privateKey").as_bytes()).expect("parses");
            let signature = key.sign(&message, &[3; 32]).expect("signs");
            assert_eq!(
                Base64::encode_string(&signature),
                text(vector, "signature"),
                "{vector}"
            );
        });
    }

    #[test]
    fn published_responses_and_notifications_verify() {
        let all = [("responses", "publicKey"), ("notifications", "certificate")];
        for (list, key_name) in all {
            each_of(list, |vector| {
                let merchant = merchant();
                let id = vector["serial"].as_str().unwrap_or("PUB_KEY_ID_01");
                let certs =
                    Certs::parse([(id, text(vector, key_name))], &merchant).expect("parses");
                let timestamp = vector["timestamp"].to_string();
                let message = response_message(
                    timestamp.trim_matches('"'),
                    text(vector, "nonce"),
                    text(vector, "body").as_bytes(),
                );
                let signature = Base64::decode_vec(text(vector, "signature")).expect("is base64");
                let key = certs.key(id).expect("is there");
                assert!(key.verify(&message, &signature));
                for index in [0, message.len() / 2, message.len() - 1] {
                    let mut other = message.clone();
                    other[index] ^= 1;
                    assert!(!key.verify(&other, &signature));
                }
            });
        }
    }

    #[test]
    fn published_ciphertexts_are_decrypted() {
        each_of("aes256gcm", |vector| {
            let key = Apiv3Key::parse(text(vector, "apiv3Key").as_bytes()).expect("parses");
            let nonce = text(vector, "nonce").as_bytes();
            let associated_data = text(vector, "associatedData").as_bytes();
            let mut ciphertext = Base64::decode_vec(text(vector, "ciphertext")).expect("is base64");
            let decrypted = key
                .decrypt(nonce, associated_data, &ciphertext)
                .expect("is decrypted");
            assert_eq!(*decrypted, text(vector, "plaintext").as_bytes());
            ciphertext[0] ^= 1;
            assert_eq!(key.decrypt(nonce, associated_data, &ciphertext), None);
        });
    }

    /// WeChat Pay signed and encrypted them. Only the key that decrypts them is not published.
    #[test]
    fn published_notifications_are_verified_before_they_are_decrypted() {
        let key = Apiv3Key::parse(&[0; 32]).expect("parses");
        each_of("notifications", |vector| {
            let id = text(vector, "serial");
            let certs =
                Certs::parse([(id, text(vector, "certificate"))], &merchant()).expect("parses");
            let now = text(vector, "timestamp").parse().expect("is a number");
            let mut headers = headers(vector);
            headers.timestamp = Some(text(vector, "timestamp").to_owned());
            let request = NotificationRequest {
                headers,
                body: text(vector, "body").as_bytes(),
            };
            let verified = request.verify(&certs, now).expect("verifies");
            let error = verified
                .decrypt(&key)
                .expect_err("is encrypted with another key");
            assert_eq!(error.code(), "ERR_CONFIG");
            let late = request.verify(&certs, now + 301).expect_err("is stale");
            assert_eq!(late.code(), "ERR_TIMESTAMP_SKEW");
        });
    }
}

#[test]
fn pay_signs_are_signed_as_openssl_signs_them() {
    let known = known_answers();
    let prepay_id = text(&known, "prepayId");
    for expected in known["paySigns"].as_array().expect("is a list") {
        let (opener, nonce) = (text(expected, "type"), text(expected, "nonce"));
        let params = Params::parse(opener, "wx2421b1c4370ec43b", prepay_id, None).expect("parses");
        let unsigned = pay_sign::prepare(&params, MCHID, &attempt(nonce));
        assert_eq!(unsigned.message(), text(expected, "message").as_bytes());

        let key = parse_private_key(key(text(expected, "privateKey"))).expect("parses");
        let signature = key.sign(unsigned.message(), &[7; 32]).expect("signs");
        let package = format!("prepay_id={prepay_id}");
        let signature_text = text(expected, "signature");
        let in_a_page = [
            ("timeStamp", "1554208460"),
            ("nonceStr", nonce),
            ("package", &package),
            ("signType", "RSA"),
            ("paySign", signature_text),
        ];
        let in_an_app = [
            ("appid", "wx2421b1c4370ec43b"),
            ("partnerid", MCHID),
            ("prepayid", prepay_id),
            ("package", "Sign=WXPay"),
            ("noncestr", nonce),
            ("timestamp", "1554208460"),
            ("sign", signature_text),
        ];
        let expected = match opener {
            "jsapi" => [&[("appId", "wx2421b1c4370ec43b")], &in_a_page[..]].concat(),
            "miniprogram" => in_a_page.to_vec(),
            _ => in_an_app.to_vec(),
        };
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(name, value)| (name, value.to_owned()))
            .collect();
        assert_eq!(unsigned.signed(&signature), expected);
    }
}

/// The published signature, if available: the same string and the same signature.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_published_pay_sign_has_the_same_signature() {
    let Some(vectors) = published::vectors() else {
        return;
    };
    let published = &vectors["signatures"][1];
    assert_eq!(text(published, "name"), "client invocation (paySign)");
    let prepay_id = "wx201410272009395522657a690389285100";
    let params = Params::parse("jsapi", "wx2421b1c4370ec43b", prepay_id, None).expect("parses");
    let attempt = attempt("593BEC0C930BF1AFEB40B4A08C8FB242");
    let unsigned = pay_sign::prepare(&params, MCHID, &attempt);
    assert_eq!(unsigned.message(), text(published, "message").as_bytes());
    let key = parse_private_key(text(published, "privateKey").as_bytes()).expect("parses");
    let signature = key.sign(unsigned.message(), &[7; 32]).expect("signs");
    let signature = Base64::encode_string(&signature);
    assert_eq!(signature, text(published, "signature"));
}
