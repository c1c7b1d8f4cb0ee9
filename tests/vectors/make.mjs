// Makes the known answers again: signed by the OpenSSL command, checked by node:crypto, with the
// keys of tests/keys. `node tests/vectors/make.mjs` writes known-answers.json.
import { execFileSync } from 'node:child_process';
import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  verify,
} from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const key = (name) => new URL(`../keys/${name}`, import.meta.url).pathname;

function sign(privateKey, message) {
  const arguments_ = ['dgst', '-sha256', '-sign', key(privateKey)];
  const signature = execFileSync('openssl', arguments_, { input: message });
  const publicKey = createPublicKey(readFileSync(key(privateKey)));
  if (!verify('sha256', Buffer.from(message), publicKey, signature)) {
    throw new Error(`OpenSSL and node:crypto disagree about ${privateKey}`);
  }
  return signature.toString('base64');
}

const path = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';
const timestamp = 1554208460;

function request(privateKey, nonce, appid, outContractCode) {
  const body = `{"appid":"${appid}","out_contract_code":"${outContractCode}"}`;
  const message = `POST\n${path}\n${timestamp}\n${nonce}\n${body}\n`;
  return {
    privateKey,
    nonce,
    timestamp,
    appid,
    outContractCode,
    path,
    body,
    message,
    signature: sign(privateKey, message),
  };
}

function response(privateKey, publicKey, serial, status, body) {
  const nonce = 'd824f2e086d3c1df967785d13fcd22ef';
  return {
    publicKey,
    serial,
    status,
    timestamp,
    nonce,
    body,
    signature: sign(privateKey, `${timestamp}\n${nonce}\n${body}\n`),
  };
}

/**
 * The parameters of the cashier. `paid` is the last line of the message that the given type signs.
 */
function paySign(type, privateKey, paid) {
  const message = `wx2421b1c4370ec43b\n${timestamp}\n${nonce}\n${paid}\n`;
  return { type, privateKey, timestamp, nonce, message, signature: sign(privateKey, message) };
}

const apiv3Key = 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb';

/** A notification. `resource` is the text that is encrypted in it. */
function notification(privateKey, publicKey, serial, resource, associatedData, more) {
  const encryptionNonce = 'fdasflkja484';
  const cipher = createCipheriv('aes-256-gcm', apiv3Key, encryptionNonce);
  if (associatedData !== undefined) cipher.setAAD(Buffer.from(associatedData));
  const encrypted = Buffer.concat([cipher.update(resource), cipher.final(), cipher.getAuthTag()]);
  const body = JSON.stringify({
    id: 'EV-2018022511223320873',
    create_time: '2015-05-20T13:29:35+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    ...more,
    resource: {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: encrypted.toString('base64'),
      associated_data: associatedData,
      nonce: encryptionNonce,
    },
  });
  const nonce = 'EcZ9Cmy4Xyx1i6RlJQzLcCyEqDa26NBz';
  return {
    publicKey,
    serial,
    timestamp,
    nonce,
    body,
    resource,
    signature: sign(privateKey, `${timestamp}\n${nonce}\n${body}\n`),
  };
}

/** MGF1 with SHA-1 (RFC 8017, appendix B.2.1). */
function mask(seed, length) {
  const blocks = Array.from({ length: Math.ceil(length / 20) }, (_, counter) => {
    const block = Buffer.alloc(4);
    block.writeUInt32BE(counter);
    return createHash('sha1').update(seed).update(block).digest();
  });
  return Buffer.concat(blocks).subarray(0, length);
}

const xor = (one, other) => one.map((byte, index) => byte ^ other[index]);

/**
 * An encrypted text. OpenSSL cannot take a given seed, so that the padding is computed here. That
 * OpenSSL decrypts it shows that the padding is right.
 */
function encrypted(privateKey, seedByte, text) {
  const pem = readFileSync(key(privateKey));
  const publicKey = createPublicKey(pem);
  const length = publicKey.asymmetricKeyDetails.modulusLength / 8;
  const seed = Buffer.alloc(20, seedByte);
  const end = Buffer.concat([Buffer.from([1]), Buffer.from(text)]);
  const labelHash = createHash('sha1').digest();
  const block = Buffer.concat([labelHash, Buffer.alloc(length - 41 - end.length), end]);
  const maskedBlock = xor(block, mask(seed, block.length));
  const maskedSeed = xor(seed, mask(maskedBlock, seed.length));
  const encoded = Buffer.concat([Buffer.from([0]), maskedSeed, maskedBlock]);
  const ciphertext = publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, encoded);
  const decrypted = privateDecrypt(
    { key: pem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    ciphertext,
  );
  if (decrypted.toString() !== text) throw new Error(`${privateKey} cannot decrypt its ciphertext`);
  return { privateKey, seed: seed.toString('hex'), text, encrypted: ciphertext.toString('base64') };
}

