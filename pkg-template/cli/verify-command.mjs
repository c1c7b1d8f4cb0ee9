import { parseAuthorization, problemOfFields } from '../sandbox/authorization.mjs';
import { isSignedBy, requestMessage } from '../sandbox/signature.mjs';
import { findMistake } from '../sandbox/signature-mistake.mjs';
import { parseForm } from '../sandbox/upload-form.mjs';
import { readCaptured } from './captured.mjs';
import { knownKeys } from './client.mjs';
import { CREDENTIAL_OPTIONS, optionsOf, readCredentials } from './credentials.mjs';
import { givenBytes, requireArguments } from './given-text.mjs';
import { merchantKeyOf, merchantSerialOf, publicKeyOf } from './host-keys.mjs';
import { told } from './language.mjs';
import { LINES, partingOf, tellParting } from './parting.mjs';
import { UsageError } from './problems.mjs';
import { print } from './result.mjs';
import { inReadersWords, mistakeInReadersWords } from './sandbox-words.mjs';
import { ageOf } from './signature-age.mjs';
import { printable, say } from './talk.mjs';
import { expectedIn, verifyOfWechatpay } from './verify-of-wechatpay.mjs';

export const verifyCommand = {
  name: 'verify',
  get summary() {
    return told('summary.verify');
  },
  get help() {
    return told('help.verify', { credentials: told('help.credentials') });
  },
  options: {
    signature: { type: 'string' },
    by: { type: 'string' },
    against: { type: 'string' },
    ...CREDENTIAL_OPTIONS,
  },
  async run({ values, positionals }) {
    requireArguments(positionals, 1);
    const given = givenBytes('MESSAGE', positionals[0]);
    const against = values.against && givenBytes('--against', values.against);
    const found = await verified(given, values, against);
    const { message, lines, signed, other = against ?? signed, refusal, ...result } = found;
    const parts = other && message && partingOf(message, other, lines);
    const all = { ...result, message: message?.toString(), signedMessage: signed?.toString() };
    print({ ...all, ...(other && message && { parts: parts ?? null }) });
    say(outcome(result, refusal));
    if (result.note) say(result.note);
    if (parts) say(printable(tellParting(parts)));
    else if (other && message && !result.verified && !refusal) say(told('same-strings'));
    return result.verified ? 0 : 1;
  },
};

function outcome({ verified, mistake }, refusal) {
  if (verified) return told('verified');
  if (refusal) return told('refused', { problem: refusal });
  return mistake ? told('not-valid', { problem: mistake }) : told('wrong-signature');
}

/** What is found of a signature, with the string that has to be signed, and the one that was, if it was found. */
async function verified(given, values, against) {
  const captured = values.signature === undefined ? readCaptured(given) : undefined;
  if (captured?.kind === 'request') return ofMerchant(captured, values);
  if (captured !== undefined) return ofWechatpay(captured, values, against);
  return ofString(given, values);
}

/** Beside a string of the reader's, the response to a wrong signature says what it should have been. */
async function ofWechatpay(captured, values, against) {
  const result = await verifyOfWechatpay(captured, values);
  const message = against && expectedIn(captured.body);
  if (!message) return result;
  const other = against.subarray(0, message.length);
  if (message.equals(other)) say(told('same-start'));
  return { ...result, lines: LINES.request, message, other };
}

function ofString(message, values) {
  const { signature, by = 'wechatpay' } = values;
  if (signature === undefined) throw new UsageError(told('needs-signature'));
  if (!['wechatpay', 'merchant'].includes(by)) throw new UsageError(told('by'));
  const options = optionsOf(readCredentials(values).env);
  const lines = by === 'merchant' ? LINES.request : LINES.response;
  const key =
    by === 'merchant' ? merchantKeyOf(options) : publicKeyOf(Object.values(knownKeys(options))[0]);
  return { kind: 'string', verified: isSignedBy(key, message, signature.trim()), message, lines };
}

function ofMerchant(call, values) {
  const { kind, headers, body: received } = call;
  const { fields, problem } = parseAuthorization(
    headers.authorization === undefined ? [] : [headers.authorization],
  );
  if (fields === undefined) {
    const refusal = inReadersWords(problem.reason);
    return { kind, verified: false, mistake: refusal, refusal };
  }
  const { mchid, nonce_str: nonce, timestamp, signature, serial_no: serial } = fields;
  // The signature of an upload covers its meta.
  const body = parseForm({ ...call, body: received })?.get('meta')?.content ?? received;
  const message = requestMessage({ ...call, body }, fields);
  const options = optionsOf(readCredentials(values).env);
  const publicKey = merchantKeyOf(options);
  const { age, note } = ageOf(timestamp);
  const result = {
    kind,
    mchid,
    serial,
    timestamp,
    nonce,
    age,
    note,
    lines: LINES.request,
    message,
  };
  const expected = { message, publicKey };
  const isRight = isSignedBy(publicKey, message, signature);
  const found = isRight ? undefined : findMistake({ ...call, body }, received, fields, expected);
  // WeChat Pay looks at these first, and at the time, of which there is a note.
  const merchant = { mchid: options.mchid ?? mchid, serial: merchantSerialOf(options) };
  const wrong = problemOfFields(
    fields,
    { ...merchant, serial: merchant.serial ?? serial.toUpperCase() },
    Number(timestamp),
  );
  if (wrong === undefined && isRight) return { ...result, verified: true };
  const refusal = wrong && inReadersWords(wrong.reason);
  const mistakes = [refusal, found && mistakeInReadersWords(found)].filter(Boolean);
  const mistake = mistakes.join(told('and-so'));
  return {
    ...result,
    verified: false,
    mistake,
    refusal: refusal && mistake,
    signed: found?.signedMessage,
  };
}
