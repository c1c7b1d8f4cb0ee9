//! Whose list of certificates is believed. Whoever has the APIv3 key and the connection can make one.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Event, Output, Plan, Settings};

use crate::support::{NOW, PLATFORM_SERIAL, PUBLIC_KEY_ID, key};
use crate::wechatpay::{
    FIRST, FIRST_ENDS, FORGER, IMPOSTOR, MERCHANT, OWN_KEY, OWN_SERIAL, PLATFORM, PUBLIC, SECOND,
    SUCCESSOR, Signer, certificates, certificates_at, signed, signed_at,
};
use crate::world::{Run, World, get, know_both, know_certificate, notification_key, post};

/// A list that one of its own certificates verifies.
fn forged() -> Event {
    certificates_at(NOW, SUCCESSOR, &[SECOND])
}

fn automatic(settings: &mut Settings) {
    settings.automatic = true;
}

/// Clients that know a key: given, downloaded, or both.
fn worlds() -> Vec<World> {
    let given: [fn(&mut Settings); 6] = [
        |_| {},
        automatic,
        know_certificate,
        |settings| {
            know_certificate(settings);
            automatic(settings);
        },
        know_both,
        |settings| {
            know_both(settings);
            automatic(settings);
        },
    ];
    let mut worlds: Vec<World> = given.into_iter().map(World::with).collect();
    let mut downloaded = World::automatic();
    downloaded.perform(Plan::Certificates, [certificates()]);
    worlds.push(downloaded);
    worlds
}

#[track_caller]
fn is_unknown(world: &World, signer: Signer) {
    assert!(world.client.certs().key(signer.id).is_none());
}

#[test]
fn a_list_that_verifies_itself_is_refused_where_a_key_is_known() {
    for mut world in worlds() {
        let run = world.perform(Plan::Certificates, [forged()]);
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
        is_unknown(&world, SUCCESSOR);
    }
}

#[test]
fn neither_a_response_nor_a_notification_brings_such_a_list() {
    for mut world in [
        World::automatic_beside_public_key(),
        World::with(|settings| {
            know_certificate(settings);
            automatic(settings);
        }),
    ] {
        let run = world.perform(post(), [signed(SUCCESSOR, 200, "{}"), forged()]);
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
        world.at(NOW + 60);
        let list = certificates_at(NOW + 60, SUCCESSOR, &[SECOND]);
        let run = world.perform(notification_key(SUCCESSOR), [list]);
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
    }
}

