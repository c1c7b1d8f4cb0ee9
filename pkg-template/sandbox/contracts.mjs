import { createHmac } from 'node:crypto';

/** The lifetime of the token for a real name, in seconds. The documents name no value. */
const REAL_NAME_TTL = 7_200;

const CHINA_OFFSET = 8 * 3_600;

/**
 * Stores the pre-signed contracts for queries. A sandbox has no phone that shows a page, so a
 * pre-signed contract counts as signed at once.
 *
 * @param {Buffer} secret ids are derived from it. They are not random, so that a contract that is
 *   pre-signed again keeps its ids.
 * @param {{ table: (name: string) => object }} state
 */
export function createContracts(secret, state) {
  const byCode = state.table('contracts');
  const byOpenid = state.table('contracts by openid');
  const openidKey = ({ appid, openid }) => `${appid} ${openid}`;
  const derive = (what, of) => createHmac('sha256', secret).update(`${what} ${of}`).digest();
  // Deleted before, so that it is the newest.
  const store = (table, key, value) => {
    table.delete(key);
    table.set(key, value);
  };
  return {
    /**
     * @param {{ appid: string, out_contract_code: string, openid?: string, real_name?: string }}
     *   parameters an app sends no `openid`; it learns the payee's openid from the query
     * @param {number} now seconds
     */
    sign(
      { appid, out_contract_code: code, openid = openidOf(derive('openid', code)), ...more },
      now,
    ) {
      const contract = Object.freeze({
        appid,
        code,
        authId: BigInt(`0x${derive('auth', code).toString('hex', 0, 8)}`).toString(),
        openid,
        signedAt: now,
        token: 'real_name' in more ? derive('token', code).toString('base64url') : undefined,
      });
      store(byCode, code, contract);
      store(byOpenid, openidKey(contract), contract);
    },
    /** The payee ends the contract. Whoever pre-signs it again signs it again. */
    terminate(code, now) {
      const contract = byCode.get(code);
      if (contract === undefined) throw new Error(`there is no contract ${code}`);
      const ended = Object.freeze({ ...contract, terminatedAt: contract.terminatedAt ?? now });
      byCode.set(code, ended);
      byOpenid.set(openidKey(ended), ended);
    },
    byCode: ({ appid, out_contract_code: code }) => {
      const contract = byCode.get(code);
      return contract?.appid === appid ? contract : undefined;
    },
    byOpenid: (asked) => byOpenid.get(openidKey(asked)),
  };
}

/** A contract as the query by out_contract_code responds with it (doc 4015851492). */
export function contractByCode({ authId, openid, signedAt, terminatedAt, token }) {
  return {
    signed_time: chinaTime(signedAt),
    auth_state: stateOf(terminatedAt),
    individual_auth_id: authId,
    individual_openid: openid,
    ...(token === undefined || terminatedAt !== undefined
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
export function contractByOpenid({ authId, signedAt, terminatedAt }) {
  return {
    individual_auth_id: authId,
    operation_time: chinaTime(terminatedAt ?? signedAt),
    auth_state: stateOf(terminatedAt),
  };
}

function stateOf(terminatedAt) {
  return terminatedAt === undefined ? 'AUTHORIZED' : 'UNAUTHORIZED';
}

/** An openid has 28 characters, as in the documented example `oUpF8uMuAJO_M2pxb1Q9zNjWeS6o`. */
function openidOf(digest) {
  return `o${digest.toString('base64url').slice(0, 27)}`;
}

/** Formats a time as WeChat Pay's responses do (RFC 3339): `2015-05-20T13:29:35+08:00`. */
function chinaTime(seconds) {
  return `${new Date((seconds + CHINA_OFFSET) * 1000).toISOString().slice(0, 19)}+08:00`;
}
