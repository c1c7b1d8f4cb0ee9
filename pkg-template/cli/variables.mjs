/**
 * What opens a client to a sandbox from the environment, by the names that `Wechatpay.fromEnv` reads.
 *
 * @param {import('../sandbox.d.ts').SandboxClientOptions} options
 * @returns {Record<string, string>}
 */
export function variablesOf({ mchid, serial, privateKey, certs, apiv3Key, baseUrl }) {
  const [[publicKeyId, publicKey]] = Object.entries(certs);
  return {
    WECHATPAY_MCHID: mchid,
    WECHATPAY_SERIAL: serial,
    WECHATPAY_PRIVATE_KEY: privateKey,
    WECHATPAY_PUBLIC_KEY_ID: publicKeyId,
    WECHATPAY_PUBLIC_KEY: publicKey,
    WECHATPAY_APIV3_KEY: apiv3Key,
    WECHATPAY_BASE_URL: baseUrl,
  };
}

/**
 * An environment with these variables in place of its own of those names, and without those that
 * name a file in place of one of them: the client refuses to choose between the two.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {Record<string, string>} variables
 */
export function environmentWith(variables, env) {
  // In any case of letters, which Windows does not tell apart.
  const isReplaced = (name) => Object.hasOwn(variables, name.toUpperCase().replace(/_FILE$/, ''));
  const others = Object.entries(env).filter(([name]) => !isReplaced(name));
  return { ...Object.fromEntries(others), ...variables };
}

/**
 * Writes variables as a dotenv file, one line each.
 *
 * A PEM is in double quotes, its line breaks written as `\n`: node, dotenv (wrangler's .dev.vars
 * too), Bun and Deno make line breaks of them, and where something does not (Node.js before 20.12, a
 * shell), the client takes `\n` as it stands. Single quotes would keep them all from it, and Deno
 * takes no blank without quotes. What has no blank has no quotes, since docker's --env-file would
 * keep them.
 */
export function dotenv(variables) {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}\n`);
  return lines.join('');
}

function quoted(value) {
  return /\s/.test(value) ? `"${value.replaceAll('\n', '\\n')}"` : value;
}
