// OpenTelemetry: one client span for each call that sends a request, by the semantic conventions of HTTP.
// It needs `npm install @opentelemetry/api`; without an SDK that is set up, it does nothing.
//
//   const wxpay = new Wechatpay({ ...options, ...openTelemetryHooks() });
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

export function openTelemetryHooks(tracer = trace.getTracer('wechatpay-wasm')) {
  const spans = new Map(); // of the calls that are under way, by their ids

  function onRequest({ callId, call, start, own, method, path, host, template }) {
    let span = spans.get(callId);
    const isFirst = span === undefined;
    if (isFirst) {
      // A chain's call is named by its method and template; the others have names of their own.
      const name = template === undefined ? `${method} ${call}` : call;
      span = tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime: start });
      spans.set(callId, span);
    }
    // A download of platform certificates before the call's own request is no span.
    if (!own && !isFirst) return;
    const { hostname, port, protocol } = new URL(host);
    span.setAttributes({
      'http.request.method': method,
      'server.address': hostname,
      'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
      // The path of a chain has ids in it: its template has none.
      ...(template === undefined ? { 'url.path': path } : { 'url.template': template }),
    });
  }

  function end({ callId, attempts, status, requestId, error }) {
    const span = spans.get(callId);
    if (span === undefined) return; // nothing was sent
    spans.delete(callId);
    if (status !== undefined) span.setAttribute('http.response.status_code', status);
    if (requestId !== undefined) span.setAttribute('wechatpay.request_id', requestId);
    if (attempts > 1) span.setAttribute('http.request.resend_count', attempts - 1);
    if (error !== undefined) {
      // The code of this package's errors; the name of what the call was aborted with.
      const type = typeof error?.code === 'string' ? error.code : error?.name;
      span.setAttribute('error.type', type ?? '_OTHER');
      span.setStatus({ code: SpanStatusCode.ERROR, message: error?.message });
    }
    span.end();
  }

  return { onRequest, onSuccess: end, onError: end };
}
