// The other side of one run of the suite: sandboxes that check its calls, and that report
// afterwards what was wrong with the run.

import { createServer } from 'node:http';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { environmentOf } from '../environment-of.mjs';
import { onLoopback } from '../loopback.mjs';
import { expected } from './suite.mjs';

const faults = {
  good: undefined,
  other: undefined,
  tampering: { tamper: true },
  unsigned: { unsigned: true },
  failing: { status: 429 },
  recovering: { status: 503, times: 2 },
  slow: { delay: 60_000 },
};

/** Opens the sandboxes. Only one run at a time uses a stage. */
export async function openStage() {
  const names = Object.keys(faults);
  const opened = await Promise.all(
    // The page in a browser is served from another port.
    names.map((name) =>
      createSandbox({ merchant: 'migrating', faults: faults[name], allowedHosts: ['127.0.0.1'] }),
    ),
  );
  const sandboxes = Object.fromEntries(names.map((name, i) => [name, opened[i]]));
  const redirecting = await openRedirecting(sandboxes.good.url);

  return {
    /** What the suite gets. It is made for each run, since a notification expires. */
    connections() {
      const connections = { redirecting: { url: redirecting.url } };
      for (const name of names) {
        // No retries: the suite checks the first response, whatever it is.
        connections[name] = { options: { ...sandboxes[name].options, maxRetries: 0 } };
      }
      connections.good.env = environmentOf(sandboxes.good.options);
      connections.good.notification = paymentNotification(sandboxes.good);
      return connections;
    },

    /** Forgets the last run, and sets the same faults again. */
    begin() {
      for (const [name, sandbox] of Object.entries(sandboxes)) {
        sandbox.requests.length = 0;
        sandbox.faults = faults[name];
      }
    },

    /**
     * What is wrong with the calls that the sandboxes saw: too many, too few, or refused ones.
     * `extra` is the number of accepted calls that the host made beside the suite's.
     */
    complaints(extra = {}) {
      return names.flatMap((name) => {
        const { accepted, ...rest } = expected[name];
        const wanted = { accepted: accepted + (extra[name] ?? 0), ...rest };
        return complaintsOf(name, sandboxes[name], wanted);
      });
    },

    async close() {
      await Promise.all(opened.map((sandbox) => sandbox.close()));
      await redirecting.close();
    },
  };
}

function complaintsOf(name, { requests }, { accepted, refused, orFewer = false }) {
  const count = (ok) => requests.filter(({ result }) => result.ok === ok).length;
  const reasons = requests.filter(({ result }) => !result.ok).map(({ result }) => result.reason);
  const seen = `${count(true)} accepted, ${count(false)} refused`;
  const wanted = `${accepted} accepted, ${refused} refused`;
  if (orFewer && count(true) < accepted && count(false) === refused) return [];
  return seen === wanted ? [] : [`the sandbox "${name}" saw ${seen}, not ${wanted} (${reasons})`];
}

function paymentNotification(sandbox) {
  return sandbox.notification({
    eventType: 'TRANSACTION.SUCCESS',
    originalType: 'transaction',
    summary: '支付成功',
    resource: { out_trade_no: 'ORDER_1', trade_state: 'SUCCESS' },
  });
}

async function openRedirecting(target) {
  const server = createServer(({ url }, response) => {
    response.writeHead(307, { Location: `${target}${url}` }).end();
  });
  return await onLoopback(server);
}
