//! How long an attempt and a call may take.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{CallOptions, Event, TransportFault};

use crate::wechatpay::ok;
use crate::world::{Bytes, World, broken, file, get, message, remote_signature};

fn options(timeout: Option<u32>, deadline: Option<u32>) -> CallOptions {
    CallOptions {
        timeout,
        deadline,
        ..CallOptions::default()
    }
}

/// A client whose pauses take no time.
fn world(timeout: Option<u32>, deadline: Option<u32>) -> World {
    let mut world = World::with(|settings| {
        settings.timeout = timeout;
        settings.deadline = deadline;
    });
    world.random = Bytes::Same(0);
    world
}

#[test]
fn an_attempt_has_the_calls_timeout_or_the_clients_or_ten_seconds() {
    for (of_client, of_call, timeout) in [
        (None, None, 10_000),
        (Some(700), None, 700),
        (Some(700), Some(900), 900),
        (None, Some(1), 1),
    ] {
        let mut world = world(of_client, None);
        let run = world.start_with(get(), options(of_call, None));
        assert_eq!(run.send().timeout, timeout);
        let run = world.start_with(file(), options(of_call, None));
        assert_eq!(run.send().timeout, timeout);
    }
}

#[test]
fn an_attempt_ends_at_the_deadline() {
    for (of_client, of_call, deadline) in [
        // Three timeouts, and two seconds for the pauses.
        (None, None, 5_000),
        (Some(1_500), None, 1_500),
        (Some(1_500), Some(2_500), 2_500),
        (None, Some(1_700), 1_700),
        (None, Some(300), 300),
    ] {
        let mut world = world(Some(1_000), of_client);
        let mut run = world.start_with(get(), options(None, of_call));
        let mut left = deadline;
        let mut timeouts = Vec::new();
        while left > 0 && timeouts.len() < 3 {
            let timeout = run.send().timeout;
            assert_eq!(timeout, left.min(1_000));
            timeouts.push(timeout);
            world.pass(timeout.into());
            left -= timeout;
            run.tell(&mut world, Event::TimedOut);
            if left > 0 && timeouts.len() < 3 {
                assert_eq!(run.wait(), 0);
                run.tell(&mut world, Event::Waited);
            }
        }
        let error = run.transport();
        assert_eq!(error.attempts as usize, timeouts.len());
        let last = *timeouts.last().expect("is there");
        assert_eq!(error.fault, TransportFault::Timeout(last));
    }
}

#[test]
fn pauses_count_towards_the_deadline() {
    let mut world = world(Some(1_000), Some(1_400));
    world.random = Bytes::Same(0xff);
    let mut run = world.start(get());
    world.pass(500);
    run.tell(&mut world, broken());
    world.pass(run.wait().into());
    run.tell(&mut world, Event::Waited);
    assert_eq!(run.send().timeout, 1_400 - 500 - 499);
}

#[test]
fn a_response_that_arrives_late_is_a_response() {
    let mut world = world(Some(1_000), Some(1_000));
    let mut run = world.start(get());
    world.pass(60_000);
    run.tell(&mut world, ok("{}"));
    assert_eq!(run.body(), "{}");
}

#[test]
fn a_signer_takes_a_part_of_the_attempt() {
    let mut world = World::remote();
    world.random = Bytes::Same(0);
    let mut run = world.start_with(get(), options(Some(1_000), Some(2_600)));
    assert_eq!(run.sign().1, 1_000);
    world.pass(400);
    run.tell(&mut world, remote_signature());
    assert_eq!(run.send().timeout, 600);
    world.pass(600);
    run.tell(&mut world, Event::TimedOut);
    run.tell(&mut world, Event::Waited);
    assert_eq!(run.sign().1, 1_000);
    world.pass(1_000);
    run.tell(&mut world, remote_signature());
    assert_eq!(run.send().timeout, 1);
    run.tell(&mut world, Event::TimedOut);
    run.tell(&mut world, Event::Waited);
    assert_eq!(run.sign().1, 600);
    run.tell(&mut world, remote_signature());
    run.tell(&mut world, Event::TimedOut);
    assert_eq!(run.transport().fault, TransportFault::Timeout(600));
}

#[test]
fn a_signature_after_the_deadline_is_not_sent() {
    let mut world = World::remote();
    let mut run = world.start_with(get(), options(Some(1_000), Some(1_000)));
    world.pass(1_000);
    run.tell(&mut world, remote_signature());
    let (option, problem) = run.config();
    assert_eq!(option, "signer");
    assert!(problem.contains("within 1000 ms"), "{problem}");
    assert!(run.sends.is_empty());
}

#[test]
fn a_message_is_signed_within_one_attempt_and_before_the_deadline() {
    let mut world = World::remote_with(|settings| {
        settings.timeout = Some(900);
        settings.deadline = Some(700);
    });
    let run = world.start(message());
    assert_eq!(run.sign().1, 700);
    let run = world.start_with(message(), options(Some(500), None));
    assert_eq!(run.sign().1, 500);
}
