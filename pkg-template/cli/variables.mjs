/**
 * Returns the environment variables of a client of this sandbox, as `Wechatpay.fromEnv` reads them.
 *
 * @param {import('../sandbox.d.ts').SandboxClientOptions} options
 * @param {string} [merchant] the kind of the merchant. One with certificates downloads them.
 * @returns {Record<string, string>}
 */
export function variablesOf(options, merchant = 'public-key') {
  const { mchid, serial, cert, privateKey, certs, apiv3Key, baseUrl } = options;
  const [[publicKeyId, publicKey]] = Object.entries(certs);
  const withKey = { WECHATPAY_PUBLIC_KEY_ID: publicKeyId, WECHATPAY_PUBLIC_KEY: publicKey };
  return {
    WECHATPAY_MCHID: mchid,
    WECHATPAY_SERIAL: serial,
    WECHATPAY_CERT: cert,
    WECHATPAY_PRIVATE_KEY: privateKey,
    ...(merchant !== 'certificates' && withKey),
    ...(merchant !== 'public-key' && { WECHATPAY_CERTS: 'auto' }),
    WECHATPAY_APIV3_KEY: apiv3Key,
    WECHATPAY_BASE_URL: baseUrl,
  };
}

/** The variables of a client: all that says who WeChat Pay is, and who the merchant. */
export const CLIENT_VARIABLES = [
  ...['MCHID', 'SERIAL', 'CERT', 'PRIVATE_KEY', 'PUBLIC_KEY_ID', 'PUBLIC_KEY', 'CERTS'],
  ...['APIV3_KEY', 'BASE_URL'],
].map((name) => `WECHATPAY_${name}`);

/**
 * Returns `env` with these variables. It removes variables that name a file for one of them
 * (`…_FILE`), since the client rejects an environment with both, and those that this merchant does not have.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {Record<string, string>} variables
 */
export function environmentWith(variables, env) {
  // Windows ignores upper and lower case in names.
  const isReplaced = (name) => CLIENT_VARIABLES.includes(name.toUpperCase().replace(/_FILE$/, ''));
  const others = Object.entries(env).filter(([name]) => !isReplaced(name));
  return { ...Object.fromEntries(others), ...variables };
}

/**
 * Formats variables as a dotenv file, one line each.
 *
 * A PEM is in double quotes, with `\n` for its line breaks. Node.js, dotenv (also wrangler's
 * .dev.vars), Bun and Deno turn them into line breaks. Node.js before 20.12 and shells do not, but
 * the client accepts `\n` as well. In single quotes none of them would do it, and Deno accepts
 * spaces only in quotes. A value without spaces has no quotes, since docker's --env-file would keep
 * them in the value.
 */
export function dotenv(variables) {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}\n`);
  return lines.join('');
}

function quoted(value) {
  return /\s/.test(value) ? `"${value.replaceAll('\n', '\\n')}"` : value;
}
