//! Configuration from environment variables, as serverless platforms provide it.

use std::fmt;

use zeroize::Zeroizing;

use crate::error::Error;
use crate::error::message::message;

/// `WECHATPAY_MCHID`: the merchant number.
pub const MCHID: Variable = Variable {
    name: "WECHATPAY_MCHID",
    option: "mchid",
};
/// `WECHATPAY_SERIAL`: the serial number of the merchant API certificate. Optional beside that.
pub const SERIAL: Variable = Variable {
    name: "WECHATPAY_SERIAL",
    option: "serial",
};
/// `WECHATPAY_CERT`: the content of `apiclient_cert.pem`. Optional beside its serial number.
pub const CERT: Variable = Variable {
    name: "WECHATPAY_CERT",
    option: "cert",
};
/// `WECHATPAY_PRIVATE_KEY`: the content of `apiclient_key.pem`.
pub const PRIVATE_KEY: Variable = Variable {
    name: "WECHATPAY_PRIVATE_KEY",
    option: "private_key",
};
/// `WECHATPAY_PUBLIC_KEY_ID`: the id of the WeChat Pay public key, `PUB_KEY_ID_…`.
pub const PUBLIC_KEY_ID: Variable = Variable {
    name: "WECHATPAY_PUBLIC_KEY_ID",
    option: "certs",
};
/// `WECHATPAY_PUBLIC_KEY`: the content of `pub_key.pem`.
pub const PUBLIC_KEY: Variable = Variable {
    name: "WECHATPAY_PUBLIC_KEY",
    option: "certs",
};
/// `WECHATPAY_CERTS`: `auto` if platform certificates are to be downloaded, too. Optional.
pub const CERTS: Variable = Variable {
    name: "WECHATPAY_CERTS",
    option: "certs",
};
/// `WECHATPAY_APIV3_KEY`: the APIv3 key, 32 bytes. Optional.
pub const APIV3_KEY: Variable = Variable {
    name: "WECHATPAY_APIV3_KEY",
    option: "apiv3_key",
};
/// `WECHATPAY_BASE_URL`: where requests go. Optional.
pub const BASE_URL: Variable = Variable {
    name: "WECHATPAY_BASE_URL",
    option: "base_url",
};

/// All variables.
pub const VARIABLES: [Variable; 9] = [
    MCHID,
    SERIAL,
    CERT,
    PRIVATE_KEY,
    PUBLIC_KEY_ID,
    PUBLIC_KEY,
    CERTS,
    APIV3_KEY,
    BASE_URL,
];

/// An environment variable, and the option that it sets.
///
/// Instead of the value, a variable of the same name with `_FILE` at its end may name a file that
/// contains the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// The variable's name.
    pub name: &'static str,
    /// The option's name, in `snake_case`.
    pub option: &'static str,
}

/// The configuration in the environment. Secrets are zeroized when it is dropped.
pub struct Environment {
    /// The merchant number.
    pub mchid: Zeroizing<String>,
    /// The serial number of the merchant API certificate. Without it there is the certificate.
    pub serial: Option<Zeroizing<String>>,
    /// The merchant API certificate, if it is set.
    pub cert: Option<Zeroizing<String>>,
    /// The merchant's private key in PEM.
    pub private_key: Zeroizing<String>,
    /// The WeChat Pay public key: its id and its PEM. It is required unless certificates are
    /// downloaded.
    pub public_key: Option<(Zeroizing<String>, Zeroizing<String>)>,
    /// Whether platform certificates are downloaded.
    pub automatic: bool,
    /// The APIv3 key, if it is set.
    pub apiv3_key: Option<Zeroizing<String>>,
    /// The base URL, if it is set.
    pub base_url: Option<Zeroizing<String>>,
}

impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Environment([redacted])")
    }
}

