// @ts-check
// What other SDKs for WeChat Pay call the options that a client has here: wechatpay-axios-plugin, wechatpay-php,
// wechatpay-node-v3, wechatpay-java, wechatpay-go, wechatpayv3 of Python.

import { message } from './message.mjs';

/** The names elsewhere, in lower case and without `_`, by that here. @type {[here: string, elsewhere: string][]} */
const NAMES = [
  ['mchid', 'merchantid merchantno mchno'],
  [
    'serial',
    'serialno serialnumber certserialno certserial merchantserialnumber merchantcertificateserial ' +
      'mchcertificateserialnumber',
  ],
  [
    'privateKey',
    'privatekeypath privatekeyfrompath merchantprivatekey merchantprivatekeyfilepath mchprivatekey keypath',
  ],
  [
    'certs',
    'publickey publickeyid publickeyfrompath wxpublickey wxpaypublickey wxpaypublicid wechatpaypublickey ' +
      'wechatpaypublickeyid platformcertificate platformcertificates platformcerts platformcert ' +
      'wechatpaycertificate wechatpaycertificates certificates certdir',
  ],
  ['cert', 'certificate merchantcertificate merchantcert apiclientcert certpath'],
  ['apiv3Key', 'key secret apikey v3key apiv3secret mchapiv3key mchkey partnerkey paykey'],
  ['baseUrl', 'host endpoint'],
  ['fetch', 'httpclient axios agent proxy'],
  ['maxRetries', 'retries retry maxretry'],
  ['locale', 'lang language'],
];

/**
 * The name here of what is called so elsewhere.
 *
 * @param {string} name
 * @param {readonly string[]} known the names here that are of use
 */
export function nameHere(name, known) {
  const plain = plainName(name);
  return NAMES.find(
    ([here, elsewhere]) => known.includes(here) && elsewhere.split(' ').includes(plain),
  )?.[0];
}

/**
 * A name without what is spelt in several ways: `private_key`, `mchId`. Nothing for what is no name.
 *
 * @param {string} name
 */
export function plainName(name) {
  return name.length < 64 ? name.replace(/[_-]/g, '').toLowerCase() : '';
}

/**
 * What an error says of a name that is another one here.
 *
 * @param {string} here
 * @param {string} name
 */
export function toldHere(here, name) {
  if (plainName(name) === plainName(here)) {
    return message('is not known here; in JavaScript it is {}', here);
  }
  switch (here) {
    case 'certs':
      return message(
        "is not known here; WeChat Pay's public key goes into certs, { PUB_KEY_ID_…: pem }, or a platform " +
          "certificate under its serial number, and the merchant's certificate into cert",
      );
    case 'apiv3Key':
      return message(
        'is not known here; the APIv3 key is apiv3Key here, and the key of APIv2 has no use',
      );
    default:
      return message('is not known here; here it is {}', here);
  }
}

/**
 * What an error says of a name elsewhere that nothing is given under here; `undefined` for any other.
 *
 * @param {string} name
 */
export function toldNowhere(name) {
  switch (plainName(name)) {
    case 'appid':
    case 'subappid':
    case 'submchid':
    case 'notifyurl':
      return message('is not known here; give it with each call that has it, in its json');
    case 'authtype':
    case 'signtype':
      return message('is not known here; every request is signed with RSA and SHA-256');
    case 'useragent':
      return message('is not known here; every request names this package');
    default:
      return undefined;
  }
}
