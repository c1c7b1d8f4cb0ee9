//! The individual-contracts calls. The core knows what each does; here are their names, and the names of
//! their results.

use super::names::camel_case;
use super::params::misread;
use super::planned::{Arguments, Planned};
use crate::calls::individual_contracts::{self as calls, Identity};
use crate::error::Error;
use crate::exchange::plan::{Plan, Prepare};
use crate::json::ObjectWriter;
use crate::protocol::request::Request;
use crate::protocol::verified_response::VerifiedResponse;

pub(super) fn plan(name: &str, arguments: &Arguments<'_>) -> Result<Planned, Error> {
    let texts = arguments.params.texts("texts")?;
    let texts: Vec<&str> = texts.iter().filter_map(Option::as_deref).collect();
    match (name, texts.as_slice()) {
        ("preEntrustSignApp", [appid, code]) => {
            use calls::pre_entrust_sign_app::{Params, prepare};
            Ok(pre_sign(ready(prepare(&Params::parse(appid, code)?))))
        }
        ("preEntrustSignMiniProgram", [appid, code, openid]) => {
            use calls::pre_entrust_sign_mini_program::{Params, prepare};
            let params = Params::parse(appid, code, openid)?;
            Ok(pre_sign(ready(prepare(&params))))
        }
        ("preEntrustSignAppWithRealName", [appid, code, name, kind, number]) => {
            use calls::pre_entrust_sign_app_with_real_name::{Params, prepare};
            let params = Params::parse(appid, code, Identity::parse(name, kind, number)?)?;
            Ok(pre_sign(Box::new(move |certs, now, moment| {
                prepare(&params, certs, now, &*moment.random.take()?)
            })))
        }
        ("preEntrustSignMiniProgramWithRealName", [appid, code, openid, name, kind, number]) => {
            use calls::pre_entrust_sign_mini_program_with_real_name::{Params, prepare};
            let identity = Identity::parse(name, kind, number)?;
            let params = Params::parse(appid, code, openid, identity)?;
            Ok(pre_sign(Box::new(move |certs, now, moment| {
                prepare(&params, certs, now, &*moment.random.take()?)
            })))
        }
        ("queryContractByOutContractCode", [appid, code]) => {
            use calls::query_contract_by_out_contract_code::{Params, prepare};
            let prepared = prepare(&Params::parse(appid, code)?);
            Ok(request(ready(prepared), by_out_contract_code))
        }
        ("queryContractByOpenid", [appid, openid, kind @ ..]) => {
            use calls::query_contract_by_openid::{Params, prepare};
            let prepared = prepare(&Params::parse(appid, openid, kind.first().copied())?);
            Ok(request(ready(prepared), by_openid))
        }
        _ => Err(misread()),
    }
}

fn pre_sign(prepare: Prepare) -> Planned {
    request(prepare, |response| {
        let id = calls::pre_entrust_sign::process(response)?.pre_entrustweb_id;
        Ok(members(&[("pre_entrustweb_id", Some(&id))]).finish())
    })
}

/// A request that depends on no key and no time.
pub(super) fn ready(request: Request) -> Prepare {
    Box::new(move |_, _, _| Ok(request))
}

/// A call whose verified response `process` makes a result of.
pub(super) fn request(
    prepare: Prepare,
    process: fn(&VerifiedResponse<'_>) -> Result<String, Error>,
) -> Planned {
    let key_id = None;
    Planned::new(Plan::Request { prepare, key_id }, move |output, _| {
        process(&output.response()?.response.as_verified())
    })
}

fn by_out_contract_code(response: &VerifiedResponse<'_>) -> Result<String, Error> {
    let contract = calls::query_contract_by_out_contract_code::process(response)?;
    let mut json = members(&contract.members());
    if let Some(name) = &contract.real_name_auth_result {
        json.json("realNameAuthResult", &members(&name.members()).finish());
    }
    Ok(json.finish())
}

fn by_openid(response: &VerifiedResponse<'_>) -> Result<String, Error> {
    let contract = calls::query_contract_by_openid::process(response)?;
    Ok(members(&contract.members()).finish())
}

/// An object of texts, by their names on the wire.
pub(super) fn members(members: &[(&str, Option<&str>)]) -> ObjectWriter {
    let mut json = ObjectWriter::new();
    for (name, text) in members {
        json.optional_text(&camel_case(name), *text);
    }
    json
}
