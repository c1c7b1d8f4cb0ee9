//! Names: `snake_case` on the wire and in the core, camelCase in JavaScript.

/// The mechanical camelCase of a `snake_case` name: `out_contract_code` → `outContractCode`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut characters = word.chars();
        camel.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(characters.as_str());
    }
    camel
}
