import type { MongoServerError } from 'mongodb';
import { asProbeFailure, ProbeFailure, type Reason } from '../../failure.ts';

/** By code (MongoDB documentation, "Error Codes"). */
const REASONS: Record<number, Reason> = {
  11: 'auth', // UserNotFound
  18: 'auth', // AuthenticationFailed
  334: 'auth', // MechanismUnavailable
  8000: 'auth', // of Atlas
  13: 'forbidden', // Unauthorized
  26: 'not_found', // NamespaceNotFound
  50: 'timeout', // MaxTimeMSExpired
  262: 'timeout', // ExceededTimeLimit
  59: 'config', // CommandNotFound
  115: 'config', // CommandNotSupported
};

/** Errors of the driver about answers that are none of MongoDB. */
const UNREADABLE =
  /^(MongoParseError|MongoCompatibilityError|MongoDecompressionError|BSON.*Error|RangeError)$/;

/** How errors of the driver are called, which has met a server that had answered before. */
export function mongoFailure(error: unknown, where: string): ProbeFailure {
  if (error instanceof ProbeFailure) return error;
  const cause = { cause: error };
  for (const link of chain(error)) {
    if (isServerError(link)) {
      const reason = REASONS[Number(link.code)] ?? 'unhealthy';
      return new ProbeFailure(reason, `MongoDB at ${where} says: ${link.message} (${link.code})`, cause);
    }
    if (UNREADABLE.test(link.name)) {
      return new ProbeFailure('protocol', `${where} answers, but not as MongoDB`, cause);
    }
  }
  const known = asProbeFailure(error);
  if (known.reason !== 'internal' && known.reason !== 'reset') return known;
  const names = chain(error).map(({ name }) => name);
  if (names.includes('MongoNetworkTimeoutError')) {
    return new ProbeFailure('timeout', `MongoDB at ${where} did not answer in time`, cause);
  }
  if (known.reason !== 'reset' && !names.some((name) => /^Mongo(Network|PoolCleared)/.test(name)))
    return known;
  return new ProbeFailure('reset', `MongoDB at ${where} closed the connection before it had answered`, cause);
}

function isServerError(error: Error): error is MongoServerError {
  return error.name === 'MongoServerError' && 'code' in error;
}

/** An error and what caused it. */
function chain(error: unknown): Error[] {
  const links: Error[] = [];
  for (let at = error; at instanceof Error && links.length < 5; at = at.cause) links.push(at);
  return links;
}
