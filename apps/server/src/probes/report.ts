/** Runs of probes, as reports of their checks. */
import type { Kysely } from 'kysely';
import type { Database, ProbeRow } from '../store/schema.ts';
import type { Tx, Values } from '../store/tx.ts';
import { judge, type Memory, NO_MEMORY, type Verdict } from './judge.ts';
import { type ProbeState, type Run, stateFrom, thresholdsOf } from './model.ts';
import { findProbeKind } from './probe-kinds.ts';
import type { Passed } from './threshold.ts';

/** A report for the check itself. */
export interface CheckReport {
  code: string;
  action: Verdict['action'];
  body: string;
  /** Epoch ms at which the run ended. */
  at: number;
  /** Milliseconds. */
  duration: number;
}

/** Why a warning is over: its limit is kept, its critical one is not, or the probe is another one, or gone. */
export type WarningEnd = 'within' | 'critical' | 'changed' | 'unprobed';

/** A limit that is passed, or no more. */
export interface WarningChange {
  checkId: number;
  /** The threshold's key. */
  key: string;
  /** Why it is over where it is. */
  passed: Passed | WarningEnd;
  at: number;
}

export interface ReportPorts {
  /** Hands reports to the checks, in order. */
  receive(tx: Tx, reports: CheckReport[]): Promise<void>;
  /** Raises and ends the alerts of warnings. */
  warn(tx: Tx, changes: WarningChange[]): Promise<void>;
  /** Keeps checks from being late for as long as they may take for a ping: nobody could look. */
  excuse(tx: Tx, codes: string[]): Promise<void>;
}

type Known = ProbeRow & { code: string; status: string };

/**
 * Takes what runs found, once: a report whose answer was lost comes again, and what it told is stored. One of a probe that was changed or paused meanwhile, or is gone, counts for nothing. Of
 * several of one probe, which a slow store makes, all count.
 */
export async function reportRuns(tx: Tx, runs: readonly Run[], ports: ReportPorts): Promise<void> {
  const known = await knownProbes(
    tx.db,
    runs.map(({ checkId }) => checkId),
  );
  const states = await statesOf(tx.db, [...known.keys()]);
  const lastSamples = new Map([...states].map(([id, { found }]) => [id, found.samples]));
  const memories = new Map<number, Memory>(states);
  const reports: CheckReport[] = [];
  const warnings: WarningChange[] = [];
  const cutOff: string[] = [];
  const rows = new Map<number, Values>();
  for (const { checkId, revision, result, isCutOff = false } of untold(runs, states)) {
    const probe = known.get(checkId);
    if (probe === undefined || probe.revision !== revision || probe.status === 'paused') continue;
    const at = Math.min(tx.at, Math.round(result.at + result.duration));
    if (isCutOff) {
      cutOff.push(probe.code);
      const body = `nothing can be reached from here: ${result.failure?.message ?? ''}`;
      reports.push({ code: probe.code, action: 'log', body, at, duration: result.duration });
      continue;
    }
    const kind = findProbeKind(probe.kind);
    const before = memories.get(checkId) ?? NO_MEMORY;
    const measured = lastSamples.get(checkId) ?? [];
    const verdict = judge(result, thresholdsOf(probe, kind), probe.failures, before, measured);
    if (result.samples.length > 0) lastSamples.set(checkId, result.samples);
    memories.set(checkId, verdict.memory);
    reports.push({
      code: probe.code,
      action: verdict.action,
      body: verdict.body,
      at,
      duration: result.duration,
    });
    for (const [key, passed] of verdict.warnings) warnings.push({ checkId, key, passed, at });
    for (const [key, end] of verdict.over) warnings.push({ checkId, key, passed: end, at });
    rows.set(checkId, stateValues(checkId, result, verdict));
  }
  await tx.bulk.insert('probe_states', STATE_COLUMNS, [...rows.values()], REPLACE);
  await ports.receive(tx, reports);
  if (warnings.length > 0) await ports.warn(tx, warnings);
  if (cutOff.length > 0) await ports.excuse(tx, cutOff);
}

/** Runs without those up to the one that is stored as its probe's last. */
function untold(runs: readonly Run[], states: ReadonlyMap<number, ProbeState>): readonly Run[] {
  const stored = new Map<number, number>();
  runs.forEach(({ checkId, result }, i) => {
    const state = states.get(checkId);
    if (state?.at === result.at && state.duration === Math.round(result.duration)) stored.set(checkId, i);
  });
  return stored.size === 0 ? runs : runs.filter(({ checkId }, i) => i > (stored.get(checkId) ?? -1));
}

async function knownProbes(db: Kysely<Database>, ids: readonly number[]): Promise<Map<number, Known>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('probes')
    .innerJoin('checks', 'checks.id', 'probes.check_id')
    .innerJoin('check_states', 'check_states.check_id', 'probes.check_id')
    .selectAll('probes')
    .select(['checks.code', 'check_states.status'])
    .where('probes.check_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.check_id, row]));
}

async function statesOf(db: Kysely<Database>, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, ProbeState>();
  const rows = await db.selectFrom('probe_states').selectAll().where('check_id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.check_id, stateFrom(row)]));
}

const STATE_COLUMNS = [
  'check_id',
  'at',
  'duration',
  'reason',
  'message',
  'phase',
  'found',
  'failing',
  'streaks',
  'warned',
] as const;
const REPLACE = `on conflict (check_id) do update set ${STATE_COLUMNS.slice(1)
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')}`;

function stateValues(checkId: number, result: Run['result'], { failure, memory }: Verdict): Values {
  const { at, duration, phases, samples, details } = result;
  return [
    checkId,
    at,
    Math.round(duration),
    failure?.reason ?? '',
    failure?.message ?? '',
    result.failure?.phase ?? '',
    JSON.stringify({ phases, samples, details }),
    memory.failing,
    JSON.stringify(memory.streaks),
    JSON.stringify(memory.warned),
  ];
}
