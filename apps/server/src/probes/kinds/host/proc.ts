/** What the kernel writes into /proc (Linux, Documentation/filesystems/proc.rst). */

export type CpuTimes = Record<string, number>;

/** Modes of a CPU line of `stat`, in their order; guest time is in user and nice already. */
const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'];
/** Ticks a second (`getconf CLK_TCK`): 100 on every Linux that Node.js runs on. */
const TICKS = 100;
/** CPUs that are told apart. */
const MOST_CPUS = 512;

/** Seconds by mode, by CPU. */
export function readCpus(stat: string): Map<string, CpuTimes> {
  const cpus = new Map<string, CpuTimes>();
  for (const [, cpu = '', ticks = ''] of stat.matchAll(/^cpu(\d+) ([\d ]+)$/gm)) {
    const numbers = ticks.trim().split(/ +/).map(Number);
    const times = MODES.map((mode, i) => [mode, (numbers[i] ?? 0) / TICKS]);
    if (cpus.size < MOST_CPUS) cpus.set(cpu, Object.fromEntries(times));
  }
  return cpus;
}

/** All and idle seconds of all CPUs together. */
export function totalOf(cpus: ReadonlyMap<string, CpuTimes>): { all: number; idle: number } {
  let [all, idle] = [0, 0];
  for (const times of cpus.values()) {
    for (const seconds of Object.values(times)) all += seconds;
    idle += (times['idle'] ?? 0) + (times['iowait'] ?? 0);
  }
  return { all, idle };
}

export function readLoads(loadavg: string): [number, number, number] | null {
  const [one, five, fifteen] = loadavg.split(' ').map(Number);
  const loads = [one ?? Number.NaN, five ?? Number.NaN, fifteen ?? Number.NaN] as const;
  return loads.every(Number.isFinite) ? [...loads] : null;
}

/** Bytes by name. */
export function readMemory(meminfo: string): Map<string, number> {
  const lines = meminfo.matchAll(/^([A-Za-z]+): +(\d+) kB$/gm);
  return new Map(Array.from(lines, ([, name = '', kib]) => [name, Number(kib) * 1024]));
}

export interface NetworkDevice {
  device: string;
  received: number;
  sent: number;
}

export function readNetwork(text: string): NetworkDevice[] {
  return text.split('\n').flatMap((line) => {
    const [, device, counts] = /^\s*([^\s:]{1,64}):\s*(.+)$/.exec(line) ?? [];
    const numbers = (counts ?? '').trim().split(/\s+/).map(Number);
    const [received, sent] = [numbers[0], numbers[8]];
    return device === undefined || received === undefined || sent === undefined
      ? []
      : [{ device, received, sent }];
  });
}

/** Seconds that something waited, of `pressure/<resource>`; null where the kernel does not count it. */
export function readPressure(text: string): number | null {
  const micros = /^some .*total=(\d+)$/m.exec(text)?.[1];
  return micros === undefined ? null : Number(micros) / 1_000_000;
}
