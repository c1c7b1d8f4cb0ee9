//! A clock that throws or returns no time, and a host without random bytes.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Clock, Event, Failure, Plan, Random};

use crate::support::{NOW, PLATFORM_SERIAL};
use crate::wechatpay::{PLATFORM, PUBLIC, certificates, ok, signed};
use crate::world::{
    Bytes, World, broken, file, get, message, naming, notification_key, post, remote_signature,
};

const THREW: Clock = Clock::Threw { cause: Some(6) };
const CLOCKS: [Clock; 2] = [THREW, Clock::Invalid];
const KEYS_ONLY: &str = ". Nothing of the call was sent";
const AFTER: &str = "; the request may have been carried out";

/// The error names the clock and what it threw, and says whether a request was sent.
#[track_caller]
fn assert_clock(run: &crate::world::Run, clock: Clock, sent: bool) {
    assert_clock_and(run, clock, if sent { AFTER } else { "" });
}

#[track_caller]
fn assert_clock_and(run: &crate::world::Run, clock: Clock, after: &str) {
    assert_eq!(run.config().0, "clock");
    let text = match clock {
        Clock::Threw { .. } => "threw",
        _ => "must return milliseconds since 1970, as Date.now does",
    };
    assert_eq!(run.error().to_string(), format!("clock: {text}{after}"));
    let Failure::Error { cause, .. } = run.failure() else {
        panic!("is aborted");
    };
    assert_eq!(*cause, (clock == THREW).then_some(6));
}

fn plans() -> [fn() -> Plan; 6] {
    [
        get,
        post,
        file,
        || naming(PLATFORM_SERIAL),
        || Plan::Certificates,
        || notification_key(PUBLIC),
    ]
}

#[test]
fn without_a_time_nothing_is_sent() {
    for clock in CLOCKS {
        for make in [World::new, World::remote, World::automatic] {
            for plan in plans() {
                let mut world = make();
                world.clock = clock;
                let run = world.start(plan());
                assert_clock(&run, clock, false);
                assert!(run.sends.is_empty());
            }
        }
    }
}

#[test]
fn a_message_is_signed_without_a_clock() {
    let mut world = World::new();
    world.clock = Clock::Invalid;
    assert!(matches!(
        world.start(message()).output(),
        wechatpay_wasm::Output::Signature(_)
    ));
}

#[test]
fn a_response_that_cannot_be_verified_without_a_time_may_have_been_carried_out() {
    for clock in CLOCKS {
        for event in [
            ok("{}"),
            signed(PLATFORM, 200, "{}"),
            signed(PUBLIC, 503, ""),
        ] {
            let mut world = World::automatic_beside_public_key();
            let mut run = world.start(get());
            world.clock = clock;
            run.tell(&mut world, event);
            assert_clock(&run, clock, true);
        }
        let mut world = World::automatic();
        let mut run = world.start(Plan::Certificates);
        world.clock = clock;
        run.tell(&mut world, certificates());
        assert_clock(&run, clock, true);
    }
}

#[test]
fn the_clock_fails_during_a_download_of_keys() {
    for clock in CLOCKS {
        let mut world = World::automatic();
        let mut run = world.start(post());
        let mut other = world.start(get());
        world.clock = clock;
        run.tell(&mut world, certificates());
        assert_clock_and(&run, clock, KEYS_ONLY);
        other.tell(&mut world, Event::Waited);
        assert_clock_and(&other, clock, KEYS_ONLY);

        // After the download, before the request.
        let mut world = World::automatic();
        let first = world.start(get());
        let mut second = world.start(post());
        drop(first);
        let options = wechatpay_wasm::CallOptions::default();
        let mut third = world.start_with(notification_key(PLATFORM), options);
        world.clock = clock;
        for _ in 0..400 {
            for run in [&mut second, &mut third] {
                if let wechatpay_wasm::Step::Wait(_) = run.step {
                    run.tell(&mut world, Event::Waited);
                }
            }
        }
        assert_clock_and(&second, clock, KEYS_ONLY);
        assert_clock(&third, clock, false);
    }
}

#[test]
fn the_clock_fails_before_another_attempt() {
    for clock in CLOCKS {
        let mut world = World::new();
        let mut run = world.start(get());
        run.tell(&mut world, broken());
        world.clock = clock;
        run.tell(&mut world, Event::Waited);
        assert_clock(&run, clock, true);
        assert_eq!(run.sends.len(), 1);
    }
}

#[test]
fn a_signer_fails_before_another_attempt() {
    for event in [
        Event::TimedOut,
        Event::Signed { signature: vec![] },
        Event::NotSigned {
            problem: "threw".to_owned(),
            cause: None,
        },
    ] {
        let mut world = World::remote();
        let mut run = world.start(get());
        run.tell(&mut world, event.clone());
        assert_eq!(run.config().0, "signer");
        assert!(!run.error().to_string().contains(AFTER));

        let mut run = world.start(get());
        run.tell(&mut world, remote_signature());
        run.tell(&mut world, broken());
        run.tell(&mut world, Event::Waited);
        run.tell(&mut world, event);
        assert_eq!(run.config().0, "signer");
        let text = run.error().to_string();
        assert!(text.ends_with(AFTER), "{text}");
    }
}

