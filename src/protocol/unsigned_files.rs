//! Which files WeChat Pay neither signs nor hashes (WeChat Pay merchant documents 4012467221 and 4012533431).

/// Their paths. One that ends in a slash is followed by one segment.
const PATHS: [&str; 6] = [
    "/v3/merchant-service/images/",
    "/v3/global/merchant-service/images/",
    "/v3/new-tax-control-fapiao/download",
    "/v3/statements",
    "/v3/global/statements",
    "/hk/v3/statements",
];

/// Whether `path`, without a query, is that of such a file.
pub(crate) fn is_at(path: &str) -> bool {
    PATHS.iter().any(|known| match path.strip_prefix(known) {
        Some(rest) if known.ends_with('/') => !rest.is_empty() && !rest.contains('/'),
        rest => rest == Some(""),
    })
}
