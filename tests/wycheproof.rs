//! Project Wycheproof's signatures: what a verifier takes that is careless with padding, DER or size.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wechatpay_wasm::parse_public_key;
use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};

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
