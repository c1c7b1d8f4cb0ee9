//! What the caller's hooks are told, and in which order.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Event, Method, Notice};

use crate::wechatpay::{
    PLATFORM, PUBLIC, REQUEST_ID, certificates, forged, ok, signed, unsigned, with,
};
use crate::world::{
    Bytes, LATENCY, MAIN, PATH, SPARE, World, broken, file, get, post, remote_signature,
};

/// A response to [`get`].
fn response(status: u16, attempt: u32) -> Notice {
    Notice::Response {
        method: Method::Get,
        // Without its query.
        path: "/v3/pay/transactions/id/1".to_owned(),
        status,
        request_id: Some(REQUEST_ID.to_owned()),
        attempt,
        duration: LATENCY,
    }
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
        Notice::Retry {
            attempt,
            delay,
            failure,
            host,
        } => {
            let code = failure.error().expect("is an error").code().to_owned();
            (*attempt, *delay, code, host.clone())
        }
        other @ Notice::Response { .. } => panic!("{other:?}"),
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
            Notice::Response {
                request_id: told, ..
            },
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
        [Notice::Response { duration: 33, .. }]
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
            Notice::Response { path, attempt, .. } => format!("{path} {attempt}"),
            Notice::Retry { attempt, host, .. } => format!("{host} {attempt}"),
        })
        .collect();
    assert_eq!(
        told,
        [
            format!("{SPARE} 1"),
            "/v3/certificates 2".to_owned(),
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
    let [Notice::Response { path, status, .. }] = run.notices.as_slice() else {
        panic!("{:?}", run.notices);
    };
    assert_eq!((path.as_str(), *status), ("/v3/billdownload/file", 200));
}
