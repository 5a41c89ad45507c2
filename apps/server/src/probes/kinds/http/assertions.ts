/** What an answer is held against; the first that does not hold is the failure. */
import { compileRe2 } from '../../../re2.ts';
import { ProbeFailure } from '../../failure.ts';
import { statusFailure } from '../../http-answer.ts';
import type { HttpAnswer } from '../../http-exchange.ts';
import { valueAt } from './json-path.ts';
import type { Followed } from './redirects.ts';
import type { Settings } from './settings.ts';
import { isInSet } from './status-set.ts';

/** Characters of what came instead, in a failure's sentence. */
const EXCERPT = 100;

/** @throws ProbeFailure */
export function assertStatus({ answer, elsewhere }: Followed, { status: wanted }: Settings): void {
  if (isInSet(answer.status, wanted)) return;
  // Who knows the path may have got in by it.
  const known = statusFailure(answer, 'the address');
  if (known.reason !== 'protocol' && known.reason !== 'not_found') throw known;
  const where =
    elsewhere === null ? '' : `, a redirect to another host (${elsewhere}), which is not followed`;
  throw new ProbeFailure('assertion', `the address answered ${answer.status}${where}; wanted ${wanted}`);
}

/** @throws ProbeFailure */
export function assertHeaders({ headers }: HttpAnswer, { header_matches }: Settings): void {
  for (const [name, expression] of Object.entries(header_matches)) {
    const value = headers[name.toLowerCase()];
    if (value === undefined) throw new ProbeFailure('assertion', `the answer has no header ${name}`);
    const text = [value].flat().join(', ');
    if (compileRe2(expression).matcher(text).find()) continue;
    throw new ProbeFailure('assertion', `the header ${name} is ${shown(text)}; wanted ${expression}`);
  }
}

/** @throws ProbeFailure */
export function assertText(answer: HttpAnswer, { contains }: Settings): void {
  if (contains === '' || answer.body.includes(contains)) return;
  throw new ProbeFailure('assertion', `${answerName(answer)} does not hold the text ${shown(contains)}`);
}

/** Whether the expressions hold: `probe_failed_due_to_regex` tells it too. @throws ProbeFailure */
export function assertExpressions(answer: HttpAnswer, { matches, matches_not }: Settings): void {
  if (matches !== '' && !found(answer, matches)) {
    throw new ProbeFailure('assertion', `${answerName(answer)} does not match ${matches}`);
  }
  if (matches_not !== '' && found(answer, matches_not)) {
    throw new ProbeFailure('assertion', `${answerName(answer)} matches ${matches_not}`);
  }
}

function found({ body }: HttpAnswer, expression: string): boolean {
  return compileRe2(expression).matcher(body.toString('utf8')).find();
}

/** `json` undefined = the answer is none. @throws ProbeFailure */
export function assertJson(json: unknown, { json: paths }: Settings): void {
  if (json === undefined) throw new ProbeFailure('assertion', 'the answer is no JSON');
  for (const [path, wanted] of Object.entries(paths)) {
    const value = valueAt(json, path);
    if (value === undefined) throw new ProbeFailure('assertion', `the answer has no ${path}`);
    if (isWanted(value, wanted)) continue;
    throw new ProbeFailure('assertion', `${path} is ${shown(JSON.stringify(value))}; wanted ${wanted}`);
  }
}

function isWanted(value: unknown, wanted: string | number | boolean | null): boolean {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (typeof wanted !== 'string' || !wanted.startsWith('~')) return text === String(wanted);
  return compileRe2(wanted.slice(1)).matcher(text).find();
}

/** @throws ProbeFailure */
export function assertTime(seconds: number, { max_seconds }: Settings): void {
  if (max_seconds === undefined || seconds <= max_seconds) return;
  throw new ProbeFailure(
    'assertion',
    `the answer took ${seconds.toFixed(2)} s; wanted ${max_seconds} s at most`,
  );
}

function answerName({ isWhole, body }: HttpAnswer): string {
  return isWhole ? 'the answer' : `the answer, in its first ${body.length} bytes,`;
}

function shown(text: string): string {
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
}
