//! When a request is sent again, where, and after which pause.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{
    BaseUrl, CallOptions, Error, Event, Plan, SignatureHeaders, Telling, TransportFault,
};

use crate::support::NOW;
use crate::wechatpay::{PLATFORM, PUBLIC, forged, ok, signed, signed_at, unsigned, with};
use crate::world::{
    Bytes, MAIN, PATH, SPARE, World, broken, file, get, post, remote_signature, repeatable_post,
    unconnected,
};

const DEADLINE: CallOptions = CallOptions {
    timeout: None,
    deadline: Some(5_000),
    max_retries: None,
    telling: Telling::Events,
};

fn retries(count: u32) -> CallOptions {
    CallOptions {
        max_retries: Some(count),
        ..CallOptions::default()
    }
}

/// Every failure that may be temporary.
fn temporary() -> Vec<Event> {
    let error = |code: &str| format!(r#"{{"code":"{code}","message":"m"}}"#);
    vec![
        broken(),
        Event::TimedOut,
        unsigned(429, &error("FREQUENCY_LIMITED")),
        signed(PUBLIC, 429, error("FREQUENCY_LIMITED")),
        unsigned(500, &error("SYSTEM_ERROR")),
        signed(PUBLIC, 503, error("SERVICE_UNAVAILABLE")),
        unsigned(502, "<html>"),
    ]
}

/// Every failure that another attempt would have, too, and its code.
fn permanent() -> Vec<(Event, &'static str)> {
    let error = r#"{"code":"PARAM_ERROR","message":"m"}"#;
    vec![
        (signed(PUBLIC, 400, error), "PARAM_ERROR"),
        (unsigned(400, error), "PARAM_ERROR"),
        (unsigned(500, error), "PARAM_ERROR"),
        (unsigned(200, "{}"), "ERR_SIGNATURE_MISSING"),
        (forged(PUBLIC, 200, "{}"), "ERR_SIGNATURE_INVALID"),
        (forged(PUBLIC, 503, ""), "ERR_SIGNATURE_INVALID"),
        (signed(PLATFORM, 200, "{}"), "ERR_SERIAL_UNKNOWN"),
        (signed(PLATFORM, 503, ""), "ERR_SERIAL_UNKNOWN"),
        (
            signed_at(NOW - 301, PUBLIC, 200, "{}"),
            "ERR_TIMESTAMP_SKEW",
        ),
        (unsigned(302, ""), "ERR_REDIRECT"),
        (unsigned(700, ""), "ERR_RESPONSE_INVALID"),
        (Event::Redirected { status: 307 }, "ERR_REDIRECT"),
        (Event::TooLarge, "ERR_RESPONSE_TOO_LARGE"),
        (Event::NoFetch, "ERR_CONFIG"),
        (
            Event::Unusable {
                problem: "it has no body".to_owned(),
                cause: None,
            },
            "ERR_RESPONSE_INVALID",
        ),
    ]
}

#[test]
fn a_response_ends_the_call() {
    let run = World::new().perform(get(), [ok(r#"{"id":1}"#)]);
    assert_eq!(run.body(), r#"{"id":1}"#);
    assert_eq!(run.urls(), [format!("{MAIN}{PATH}")]);
    assert!(run.waits.is_empty());
}

#[test]
fn temporary_failures_are_followed_by_another_attempt() {
    for event in temporary() {
        let to_spare = matches!(event, Event::Network { .. } | Event::TimedOut);
        let run = World::new().perform(get(), [event, ok("{}")]);
        assert_eq!(run.body(), "{}");
        let second = if to_spare { SPARE } else { MAIN };
        assert_eq!(
            run.urls(),
            [format!("{MAIN}{PATH}"), format!("{second}{PATH}")]
        );
        assert_eq!(run.waits.len(), 1);
    }
}

/// A client whose calls are retried `count` times.
fn retrying(count: u32) -> World {
    World::with(|settings| settings.max_retries = Some(count))
}

/// What WeChat Pay sends on purpose, to see who verifies.
fn probe(status: u16) -> Event {
    with(signed(PUBLIC, status, "{}"), |headers| {
        headers.signature = Some("WECHATPAY/SIGNTEST/AAAA".to_owned());
    })
}

#[test]
fn a_read_is_sent_once_more_after_a_probe() {
    let run = World::new().perform(get(), [probe(200), ok("{}")]);
    assert_eq!(run.body(), "{}");
    assert_eq!(
        run.urls(),
        [format!("{MAIN}{PATH}"), format!("{MAIN}{PATH}")]
    );
    for script in [
        vec![probe(200), probe(200)],
        vec![broken(), probe(503), probe(200)],
    ] {
        let sends = script.len();
        let run = World::new().perform_with(get(), retries(9), script);
        assert_eq!(run.code(), "ERR_SIGNATURE_PROBE");
        assert_eq!(run.sends.len(), sends);
    }
    // A write was carried out, and whoever wants no other attempt gets none.
    for (plan, options) in [
        (post(), CallOptions::default()),
        (post(), retries(9)),
        (repeatable_post(), CallOptions::default()),
        (get(), retries(0)),
    ] {
        let run = World::new().perform_with(plan, options, [probe(200)]);
        assert_eq!(run.code(), "ERR_SIGNATURE_PROBE");
        assert!(run.error().to_string().contains("WECHATPAY/SIGNTEST/"));
    }
}

#[test]
fn a_write_that_was_never_sent_is_sent_to_the_spare_host() {
    let run = World::new().perform(post(), [unconnected(), ok("{}")]);
    assert_eq!(run.body(), "{}");
    assert!(run.urls()[0].starts_with(MAIN) && run.urls()[1].starts_with(SPARE));

    // As often as the client says, unless the call says otherwise.
    for (of_client, of_call, attempts) in
        [(2, None, 3), (0, None, 1), (2, Some(0), 1), (0, Some(4), 5)]
    {
        let options = CallOptions {
            max_retries: of_call,
            ..CallOptions::default()
        };
        let script = vec![unconnected(); attempts as usize];
        let run = retrying(of_client).perform_with(post(), options, script);
        let error = run.transport();
        assert_eq!(error.fault, TransportFault::Unconnected);
        assert_eq!((error.attempts, error.may_be_sent()), (attempts, false));
        assert_eq!(error.reason.as_deref(), Some("ECONNREFUSED"));
        let host = if attempts > 1 { SPARE } else { MAIN };
        assert_eq!(error.host.as_deref(), Some(host));
        let text = error.to_string();
        assert!(text.contains("Nothing was sent") && text.contains("ECONNREFUSED"));
        assert!(text.contains(host) && !text.contains("carried out"));
    }
}

#[test]
fn a_write_that_may_have_been_sent_is_not_sent_again() {
    for event in [broken(), Event::TimedOut, unsigned(503, "")] {
        let run = World::new().perform(post(), [unconnected(), event]);
        assert_eq!(run.sends.len(), 2);
    }
    // What an earlier attempt did is not known, whatever became of the last one.
    let run = World::new().perform_with(post(), retries(1), [broken(), unconnected()]);
    let error = run.transport();
    assert_eq!(error.fault, TransportFault::Network);
    assert!(error.may_be_sent() && error.to_string().contains("carried out"));
}

#[test]
fn a_broken_connection_names_its_reason_and_its_host() {
    let run = World::new().perform(post(), [broken()]);
    let error = run.transport();
    assert!(error.may_be_sent());
    assert!(
        error
            .to_string()
            .ends_with(&format!("({MAIN}, ECONNRESET)")),
        "{error}"
    );
}

#[test]
fn permanent_failures_are_not() {
    for (event, code) in permanent() {
        let run = World::new().perform_with(get(), retries(5), [event.clone()]);
        assert_eq!(run.code(), code, "{event:?}");
        assert!(run.waits.is_empty());
    }
}

#[test]
fn the_spare_host_is_used_from_the_first_failed_connection_on() {
    let busy = || unsigned(503, "");
    let script = [busy(), broken(), busy(), broken(), ok("{}")];
    let run = World::new().perform_with(get(), retries(4), script);
    let hosts: Vec<&str> = run
        .urls()
        .into_iter()
        .map(|url| url.strip_suffix(PATH).expect("is the path"))
        .collect();
    assert_eq!(hosts, [MAIN, MAIN, SPARE, SPARE, SPARE]);
}

#[test]
fn a_given_host_has_no_spare_host() {
    let mut world = World::with(|settings| {
        settings.base_url = BaseUrl::parse("https://proxy.example").expect("parses");
    });
    let run = world.perform(get(), [broken(), broken(), ok("{}")]);
    assert!(
        run.urls()
            .iter()
            .all(|url| url.starts_with("https://proxy.example/v3"))
    );
}

#[test]
fn each_attempt_is_signed_anew() {
    let mut world = World::new();
    let mut run = world.start(get());
    run.tell(&mut world, broken());
    world.at(NOW + 7);
    run.tell(&mut world, Event::Waited);
    let authorization = |index: usize| {
        let headers = &run.sends[index].headers;
        let found = headers.iter().find(|(name, _)| name == "Authorization");
        found.expect("is there").1.clone()
    };
    let part = |index: usize, name: &str| {
        let text = authorization(index);
        let rest = text.split_once(&format!("{name}=\"")).expect("is there").1;
        rest.split_once('"').expect("ends").0.to_owned()
    };
    assert_eq!(part(0, "timestamp"), NOW.to_string());
    assert_eq!(part(1, "timestamp"), (NOW + 7).to_string());
    assert_ne!(part(0, "nonce_str"), part(1, "nonce_str"));
    assert_ne!(part(0, "signature"), part(1, "signature"));
}

#[test]
fn two_retries_unless_the_client_or_the_call_says_otherwise() {
    let client =
        |count| World::with(|settings: &mut wechatpay_wasm::Settings| settings.max_retries = count);
    for (of_client, of_call, attempts) in [
        (None, None, 3),
        (Some(0), None, 1),
        (Some(1), None, 2),
        (Some(4), Some(0), 1),
        (Some(0), Some(3), 4),
    ] {
        let options = CallOptions {
            max_retries: of_call,
            ..CallOptions::default()
        };
        let script = vec![broken(); attempts];
        let run = client(of_client).perform_with(get(), options, script);
        assert_eq!(run.sends.len(), attempts);
        assert_eq!(run.transport().attempts, u32::try_from(attempts).unwrap());
        assert_eq!(run.transport().fault, TransportFault::Network);
    }
}

#[test]
fn a_write_is_sent_once() {
    let generous = |settings: &mut wechatpay_wasm::Settings| settings.max_retries = Some(9);
    for event in temporary() {
        let run = World::with(generous).perform(post(), [event.clone()]);
        assert_eq!(run.sends.len(), 1, "{event:?}");
        assert!(run.waits.is_empty());
        let run = World::new().perform_with(post(), retries(1), [event, ok("{}")]);
        assert_eq!(run.body(), "{}");
    }
    let run = World::new().perform(repeatable_post(), [broken(), ok("{}")]);
    assert_eq!(run.sends.len(), 2);
    assert_eq!(run.sends[0].body, run.sends[1].body);
}

#[test]
fn a_signed_error_is_verified_and_an_unsigned_one_says_so() {
    for (event, verified) in [
        (signed(PUBLIC, 403, r#"{"code":"NO_AUTH"}"#), true),
        (unsigned(403, r#"{"code":"NO_AUTH"}"#), false),
    ] {
        let run = World::new().perform(get(), [event]);
        let Error::Api(error) = run.error() else {
            panic!("{:?}", run.error());
        };
        assert_eq!((error.verified, error.code.as_str()), (verified, "NO_AUTH"));
    }
}

/// The pause after `failures` failed connections, if all random bytes are `byte`.
fn pause(failures: usize, byte: u8) -> u32 {
    let mut world = World::remote();
    world.random = Bytes::Same(byte);
    let options = CallOptions {
        deadline: Some(u32::MAX),
        ..retries(99)
    };
    let mut run = world.start_with(get(), options);
    for _ in 1..failures {
        run.tell(&mut world, remote_signature());
        run.tell(&mut world, broken());
        run.tell(&mut world, Event::Waited);
    }
    run.tell(&mut world, remote_signature());
    run.tell(&mut world, broken());
    run.wait()
}

#[test]
fn the_pause_doubles_up_to_eight_seconds_and_is_a_random_part_of_that() {
    for (failures, longest) in [
        (1, 500),
        (2, 1_000),
        (3, 2_000),
        (4, 4_000),
        (5, 8_000),
        (9, 8_000),
    ] {
        assert_eq!(pause(failures, 0), 0);
        assert_eq!(pause(failures, 0xff), longest - 1);
        let half = pause(failures, 0x80);
        assert!((longest / 2..=longest / 2 + longest / 200).contains(&half));
    }
}

fn retry_after(text: &str, date: Option<&str>) -> Event {
    with(unsigned(429, ""), |headers: &mut SignatureHeaders| {
        headers.retry_after = Some(text.to_owned());
        headers.date = date.map(str::to_owned);
    })
}

#[test]
fn retry_after_is_the_least_pause() {
    // NOW is 12:34:20 of that day.
    for (text, date, pause) in [
        ("2", None, 2_000),
        ("0", None, 0),
        ("Tue, 02 Apr 2019 12:34:23 GMT", None, 3_000),
        // The date of the same server counts, not this machine's clock.
        (
            "Tue, 02 Apr 2019 12:40:03 GMT",
            Some("Tue, 02 Apr 2019 12:40:00 GMT"),
            3_000,
        ),
        ("Tue, 02 Apr 2019 12:34:00 GMT", None, 0),
        ("soon", None, 0),
        ("-3", None, 0),
    ] {
        for (byte, jitter) in [(0, 0), (0xff, 499)] {
            let mut world = World::new();
            world.random = Bytes::Same(byte);
            let run = world.perform(get(), [retry_after(text, date), ok("{}")]);
            assert_eq!(run.waits, [pause + jitter], "{text}");
        }
    }
}

#[test]
fn a_pause_that_ends_after_the_deadline_is_not_made() {
    for text in ["5", "99999999999999999999", "Tue, 02 Apr 2019 13:00:00 GMT"] {
        let run = World::new().perform_with(get(), DEADLINE, [retry_after(text, None)]);
        assert_eq!(run.code(), "HTTP_429", "{text}");
    }
    let mut world = World::new();
    world.random = Bytes::Same(0);
    let run = world.perform_with(get(), DEADLINE, [retry_after("4", None), ok("{}")]);
    assert_eq!(run.waits, [4_000]);
}

#[test]
fn a_pause_that_lasts_too_long_ends_the_call_with_the_failure_before_it() {
    let mut world = World::new();
    let mut run = world.start_with(get(), DEADLINE);
    world.pass(100);
    run.tell(&mut world, broken());
    assert!(run.wait() < 4_900);
    world.pass(4_900);
    run.tell(&mut world, Event::Waited);
    assert_eq!(run.transport().fault, TransportFault::Network);
    assert_eq!(run.transport().attempts, 1);
    assert_eq!(run.sends.len(), 1);
}

#[test]
fn every_transport_error_counts_the_attempts() {
    let transport = |event: &Event| {
        !matches!(
            event,
            Event::Response {
                status: 200 | 400..=599,
                ..
            } | Event::NoFetch
        )
    };
    for (event, code) in permanent() {
        if !transport(&event) {
            continue;
        }
        let run = World::new().perform(get(), [broken(), event]);
        assert_eq!(run.code(), code);
        assert_eq!(run.transport().attempts, 2);
    }
    let run = World::new().perform(get(), [Event::TimedOut, broken(), Event::TimedOut]);
    assert_eq!(run.transport().attempts, 3);
    assert_eq!(run.transport().fault, TransportFault::Timeout(10_000));
}

#[test]
fn the_failure_keeps_the_number_of_what_the_host_threw() {
    let cause = |plan: Plan, event: Event| {
        let run = World::new().perform_with(plan, retries(0), [event]);
        match run.failure() {
            wechatpay_wasm::Failure::Error { cause, .. } => *cause,
            wechatpay_wasm::Failure::Aborted => panic!("is not aborted"),
        }
    };
    let unusable = Event::Unusable {
        problem: "x".to_owned(),
        cause: Some(8),
    };
    assert_eq!(cause(get(), broken()), Some(3));
    assert_eq!(cause(get(), unusable.clone()), Some(8));
    assert_eq!(cause(file(), unusable), Some(8));
    assert_eq!(cause(get(), Event::TooLarge), None);
}
