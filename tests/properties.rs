//! Properties that are true for every input. These tests run natively.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use proptest::prelude::*;
use wechatpay_wasm::calls::chain::{Params, Segment, path, prepare};
use wechatpay_wasm::calls::individual_contracts::{
    pre_entrust_sign_app as call, query_contract_by_openid as by_openid,
};
use wechatpay_wasm::{
    Apiv3Key, BaseUrl, Certs, Method, NotificationRequest, PathAndQuery, Response,
    SignatureHeaders, UriTemplate, parse_private_key, parse_public_key, request_message,
    response_message,
};

use support::{NOW, PUBLIC_KEY_ID, attempt, certs, merchant, signed_request};

proptest! {
    /// No two requests have the same string, because none of the first four parts contains a line
    /// feed.
    #[test]
    fn a_request_message_can_be_split_again(
        method in "[A-Z]{3,6}",
        path in "/v3/[!-~]{0,60}",
        timestamp in any::<u64>(),
        nonce in "[0-9A-F]{32}",
        body in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let message = request_message(&method, &path, timestamp, &nonce, &body);
        let timestamp = timestamp.to_string();
        let parts: Vec<&[u8]> = message.splitn(5, |byte| *byte == b'\n').collect();
        prop_assert_eq!(parts[0], method.as_bytes());
        prop_assert_eq!(parts[1], path.as_bytes());
        prop_assert_eq!(parts[2], timestamp.as_bytes());
        prop_assert_eq!(parts[3], nonce.as_bytes());
        prop_assert_eq!(parts[4].split_last(), Some((&b'\n', body.as_slice())));
    }

    #[test]
    fn a_response_message_can_be_split_again(
        timestamp in "[0-9]{1,12}",
        nonce in "[!-~]{1,40}",
        body in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let message = response_message(&timestamp, &nonce, &body);
        let parts: Vec<&[u8]> = message.splitn(3, |byte| *byte == b'\n').collect();
        prop_assert_eq!(parts[0], timestamp.as_bytes());
        prop_assert_eq!(parts[1], nonce.as_bytes());
        prop_assert_eq!(parts[2].split_last(), Some((&b'\n', body.as_slice())));
    }

    /// Accepted parameters are sent unchanged, and a reader gets the same values back.
    #[test]
    fn parameters_within_their_limits_are_sent_unchanged(
        appid in "[!-~]{1,32}",
        out_contract_code in "[0-9A-Za-z_-]{1,128}",
    ) {
        let params = call::Params::parse(&appid, &out_contract_code).expect("parses");
        let merchant = merchant();
        let certs = certs(&merchant);
        let request = call::prepare(&params);
        let signed = request.sign(&merchant, &certs, &attempt("00")).expect("signs");
        let sent: serde_json::Value = serde_json::from_slice(signed.body()).expect("is JSON");
        prop_assert_eq!(sent, serde_json::json!({
            "appid": appid,
            "out_contract_code": out_contract_code,
        }));
        // The signed bytes are the bytes that are sent.
        prop_assert!(signed.message().ends_with(&[signed.body(), b"\n"].concat()));
    }

    #[test]
    fn other_text_is_refused_and_never_quoted(text in "\\PC{0,40}") {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let within = (1..=128).contains(&text.len()) && text.chars().all(allowed);
        let outcome = call::Params::parse("w", &text);
        prop_assert_eq!(outcome.is_ok(), within);
        if let Err(error) = outcome {
            prop_assert!(text.chars().count() < 4 || !error.to_string().contains(&text));
        }
    }

    /// Random bytes instead of a key are rejected without a panic.
    #[test]
    fn key_parsers_reject_random_bytes(input in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(parse_private_key(&input).is_err());
        prop_assert!(parse_public_key(&input).is_err());
        let mut der = vec![0x30];
        der.extend(&input);
        prop_assert!(parse_private_key(&der).is_err());
        prop_assert!(Certs::parse([(PUBLIC_KEY_ID, &der)], &merchant()).is_err());
        prop_assert!(Certs::parse([("7E", &input)], &merchant()).is_err());
    }

    #[test]
    fn base_urls_of_any_text_are_https_or_loopback(text in "(https?://)?\\PC{0,30}") {
        if let Ok(url) = BaseUrl::parse(&text) {
            let url = url.to_string();
            let host = url.strip_prefix("https://");
            prop_assert!(host.is_some() || url.starts_with("http://localhost")
                || url.starts_with("http://127.") || url.starts_with("http://["), "{}", url);
            prop_assert!(!url.trim_start_matches("https://").contains(['@', '?', '#', ' ']));
        }
    }

    /// Random bytes instead of a ciphertext are rejected without a panic.
    #[test]
    fn decryption_rejects_random_bytes(
        key in proptest::collection::vec(any::<u8>(), 32),
        nonce in proptest::collection::vec(any::<u8>(), 0..20),
        associated_data in proptest::collection::vec(any::<u8>(), 0..40),
        encrypted in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let key = Apiv3Key::parse(&key).expect("is 32 bytes");
        prop_assert_eq!(key.decrypt(&nonce, &associated_data, &encrypted), None);
    }

    /// A ciphertext can be decrypted, and nothing else can.
    #[test]
    fn only_ciphertexts_can_be_decrypted(
        text in "\\PC{0,53}",
        seed in any::<[u8; 20]>(),
        blinding in any::<[u8; 32]>(),
        flip in 0_usize..2048,
        noise in proptest::collection::vec(any::<u8>(), 250..260),
    ) {
        let key = parse_private_key(support::key("merchant.pkcs8.pem")).expect("parses");
        let mut encrypted = key.public_key().encrypt(text.as_bytes(), &seed).expect("fits");
        let decrypted = key.decrypt(&encrypted, &blinding);
        prop_assert_eq!(decrypted.as_deref().map(Vec::as_slice), Some(text.as_bytes()));
        encrypted[flip / 8] ^= 1 << (flip % 8);
        prop_assert_eq!(key.decrypt(&encrypted, &blinding), None);
        prop_assert_eq!(key.decrypt(&noise, &blinding), None);
    }

    /// An openid with any content is one segment of the path, and a reader gets the same value
    /// back.
    #[test]
    fn an_openid_is_one_segment(openid in "[!-~]{1,128}", appid in "[!-~]{1,32}") {
        prop_assume!(openid != "." && openid != "..");
        let params = by_openid::Params::parse(&appid, &openid, "INDIVIDUAL_PAYEE").expect("parses");
        let merchant = merchant();
        let signed = by_openid::prepare(&params)
            .sign(&merchant, &certs(&merchant), &attempt("00"))
            .expect("signs");
        let rest = signed.path_and_query().strip_prefix("/v3/ecommerce/individual-contracts/").expect("is its path");
        let (segment, query) = rest.split_once('?').expect("has a query");
        prop_assert!(!segment.contains('/') && !rest.contains(['#', '\\', ' ']));
        let appid_and_type = query.strip_prefix("appid=").and_then(|rest| rest.split_once('&'));
        let (sent, permission) = appid_and_type.expect("has both");
        prop_assert_eq!(permission, "permission_type=INDIVIDUAL_PAYEE");
        prop_assert_eq!(decoded(segment), openid.as_bytes());
        prop_assert_eq!(decoded(sent), appid.as_bytes());
    }

    /// A notification that was not signed with the key is never verified.
    #[test]
    fn forged_notifications_are_refused(
        body in proptest::collection::vec(any::<u8>(), 0..200),
        headers in forged_headers(),
    ) {
        let certs = certs(&merchant());
        let error = NotificationRequest { headers, body: &body }.verify(&certs, NOW).expect_err("is forged");
        prop_assert!(error.code().starts_with("ERR_SIGNATURE"), "{}", error);
    }

    /// Any text in a variable is exactly one segment, and a reader gets the same text back.
    #[test]
    fn variables_and_queries_are_sent_unchanged(value in "\\PC{1,30}|[!-~]{1,30}|[\\x00-\\x20]{1,9}") {
        prop_assume!(value != "." && value != "..");
        let template = UriTemplate::parse("/v3/a/{x}/b").expect("parses");
        let expanded = template.expand(|_| Some(&value)).expect("expands");
        let path = PathAndQuery::parse(&expanded).expect("is a path");
        let path = path.with_query([("q", &value)]);
        let (path, query) = path.as_str().split_once('?').expect("has a query");
        let segments: Vec<&str> = path.split('/').collect();
        prop_assert_eq!(segments.len(), 5);
        for encoded in [segments[3], query.strip_prefix("q=").expect("is the only one")] {
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
            prop_assert_eq!(decoded(encoded), value.as_bytes());
        }
    }

    /// A chain with any content is either rejected or a path that no URL parser changes.
    #[test]
    fn chains_of_any_text_give_stable_paths(links in proptest::collection::vec("\\PC{0,12}|[ -~]{0,12}", 0..5)) {
        let mut segments = vec![Segment::Name("v3".to_owned())];
        segments.extend(links.iter().map(|link| Segment::property(link)));
        let request = path(&segments)
            .and_then(|path| prepare(Method::Get, &path, &Params::default()));
        if let Ok(request) = request {
            let merchant = merchant();
            let signed = request.sign(&merchant, &certs(&merchant), &attempt("00")).expect("signs");
            let sent = signed.path_and_query();
            prop_assert!(sent.starts_with("/v3/"), "{}", sent);
            let changed = b"\"#<>\\^`{|}";
            let unchanged = sent.bytes().all(|b| b.is_ascii_graphic() && !changed.contains(&b));
            prop_assert!(unchanged, "{}", sent);
            prop_assert!(!sent.split(['/', '?']).any(|part| part == "." || part == ".."), "{}", sent);
        }
    }

    /// A response that was not signed with the key is never verified.
    #[test]
    fn forged_responses_are_refused(
        status in 200..600_u16,
        body in proptest::collection::vec(any::<u8>(), 0..200),
        headers in forged_headers(),
    ) {
        let merchant = merchant();
        let certs = certs(&merchant);
        let sent = signed_request(&merchant, &certs);
        let error = Response { status, headers, body: &body }.verify(&certs, NOW, &sent).expect_err("is forged");
        let code = error.code();
        prop_assert!(code.starts_with("ERR_SIGNATURE") || code == "ERR_REDIRECT", "{}", code);
    }
}

