/** Which silence matches an alert now, whether or not it holds a message back. */
import type { Kysely } from 'kysely';
import type { Database, SilenceRow } from '../store/schema.ts';
import { testOf } from './matchers.ts';
import type { Labels } from './model.ts';
import { Steps } from './steps.ts';

/** Steps of expressions of one call: a quarter of a second of looking at worst. What is beyond counts as not matched. */
const MOST_STEPS = 8_000_000;

/** Of each alert the matching silence that ends last; null = none matches. `now`: epoch ms. */
export async function silencesOf(
  db: Kysely<Database>,
  projectId: number,
  alerts: readonly Labels[],
  now: number,
): Promise<(SilenceRow | null)[]> {
  if (alerts.length === 0) return [];
  const active = await db
    .selectFrom('silences')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('starts_at', '<=', now)
    .where('ends_at', '>', now)
    .orderBy('ends_at', 'desc')
    .orderBy('id')
    .execute();
  const tests = active.map((row) => ({ row, test: testOf(row.matchers) }));
  const steps = Steps.forCall(MOST_STEPS);
  const found: (SilenceRow | null)[] = [];
  for (const labels of alerts) {
    const own = steps.ofAlert();
    found.push(tests.find(({ test }) => test(labels, own))?.row ?? null);
    await steps.rest();
  }
  return found;
}
