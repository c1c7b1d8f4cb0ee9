// node serve-lambda.mjs FILE: calls the handler of an AWS Lambda function with every HTTP request, in
// the form that a Function URL and an HTTP API give it: payload version 2.0.

import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const LONGEST = 15_000;
// As large as what AWS hands to a function.
const LARGEST = 6 << 20;

const { handler } = await import(pathToFileURL(resolve(process.argv[2])));

const server = createServer(async (request, response) => {
  const ends = Date.now() + LONGEST;
  try {
    const event = await eventOf(request);
    if (event.body?.length > LARGEST) return send(response, { statusCode: 413 });
    const context = { getRemainingTimeInMillis: () => Math.max(ends - Date.now(), 0) };
    send(response, await handler(event, context));
  } catch (error) {
    // What AWS responds with where a function fails.
    console.error(error);
    send(response, { statusCode: 502, body: '{"message":"Internal Server Error"}' });
  }
});
server.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

async function eventOf(request) {
  const { pathname, search } = new URL(request.url, 'http://localhost');
  const body = await buffer(request);
  // AWS gives text as it is, and everything else in base64.
  const isText = /json|text|xml|javascript/.test(request.headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: request.headers,
    requestContext: {
      http: { method: request.method, path: pathname, sourceIp: request.socket.remoteAddress },
      stage: '$default',
      timeEpoch: Date.now(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function send(response, { statusCode, headers = {}, body = '', isBase64Encoded = false }) {
  response.writeHead(statusCode, headers).end(body, isBase64Encoded ? 'base64' : 'utf8');
}
