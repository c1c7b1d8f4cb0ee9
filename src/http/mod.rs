//! HTTP as the protocol needs it: base URLs, paths, queries, dates and multipart bodies.
//!
//! Belongs here: what RFC 9110, RFC 3986, RFC 6570, RFC 7578 or the WHATWG URL standard defines.
//! Nothing here knows WeChat Pay, except for the names of its hosts.
//! May import: `error`, `time`.

pub(crate) mod base_url;
pub(crate) mod http_date;
mod ip_address;
pub(crate) mod multipart;
pub(crate) mod path_and_query;
pub(crate) mod percent_encoding;
pub(crate) mod uri_template;
pub(crate) mod url_stability;
