// node serve-function.mjs CLOUD FILE: calls the handler of a cloud function with every HTTP request, in the
// form that the cloud's documents give.

import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const LONGEST = 15_000;
// As large as what AWS hands to a function.
const LARGEST = 6 << 20;

// `handler` is what the function's file exports.
const clouds = {
  // A Function URL or an HTTP API: payload version 2.0.
  lambda: {
    handler: 'handler',
    event: ({ method, path, query, headers, ip, body, isBase64Encoded }) => ({
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: query,
      headers,
      requestContext: {
        http: { method, path, sourceIp: ip },
        stage: '$default',
        timeEpoch: Date.now(),
      },
      ...(body !== '' && { body }),
      isBase64Encoded,
    }),
    context: (ends) => ({ getRemainingTimeInMillis: () => Math.max(ends - Date.now(), 0) }),
  },

  // Tencent SCF, an event function behind a function URL: cloud.tencent.com/document/product/583/96099
  scf: {
    handler: 'main_handler',
    event: ({ method, path, headers, bytes }) => ({
      body: bytes.toString(),
      headers,
      httpMethod: method,
      path,
      queryString: {},
    }),
    context: () => ({ memory_limit_in_mb: 128, time_limit_in_ms: LONGEST }),
  },

  // Tencent CloudBase, a function behind its HTTP access: docs.cloudbase.net/service/access-cloud-function
  cloudbase: {
    handler: 'main',
    event: ({ method, path, headers, body, isBase64Encoded }) => ({
      path,
      httpMethod: method,
      headers,
      queryStringParameters: {},
      requestContext: { requestId: 'any', envId: 'env-id', appId: 123456789, uin: 123456789 },
      body,
      isBase64Encoded,
    }),
    context: () => ({ memory_limit_in_mb: 128, time_limit_in_ms: LONGEST }),
  },

  // Alibaba FC 3.0, a built-in runtime with an HTTP trigger. Its event comes as the bytes of a JSON text, and
  // its headers are named as Go's servers name them.
  fc: {
    handler: 'handler',
    event: ({ method, path, headers, ip, body, isBase64Encoded }) =>
      Buffer.from(
        JSON.stringify({
          version: 'v1',
          rawPath: path,
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [canonical(name), value]),
          ),
          queryParameters: {},
          body,
          isBase64Encoded,
          requestContext: {
            accountId: '123456',
            domainName: 'id.cn-hangzhou.fcapp.run',
            domainPrefix: 'id',
            requestId: 'any',
            time: new Date().toISOString(),
            timeEpoch: `${Date.now()}`,
            http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip, userAgent: 'any' },
          },
        }),
      ),
    context: () => ({ requestId: 'any', function: { name: 'wechatpay', timeout: LONGEST / 1000 } }),
  },
};

const [name, file] = process.argv.slice(2);
const cloud = clouds[name];
const exported = await import(pathToFileURL(resolve(file)));
const handler = exported[cloud.handler];

const server = createServer(async (request, response) => {
  const ends = Date.now() + LONGEST;
  try {
    const parts = await partsOf(request);
    if (parts.bytes.length > LARGEST) return send(response, { statusCode: 413 });
    send(response, await handler(cloud.event(parts), cloud.context(ends)));
  } catch (error) {
    // What AWS responds with where a function fails.
    console.error(error);
    send(response, { statusCode: 502, body: '{"message":"Internal Server Error"}' });
  }
});
server.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

async function partsOf(request) {
  const { pathname, search } = new URL(request.url, 'http://localhost');
  const bytes = await buffer(request);
  // Clouds give text as it is, and everything else in base64.
  const isText = /json|text|xml|javascript/.test(request.headers['content-type'] ?? '');
  return {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    headers: request.headers,
    ip: request.socket.remoteAddress,
    bytes,
    body: bytes.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: bytes.length > 0 && !isText,
  };
}

function canonical(header) {
  return header.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function send(response, { statusCode, headers = {}, body = '', isBase64Encoded = false }) {
  response.writeHead(statusCode, headers).end(body, isBase64Encoded ? 'base64' : 'utf8');
}
