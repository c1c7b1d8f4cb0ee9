//! `certs: 'auto'`: when platform certificates are downloaded, and by which of the calls that need them.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{CallOptions, Error, Event, Plan, Step, TransportFault};

use crate::support::NOW;
use crate::wechatpay::{
    FIRST, FIRST_ENDS, PLATFORM, PUBLIC, SECOND, SUCCESSOR, certificates, certificates_at,
    certificates_by_public_key, ok, signed, signed_at, unsigned,
};
use crate::world::{CERTIFICATES, Run, World, broken, get, know_nothing, notification_key, post};

const HOURS_12: u64 = 12 * 60 * 60;

/// A client that has downloaded the first certificate.
fn downloaded() -> World {
    let mut world = World::automatic();
    world.perform(Plan::Certificates, [certificates()]);
    world
}

/// A client at another time, which downloaded the first certificate shortly before that one's end.
fn at(seconds: u64) -> World {
    let mut world = World::automatic();
    let then = FIRST_ENDS - 7_200;
    world.at(then);
    let list = certificates_at(then, PLATFORM, &[FIRST]);
    world.perform(Plan::Certificates, [list]);
    world.at(seconds);
    world
}

/// The call's request, or that of a download.
#[track_caller]
fn is_download(run: &Run) -> bool {
    let send = run.send();
    assert_eq!(send.url == CERTIFICATES, !send.own);
    !send.own
}

fn by_platform(at: u64) -> Event {
    signed_at(at, PLATFORM, 200, "{}")
}

#[test]
fn the_first_call_downloads_and_the_next_ones_do_not() {
    let mut world = World::automatic();
    let run = world.perform(post(), [certificates(), by_platform(NOW)]);
    assert_eq!(run.body(), "{}");
    assert_eq!(run.own_sends(), 1);
    let run = world.perform(get(), [by_platform(NOW)]);
    assert_eq!(run.sends.len(), 1);
}

#[test]
fn many_calls_share_one_download() {
    let mut world = World::automatic();
    let mut first = world.start(get());
    assert!(is_download(&first));
    let mut others: Vec<Run> = (0..8)
        .map(|index| match index {
            0 => world.start(notification_key(PLATFORM)),
            _ => world.start(get()),
        })
        .collect();
    for other in &mut others {
        assert_eq!(other.wait(), 25);
        world.pass(25);
        other.tell(&mut world, Event::Waited);
        assert_eq!(other.wait(), 25);
    }
    first.tell(&mut world, certificates());
    assert!(!is_download(&first));
    for mut other in others {
        other.tell(&mut world, Event::Waited);
        if let Step::Send(_) = other.step {
            other.tell(&mut world, by_platform(NOW));
        }
        assert!(matches!(other.step, Step::Done(_)));
        assert!(other.sends.iter().all(|send| send.own));
    }
}