#[test]
fn an_error_that_an_unknown_key_signed_is_refused_like_any() {
    for mut world in worlds() {
        let error = signed(SUCCESSOR, 401, r#"{"code":"SIGN_ERROR"}"#);
        let run = world.perform(Plan::Certificates, [error]);
        assert_eq!(run.code(), "ERR_SERIAL_UNKNOWN");
    }
}

#[test]
fn a_download_replaces_nothing_that_was_given() {
    let mut world = World::with(|settings| {
        know_both(settings);
        automatic(settings);
    });
    let list = certificates_at(NOW, PUBLIC, &[IMPOSTOR, SECOND]);
    world.perform(Plan::Certificates, [list]);
    let run = world.perform(get(), [signed(FORGER, 200, "{}")]);
    assert_eq!(run.code(), "ERR_SIGNATURE_INVALID");
    for signer in [PLATFORM, SUCCESSOR] {
        let run = world.perform(get(), [signed(signer, 200, "{}")]);
        assert_eq!(run.body(), "{}");
    }
}

#[test]
fn a_given_certificate_that_expired_is_not_replaced_by_what_verifies_itself() {
    let mut world = World::with(|settings| {
        know_certificate(settings);
        automatic(settings);
    });
    let now = FIRST_ENDS + 1;
    world.at(now);
    let list = certificates_at(now, SUCCESSOR, &[SECOND]);
    let run = world.perform(get(), [list]);
    assert_eq!(run.inner().code(), "ERR_SERIAL_UNKNOWN");
    // Nor by one that it signed itself.
    let list = certificates_at(now, PLATFORM, &[SECOND]);
    let run = world.perform(get(), [list]);
    assert_eq!(run.inner().code(), "ERR_SERIAL_UNKNOWN");
    assert!(run.inner().to_string().contains("has expired"));
    assert_eq!(run.own_sends(), 0);
}

#[test]
fn a_client_whose_downloads_all_expired_begins_anew() {
    let mut world = World::automatic();
    world.perform(Plan::Certificates, [certificates()]);
    let now = FIRST_ENDS + 1;
    world.at(now);
    let list = certificates_at(now, SUCCESSOR, &[SECOND]);
    let run = world.perform(get(), [list, signed_at(now, SUCCESSOR, 200, "{}")]);
    assert_eq!(run.body(), "{}");
}

/// The serial number that the last request names.
fn named(run: &Run) -> Option<&str> {
    let mut headers = run.sends.last().expect("is there").headers.iter();
    let found = headers.find(|(name, _)| name == "Wechatpay-Serial");
    found.map(|(_, value)| value.as_str())
}

#[test]
fn a_download_asks_for_the_signature_of_a_known_key() {
    let mut world = World::automatic();
    let run = world.perform(Plan::Certificates, [certificates()]);
    assert_eq!(named(&run), None);
    // A change of certificates: WeChat Pay signs with the new one unless it is asked.
    let run = world.perform(
        Plan::Certificates,
        [certificates_at(NOW, PLATFORM, &[SECOND, FIRST])],
    );
    assert_eq!(named(&run), Some(PLATFORM_SERIAL));
    let run = world.start(Plan::Certificates);
    assert_eq!(named(&run), Some(SECOND.serial));
    // So do the downloads that other calls need.
    world.at(NOW + 12 * 60 * 60);
    let run = world.start(get());
    assert_eq!(named(&run), Some(SECOND.serial));

    let run = World::with(know_both).start(Plan::Certificates);
    assert_eq!(named(&run), Some(PUBLIC_KEY_ID));
    // An expired certificate is not named.
    let mut world = World::automatic();
    world.perform(Plan::Certificates, [certificates()]);
    world.at(FIRST_ENDS + 1);
    assert_eq!(named(&world.start(Plan::Certificates)), None);
}

#[test]
fn the_merchants_own_key_is_never_wechat_pays() {
    let remote = || {
        World::remote_with(|settings| {
            let none = wechatpay_wasm::Certs::parse_some([("", ""); 0], &settings.merchant);
            settings.certs = none.expect("parses");
            automatic(settings);
        })
    };
    let certified = || {
        World::remote_with(|settings| {
            let merchant = wechatpay_wasm::Merchant::with_remote_signer(
                crate::support::MCHID,
                crate::support::SERIAL,
            );
            let merchant = merchant.expect("parses");
            let cert = key("merchant.cert.pem");
            settings.merchant = merchant.with_certificate(cert).expect("belongs");
            let none = wechatpay_wasm::Certs::parse_some([("", ""); 0], &settings.merchant);
            settings.certs = none.expect("parses");
            automatic(settings);
        })
    };
    let refused = |mut world: World, list: Event| {
        let run = world.perform(Plan::Certificates, [list]);
        assert_eq!(run.code(), "ERR_RESPONSE_INVALID");
        let message = run.error().to_string();
        assert!(message.contains("merchant's own"), "{message}");
        is_unknown(&world, MERCHANT);
    };
    let own_key = || certificates_at(NOW, MERCHANT, &[OWN_KEY]);
    refused(World::automatic(), own_key());
    refused(certified(), own_key());
    // Where a known key signed the list, too.
    refused(
        World::new(),
        certificates_at(NOW, PUBLIC, &[FIRST, OWN_KEY]),
    );
    for world in [World::automatic(), certified(), remote()] {
        refused(world, certificates_at(NOW, PLATFORM, &[FIRST, OWN_SERIAL]));
    }
    // Without its certificate, nobody can know the key that a signer hides.
    let run = remote().perform(Plan::Certificates, [own_key()]);
    assert!(matches!(run.output(), Output::Certificates(_)));
}
