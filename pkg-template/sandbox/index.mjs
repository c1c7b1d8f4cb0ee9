import { setMaxListeners } from 'node:events';
import { parseAllowedHosts } from './caller.mjs';
import { secondsOf } from './clock.mjs';
import { createContracts } from './contracts.mjs';
import { createControl } from './control/index.mjs';
import { shownState } from './control/shown-state.mjs';
import { createWatching } from './control/watching.mjs';
import { deliver } from './deliveries.mjs';
import { createFaults } from './faults.mjs';
import { keptMerchant } from './kept-merchant.mjs';
import { createListening } from './listening.mjs';
import { createMerchant, MERCHANT_KINDS } from './merchant.mjs';
import { createMoney } from './money/index.mjs';
import { createNonceMemory } from './nonces.mjs';
import { makeNotification } from './notification.mjs';
import { postNotification } from './notify.mjs';
import { createOutbox } from './outbox.mjs';
import { createRequestLog } from './request-log.mjs';
import { createResponses } from './responses.mjs';
import { ADDRESSES, startServer } from './server.mjs';
import { createState } from './state.mjs';
import { createTrigger, sampleResource, triggerableEvents } from './trigger.mjs';

const KNOWN_OPTIONS = new Set([
  ...['port', 'allowedHosts', 'merchant', 'strict', 'clock', 'faults', 'onRequest'],
  ...['onDelivery', 'state', 'address'],
]);

/**
 * Starts a local WeChat Pay: it makes its keys, or takes kept ones, listens on 127.0.0.1, checks every call as WeChat
 * Pay does and signs its responses. It shares no code with the client, so that each checks the
 * other.
 *
 * @param {import('../sandbox.d.ts').SandboxOptions} [options]
 * @returns {Promise<import('../sandbox.d.ts').Sandbox>}
 *
 * @example
 * const sandbox = await createSandbox();
 * const wxpay = new Wechatpay(sandbox.options);
 * await wxpay.preEntrustSignApp({ appid, outContractCode });
 * console.log(sandbox.requests[0].result);
 * await sandbox.close();
 */
export async function createSandbox(options = {}) {
  const { port, allowedHosts, kind, strict, clock, faults, file, ...others } =
    parseOptions(options);
  const { address, onRequest, onDelivery } = others;
  const watching = createWatching();
  const listening = createListening();
  const state = createState(file, watching.changed);
  const made = await createMerchant(startOf(clock), kind);
  const keep = () => keptMerchant(made, state.table('merchant'));
  const merchant = file === undefined ? made : state.atomically(keep);
  const requests = createRequestLog(onRequest);
  const responses = createResponses();
  const closing = new AbortController();
  // Each notification in flight adds a listener, and their number is unlimited.
  setMaxListeners(0, closing.signal);
  const notification = (event) => makeNotification(event, merchant, secondsOf(clock));
  const sendNow = async (url, event, maxAttempts) => {
    const made = notification(event);
    const watched = watching.delivery(event, url);
    const delivery = await deliver(url, made, {
      signal: closing.signal,
      maxAttempts,
      speedNow: () => listening.speed,
      onAttempt: (attempts, pause) => {
        watched({ attempts, delivered: false, isOver: false });
        watching.attempt({ event, url, attempts, pause, speed: listening.speed });
      },
    });
    const told = Object.freeze({ eventType: event.eventType, ...delivery });
    watched({ ...delivery, isOver: true });
    // What the end of the sandbox cuts short was neither delivered nor given up.
    if (!closing.signal.aborted) queueMicrotask(() => onDelivery(told));
    return told;
  };
  const { send, resume } = createOutbox(state, sendNow, closing.signal);
  // Where the notify_url of a request leads, or whoever listens takes it.
  const notify = (url, event) => send(url && listening.addressFor(url), event);
  const money = createMoney({ state, merchant, send: notify });
  const contracts = createContracts(merchant.preSignSecret, state);
  const control = createControl({
    watching,
    listening,
    sandbox: () => sandbox,
    about: { mchid: merchant.mchid, merchant: kind, strict },
    state: () => ({
      ...shownState(state, secondsOf(clock)),
      responses: responses.list(),
      events: triggerableEvents(),
    }),
    sampleOf: (eventType) => sampleResource(eventType, merchant, secondsOf(clock)),
  });
  const server = await startServer(port, {
    address,
    allowedHosts,
    strict,
    clock,
    faults,
    requests,
    responses,
    merchant,
    contracts,
    money,
    nonces: createNonceMemory(),
    control,
    watching,
  }).catch((error) => {
    state.close();
    throw error;
  });
  const { url } = server;
  resume();
  // What happens, and that somebody is to be told, is remembered as one.
  const tell = (happen) =>
    state.atomically(() => {
      const { url: to, event } = happen();
      return notify(to, event);
    });
  const close = async () => {
    closing.abort();
    await server.close();
    state.close();
  };
  const sandbox = {
    url,
    options: clientOptions(merchant, url),
    requests: requests.records,
    get faults() {
      return faults.current;
    },
    set faults(value) {
      faults.current = value;
      watching.changed();
    },
    respond(...choice) {
      responses.choose(...choice);
      watching.changed();
    },
    notification,
    rotateCertificate: async () => certificatesOf(merchant).rotate(secondsOf(clock)),
    pay: async (number) => tell(() => money.pay(number, secondsOf(clock))),
    confirmTransfer: async (number) => tell(() => money.confirmTransfer(number, secondsOf(clock))),
    terminateContract: (code) =>
      state.atomically(() => contracts.terminate(code, secondsOf(clock))),
    trigger: createTrigger({ merchant, money, listening, send, now: () => secondsOf(clock) }),
    notify: async (to, event) => postNotification(to, notification(event), closing.signal),
    close,
  };
  // Node.js has the symbol since 20.4, and the package supports 20.0.
  if (Symbol.asyncDispose) sandbox[Symbol.asyncDispose] = close;
  return Object.freeze(sandbox);
}

