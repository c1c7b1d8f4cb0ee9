import { createHmac } from 'node:crypto';

/** How many contracts are kept: enough for any test, and a load test does not grow for ever. */
export const KEPT_CONTRACTS = 10_000;

/** How long leave to read a real name lasts, in seconds. The documents name no figure. */
const REAL_NAME_TTL = 7_200;

const CHINA_OFFSET = 8 * 3_600;

/**
 * Remembers what was pre-signed, so that it can be queried: the last 10,000 contracts. In a sandbox no
 * phone shows a page; whatever was pre-signed counts as signed at once.
 *
 * @param {Buffer} secret ids are derived from it and not drawn, so that the same contract, pre-signed
 *   again, keeps its own
 */
export function createContracts(secret) {
  const byCode = new Map();
  const byOpenid = new Map();
  const derive = (what, of) => createHmac('sha256', secret).update(`${what} ${of}`).digest();
  const keep = (map, key, contract) => {
    map.delete(key);
    map.set(key, contract);
    if (map.size > KEPT_CONTRACTS) map.delete(map.keys().next().value);
  };
  return {
    /**
     * @param {{ appid: string, out_contract_code: string, openid?: string, real_name?: string }}
     *   parameters without `openid` where an app pre-signs, which learns it by asking
     * @param {number} now seconds
     */
    sign(
      { appid, out_contract_code: code, openid = openidOf(derive('openid', code)), ...more },
      now,
    ) {
      const contract = Object.freeze({
        appid,
        authId: BigInt(`0x${derive('auth', code).toString('hex', 0, 8)}`).toString(),
        openid,
        signedAt: now,
        token: 'real_name' in more ? derive('token', code).toString('base64url') : undefined,
      });
      keep(byCode, code, contract);
      keep(byOpenid, `${appid} ${openid}`, contract);
    },
    byCode: ({ appid, out_contract_code: code }) => {
      const contract = byCode.get(code);
      return contract?.appid === appid ? contract : undefined;
    },
    byOpenid: ({ appid, openid }) => byOpenid.get(`${appid} ${openid}`),
  };
}

/** A contract as the query by out_contract_code responds with it (doc 4015851492). */
export function contractByCode({ authId, openid, signedAt, token }) {
  return {
    signed_time: chinaTime(signedAt),
    auth_state: 'AUTHORIZED',
    individual_auth_id: authId,
    individual_openid: openid,
    ...(token === undefined
      ? {}
      : {
          real_name_auth_result: {
            scope: 'pay_realname',
            access_token: token,
            access_token_expire_time: chinaTime(signedAt + REAL_NAME_TTL),
          },
        }),
  };
}

/** A contract as the query by openid responds with it (doc 4012739528). */
export function contractByOpenid({ authId, signedAt }) {
  return {
    individual_auth_id: authId,
    operation_time: chinaTime(signedAt),
    auth_state: 'AUTHORIZED',
  };
}

/** 28 characters in the form of the documents' `oUpF8uMuAJO_M2pxb1Q9zNjWeS6o`. */
function openidOf(digest) {
  return `o${digest.toString('base64url').slice(0, 27)}`;
}

/** RFC 3339 in the zone of WeChat Pay's responses: `2015-05-20T13:29:35+08:00`. */
function chinaTime(seconds) {
  return `${new Date((seconds + CHINA_OFFSET) * 1000).toISOString().slice(0, 19)}+08:00`;
}
