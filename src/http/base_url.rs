//! The origin that requests are sent to. It uses https, so that nobody on the way can read or
//! change a request. Plain http is allowed only to this machine itself, where a sandbox runs.

use std::fmt;

use super::ip_address::{is_ipv4, is_ipv6};
use crate::error::Error;
use crate::error::message::{Message, message};

/// An origin, such as `https://api.mch.weixin.qq.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

/// WeChat Pay's main host.
const MAIN: &str = "https://api.mch.weixin.qq.com";
/// Each main host, and its spare host. Both accept the same calls (WeChat Pay's guide to disaster
/// recovery). The second domain is that of WeChat Pay's own Java SDK (wechatpay-java, pull request 175).
const SPARES: [(&str, &str); 2] = [
    (MAIN, "https://api2.mch.weixin.qq.com"),
    ("https://api.wechatpay.cn", "https://api2.wechatpay.cn"),
];
/// WeChat Pay's host in Hong Kong, which has no spare.
const HONG_KONG: &str = "https://apihk.mch.weixin.qq.com";

impl Default for BaseUrl {
    /// WeChat Pay's main host.
    fn default() -> Self {
        Self(MAIN.to_owned())
    }
}

impl BaseUrl {
    /// Reads an origin: a scheme, a host and optionally a port. A slash at the end is allowed. A
    /// path is not: whether it is part of the signed string would depend on who strips it.
    ///
    /// # Errors
    /// [`Error::Config`] for `base_url`: it is not an origin, or neither https nor on loopback.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refused = |problem: Message| Err(Error::config("base_url", problem));
        let lower = text.to_ascii_lowercase();
        let Some((scheme @ ("http" | "https"), rest)) = split_scheme(&lower) else {
            return refused(message!("must be an origin that begins with https://"));
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let Some(host) = parse_authority(authority) else {
            return refused(message!(
                "must be only an origin, such as https://api.mch.weixin.qq.com: a host and optionally a \
                 port; no user, path, query or fragment"
            ));
        };
        if scheme == "http" && !is_loopback(host) {
            return refused(message!(
                "must begin with https://; plain http is accepted for loopback hosts only"
            ));
        }
        Ok(Self(format!("{scheme}://{authority}")))
    }

    /// The origin that the same request may be sent to if this one does not respond: the spare host
    /// if this is a main host of WeChat Pay, in the same domain. Any other origin has none.
    ///
    /// ```
    /// use wechatpay_wasm::BaseUrl;
    /// let spare = BaseUrl::default().spare().unwrap();
    /// assert_eq!(spare.to_string(), "https://api2.mch.weixin.qq.com");
    /// assert_eq!(spare.spare(), None);
    /// ```
    #[must_use]
    pub fn spare(&self) -> Option<Self> {
        let (_, spare) = SPARES.iter().find(|(main, _)| self.0 == *main)?;
        Some(Self((*spare).to_owned()))
    }

    /// The origin to fetch `url` from, and its path and query, byte for byte. WeChat Pay returned
    /// `url` in a response. `None` if no Authorization may be sent to its host: it is neither this
    /// origin nor one of WeChat Pay's own. If this origin is not WeChat Pay's (the merchant's own
    /// proxy), it also replaces WeChat Pay's host in `url`, as it does in every call.
    pub(crate) fn admit<'u>(&self, url: &'u str) -> Option<(Self, &'u str)> {
        let (_, rest) = split_scheme(url)?;
        let path_and_query = rest.get(rest.find('/')?..)?;
        let origin = url.strip_suffix(path_and_query)?;
        let origin = Self::parse(origin).ok()?.without_default_port();
        if self.clone().without_default_port() == origin {
            Some((self.clone(), path_and_query))
        } else if !origin.is_wechat_pay() {
            None
        } else if self.is_wechat_pay() {
            Some((origin, path_and_query))
        } else {
            Some((self.clone(), path_and_query))
        }
    }

    fn is_wechat_pay(&self) -> bool {
        let bare = self.clone().without_default_port().0;
        bare == HONG_KONG
            || SPARES
                .iter()
                .any(|&(main, spare)| bare == main || bare == spare)
    }

    fn without_default_port(self) -> Self {
        let port = if self.0.starts_with("https") {
            ":443"
        } else {
            ":80"
        };
        let bare = self.0.strip_suffix(port).map(str::to_owned);
        bare.map_or(self, Self)
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

/// The scheme of a URL, and what follows its two slashes.
pub(crate) fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

/// The host of `host`, `host:port` or `[v6]:port`; `None` if the text has another form.
fn parse_authority(authority: &str) -> Option<&str> {
    let (host, rest) = if let Some(bracketed) = authority.strip_prefix('[') {
        let (v6, rest) = bracketed.split_once(']')?;
        is_ipv6(v6).then_some((v6, rest))?
    } else {
        let (host, rest) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
        is_host_name(host).then_some((host, rest))?
    };
    let port = rest.strip_prefix(':');
    let is_complete = match port {
        None => rest.is_empty(),
        // `parse` alone would accept a sign.
        Some(port) => {
            port.bytes().all(|b| b.is_ascii_digit())
                && port.parse::<u16>().is_ok_and(|port| port > 0)
        }
    };
    is_complete.then_some(host)
}

/// A DNS name (RFC 1123, section 2.1) or an IPv4 address. A host whose last label begins with a
/// digit must be an IPv4 address.
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
    host.len() <= 253 && host.split('.').all(is_label) && (!ends_in_number || is_ipv4(host))
}

