//! The calls whose parameters are few: the echo, the platform certificates, and messages that are signed
//! for a phone or a page.

use super::individual_contracts::members;
use super::planned::{Arguments, Planned};
use crate::calls::{app_launch, echo, pay_sign};
use crate::exchange::failure::Failure;
use crate::exchange::plan::Plan;
use crate::json::{ObjectWriter, array};
use crate::protocol::request::Attempt;

pub(super) fn plan_certificates() -> Planned {
    Planned::new(Plan::Certificates, |output, _| {
        let certificates = output.certificates()?;
        let written = certificates
            .iter()
            .map(|each| members(&each.members()).finish());
        Ok(array(written))
    })
}

pub(super) fn plan_echo(mut arguments: Arguments<'_>) -> Result<Planned, Failure> {
    // A message that nobody can guess, in the form of a nonce.
    let message = attempt(&mut arguments)?.nonce();
    let blinding = arguments.moment.random.take()?;
    let sent = message.clone();
    Ok(Planned::new(
        Plan::Request {
            prepare: Box::new(move |certs, now, moment| {
                echo::prepare(&sent, certs, now, &*moment.random.take()?)
            }),
            key_id: None,
        },
        move |output, finishing| {
            let reply = output.response()?;
            let key = finishing.client.merchant().private_key();
            let echo = echo::process(&reply.response.as_verified(), &message, key, &blinding)?;
            Ok(members(&echo.members()).finish())
        },
    ))
}

pub(super) fn plan_encrypt(arguments: &Arguments<'_>) -> Result<Planned, Failure> {
    let text = arguments.params.text("text")?.into();
    Ok(Planned::new(Plan::Encryption { text }, |output, _| {
        Ok(members(&output.encrypted()?.members()).finish())
    }))
}

pub(super) fn plan_pay_sign(mut arguments: Arguments<'_>) -> Result<Planned, Failure> {
    let params = pay_sign::Params::parse(
        &arguments.params.text("type")?,
        &arguments.params.text("appid")?,
        &arguments.params.text("prepayId")?,
        arguments.params.optional_text("partnerid")?.as_deref(),
    )?;
    let attempt = attempt(&mut arguments)?;
    let unsigned = pay_sign::prepare(&params, arguments.client.merchant().mchid(), &attempt);
    Ok(Planned::new(
        Plan::Signature {
            message: unsigned.message().to_vec(),
        },
        move |output, _| {
            let signature = output.signature()?;
            let mut json = ObjectWriter::new();
            for (name, value) in unsigned.signed(&signature) {
                json.text(name, &value);
            }
            Ok(json.finish())
        },
    ))
}

pub(super) fn plan_app_launch(mut arguments: Arguments<'_>) -> Result<Planned, Failure> {
    let params = app_launch::Params::parse(
        &arguments.params.text("appid")?,
        &arguments.params.text("preEntrustwebId")?,
        &arguments.params.text("outContractCode")?,
    )?;
    let unsigned = app_launch::prepare(&params, &attempt(&mut arguments)?);
    Ok(Planned::new(
        Plan::Signature {
            message: unsigned.message().to_vec(),
        },
        move |output, finishing| {
            let signature = output.signature()?;
            let query = unsigned.query(finishing.client.merchant(), &signature);
            Ok(members(&[
                ("business_type", Some(app_launch::BUSINESS_TYPE)),
                ("query", Some(&query)),
            ])
            .finish())
        },
    ))
}

/// The time and the nonce of a message that is signed here and now.
fn attempt(arguments: &mut Arguments<'_>) -> Result<Attempt, Failure> {
    Ok(Attempt {
        timestamp: arguments.moment.now()?,
        random: *arguments.moment.random.take()?,
    })
}