// A broken clock does not stop the start. The response to the first call reports it.
function startOf(clock) {
  try {
    return secondsOf(clock);
  } catch {
    return secondsOf(Date.now);
  }
}

function parseOptions(options) {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('createSandbox: options must be an object');
  }
  const unknown = Object.keys(options).filter((name) => !KNOWN_OPTIONS.has(name));
  if (unknown.length > 0) {
    const known = [...KNOWN_OPTIONS].join(', ');
    throw new TypeError(`createSandbox: unknown option ${unknown.join(', ')} (it knows ${known})`);
  }
  const { port = 0, allowedHosts = [], clock = Date.now, state: file } = options;
  const { merchant: kind = MERCHANT_KINDS[0], strict = false } = options;
  const { address = ADDRESSES[0] } = options;
  const { onRequest = () => {}, onDelivery = () => {} } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError('createSandbox: port must be a whole number from 0 to 65535');
  }
  if (!MERCHANT_KINDS.includes(kind)) {
    throw new TypeError(`createSandbox: merchant must be one of ${MERCHANT_KINDS.join(', ')}`);
  }
  if (!ADDRESSES.includes(address)) {
    throw new TypeError(`createSandbox: address must be one of ${ADDRESSES.join(', ')}`);
  }
  if (typeof strict !== 'boolean') {
    throw new TypeError('createSandbox: strict must be true or false');
  }
  if (typeof clock !== 'function') {
    throw new TypeError('createSandbox: clock must be a function that returns milliseconds');
  }
  if (typeof onRequest !== 'function') {
    throw new TypeError('createSandbox: onRequest must be a function');
  }
  if (typeof onDelivery !== 'function') {
    throw new TypeError('createSandbox: onDelivery must be a function');
  }
  if (file !== undefined && (typeof file !== 'string' || file === '')) {
    throw new TypeError('createSandbox: state must be the path of a file');
  }
  return {
    port,
    address,
    allowedHosts: parseAllowedHosts(allowedHosts),
    kind,
    strict,
    clock,
    faults: createFaults(options.faults),
    onRequest,
    onDelivery,
    file,
  };
}

/** What verifies WeChat Pay's signatures, by id: the public key, or else the current certificate. */
function certsOf({ wechatpayKeyId, wechatpayPublicKeyPem, certificates }) {
  return wechatpayKeyId
    ? { [wechatpayKeyId]: wechatpayPublicKeyPem }
    : { [certificates.signer.id]: certificates.signer.pem };
}

function certificatesOf({ certificates }) {
  if (certificates) return certificates;
  throw new Error(
    "sandbox.rotateCertificate: this merchant has the public key alone; use createSandbox({ merchant: 'certificates' }) or 'migrating'",
  );
}

/** The options of `new Wechatpay(...)`: these names and no others. */
function clientOptions(merchant, url) {
  return Object.freeze({
    mchid: merchant.mchid,
    serial: merchant.serial,
    cert: merchant.certificatePem,
    privateKey: merchant.privateKeyPem,
    certs: Object.freeze(certsOf(merchant)),
    apiv3Key: merchant.apiv3Key,
    baseUrl: url,
  });
}
