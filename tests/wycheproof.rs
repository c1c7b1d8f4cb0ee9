//! Project Wycheproof's vectors. They find a signature verification that is careless with padding,
//! DER or sizes, an AES-GCM that is careless with the tag, the nonce or the counter, and an OAEP
//! decryption that is careless with its padding.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::{Apiv3Key, parse_private_key, parse_public_key};
use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};
use wycheproof::{HashFunction, TestResult, aead, rsa_oaep};

#[test]
fn signature_verification_agrees_with_wycheproof() {
    let mut checked = 0;
    for name in [
        TestName::Rsa2048Sha256,
        TestName::Rsa3072Sha256,
        TestName::Rsa4096Sha256,
    ] {
        for group in TestSet::load(name).expect("loads").test_groups {
            let key = parse_public_key(&group.der).expect("parses");
            for case in group.tests {
                let valid = key.verify(&case.msg, &case.sig);
                // "Acceptable" cases lack the NULL of the digest's parameters. RFC 8017 (section
                // 9.2, note 1) allows a verifier to reject them.
                let expected = case.result == TestResult::Valid;
                assert_eq!(valid, expected, "{name:?} {}: {}", case.tc_id, case.comment);
                checked += 1;
            }
        }
    }
    assert!(checked > 600, "only {checked} signatures");
}

/// How many ciphertexts were decrypted, and how many were rejected, each as expected.
#[derive(Debug, Default)]
struct Tally {
    decrypted: u32,
    rejected: u32,
}

impl Tally {
    #[track_caller]
    fn check(&mut self, decrypted: Option<&[u8]>, expected: Option<&[u8]>, case: &str) {
        assert_eq!(decrypted, expected, "{case}");
        match expected {
            Some(_) => self.decrypted += 1,
            None => self.rejected += 1,
        }
    }
}

#[test]
fn aes_gcm_agrees_with_wycheproof() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).expect("loads");
    let mut tally = Tally::default();
    for group in set.test_groups {
        if group.key_size != 256 || group.tag_size != 128 {
            continue;
        }
        for case in group.tests {
            let key = Apiv3Key::parse(&case.key).expect("is 32 bytes");
            let encrypted = [&case.ct[..], &case.tag[..]].concat();
            let text = key.decrypt(&case.nonce, &case.aad, &encrypted);
            // AES-GCM has other nonces, too, but AEAD_AES_256_GCM does not (RFC 5116, section 5.2).
            let expected = case.result == TestResult::Valid && group.nonce_size == 96;
            let expected = expected.then_some(&case.pt[..]);
            let text = text.as_deref().map(Vec::as_slice);
            tally.check(text, expected, &format!("{}: {}", case.tc_id, case.comment));
        }
    }
    assert!(
        tally.decrypted > 30 && tally.rejected > 60,
        "only {tally:?}"
    );
}

#[test]
fn oaep_agrees_with_wycheproof() {
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
            // Some keys of the set `RsaMisc` are shorter than WeChat Pay's.
            let Ok(key) = parse_private_key(&group.pkcs8) else {
                assert!(group.key_size < 2048, "{name:?}: {}", group.key_size);
                continue;
            };
            for case in group.tests {
                let text = key.decrypt(&case.ct, &[9; 32]);
                // The protocol has no labels, so a ciphertext with a label must not be decrypted.
                let expected = case.result == TestResult::Valid && case.label.is_empty();
                let expected = expected.then_some(&case.pt[..]);
                let text = text.as_deref().map(Vec::as_slice);
                let case = format!("{name:?} {}: {}", case.tc_id, case.comment);
                tally.check(text, expected, &case);
            }
        }
    }
    assert!(
        tally.decrypted >= 10 && tally.rejected >= 15,
        "only {tally:?}"
    );
}
