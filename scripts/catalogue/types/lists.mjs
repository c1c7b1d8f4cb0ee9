// The operations whose list comes in pages → what `paginate` takes and gives, by their paths.

import { literal, property } from './literals.mjs';
import { dataOf, documentation, optionsOf } from './operations.mjs';

const PAGING = ['offset', 'limit', 'page_size', 'page_token'];

/** The members of the map. */
export function listsOf(operations, shapes) {
  return operations.filter(isPaged).map((operation) => {
    const query = operation.query.filter(({ name }) => !PAGING.includes(name));
    const begins = operation.query
      .filter(({ name }) => name === 'offset')
      .map((field) => ({ ...field, required: false }));
    const { type } = optionsOf({ ...operation, query: [...query, ...begins] }, shapes);
    const item = `Item<${dataOf(operation, shapes)}, ${literal(listIn(operation))}>`;
    const path = property(operation.path.slice(1));
    return `${documentation(operation)}  ${path}: { options: ${type}; item: ${item} };`;
  });
}

/** Whether `paginate` knows how the operation pages: by an offset or a token. */
export function isPaged(operation) {
  const paging = operation.query.filter(({ name }) => ['offset', 'page_token'].includes(name));
  return operation.method === 'GET' && paging.length > 0 && listIn(operation) !== undefined;
}

/** The name of the list in its response: the only one that there is. */
export function listIn({ responses }) {
  const { fields = [] } = responses.get(200) ?? responses.get('200') ?? {};
  const lists = fields.filter(({ schema }) => schema.type === 'array');
  return lists.length === 1 ? lists[0].name : undefined;
}