/// `localhost`, 127.0.0.0/8 and ::1. A name that only begins like one of them is another host.
fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "::1") || (host.starts_with("127.") && is_ipv4(host))
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[track_caller]
    fn fetched(base: &str, url: &str) -> Option<String> {
        let base = BaseUrl::parse(base).expect("parses");
        let (origin, path) = base.admit(url)?;
        Some(origin.join(path))
    }

    const FILE: &str = "/v3/billdownload/file?token=xxx&tartype=gzip";

    #[test]
    fn accepts_wechat_pays_hosts_and_its_own() {
        let main = format!("https://api.mch.weixin.qq.com{FILE}");
        let spare = format!("https://api2.mch.weixin.qq.com{FILE}");
        let second = ["api", "api2"].map(|host| format!("https://{host}.wechatpay.cn{FILE}"));
        for base in [
            "https://api.mch.weixin.qq.com",
            "https://apihk.mch.weixin.qq.com/",
            "https://api.wechatpay.cn",
            "https://api2.wechatpay.cn",
        ] {
            for url in [&main, &spare, &second[0], &second[1]] {
                assert_eq!(fetched(base, url).as_ref(), Some(url));
            }
        }
        assert_eq!(
            fetched("https://api.mch.weixin.qq.com:443", &spare).as_ref(),
            Some(&spare)
        );
        let upper = format!("HTTPS://API.mch.weixin.qq.com:443{FILE}");
        assert_eq!(
            fetched("https://api.mch.weixin.qq.com", &upper),
            Some(main.clone())
        );
        let local = format!("http://127.0.0.1:8080{FILE}");
        assert_eq!(
            fetched("http://127.0.0.1:8080", &local).as_ref(),
            Some(&local)
        );
        // The merchant's own proxy replaces WeChat Pay's host.
        assert_eq!(
            fetched("http://127.0.0.1:8080", &main).as_ref(),
            Some(&local)
        );
    }

    #[test]
    fn has_a_spare_host_in_its_own_domain() {
        let spare = |base: &str| {
            let base = BaseUrl::parse(base).expect("parses");
            base.spare().map(|spare| spare.to_string())
        };
        let of = |host: &str| Some(format!("https://{host}"));
        assert_eq!(
            spare("https://api.mch.weixin.qq.com"),
            of("api2.mch.weixin.qq.com")
        );
        assert_eq!(spare("https://api.wechatpay.cn"), of("api2.wechatpay.cn"));
        for base in [
            "api2.mch.weixin.qq.com",
            "api2.wechatpay.cn",
            "apihk.mch.weixin.qq.com",
        ] {
            assert_eq!(spare(&format!("https://{base}")), None);
        }
    }

    #[test]
    fn rejects_other_hosts() {
        for url in [
            "https://evil.example/v3/billdownload/file",
            "https://api.mch.weixin.qq.com.evil.example/v3/x",
            "https://api.mch.weixin.qq.com@evil.example/v3/x",
            "https://evil.example#api.mch.weixin.qq.com/v3/x",
            "https://evil.example\\api.mch.weixin.qq.com/v3/x",
            "https://api.mch.weixin.qq.com:8443/v3/x",
            "http://api.mch.weixin.qq.com/v3/x",
            "https://wechatpay.cn/v3/x",
            "https://api3.wechatpay.cn/v3/x",
            "https://pay.wechatpay.cn/v3/x",
            "https://api.wechatpay.cn.evil.example/v3/x",
            "https://apihk.wechatpay.cn/v3/x",
            "http://api.wechatpay.cn/v3/x",
            "http://127.0.0.1:8081/v3/x",
            "//api.mch.weixin.qq.com/v3/x",
            "/v3/billdownload/file",
            "https://api.mch.weixin.qq.com",
            "https://api.mch.weixin.qq.com?x=/v3",
            "ftp://api.mch.weixin.qq.com/v3/x",
            " https://api.mch.weixin.qq.com/v3/x",
            "",
        ] {
            assert_eq!(fetched("https://api.mch.weixin.qq.com", url), None, "{url}");
            assert_eq!(fetched("http://127.0.0.1:8080", url), None, "{url}");
        }
    }
}
