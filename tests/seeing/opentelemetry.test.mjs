// The recipe for OpenTelemetry, with its SDK, and the client of the packed tarball.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { openTelemetryHooks } from '../../examples-node/opentelemetry.mjs';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
trace.setGlobalTracerProvider(provider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager());

const sandbox = await createSandbox({ merchant: 'migrating' });
const { hostname, port } = new URL(sandbox.url);
const params = { appid: 'wxd678efh567h23787', outContractCode: 'TRACED_1' };
const path = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';
const attributes = {
  'http.request.method': 'POST',
  'server.address': hostname,
  'server.port': Number(port),
  'url.path': path,
};

/** The spans of `work` with a client, and what it rejects with. */
async function spansOf(work, { faults, ...options } = {}) {
  exporter.reset();
  sandbox.faults = faults;
  const wxpay = new Wechatpay({ ...sandbox.options, ...openTelemetryHooks(), ...options });
  const error = await work(wxpay).then(
    () => undefined,
    (reason) => reason,
  );
  sandbox.faults = undefined;
  return { spans: exporter.getFinishedSpans(), error };
}

test('one client span for a call, with its parent and HTTP attributes', async () => {
  const tracer = trace.getTracer('test');
  const before = Date.now();
  const { spans } = await spansOf((wxpay) =>
    tracer.startActiveSpan('parent', async (parent) => {
      await wxpay.preEntrustSignApp(params);
      parent.end();
    }),
  );
  const [span, parent] = spans;
  assert.equal(spans.length, 2);
  assert.equal(span.name, 'POST preEntrustSignApp');
  assert.equal(span.kind, SpanKind.CLIENT);
  assert.equal(span.parentSpanContext.spanId, parent.spanContext().spanId);
  const { 'wechatpay.request_id': requestId, ...rest } = span.attributes;
  assert.deepEqual(rest, { ...attributes, 'http.response.status_code': 200 });
  assert.match(requestId, /^[0-9A-F]{40}-0$/);
  assert.equal(span.status.code, SpanStatusCode.UNSET);
  const [seconds, nanoseconds] = span.startTime;
  const started = seconds * 1_000 + nanoseconds / 1e6;
  assert.ok(started >= before && started <= Date.now());
  assert.ok(span.duration[0] < 20);
});

test('a chain is named by its template, which has no ids', async () => {
  const { spans } = await spansOf((wxpay) =>
    wxpay.v3.ecommerce.individualContracts.outContractCode._code_.get({
      code: 'TRACED_1',
      query: { appid: params.appid },
    }),
  );
  const template = '/v3/ecommerce/individual-contracts/out-contract-code/{code}';
  assert.deepEqual(
    spans.map(({ name }) => name),
    [`GET ${template}`],
  );
  assert.equal(spans[0].attributes['url.template'], template);
  assert.doesNotMatch(JSON.stringify(spans[0].attributes), /TRACED_1/);
});

test('attempts are counted, and one span is for all', async () => {
  const { spans } = await spansOf((wxpay) => wxpay.preEntrustSignApp(params), {
    faults: { status: 503, times: 2 },
  });
  assert.equal(spans.length, 1);
  assert.equal(spans[0].attributes['http.request.resend_count'], 2);
  assert.equal(spans[0].attributes['http.response.status_code'], 200);
});

test('a failure has its type, and the status where there was a response', async () => {
  for (const [faults, type, status] of [
    [{ tamper: true }, 'ERR_SIGNATURE_INVALID', 200],
    [{ drop: true }, 'ERR_NETWORK', undefined],
    [{ status: 429 }, 'RATELIMIT_EXCEEDED', 429],
  ]) {
    const { spans, error } = await spansOf((wxpay) => wxpay.preEntrustSignApp(params), {
      faults: { ...faults, times: 1 },
      maxRetries: 0,
    });
    assert.equal(spans.length, 1);
    const [span] = spans;
    assert.equal(span.attributes['error.type'], type);
    assert.equal(span.attributes['http.response.status_code'], status);
    assert.deepEqual(span.status, { code: SpanStatusCode.ERROR, message: error.message });
  }
});

test('an abort ends the span, too', async () => {
  const { spans } = await spansOf(
    (wxpay) => wxpay.preEntrustSignApp(params, { signal: AbortSignal.timeout(50) }),
    { faults: { delay: 2_000, times: 1 } },
  );
  assert.equal(spans.length, 1);
  assert.equal(spans[0].attributes['error.type'], 'TimeoutError');
});

test('a download of certificates is no span of its own', async () => {
  const { spans } = await spansOf((wxpay) => wxpay.preEntrustSignApp(params), { certs: 'auto' });
  assert.equal(spans.length, 1);
  assert.equal(spans[0].attributes['url.path'], path);
});

test('what sends nothing has no span', async () => {
  const { spans } = await spansOf(async (wxpay) => {
    await wxpay.paySign({ type: 'jsapi', appid: params.appid, prepayId: 'wx1' });
    await wxpay.preEntrustSignApp({});
  });
  assert.deepEqual(spans, []);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
