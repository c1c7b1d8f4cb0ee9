// Applications whose body parser is before every route: what the pages of their frameworks say of that.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { notificationResponse, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { root } from '../../scripts/run.mjs';
import { onLoopback } from '../loopback.mjs';
import { takesNotifications } from './requests.mjs';

const { resolve } = createRequire(join(root, 'examples-node/hosts/package.json'));
const load = (name) => import(pathToFileURL(resolve(name)));

describe('a body parser before every route', { timeout: 60_000 }, () => {
  let sandbox;
  let wxpay;
  before(async () => {
    sandbox = await createSandbox();
    wxpay = new Wechatpay(sandbox.options);
  });
  after(() => sandbox.close());

  const receive = async (request) => {
    try {
      await wxpay.notification(request);
      return notificationResponse();
    } catch (error) {
      return notificationResponse(error);
    }
  };
  const serving = async (listener, body) => {
    const { url, close } = await onLoopback(createServer(listener));
    try {
      await body(url);
    } finally {
      await close();
    }
  };

  test("Express: `verify` of express.json() keeps the raw body as the request's rawBody", async () => {
    const { default: express } = await load('express');
    const app = express();
    const verify = (req, _res, bytes) => {
      req.rawBody = bytes;
    };
    app.use(express.json({ verify }));
    app.post('/notify', async (req, res) => {
      assert.equal(typeof req.body.resource, 'object');
      const { status, headers, body } = await receive(req);
      res.writeHead(status, headers).end(body);
    });
    await serving(app, (url) => takesNotifications(url, sandbox));
  });

  test('Koa: @koa/bodyparser keeps it, and `ctx` is enough', async () => {
    const { default: Koa } = await load('koa');
    const { bodyParser } = await load('@koa/bodyparser');
    const app = new Koa();
    app.use(bodyParser());
    app.use(async (ctx) => {
      assert.equal(typeof ctx.request.body.resource, 'object');
      const { status, headers, body } = await receive(ctx);
      ctx.status = status;
      ctx.set(headers);
      ctx.body = body;
    });
    await serving(app.callback(), (url) => takesNotifications(url, sandbox));
  });
});
