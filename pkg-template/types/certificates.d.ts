/**
 * The keys that the client trusts. A certificate that has expired or is not yet valid verifies
 * nothing. A public key needs its id (`PUB_KEY_ID_…`): under the serial number of a certificate it
 * is rejected, since it would never expire.
 *
 * With `'auto'` the client downloads the platform certificates:
 * - before the first call that has no key,
 * - then every 12 hours,
 * - before the last of them expires,
 * - at most once a minute, when a response or a notification names an unknown certificate.
 *
 * Calls at the same time share one download. If a download fails, the client keeps the keys that it
 * has.
 *
 * A download is verified with a key that is known and valid: the request names one in
 * `Wechatpay-Serial`. Only a client that was given no key, and knows no valid one, verifies a
 * download with one of the certificates in it. A download never replaces a key that you gave. If it
 * is signed with an unknown key, the call rejects with `ERR_SERIAL_UNKNOWN`: compare the serial
 * number with WeChat Pay's merchant platform, and put that certificate into `certs`.
 *
 * @example
 * ```ts
 * const pem = await readFile('pub_key.pem', 'utf8');
 * const given: Certs = { PUB_KEY_ID_0119000072912024101100397200000006: pem };
 * const downloaded: Certs = 'auto';
 * const both: Certs = { ...given, auto: true };
 * ```
 */
export type Certs =
  | 'auto'
  | Readonly<Record<string, string | Uint8Array>>
  | { readonly auto: boolean; readonly [id: string]: string | Uint8Array | boolean };

/**
 * A platform certificate, as {@link Wechatpay.certificates} returns it.
 *
 * @example
 * ```ts
 * const [{ serialNo, certificate }]: PlatformCertificate[] = await wxpay.certificates();
 * ```
 */
export interface PlatformCertificate {
  /** The serial number by which responses name the certificate: upper-case hexadecimal. */
  serialNo: string;
  /** The start of its validity: RFC 3339, as WeChat Pay wrote it. */
  effectiveTime: string;
  /** The end of its validity: RFC 3339, as WeChat Pay wrote it. */
  expireTime: string;
  /** The certificate: X.509, PEM. */
  certificate: string;
}
