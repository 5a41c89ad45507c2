/** Joins the engine of the probes with the store and the configuration. */
import type { Context } from '../context.ts';
import { ProbeEngine } from './engine.ts';
import { LatestRuns } from './latest.ts';
import type { ProbeRules } from './messages.ts';
import { siblingsOf } from './siblings.ts';
import { hasProbes, probeSpecs } from './specs.ts';

/** Told of runs as they come in. */
export type OnRuns = (count: number, failed: number, late: readonly number[], skipped: number) => void;

/** Milliseconds for which a node that said nothing counts as alive. */
const ALIVE = 60_000;

export interface Probes {
  engine: ProbeEngine;
  latest: LatestRuns;
}

/** Not started yet: `engine.wake()` does that. */
export function createProbes(context: Context, nodeId: string, onRuns: OnRuns): Probes {
  const { clock, store, writer, log } = context;
  const latest = new LatestRuns();
  const engine = new ProbeEngine({
    clock,
    rules: () => rulesOf(context),
    hasProbes: () => hasProbes(store.db),
    hold: async () => writer.run('probes.hold', { owner: nodeId, nodes: await aliveNodes(context) }),
    release: () => writer.run('probes.release', nodeId),
    specs: (wanted) => probeSpecs(store.db, wanted),
    siblings: (projectId, checkId) => siblingsOf(store.db, projectId, checkId),
    report: (runs) => writer.run('probes.report', { runs, logLimit: context.config().pingLogLimit }),
    onRuns: (runs, late, skipped) => {
      latest.note(runs);
      onRuns(runs.length, runs.filter(({ result }) => result.failure !== null).length, late, skipped);
    },
    onError: (message) => log.error(message),
  });
  return { engine, latest };
}

function rulesOf(context: Context): ProbeRules {
  const { allowPrivateTargets, allowTargets, uplinkTargets } = context.config();
  return {
    targets: { allowPrivate: allowPrivateTargets, allow: allowTargets },
    uplink: uplinkTargets.map((target) => {
      const colon = target.lastIndexOf(':');
      return {
        host: target.slice(0, colon).replace(/^\[(.*)\]$/, '$1'),
        port: Number(target.slice(colon + 1)),
      };
    }),
  };
}

async function aliveNodes({ store, clock }: Context): Promise<number> {
  const { count } = await store.db
    .selectFrom('nodes')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('stopped_at', 'is', null)
    .where('alive_at', '>', clock.now() - ALIVE)
    .executeTakeFirstOrThrow();
  return count;
}
