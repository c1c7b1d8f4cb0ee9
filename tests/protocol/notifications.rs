//! Notifications that were tampered with, are unsigned or stale, were encrypted with another key,
//! or do not have the documented form.

use super::support;

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{
    Apiv3Key, Certs, Error, MAX_NOTIFICATION_BYTES, Notification, NotificationRequest, PrivateKey,
    SignatureHeaders, response_message,
};

use support::{
    CONTROLLED_HEADERS, NOW, OTHER_HEADERS, PUBLIC_KEY_ID, TOO_FEW_HEADERS, certs, headers,
    invalid_signatures, key, known_answers, merchant, probes,
};

/// A known notification with its own clock and key. Each test changes one part of it.
struct Scene {
    certs: Certs,
    apiv3_key: Apiv3Key,
    headers: SignatureHeaders,
    body: Vec<u8>,
    now: u64,
}

impl Scene {
    fn known() -> Self {
        let known = known_answers();
        let vector = &known["notifications"][0];
        Self {
            certs: certs(&merchant()),
            apiv3_key: apiv3_key(known["apiv3Key"].as_str().expect("is text")),
            headers: headers(vector),
            body: vector["body"].as_str().expect("is text").into(),
            now: NOW,
        }
    }

    /// Another body, signed as WeChat Pay signs.
    fn signed(body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let mut scene = Self::known();
        let message = response_message(&NOW.to_string(), "n", &body);
        let signature = signing_key().sign(&message, &[1; 32]).expect("signs");
        scene.headers.nonce = Some("n".to_owned());
        scene.headers.signature = Some(Base64::encode_string(&signature));
        scene.body = body;
        scene
    }

    /// The known body with a change, signed again.
    fn changed(change: impl FnOnce(&mut Value)) -> Self {
        let mut body: Value = serde_json::from_slice(&Self::known().body).expect("is JSON");
        change(&mut body);
        Self::signed(body.to_string())
    }

    fn decrypt(&self) -> Result<Notification, Error> {
        NotificationRequest {
            headers: self.headers.clone(),
            body: &self.body,
        }
        .verify(&self.certs, self.now)?
        .decrypt(&self.apiv3_key)
    }

    fn code(&self) -> String {
        self.decrypt()
            .map_or_else(|error| error.code().to_owned(), |_| "decrypted".to_owned())
    }

    fn refusal(&self) -> String {
        self.decrypt().expect_err("is refused").to_string()
    }
}

fn signing_key() -> PrivateKey {
    wechatpay_wasm::parse_private_key(key("wechatpay.pkcs8.pem")).expect("parses")
}

fn apiv3_key(text: &str) -> Apiv3Key {
    Apiv3Key::parse(text.as_bytes()).expect("parses")
}

#[test]
fn one_changed_byte_anywhere_is_refused() {
    assert_eq!(Scene::known().code(), "decrypted");
    for index in 0..Scene::known().body.len() {
        let mut changed = Scene::known();
        changed.body[index] ^= 1;
        assert_eq!(changed.code(), "ERR_SIGNATURE_INVALID");
    }
    for change in OTHER_HEADERS {
        let mut scene = Scene::known();
        change(&mut scene.headers);
        assert_eq!(scene.code(), "ERR_SIGNATURE_INVALID");
    }
}

/// After any change of an encrypted resource, its tag is not valid, even if the signature is.
#[test]
fn one_changed_bit_of_the_encrypted_resource_is_refused() {
    let body: Value = serde_json::from_slice(&Scene::known().body).expect("is JSON");
    let resource = &body["resource"];
    let bytes = |name: &str| {
        resource[name]
            .as_str()
            .expect("is text")
            .as_bytes()
            .to_vec()
    };
    let (nonce, associated_data) = (bytes("nonce"), bytes("associated_data"));
    let encrypted = Base64::decode_vec(resource["ciphertext"].as_str().expect("is text"));
    let encrypted = encrypted.expect("is base64");
    let key = Scene::known().apiv3_key;
    assert!(key.decrypt(&nonce, &associated_data, &encrypted).is_some());
    let parts = [nonce, associated_data, encrypted];
    for (part, bytes) in parts.iter().enumerate() {
        for bit in 0..bytes.len() * 8 {
            let mut parts = parts.clone();
            parts[part][bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key.decrypt(&parts[0], &parts[1], &parts[2]), None);
        }
    }
    // Truncated at every length, also within the tag.
    for length in 0..parts[2].len() {
        assert_eq!(key.decrypt(&parts[0], &parts[1], &parts[2][..length]), None);
    }
    for length in (0..=16).filter(|length| *length != 12) {
        assert_eq!(key.decrypt(&vec![b'0'; length], &parts[1], &parts[2]), None);
    }
}

