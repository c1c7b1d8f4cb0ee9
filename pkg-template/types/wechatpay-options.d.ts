import type { ClientOptions, KeyOptions, SignerOptions } from './client-options.js';

/**
 * How a client is opened: with a `privateKey`, or with a `signer` in its place.
 *
 * @example
 * ```ts
 * const options: WechatpayOptions = {
 *   mchid: '1900007291',
 *   serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
 *   privateKey: await readFile('apiclient_key.pem', 'utf8'),
 *   certs: { PUB_KEY_ID_0119000072912024101100397200000006: await readFile('pub_key.pem', 'utf8') },
 * };
 * ```
 */
export type WechatpayOptions = ClientOptions & (KeyOptions | SignerOptions);
