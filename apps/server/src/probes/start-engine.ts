/** Joins the engine of the probes with the store and the configuration. */
import type { Context } from '../context.ts';
import { ProbeEngine } from './engine.ts';
import type { PushedValue } from './kind.ts';
import { LatestRuns } from './latest.ts';
import type { ProbeRules } from './messages.ts';
import { siblingsOf } from './siblings.ts';
import { hasProbes, probeSpecs } from './specs.ts';

/** Told of runs as they come in. */
export type OnRuns = (count: number, failed: number, late: readonly number[], skipped: number) => void;

/** Milliseconds for which a node that said nothing counts as alive: several of its signs of life. */
const ALIVE = 10_000;

export interface Probes {
  engine: ProbeEngine;
  latest: LatestRuns;
}

/** What was pushed in a project under a metric's name. */
export type ReadPushed = (projectId: number, metric: string) => Promise<PushedValue[]>;

/** Not started yet: `engine.wake()` does that. */
export function createProbes(
  context: Context,
  nodeId: string,
  onRuns: OnRuns,
  pushed: ReadPushed = async () => [],
): Probes {
  const { clock, store, writer, log } = context;
  const latest = new LatestRuns();
  const engine: ProbeEngine = new ProbeEngine({
    clock,
    rules: () => rulesOf(context),
    hasProbes: () => hasProbes(store.db),
    hold: async () => writer.run('probes.hold', { owner: nodeId, alive: await aliveNodes(context, nodeId) }),
    release: () => writer.run('probes.release', nodeId),
    specs: (wanted) => probeSpecs(store.db, wanted),
    answer: async ({ projectId, checkId }, question) => ({
      siblings: question.about === 'siblings' ? await siblingsOf(store.db, projectId, checkId) : [],
      pushed: question.about === 'pushed' ? await pushed(projectId, question.metric) : [],
    }),
    report: (runs) => writer.run('probes.report', { runs, logLimit: context.config().pingLogLimit }),
    onRuns: (runs, late, skipped) => {
      latest.note(runs.filter(({ checkId }) => engine.probes(checkId)));
      onRuns(runs.length, runs.filter(({ result }) => result.failure !== null).length, late, skipped);
    },
    onLeft: (checkIds) => latest.forget(checkIds),
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

/** Every node that watches now; the data of SQLite has one. */
async function aliveNodes({ store, clock }: Context, own: string): Promise<string[]> {
  if (store.engine === 'sqlite') return [own];
  const others = await store.db
    .selectFrom('nodes')
    .select('id')
    .where('id', '!=', own)
    .where('stopped_at', 'is', null)
    .where('alive_at', '>', clock.now() - ALIVE)
    .execute();
  return [own, ...others.map(({ id }) => id)];
}
