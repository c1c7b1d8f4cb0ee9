//! Notifications: their headers decide before their body is read, their key is downloaded where it may be,
//! then they are verified and decrypted.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::notifications_of_several::{self as several, Admissions};
use wechatpay_wasm::{
    Admission, Apiv3Key, Client, Clock, Event, Failure, Moment, NotificationRequest, Output, Plan,
    Random, SignatureHeaders,
};

use crate::support::NOW;
use crate::wechatpay::{
    FIRST, OTHER_APIV3_KEY, PLATFORM, PUBLIC, SECOND, SUCCESSOR, certificates, certificates_at,
    certificates_by_public_key, unsigned,
};
use crate::world::{Arrived, World, broken, notification, notification_at, notification_key};

#[track_caller]
fn assert_received(world: &World, arrived: &Arrived) {
    assert_eq!(world.admit(arrived), Ok(Admission::KeyKnown));
    let notification = world.receive(arrived).expect("is received");
    assert_eq!(notification.id, "EV-2018022511223320873");
    assert!(
        notification
            .resource
            .contains("1217752501201407033233368018")
    );
}

#[track_caller]
fn code<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> String {
    let failure = outcome.expect_err("is refused");
    failure.error().expect("is an error").code().to_owned()
}

/// The notification with another body than the signed one.
fn forged() -> Arrived {
    let mut forged = notification(PLATFORM);
    forged.body.push(b' ');
    forged
}

fn other_headers(change: impl FnOnce(&mut SignatureHeaders)) -> Arrived {
    let mut arrived = notification(PUBLIC);
    change(&mut arrived.headers);
    arrived
}

#[test]
fn a_notification_is_verified_and_decrypted_without_random_bytes() {
    for world in [
        World::new(),
        World::automatic_beside_public_key(),
        World::remote(),
    ] {
        assert_received(&world, &notification(PUBLIC));
    }
}

#[test]
fn the_headers_decide_what_they_can_before_the_body_is_read() {
    let later = notification_at(NOW + 301, PLATFORM);
    for mut world in [World::new(), World::automatic()] {
        for (arrived, expected) in [
            (
                other_headers(|headers| headers.nonce = None),
                "ERR_SIGNATURE_MISSING",
            ),
            (
                other_headers(|headers| headers.signature = Some(String::new())),
                "ERR_SIGNATURE_MISSING",
            ),
            (
                other_headers(|headers| headers.timestamp = Some("+1554208460".to_owned())),
                "ERR_SIGNATURE_INVALID",
            ),
            (notification_at(NOW - 301, PLATFORM), "ERR_TIMESTAMP_SKEW"),
            (later.clone(), "ERR_TIMESTAMP_SKEW"),
        ] {
            assert_eq!(code(world.admit(&arrived)), expected);
            let run = world.start(arrived.key());
            assert_eq!(run.code(), expected);
            // Not even where its key may be downloaded.
            assert!(run.sends.is_empty());
        }
    }
    assert_eq!(
        code(World::new().admit(&notification(PLATFORM))),
        "ERR_SERIAL_UNKNOWN"
    );
    let mut world = World::new();
    world.clock = Clock::Invalid;
    assert_eq!(code(world.admit(&notification(PUBLIC))), "ERR_CONFIG");
    assert_eq!(code(world.receive(&notification(PUBLIC))), "ERR_CONFIG");
}

#[test]
fn a_forged_or_stale_notification_is_refused_without_a_download() {
    let mut known = World::automatic();
    known.perform(Plan::Certificates, [certificates()]);
    assert_received(&known, &notification(PLATFORM));
    assert_eq!(known.admit(&forged()), Ok(Admission::KeyKnown));
    assert_eq!(code(known.receive(&forged())), "ERR_SIGNATURE_INVALID");
    let stale = notification_at(NOW - 301, PLATFORM);
    assert_eq!(code(known.receive(&stale)), "ERR_TIMESTAMP_SKEW");
    let unsigned = other_headers(|headers| *headers = SignatureHeaders::default());
    assert_eq!(
        code(World::automatic().receive(&unsigned)),
        "ERR_SIGNATURE_MISSING"
    );
}

