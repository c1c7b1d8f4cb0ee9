//! Names: `snake_case` on the wire and in the core, camelCase in JavaScript.

/// The mechanical camelCase of a `snake_case` name: `out_contract_code` → `outContractCode`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut after_underscore = false;
    for character in name.chars() {
        if character == '_' {
            after_underscore = true;
        } else if after_underscore {
            camel.push(character.to_ascii_uppercase());
            after_underscore = false;
        } else {
            camel.push(character);
        }
    }
    camel
}
