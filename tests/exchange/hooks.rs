//! What the caller's hooks are told, and in which order.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{CallOptions, Event, Method, Notice, Responded, Retried, Telling};

use crate::wechatpay::{
    PLATFORM, PUBLIC, REQUEST_ID, certificates, forged, ok, signed, unsigned, with,
};
use crate::world::{
    Bytes, LATENCY, MAIN, PATH, SPARE, World, broken, file, get, post, remote_signature,
};

/// A response to [`get`].
fn response(status: u16, attempt: u32) -> Notice {
    Notice::Response(Responded {
        method: Method::Get,
        // Without its query.
        path: "/v3/pay/transactions/id/1".to_owned(),
        status,
        request_id: Some(REQUEST_ID.to_owned()),
        attempt,
        duration: LATENCY,
        clock_skew: None,
    })
}

#[test]
fn a_response_and_a_retry_are_told_in_order() {
    assert!(PATH.contains('?'));
    let mut world = World::new();
    world.random = Bytes::Same(0x80);
    let busy = || signed(PUBLIC, 503, "");
    let run = world.perform(get(), [broken(), busy(), ok("{}")]);
    let [first, second, third, fourth] = run.notices.as_slice() else {
        panic!("{:?}", run.notices);
    };
    let retry = |notice: &Notice| match notice {
        Notice::Retry(Retried {
            attempt,
            delay,
            failure,
            host,
        }) => {
            let code = failure.error().expect("is an error").code().to_owned();
            (*attempt, *delay, code, host.clone())
        }
        other => panic!("{other:?}"),
    };
    let spare = SPARE.to_owned();
    assert_eq!(
        retry(first),
        (1, 250, "ERR_NETWORK".to_owned(), spare.clone())
    );
    assert_eq!(second, &response(503, 2));
    assert_eq!(retry(third), (2, 501, "HTTP_503".to_owned(), spare));
    assert_eq!(fourth, &response(200, 3));
    assert_eq!(run.waits, [250, 501]);
}

#[test]
fn the_last_failure_is_not_told() {
    let run = World::new().perform(post(), [broken()]);
    assert_eq!(run.notices, []);
    let run = World::new().perform(get(), [Event::TooLarge]);
    assert_eq!(run.notices, []);
}

#[test]
fn a_response_is_told_even_if_it_is_refused() {
    for (event, request_id) in [
        (forged(PUBLIC, 200, "{}"), Some(REQUEST_ID)),
        (signed(PLATFORM, 200, "{}"), Some(REQUEST_ID)),
        (unsigned(400, ""), None),
        (
            with(unsigned(400, ""), |headers| {
                headers.request_id = Some("a b".to_owned())
            }),
            None,
        ),
    ] {
        let run = World::new().perform(get(), [event]);
        let [
            Notice::Response(Responded {
                request_id: told, ..
            }),
        ] = run.notices.as_slice()
        else {
            panic!("{:?}", run.notices);
        };
        assert_eq!(told.as_deref(), request_id);
    }
}

#[test]
fn the_duration_begins_when_the_request_is_sent() {
    let mut world = World::remote();
    let mut run = world.start(get());
    world.pass(2_000);
    run.tell(&mut world, remote_signature());
    world.pass(33);
    run.tell(&mut world, ok("{}"));
    assert!(matches!(
        run.notices[..],
        [Notice::Response(Responded { duration: 33, .. })]
    ));
}

#[test]
fn a_download_of_keys_is_told_too() {
    let run = World::automatic().perform(
        get(),
        [broken(), certificates(), signed(PLATFORM, 200, "{}")],
    );
    let told: Vec<String> = run
        .notices
        .iter()
        .map(|notice| match notice {
            Notice::Response(told) => format!("{} {}", told.path, told.attempt),
            Notice::Retry(told) => format!("{} {}", told.host, told.attempt),
            Notice::Renewal(keys) => format!("{keys:?}"),
            Notice::Request(_) => panic!("these are apart"),
        })
        .collect();
    assert_eq!(
        told,
        [
            format!("{SPARE} 1"),
            "/v3/certificates 2".to_owned(),
            format!("Ok([{:?}])", PLATFORM.id),
            "/v3/pay/transactions/id/1 1".to_owned(),
        ]
    );
    assert!(run.urls()[2].starts_with(MAIN));
}

