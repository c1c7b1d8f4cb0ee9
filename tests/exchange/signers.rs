//! Signatures that the client makes itself, and those of a remote signer.

use base64ct::{Base64, Encoding};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Event, Failure, Output, Plan, parse_public_key};

use crate::support::{MCHID, NOW, SERIAL, key};
use crate::wechatpay::{PLATFORM, certificates, ok, signed};
use crate::world::{World, broken, file, get, know_nothing, message, remote_signature};

fn in_base64(text: impl Into<String>) -> Event {
    Event::SignedInBase64 {
        signature: text.into(),
    }
}

/// Everything that is no signature, and what the error says of it.
fn refused() -> Vec<(Event, &'static str, Option<u32>)> {
    vec![
        (
            Event::Signed {
                signature: Vec::new(),
            },
            "returned 0 bytes",
            None,
        ),
        (
            Event::Signed {
                signature: vec![7; 255],
            },
            "returned 255 bytes",
            None,
        ),
        (
            Event::Signed {
                signature: vec![7; 513],
            },
            "returned 513 bytes",
            None,
        ),
        (in_base64("*"), "not base64", None),
        (in_base64("AAA"), "not base64", None),
        (in_base64("AAAA"), "returned 3 bytes", None),
        (
            Event::NotSigned {
                problem: "threw".to_owned(),
                cause: Some(5),
            },
            "threw",
            Some(5),
        ),
        (
            Event::TimedOut,
            "returned no signature within 10000 ms, the time of one attempt",
            None,
        ),
    ]
}

#[test]
fn a_remote_signer_signs_the_message_of_the_request() {
    let mut world = World::remote();
    let mut run = world.start(get());
    let (message, _) = run.sign();
    let message = std::str::from_utf8(message).expect("is UTF-8");
    let lines: Vec<&str> = message.split('\n').collect();
    let path = crate::world::PATH;
    assert_eq!(lines[..3], ["GET", path, &NOW.to_string()]);
    assert_eq!(lines[4..], ["", ""]);
    let nonce = lines[3].to_owned();
    run.tell(&mut world, remote_signature());
    let (name, value) = &run.send().headers[0];
    assert_eq!(name, "Authorization");
    let signature = Base64::encode_string(&[7; 256]);
    for part in [MCHID, SERIAL, &NOW.to_string(), &nonce, &signature] {
        assert!(
            value.contains(&format!("=\"{part}\"")),
            "{value} has no {part}"
        );
    }
    run.tell(&mut world, ok("{}"));
    assert_eq!(run.body(), "{}");
}

#[test]
fn a_signature_may_be_bytes_or_base64() {
    let text = Base64::encode_string(&[9; 512]);
    for event in [
        Event::Signed {
            signature: vec![9; 512],
        },
        in_base64(&text),
        in_base64(format!(" {text}\n")),
    ] {
        let mut world = World::remote();
        let mut run = world.start(get());
        run.tell(&mut world, event.clone());
        assert!(run.send().headers[0].1.contains(&text));
        let mut run = world.start(message());
        run.tell(&mut world, event);
        assert!(matches!(run.output(), Output::Signature(bytes) if *bytes == [9; 512]));
    }
}

#[test]
fn without_a_signature_nothing_is_sent() {
    for plan in [get, file, message] {
        for (event, problem, thrown) in refused() {
            let mut world = World::remote();
            let mut run = world.start(plan());
            run.tell(&mut world, event);
            let (option, text) = run.config();
            assert_eq!(option, "signer");
            assert!(text.contains(problem), "{text}");
            assert!(run.sends.is_empty() && run.notices.is_empty());
            let Failure::Error { cause, .. } = run.failure() else {
                panic!("is aborted");
            };
            assert_eq!(*cause, thrown);
        }
    }
}

#[test]
fn each_attempt_and_each_download_is_signed() {
    let mut world = World::remote_with(know_nothing);
    let mut run = world.start(get());
    let mut messages = Vec::new();
    for event in [
        broken(),
        certificates(),
        broken(),
        signed(PLATFORM, 200, "{}"),
    ] {
        messages.push(run.sign().0.to_vec());
        run.tell(&mut world, remote_signature());
        run.tell(&mut world, event);
        if matches!(run.step, wechatpay_wasm::Step::Wait(_)) {
            run.tell(&mut world, Event::Waited);
        }
    }
    assert_eq!(run.body(), "{}");
    let distinct: std::collections::HashSet<_> = messages.iter().collect();
    assert_eq!(distinct.len(), 4);
}

#[test]
fn a_client_with_its_key_signs_a_message_at_once() {
    let run = World::new().start(message());
    let Output::Signature(signature) = run.output() else {
        panic!("{:?}", run.output());
    };
    let public_key = parse_public_key(key("merchant.spki.pem")).expect("parses");
    assert!(public_key.verify(b"a message", signature));
    assert!(run.notices.is_empty());
}

#[test]
fn a_remote_signer_signs_a_message_as_it_is() {
    let run = World::remote().start(message());
    assert_eq!(run.sign(), (b"a message".as_slice(), 10_000));
    // No key is needed, and none is downloaded.
    let mut world = World::remote_with(know_nothing);
    let plan = Plan::Signature { message: vec![1] };
    assert_eq!(world.start(plan).sign().0, [1]);
}
