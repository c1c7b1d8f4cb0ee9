//! Responses that were tampered with, are unsigned or stale, have an unknown key, or are errors.

use super::support;

use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::calls::individual_contracts::pre_entrust_sign_app as call;
use wechatpay_wasm::{
    ApiError, Certs, Error, Response, SignatureHeaders, SignedRequest, VerifiedResponse,
};

use support::{
    CONTROLLED_HEADERS, NOW, OTHER_HEADERS, PUBLIC_KEY_ID, TOO_FEW_HEADERS, certs, headers,
    invalid_signatures, key, known_answers, merchant, probes, signed_request,
};

/// A verified response with its own clock. Each test changes one part of it.
struct Scene {
    known: Value,
    certs: Certs,
    sent: SignedRequest,
    headers: SignatureHeaders,
    body: Vec<u8>,
    status: u16,
    now: u64,
}

impl Scene {
    /// The known response with this index.
    fn of(index: usize) -> Self {
        let known = known_answers();
        let response = &known["responses"][index];
        let merchant = merchant();
        let certs = certs(&merchant);
        Self {
            sent: signed_request(&merchant, &certs),
            certs,
            headers: headers(response),
            body: response["body"].as_str().expect("is text").into(),
            status: u16::try_from(response["status"].as_u64().expect("is a number")).expect("fits"),
            now: NOW,
            known,
        }
    }

    fn signed() -> Self {
        Self::of(0)
    }

    fn unsigned(status: u16, body: &str) -> Self {
        Self {
            headers: SignatureHeaders::default(),
            status,
            body: body.into(),
            ..Self::signed()
        }
    }

    fn verify(&self) -> Result<VerifiedResponse<'_>, Error> {
        let response = Response {
            status: self.status,
            headers: self.headers.clone(),
            body: &self.body,
        };
        response.verify(&self.certs, self.now, &self.sent)
    }

    fn code(&self) -> String {
        self.verify()
            .map_or_else(|error| error.code().to_owned(), |_| "verified".to_owned())
    }

    fn api_error(&self) -> ApiError {
        match self.verify() {
            Err(Error::Api(error)) => *error,
            other => panic!("{other:?} is not an error of WeChat Pay's"),
        }
    }
}

#[test]
fn one_changed_byte_anywhere_is_refused() {
    let scene = Scene::signed();
    assert_eq!(scene.code(), "verified");
    for index in 0..scene.body.len() {
        let mut changed = Scene::signed();
        changed.body[index] ^= 1;
        assert_eq!(changed.code(), "ERR_SIGNATURE_INVALID");
        let mut shorter = Scene::signed();
        shorter.body.remove(index);
        assert_eq!(shorter.code(), "ERR_SIGNATURE_INVALID");
    }
    for change in OTHER_HEADERS {
        let mut scene = Scene::signed();
        change(&mut scene.headers);
        assert_eq!(scene.code(), "ERR_SIGNATURE_INVALID");
    }
}

#[test]
fn an_invalid_signature_is_refused() {
    let good = Scene::signed().headers.signature.expect("is there");
    for signature in invalid_signatures(&good) {
        let mut scene = Scene::signed();
        scene.headers.signature = Some(signature);
        assert_eq!(scene.code(), "ERR_SIGNATURE_INVALID");
    }
}

