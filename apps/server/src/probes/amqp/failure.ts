import { codeOf } from '../../notify/failure.ts';
import { asProbeFailure, ProbeFailure, type Reason } from '../failure.ts';

/** Codes of AMQP 0-9-1 (its reference, "Reply codes") as far as they say more than that something is wrong. */
const BY_CODE: Record<string, Reason> = {
  '311': 'limit',
  '320': 'unhealthy',
  '403': 'forbidden',
  '404': 'not_found',
  '405': 'forbidden',
  '406': 'config',
  '506': 'limit',
  '541': 'unhealthy',
};

/** What a broker says while a connection opens, in the client's words and its own. */
const OPENING: [RegExp, Reason][] = [
  [/403 \(ACCESS-REFUSED\)/, 'auth'],
  [/SASL mechanism/, 'auth'],
];

/** OpenSSL's words for bytes that are no TLS records. */
const NOT_TLS = /wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long/i;

/** `404 (NOT-FOUND) with message "NOT_FOUND - no queue 'x' in vhost '/'"` */
const CLOSE_TEXT = /(\d{3}) \([A-Z-]+\)(?: with message "(.*)")?/s;

/** Characters of a broker's own words in a sentence. */
const SAID_LENGTH = 300;

/** Why a connection to a host did not open. */
export function openingFailure(error: unknown, place: string, host: string): ProbeFailure {
  const known = asProbeFailure(error);
  const cause = { cause: error };
  if (known.reason === 'tls') {
    return new ProbeFailure('tls', `the certificate of ${host} is not accepted: ${known.message}`, cause);
  }
  if (NOT_TLS.test(`${codeOf(error)} ${known.message}`)) {
    return new ProbeFailure('protocol', `${host} does not speak TLS on this port`, cause);
  }
  if (codeOf(error).startsWith('ERR_SSL_')) {
    return new ProbeFailure('tls', `the TLS handshake with ${host} failed (${codeOf(error)})`, cause);
  }
  if (known.reason === 'reset') return new ProbeFailure('protocol', hungUp(place), cause);
  if (known.reason !== 'internal') return known;
  const said = known.message;
  // The client keeps the broker's own words to itself here.
  if (/Expected ConnectionOpenOk; got <ConnectionClose/.test(said)) {
    const why = 'it does not exist, the user has no right to it, or it takes no more connections';
    return new ProbeFailure('forbidden', `${place} does not let this user into the vhost: ${why}`, cause);
  }
  const reason = OPENING.find(([pattern]) => pattern.test(said))?.[1];
  if (reason !== undefined) return new ProbeFailure(reason, `${place} refused: ${wordsOf(said)}`, cause);
  if (/closed|ended/i.test(said)) return new ProbeFailure('protocol', hungUp(place), cause);
  return new ProbeFailure('protocol', `${place} does not speak AMQP 0-9-1 on this port`, cause);
}

/** Why an operation on an open connection failed. */
export function operationFailure(error: unknown, place: string, what: string): ProbeFailure {
  const known = asProbeFailure(error);
  const cause = { cause: error };
  if (known.reason !== 'internal') return new ProbeFailure(known.reason, `${place} broke off ${what}`, cause);
  const [, code = ''] = CLOSE_TEXT.exec(known.message) ?? [];
  const reason = BY_CODE[code];
  if (reason !== undefined) {
    return new ProbeFailure(reason, `${place} refused ${what}: ${wordsOf(known.message)}`, cause);
  }
  if (/closed|ended|closing/i.test(known.message)) {
    return new ProbeFailure('reset', `${place} closed the connection during ${what}`, cause);
  }
  return new ProbeFailure('protocol', `${place} answered ${what} otherwise than AMQP 0-9-1 says`, cause);
}

function hungUp(place: string): string {
  return `${place} closed the connection before AMQP began`;
}

/** The broker's own words; the client wraps them in its own. */
function wordsOf(text: string): string {
  const said = CLOSE_TEXT.exec(text)?.[2] ?? text;
  return said.replaceAll(/\s+/g, ' ').slice(0, SAID_LENGTH);
}
