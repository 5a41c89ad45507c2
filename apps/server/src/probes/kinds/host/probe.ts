import { readFile, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { fileFailure, localPath } from '../../local-files.ts';
import { readCpus, readLoads, readMemory, readNetwork, readPressure, totalOf } from './proc.ts';

/** File systems that are looked at. */
const MOST_MOUNTS = 50;
const PRESSURES = ['cpu', 'io', 'memory'];

const settings = z.strictObject({
  mounts: z.array(localPath()).max(MOST_MOUNTS).default(['/']).meta({
    title: 'File systems',
    title_fr: 'Systèmes de fichiers',
    description:
      'Where they are mounted. A dead network file system hangs whoever looks at it: name no such here',
    description_fr:
      'Leur point de montage. Un système réseau mort bloque qui le consulte : n’en nommez pas ici',
  }),
  proc: localPath().default('/proc').meta({
    title: 'Kernel’s files',
    title_fr: 'Fichiers du noyau',
    description: 'In a container, where the host’s /proc is mounted',
    description_fr: 'Dans un conteneur, là où est monté le /proc de l’hôte',
  }),
});

/** The machine that the server runs on: CPU, load, memory, disks, network. */
export const host = defineProbe({
  kind: 'host',
  title: 'Host',
  local: true,
  up: 'host_up',
  interval: 15,
  timeout: 5,
  settings,
  thresholds: [
    { metric: 'node_filesystem_avail_ratio', op: '<', warning: 0.15, critical: 0.05, for: 2 },
    { metric: 'node_filesystem_files_free_ratio', op: '<', warning: 0.1, critical: 0.02, for: 2 },
    { metric: 'node_memory_available_ratio', op: '<', warning: 0.1, critical: 0.03, for: 4 },
    { metric: 'node_cpu_busy_ratio', op: '>', warning: 0.95, for: 20 },
    { metric: 'node_load1_per_cpu', op: '>', warning: 4, for: 20 },
  ],
  instance: () => hostname(),
  async probe({ mounts, proc }, run) {
    const read = (name: string) => readFile(join(proc, name), 'utf8');
    await run.phase('read', async () => {
      measureCpus(await required(read, 'stat', proc), await required(read, 'loadavg', proc), run);
      measureMemory(await required(read, 'meminfo', proc), run);
      measureNetwork(await read('net/dev').catch(() => ''), run);
      for (const name of PRESSURES) {
        const seconds = readPressure(await read(`pressure/${name}`).catch(() => ''));
        if (seconds !== null) run.measure(`node_pressure_${name}_waiting_seconds_total`, seconds);
      }
    });
    for (const mount of mounts) await run.phase(`disk ${mount}`, () => measureDisk(mount, run));
  },
});

async function required(
  read: (name: string) => Promise<string>,
  name: string,
  proc: string,
): Promise<string> {
  try {
    return await read(name);
  } catch (error) {
    throw new ProbeFailure('config', `there is no ${join(proc, name)}: this needs a Linux kernel`, {
      cause: error,
    });
  }
}

function measureCpus(stat: string, loadavg: string, run: ProbeRun): void {
  const cpus = readCpus(stat);
  const loads = readLoads(loadavg);
  if (cpus.size === 0 || loads === null)
    throw new ProbeFailure('config', 'these are not the files of a Linux kernel');
  for (const [cpu, times] of cpus) {
    for (const [mode, seconds] of Object.entries(times)) {
      run.measure('node_cpu_seconds_total', seconds, { cpu, mode });
    }
  }
  const [one, five, fifteen] = loads;
  run.measure('node_load1', one);
  run.measure('node_load5', five);
  run.measure('node_load15', fifteen);
  run.measure('node_load1_per_cpu', one / cpus.size);
  run.detail('load_average', loads);
  run.detail('cpus', cpus.size);
  const busy = busyRatio(totalOf(cpus), run.memory);
  if (busy === null) return;
  run.measure('node_cpu_busy_ratio', busy);
  run.detail('cpu_percent', Math.round(busy * 1_000) / 10);
}

/** Since the run before; null at the first, and after the counters began anew. */
function busyRatio(now: { all: number; idle: number }, memory: Map<string, unknown>): number | null {
  const [all, idle] = [memory.get('all'), memory.get('idle')];
  memory.set('all', now.all).set('idle', now.idle);
  if (typeof all !== 'number' || typeof idle !== 'number' || now.all <= all) return null;
  return Math.min(1, Math.max(0, 1 - (now.idle - idle) / (now.all - all)));
}

function measureMemory(meminfo: string, run: ProbeRun): void {
  const memory = readMemory(meminfo);
  for (const name of ['MemTotal', 'MemAvailable', 'MemFree', 'Cached', 'SwapTotal', 'SwapFree']) {
    run.measure(`node_memory_${name}_bytes`, memory.get(name) ?? Number.NaN);
  }
  const ratio = (memory.get('MemAvailable') ?? Number.NaN) / (memory.get('MemTotal') ?? Number.NaN);
  run.measure('node_memory_available_ratio', ratio);
  if (Number.isFinite(ratio)) run.detail('memory_percent', Math.round((1 - ratio) * 1_000) / 10);
}

function measureNetwork(text: string, run: ProbeRun): void {
  for (const { device, received, sent } of readNetwork(text)) {
    run.measure('node_network_receive_bytes_total', received, { device });
    run.measure('node_network_transmit_bytes_total', sent, { device });
  }
}

/** `bavail` is what others than root may still write; `bfree` is more. */
async function measureDisk(mountpoint: string, run: ProbeRun): Promise<void> {
  const found = await statfs(mountpoint).catch((error: unknown) => {
    throw fileFailure(error, mountpoint);
  });
  const { bsize, blocks, bfree, bavail, files, ffree } = found;
  const labels = { mountpoint };
  run.measure('node_filesystem_size_bytes', blocks * bsize, labels);
  run.measure('node_filesystem_free_bytes', bfree * bsize, labels);
  run.measure('node_filesystem_avail_bytes', bavail * bsize, labels);
  run.measure('node_filesystem_files_free', ffree, labels);
  // What root alone may write is no room: `df` counts likewise.
  const usable = blocks - bfree + bavail;
  if (usable > 0) {
    run.measure('node_filesystem_avail_ratio', bavail / usable, labels);
    run.detail(`disk_percent ${mountpoint}`, Math.round((1 - bavail / usable) * 1_000) / 10);
  }
  // Some file systems (btrfs) have no inodes to run out of, and say 0.
  if (files > 0) run.measure('node_filesystem_files_free_ratio', ffree / files, labels);
}