#[test]
fn a_page_is_shown_and_is_not_wechat_pays() {
    let page = "<html><title>Blocked</title>\r\n<p>by\u{1b}policy 7</p></html>";
    for (status, kind) in [
        (403, "text/html; charset=utf-8"),
        (502, "text/plain"),
        (200, "text/html"),
    ] {
        let mut scene = Scene::unsigned(status, page);
        scene.headers.content_type = Some(kind.to_owned());
        let text = scene.verify().expect_err("is refused").to_string();
        let shown = format!("from a proxy or gateway on the way: {kind}, \"Blocked by policy 7\"");
        assert!(text.contains(&shown), "{text}");
        assert!(text.contains("does not come from WeChat Pay"));
    }
    let text = |scene: &Scene| scene.verify().expect_err("is refused").to_string();
    assert!(text(&Scene::unsigned(407, "denied")).contains("no Content-Type, \"denied\""));
    for body in [r#"{"error":"denied"}"#, "\"denied\"", r#"[1,"denied"]"#] {
        let text = text(&Scene::unsigned(403, body));
        assert!(
            text.contains("on the way") && text.contains("denied"),
            "{text}"
        );
    }
    // Neither an error with a code, nor an empty body, nor a success in JSON, nor what is signed.
    for (status, body) in [(403, r#"{"code":"NO_AUTH"}"#), (503, ""), (200, "{}")] {
        assert!(
            !text(&Scene::unsigned(status, body)).contains("on the way"),
            "{body}"
        );
    }
    let mut signed = Scene::signed();
    (signed.status, signed.body) = (502, page.into());
    assert!(!text(&signed).contains("Blocked"));
}

#[test]
fn a_page_shows_no_signature_and_has_an_end() {
    let sent = Scene::signed().sent;
    let (_, authorization) = &sent.headers()[0];
    let mut scene = Scene::unsigned(403, &format!("<pre>{authorization}</pre>"));
    scene.headers.content_type = Some(authorization.clone());
    let text = scene.verify().expect_err("is refused").to_string();
    assert!(
        text.ends_with("no Content-Type, no words that can be shown"),
        "{text}"
    );
    let scene = Scene::unsigned(403, &"word ".repeat(100_000));
    assert!(scene.verify().expect_err("is refused").to_string().len() < 400);
}

#[test]
fn a_probe_is_named() {
    let good = Scene::signed().headers.signature.expect("is there");
    for (status, signature) in [200, 204, 400].into_iter().zip(probes(&good)) {
        let mut scene = Scene::signed();
        scene.status = status;
        scene.headers.signature = Some(signature);
        assert_eq!(scene.code(), "ERR_SIGNATURE_PROBE");
        // Whatever key it names.
        scene.headers.serial = Some("ABCD".to_owned());
        assert_eq!(scene.code(), "ERR_SIGNATURE_PROBE");
    }
}

#[test]
fn a_success_without_all_four_headers_is_refused() {
    for (index, remove) in TOO_FEW_HEADERS.into_iter().enumerate() {
        let mut scene = Scene::signed();
        remove(&mut scene.headers);
        assert_eq!(scene.code(), "ERR_SIGNATURE_MISSING", "{index}");
    }
    assert_eq!(Scene::unsigned(200, "{}").code(), "ERR_SIGNATURE_MISSING");
    assert_eq!(Scene::unsigned(204, "").code(), "ERR_SIGNATURE_MISSING");
}

#[test]
fn a_control_character_in_a_header_is_refused() {
    for status in [200, 204, 400, 503] {
        for add in CONTROLLED_HEADERS {
            let mut scene = Scene::signed();
            scene.status = status;
            add(&mut scene.headers);
            assert_eq!(scene.code(), "ERR_SIGNATURE_INVALID");
            let message = scene.verify().expect_err("is refused").to_string();
            assert!(message.contains("a control character"), "{message}");
        }
    }
}

#[test]
fn the_clock_may_be_300_seconds_away_and_no_more() {
    for (now, code) in [
        (NOW + 300, "verified"),
        (NOW - 300, "verified"),
        (NOW + 301, "ERR_TIMESTAMP_SKEW"),
        (NOW - 301, "ERR_TIMESTAMP_SKEW"),
        (0, "ERR_TIMESTAMP_SKEW"),
        (u64::MAX, "ERR_TIMESTAMP_SKEW"),
    ] {
        let scene = Scene {
            now,
            ..Scene::signed()
        };
        assert_eq!(scene.code(), code, "at {now}");
    }
    let late = Scene {
        now: NOW + 1200,
        ..Scene::signed()
    };
    let message = late.verify().expect_err("is refused").to_string();
    assert!(message.contains("-1200 s"), "{message}");
    assert!(message.contains("may have been carried out"), "{message}");
}

#[test]
fn a_forged_and_stale_response_is_reported_as_forged() {
    let mut scene = Scene {
        now: NOW + 1200,
        ..Scene::signed()
    };
    scene.body.push(b' ');
    assert_eq!(scene.code(), "ERR_SIGNATURE_INVALID");
}

#[test]
fn the_error_names_an_unknown_key_only_if_it_is_an_id() {
    let mut scene = Scene::signed();
    scene.headers.serial = Some("PUB_KEY_ID_02".to_owned());
    assert_eq!(scene.code(), "ERR_SERIAL_UNKNOWN");
    let message = scene.verify().expect_err("is refused").to_string();
    assert!(message.contains("PUB_KEY_ID_02"), "{message}");

    scene.headers.serial = Some("\u{1b}[31m".repeat(30));
    let message = scene.verify().expect_err("is refused").to_string();
    assert!(!message.contains('\u{1b}'), "{message}");
}

#[test]
fn a_certificates_serial_is_a_number() {
    let mut scene = Scene::of(1);
    assert_eq!(scene.code(), "verified");
    scene.headers.serial = Some(support::PLATFORM_SERIAL.to_lowercase());
    assert_eq!(scene.code(), "verified");
    scene.headers.serial = Some(PUBLIC_KEY_ID.to_lowercase());
    assert_eq!(scene.code(), "ERR_SERIAL_UNKNOWN");
}

#[test]
fn error_responses_say_whether_they_are_verified() {
    let signed = Scene::of(2);
    let error = signed.api_error();
    assert!(error.verified && !error.retryable);
    assert_eq!(error.status, 400);
    assert_eq!(error.request_id.as_deref(), Some("08F78BB5AF0610D302"));
    assert_eq!(
        error.to_string(),
        "PARAM_ERROR: 参数错误 (HTTP 400, Request-ID 08F78BB5AF0610D302); /appid: 不匹配"
    );

    let unsigned = Scene::unsigned(
        400,
        signed.known["responses"][2]["body"]
            .as_str()
            .expect("is text"),
    );
    let error = unsigned.api_error();
    assert!(!error.verified);
    assert_eq!(
        error.to_string(),
        "PARAM_ERROR: 参数错误 (HTTP 400, not signed); /appid: 不匹配"
    );

    let mut forged = Scene::of(2);
    forged.body.push(b' ');
    assert_eq!(forged.code(), "ERR_SIGNATURE_INVALID");
    let mut stripped = Scene::of(2);
    stripped.headers.serial = None;
    assert_eq!(stripped.code(), "ERR_SIGNATURE_MISSING");
    let stale = Scene {
        now: NOW + 301,
        ..Scene::of(2)
    };
    assert_eq!(stale.code(), "ERR_TIMESTAMP_SKEW");
}

#[test]
fn malformed_error_bodies_are_read_as_far_as_possible() {
    for (status, body, code, message) in [
        (502, "<html>", "HTTP_502", ""),
        (500, "", "HTTP_500", ""),
        (404, "null", "HTTP_404", ""),
        (404, "[]", "HTTP_404", ""),
        (403, r#"{"code":7,"message":["x"]}"#, "HTTP_403", ""),
        (403, r#"{"code":"","message":"m"}"#, "HTTP_403", "m"),
        (403, r#"{"code":"A B","message":"m"}"#, "HTTP_403", "m"),
        (403, r#"{"message":"only"}"#, "HTTP_403", "only"),
        (403, r#"{"code":"NO_AUTH","more":1}"#, "NO_AUTH", ""),
    ] {
        let error = Scene::unsigned(status, body).api_error();
        assert_eq!(
            (error.code.as_str(), error.message.as_str()),
            (code, message),
            "{body}"
        );
    }
    let long = format!(r#"{{"code":"X","message":"{}"}}"#, "长".repeat(10_000));
    assert_eq!(
        Scene::unsigned(500, &long)
            .api_error()
            .message
            .chars()
            .count(),
        512
    );
}

#[test]
fn unsigned_text_is_made_safe() {
    let scene = Scene::unsigned(500, r#"{"code":"X","message":"a\nb\u001b[31m\u202ec"}"#);
    assert_eq!(scene.api_error().message, "a\u{fffd}b\u{fffd}[31m\u{fffd}c");

    for (request_id, shown) in [("08F7", true), ("a b", false), ("a\nb", false), ("", false)] {
        let mut scene = Scene::unsigned(500, "");
        scene.headers.request_id = Some(request_id.to_owned());
        assert_eq!(
            scene.api_error().request_id.is_some(),
            shown,
            "{request_id:?}"
        );
    }
    let detail = |detail: &str| {
        Scene::unsigned(500, &format!(r#"{{"code":"X","detail":{detail}}}"#))
            .api_error()
            .detail
    };
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(detail(&nested(64)), Some(nested(64)));
    assert_eq!(detail(&nested(65)), None);
    assert_eq!(detail(&nested(100_000)), None);
    assert_eq!(detail(&format!("\"{}\"", "x".repeat(65 * 1024))), None);
}

#[test]
fn the_requests_signature_is_not_repeated_in_any_spelling() {
    let signed = Scene::signed();
    let headers = signed.sent.headers().iter();
    let (_, authorization) = headers.clone().next().expect("is there");
    let (_, rest) = authorization.split_once("signature=\"").expect("is there");
    let (signature, _) = rest.split_once('"').expect("is there");
    let escaped = |pad: &str| -> String {
        let escape = |c: char| format!("{pad}u{:04X}", u32::from(c));
        signature.chars().map(escape).collect()
    };
    let lines: Vec<&str> = [0, 20, 40, 60].map(|at| &signature[at..at + 20]).into();
    for spelling in [
        signature.to_owned(),
        signature.replace('/', "\\/"),
        escaped("\\"),
        escaped("\\\\"),
        lines.join("\\r\\n"),
        lines.join(" "),
        lines.join(r#"","and","#),
        lines[0].to_owned(),
    ] {
        let message = spelling.replace('"', " ");
        let body = format!(r#"{{"code":"X","message":"{message}","detail":["{spelling}"]}}"#);
        let error = Scene::unsigned(400, &body).api_error();
        assert_eq!(error.detail, None, "{spelling}");
        assert_eq!(error.message, "", "{spelling}");
    }
    // Any other text stays, whatever it escapes.
    let body = r#"{"code":"X","message":"a\u0041\\u004","detail":["\u4e2d\\ud83d\u00e9"]}"#;
    let error = Scene::unsigned(400, body).api_error();
    assert_eq!(error.detail.as_deref(), Some(r#"["\u4e2d\\ud83d\u00e9"]"#));
    assert_eq!(error.message, "aA\\u004");
}

#[test]
fn retrying_follows_wechat_pays_rules() {
    for (status, code, retryable) in [
        (429, "RATELIMIT_EXCEEDED", true),
        (429, "FREQUENCY_LIMITED", true),
        (500, "SYSTEM_ERROR", true),
        (503, "SERVICE_UNAVAILABLE", true),
        (500, "BANK_ERROR", false),
        (400, "PARAM_ERROR", false),
        (401, "SIGN_ERROR", false),
        (404, "RESOURCE_NOT_EXISTS", false),
    ] {
        let error = Scene::unsigned(status, &format!(r#"{{"code":"{code}"}}"#)).api_error();
        assert_eq!(error.retryable, retryable, "{status} {code}");
    }
    assert!(Scene::unsigned(502, "<html>").api_error().retryable);
    assert!(Scene::unsigned(429, "").api_error().retryable);
}

#[test]
fn sign_error_shows_where_the_strings_differ() {
    let sent = String::from_utf8(Scene::signed().sent.message().to_vec()).expect("is UTF-8");
    let body = sent.find('{').expect("has a body");
    // As WeChat Pay truncates it: 8 bytes of the body and a line feed.
    let cut = |expected: &str| format!("{}\n", &expected[..body + 8]);
    let message = |shown: &str, length: usize| {
        let shown = serde_json::to_string(shown).expect("is JSON");
        let body = format!(
            r#"{{"code":"SIGN_ERROR","message":"签名错误","detail":{{"sign_information":{{"truncated_sign_message":{shown},"sign_message_length":{length}}}}}}}"#
        );
        Scene::unsigned(401, &body).api_error().to_string()
    };

    let other = message(
        &cut(&sent.replacen("1554208460", "1554208999", 1)),
        sent.len(),
    );
    assert!(other.contains("in line 3 at character 8"), "{other}");
    assert!(other.contains(r#"expected "999\n"#), "{other}");
    assert!(other.contains(r#"signed "460\n"#), "{other}");

    let path = message(&cut(&sent.replacen("/app", "/App", 1)), sent.len());
    assert!(path.contains("in line 2 at character 53"), "{path}");

    let longer = message(&cut(&sent), sent.len() + 1);
    assert!(
        longer.contains("the body was changed on the way"),
        "{longer}"
    );
    assert!(
        longer.contains(&format!(
            "has {} bytes, and {} bytes were signed",
            sent.len() + 1,
            sent.len()
        )),
        "{longer}"
    );

    for shown in [
        cut(&sent),
        format!("{}\u{fffd}\n", &sent[..body + 8]),
        sent.clone(),
    ] {
        let same = message(&shown, sent.len());
        assert!(
            same.contains("private key belongs to the certificate"),
            "{same}"
        );
        assert!(!same.contains("differs from"), "{same}");
    }
    // A complete string that lacks only its end is a different string.
    let ended = message(&sent[..sent.len() - 2], sent.len() - 2);
    assert!(ended.contains("the body was changed"), "{ended}");

    let none = Scene::unsigned(401, r#"{"code":"SIGN_ERROR","message":"签名错误"}"#).api_error();
    // Whether the key, the serial number or the merchant number is wrong, WeChat Pay may not say.
    for word in ["private key", "serial", "mchid"] {
        assert!(none.to_string().contains(word), "{none}");
    }
}

#[test]
fn other_statuses_are_invalid() {
    for (status, code) in [
        (301, "ERR_REDIRECT"),
        (302, "ERR_REDIRECT"),
        (307, "ERR_REDIRECT"),
        (0, "ERR_RESPONSE_INVALID"),
        (100, "ERR_RESPONSE_INVALID"),
        (600, "ERR_RESPONSE_INVALID"),
    ] {
        assert_eq!(
            Scene {
                status,
                ..Scene::signed()
            }
            .code(),
            code,
            "{status}"
        );
    }
}

#[test]
fn a_verified_response_of_another_form_is_invalid() {
    // Signed with WeChat Pay's key, so that only the form is wrong.
    let key = wechatpay_wasm::parse_private_key(key("wechatpay.pkcs8.pem")).expect("parses");
    for body in [
        "",
        "{",
        "null",
        "[]",
        "{}",
        r#"{"pre_entrustweb_id":""}"#,
        r#"{"pre_entrustweb_id":7}"#,
        r#"{"pre_entrustweb_id":null}"#,
        r#"{"preEntrustwebId":"x"}"#,
        r#"{"pre_entrustweb_id":"x"} trailing"#,
    ] {
        let mut scene = Scene::signed();
        let message = wechatpay_wasm::response_message("1554208460", "n", body.as_bytes());
        let signature = key.sign(&message, &[1; 32]).expect("signs");
        scene.headers.nonce = Some("n".to_owned());
        scene.headers.signature = Some(<base64ct::Base64 as base64ct::Encoding>::encode_string(
            &signature,
        ));
        scene.body = body.into();
        let verified = scene.verify().expect("is signed");
        let error = call::process(&verified).expect_err("has another form");
        assert_eq!(error.code(), "ERR_RESPONSE_INVALID", "{body}");
    }
}
