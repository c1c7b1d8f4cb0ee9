//! Configuration from environment variables, as serverless platforms hand it over.

use std::fmt;

use zeroize::Zeroizing;

use crate::error::Error;

/// `WECHATPAY_MCHID`: the merchant number.
pub const MCHID: Variable = Variable {
    name: "WECHATPAY_MCHID",
    option: "mchid",
};
/// `WECHATPAY_SERIAL`: the serial number of the merchant API certificate.
pub const SERIAL: Variable = Variable {
    name: "WECHATPAY_SERIAL",
    option: "serial",
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

/// An environment variable, and the option that it stands for.
///
/// Every one may also name a file that holds the value, in a variable of the same name with
/// `_FILE` at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// The variable's name.
    pub name: &'static str,
    /// The option's name, in `snake_case`.
    pub option: &'static str,
}

/// What the environment says. Secrets are zeroized when it is dropped.
pub struct Environment {
    /// The merchant number.
    pub mchid: Zeroizing<String>,
    /// The serial number of the merchant API certificate.
    pub serial: Zeroizing<String>,
    /// The merchant's private key in PEM.
    pub private_key: Zeroizing<String>,
    /// The id of the WeChat Pay public key.
    pub public_key_id: Zeroizing<String>,
    /// The WeChat Pay public key in PEM.
    pub public_key: Zeroizing<String>,
    /// The APIv3 key, if it is there.
    pub apiv3_key: Option<Zeroizing<String>>,
    /// The base URL, if it is there.
    pub base_url: Option<Zeroizing<String>>,
}

impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Environment([redacted])")
    }
}

impl Environment {
    /// Reads the variables through `lookup`, which is asked for each by its name and by that of its
    /// file, and the files through `read_file`.
    /// White space around a value is not part of it, and an empty value counts as none.
    ///
    /// # Errors
    /// [`Error::Config`] for the first option whose variable is missing, or stands there twice: by
    /// value and by file. What `lookup` and `read_file` fail with is passed on.
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
                    format!(
                        "{} and {file_name} are both set; set one of them",
                        variable.name
                    ),
                )),
                (None, Some(path)) => {
                    let content = Zeroizing::new(read_file(variable, &path)?);
                    trimmed(&content).map(Some).ok_or_else(|| {
                        Error::config(variable.option, format!("the file of {file_name} is empty"))
                    })
                }
                (by_value, None) => Ok(by_value),
            }
        };
        let mut required = |variable: Variable| {
            optional(variable)?.ok_or_else(|| {
                Error::config(
                    variable.option,
                    format!(
                        "{0} is not set in the environment, nor is {0}_FILE",
                        variable.name
                    ),
                )
            })
        };
        Ok(Self {
            mchid: required(MCHID)?,
            serial: required(SERIAL)?,
            private_key: required(PRIVATE_KEY)?,
            public_key_id: required(PUBLIC_KEY_ID)?,
            public_key: required(PUBLIC_KEY)?,
            apiv3_key: optional(APIV3_KEY)?,
            base_url: optional(BASE_URL)?,
        })
    }
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
                _ => Err(Error::config(variable.option, "no such file")),
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
        assert_eq!(*environment.serial, "408B");
        assert_eq!(*environment.private_key, "key");
        assert_eq!(*environment.public_key_id, "PUB_KEY_ID_01");
        assert_eq!(*environment.public_key, "pem");
        assert!(environment.apiv3_key.is_none() && environment.base_url.is_none());

        let more = read(&with("WECHATPAY_BASE_URL", "https://x")).expect("reads");
        assert_eq!(
            more.base_url.as_deref().map(String::as_str),
            Some("https://x")
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
