/** TLS of brokers' connections, which the library opens itself. */
import { isIP } from 'node:net';
import { codeOf } from '../../../notify/failure.ts';
import { asProbeFailure, ProbeFailure } from '../../failure.ts';
import type { TlsChoice } from '../../tls-settings.ts';

/** What `tls.connect` gets: the name that was asked for, not the address that was reached. */
export function tlsOptions(host: string, { ca }: TlsChoice) {
  // RFC 6066 section 3: an address is no server name.
  const name = isIP(host) === 0 ? { servername: host } : {};
  return ca === null ? name : { ...name, ca };
}

/** OpenSSL's words for an answer that is no TLS record. */
const NOT_TLS = /wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long|ECONNRESET|EPIPE/i;

/** Why no connection came about with a broker that is spoken to over TLS. */
export function handshakeFailure(error: Error, broker: string): ProbeFailure {
  const cause = { cause: error };
  if (NOT_TLS.test(`${codeOf(error)} ${error.message}`)) {
    return new ProbeFailure('protocol', `${broker} does not speak TLS on this port`, cause);
  }
  const known = asProbeFailure(error);
  if (known.reason === 'tls') {
    return new ProbeFailure('tls', `the certificate of ${broker} is not accepted: ${known.message}`, cause);
  }
  if (codeOf(error).startsWith('ERR_SSL_')) {
    return new ProbeFailure('tls', `the TLS handshake with ${broker} failed: ${known.message}`, cause);
  }
  return known;
}
