//! A request whose fields are encrypted with a key that its caller names.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{CallOptions, Event, Plan, TransportFault};

use crate::support::{NOW, PLATFORM_SERIAL, PUBLIC_KEY_ID};
use crate::wechatpay::{
    FIRST, FIRST_ENDS, PLATFORM, PUBLIC, SECOND, certificates, certificates_at,
    certificates_by_public_key, ok, signed,
};
use crate::world::{Run, World, know_both, naming};

/// The field and the problem of the error, before anything was sent.
#[track_caller]
fn refused(run: &Run) -> String {
    let wechatpay_wasm::Error::Validation(error) = run.error() else {
        panic!("{:?}", run.error());
    };
    assert_eq!(error.field, "headers.Wechatpay-Serial");
    assert_eq!(run.own_sends(), 0);
    error.problem.to_string()
}

fn serial(run: &Run) -> &str {
    let sent = run.sends.iter().rfind(|send| send.own).expect("is there");
    let mut headers = sent.headers.iter();
    let found = headers.find(|(name, _)| name == "Wechatpay-Serial");
    &found.expect("is there").1
}

#[test]
fn a_known_key_is_sent_as_the_serial() {
    for (id, response) in [
        (PUBLIC_KEY_ID, ok("{}")),
        (PLATFORM_SERIAL, signed(PLATFORM, 200, "{}")),
    ] {
        let run = World::with(know_both).perform(naming(id), [response]);
        assert_eq!(run.body(), "{}");
        assert_eq!(serial(&run), id);
    }
}

#[test]
fn an_unknown_key_is_refused_before_anything_is_sent() {
    let run = World::new().start(naming(PLATFORM_SERIAL));
    assert!(refused(&run).contains("not in certs"));
    assert!(run.sends.is_empty());
    let run = World::new().start(naming("nonsense"));
    assert!(refused(&run).contains("not in certs"));
}

#[test]
fn an_expired_key_is_refused() {
    let mut world = World::with(know_both);
    world.at(FIRST_ENDS);
    assert!(world.start(naming(PLATFORM_SERIAL)).send().own);
    world.at(FIRST_ENDS + 1);
    let run = world.start(naming(PLATFORM_SERIAL));
    assert!(refused(&run).contains("has expired"));
    // With `certs: 'auto'` as well: a download does not make it valid.
    let mut world = World::with(|settings| {
        know_both(settings);
        settings.automatic = true;
    });
    let now = FIRST_ENDS + 1;
    world.at(now);
    let list = certificates_at(now, PUBLIC, &[FIRST, SECOND]);
    world.perform(Plan::Certificates, [list]);
    let run = world.start(naming(PLATFORM_SERIAL));
    assert!(refused(&run).contains("has expired"));
}

#[test]
fn a_download_brings_the_key() {
    let mut world = World::automatic_beside_public_key();
    let script = [certificates_by_public_key(), signed(PLATFORM, 200, "{}")];
    let run = world.perform(naming(PLATFORM_SERIAL), script);
    assert_eq!(run.body(), "{}");
    assert_eq!(run.own_sends(), 1);
    assert_eq!(serial(&run), PLATFORM_SERIAL);
    // It is known now.
    let run = world.start(naming(PLATFORM_SERIAL));
    assert!(run.send().own);
    // The first call of all downloads once.
    let script = [certificates(), signed(PLATFORM, 200, "{}")];
    let run = World::automatic().perform(naming(PLATFORM_SERIAL), script);
    assert_eq!(run.body(), "{}");
}

#[test]
fn a_download_without_the_key_is_made_once_a_minute() {
    let mut world = World::automatic_beside_public_key();
    let run = world.perform(naming(SECOND.serial), [certificates_by_public_key()]);
    assert!(refused(&run).contains("not in certs"));
    let run = world.start(naming(SECOND.serial));
    assert!(refused(&run).contains("not in certs"));
    assert!(run.sends.is_empty());
    world.at(NOW + 60);
    assert!(!world.start(naming(SECOND.serial)).send().own);
    // After the first download of all there is no second one.
    let run = World::automatic().perform(naming(SECOND.serial), [certificates()]);
    refused(&run);
}

#[test]
fn a_failed_download_fails_the_call() {
    let mut world = World::automatic_beside_public_key();
    let run = world.perform(naming(PLATFORM_SERIAL), [Event::TooLarge]);
    assert_eq!(run.inner().code(), "ERR_RESPONSE_TOO_LARGE");
    assert_eq!(run.own_sends(), 0);
}

#[test]
fn nothing_is_sent_if_the_download_takes_until_the_deadline() {
    let mut world = World::automatic_beside_public_key();
    let options = CallOptions {
        deadline: Some(800),
        ..CallOptions::default()
    };
    let mut run = world.start_with(naming(PLATFORM_SERIAL), options);
    world.pass(800);
    run.tell(&mut world, certificates_by_public_key());
    assert_eq!(run.transport().fault, TransportFault::KeysTimeout(800));
    assert_eq!(run.own_sends(), 0);
}
