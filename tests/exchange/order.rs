//! Events that do not belong to the last step: the call fails, and nothing else happens.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Error, Event, Failure, Step};

use crate::states::{State, WithoutKeys, events, states};
use crate::wechatpay::{PUBLIC, ok, signed};
use crate::world::{World, file, get, message, notification_key, post};

const OUT_OF_ORDER: &str = "does not belong to the last step";

/// No event changes the end of a call.
fn assert_ended(state: &mut State) {
    for event in events() {
        state.run.tell(&mut state.world, event);
        assert!(matches!(state.run.step, Step::Failed(_)), "{}", state.name);
        assert!(state.run.notices.is_empty(), "{}", state.name);
    }
}

#[test]
fn every_other_event_fails_in_every_state() {
    for make in states() {
        for event in events() {
            let mut state = make();
            if state.fits(&event) {
                continue;
            }
            let name = format!("{event:?} when {}", state.name);
            state.run.notices.clear();
            let before = state.run.own_sends();
            state.run.tell(&mut state.world, event);
            match state.without_keys {
                WithoutKeys::GoesOn => {
                    assert!(matches!(state.run.step, Step::Sign { .. }), "{name}");
                    continue;
                }
                WithoutKeys::Unverified => {
                    assert_eq!(state.run.code(), "ERR_SERIAL_UNKNOWN", "{name}");
                }
                WithoutKeys::NotReceived => {
                    // Its own download failed, or another call's goes on.
                    let text = state.run.error().to_string();
                    let unknown = state.run.code() == "ERR_SERIAL_UNKNOWN";
                    assert!(unknown || text.contains(OUT_OF_ORDER), "{name}: {text}");
                }
                WithoutKeys::Fails => {
                    let text = state.run.error().to_string();
                    // A signature is looked at before anything else.
                    assert!(text.contains(OUT_OF_ORDER), "{name}: {text}");
                }
            }
            assert_eq!(state.run.own_sends(), before, "{name}");
            state.run.notices.clear();
            assert_ended(&mut state);
        }
    }
}

#[test]
fn an_event_out_of_order_ends_a_download_for_all() {
    for event in events() {
        let mut made = states().into_iter().map(|make| make());
        let mut state = made
            .find(|state| state.name == "downloading keys")
            .expect("is there");
        if state.fits(&event) {
            continue;
        }
        let mut other = state.world.start(get());
        assert_eq!(other.wait(), 25);
        state.run.tell(&mut state.world, event);
        other.tell(&mut state.world, Event::Waited);
        assert!(other.error().to_string().contains(OUT_OF_ORDER));
    }
}

#[test]
fn after_the_end_every_event_fails() {
    type Case = (fn() -> wechatpay_wasm::Plan, Option<Event>);
    let began = Event::FileBegan {
        status: 200,
        headers: wechatpay_wasm::SignatureHeaders::default(),
    };
    let cases: [Case; 7] = [
        (get, Some(ok("{}"))),
        (post, Some(Event::TimedOut)),
        (get, Some(signed(PUBLIC, 404, ""))),
        (get, Some(Event::Aborted)),
        (file, Some(began)),
        (message, None),
        (|| notification_key(PUBLIC), None),
    ];
    for (plan, end) in cases {
        for event in events() {
            let mut world = World::new();
            let mut run = world.perform(plan(), end.clone());
            run.notices.clear();
            run.tell(&mut world, event.clone());
            match (run.failure(), &event) {
                (Failure::Aborted, Event::Aborted) => {}
                (
                    Failure::Error {
                        error: Error::Transport(error),
                        cause: None,
                    },
                    _,
                ) => assert!(error.to_string().contains(OUT_OF_ORDER)),
                (failure, event) => panic!("{failure:?} after {event:?}"),
            }
            assert!(run.notices.is_empty());
        }
    }
}
