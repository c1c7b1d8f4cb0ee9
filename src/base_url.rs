//! Where requests go. Over https, so that nobody between reads or changes them; plain http only to
//! this machine itself, where a sandbox runs.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::error::Error;

/// An origin, such as `https://api.mch.weixin.qq.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

/// WeChat Pay's main host, and the one that it keeps ready beside it (WeChat Pay's guide to
/// disaster recovery: both answer the same calls).
const MAIN: &str = "https://api.mch.weixin.qq.com";
const SPARE: &str = "https://api2.mch.weixin.qq.com";

impl Default for BaseUrl {
    /// WeChat Pay's main host.
    fn default() -> Self {
        Self(MAIN.to_owned())
    }
}

impl BaseUrl {
    /// Reads an origin: a scheme, a host, and a port if need be; a slash may end it. It has no
    /// path, since a path would be signed or not depending on who strips it.
    ///
    /// # Errors
    /// [`Error::Config`] for `base_url`: it is not an origin, or neither https nor on loopback.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refused = |problem| Err(Error::config("base_url", problem));
        let lower = text.to_ascii_lowercase();
        let Some((scheme @ ("http" | "https"), rest)) = lower.split_once("://") else {
            return refused("must be an origin that begins with https://");
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let Some(host) = parse_authority(authority) else {
            return refused(
                "must be an origin alone, such as https://api.mch.weixin.qq.com: a host and, if \
                 need be, a port; no user, path, query or fragment",
            );
        };
        if scheme == "http" && !is_loopback(host) {
            return refused(
                "must begin with https://; plain http is taken for loopback hosts only",
            );
        }
        Ok(Self(format!("{scheme}://{authority}")))
    }

    /// Where else the same request may go when nobody answers here: from WeChat Pay's main host to its
    /// spare one. A host that somebody chose has none.
    ///
    /// ```
    /// use wechatpay_wasm::BaseUrl;
    /// let spare = BaseUrl::default().spare().unwrap();
    /// assert_eq!(spare.to_string(), "https://api2.mch.weixin.qq.com");
    /// assert_eq!(spare.spare(), None);
    /// ```
    #[must_use]
    pub fn spare(&self) -> Option<Self> {
        (self.0 == MAIN).then(|| Self(SPARE.to_owned()))
    }

    /// The URL of a path that begins with a slash.
    #[must_use]
    pub fn join(&self, path_and_query: &str) -> String {
        format!("{}{path_and_query}", self.0)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The host of `host`, `host:port` or `[v6]:port`; `None` where it is something else.
fn parse_authority(authority: &str) -> Option<&str> {
    let (host, rest) = if let Some(bracketed) = authority.strip_prefix('[') {
        let (v6, rest) = bracketed.split_once(']')?;
        v6.parse::<Ipv6Addr>().ok()?;
        (v6, rest)
    } else {
        let (host, rest) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
        is_host_name(host).then_some((host, rest))?
    };
    let port = rest.strip_prefix(':');
    let whole = match port {
        None => rest.is_empty(),
        // `parse` alone would take a sign.
        Some(port) => {
            port.bytes().all(|b| b.is_ascii_digit())
                && port.parse::<u16>().is_ok_and(|port| port > 0)
        }
    };
    whole.then_some(host)
}

/// A DNS name (RFC 1123, section 2.1), or an IPv4 address: what ends in a number is one or nothing.
fn is_host_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let ends_in_number = host
        .rsplit('.')
        .next()
        .is_some_and(|last| last.starts_with(|first: char| first.is_ascii_digit()));
    host.len() <= 253
        && host.split('.').all(is_label)
        && (!ends_in_number || host.parse::<Ipv4Addr>().is_ok())
}

/// `localhost`, 127.0.0.0/8 and ::1. A name that merely begins like one of them is another host.
fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || host
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback())
}
