//! Signatures that the client makes itself, and those of a remote signer.

use base64ct::{Base64, Encoding};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{
    Client, Credentials, Event, Failure, KeySource, Merchant, Output, Plan, Step, parse_public_key,
};

use crate::support::{MCHID, NOW, PUBLIC_KEY_ID, SERIAL, key, merchant};
use crate::wechatpay::{PLATFORM, certificates, ok, signed};
use crate::world::{
    World, broken, file, get, know_nothing, message, own_signature, remote_signature,
};

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
        if matches!(run.step, Step::Wait(_)) {
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

/// A client whose key is in a remote signer, with a certificate.
fn certified(cert: &str) -> World {
    World::remote_with(|settings| {
        let merchant = Merchant::of_certificate(MCHID, key(cert)).expect("parses");
        settings.merchant = merchant;
    })
}

#[test]
fn the_first_signature_is_verified_with_the_certificate() {
    for plan in [get, message] {
        let mut world = certified("merchant.cert.pem");
        // Each fails by itself: the next is tried again.
        for _ in 0..2 {
            let mut run = world.start(plan());
            run.tell(&mut world, remote_signature());
            let (option, text) = run.config();
            assert_eq!(option, "signer");
            assert!(text.contains("another key than that of cert"), "{text}");
            assert!(run.sends.is_empty());
        }
        let mut run = world.start(message());
        let signed = own_signature(run.sign().0);
        run.tell(&mut world, signed);
        assert!(matches!(run.output(), Output::Signature(_)));
        // Only WeChat Pay sees to the later ones.
        let mut run = world.start(get());
        run.tell(&mut world, remote_signature());
        run.send();
    }
}

#[test]
fn a_key_of_the_host_is_named_as_the_private_key() {
    let mut world = World::remote();
    world.client = Client::parse(Credentials {
        mchid: MCHID,
        serial: Some(SERIAL),
        private_key: KeySource::Host(b""),
        cert: Some(key("merchant.cert.pem")),
        certs: vec![(PUBLIC_KEY_ID.to_owned(), key("wechatpay.spki.pem"))],
        automatic: false,
        apiv3_key: None,
        base_url: None,
        limits: [None; 3],
    })
    .expect("opens");
    let mut events: Vec<Event> = refused().into_iter().map(|(event, ..)| event).collect();
    events.push(remote_signature());
    for plan in [get, message] {
        for event in &events {
            let mut run = world.start(plan());
            run.tell(&mut world, event.clone());
            assert_eq!(run.config().0, "private_key");
            assert!(run.sends.is_empty());
        }
    }
}

#[test]
fn nothing_is_signed_outside_of_the_certificates_time() {
    // 2018-01-01 and 2023-01-01, both at 00:00:00 UTC.
    const NOT_BEFORE: u64 = 1_514_764_800;
    const NOT_AFTER: u64 = 1_672_531_200;
    let local = || {
        World::with(|settings| {
            let merchant = merchant().with_certificate(key("merchant.expired.cert.pem"));
            settings.merchant = merchant.expect("belongs");
        })
    };
    for plan in [get, file, message] {
        for mut world in [local(), certified("merchant.expired.cert.pem")] {
            for (now, because) in [
                (NOT_BEFORE - 1, "is not valid yet"),
                (NOT_AFTER + 1, "has expired"),
            ] {
                world.at(now);
                let run = world.start(plan());
                let (option, text) = run.config();
                assert_eq!(option, "cert");
                assert!(text.contains(because), "{text}");
                assert!(run.sends.is_empty() && run.notices.is_empty());
            }
            for now in [NOT_BEFORE, NOT_AFTER] {
                world.at(now);
                let run = world.start(plan());
                assert!(!matches!(run.step, Step::Failed(_)));
            }
        }
    }
}
