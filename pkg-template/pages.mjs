// @ts-check
// Lists that WeChat Pay gives in pages, item by item. What is known of the endpoints stands here: most
// have `offset`, `limit` and `total_count`, some have other names, and of some an offset counts pages.

import { makeMethods } from './client/caller.mjs';
import { unusableResponse, validationError } from './client/failures.mjs';
import {
  isArray,
  isFunction,
  isObject,
  isPlain,
  keys,
  kindOf,
  member,
  ownMember,
  part,
  text,
} from './client/foreign.mjs';
import { message } from './client/message.mjs';
import { CALL_OPTIONS, Record } from './client/record.mjs';

/**
 * The names by which an endpoint pages.
 *
 * @typedef {object} Style
 * @property {string} [offset] where a page begins
 * @property {string} [size] how many items it has at most
 * @property {string} [token] names the next page, as `next` of the response says
 * @property {string} [next]
 * @property {string} [total] how many items there are
 * @property {string} [items] the list, where that number counts
 */

/** @type {Style} */
const USUAL = { offset: 'offset', size: 'limit', total: 'total_count', items: 'data' };

/** @type {[path: RegExp, style: Style][]} */
const OTHERS = [
  [/\/product-coupon\//, { size: 'page_size', token: 'page_token', next: 'next_page_token' }],
  [
    /\/delivery-plan\/.*\/delivery-plans$/,
    { offset: 'offset', size: 'page_size', total: 'total_count', items: 'plan_list' },
  ],
  [/^(?:hk\/v3|v3\/global)\/refunds$/, { offset: 'offset', total: 'total_num', items: 'data' }],
];

// 分页页码: of vouchers and gifts, WeChat Pay's documents call the offset the number of a page, from 0.
const COUNTS_PAGES = /^v3\/marketing\/(?:favor|busifavor|paygiftactivity)\//;

// Its first page may have the number 0 or 1: the documents do not say.
const NUMBERED = /\/card\/card-links$/;

// The least that an endpoint allows (`favor/stocks`).
const PAGE_SIZE = 10;
const MOST_PAGE_SIZE = 1_000;

// A list that says that there is more, and gives nothing, is asked so often.
const MOST_EMPTY = 3;

/** @typedef {{ data: unknown }} Response */
/** @typedef {(method: string, links: object[], options: object) => Promise<Response>} Send */

/** @typedef {import('./client/message.mjs').Message} Message */
/** @typedef {import('./client/message.mjs').Locale} Locale */

/** @type {(value: unknown) => boolean} */
let isPages;
/** @type {(pages: Pages) => Locale | undefined} */
let localeOf;

class Pages {
  #items;
  #locale;

  /**
   * @param {AsyncGenerator<unknown, void, void>} items
   * @param {Locale | undefined} locale
   */
  constructor(items, locale) {
    this.#items = items;
    this.#locale = locale;
  }

  async next() {
    return await this.#items.next();
  }

  /**
   * Ends it, as a `break` does. Nothing more is sent.
   *
   * @param {unknown} value
   */
  async return(value) {
    return await this.#items.return(/** @type {any} */ (await value));
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  static {
    isPages = (value) => isObject(value) && #items in /** @type {any} */ (value);
    localeOf = (pages) => pages.#locale;
  }
}

// So that the stack of an error begins where the items are asked for.
makeMethods(
  Pages.prototype,
  ['next', 'return'],
  (value) => isPages(value),
  (pages) => localeOf(pages),
);

/**
 * The items of a list. Nothing is sent before the first one is asked for, and no page before its first
 * item is.
 *
 * @param {Send} send
 * @param {unknown} path
 * @param {unknown} options
 * @param {Locale | undefined} locale of errors
 */
export function paginate(send, path, options, locale) {
  return new Pages(itemsOf(send, path, options), locale);
}

/**
 * @param {Send} send
 * @param {unknown} given
 * @param {unknown} options
 * @returns {AsyncGenerator<unknown, void, void>}
 */
async function* itemsOf(send, given, options) {
  const refused = (/** @type {Message} */ problem) => validationError('path', problem);
  if (isFunction(part(given, 'get'))) {
    throw refused(message("must be a path as text, such as 'v3/merchant-service/complaints-v2'"));
  }
  const path = text(given, refused);
  const { pageSize, items, countsPages, start, query, rest } = readOptions(path, options);
  const style = styleOf(path);
  /** @type {string | undefined} */
  let token;
  let offset = start;
  /** @type {number | undefined} */
  let total;
  let yielded = 0;
  let empty = 0;
  let before = '';
  for (;;) {
    const paging = {
      ...(style.offset && { [style.offset]: offset }),
      ...(style.size && { [style.size]: pageSize }),
      ...(style.token && token !== undefined && { [style.token]: token }),
    };
    const { data } = await send('GET', [{ written: path }], {
      ...rest,
      query: { ...query, ...paging },
    });
    const { name, list } = listOf(data, items);
    if (style.total && name === style.items) total = numberOf(data, style.total) ?? total;
    // An empty list may be left out.
    if (list.length === 0 && !isPage(data, style, items)) {
      throw unusable(path, message('has no list of items'));
    }
    const page = JSON.stringify(list);
    if (list.length > 0 && page === before) {
      throw unusable(path, message('gives the same page again and again, as if it had no pages'));
    }
    before = page;
    yield* list;
    yielded += list.length;
    empty = list.length === 0 ? empty + 1 : 0;
    if (style.next) {
      const next = textOf(data, style.next);
      if (!next) return;
      if (next === token) {
        throw unusable(path, message('names the page that it gave as its {}', style.next));
      }
      token = next;
    } else if (total === undefined) {
      if (list.length === 0) return;
      // A page of more than was asked for is all that there is. The response may say that it has fewer.
      const most = (style.size && numberOf(data, style.size)) || pageSize;
      if (style.size && (list.length < Math.min(most, pageSize) || list.length > pageSize)) return;
    } else if ((countsPages ? start * pageSize : start) + yielded >= total) {
      return;
    }
    if (empty >= MOST_EMPTY) {
      throw unusable(
        path,
        total === undefined
          ? message('gave {} empty pages, one after the other', MOST_EMPTY)
          : message(
              'has {} items by its {}, and gave {} of them: {}',
              total,
              String(style.total),
              yielded,
              hint(countsPages),
            ),
      );
    }
    offset += countsPages ? 1 : list.length || pageSize;
  }
}

/**
 * @param {boolean} countsPages
 */
function hint(countsPages) {
  return countsPages
    ? message("the list changed meanwhile, or its offset counts items (offsetCounts: 'items')")
    : message("the list changed meanwhile, or its offset counts pages (offsetCounts: 'pages')");
}

/**
 * @param {string} path
 */
function styleOf(path) {
  const plain = plainOf(path);
  if (NUMBERED.test(plain)) {
    throw validationError(
      'path',
      message('numbers its pages by page_index, which paginate() does not know'),
    );
  }
  return OTHERS.find(([pattern]) => pattern.test(plain))?.[1] ?? USUAL;
}

/**
 * The path without what does not tell endpoints apart.
 *
 * @param {string} path
 */
function plainOf(path) {
  return path.replace(/^\//, '').replace(/\?.*$/, '');
}

/**
 * @param {string} path
 * @param {unknown} options
 */
function readOptions(path, options) {
  const record = new Record(options === undefined ? {} : options, CALL_OPTIONS);
  const own = ['pageSize', 'items', 'offsetCounts', 'query'];
  const rest = Object.fromEntries(
    record.names
      .filter((name) => !own.includes(name))
      .map((name) => [name, record.variable(name, name)]),
  );
  const offsetCounts = record.optionalText('offsetCounts');
  if (offsetCounts !== undefined && !['items', 'pages'].includes(offsetCounts)) {
    throw record.refused('offsetCounts', message("must be 'items' or 'pages'"));
  }
  const { offset, limit, ...query } = readQuery(record.optional('query'));
  const pageSize = record.optionalInteger('pageSize', 1, MOST_PAGE_SIZE);
  return {
    rest,
    query,
    items: record.optionalText('items'),
    countsPages: offsetCounts ? offsetCounts === 'pages' : COUNTS_PAGES.test(plainOf(path)),
    start: wholeOf(offset, 'query.offset', 0, Number.MAX_SAFE_INTEGER) ?? 0,
    pageSize: pageSize ?? wholeOf(limit, 'query.limit', 1, MOST_PAGE_SIZE) ?? PAGE_SIZE,
  };
}

/**
 * The query's members; the chain checks their values.
 *
 * @param {unknown} query
 * @returns {{ [name: string]: unknown }}
 */
function readQuery(query) {
  if (query === undefined) return {};
  if (!isPlain(query)) {
    throw validationError(
      'query',
      message(
        'must be a plain object { name: value }, not {}; of a Map, Headers or ' +
          'URLSearchParams, Object.fromEntries makes one',
        kindOf(query),
      ),
    );
  }
  const unreadable = (/** @type {string} */ field) => () =>
    validationError(field, message('cannot be read: its getter throws'));
  const names = keys(query, unreadable('query'));
  return Object.fromEntries(
    names.map((name) => [name, ownMember(query, name, unreadable('query'))]),
  );
}

/**
 * A whole number, which may be written as a text.
 *
 * @param {unknown} value
 * @param {string} field
 * @param {number} least
 * @param {number} most
 */
function wholeOf(value, field, least, most) {
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) {
    return number;
  }
  throw validationError(field, message('must be a whole number from {} to {}', least, most));
}

/**
 * The list in a response: `data`, or the only one that there is; empty where there is none.
 *
 * @param {unknown} data
 * @param {string | undefined} items its name, where the caller says it
 * @returns {{ name?: string, list: unknown[] }}
 */
function listOf(data, items) {
  const names = isObject(data) ? Object.keys(/** @type {object} */ (data)) : [];
  const lists = names.filter((name) => isArray(member(data, name)));
  const name = items ?? (lists.includes('data') ? 'data' : lists[0]);
  if (items === undefined && name !== 'data' && lists.length > 1) {
    throw validationError(
      'options.items',
      message('is missing: the response has {}', lists.join(', ')),
    );
  }
  const list = name !== undefined && lists.includes(name) ? member(data, name) : [];
  return { name: name ?? 'data', list: /** @type {unknown[]} */ (list) };
}

/**
 * Whether a response without items is a page: nothing at all, or with a list or one of the members that
 * pages have.
 *
 * @param {unknown} data
 * @param {Style} style
 * @param {string | undefined} items
 */
function isPage(data, { total, next, offset, size }, items) {
  if (isArray(data)) return false;
  const names = isObject(data) ? Object.keys(/** @type {object} */ (data)) : [];
  const known = [total, next, offset, size, items, 'total_count', 'offset', 'limit'];
  return (
    names.length === 0 || names.some((name) => known.includes(name) || isArray(member(data, name)))
  );
}

/**
 * @param {unknown} data
 * @param {string} name
 */
function numberOf(data, name) {
  const value = isObject(data) ? member(data, name) : undefined;
  return typeof value === 'number' ? value : undefined;
}

/**
 * @param {unknown} data
 * @param {string} name
 */
function textOf(data, name) {
  const value = isObject(data) ? member(data, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/**
 * @param {string} path
 * @param {Message} problem
 */
function unusable(path, problem) {
  return unusableResponse(message('the responses are unusable: {} {}', plainOf(path), problem));
}
