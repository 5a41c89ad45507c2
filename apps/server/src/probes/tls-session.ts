import { isIP, type Socket } from 'node:net';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { codeOf } from '../notify/failure.ts';
import { ProbeFailure } from './failure.ts';

export interface TlsOptions {
  /** Whose certificate it must be: a name or an address, never one that was resolved from it. */
  host: string;
  /** Certificates, as PEM, of who is trusted; those of Node.js unless told, or blank. */
  ca?: string | undefined;
  /** Protocols offered by ALPN. */
  protocols?: string[];
}

/** A handshake that was carried through, whether or not the certificate is to be trusted. */
export interface TlsSession {
  socket: TLSSocket;
  /** `TLSv1.3` */
  version: string;
  certificate: Certificate;
  /** Why the certificate is not to be trusted; null = it is. */
  distrust: ProbeFailure | null;
}

export interface Certificate {
  /** Its names: those of the extension, or else the common name. */
  names: string[];
  issuer: string;
  /** Epoch ms. */
  validFrom: number;
  /** Epoch ms. */
  validTo: number;
  /** The nearest end, epoch ms, of the certificates shown up to the root. */
  earliestEnd: number;
}

/** Certificates of a chain that are looked at. */
const LONGEST_CHAIN = 20;
/** Names of a certificate that are kept. */
const MOST_NAMES = 100;

/**
 * Makes an open connection a TLS one. A rejected handshake would show no certificate: so it is carried through with
 * any certificate, and {@link TlsSession.distrust} tells whether to go on.
 * @throws ProbeFailure `tls` when the handshake fails, `protocol` when the peer does not speak TLS.
 */
export function startTls(socket: Socket, options: TlsOptions): Promise<TlsSession> {
  const host = options.host.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const secure = connect({
      socket,
      host,
      // RFC 6066 section 3: an address is no server name.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(options.ca === undefined || options.ca.trim() === '' ? {} : { ca: options.ca }),
      ...(options.protocols === undefined ? {} : { ALPNProtocols: options.protocols }),
      rejectUnauthorized: false,
    });
    // Stays: without a listener, a reset between two reads would end the process.
    secure.on('error', (error) => reject(handshakeFailure(error, host)));
    secure.once('close', () => reject(closedEarly(host)));
    secure.once('secureConnect', () => resolve(sessionOf(secure, host)));
  });
}

function sessionOf(socket: TLSSocket, host: string): TlsSession {
  const certificate = certificateOf(socket.getPeerCertificate(true));
  return {
    socket,
    version: socket.getProtocol() ?? 'unknown',
    certificate,
    distrust: socket.authorized ? null : distrustOf(String(socket.authorizationError), host, certificate),
  };
}

function certificateOf(leaf: DetailedPeerCertificate): Certificate {
  const names = (leaf.subjectaltname ?? '')
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''))
    .filter((name) => name !== '');
  let earliestEnd = Number.POSITIVE_INFINITY;
  let at = leaf;
  for (let depth = 0; depth < LONGEST_CHAIN; depth++) {
    earliestEnd = Math.min(earliestEnd, Date.parse(at.valid_to));
    if (at.issuerCertificate === undefined || at.issuerCertificate === at) break;
    at = at.issuerCertificate;
  }
  return {
    names: (names.length > 0 ? names : nameList(leaf.subject?.CN)).slice(0, MOST_NAMES),
    issuer: nameList(leaf.issuer?.O ?? leaf.issuer?.CN).join(', '),
    validFrom: Date.parse(leaf.valid_from),
    validTo: Date.parse(leaf.valid_to),
    earliestEnd,
  };
}

function nameList(name: string | string[] | undefined): string[] {
  return name === undefined ? [] : [name].flat();
}

/** Codes of Node.js's documentation, "X509 certificate error codes". */
function distrustOf(code: string, host: string, certificate: Certificate): ProbeFailure {
  const until = (time: number): string => new Date(time).toISOString().slice(0, 10);
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return new ProbeFailure(
        'tls',
        `the certificate of ${host} has expired (${until(certificate.earliestEnd)})`,
      );
    case 'CERT_NOT_YET_VALID':
      return new ProbeFailure(
        'tls',
        `the certificate of ${host} is valid from ${until(certificate.validFrom)} only`,
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID': {
      const names = certificate.names.slice(0, 5).join(', ');
      return new ProbeFailure('tls', `the certificate is not for ${host} but for ${names || 'nobody'}`);
    }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return new ProbeFailure('tls', `the certificate of ${host} is self-signed and not trusted (${code})`);
    default:
      return new ProbeFailure('tls', `the certificate of ${host} is not trusted (${code})`);
  }
}

/** OpenSSL's words for bytes that are no TLS records. */
const NOT_TLS =
  /wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long|http[ _]request|record[ _]layer|unexpected[ _]message/i;

function handshakeFailure(error: Error, host: string): ProbeFailure {
  const said = `${codeOf(error)} ${error.message}`;
  const cause = { cause: error };
  if (NOT_TLS.test(said))
    return new ProbeFailure('protocol', `${host} does not speak TLS on this port`, cause);
  if (/^(ECONNRESET|EPIPE)/.test(said)) return closedEarly(host);
  const word = /SSL routines:[^:]*:([^:\n]+)/.exec(said)?.[1] ?? codeOf(error);
  return new ProbeFailure('tls', `the TLS handshake with ${host} failed: ${word || error.message}`, cause);
}

function closedEarly(host: string): ProbeFailure {
  return new ProbeFailure('protocol', `${host} closed the connection during the TLS handshake`);
}
