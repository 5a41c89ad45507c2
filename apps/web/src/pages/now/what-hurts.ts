/** Puts the checks of a project into the order in which somebody on call looks at them. */
import type { Alert, Check, Delivery, Run } from '@vigie/contract';

/** What is looked at of a check. */
export type Looked = Pick<
  Check,
  'id' | 'status' | 'n_pings' | 'started_at' | 'deadline' | 'down_since' | 'created_at' | 'policies'
>;

/** What is looked at of a message. */
export type Told = Pick<Delivery, 'check' | 'kind' | 'state' | 'created_at' | 'channel_name'>;

/** A run in progress that takes longer than it should. */
export interface LongRun<C extends Looked = Check> {
  check: C;
  startedAt: number;
  /** Seconds that it should take at most. */
  most: number;
  /** Whether a policy says so; else its last runs do. */
  byPolicy: boolean;
}

export interface Hurting<C extends Looked> {
  /** The latest first: what is new is looked at first. */
  down: readonly C[];
  /** The next one to go down first. */
  late: readonly C[];
  /** The longest one first. */
  long: readonly LongRun<C>[];
  /** Never pinged, the newest first. */
  unheard: readonly C[];
}

/** Runs from which one can tell what is usual, and how far beyond the longest of them is unusual. */
const USUAL = { runs: 3, times: 1.5, seconds: 10 } as const;

/** `runs`: the last ones of checks with a run in progress, by id. `now`: epoch milliseconds. */
export function whatHurts<C extends Looked>(
  checks: readonly C[],
  runs: Readonly<Record<string, readonly Run[]>>,
  now: number,
): Hurting<C> {
  const by = (status: Check['status']): C[] => checks.filter((check) => check.status === status);
  return {
    down: by('down').sort((a, b) => (b.down_since ?? '').localeCompare(a.down_since ?? '')),
    late: by('grace').sort((a, b) => (a.deadline ?? '').localeCompare(b.deadline ?? '')),
    long: checks
      .flatMap((check) => longRun(check, runs[check.id] ?? [], now) ?? [])
      .sort((a, b) => a.startedAt - b.startedAt),
    unheard: by('new')
      .filter(({ started_at, n_pings }) => started_at === null && n_pings === 0)
      .sort((a, b) => b.created_at.localeCompare(a.created_at)),
  };
}

/** Whether a run in progress of a check that is well takes too long: null = it does not, or nobody can tell. */
export function longRun<C extends Looked>(check: C, runs: readonly Run[], now: number): LongRun<C> | null {
  if (check.started_at === null || (check.status !== 'up' && check.status !== 'new')) return null;
  const startedAt = Date.parse(check.started_at);
  const { longest_run: allowed } = check.policies;
  const most = allowed ?? usualMost(runs);
  if (most === null || now - startedAt <= most * 1_000) return null;
  return { check, startedAt, most, byPolicy: allowed !== undefined };
}

/** Seconds beyond which a run is unusual; null = too few are known. */
function usualMost(runs: readonly Run[]): number | null {
  const known = runs.flatMap(({ duration }) => duration ?? []);
  if (known.length < USUAL.runs) return null;
  return Math.max(...known) * USUAL.times + USUAL.seconds;
}

/** The alert that says that a check is down. */
export function alertOf(check: Check, alerts: readonly Alert[]): Alert | undefined {
  return alerts.find((alert) => alert.check === check.id && alert.name === 'CheckDown');
}

/** The names of the channels that got a message about an alert, each once. */
export function toldBy(alert: Pick<Alert, 'check' | 'raised_at'>, deliveries: readonly Told[]): string[] {
  const names = deliveries
    .filter(
      ({ check, kind, state, created_at }) =>
        check === alert.check && kind === 'firing' && state === 'sent' && created_at >= alert.raised_at,
    )
    .flatMap(({ channel_name }) => channel_name ?? []);
  return [...new Set(names)];
}
