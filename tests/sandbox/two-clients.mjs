// Two clients of one sandbox: this package's, and one of node:crypto alone, in forty lines. What the tests of
// orders say holds for both.
import assert from 'node:assert/strict';
import { createDecipheriv, createHash, randomBytes, sign, verify } from 'node:crypto';

import { Wechatpay } from 'wechatpay-wasm';

/** This package's client. A refusal is `{ status, code }`, as with the other one. */
export function packageClient({ options }) {
  const wxpay = new Wechatpay({ ...options, maxRetries: 0 });
  const call = async (method, path, json) => {
    try {
      const { status, data } = await wxpay
        .chain(path.slice(1).split('?')[0])
        [method]({ json, query: Object.fromEntries(new URL(path, options.baseUrl).searchParams) });
      return { status, data };
    } catch (error) {
      if (error.name !== 'ApiError') throw error;
      return { status: error.status, code: error.code, detail: error.detail };
    }
  };
  return {
    name: 'this package',
    get: (path) => call('get', path),
    post: (path, json) => call('post', path, json),
    notification: (request) => wxpay.notification(request),
    async download({ download_url: url, hash_type: hashType, hash_value: hashValue }) {
      return Buffer.from(await wxpay.downloadBytes(url, { hashType, hashValue }));
    },
  };
}

/** A client that knows the protocol from its documents, and nothing of this package. */
export function plainClient({ options }, clock = Date.now) {
  const { mchid, serial, privateKey, certs, apiv3Key, baseUrl } = options;
  const authorization = (method, path, body) => {
    const timestamp = Math.floor(clock() / 1000);
    const nonce = randomBytes(16).toString('hex');
    const message = `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`;
    const signature = sign('RSA-SHA256', Buffer.from(message), privateKey).toString('base64');
    const fields = `mchid="${mchid}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${serial}"`;
    return `WECHATPAY2-SHA256-RSA2048 ${fields},signature="${signature}"`;
  };
  const verified = (headers, body) => {
    const header = (name) => headers.get(`wechatpay-${name}`);
    const message = `${header('timestamp')}\n${header('nonce')}\n${body}\n`;
    const signature = Buffer.from(header('signature'), 'base64');
    return verify('RSA-SHA256', Buffer.from(message), certs[header('serial')], signature);
  };
  const fetched = (method, path, body) =>
    fetch(`${baseUrl}${path}`, {
      method,
      body: body === '' ? undefined : body,
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'User-Agent': 'plain/1.0',
        'Wechatpay-Serial': Object.keys(certs)[0],
        Authorization: authorization(method, path, body),
      },
    });
  const call = async (method, path, json) => {
    const response = await fetched(method, path, json === undefined ? '' : JSON.stringify(json));
    const text = await response.text();
    assert.ok(verified(response.headers, text), 'the response is not signed');
    const data = text === '' ? undefined : JSON.parse(text);
    const { status } = response;
    return status < 400 ? { status, data } : { status, code: data.code, detail: data.detail };
  };
  return {
    name: 'node:crypto alone',
    get: (path) => call('GET', path),
    post: (path, json) => call('POST', path, json),
    notification({ headers, body }) {
      assert.ok(verified(new Headers(headers), body), 'the notification is not signed');
      const { resource, ...event } = JSON.parse(body);
      const bytes = Buffer.from(resource.ciphertext, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', apiv3Key, resource.nonce);
      decipher.setAAD(Buffer.from(resource.associated_data)).setAuthTag(bytes.subarray(-16));
      const text = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
      return { eventType: event.event_type, resource: JSON.parse(text) };
    },
    async download({ download_url: url, hash_value: hash }) {
      const response = await fetched('GET', url.slice(baseUrl.length), '');
      const file = Buffer.from(await response.arrayBuffer());
      assert.equal(createHash('sha1').update(file).digest('hex'), hash);
      return file;
    },
  };
}
