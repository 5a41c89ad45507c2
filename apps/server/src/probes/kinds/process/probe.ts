import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { compileRe2 } from '../../../re2.ts';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { localPath } from '../../local-files.ts';
import { type ProcessUse, processes, useOf } from './processes.ts';

const MOST = 10_000;
/** Characters of an expression. */
const PATTERN_LENGTH = 500;

const settings = z.strictObject({
  name: z.string().min(1).max(100).meta({
    title: 'Name',
    title_fr: 'Nom',
    description: 'Of the group, in measurements',
    description_fr: 'Du groupe, dans les mesures',
  }),
  pattern: z.string().min(1).max(PATTERN_LENGTH).refine(isRe2, { error: 'is not an RE2 expression' }).meta({
    title: 'Command line',
    title_fr: 'Ligne de commande',
    description: 'RE2 expression; part of the line suffices',
    description_fr: 'Expression RE2 ; une partie de la ligne suffit',
  }),
  min: z.int().min(0).max(MOST).default(1).meta({ title: 'Fewest', title_fr: 'Au moins' }),
  max: z.int().min(0).max(MOST).nullable().default(null).meta({ title: 'Most', title_fr: 'Au plus' }),
  proc: localPath().default('/proc').meta({
    title: 'Kernel’s files',
    title_fr: 'Fichiers du noyau',
    description: 'In a container, where the host’s /proc is mounted',
    description_fr: 'Dans un conteneur, là où est monté le /proc de l’hôte',
  }),
});

function isRe2(pattern: string): boolean {
  try {
    return compileRe2(pattern) !== null;
  } catch {
    return false;
  }
}

/** Whether processes run on the server's machine, found by their command lines. */
export const process = defineProbe({
  kind: 'process',
  title: 'Process',
  local: true,
  interval: 30,
  timeout: 5,
  settings,
  instance: ({ name }) => `${hostname()}:${name}`,
  async probe({ name, pattern, min, max, proc }, run) {
    const uses = await run.phase('read', () => usesOf(pattern, proc, run));
    measure(name, uses, await bootTime(proc), run);
    if (uses.length >= min && (max === null || uses.length <= max)) return;
    const wanted = max === null ? `at least ${min}` : `${min} to ${max}`;
    throw new ProbeFailure('unhealthy', `${uses.length} processes of ${name} run, ${wanted} should`);
  },
});

async function usesOf(pattern: string, proc: string, run: ProbeRun): Promise<ProcessUse[]> {
  const expression = compileRe2(pattern);
  const uses: ProcessUse[] = [];
  try {
    for await (const { pid, command } of processes(proc, globalThis.process.pid)) {
      if (run.signal.aborted) break;
      if (!expression.matcher(command).find()) continue;
      const use = await useOf(proc, pid);
      if (use !== null) uses.push(use);
    }
  } catch (error) {
    throw new ProbeFailure('config', `there is no ${proc} of a Linux kernel`, { cause: error });
  }
  return uses;
}

/** Epoch seconds; null where it is not told. */
async function bootTime(proc: string): Promise<number | null> {
  const stat = await readFile(join(proc, 'stat'), 'utf8').catch(() => '');
  const seconds = /^btime (\d+)$/m.exec(stat)?.[1];
  return seconds === undefined ? null : Number(seconds);
}

/** Names of the process exporter. */
function measure(groupname: string, uses: readonly ProcessUse[], boot: number | null, run: ProbeRun): void {
  const sum = (value: (use: ProcessUse) => number): number =>
    uses.reduce((total, use) => total + value(use), 0);
  const labels = { groupname };
  const resident = sum(({ residentBytes }) => residentBytes);
  run.measure('namedprocess_namegroup_num_procs', uses.length, labels);
  run.measure(
    'namedprocess_namegroup_num_threads',
    sum(({ threads }) => threads),
    labels,
  );
  run.measure('namedprocess_namegroup_memory_bytes', resident, { ...labels, memtype: 'resident' });
  run.measure(
    'namedprocess_namegroup_cpu_seconds',
    sum(({ cpuSeconds }) => cpuSeconds),
    labels,
  );
  run.detail('processes', uses.length);
  if (uses.length === 0 || boot === null) return;
  const oldest = boot + Math.min(...uses.map(({ started }) => started));
  run.measure('namedprocess_namegroup_oldest_start_time_seconds', oldest, labels);
  run.detail('running_since', new Date(oldest * 1000).toISOString());
}