/// Complete headers with a valid timestamp and a known key, but with a random signature.
fn forged_headers() -> impl Strategy<Value = SignatureHeaders> {
    ("[A-Za-z0-9+/]{342}==", "[!-~]{0,40}").prop_map(|(signature, nonce)| SignatureHeaders {
        timestamp: Some(NOW.to_string()),
        nonce: Some(nonce),
        signature: Some(signature),
        serial: Some(PUBLIC_KEY_ID.to_owned()),
        ..SignatureHeaders::default()
    })
}

/// Nonces are 32 hexadecimal characters from the attempt's random bytes.
#[test]
fn nonces_depend_only_on_the_random_bytes() {
    let merchant = merchant();
    let certs = certs(&merchant);
    let params = call::Params::parse("w", "c").expect("parses");
    let request = call::prepare(&params);
    let message = |nonce: &str| {
        request
            .sign(&merchant, &certs, &attempt(nonce))
            .expect("signs")
            .message()
            .to_vec()
    };
    assert_eq!(message("00FF"), message("00FF"));
    assert_ne!(message("00FF"), message("01FF"));
}

/// Decodes percent-encoding (RFC 3986, section 2.1).
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let digits: String = bytes.by_ref().take(2).map(char::from).collect();
        decoded.push(u8::from_str_radix(&digits, 16).expect("is hexadecimal"));
    }
    decoded
}