#[test]
fn without_random_bytes_nothing_is_sent() {
    for count in [0, 1, 47] {
        for make in [World::new, World::remote, World::automatic] {
            for plan in [get, post, file, || Plan::Certificates] {
                let mut world = make();
                world.random = Bytes::Few(count);
                let run = world.start(plan());
                assert_eq!(run.config().0, "crypto");
                assert!(run.sends.is_empty());
            }
        }
    }
    let mut world = World::new();
    world.random = Bytes::Few(31);
    assert_eq!(world.start(message()).config().0, "crypto");
    // A notification needs none, and neither does a message that a remote signer signs.
    world.random = Bytes::Few(0);
    assert!(matches!(
        world.start(notification_key(PUBLIC)).output(),
        wechatpay_wasm::Output::NotificationKey
    ));
    let mut world = World::remote();
    world.random = Bytes::Few(0);
    world.start(message()).sign();
}

#[test]
fn without_random_bytes_for_the_pause_the_failure_is_the_last() {
    for event in [broken(), signed(PUBLIC, 503, ""), Event::TooLarge] {
        let mut world = World::new();
        let mut run = world.start(get());
        world.random = Bytes::Few(3);
        run.tell(&mut world, event.clone());
        let mut expected = World::new();
        let options = wechatpay_wasm::CallOptions {
            max_retries: Some(0),
            ..wechatpay_wasm::CallOptions::default()
        };
        let expected = expected.perform_with(get(), options, [event]);
        assert_eq!(run.failure(), expected.failure());
    }
}

#[test]
fn a_response_is_verified_without_random_bytes() {
    let mut world = World::new();
    let mut run = world.start(get());
    world.random = Bytes::Few(0);
    run.tell(&mut world, ok("{}"));
    assert_eq!(run.body(), "{}");
}

#[test]
fn a_call_goes_on_with_the_random_bytes_that_are_left() {
    let all = 2 * wechatpay_wasm::Random::BYTES;
    let mut world = World::new();
    let mut fresh = (0u8..=255).cycle();
    world.random = Bytes::Given(fresh.by_ref().take(all).collect());
    let mut run = world.start(get());
    assert!(!run.needs_random());
    world.random = Bytes::Few(0);
    for event in [broken(), Event::Waited] {
        run.tell(&mut world, event);
    }
    let nonce = |index: usize| {
        let headers = &run.sends[index].headers;
        let found = headers.iter().find(|(name, _)| name == "Authorization");
        let (_, rest) = found
            .and_then(|(_, text)| text.split_once("nonce_str=\""))
            .expect("has a nonce");
        rest[..32].to_owned()
    };
    // Each byte is used once: these are the first 16, and the 16 after a seed of 32 and a pause's 4.
    assert_eq!(nonce(0), "000102030405060708090A0B0C0D0E0F");
    assert_eq!(nonce(1), "3435363738393A3B3C3D3E3F40414243");
    assert_eq!(run.sends.len(), 2);
    // Bytes of the event's own come first.
    world.random = Bytes::Few(1);
    run.tell(&mut world, broken());
    assert!(matches!(
        run.failure(),
        wechatpay_wasm::Failure::Error { .. }
    ));
}

#[test]
fn a_call_says_when_too_few_random_bytes_are_left() {
    let enough = wechatpay_wasm::Random::BYTES;
    // The request's nonce and the seed of its blinding.
    for (given, needs) in [(enough + 48, false), (enough + 47, true), (enough, true)] {
        let mut world = World::new();
        world.random = Bytes::Few(given);
        assert_eq!(world.start(get()).needs_random(), needs, "{given}");
    }
}

#[test]
fn an_event_has_enough_random_bytes() {
    // A download that ends and the request that follows it: the most that one event takes.
    let mut world = World::automatic();
    let prepare: wechatpay_wasm::Prepare = Box::new(|_, now, moment| {
        assert_eq!(now, NOW);
        // The seeds of three encrypted fields.
        moment.random.take::<60>()?;
        Ok(wechatpay_wasm::Request::new(
            wechatpay_wasm::Method::Post,
            "/v3/x",
        ))
    });
    let plan = Plan::Request {
        prepare,
        key_id: None,
    };
    let mut run = world.start(plan);
    run.tell(&mut world, certificates());
    assert!(run.send().own);
    assert!(matches!(Random::new(vec![1; 4]).take::<4>(), Ok(bytes) if *bytes == [1; 4]));
    assert!(Random::new(vec![1; 4]).take::<5>().is_err());
}
