// jsdom, with what it lacks of Node's: users add the same.

const { TestEnvironment } = require('jest-environment-jsdom');

const lacking = { TextDecoder, TextEncoder, fetch, Headers, Request, Response, ReadableStream };
const ofNode = { AbortController, AbortSignal, Blob };

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, lacking, ofNode);
  }
};
