/** What `GET /v1/auth/token/lookup-self` says of a token. */
import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { isSuccess, jsonIn, jsonOf, statusFailure } from '../../http-answer.ts';
import type { HttpAnswer } from '../../http-exchange.ts';
import type { ProbeRun } from '../../kind.ts';

const lookedUp = z.object({ data: z.object({ ttl: z.number() }) });
const refused = z.object({ errors: z.array(z.string()) });
/** Characters of Vault's own words in a failure's sentence. */
const WORDS_LENGTH = 200;

/**
 * Measures how long a token lasts. A TTL of 0 is one that does not end: it has no time left to tell.
 * @throws ProbeFailure
 */
export function measureToken(answer: HttpAnswer, run: Pick<ProbeRun, 'measure' | 'detail'>): void {
  if (!isSuccess(answer)) throw refusal(answer);
  const read = lookedUp.safeParse(jsonOf(answer));
  if (!read.success) throw new ProbeFailure('protocol', 'Vault does not say how long the token lasts');
  const { ttl } = read.data.data;
  if (ttl > 0) run.measure('vault_token_ttl_seconds', ttl);
  run.detail('token_ttl_seconds', ttl);
}

function refusal(answer: HttpAnswer): ProbeFailure {
  const words = wordsOf(answer);
  // Vault since 1.17; before, and OpenBao, do not tell a token that is not valid from one without the right.
  if (answer.status === 403 && words.includes('invalid token'))
    return new ProbeFailure('auth', 'Vault does not take the token (403)');
  // It sends on to the active node what it could not hand over itself.
  if (answer.status === 307)
    return new ProbeFailure('unhealthy', 'the standby does not reach its active node for the token (307)');
  const failure = statusFailure(answer);
  const advice = answer.status === 403 ? '; the token lacks the policy default, or is not valid' : '';
  return new ProbeFailure(failure.reason, `${failure.message}${words === '' ? '' : ` (${words})`}${advice}`);
}

/** Vault's own words, in one line. */
function wordsOf(answer: HttpAnswer): string {
  const read = refused.safeParse(jsonIn(answer));
  const words = read.success ? read.data.errors.join(' ') : '';
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, WORDS_LENGTH);
}