#[test]
fn an_unknown_key_is_downloaded_before_the_body_is_read() {
    for (mut world, list) in [
        (World::automatic(), certificates()),
        (
            World::automatic_beside_public_key(),
            certificates_by_public_key(),
        ),
    ] {
        assert_eq!(
            world.admit(&notification(PLATFORM)),
            Ok(Admission::KeyUnknown)
        );
        let run = world.perform(notification_key(PLATFORM), [broken(), list]);
        assert!(matches!(run.output(), Output::NotificationKey));
        assert_eq!(run.own_sends(), 0);
        assert_received(&world, &notification(PLATFORM));
        // Nothing is downloaded for a key that is known.
        let run = world.start(notification_key(PLATFORM));
        assert!(matches!(run.output(), Output::NotificationKey));
        assert!(run.sends.is_empty());
        assert_eq!(code(world.receive(&forged())), "ERR_SIGNATURE_INVALID");
    }
    for mut world in [World::new(), World::automatic_beside_public_key()] {
        let run = world.start(notification_key(PUBLIC));
        assert!(matches!(run.output(), Output::NotificationKey));
        assert!(run.notices.is_empty());
    }
}

#[test]
fn without_any_key_the_error_is_that_of_the_download() {
    for event in [
        Event::TooLarge,
        unsigned(401, ""),
        Event::NoFetch,
        certificates_at(NOW, SUCCESSOR, &[FIRST]),
    ] {
        let mut world = World::automatic();
        let run = world.perform(notification_key(PLATFORM), [event]);
        assert_eq!(run.code(), "ERR_CONFIG");
        // Anybody may send a notification: one download in five seconds.
        assert_eq!(code(world.admit(&notification(PLATFORM))), "ERR_CONFIG");
        world.at(NOW + 4);
        let run = world.start(notification_key(PLATFORM));
        assert_eq!(run.code(), "ERR_CONFIG");
        assert!(run.sends.is_empty());
        world.at(NOW + 5);
        let again = notification_at(NOW + 5, PLATFORM);
        assert_eq!(world.admit(&again), Ok(Admission::KeyUnknown));
        let list = certificates_at(NOW + 5, PLATFORM, &[FIRST]);
        let run = world.perform(again.key(), [list]);
        assert!(matches!(run.output(), Output::NotificationKey));
        assert_received(&world, &again);
    }
}

#[test]
fn beside_a_valid_key_an_unknown_one_is_downloaded_once_a_minute() {
    for (mut world, event) in [
        (World::automatic_beside_public_key(), unsigned(401, "")),
        (
            World::automatic(),
            certificates_at(NOW, SUCCESSOR, &[SECOND]),
        ),
    ] {
        let run = world.perform(notification_key(PLATFORM), [event]);
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
        world.at(NOW + 59);
        let run = world.start(notification_at(NOW + 59, PLATFORM).key());
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
        assert!(run.sends.is_empty());
        world.at(NOW + 60);
        let later = notification_at(NOW + 60, PLATFORM);
        assert!(!world.start(later.key()).send().own);
    }
}

#[test]
fn what_no_download_can_bring_starts_none() {
    for serial in [
        "PUB_KEY_ID_0119000072912024101100397200000007",
        "garbage",
        "é",
    ] {
        let mut world = World::automatic();
        let mut arrived = notification(PLATFORM);
        arrived.headers.serial = Some(serial.to_owned());
        assert_eq!(code(world.admit(&arrived)), "ERR_SERIAL_UNKNOWN");
        assert!(world.start(arrived.key()).sends.is_empty());
    }
}

#[test]
fn the_apiv3_key_must_be_there_and_the_right_one() {
    for key in [None, Apiv3Key::parse(OTHER_APIV3_KEY).ok()] {
        let world = World::with(|settings| settings.apiv3_key = key);
        assert_eq!(code(world.receive(&notification(PUBLIC))), "ERR_CONFIG");
    }
    // Not before it is verified.
    let world = World::with(|settings| settings.apiv3_key = None);
    assert_eq!(code(world.receive(&forged())), "ERR_SERIAL_UNKNOWN");
    let none = world.client.notification_key().expect_err("is missing");
    assert!(matches!(none, wechatpay_wasm::Error::Config(config) if config.option == "apiv3_key"));
}

