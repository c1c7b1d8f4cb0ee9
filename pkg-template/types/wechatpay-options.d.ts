import type { ClientOptions, KeyOptions, SerialOptions, SignerOptions } from './client-options.js';

/**
 * The options of a client: either a `privateKey` or a `signer`, a `serial` or a `cert`, and
 * {@link ClientOptions}.
 *
 * @example
 * ```ts
 * const pem = await readFile('pub_key.pem', 'utf8');
 * const options: WechatpayOptions = {
 *   mchid: '1900007291',
 *   serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
 *   privateKey: await readFile('apiclient_key.pem', 'utf8'),
 *   certs: { PUB_KEY_ID_0119000072912024101100397200000006: pem },
 * };
 * ```
 */
export type WechatpayOptions = ClientOptions & SerialOptions & (SignerOptions | KeyOptions);
