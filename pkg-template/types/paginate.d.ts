import type { ApiLists } from './api.js';
import type { ChainOptions } from './chain.js';

/**
 * Options of {@link Wechatpay.paginate}, beside those of a call.
 *
 * @example
 * ```ts
 * const options: PaginateOptions = { pageSize: 50 };
 * ```
 */
export interface PaginateOptions {
  /**
   * How many items are asked for at once: 1 to 1000. Each endpoint has a limit of its own, and responds
   * with a `PARAM_ERROR` beyond it.
   * @defaultValue `10`, which every documented endpoint allows
   */
  pageSize?: number | undefined;
  /**
   * The name of the list in the response.
   * @defaultValue `data`, or the only list that the response has
   */
  items?: string | undefined;
  /**
   * What the endpoint's `offset` counts. Of vouchers, merchants' coupons and gifts after payment
   * (`marketing/favor`, `marketing/busifavor`, `marketing/paygiftactivity`) WeChat Pay's documents call it
   * the number of a page.
   * @defaultValue `'pages'` for these, `'items'` for all others
   */
  offsetCounts?: 'items' | 'pages' | undefined;
}

/**
 * What {@link Wechatpay.paginate} takes for a documented list: its options, which may be left out where none is
 * needed.
 *
 * @example
 * ```ts
 * const [query]: PaginateArguments<{ query?: object }> = [{ pageSize: 20 }];
 * ```
 */
export type PaginateArguments<Options> =
  Record<never, never> extends Options
    ? [options?: Options & PaginateOptions]
    : [options: Options & PaginateOptions];

/**
 * What {@link Wechatpay.paginate} takes for any other path.
 *
 * @example
 * ```ts
 * const options: OtherPaginateOptions = { pageSize: 20, query: { mchid } };
 * ```
 */
export type OtherPaginateOptions = ChainOptions & PaginateOptions & { json?: never };

/**
 * A path that the package has no types of; `never` for a documented list, whose options are checked.
 *
 * @example
 * ```ts
 * const path: OtherListPath<'v3/new/list'> = 'v3/new/list';
 * ```
 */
export type OtherListPath<Path extends string> = Path extends keyof ApiLists ? never : Path;