/// The notification at one URL of several merchants.
fn received_by(worlds: &[&World], arrived: &Arrived) -> Result<(usize, String), Failure> {
    let clients: Vec<&Client> = worlds.iter().map(|world| &world.client).collect();
    let request = NotificationRequest {
        headers: arrived.headers.clone(),
        body: &arrived.body,
    };
    let received = several::receive(&clients, &request, &now());
    received.map(|(place, notification)| (place, notification.id))
}

fn now() -> Moment {
    Moment {
        clock: Clock::Time(NOW),
        elapsed: 0,
        random: Random::default(),
    }
}

fn admitted_by(worlds: &[&World], arrived: &Arrived) -> Result<Admissions, Failure> {
    let clients: Vec<&Client> = worlds.iter().map(|world| &world.client).collect();
    several::admit(&clients, Some(&arrived.headers), &now())
}

#[test]
fn of_several_merchants_the_apiv3_key_that_decrypts_decides() {
    let other =
        || World::with(|settings| settings.apiv3_key = Apiv3Key::parse(OTHER_APIV3_KEY).ok());
    let (own, one, two) = (World::new(), other(), other());
    let id = "EV-2018022511223320873".to_owned();
    let arrived = notification(PUBLIC);
    for (worlds, place) in [
        (vec![&own], 0),
        (vec![&own, &one], 0),
        (vec![&one, &own], 1),
        (vec![&one, &two, &own, &own], 2),
    ] {
        assert_eq!(received_by(&worlds, &arrived), Ok((place, id.clone())));
    }
    assert_eq!(code(received_by(&[&one, &two], &arrived)), "ERR_CONFIG");
    assert_eq!(
        code(received_by(&[&one, &own], &forged())),
        "ERR_SERIAL_UNKNOWN"
    );
    assert_eq!(code(received_by(&[], &arrived)), "ERR_PARAM");
}

#[test]
fn the_most_telling_error_of_several_merchants_is_theirs() {
    let (public, automatic) = (World::new(), World::automatic());
    let certificate = World::with(crate::world::know_certificate);
    let keyless = World::with(|settings| settings.apiv3_key = None);
    let known = |key_known, key_unknown| {
        Ok(Admissions {
            key_known,
            key_unknown,
        })
    };
    let by_certificate = notification(PLATFORM);
    assert_eq!(
        admitted_by(&[&public, &certificate], &by_certificate),
        known(true, vec![])
    );
    assert_eq!(
        admitted_by(&[&public, &automatic], &by_certificate),
        known(false, vec![1])
    );
    assert_eq!(
        admitted_by(&[&automatic, &certificate, &automatic], &by_certificate),
        known(true, vec![0, 2])
    );
    let refused = admitted_by(&[&public, &public], &by_certificate);
    assert_eq!(code(refused), "ERR_SERIAL_UNKNOWN");
    let stale = notification_at(NOW - 301, PUBLIC);
    assert_eq!(
        code(admitted_by(&[&certificate, &public], &stale)),
        "ERR_TIMESTAMP_SKEW"
    );
    // One without an APIv3 key takes none from the others.
    assert_eq!(
        code(admitted_by(&[&public, &keyless], &by_certificate)),
        "ERR_SERIAL_UNKNOWN"
    );
    assert_eq!(
        code(admitted_by(&[&keyless, &keyless], &by_certificate)),
        "ERR_CONFIG"
    );
    // Who knows the key says more than who does not.
    assert_eq!(
        code(received_by(&[&public, &certificate], &forged())),
        "ERR_SIGNATURE_INVALID"
    );
    assert_eq!(
        code(received_by(&[&certificate, &public], &forged())),
        "ERR_SIGNATURE_INVALID"
    );
}
