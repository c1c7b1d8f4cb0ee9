//! Notifications: verified, decrypted, and verified again after a download of keys.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Apiv3Key, Event, Output, Plan};

use crate::support::NOW;
use crate::wechatpay::{
    FIRST, OTHER_APIV3_KEY, PLATFORM, PUBLIC, SECOND, SUCCESSOR, certificates, certificates_at,
    certificates_by_public_key, notification_body, signature, unsigned,
};
use crate::world::{Run, World, broken, notification, notification_at};

#[track_caller]
fn assert_received(run: &Run) {
    let Output::Notification(notification) = run.output() else {
        panic!("{:?} is not a notification", run.output());
    };
    assert_eq!(notification.id, "EV-2018022511223320873");
    assert!(
        notification
            .resource
            .contains("1217752501201407033233368018")
    );
}

/// The notification with another body than the signed one.
fn forged() -> Plan {
    let mut body = notification_body();
    let headers = signature(NOW, PLATFORM, &body);
    body.push(b' ');
    Plan::Notification { headers, body }
}

#[test]
fn a_notification_is_verified_and_decrypted_without_any_step() {
    for mut world in [
        World::new(),
        World::automatic_beside_public_key(),
        World::remote(),
    ] {
        let run = world.start(notification(PUBLIC));
        assert_received(&run);
        assert!(run.notices.is_empty());
    }
}

#[test]
fn a_forged_or_stale_notification_is_refused_without_a_download() {
    let mut known = World::automatic();
    known.perform(Plan::Certificates, [certificates()]);
    assert_received(&known.start(notification(PLATFORM)));
    assert_eq!(known.start(forged()).code(), "ERR_SIGNATURE_INVALID");
    let stale = notification_at(NOW - 301, PLATFORM);
    assert_eq!(known.start(stale).code(), "ERR_TIMESTAMP_SKEW");
    let unsigned = Plan::Notification {
        headers: wechatpay_wasm::SignatureHeaders::default(),
        body: notification_body(),
    };
    let run = World::automatic().start(unsigned);
    assert_eq!(run.code(), "ERR_SIGNATURE_MISSING");
}

#[test]
fn an_unknown_key_is_downloaded_and_the_notification_is_verified_again() {
    for (mut world, list) in [
        (World::automatic(), certificates()),
        (
            World::automatic_beside_public_key(),
            certificates_by_public_key(),
        ),
    ] {
        let run = world.perform(notification(PLATFORM), [broken(), list]);
        assert_received(&run);
        assert_eq!(run.own_sends(), 0);
        assert_received(&world.start(notification(PLATFORM)));
    }
    let run = World::new().start(notification(PLATFORM));
    assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
}

/// The key of the notification, which is known before its body is read.
fn key_of(plan: Plan) -> Plan {
    let Plan::Notification { headers, .. } = plan else {
        panic!("is no notification");
    };
    Plan::NotificationKey { headers }
}

#[test]
fn the_key_is_known_before_the_body_is_read() {
    for mut world in [World::new(), World::automatic_beside_public_key()] {
        let run = world.start(key_of(notification(PUBLIC)));
        assert!(matches!(run.output(), Output::NotificationKey));
        assert!(run.notices.is_empty());
    }
    let mut world = World::automatic();
    let run = world.perform(key_of(notification(PLATFORM)), [broken(), certificates()]);
    assert!(matches!(run.output(), Output::NotificationKey));
    assert_eq!(run.own_sends(), 0);
    assert_received(&world.start(notification(PLATFORM)));
}

#[test]
fn a_key_that_stays_unknown_fails_before_the_body_is_read() {
    let run = World::new().start(key_of(notification(PLATFORM)));
    assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
    for event in [
        unsigned(401, ""),
        certificates_at(NOW, SUCCESSOR, &[SECOND]),
    ] {
        let mut world = World::automatic();
        let run = world.perform(key_of(notification(PLATFORM)), [event]);
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
        // At most once a minute.
        assert!(world.start(key_of(notification(PLATFORM))).sends.is_empty());
    }
}

#[test]
fn a_notification_that_is_forged_stays_so_after_the_download() {
    let run = World::automatic().perform(forged(), [certificates()]);
    assert_eq!(run.code(), "ERR_SIGNATURE_INVALID");
}

#[test]
fn if_the_download_fails_the_error_is_that_of_the_notification() {
    for event in [
        Event::TooLarge,
        unsigned(401, ""),
        Event::NoFetch,
        certificates_at(NOW, SUCCESSOR, &[FIRST]),
        certificates_at(NOW, SUCCESSOR, &[SECOND]),
    ] {
        let mut world = World::automatic();
        let run = world.perform(notification(PLATFORM), [event]);
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
        // At most once a minute.
        let run = world.start(notification(PLATFORM));
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
        assert!(run.sends.is_empty());
        world.at(NOW + 60);
        assert!(!world.start(notification(PLATFORM)).send().own);
    }
}

#[test]
fn the_apiv3_key_must_be_there_and_the_right_one() {
    for key in [None, Apiv3Key::parse(OTHER_APIV3_KEY).ok()] {
        let run = World::with(|settings| settings.apiv3_key = key).start(notification(PUBLIC));
        assert_eq!(run.config().0, "apiv3_key");
    }
    // Not before it is verified.
    let mut world = World::with(|settings| settings.apiv3_key = None);
    assert_eq!(world.start(forged()).code(), "ERR_SERIAL_UNKNOWN");
}
