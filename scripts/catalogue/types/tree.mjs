// The paths of the operations → one interface for each beginning of a path, and one map of whole paths.

import { property } from './literals.mjs';
import { isUpload, methodOf, uploadedOf } from './operations.mjs';

// Names that every link has, or that the chain leaves to JavaScript (`pkg-template/chain.mjs`). A segment
// of that name is written with a capital.
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const NO_SEGMENTS = new Set([
  ...METHODS,
  ...METHODS.map((method) => `${method}Async`),
  ...['chain', 'then', 'catch', 'finally', 'toJSON', 'toBSON', 'inspect', 'prototype'],
  ...['nodeType', 'nodeName', 'tagName', 'asymmetricMatch'],
]);

/** The interfaces of the paths, and the names of the three that the package exports. */
export function treeOf(operations, shapes) {
  const top = { segment: '', path: '', operations: [], children: new Map() };
  for (const operation of operations) {
    let node = top;
    for (const segment of operation.path.slice(1).split('/')) {
      if (!node.children.has(segment)) {
        const path = node === top ? segment : `${node.path}/${segment}`;
        node.children.set(segment, { segment, path, operations: [], children: new Map() });
      }
      node = node.children.get(segment);
    }
    node.operations.push(operation);
  }

  const typed = [];
  const children = [...top.children.values()].map((child) => linkOf(child, [], shapes, typed));
  const v3 = children.find(({ path }) => path === 'v3');
  return {
    v3: v3?.type ?? 'ChainNode',
    paths: typed.filter(({ path }) => path.startsWith('v3/')),
    otherPaths: typed.filter(({ path }) => !path.startsWith('v3/')),
    uploads: operations
      .filter(isUpload)
      .map((operation) => `  ${property(operation.path)}: ${uploadedOf(operation, shapes)};`),
  };
}

function linkOf(node, before, shapes, typed) {
  const segment = node.segment.replaceAll(/[{}]/g, '') || 'slash';
  const words = node.segment === segment ? [...before, segment] : before;
  const methods = node.operations.map((operation) => methodOf(operation, shapes));
  const place = { path: node.path, type: undefined };
  if (methods.length > 0) typed.push(place);
  const links = [...node.children.values()].map((child) => {
    const { type } = linkOf(child, words, shapes, typed);
    return `  readonly ${property(nameOf(child.segment))}: ${type};`;
  });
  const text = `extends ChainLink {\n${[...methods, ...links].join('\n')}\n}`;
  place.type = `Typed<${shapes.declare(text, before, `${segment} path`)}>`;
  return place;
}

/** The property that stands for a segment: the reverse of `src/calls/chain/segment.rs`. */
export function nameOf(segment) {
  if (segment.startsWith('{')) return `_${segment.slice(1, -1)}_`;
  if (NO_SEGMENTS.has(segment)) return segment[0].toUpperCase() + segment.slice(1);
  const camel = segment.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase());
  const back = camel
    .replace(/^[A-Z]/, (l) => l.toLowerCase())
    .replaceAll(/[A-Z]/g, (l) => `-${l.toLowerCase()}`);
  return back === segment && segment !== '' ? camel : `/${segment}`;
}
