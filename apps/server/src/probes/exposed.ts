import type { Context } from '../context.ts';
import { expose, type Measured } from './exposition.ts';
import type { LatestRuns } from './latest.ts';
import { probeOwners } from './owners.ts';

/** What this node's probes measured last; nothing costs nothing. */
export async function exposedProbes({ store }: Pick<Context, 'store'>, latest: LatestRuns): Promise<string> {
  const results = [...latest.results()];
  if (results.length === 0) return '';
  const owners = await probeOwners(store.db);
  const measured: Measured[] = [];
  for (const [checkId, result] of results) {
    const owner = owners.get(checkId);
    if (owner === undefined) latest.forget([checkId]);
    else measured.push({ owner, result });
  }
  return expose(measured);
}