#[test]
fn the_beginning_of_a_file_is_told() {
    let began = Event::FileBegan {
        status: 200,
        headers: wechatpay_wasm::SignatureHeaders::default(),
    };
    let run = World::new().perform(file(), [began]);
    let [Notice::Response(Responded { path, status, .. })] = run.notices.as_slice() else {
        panic!("{:?}", run.notices);
    };
    assert_eq!((path.as_str(), *status), ("/v3/billdownload/file", 200));
}

#[test]
fn every_attempt_is_told_before_it_is_sent() {
    let run = World::automatic().perform(
        get(),
        [
            broken(),
            certificates(),
            broken(),
            signed(PLATFORM, 200, "{}"),
        ],
    );
    let told: Vec<String> = run
        .requests
        .iter()
        .map(|told| {
            assert_eq!((told.method, &told.message), (Method::Get, &None));
            format!("{}{} {}", told.host, told.path, told.attempt)
        })
        .collect();
    assert_eq!(
        told,
        [
            format!("{MAIN}/v3/certificates 1"),
            format!("{SPARE}/v3/certificates 2"),
            format!("{MAIN}/v3/pay/transactions/id/1 1"),
            format!("{SPARE}/v3/pay/transactions/id/1 2"),
        ]
    );
}

#[test]
fn the_signed_string_is_told_where_it_is_asked_for() {
    let telling = |telling| CallOptions {
        telling,
        ..CallOptions::default()
    };
    let run = World::new().perform_with(get(), telling(Telling::Messages), [ok("{}")]);
    let message = run.requests[0].message.as_deref().expect("is told");
    assert!(message.starts_with(&format!("GET\n{PATH}\n")), "{message}");
    assert_eq!(message.matches('\n').count(), 5);

    let mut world = World::remote();
    let mut run = world.start_with(post(), telling(Telling::Messages));
    let to_sign = run.sign().0.to_vec();
    run.tell(&mut world, remote_signature());
    let message = run.requests[0].message.as_deref().expect("is told");
    assert_eq!(message.as_bytes(), to_sign);
}

#[test]
fn nothing_is_told_where_nobody_listens() {
    let options = CallOptions::of([None; 4]);
    let run = World::automatic().perform_with(
        get(),
        options,
        [broken(), certificates(), signed(PLATFORM, 200, "{}")],
    );
    assert!(run.requests.is_empty());
    assert_eq!(run.notices, []);
    for (level, telling) in [(1, Telling::Events), (2, Telling::Messages)] {
        assert_eq!(
            CallOptions::of([None, None, None, Some(level)]).telling,
            telling
        );
    }
}

#[test]
fn a_download_of_keys_that_failed_is_told() {
    let mut world = World::automatic();
    let run = world.perform(get(), [Event::TooLarge]);
    let [Notice::Renewal(Err(failure))] = run.notices.as_slice() else {
        panic!("{:?}", run.notices);
    };
    assert_eq!(
        failure.error().map(wechatpay_wasm::Error::code),
        Some("ERR_RESPONSE_TOO_LARGE")
    );
}

#[test]
fn a_clock_that_is_off_is_told() {
    let dated = |date: &str| {
        with(signed(PUBLIC, 200, "{}"), |headers| {
            headers.date = Some(date.to_owned());
        })
    };
    let skew = |date| {
        let run = World::new().perform(get(), [dated(date)]);
        match run.notices.as_slice() {
            [Notice::Response(told)] => told.clock_skew,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(skew("nonsense"), None);
    assert!(skew("Thu, 01 Jan 1970 00:00:00 GMT").expect("is told") > 1_000_000);
}
