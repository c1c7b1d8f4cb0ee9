// The types of the chain. They are published once, for `import` and for `require`.

export {
  ApiLists,
  ApiPaths,
  ApiUploads,
  ApiV3,
  ApiV3Paths,
  ErrorCode,
  EventResources,
} from './types/api.js';
export { CallOptions } from './types/call-options.js';
export { ChainLink, ChainNode, ChainOptions, ChainQuery, ChainResponse } from './types/chain.js';
