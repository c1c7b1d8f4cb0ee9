/**
 * Whom to believe. A certificate that has expired, or does not hold yet, proves nothing.
 *
 * With `'auto'` the platform certificates are downloaded before the first call that has no key, every
 * 12 hours from then on, before the last of them expires, and, at most once a minute, when a response
 * or a notification names one that is not known. Calls at the same time share one download. One that
 * fails leaves the keys that are there.
 *
 * @example
 * ```ts
 * const given: Certs = { PUB_KEY_ID_0119000072912024101100397200000006: await readFile('pub_key.pem') };
 * const downloaded: Certs = 'auto';
 * const both: Certs = { ...given, auto: true };
 * ```
 */
export type Certs =
  | 'auto'
  | Readonly<Record<string, string | Uint8Array>>
  | { readonly auto: boolean; readonly [id: string]: string | Uint8Array | boolean };

/**
 * A platform certificate, as {@link Wechatpay.certificates} gives it.
 *
 * @example
 * ```ts
 * const [{ serialNo, certificate }]: PlatformCertificate[] = await wxpay.certificates();
 * ```
 */
export interface PlatformCertificate {
  /** Its serial number, by which responses name it: upper-case hexadecimal. */
  serialNo: string;
  /** From when it may be used: RFC 3339, as WeChat Pay wrote it. */
  effectiveTime: string;
  /** Until when. */
  expireTime: string;
  /** The certificate: X.509, PEM. */
  certificate: string;
}
