//! A text is encrypted once the keys are there.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Event, Output, Plan, Step};

use crate::support::{PLATFORM_SERIAL, PUBLIC_KEY_ID};
use crate::wechatpay::{FIRST_ENDS, PLATFORM, certificates, unsigned};
use crate::world::{Bytes, Run, World, know_both, know_certificate};

fn plan(text: &str) -> Plan {
    Plan::Encryption {
        text: text.to_owned().into(),
    }
}

#[track_caller]
fn serial(run: &Run) -> &str {
    let Output::Encrypted(encrypted) = run.output() else {
        panic!("{:?} is not encrypted", run.output());
    };
    assert_eq!(encrypted.ciphertext.len(), 344);
    &encrypted.serial
}

#[test]
fn a_known_key_encrypts_without_a_step() {
    let run = World::with(know_both).start(plan("张三"));
    assert_eq!(serial(&run), PUBLIC_KEY_ID);
    let mut world = World::with(know_certificate);
    assert_eq!(serial(&world.start(plan("张三"))), PLATFORM_SERIAL);
    world.at(FIRST_ENDS + 1);
    assert_eq!(world.start(plan("张三")).config().0, "certs");
}

#[test]
fn keys_are_downloaded_first_where_there_is_none() {
    let mut world = World::automatic();
    let run = world.perform(plan("张三"), [certificates()]);
    assert_eq!(serial(&run), PLATFORM.id);
    assert_eq!(run.own_sends(), 0);
    assert!(world.start(plan("张三")).sends.is_empty());
    for event in [unsigned(401, ""), Event::NoFetch] {
        let run = World::automatic().perform(plan("张三"), [event]);
        assert!(matches!(run.step, Step::Failed(_)));
    }
}

#[test]
fn what_is_too_long_for_the_key_is_refused() {
    let mut world = World::new();
    assert_eq!(serial(&world.start(plan(&"x".repeat(214)))), PUBLIC_KEY_ID);
    let run = world.start(plan(&"x".repeat(215)));
    assert_eq!(run.code(), "ERR_PARAM");
    assert!(run.error().to_string().starts_with("text: has 215 bytes"));
    world.random = Bytes::Few(19);
    assert_eq!(world.start(plan("x")).config().0, "crypto");
}
