//! Checks the memory layout that tests/redaction searches for: the round keys of its APIv3 key
//! while a cipher is alive. If a release of `aes` changes this layout, that search would find
//! nothing and still pass.
#![cfg(target_arch = "wasm32")]

use aes_gcm::KeyInit;
use aes_gcm::aes::Aes256;
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn round_keys_have_the_layout_of_the_search() {
    let cipher = Aes256::new(b"SECRETSECRETSECRETSECRETSECRET32".into());
    // SAFETY: the cipher lives while its bytes are read. In Wasm it is an array of words without
    // uninitialized bytes between them.
    let bytes = unsafe {
        std::slice::from_raw_parts((&raw const cipher).cast::<u8>(), size_of::<Aes256>())
    };
    for line in include_str!("redaction/round-keys.hex").lines() {
        let needle: Vec<u8> = (0..line.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&line[at..at + 2], 16).expect("is hexadecimal"))
            .collect();
        assert_eq!(needle.len(), 16);
        assert!(bytes.windows(16).any(|part| part == needle), "{line}");
    }
}
