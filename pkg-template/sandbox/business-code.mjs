import { documentedFacts } from './documented/facts.mjs';

/** What a gateway responds with. A code comes from the server behind it. */
const GATEWAY_STATUSES = [502, 504];

/** Whether WeChat Pay documents this code of an error. */
export function isDocumentedCode(code) {
  return documentedFacts().errors.has(code);
}

/**
 * The status that WeChat Pay documents for a code, and what the code means.
 *
 * @param {string} code
 * @returns {{ status: number, message: string } | undefined} undefined if nobody documents it
 */
export function documentedError(code) {
  const { statuses, meaning } = documentedFacts().errors.get(code) ?? {};
  if (statuses === undefined) return undefined;
  const status = statuses.find((each) => !GATEWAY_STATUSES.includes(each));
  return { status, message: meaning };
}
