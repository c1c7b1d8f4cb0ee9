//! The platform certificates themselves, which a caller asks for.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Apiv3Key, Event, Output, Plan};

use crate::support::NOW;
use crate::wechatpay::{
    APIV3_KEY, FIRST, NOT_RSA, OTHER_APIV3_KEY, PLATFORM, PUBLIC, SECOND, SUCCESSOR,
    certificate_list, certificates, certificates_at, certificates_by_public_key, forged, signed,
    signed_at, unsigned,
};
use crate::world::{
    CERTIFICATES, Run, SPARE, World, broken, get, know_certificate, notification_key,
};

fn serials(run: &Run) -> Vec<&str> {
    match run.output() {
        Output::Certificates(list) => list.iter().map(|one| one.serial_no.as_str()).collect(),
        other => panic!("{other:?} are no certificates"),
    }
}

#[test]
fn they_are_decrypted_and_known_from_then_on() {
    let mut world = World::automatic();
    let list = certificates_at(NOW, PLATFORM, &[FIRST, SECOND]);
    let run = world.perform(Plan::Certificates, [list]);
    assert_eq!(serials(&run), [FIRST.serial, SECOND.serial]);
    assert_eq!(run.urls(), [CERTIFICATES]);
    assert_eq!(run.own_sends(), 1);
    for signer in [PLATFORM, SUCCESSOR] {
        let run = world.perform(get(), [signed(signer, 200, "{}")]);
        assert_eq!(run.urls().len(), 1);
        assert_eq!(run.body(), "{}");
    }
}

#[test]
fn a_client_with_keys_of_its_own_returns_them_and_trusts_its_own() {
    let mut world = World::new();
    let run = world.perform(Plan::Certificates, [certificates_by_public_key()]);
    assert_eq!(serials(&run), [FIRST.serial]);
    let run = world.perform(get(), [signed(PLATFORM, 200, "{}")]);
    assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
    assert_eq!(run.sends.len(), 1);
}

#[test]
fn the_download_is_tried_again_like_any_read() {
    let script = [broken(), unsigned(503, ""), certificates()];
    let run = World::automatic().perform(Plan::Certificates, script);
    assert_eq!(serials(&run), [FIRST.serial]);
    let spare = format!("{SPARE}/v3/certificates");
    assert_eq!(run.urls(), [CERTIFICATES, &spare, &spare]);
    assert_eq!(run.own_sends(), 3);
}

#[test]
fn a_certificate_that_is_not_rsa_costs_no_other() {
    let mut world = World::automatic();
    let list = certificates_at(NOW, PLATFORM, &[NOT_RSA, FIRST]);
    let run = world.perform(Plan::Certificates, [list]);
    assert_eq!(serials(&run), [FIRST.serial]);
    let run = world.perform(get(), [signed(PLATFORM, 200, "{}")]);
    assert_eq!(run.body(), "{}");
    for mut world in [World::automatic(), World::automatic_beside_public_key()] {
        let list = certificate_list(&[NOT_RSA], APIV3_KEY);
        let run = world.perform(Plan::Certificates, [signed(PUBLIC, 200, &list)]);
        assert_eq!(run.code(), "ERR_RESPONSE_INVALID");
        assert!(run.error().to_string().contains("has an RSA key"));
    }
}

#[test]
fn a_list_that_is_not_verified_is_refused() {
    let list = |key| certificate_list(&[FIRST], key);
    for (event, code) in [
        (unsigned(200, &list(APIV3_KEY)), "ERR_SIGNATURE_MISSING"),
        (
            forged(PLATFORM, 200, &list(APIV3_KEY)),
            "ERR_SIGNATURE_INVALID",
        ),
        (
            signed_at(NOW - 301, PLATFORM, 200, list(APIV3_KEY)),
            "ERR_TIMESTAMP_SKEW",
        ),
        // Signed by a certificate that is not in it.
        (
            certificates_at(NOW, SUCCESSOR, &[FIRST]),
            "ERR_SERIAL_UNKNOWN",
        ),
        // Only WeChat Pay and the merchant can encrypt with the APIv3 key.
        (signed(PLATFORM, 200, list(OTHER_APIV3_KEY)), "ERR_CONFIG"),
        (
            signed(PLATFORM, 200, r#"{"data":[]}"#),
            "ERR_RESPONSE_INVALID",
        ),
        (
            signed(PLATFORM, 401, r#"{"code":"SIGN_ERROR"}"#),
            "SIGN_ERROR",
        ),
        (Event::Redirected { status: 302 }, "ERR_REDIRECT"),
    ] {
        let mut world = World::automatic();
        let run = world.perform(Plan::Certificates, [event.clone()]);
        assert_eq!(run.code(), code, "{event:?}");
        // Nothing of it is known: a notification would need another download.
        let run = world.start(notification_key(PLATFORM));
        assert!(!run.send().own);
    }
}

#[test]
fn another_apiv3_key_is_named_by_the_error() {
    let mut world = World::with(|settings| {
        settings.apiv3_key = Apiv3Key::parse(OTHER_APIV3_KEY).ok();
        know_certificate(settings);
    });
    let run = world.perform(Plan::Certificates, [certificates()]);
    let (option, problem) = run.config();
    assert_eq!(option, "apiv3_key");
    assert!(problem.contains("is not the APIv3 key"), "{problem}");
}

#[test]
fn without_an_apiv3_key_nothing_is_sent() {
    let mut world = World::with(|settings| settings.apiv3_key = None);
    let run = world.start(Plan::Certificates);
    assert_eq!(run.config().0, "apiv3_key");
    assert!(run.sends.is_empty());
}
