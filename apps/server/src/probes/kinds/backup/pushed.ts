/** Backups that tell of themselves: what their jobs pushed. */
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun, PushedValue } from '../../kind.ts';
import { type Demands, faultOf } from './judge.ts';
import type { BackupFile } from './newest.ts';
import { type Pushed, wanted } from './pushed-metrics.ts';

const SECOND = 1_000;

/** Seconds by which the clock of the machine that pushed may be ahead of ours. */
const AHEAD = 300;

/** What memory holds of a series: its last success, and the one before. */
interface Seen {
  last: BackupFile;
  previous: BackupFile | undefined;
}

/**
 * Judges every series of the metric that tells of the last success: each is a backup of its own, and all of them have
 * to be well. @throws ProbeFailure with the first that is not
 */
export async function judgePushed(pushed: Pushed, demands: Demands, run: ProbeRun): Promise<void> {
  const successes = await series(pushed.last_success, pushed, run);
  if (successes.length === 0)
    throw new ProbeFailure('not_found', `no job pushed ${wanted(pushed.last_success, pushed.labels)}`);
  const sizes = pushed.size === '' ? [] : await series(pushed.size, pushed, run);
  run.measure('backup_files', successes.length);
  run.detail('count', successes.length);
  const faults = successes.map((success) => faultOfSeries(success, sizes, { pushed, demands, run }));
  const statuses = pushed.status === '' ? [] : await series(pushed.status, pushed, run);
  const fault = [...faults, statusFault(pushed, statuses)].find((each) => each !== null);
  if (fault !== undefined && fault !== null) throw new ProbeFailure('unhealthy', fault);
}

/** What was pushed of a metric and has the labels that are asked for. */
async function series(metric: string, { labels }: Pushed, run: ProbeRun): Promise<PushedValue[]> {
  const all = await run.phase('read', () => run.pushed(metric));
  return all.filter((one) => Object.entries(labels).every(([name, value]) => one.labels[name] === value));
}

function faultOfSeries(
  success: PushedValue,
  sizes: readonly PushedValue[],
  { pushed, demands, run }: { pushed: Pushed; demands: Demands; run: ProbeRun },
): string | null {
  const name = wanted(pushed.last_success, success.labels);
  const changed = success.value * SECOND;
  if (!(changed > 0) || changed > run.now() + AHEAD * SECOND)
    return `${name} is ${success.value}, which is no past time in seconds`;
  const size = sizes.find(({ labels }) => sameLabels(labels, success.labels))?.value;
  if (pushed.size !== '' && size === undefined) return `no job pushed ${wanted(pushed.size, success.labels)}`;
  const backup = { name, size: size ?? Number.NaN, changed };
  const { previous } = remember(backup, run.memory);
  run.measure('backup_last_success_timestamp_seconds', success.value, success.labels);
  run.measure('backup_age_seconds', Math.max(0, (run.now() - changed) / SECOND), success.labels);
  run.measure('backup_size_bytes', backup.size, success.labels);
  if (size !== undefined && !Number.isFinite(size)) return `the size of ${name} is ${size}`;
  return faultOf(backup, previous, run.now(), demands);
}

/** 1 = the last run went well, as is the custom; a job that says otherwise failed, however young the last success. */
function statusFault({ status, labels }: Pushed, statuses: readonly PushedValue[]): string | null {
  if (status === '') return null;
  if (statuses.length === 0) return `no job pushed ${wanted(status, labels)}`;
  const failed = statuses.find(({ value }) => value !== 1);
  return failed === undefined ? null : `${wanted(status, failed.labels)} is ${failed.value}, not 1`;
}

/** Keeps the success before the last one, so that their sizes can be compared. */
function remember(backup: BackupFile, memory: Map<string, unknown>): Seen {
  const seen = memory.get(backup.name) as Seen | undefined;
  const previous = seen === undefined || seen.last.changed === backup.changed ? seen?.previous : seen.last;
  const now = { last: backup, previous };
  memory.set(backup.name, now);
  return now;
}

function sameLabels(a: PushedValue['labels'], b: PushedValue['labels']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
