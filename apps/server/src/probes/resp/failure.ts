import { ProbeFailure, type Reason } from '../failure.ts';
import type { RedisError } from './reply.ts';

/** First words of errors, of Redis's source and documentation. */
const BY_WORD: Record<string, Reason> = {
  NOAUTH: 'auth',
  WRONGPASS: 'auth',
  NOPERM: 'forbidden',
  DENIED: 'forbidden',
  LOADING: 'unhealthy',
  MASTERDOWN: 'unhealthy',
  MISCONF: 'unhealthy',
  CLUSTERDOWN: 'unhealthy',
  BUSY: 'unhealthy',
  OOM: 'unhealthy',
  READONLY: 'unhealthy',
  MOVED: 'config',
  WRONGTYPE: 'config',
};

/** Errors that have no word of their own. */
const BY_TEXT: [RegExp, Reason][] = [
  [/max number of clients/i, 'limit'],
  [/invalid password|without any password configured|AUTH <password> called/i, 'auth'],
  [/DB index is out of range|invalid DB index/i, 'not_found'],
];

/** Characters of Redis's own words in a sentence. */
const SAID_LENGTH = 300;

/** An error that Redis answered, as a failure that says where and to what. */
export function redisFailure(error: RedisError, place: string, command: string): ProbeFailure {
  const byText = BY_TEXT.find(([pattern]) => pattern.test(error.message))?.[1];
  const reason = BY_WORD[error.word] ?? byText ?? 'protocol';
  const said = error.message.slice(0, SAID_LENGTH);
  return new ProbeFailure(reason, `${place} answered ${command} with: ${said}`, { cause: error });
}
