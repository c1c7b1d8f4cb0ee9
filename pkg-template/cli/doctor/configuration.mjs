// What can be checked without the network. The client itself says what is wrong with an option: it is given that
// one, and others that are surely right.

import { generateKeyPairSync } from 'node:crypto';
import { signedRequest } from '../authorization-command.mjs';
import { optionsOf } from '../credentials.mjs';
import { told } from '../language.mjs';
import { checkOtherNames } from './other-names.mjs';

const FORM = { type: 'spki', format: 'pem' };

/**
 * @param {any} all the package
 * @param {import('../credentials.mjs').Credentials} credentials
 * @param {(finding: import('../doctor-command.mjs').Finding) => object} add
 * @returns {Promise<string | undefined>} where requests go, if that can be said
 */
export async function checkConfiguration(all, { env, found, names }, add) {
  const { Wechatpay } = all;
  const right = rightOptions();
  const problemWith = (make) => {
    try {
      make()?.free();
      return undefined;
    } catch (error) {
      if (error instanceof all.WechatpayError) return error.message;
      throw error;
    }
  };
  /** Adds what is found where the client is opened with these options. */
  const check = (name, options, values) => {
    const problem = problemWith(() => new Wechatpay({ ...right, ...options }));
    const isRight = problem === undefined;
    add({
      check: name,
      status: isRight ? 'ok' : 'failed',
      says: isRight ? told(`doctor.${name}`, values) : problem,
      ...(!isRight && { mend: told(`doctor.${name}.mend`, values) }),
    });
    return isRight;
  };

  checkVariables();
  checkOtherNames(names, found, add);

  const { mchid, serial, cert, privateKey, certs, apiv3Key, baseUrl } = optionsOf(env);
  const { auto, ...keys } = certs;
  const hasMchid = mchid !== undefined && check('mchid', { mchid });
  const own = { ...(hasMchid && { mchid }) };
  const hasKey = privateKey !== undefined && check('privateKey', { privateKey });
  if (serial !== undefined) check('serial', { serial });
  if (cert !== undefined) await checkCertificate();
  const [id] = Object.keys(keys);
  if (id !== undefined) {
    const isRight = check(
      'publicKey',
      {
        ...own,
        ...(hasKey && { privateKey }),
        certs: keys,
      },
      { id },
    );
    if (isRight && !id.startsWith('PUB_KEY_ID_')) {
      add({
        check: 'platformCertificate',
        status: 'warning',
        says: told('doctor.platform-certificate'),
        mend: told('doctor.platform-certificate.mend'),
      });
    }
  }
  if (apiv3Key !== undefined) check('apiv3Key', { apiv3Key });
  else {
    add({
      check: 'apiv3Key',
      status: 'skipped',
      says: told('doctor.no-apiv3-key'),
    });
  }
  if (baseUrl !== undefined && !check('baseUrl', { baseUrl })) return undefined;
  const open = (more) => new Wechatpay({ ...right, baseUrl, ...more });
  const { url } = await signedRequest(open, (wxpay) => wxpay.chain('v3/certificates').get());
  return new URL(url).origin;

  /** Which variables are set, and what is wrong with those that no check of their own is for. */
  function checkVariables() {
    const each = found.map(({ name, from }) => {
      const place = from === 'environment' ? told('environment') : from;
      return told('doctor.place', { name, from: place });
    });
    const places = each.join(told('doctor.place-next')) || told('nothing');
    const problem = problemWith(() => Wechatpay.fromEnv(withRightValues(env, right)));
    if (problem === undefined) {
      add({ check: 'variables', status: 'ok', says: told('doctor.variables', { places }) });
      return;
    }
    const says = told('doctor.variables-wrong', { problem, places });
    add({ check: 'variables', status: 'failed', says, mend: told(mendOf(problem)) });
  }

  /** A variable that has one of few words is no missing one. */
  function mendOf(problem) {
    const isAbout = (name) => new RegExp(`${name}\\b`).test(problem) && env[name] !== undefined;
    if (isAbout('WECHATPAY_LOG')) return 'doctor.log.mend';
    const isAuto = env.WECHATPAY_CERTS === 'auto';
    return isAbout('WECHATPAY_CERTS') && !isAuto ? 'doctor.certs.mend' : 'doctor.variables.mend';
  }

  /** The certificate alone, with its key, and whether it is valid today. */
  async function checkCertificate() {
    const { privateKey: other, serial: any, ...rest } = right;
    const signer = () => new Uint8Array(256);
    const alone = { ...rest, ...own, cert, signer, privateKey: undefined, serial: undefined };
    if (!check('certificate', alone)) return;
    if (serial !== undefined && !check('serialOfCertificate', { ...alone, serial })) return;
    const withKey = { ...alone, signer: undefined, privateKey };
    if (hasKey && !check('certificateAndKey', withKey)) return;
    const options = hasKey ? withKey : alone;
    try {
      const call = (wxpay) => wxpay.chain('v3/certificates').get();
      await signedRequest((more) => new Wechatpay({ ...right, ...options, ...more }), call);
      add({ check: 'validity', status: 'ok', says: told('doctor.validity') });
    } catch (error) {
      if (!(error instanceof all.ConfigError) || error.option !== 'cert') return;
      const mend = told('doctor.validity.mend');
      add({ check: 'validity', status: 'failed', says: error.message, mend });
    }
  }
}

/** Options that nothing is wrong with, of a merchant who does not exist. */
function rightOptions() {
  const [own, other] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  return {
    mchid: '1',
    serial: '1',
    privateKey: own.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    certs: { PUB_KEY_ID_0: other.publicKey.export(FORM) },
    // Not that of WECHATPAY_LOG, which may be what is wrong.
    logger: {},
  };
}

/** The same variables, with values that are right: what is then wrong is which of them are set. */
function withRightValues(env, { mchid, serial, privateKey, certs }) {
  const [[id, key]] = Object.entries(certs);
  const right = {
    WECHATPAY_MCHID: mchid,
    WECHATPAY_SERIAL: serial,
    WECHATPAY_PRIVATE_KEY: privateKey,
    WECHATPAY_PUBLIC_KEY_ID: id,
    WECHATPAY_PUBLIC_KEY: key,
    WECHATPAY_APIV3_KEY: '0'.repeat(32),
    WECHATPAY_BASE_URL: 'http://127.0.0.1',
  };
  const hasSerial = ['SERIAL', 'CERT'].some((name) => env[`WECHATPAY_${name}`] !== undefined);
  const { WECHATPAY_CERT: cert, ...rest } = env;
  // With a file, too, it stays: that is what is wrong then.
  const others = env.WECHATPAY_CERT_FILE === undefined ? rest : env;
  const entries = Object.entries(others).map(([name, value]) => [name, right[name] ?? value]);
  return { ...Object.fromEntries(entries), ...(hasSerial && { WECHATPAY_SERIAL: serial }) };
}
