//! What tests/redaction searches the memory for: that the round keys of its APIv3 key are laid out so
//! while a cipher is alive. A release of `aes` that lays them out anew would make that search idle.
#![cfg(target_arch = "wasm32")]

use aes_gcm::KeyInit;
use aes_gcm::aes::Aes256;
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn round_keys_are_laid_out_as_the_search_takes_them() {
    let cipher = Aes256::new(b"SECRETSECRETSECRETSECRETSECRET32".into());
    // SAFETY: the cipher lives as long as its bytes are read; in Wasm it is an array of words, with
    // nothing between them that is not initialised.
    let bytes = unsafe {
        std::slice::from_raw_parts((&raw const cipher).cast::<u8>(), size_of::<Aes256>())
    };
    for line in include_str!("../redaction/round-keys.hex").lines() {
        let needle: Vec<u8> = (0..line.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&line[at..at + 2], 16).expect("is hexadecimal"))
            .collect();
        assert_eq!(needle.len(), 16);
        assert!(bytes.windows(16).any(|part| part == needle), "{line}");
    }
}
