//! A download of a file: the call is done when the file begins.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{CallOptions, Event, Output, SignatureHeaders, TransportFault};

use crate::wechatpay::{PLATFORM, PUBLIC, certificates, forged, ok, signed, unsigned};
use crate::world::{CERTIFICATES, FILE, MAIN, SPARE, World, broken, file};

fn began(status: u16) -> Event {
    Event::FileBegan {
        status,
        headers: SignatureHeaders::default(),
    }
}

#[test]
fn the_call_is_done_when_the_file_begins() {
    for status in [200, 206] {
        let run = World::new().perform(file(), [began(status)]);
        assert!(matches!(run.output(), Output::File(began) if began.status == status));
        assert_eq!(run.urls(), [FILE]);
        assert!(run.sends[0].own);
    }
}

#[test]
fn no_key_is_downloaded_for_a_file() {
    let run = World::automatic().perform(file(), [began(200)]);
    assert_eq!(run.urls(), [FILE]);
}

#[test]
fn it_is_requested_again_until_it_begins() {
    let script = [broken(), unsigned(503, ""), began(200)];
    let run = World::new().perform(file(), script);
    let spare = FILE.replace(MAIN, SPARE);
    assert_eq!(run.urls(), [FILE, &spare, &spare]);
    let none = CallOptions {
        max_retries: Some(0),
        ..CallOptions::default()
    };
    let run = World::new().perform_with(file(), none, [broken()]);
    assert_eq!(run.transport().attempts, 1);
}

#[test]
fn an_error_is_verified() {
    let error = r#"{"code":"NO_AUTH"}"#;
    for (event, code) in [
        (signed(PUBLIC, 403, error), "NO_AUTH"),
        (unsigned(403, error), "NO_AUTH"),
        (forged(PUBLIC, 403, error), "ERR_SIGNATURE_INVALID"),
        (signed(PLATFORM, 403, error), "ERR_SERIAL_UNKNOWN"),
        (Event::Redirected { status: 302 }, "ERR_REDIRECT"),
    ] {
        assert_eq!(World::new().perform(file(), [event]).code(), code);
    }
}

#[test]
fn a_success_that_is_no_file_is_refused() {
    let run = World::new().perform(file(), [ok("{}")]);
    let TransportFault::Invalid(problem) = &run.transport().fault else {
        panic!("{:?}", run.transport());
    };
    assert_eq!(problem.to_string(), "it is not a file");
    let run = World::new().perform(file(), [unsigned(200, "{}")]);
    assert_eq!(run.code(), "ERR_SIGNATURE_MISSING");
}

#[test]
fn the_download_of_keys_is_not_the_request_of_the_file() {
    let error = signed(PLATFORM, 403, r#"{"code":"NO_AUTH"}"#);
    let mut world = World::automatic();
    let run = world.perform(file(), [error.clone(), certificates()]);
    assert_eq!(run.code(), "NO_AUTH");
    let own: Vec<bool> = run.sends.iter().map(|send| send.own).collect();
    assert_eq!(own, [true, false]);
    assert_eq!(run.urls(), [FILE, CERTIFICATES]);
    // If it is refused for a temporary reason, it is requested again after the download.
    let busy = signed(PLATFORM, 503, "");
    let run = World::automatic().perform(file(), [busy, certificates(), began(200)]);
    assert_eq!(run.urls(), [FILE, CERTIFICATES, FILE]);
    assert!(matches!(run.output(), Output::File(head) if head.status == 200));
}

#[test]
fn a_file_in_place_of_keys_fails() {
    let busy = signed(PLATFORM, 503, "");
    let run = World::automatic().perform(file(), [busy, began(200)]);
    assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
}
