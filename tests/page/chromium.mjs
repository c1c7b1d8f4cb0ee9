// Drives a headless Chromium by its DevTools protocol, over a pipe.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findChromium } from '../../scripts/setup.mjs';

const TIMEOUT = 20_000;

/**
 * Starts the machine's Chromium. It ends with `close`.
 *
 * @param {{ hosts?: Record<string, string> }} [options] `hosts`: addresses by names
 */
export async function launch({ hosts = {} } = {}) {
  const program = findChromium();
  if (program === undefined) {
    throw new Error('There is no Chromium on this machine (Debian: apt-get install chromium).');
  }
  // Its temporary files are removed with this folder.
  const own = await mkdtemp(join(tmpdir(), 'chromium-'));
  const rules = Object.entries(hosts).map(([name, address]) => `MAP ${name} ${address}`);
  const flags = [...FLAGS, `--host-resolver-rules=${rules.join(',')}`];
  const child = spawn(program, [...flags, `--user-data-dir=${join(own, 'profile')}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: own },
  });
  const connection = connect(child);
  return {
    /** @param {string} url @param {{ dark?: boolean, language?: string, width?: number, height?: number }} [look] */
    open: (url, look) => openPage(connection, url, look),
    async close() {
      await connection.send('Browser.close').catch(() => child.kill());
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await rm(own, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

const FLAGS = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--hide-scrollbars',
  // Chromium's sandbox needs a user of its own, which a container seldom has. Chromium opens only pages of
  // these tests.
  '--no-sandbox',
];

/** Messages are JSON, each with a zero byte at its end. */
function connect(child) {
  const [, , , input, output] = child.stdio;
  const pending = new Map();
  const listeners = new Set();
  let lastId = 0;
  let text = '';
  output.setEncoding('utf8');
  output.on('data', (chunk) => {
    const messages = (text + chunk).split('\0');
    text = messages.pop();
    for (const each of messages) receive(JSON.parse(each));
  });
  const fail = () => {
    for (const { reject } of pending.values()) reject(new Error('Chromium has ended'));
    pending.clear();
  };
  child.once('exit', fail);
  child.once('error', fail);
  input.on('error', fail);

  function receive({ id, result, error, ...event }) {
    if (id === undefined) {
      for (const listener of listeners) listener(event);
      return;
    }
    const { resolve, reject } = pending.get(id) ?? {};
    pending.delete(id);
    if (error === undefined) resolve?.(result);
    else reject?.(new Error(error.message));
  }

  return {
    send(method, params = {}, sessionId = undefined) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      });
    },
    /** @returns {() => void} ends it */
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function openPage(connection, url, look = {}) {
  const { dark = false, language = 'en-US', width = 1280, height = 800 } = look;
  const { browserContextId } = await connection.send('Target.createBrowserContext');
  const { targetId } = await connection.send('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
  });
  const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method, params) => connection.send(method, params, sessionId);
  const problems = [];
  connection.listen(({ sessionId: session, method, params }) => {
    if (session !== sessionId) return;
    if (method === 'Runtime.exceptionThrown') {
      problems.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    }
    if (method === 'Log.entryAdded' && params.entry.level === 'error') {
      problems.push(`${params.entry.text} ${params.entry.url ?? ''}`);
    }
  });
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`);
  const features = [
    { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
    // Nothing moves in a screenshot, and axe measures no colour on its way to another.
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ];
  await send('Emulation.setEmulatedMedia', { features });
  const { userAgent } = await connection.send('Browser.getVersion');
  await send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: language });
  await send('Emulation.setDeviceMetricsOverride', {
    ...{ width, height, deviceScaleFactor: 1, mobile: false },
  });
  const { errorText } = await send('Page.navigate', { url });
  if (errorText !== undefined) throw new Error(`${url}: ${errorText}`);

  const page = {
    /** What went wrong in the page: errors of its script, and what its policy refused. */
    problems,
    send,
    /** The value of an expression, or of what it promises. */
    async evaluate(expression) {
      const { result, exceptionDetails } = await send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails !== undefined) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }
      return result.value;
    },
    /** Waits until an expression is true, and gives its value. */
    async until(expression) {
      const end = Date.now() + TIMEOUT;
      for (;;) {
        const value = await page.evaluate(expression);
        if (value) return value;
        if (Date.now() > end) {
          throw new Error(`it did not come to hold: ${expression}\n${problems.join('\n')}`);
        }
        await pause(20);
      }
    },
    /** Loads the page again, to its end. */
    async reload() {
      const loaded = new Promise((resolve) => {
        const end = connection.listen(({ sessionId: session, method }) => {
          if (session !== sessionId || method !== 'Page.loadEventFired') return;
          end();
          resolve();
        });
      });
      await send('Page.reload');
      await loaded;
    },
    /** Clicks in the middle of an element, as a mouse does. */
    async click(selector) {
      const point = await page.until(`(() => {
        const element = document.querySelector(${JSON.stringify(selector)});
        if (element === null) return undefined;
        element.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y, width, height } = element.getBoundingClientRect();
        const middle = { x: x + width / 2, y: y + height / 2 };
        const hit = document.elementFromPoint(middle.x, middle.y);
        return element.contains(hit) || hit?.contains(element) ? middle : undefined;
      })()`);
      for (const type of ['mousePressed', 'mouseReleased']) {
        await send('Input.dispatchMouseEvent', { type, ...point, button: 'left', clickCount: 1 });
      }
    },
    /** Presses a key, such as `Tab` or `ArrowDown`. */
    async press(key, modifiers = 0) {
      const code = { Tab: 9, Enter: 13, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40 };
      const text = key === 'Enter' ? '\r' : undefined;
      const all = { key, code: key, windowsVirtualKeyCode: code[key], modifiers };
      await send('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', text, ...all });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...all });
    },
    /** Types a text into a field. */
    async type(selector, text) {
      await page.evaluate(`document.querySelector(${JSON.stringify(selector)}).focus()`);
      await send('Input.insertText', { text });
    },
    /** A picture of what is seen: PNG. */
    async screenshot() {
      const { data } = await send('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(data, 'base64');
    },
    close: () => connection.send('Target.disposeBrowserContext', { browserContextId }),
  };
  await page.until("document.readyState === 'complete'");
  return page;
}
