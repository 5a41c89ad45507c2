import type { FAILURE_REASONS } from '@vigie/contract/vocabulary';
import { codeOf } from '../notify/failure.ts';

export type Reason = (typeof FAILURE_REASONS)[number];

/**
 * A run that did not find its service well. The message is one English sentence for people, without secrets: what
 * was tried, what came instead.
 */
export class ProbeFailure extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ProbeFailure';
    this.reason = reason;
  }
}

/** Codes of Node's network, DNS and TLS errors (Node.js documentation, "Errors", "DNS error codes", "X509 codes"). */
const BY_CODE: Record<string, Reason> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ENODATA: 'dns',
  ESERVFAIL: 'dns',
  EREFUSED: 'dns',
  ECONNREFUSED: 'refused',
  ENOENT: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
  ETIMEOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EPROTO: 'protocol',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
  HANDSHAKE_NO_SSL_SUPPORT: 'tls',
};

/**
 * Anything thrown, as a failure. What a kind knows better it says itself with {@link ProbeFailure}; the codes of the
 * system are the same for all. What nobody knows is `internal`: never green, and not the service's fault.
 */
export function asProbeFailure(error: unknown): ProbeFailure {
  const known = findFailure(error);
  if (known !== null) return known;
  const message = error instanceof Error ? error.message : String(error);
  return new ProbeFailure('internal', message, { cause: error });
}

/** Looks through wrappers: `fetch` hides the code in its cause, connecting to several addresses in a list. */
function findFailure(error: unknown): ProbeFailure | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    if (at instanceof ProbeFailure) return at;
    const first: unknown = at instanceof AggregateError ? at.errors[0] : at;
    const code = codeOf(first);
    const reason = BY_CODE[code] ?? (code.startsWith('HPE_') ? 'protocol' : undefined);
    if (reason !== undefined && first instanceof Error) {
      return new ProbeFailure(reason, first.message, { cause: error });
    }
    at = first instanceof Error && first !== at ? first : at.cause;
  }
  return null;
}
