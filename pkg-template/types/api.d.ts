// What the build makes of the catalogue (`scripts/catalogue/types/`) stands here in the published
// package. These are the types of a catalogue without an entry.

import type { ChainNode } from './chain.js';

/** `wxpay.v3`: every documented path, segment by segment. */
export type ApiV3 = ChainNode;

/** Every documented path that begins with `v3/`. */
export type ApiV3Paths = Record<never, never>;

/** Every documented path, for `chain`. */
export type ApiPaths = Record<never, never>;

/** The responses of the documented uploads, by their paths. */
export type ApiUploads = Record<never, never>;

/** The documented lists that come in pages, by their paths: what `paginate` takes and gives. */
export type ApiLists = Record<never, { options: object; item: unknown }>;

/** The resources of the documented notifications, by their events. */
export type EventResources = Record<never, never>;

/** A documented code of an error, or any other. */
export type ErrorCode = string & {};
