//! The caller aborts a call, in any state.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Event, Failure, Step};

use crate::states::{WithoutKeys, states};
use crate::wechatpay::{PLATFORM, certificates, signed};
use crate::world::{World, broken, get, notification_key};

#[test]
fn a_call_can_be_aborted_in_every_state() {
    for make in states() {
        let mut state = make();
        state.run.notices.clear();
        state.run.tell(&mut state.world, Event::Aborted);
        if state.without_keys == WithoutKeys::NotReceived {
            // Nobody can abort this. The host may fail, and the notification is not verified.
            assert_eq!(state.run.code(), "ERR_SERIAL_UNKNOWN", "{}", state.name);
        } else {
            assert_eq!(state.run.failure(), &Failure::Aborted, "{}", state.name);
        }
        assert!(state.run.notices.is_empty(), "{}", state.name);
    }
}

/// After each of these events, the first call's download is in another state.
fn downloads() -> [Vec<Event>; 3] {
    [vec![], vec![broken()], vec![broken(), Event::Waited]]
}

#[test]
fn a_call_that_waits_takes_over_the_download() {
    for events in downloads() {
        let mut world = World::automatic();
        let mut first = world.start(get());
        for event in events {
            first.tell(&mut world, event);
        }
        let mut second = world.start(get());
        let mut third = world.start(notification_key(PLATFORM));
        assert_eq!((second.wait(), third.wait()), (25, 25));
        first.tell(&mut world, Event::Aborted);
        assert_eq!(first.failure(), &Failure::Aborted);

        second.tell(&mut world, Event::Waited);
        assert!(!second.send().own);
        third.tell(&mut world, Event::Waited);
        assert_eq!(third.wait(), 25);
        second.tell(&mut world, certificates());
        assert!(second.send().own);
        third.tell(&mut world, Event::Waited);
        assert!(matches!(third.step, Step::Done(_)));
        second.tell(&mut world, signed(PLATFORM, 200, "{}"));
        assert_eq!(second.body(), "{}");
    }
}

#[test]
fn an_abort_does_not_disturb_the_download_of_another_call() {
    let mut world = World::automatic();
    let mut first = world.start(get());
    let mut second = world.start(get());
    let mut third = world.start(get());
    second.tell(&mut world, Event::Aborted);
    assert_eq!(second.failure(), &Failure::Aborted);
    third.tell(&mut world, Event::Waited);
    assert_eq!(third.wait(), 25);
    first.tell(&mut world, certificates());
    assert!(first.send().own);
    third.tell(&mut world, Event::Waited);
    assert!(third.send().own);
}