impl Environment {
    /// Reads the variables through `lookup`, which is called with the name of each variable and of
    /// its `_FILE` variable, and the files through `read_file`. White space around a value is not
    /// part of it. An empty value counts as unset.
    ///
    /// # Errors
    /// [`Error::Config`] for the first option whose variable is missing, which names all that are; for
    /// the first that is set twice, by value and by file; and for `certs` if `WECHATPAY_CERTS` is a word other than `auto`. Errors of
    /// `lookup` and `read_file` are passed on.
    pub fn read(
        mut lookup: impl FnMut(Variable, &str) -> Result<Option<String>, Error>,
        mut read_file: impl FnMut(Variable, &str) -> Result<String, Error>,
    ) -> Result<Self, Error> {
        let mut optional = |variable: Variable| -> Result<Option<Zeroizing<String>>, Error> {
            let mut value = |name: &str| -> Result<Option<Zeroizing<String>>, Error> {
                Ok(lookup(variable, name)?
                    .map(Zeroizing::new)
                    .and_then(|text| trimmed(&text)))
            };
            let file_name = format!("{}_FILE", variable.name);
            match (value(variable.name)?, value(&file_name)?) {
                (Some(_), Some(_)) => Err(Error::config(
                    variable.option,
                    message!(
                        "{} and {} are both set; set one of them",
                        variable.name,
                        file_name
                    ),
                )),
                (None, Some(path)) => {
                    let content = Zeroizing::new(read_file(variable, &path)?);
                    trimmed(&content).map(Some).ok_or_else(|| {
                        Error::config(
                            variable.option,
                            message!("the file of {} is empty", file_name),
                        )
                    })
                }
                (by_value, None) => Ok(by_value),
            }
        };
        let (mchid, serial, cert) = (optional(MCHID)?, optional(SERIAL)?, optional(CERT)?);
        let private_key = optional(PRIVATE_KEY)?;
        let automatic = match optional(CERTS)?.as_deref().map(String::as_str) {
            None => false,
            Some("auto") => true,
            Some(_) => {
                let problem = message!(
                    "{} in the environment must be auto or unset: keys have their own variables",
                    CERTS.name
                );
                return Err(Error::config(CERTS.option, problem));
            }
        };
        let (id, key) = (optional(PUBLIC_KEY_ID)?, optional(PUBLIC_KEY)?);
        // Explicit, so that a forgotten key does not change which keys are trusted.
        let keyless = automatic && id.is_none() && key.is_none();
        let lacking = missing(&[
            (MCHID, mchid.is_none()),
            (SERIAL, serial.is_none() && cert.is_none()),
            (PRIVATE_KEY, private_key.is_none()),
            (PUBLIC_KEY_ID, id.is_none() && !keyless),
            (PUBLIC_KEY, key.is_none() && !keyless),
        ]);
        if let Some(error) = lacking {
            return Err(error);
        }
        // None of them is missing.
        Ok(Self {
            mchid: mchid.unwrap_or_default(),
            serial,
            cert,
            private_key: private_key.unwrap_or_default(),
            public_key: id.zip(key),
            automatic,
            apiv3_key: optional(APIV3_KEY)?,
            base_url: optional(BASE_URL)?,
        })
    }
}

/// One error about all variables that are missing.
fn missing(variables: &[(Variable, bool)]) -> Option<Error> {
    let mut missing = variables.iter().filter(|(_, is)| *is).map(|(one, _)| *one);
    let Variable { name, option } = missing.next()?;
    let file = format!("{name}_FILE");
    let problem = if option == SERIAL.option {
        message!(
            "{} is not set in the environment, nor is {}, nor {} in its place",
            name,
            file,
            CERT.name
        )
    } else {
        message!("{} is not set in the environment, nor is {}", name, file)
    };
    let mut others = String::new();
    for other in missing {
        others.push_str(if others.is_empty() { "" } else { ", " });
        others.push_str(other.name);
    }
    let problem = match others.as_str() {
        "" => problem,
        others => message!("{}; also missing: {}", problem, others),
    };
    Some(Error::config(option, problem))
}

