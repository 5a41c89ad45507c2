import type { ProbeRun } from '../../kind.ts';
import type { Inspected, Listed, Stats } from './engine-api.ts';

const HEALTH = ['starting', 'healthy', 'unhealthy'] as const;

/** A container as a run found it. */
export interface Container extends Listed {
  inspected: Inspected;
  /** Null when it does not run. */
  stats: Stats | null;
}

/** What a run keeps of a container for the next. */
interface Reading {
  restarts: number;
  /** Seconds. */
  cpu: number | null;
  /** Epoch ms. */
  at: number;
}

/** `running` is up; `restarting`, `paused`, `exited`, `dead` are not. */
export function isUp({ inspected }: Container): boolean {
  return inspected.State.Status === 'running';
}

/** Measures one, its restarts and processor time also against the run before. */
export function measureContainer(container: Container, run: ProbeRun): void {
  const { name, image, inspected, stats } = container;
  const labels = { name };
  run.measure('container_up', isUp(container) ? 1 : 0, { name, image });
  run.measure('container_restarts_total', inspected.RestartCount, labels);
  run.measure('container_oom_killed', inspected.State.OOMKilled ? 1 : 0, labels);
  const health = inspected.State.Health?.Status;
  for (const status of HEALTH) {
    if (isChecked(health)) run.measure('container_health', status === health ? 1 : 0, { name, status });
  }
  const cpu = stats === null ? null : stats.cpu_stats.cpu_usage.total_usage / 1e9;
  if (cpu !== null) run.measure('container_cpu_usage_seconds_total', cpu, labels);
  measureMemory(stats, labels, run);
  measureChange(container.id, { restarts: inspected.RestartCount, cpu, at: run.now() }, labels, run);
}

/** The engine says `none`, or nothing, of a container without a health check. */
function isChecked(health: string | undefined): boolean {
  return HEALTH.some((status) => status === health);
}

/** Without what the kernel may drop at will: `inactive_file`, on control groups v1 `total_inactive_file`. */
function measureMemory(stats: Stats | null, labels: { name: string }, run: ProbeRun): void {
  const { usage, limit, stats: parts = {} } = stats?.memory_stats ?? {};
  if (usage === undefined) return;
  const cache = parts['total_inactive_file'] ?? parts['inactive_file'] ?? 0;
  run.measure('container_memory_working_set_bytes', Math.max(0, usage - cache), labels);
  if (limit !== undefined) run.measure('container_spec_memory_limit_bytes', limit, labels);
}

function measureChange(id: string, now: Reading, labels: { name: string }, run: ProbeRun): void {
  const last = readingIn(run.memory.get(id));
  run.memory.set(id, now);
  if (last === null) return;
  run.measure('container_restarts_recent', Math.max(0, now.restarts - last.restarts), labels);
  if (now.cpu === null || last.cpu === null || now.cpu < last.cpu || now.at <= last.at) return;
  run.measure('container_cpu_usage_cores', ((now.cpu - last.cpu) * 1000) / (now.at - last.at), labels);
}

/** Containers come and go: readings of those that have gone are dropped. */
export function forgetOthers(found: readonly Container[], run: ProbeRun): void {
  const kept = new Set(found.map(({ id }) => id));
  for (const id of run.memory.keys()) if (!kept.has(id)) run.memory.delete(id);
}

function readingIn(kept: unknown): Reading | null {
  if (typeof kept !== 'object' || kept === null) return null;
  if (!('restarts' in kept && 'cpu' in kept && 'at' in kept)) return null;
  const { restarts, cpu, at } = kept;
  if (typeof restarts !== 'number' || typeof at !== 'number') return null;
  return { restarts, cpu: typeof cpu === 'number' ? cpu : null, at };
}
