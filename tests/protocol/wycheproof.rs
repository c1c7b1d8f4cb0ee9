//! Project Wycheproof: what a verifier takes that is careless with padding, DER or size, and what an
//! AES-GCM takes that is careless with the tag, the nonce or the counter, and
//! what an OAEP opens that is careless with its padding.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Apiv3Key, parse_private_key, parse_public_key};
use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};
use wycheproof::{HashFunction, TestResult, aead, rsa_oaep};

#[test]
fn verification_agrees_with_wycheproof() {
    let mut checked = 0;
    for name in [
        TestName::Rsa2048Sha256,
        TestName::Rsa3072Sha256,
        TestName::Rsa4096Sha256,
    ] {
        for group in TestSet::load(name).expect("loads").test_groups {
            let key = parse_public_key(&group.der).expect("parses");
            for case in group.tests {
                let held = key.verify(&case.msg, &case.sig);
                // "Acceptable" is the missing NULL of the digest's parameters, which RFC 8017
                // (section 9.2, note 1) allows a verifier to refuse.
                let expected = case.result == TestResult::Valid;
                assert_eq!(held, expected, "{name:?} {}: {}", case.tc_id, case.comment);
                checked += 1;
            }
        }
    }
    assert!(checked > 600, "only {checked} signatures");
}

/// How many sealed texts opened as they must, and how many were refused as they must be.
#[derive(Debug, Default)]
struct Tally {
    opened: u32,
    refused: u32,
}

impl Tally {
    #[track_caller]
    fn judge(&mut self, opened: Option<&[u8]>, expected: Option<&[u8]>, case: &str) {
        assert_eq!(opened, expected, "{case}");
        match expected {
            Some(_) => self.opened += 1,
            None => self.refused += 1,
        }
    }
}

#[test]
fn opening_agrees_with_wycheproof() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).expect("loads");
    let mut tally = Tally::default();
    for group in set.test_groups {
        if group.key_size != 256 || group.tag_size != 128 {
            continue;
        }
        for case in group.tests {
            let key = Apiv3Key::parse(&case.key).expect("is 32 bytes");
            let sealed = [&case.ct[..], &case.tag[..]].concat();
            let text = key.open(&case.nonce, &case.aad, &sealed);
            // Other nonces are AES-GCM, but not AEAD_AES_256_GCM (RFC 5116, section 5.2).
            let expected = case.result == TestResult::Valid && group.nonce_size == 96;
            let expected = expected.then_some(&case.pt[..]);
            let text = text.as_deref().map(Vec::as_slice);
            tally.judge(text, expected, &format!("{}: {}", case.tc_id, case.comment));
        }
    }
    assert!(tally.opened > 30 && tally.refused > 60, "only {tally:?}");
}

#[test]
fn unsealing_agrees_with_wycheproof() {
    let mut tally = Tally::default();
    for name in [
        rsa_oaep::TestName::Rsa2048Sha1Mgf1Sha1,
        rsa_oaep::TestName::RsaMisc,
    ] {
        for group in rsa_oaep::TestSet::load(name).expect("loads").test_groups {
            let ours = [&group.hash, &group.mgf_hash].map(|hash| *hash == HashFunction::Sha1);
            if ours != [true, true] {
                continue;
            }
            // Some keys of the other set are shorter than WeChat Pay's.
            let Ok(key) = parse_private_key(&group.pkcs8) else {
                assert!(group.key_size < 2048, "{name:?}: {}", group.key_size);
                continue;
            };
            for case in group.tests {
                let text = key.open(&case.ct, &[9; 32]);
                // The protocol has no labels, so that what has one must not open.
                let expected = case.result == TestResult::Valid && case.label.is_empty();
                let expected = expected.then_some(&case.pt[..]);
                let text = text.as_deref().map(Vec::as_slice);
                let case = format!("{name:?} {}: {}", case.tc_id, case.comment);
                tally.judge(text, expected, &case);
            }
        }
    }
    assert!(tally.opened >= 10 && tally.refused >= 15, "only {tally:?}");
}
