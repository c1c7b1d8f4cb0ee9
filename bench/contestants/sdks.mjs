// The other SDKs, used as in their READMEs. node-v3 takes the PEM files and parses the key at each
// signature. axios-plugin parses the key once since its version 0.9.

import { createRequire } from 'node:module';
import { AXIOS, NODE_V3 } from './names.mjs';
import { signer } from './node-crypto.mjs';

const require = createRequire(import.meta.url);
const PATH = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';

const text = (message) => new TextDecoder().decode(message);

/** Both SDKs, each signing a message as it signs its own messages. */
export function signing(connection, message) {
  const { Rsa } = require('wechatpay-axios-plugin');
  const nodeV3 = openNodeV3(connection);
  const key = Rsa.from(connection.privateKey);
  const string = text(message);
  return [
    signer(NODE_V3, () => nodeV3.sha256WithRsa(string)),
    signer(AXIOS, () => Rsa.sign(string, key)),
  ];
}

function openNodeV3({ mchid, certificate, privateKey, apiv3Key }) {
  const WxPay = require('wechatpay-node-v3');
  return new WxPay({
    appid: 'wxd678efh567h23787',
    mchid,
    publicKey: Buffer.from(certificate),
    privateKey: Buffer.from(privateKey),
    key: apiv3Key,
  });
}

/** A call by wechatpay-node-v3. It does not verify the response. */
export function nodeV3Caller(connection) {
  const request = require('superagent');
  const pay = openNodeV3(connection);
  return async (params) => {
    const nonce = Math.random().toString(36).slice(2, 17);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = pay.getSignature('POST', nonce, timestamp, PATH, params);
    const { body } = await request
      .post(`${connection.baseUrl}${PATH}`)
      .send(params)
      .set({
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'User-Agent': 'bench',
        Authorization: pay.getAuthorization(nonce, timestamp, signature),
      });
    return body.pre_entrustweb_id;
  };
}

/** A call by wechatpay-axios-plugin. It verifies the response. */
export function axiosCaller({ mchid, serial, privateKey, certs, baseUrl }) {
  const { Wechatpay } = require('wechatpay-axios-plugin');
  const wxpay = new Wechatpay({ mchid, serial, privateKey, certs, baseURL: `${baseUrl}/` });
  return async (params) => {
    const { data } = await wxpay.v3.ecommerce.individualContracts.preEntrustSign.app.post(params);
    return data.pre_entrustweb_id;
  };
}
