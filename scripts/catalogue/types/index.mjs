// The catalogue → the types of the chain, of notifications and of errors, as one text. It goes where
// pkg-template/types/api.d.ts stands, which says what has to be there.
//
// node scripts/catalogue/types/index.mjs   writes the text

import { main } from '../../run.mjs';
import { readCatalogue } from '../read.mjs';
import { resourcesOf } from './events.mjs';
import { listsOf } from './lists.mjs';
import { literal } from './literals.mjs';
import { Shapes } from './shapes.mjs';
import { treeOf } from './tree.mjs';

/** The text. `others` are names that the file declares besides. */
export function apiTypes({ operations, events, errors }, others = []) {
  const shapes = new Shapes([...others, ...EXPORTED, ...HELPERS]);
  const tree = treeOf(operations, shapes);
  const resources = resourcesOf(events, shapes);
  const pathMember = ({ path, type }) => `  readonly ${literal(path)}: ${type};`;
  return shapes.named(`${HEAD}
/** \`wxpay.v3\`: every documented path, segment by segment. */
export type ApiV3 = ${tree.v3};

/** Every documented path that begins with \`v3/\`. */
export interface ApiV3Paths ${block(tree.paths.map(pathMember))}

/** Every documented path, for \`chain\`. */
export interface ApiPaths extends ApiV3Paths ${block(tree.otherPaths.map(pathMember))}

/** The responses of the documented uploads, by their paths. */
export interface ApiUploads ${block(tree.uploads)}

/** The documented lists that come in pages, by their paths: what \`paginate\` takes and gives. */
export interface ApiLists ${block(listsOf(operations, shapes))}

/** The resources of the documented notifications, by their events. */
export interface EventResources ${block(resources)}

/** A documented code of an error, or any other. */
export type ErrorCode = ${[...errors.map(({ code }) => literal(code)), '(string & {})'].join(' | ')};
`);
}

const EXPORTED = [
  ...['ApiV3', 'ApiV3Paths', 'ApiPaths', 'ApiUploads', 'ApiLists'],
  ...['EventResources', 'ErrorCode'],
];
const HELPERS = [
  'Item',
  'Value',
  'Typed',
  'Options',
  'Json',
  'UseUpload',
  'OtherForm',
  'UseDownload',
];

const HEAD = `type Value = string | number;
type Typed<Path> = Path & { readonly [segment: string]: ChainNode };
interface Options extends CallOptions {
  /** \`Wechatpay-Serial\` names the key with which you encrypted fields of the body. */
  headers?: (Readonly<Record<string, string | undefined>> & { 'Wechatpay-Serial'?: string | undefined }) | undefined;
}
interface Json<Body> extends Options {
  json: Body;
  /** The paths of the fields of \`json\` that are encrypted before it is signed: see \`encrypt\` of {@link ChainOptions}. */
  encrypt?: readonly string[] | undefined;
}
/** One of the items of a list that a response has. */
type Item<Data, List extends keyof Data> = NonNullable<Data[List]> extends readonly (infer One)[] ? One : never;
/** The body is a form with a file: call \`wxpay.upload(path, params)\`. */
interface UseUpload {
  'wxpay.upload': never;
}
/** The body is a form with other fields than \`wxpay.upload\` sends: this package does not make it. */
interface OtherForm {
  'not JSON': never;
}
/** The response is a file: call \`wxpay.download(url, params)\` with the hash that a signed response gave. */
interface UseDownload {
  'wxpay.download': never;
}
`;

const block = (members) => (members.length === 0 ? '{}' : `{\n${members.join('\n')}\n}`);

await main(import.meta.url, async () => {
  process.stdout.write(apiTypes(await readCatalogue()));
});