#[test]
fn an_invalid_signature_is_refused() {
    let good = Scene::known().headers.signature.expect("is there");
    for signature in invalid_signatures(&good) {
        let mut scene = Scene::known();
        scene.headers.signature = Some(signature);
        assert_eq!(scene.code(), "ERR_SIGNATURE_INVALID");
    }
}

#[test]
fn a_probe_is_named_and_blames_nobody() {
    let good = Scene::known().headers.signature.expect("is there");
    for signature in probes(&good) {
        let mut scene = Scene::known();
        scene.headers.signature = Some(signature);
        assert_eq!(scene.code(), "ERR_SIGNATURE_PROBE");
        let refusal = scene.refusal();
        assert!(refusal.contains("401") && !refusal.contains("express"));
    }
}

#[test]
fn all_four_headers_are_needed() {
    for remove in TOO_FEW_HEADERS {
        let mut scene = Scene::known();
        remove(&mut scene.headers);
        assert_eq!(scene.code(), "ERR_SIGNATURE_MISSING");
    }
}

#[test]
fn a_control_character_in_a_header_is_refused() {
    for add in CONTROLLED_HEADERS {
        let mut scene = Scene::known();
        add(&mut scene.headers);
        assert_eq!(scene.code(), "ERR_SIGNATURE_INVALID");
        assert!(scene.refusal().contains("a control character"));
    }
    // The nonce takes the first line of the signed body.
    let body = Scene::known().body;
    let mut scene = Scene::signed([b"line\n".as_slice(), &body].concat());
    scene.headers.nonce = Some("n\nline".to_owned());
    scene.body = body;
    assert_eq!(scene.code(), "ERR_SIGNATURE_INVALID");
    assert!(scene.refusal().contains("Wechatpay-Nonce header"));
}

#[test]
fn the_signature_is_verified_before_the_timestamp() {
    for (now, code) in [
        (NOW + 300, "decrypted"),
        (NOW - 300, "decrypted"),
        (NOW + 301, "ERR_TIMESTAMP_SKEW"),
        (NOW - 301, "ERR_TIMESTAMP_SKEW"),
    ] {
        let mut scene = Scene::known();
        scene.now = now;
        assert_eq!(scene.code(), code, "at {now}");
        scene.body.push(b' ');
        assert_eq!(scene.code(), "ERR_SIGNATURE_INVALID", "at {now}");
    }
}

#[test]
fn the_error_describes_a_notification() {
    let mut scene = Scene::known();
    scene.body.push(b'\n');
    let error = scene.decrypt().expect_err("is refused");
    assert_eq!(
        error.to_string(),
        "the notification is not verified to be WeChat Pay's and must not be acted on: its signature \
         is not valid for the bytes that arrived. If WeChat Pay did send it, either its body was \
         parsed and serialized again (express.json(), then JSON.stringify), so that its bytes differ: \
         pass the raw bytes as they arrived. Or the key that certs has under the id that it names is \
         another one: compare it with the one that the merchant platform shows"
    );
    let Error::Verification(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.request_id.as_deref(), Some("08F78BB5AF0610D302"));

    let mut unknown = Scene::known();
    unknown.headers.serial = Some("PUB_KEY_ID_02".to_owned());
    let mut late = Scene::known();
    late.now += 999;
    for (scene, words) in [(unknown, "PUB_KEY_ID_02"), (late, "-999 s")] {
        let message = scene.refusal();
        assert!(message.contains(words), "{message}");
        assert!(message.contains("must not be acted on"), "{message}");
        assert!(!message.contains("carried out"), "{message}");
        assert!(!message.contains("express"), "{message}");
    }
}