function launch(nonce, appid, preEntrustwebId, outContractCode) {
  const bundle = `preEntrustwebId=${preEntrustwebId}&outContractCode=${outContractCode}&permissionType=INDIVIDUAL_PAYEE`;
  const message = `${appid}\n${timestamp}\n${nonce}\n${bundle}\n`;
  const { mchid, serial } = merchant;
  const query = Object.entries({
    mchid,
    appid,
    package: bundle,
    timeStamp: timestamp,
    nonceStr: nonce,
    signType: 'RSA',
    certSerialNo: serial,
    signature: sign('merchant.pkcs8.pem', message),
  })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return { nonce, timestamp, appid, preEntrustwebId, outContractCode, message, query };
}

const merchant = { mchid: '1900007291', serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB' };
const publicKeyId = 'PUB_KEY_ID_0119000072912024101100397200000006';
const platformSerial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
const nonce = '593BEC0C930BF1AFEB40B4A08C8FB242';
const prepayId = 'wx201410272009395522657a690389285100';
const result = '{"pre_entrustweb_id":"1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b"}';
const transaction =
  '{"transaction_id":"1217752501201407033233368018","trade_state":"SUCCESS","amount":{"total":100}}';
const error =
  '{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"/appid","issue":"不匹配"}}';

const knownAnswers = {
  note: 'Made by tests/vectors/make.mjs: signed by OpenSSL, checked by node:crypto.',
  ...merchant,
  requests: [
    request('merchant.pkcs8.pem', nonce, 'wxd678efh567h23787', 'APPLYMENT_00000000001'),
    request('merchant.pkcs8.pem', 'F'.repeat(32), 'w', '-'),
    request('merchant.pkcs8.pem', '0'.repeat(32), 'w'.repeat(32), 'Az09_-aB'.repeat(16)),
    request('rsa3072.pem', nonce, 'wxd678efh567h23787', 'APPLYMENT_00000000001'),
    request('rsa4096.pem', nonce, 'wxd678efh567h23787', 'APPLYMENT_00000000001'),
  ],
  responses: [
    response('wechatpay.pkcs8.pem', 'wechatpay.spki.pem', publicKeyId, 200, result),
    response('platform.pkcs8.pem', 'platform.cert.pem', platformSerial, 200, result),
    response('wechatpay.pkcs8.pem', 'wechatpay.spki.pem', publicKeyId, 400, error),
    response('wechatpay.pkcs8.pem', 'wechatpay.spki.pem', publicKeyId, 204, ''),
  ],
  paySigns: [
    paySign('jsapi', 'merchant.pkcs8.pem', `prepay_id=${prepayId}`),
    paySign('miniprogram', 'merchant.pkcs8.pem', `prepay_id=${prepayId}`),
    paySign('app', 'merchant.pkcs8.pem', prepayId),
    paySign('app', 'rsa4096.pem', prepayId),
  ],
  prepayId,
  encrypted: [
    encrypted('wechatpay.pkcs8.pem', 0x5a, '张三'),
    encrypted('wechatpay.pkcs8.pem', 0x00, '11010519491231002X'),
    encrypted('platform.pkcs8.pem', 0xff, ''),
    encrypted('platform.pkcs8.pem', 0x01, '名'.repeat(64)),
    encrypted('merchant.pkcs8.pem', 0x5a, 'x'.repeat(214)),
    encrypted('rsa3072.pem', 0x5a, '张三'),
    encrypted('rsa4096.pem', 0x5a, '张三'),
  ],
  launches: [
    launch(
      nonce,
      'wxd678efh567h23787',
      '1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b',
      'APPLYMENT_00000000001',
    ),
    launch('0'.repeat(32), 'w', 'a+b/c=', '-'),
  ],
  apiv3Key,
  notifications: [
    notification(
      'wechatpay.pkcs8.pem',
      'wechatpay.spki.pem',
      publicKeyId,
      transaction,
      'transaction',
    ),
    notification('platform.pkcs8.pem', 'platform.cert.pem', platformSerial, transaction, ''),
    // Without the optional member, and with an undocumented one.
    notification('wechatpay.pkcs8.pem', 'wechatpay.spki.pem', publicKeyId, '{}', undefined, {
      unknown: { summary: [null] },
    }),
    // Correctly signed and encrypted, but not of the documented form.
    notification('wechatpay.pkcs8.pem', 'wechatpay.spki.pem', publicKeyId, '{"a":', 'transaction'),
  ],
};

const file = new URL('known-answers.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(knownAnswers, null, 2)}\n`);