fn trimmed(value: &str) -> Option<Zeroizing<String>> {
    let text = value.trim();
    (!text.is_empty()).then(|| Zeroizing::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&str, &str); 5] = [
        ("WECHATPAY_MCHID", "1900007291"),
        ("WECHATPAY_SERIAL", " 408B\n"),
        ("WECHATPAY_PRIVATE_KEY_FILE", "/run/secrets/key"),
        ("WECHATPAY_PUBLIC_KEY_ID", "PUB_KEY_ID_01"),
        ("WECHATPAY_PUBLIC_KEY", "pem"),
    ];

    fn read(variables: &[(&str, &str)]) -> Result<Environment, Error> {
        let find = |name: &str| variables.iter().find(|(known, _)| *known == name);
        Environment::read(
            |_, name| Ok(find(name).map(|(_, value)| (*value).to_owned())),
            |variable, path| match path {
                "/run/secrets/key" => Ok("key\n".to_owned()),
                "/run/secrets/empty" => Ok("\n".to_owned()),
                _ => Err(Error::config(variable.option, message!("no such file"))),
            },
        )
    }

    fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
        let mut variables: Vec<_> = ALL
            .into_iter()
            .filter(|(known, _)| *known != name)
            .collect();
        variables.push((name, value));
        variables
    }

    #[test]
    fn reads_values_and_files() {
        let environment = read(&ALL).expect("reads");
        assert_eq!(*environment.mchid, "1900007291");
        assert_eq!(
            environment.serial.as_deref().map(String::as_str),
            Some("408B")
        );
        assert!(environment.cert.is_none());
        assert_eq!(*environment.private_key, "key");
        let (id, key) = environment.public_key.expect("is there");
        assert_eq!((id.as_str(), key.as_str()), ("PUB_KEY_ID_01", "pem"));
        assert!(!environment.automatic);
        assert!(environment.apiv3_key.is_none() && environment.base_url.is_none());

        let more = read(&with("WECHATPAY_BASE_URL", "https://x")).expect("reads");
        assert_eq!(
            more.base_url.as_deref().map(String::as_str),
            Some("https://x")
        );
    }

    #[test]
    fn certificates_are_downloaded_only_with_auto() {
        let [mchid, serial, private_key, id, key] = ALL;
        let auto = ("WECHATPAY_CERTS", "auto");
        let environment = read(&[mchid, serial, private_key, auto]).expect("reads");
        assert!(environment.automatic && environment.public_key.is_none());
        let environment = read(&[mchid, serial, private_key, id, key, auto]).expect("reads");
        assert!(environment.automatic && environment.public_key.is_some());

        // A missing key and half of a key are mistakes.
        for (variables, problem) in [
            (&[mchid, serial, private_key][..], "WECHATPAY_PUBLIC_KEY_ID"),
            (&[mchid, serial, private_key, id], "WECHATPAY_PUBLIC_KEY"),
            (
                &[mchid, serial, private_key, key],
                "WECHATPAY_PUBLIC_KEY_ID",
            ),
            (
                &[mchid, serial, private_key, id, auto],
                "WECHATPAY_PUBLIC_KEY",
            ),
            (
                &[mchid, serial, private_key, key, auto],
                "WECHATPAY_PUBLIC_KEY_ID",
            ),
        ] {
            let error = read(variables).expect_err("fails").to_string();
            let expected = format!("certs: {problem} is not set");
            assert!(error.starts_with(&expected), "{error}");
        }
        for word in ["Auto", "automatic", "true", "pem"] {
            let error = read(&with("WECHATPAY_CERTS", word)).expect_err("fails");
            assert_eq!(
                error.to_string(),
                "certs: WECHATPAY_CERTS in the environment must be auto or unset: keys have their \
                 own variables"
            );
        }
    }

    #[test]
    fn names_all_that_are_missing() {
        let error = |variables: &[(&str, &str)]| read(variables).expect_err("fails").to_string();
        assert_eq!(
            error(&[]),
            "mchid: WECHATPAY_MCHID is not set in the environment, nor is WECHATPAY_MCHID_FILE; also \
             missing: WECHATPAY_SERIAL, WECHATPAY_PRIVATE_KEY, WECHATPAY_PUBLIC_KEY_ID, \
             WECHATPAY_PUBLIC_KEY"
        );
        let [mchid, _, private_key, id, _] = ALL;
        assert_eq!(
            error(&[mchid, private_key, id]),
            "serial: WECHATPAY_SERIAL is not set in the environment, nor is WECHATPAY_SERIAL_FILE, nor \
             WECHATPAY_CERT in its place; also missing: WECHATPAY_PUBLIC_KEY"
        );
        let auto = ("WECHATPAY_CERTS", "auto");
        let all = error(&[mchid, auto]);
        assert!(all.ends_with("missing: WECHATPAY_PRIVATE_KEY"), "{all}");
    }

    #[test]
    fn the_certificate_replaces_the_serial_number() {
        let [mchid, serial, private_key, id, key] = ALL;
        let cert = ("WECHATPAY_CERT", "cert");
        let environment = read(&[mchid, cert, private_key, id, key]).expect("reads");
        assert!(environment.serial.is_none() && environment.cert.is_some());
        let environment = read(&[mchid, serial, cert, private_key, id, key]).expect("reads");
        assert!(environment.serial.is_some() && environment.cert.is_some());
        let error = read(&[mchid, private_key, id, key]).expect_err("fails");
        assert_eq!(
            error.to_string(),
            "serial: WECHATPAY_SERIAL is not set in the environment, nor is WECHATPAY_SERIAL_FILE, nor \
             WECHATPAY_CERT in its place"
        );
    }

    #[test]
    fn names_the_option_and_the_variable() {
        let error = |variables: &[(&str, &str)]| read(variables).expect_err("fails").to_string();
        assert_eq!(
            error(&with("WECHATPAY_MCHID", " ")),
            "mchid: WECHATPAY_MCHID is not set in the environment, nor is WECHATPAY_MCHID_FILE"
        );
        assert_eq!(
            error(&with("WECHATPAY_PRIVATE_KEY", "pem")),
            "private_key: WECHATPAY_PRIVATE_KEY and WECHATPAY_PRIVATE_KEY_FILE are both set; set one of them"
        );
        assert_eq!(
            error(&with("WECHATPAY_PRIVATE_KEY_FILE", "/run/secrets/empty")),
            "private_key: the file of WECHATPAY_PRIVATE_KEY_FILE is empty"
        );
        assert_eq!(
            error(&with("WECHATPAY_BASE_URL_FILE", "/nowhere")),
            "base_url: no such file"
        );
    }
}
