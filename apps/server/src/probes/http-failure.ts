import { codeOf } from '../notify/failure.ts';
import { placeOf } from './connection.ts';
import { ProbeFailure } from './failure.ts';
import { type HttpRequest, portOf } from './http-exchange.ts';

/** What a request that got no answer failed of. */
export function exchangeFailure(error: Error, wanted: HttpRequest): ProbeFailure {
  const cause = { cause: error };
  const code = codeOf(error);
  const where = peerOf(wanted);
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new ProbeFailure('protocol', `${where} answered with headers beyond 16 KiB`, cause);
  }
  if (code.startsWith('HPE_')) return new ProbeFailure('protocol', `${where} does not answer in HTTP`, cause);
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return new ProbeFailure('protocol', `${where} closed the connection without an answer`, cause);
  }
  if (code.startsWith('ERR_SSL_')) {
    return new ProbeFailure('tls', `${where} broke off the TLS connection (${code})`, cause);
  }
  return new ProbeFailure('internal', `the request to ${where} failed: ${error.message}`, cause);
}

/** What an answer that did not come to its end failed of. */
export function cutShort(error: Error, wanted: HttpRequest): ProbeFailure {
  const cause = { cause: error };
  return codeOf(error).startsWith('HPE_')
    ? new ProbeFailure('protocol', `${peerOf(wanted)} sent an answer that is not HTTP to its end`, cause)
    : new ProbeFailure('reset', `${peerOf(wanted)} broke off in the middle of its answer`, cause);
}

/** How sentences name who was asked. */
export function peerOf({ url, socketPath }: HttpRequest): string {
  return socketPath ?? placeOf(url.hostname, portOf(url));
}
