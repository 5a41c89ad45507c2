/** The last measurements of probes in Prometheus' text format. */
import type { ProbeResult } from './run-once.ts';

/** Whose measurements they are. */
export interface Owner {
  /** Of the project, its public identifier. */
  project: string;
  /** What the check is called. */
  job: string;
  instance: string;
  kind: string;
  /** The exporter's name for 1 = well. */
  up: string | null;
}

export interface Measured {
  owner: Owner;
  result: ProbeResult;
}

interface Line {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** Prometheus' own prefix for what a target calls as the scrape does. */
const EXPORTED = 'exported_';
/** Families of the server itself. */
const OF_SERVER = /^(vigie|process|nodejs)_/;
const OF_EVERY_RUN: ReadonlySet<string> = new Set([
  'up',
  'probe_success',
  'probe_duration_seconds',
  'probe_phase_duration_seconds',
  'probe_failure_info',
]);

/** Whether a name, which settings may choose, is what we tell ourselves: nobody else does under it. */
function isOurs(name: string): boolean {
  return OF_SERVER.test(name) || OF_EVERY_RUN.has(name);
}

/**
 * Families of all samples, each name once with its type. Every series carries `project`, `job` and `instance`; a label
 * of the sample that is called so too gets the prefix `exported_`, as does a name that is ours.
 */
export function expose(all: Iterable<Measured>): string {
  const families = new Map<string, Map<string, Line>>();
  const add = (name: string, labels: Line['labels'], value: number): void => {
    const family = families.get(name) ?? new Map<string, Line>();
    families.set(name, family);
    // Two samples of the same labels would make the whole exposition invalid: the last one counts.
    family.set(labelText(labels), { labels, value });
  };
  for (const { owner, result } of all) {
    const own = { project: owner.project, job: owner.job, instance: owner.instance };
    for (const { name, labels, value } of commonSamples(owner, result))
      add(name, { ...own, ...labels }, value);
    for (const { name, labels, value } of result.samples)
      add(isOurs(name) ? `${EXPORTED}${name}` : name, { ...own, ...kept(labels, own) }, value);
  }
  const parts: string[] = [];
  for (const [name, lines] of families) {
    parts.push(`# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}\n`);
    for (const [labels, { value }] of lines) parts.push(`${name}{${labels}} ${value}\n`);
  }
  return parts.join('');
}

/** What every run tells, whatever its kind. */
export function commonSamples(
  owner: Pick<Owner, 'up'>,
  result: Pick<ProbeResult, 'duration' | 'failure' | 'phases'>,
): ProbeResult['samples'] {
  const well = result.failure === null ? 1 : 0;
  const sample = (name: string, value: number, labels: Record<string, string> = {}) => ({
    name,
    labels,
    value,
  });
  return [
    sample('up', well),
    sample('probe_success', well),
    sample('probe_duration_seconds', result.duration / 1000),
    ...result.phases.map(([phase, ms]) => sample('probe_phase_duration_seconds', ms / 1000, { phase })),
    ...(owner.up === null ? [] : [sample(owner.up, well)]),
    ...(result.failure === null ? [] : [sample('probe_failure_info', 1, { reason: result.failure.reason })]),
  ];
}

/** Names that begin with two underscores are Prometheus' own. */
function isTaken(name: string, own: Line['labels']): boolean {
  return Object.hasOwn(own, name) || name.startsWith('__');
}

function kept(labels: Line['labels'], own: Line['labels']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [isTaken(name, own) ? `${EXPORTED}${name}` : name, value]),
  );
}

function labelText(labels: Line['labels']): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}