#[test]
fn another_key_is_an_error_of_the_option() {
    let mut scene = Scene::known();
    scene.apiv3_key = apiv3_key("b7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb");
    let Err(Error::Config(error)) = scene.decrypt() else {
        panic!("is decrypted");
    };
    assert_eq!(error.option, "apiv3_key");
    assert!(
        error.problem.to_string().contains("not the APIv3 key"),
        "{error}"
    );
    for length in [0, 31, 33, 64] {
        let error = Apiv3Key::parse(&vec![b'x'; length]).expect_err("is no key");
        assert_eq!(
            error.to_string(),
            format!("apiv3_key: must be the APIv3 key, 32 bytes, not {length}")
        );
    }
}

#[test]
fn a_signed_body_of_another_form_names_what_is_wrong() {
    for (body, words) in [
        ("", "is not valid JSON"),
        ("{", "is not valid JSON"),
        ("null", "another form"),
        ("7", "another form"),
        ("\"SECRET\"", "another form"),
        ("{}", "has no resource"),
        (r#"{"resource":null}"#, "has no resource"),
        (r#"{"resource":"SECRET"}"#, "resource of another form"),
        (r#"{"resource":{}}"#, "resource of another form"),
        (r#"{"resource":{},"resource":{}}"#, "another form"),
    ] {
        let message = Scene::signed(body).refusal();
        assert!(message.starts_with("body: is signed"), "{message}");
        assert!(message.contains(words), "{body}: {message}");
        assert!(!message.contains("SECRET"), "{message}");
    }
    for name in [
        "id",
        "create_time",
        "event_type",
        "resource_type",
        "summary",
    ] {
        for value in [Value::Null, json!(7), json!(["SECRET"])] {
            let message = Scene::changed(|body| body[name] = value).refusal();
            assert!(message.contains(&format!("has no {name} ")), "{message}");
        }
        // Some parsers use the first member of a name, others the last.
        let body = String::from_utf8(Scene::known().body).expect("is UTF-8");
        let twice = body.replacen('{', &format!("{{\"{name}\":\"SECRET\","), 1);
        let message = Scene::signed(twice).refusal();
        assert!(message.contains("another form"), "{message}");
    }
    for (name, value, words) in [
        ("algorithm", json!("AEAD_AES_128_GCM"), "AEAD_AES_256_GCM"),
        ("algorithm", json!("aead_aes_256_gcm"), "AEAD_AES_256_GCM"),
        ("algorithm", json!(null), "another form"),
        ("nonce", json!("fdasflkja48"), "12 bytes"),
        ("nonce", json!("fdasflkja4844"), "12 bytes"),
        ("nonce", json!(7), "another form"),
        ("ciphertext", json!("*"), "not base64"),
        ("ciphertext", json!([]), "another form"),
        ("associated_data", json!(7), "another form"),
    ] {
        let message = Scene::changed(|body| body["resource"][name] = value).refusal();
        assert!(message.contains(words), "{name}: {message}");
    }
    // A ciphertext too short for a tag, and changed data: the key is used, and it does not decrypt
    // them.
    for (name, value) in [
        ("ciphertext", ""),
        ("ciphertext", "AAAA"),
        ("associated_data", "x"),
        ("nonce", "fdasflkja485"),
    ] {
        let scene = Scene::changed(|body| body["resource"][name] = json!(value));
        assert_eq!(scene.code(), "ERR_CONFIG", "{name}");
    }
}

#[test]
fn unknown_and_optional_members_are_ignored() {
    let scene = Scene::changed(|body| {
        body["more"] = json!({ "id": 7 });
        body["resource"]["more"] = json!([null]);
        body["resource"]["original_type"] = Value::Null;
    });
    let notification = scene.decrypt().expect("is decrypted");
    assert_eq!(notification.original_type, None);
    assert_eq!(notification.id, "EV-2018022511223320873");
}

#[test]
fn a_body_has_at_most_one_mebibyte() {
    let spaces = |count: usize| {
        let mut body = Scene::known().body;
        body.resize(count, b' ');
        body
    };
    assert_eq!(
        Scene::signed(spaces(MAX_NOTIFICATION_BYTES)).code(),
        "decrypted"
    );
    let larger = Scene::signed(spaces(MAX_NOTIFICATION_BYTES + 1));
    assert!(larger.refusal().starts_with("body: is larger than 1 MiB"));
    assert_eq!(larger.headers.serial.as_deref(), Some(PUBLIC_KEY_ID));
}