#[test]
fn a_failed_download_is_heard_by_all_that_wait() {
    for (event, code) in [
        (Event::TooLarge, "ERR_RESPONSE_TOO_LARGE"),
        (unsigned(401, r#"{"code":"SIGN_ERROR"}"#), "SIGN_ERROR"),
        (
            certificates_at(NOW - 301, PLATFORM, &[FIRST]),
            "ERR_TIMESTAMP_SKEW",
        ),
    ] {
        let mut world = World::automatic();
        let mut first = world.start(get());
        let mut second = world.start(post());
        let mut third = world.start(notification_key(PLATFORM));
        first.tell(&mut world, event);
        second.tell(&mut world, Event::Waited);
        third.tell(&mut world, Event::Waited);
        assert_eq!((first.inner().code(), second.inner().code()), (code, code));
        assert_eq!(
            std::error::Error::source(first.error()).map(ToString::to_string),
            Some(first.inner().to_string())
        );
        assert_eq!(first.error(), second.error());
        // Without any key nobody can say of a notification whose it is.
        assert_eq!(third.error(), first.error());
        assert_eq!(first.own_sends() + second.own_sends(), 0);
        // The next call tries again at once, since there is no key.
        assert!(is_download(&world.start(get())));
    }
}

#[test]
fn a_merchant_without_platform_certificates_is_told_of_the_public_key() {
    let none = || unsigned(404, r#"{"code":"RESOURCE_NOT_EXISTS","message":"none"}"#);
    for plan in [get, post] {
        let mut world = World::automatic();
        let run = world.perform(plan(), [none()]);
        let (option, problem) = run.config();
        assert_eq!(option, "certs");
        assert!(problem.contains("RESOURCE_NOT_EXISTS") && problem.contains("PUB_KEY_ID_"));
        assert_eq!(run.inner().code(), "RESOURCE_NOT_EXISTS");
        assert_eq!(run.own_sends(), 0);
    }
    // Whoever asks for the certificates hears what WeChat Pay says, and so does a call that was sent.
    let mut world = World::automatic();
    let run = world.perform(Plan::Certificates, [none()]);
    assert_eq!(run.code(), "RESOURCE_NOT_EXISTS");
    let mut world = World::automatic_beside_public_key();
    let run = world.perform(get(), [unsigned(404, r#"{"code":"ORDER_NOT_EXIST"}"#)]);
    assert_eq!(run.code(), "ORDER_NOT_EXIST");
}

#[test]
fn a_failed_download_says_nothing_of_the_call() {
    for event in [
        broken(),
        Event::TooLarge,
        Event::TimedOut,
        Event::Redirected { status: 302 },
        unsigned(200, "{}"),
        unsigned(503, "{}"),
    ] {
        let mut world = World::with(|settings| {
            know_nothing(settings);
            settings.max_retries = Some(0);
        });
        let run = world.perform(post(), [event]);
        let text = run.error().to_string();
        assert!(text.contains("Nothing of the call was sent"), "{text}");
        assert!(!text.contains("carried out"), "{text}");
    }
}

#[test]
fn a_download_is_retried_as_the_client_says_whatever_the_call_says() {
    for (of_client, attempts) in [(None, 3), (Some(0), 1), (Some(1), 2)] {
        for of_call in [None, Some(0), Some(7)] {
            let mut world = World::with(|settings| {
                know_nothing(settings);
                settings.max_retries = of_client;
            });
            let options = CallOptions {
                max_retries: of_call,
                ..CallOptions::default()
            };
            let run = world.perform_with(post(), options, vec![broken(); attempts]);
            assert_eq!(run.own_sends(), 0);
            let Error::Transport(error) = run.inner() else {
                panic!("{:?}", run.inner());
            };
            assert_eq!(error.attempts as usize, attempts);
        }
    }
}

#[test]
fn a_download_counts_towards_the_deadline() {
    let mut world = World::with(|settings| {
        know_nothing(settings);
        settings.timeout = Some(1_000);
        settings.deadline = Some(1_500);
    });
    let mut run = world.start(get());
    assert_eq!(run.send().timeout, 1_000);
    world.pass(900);
    run.tell(&mut world, certificates());
    assert!(!is_download(&run));
    assert_eq!(run.send().timeout, 600);

    let mut world = World::with(|settings| {
        know_nothing(settings);
        settings.deadline = Some(1_500);
    });
    let mut run = world.start(get());
    world.pass(1_500);
    run.tell(&mut world, certificates());
    assert_eq!(run.transport().fault, TransportFault::KeysTimeout(1_500));
    assert_eq!(run.own_sends(), 0);
}

#[test]
fn a_call_that_waited_for_the_time_of_an_attempt_takes_over() {
    let mut world = World::with(|settings| {
        know_nothing(settings);
        settings.timeout = Some(100);
    });
    let mut first = world.start(get());
    let mut second = world.start(get());
    let mut third = world.start(get());
    for _ in 0..3 {
        world.pass(25);
        second.tell(&mut world, Event::Waited);
        third.tell(&mut world, Event::Waited);
        assert_eq!((second.wait(), third.wait()), (25, 25));
    }
    world.pass(25);
    second.tell(&mut world, Event::Waited);
    assert!(is_download(&second));
    // One call takes over, and the others give it the time of an attempt, too.
    third.tell(&mut world, Event::Waited);
    assert_eq!(third.wait(), 25);
    // The abandoned download fails. Its call hears that, and the others wait for the second one.
    first.tell(&mut world, Event::TooLarge);
    assert_eq!(first.inner().code(), "ERR_RESPONSE_TOO_LARGE");
    third.tell(&mut world, Event::Waited);
    assert_eq!(third.wait(), 25);
    second.tell(&mut world, certificates());
    third.tell(&mut world, Event::Waited);
    assert!(!is_download(&second) && !is_download(&third));
}

#[test]
fn an_abandoned_download_that_succeeds_serves_its_own_call() {
    let mut world = World::with(|settings| {
        know_nothing(settings);
        settings.timeout = Some(25);
    });
    let mut first = world.start(get());
    let mut second = world.start(get());
    second.tell(&mut world, Event::Waited);
    assert!(is_download(&second));
    first.tell(&mut world, certificates());
    assert!(!is_download(&first));
    first.tell(&mut world, by_platform(NOW));
    assert_eq!(first.body(), "{}");
    // The keys are there, so that a third call needs none.
    assert!(!is_download(&world.start(get())));
}

#[test]
fn late_timers_do_not_keep_a_call_waiting_after_its_deadline() {
    let mut world = World::automatic();
    let _first = world.start(get());
    let options = CallOptions {
        deadline: Some(60),
        ..CallOptions::default()
    };
    let mut second = world.start_with(get(), options);
    world.pass(59);
    second.tell(&mut world, Event::Waited);
    assert_eq!(second.wait(), 25);
    world.pass(1);
    second.tell(&mut world, Event::Waited);
    assert_eq!(second.transport().fault, TransportFault::KeysTimeout(60));
}

#[test]
fn the_short_time_of_one_call_does_not_fail_the_others() {
    let mut world = World::automatic();
    let options = CallOptions {
        deadline: Some(50),
        ..CallOptions::default()
    };
    let mut first = world.start_with(get(), options);
    let mut second = world.start(get());
    world.pass(50);
    first.tell(&mut world, Event::TimedOut);
    assert_eq!(first.code(), "ERR_TIMEOUT");
    second.tell(&mut world, Event::Waited);
    assert!(is_download(&second));
}

#[test]
fn renewed_after_twelve_hours() {
    for (age, renews) in [(HOURS_12 - 1, false), (HOURS_12, true)] {
        let mut world = downloaded();
        let now = NOW + age;
        world.at(now);
        let mut run = world.start(get());
        assert_eq!(is_download(&run), renews);
        if renews {
            run.tell(&mut world, certificates_at(now, PLATFORM, &[FIRST, SECOND]));
            assert!(!is_download(&run));
        }
        run.tell(&mut world, by_platform(now));
        assert_eq!(run.body(), "{}");
        // A renewal is good for twelve hours again.
        assert!(!is_download(&world.start(get())));
    }
}

#[test]
fn a_call_goes_on_if_the_renewal_fails() {
    let now = NOW + HOURS_12;
    for event in [
        broken(),
        Event::TimedOut,
        unsigned(503, ""),
        Event::TooLarge,
        certificates(),
        signed_at(now, PLATFORM, 200, "{}"),
    ] {
        let mut world = downloaded();
        world.at(now);
        // One attempt, and half of the deadline of 32 s.
        let mut run = world.start(get());
        assert!(is_download(&run));
        world.pass(2);
        run.tell(&mut world, event);
        assert!(!is_download(&run));
        // Meanwhile no other call tries it, and after a minute the next one does.
        world.at(now + 59);
        assert!(!is_download(&world.start(get())));
        world.at(now + 60);
        assert!(is_download(&world.start(get())));
        run.tell(&mut world, by_platform(now));
        assert_eq!(run.body(), "{}");
        assert_eq!(run.sends.len(), 2);
    }
}

#[test]
fn a_renewal_takes_half_of_the_time_at_most() {
    let mut world = downloaded();
    world.at(NOW + HOURS_12);
    let options = CallOptions {
        deadline: Some(1_000),
        ..CallOptions::default()
    };
    let mut run = world.start_with(get(), options);
    assert_eq!(run.send().timeout, 500);
    world.pass(500);
    run.tell(&mut world, Event::TimedOut);
    assert!(!is_download(&run));
    assert_eq!(run.send().timeout, 500);

    let mut run = world.start_with(post(), options);
    assert!(!is_download(&run));
    world.at(NOW + HOURS_12 + 60);
    run = world.start_with(post(), options);
    world.pass(1_000);
    run.tell(&mut world, Event::TimedOut);
    assert_eq!(run.transport().fault, TransportFault::KeysTimeout(1_000));
    assert_eq!(run.own_sends(), 0);
}

#[test]
fn an_abort_ends_a_call_during_the_renewal_too() {
    let mut world = downloaded();
    world.at(NOW + HOURS_12);
    let mut run = world.start(get());
    run.tell(&mut world, Event::Aborted);
    assert_eq!(run.failure(), &wechatpay_wasm::Failure::Aborted);
}

#[test]
fn a_certificate_that_is_about_to_expire_is_replaced() {
    // Within an hour of its end a new one is wanted, and after its end it is necessary.
    assert!(!is_download(&at(FIRST_ENDS - 3_600).start(get())));
    for (now, goes_on) in [
        (FIRST_ENDS - 3_599, true),
        (FIRST_ENDS, true),
        (FIRST_ENDS + 1, false),
    ] {
        let mut world = at(now);
        let mut run = world.start(get());
        assert!(is_download(&run));
        run.tell(&mut world, Event::TooLarge);
        assert_eq!(matches!(run.step, Step::Send(_)), goes_on);

        // While the old one is valid, it signs the list: the request names it.
        let signer = if goes_on { PLATFORM } else { SUCCESSOR };
        let mut world = at(now);
        let list = certificates_at(now, signer, &[SECOND]);
        let run = world.perform(get(), [list, signed_at(now, SUCCESSOR, 200, "{}")]);
        assert_eq!(run.body(), "{}");
    }
}

#[test]
fn a_response_of_an_expired_certificate_is_refused() {
    let mut world = at(FIRST_ENDS - 10);
    let now = FIRST_ENDS + 1;
    let mut run = world.start(get());
    run.tell(
        &mut world,
        certificates_at(FIRST_ENDS - 10, PLATFORM, &[FIRST]),
    );
    world.at(now);
    run.tell(&mut world, by_platform(now));
    assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
}

#[test]
fn a_response_with_an_unknown_key_is_verified_after_a_download() {
    let mut world = World::automatic_beside_public_key();
    let run = world.perform(post(), [by_platform(NOW), certificates_by_public_key()]);
    assert_eq!(run.body(), "{}");
    assert_eq!(run.own_sends(), 1);
    assert_eq!(run.urls()[1], CERTIFICATES);
    let run = world.perform(get(), [by_platform(NOW)]);
    assert_eq!(run.body(), "{}");
    // Errors and temporary failures, too.
    let mut world = World::automatic_beside_public_key();
    let busy = signed(PLATFORM, 503, "");
    let run = world.perform(get(), [busy, certificates_by_public_key(), ok("{}")]);
    assert_eq!(run.body(), "{}");
    assert_eq!((run.own_sends(), run.sends.len()), (2, 3));
}

#[test]
fn if_the_download_fails_the_response_is_not_verified() {
    for events in [
        vec![Event::TooLarge],
        vec![broken(), broken(), broken()],
        vec![unsigned(500, "")],
        // It brings another key.
        vec![certificates_at(NOW, PUBLIC, &[SECOND])],
    ] {
        let mut world = World::automatic_beside_public_key();
        let mut run = world.start(post());
        run.tell(&mut world, by_platform(NOW));
        for event in &events {
            while let Step::Wait(_) = run.step {
                run.tell(&mut world, Event::Waited);
            }
            run.tell(&mut world, event.clone());
        }
        while let Step::Wait(_) = run.step {
            run.tell(&mut world, Event::Waited);
            run.tell(&mut world, unsigned(500, ""));
        }
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN", "{events:?}");
        assert_eq!(run.own_sends(), 1);
    }
}

#[test]
fn one_download_a_minute_for_unknown_keys() {
    let mut world = World::automatic_beside_public_key();
    let list = certificates_by_public_key();
    let unknown = |at| signed_at(at, SUCCESSOR, 200, "{}");
    let run = world.perform(get(), [unknown(NOW), list]);
    assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
    for later in [0, 59] {
        world.at(NOW + later);
        let run = world.perform(get(), [unknown(NOW + later)]);
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
        assert_eq!(run.sends.len(), 1);
    }
    world.at(NOW + 60);
    let list = certificates_at(NOW + 60, PUBLIC, &[SECOND]);
    let run = world.perform(get(), [unknown(NOW + 60), list]);
    assert_eq!(run.body(), "{}");
}

#[test]
fn a_download_that_is_under_way_may_bring_an_unknown_key() {
    let mut world = World::automatic_beside_public_key();
    let mut first = world.start(get());
    let mut second = world.start(get());
    first.tell(&mut world, by_platform(NOW));
    assert!(is_download(&first));
    second.tell(&mut world, by_platform(NOW));
    assert_eq!(second.wait(), 25);
    first.tell(&mut world, certificates_by_public_key());
    assert_eq!(first.body(), "{}");
    second.tell(&mut world, Event::Waited);
    assert_eq!(second.body(), "{}");
}

#[test]
fn given_keys_alone_are_never_renewed() {
    let mut world = World::new();
    world.at(NOW + 365 * 86_400);
    assert!(!is_download(&world.start(get())));
    let run = World::new().perform(get(), [by_platform(NOW)]);
    assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
    // Beside a public key, nothing is downloaded before a response names another key.
    let mut world = World::automatic_beside_public_key();
    assert!(!is_download(&world.start(get())));
}
