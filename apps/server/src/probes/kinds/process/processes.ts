/** Processes as /proc shows them (proc(5)). */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Process {
  pid: number;
  /** Its arguments, one space between two; what looks like a secret is left out. */
  command: string;
}

export interface ProcessUse {
  /** CPU seconds since it began. */
  cpuSeconds: number;
  /** Seconds since boot at which it began. */
  started: number;
  residentBytes: number;
  threads: number;
}

/** Processes of one run; Linux has 32,768 ids unless told. */
const MOST_PROCESSES = 50_000;
/** Characters of a command. */
const COMMAND_LENGTH = 8_192;
/** Ticks a second (`getconf CLK_TCK`), bytes of a page: on every Linux that Node.js runs on alike, but for arm64 with 64 KiB. */
const TICKS = 100;
const PAGE = 4_096;
/** Arguments whose value is nobody's business: a pattern could guess it letter by letter. */
const SECRET =
  /((?:pass(?:word|wd|phrase)?|secret|token|credentials?|api-?_?key|private-?_?key)[^\s=]*[= ])\S+/gi;
/** `scheme://user:password@` */
const LOGIN = /(:\/\/[^\s:@/]*:)[^\s@]*@/g;

/** Each process but those of the kernel, which have no command; one that ends meanwhile is left out. */
export async function* processes(proc: string, without: number): AsyncGenerator<Process> {
  const pids = (await readdir(proc)).filter((name) => /^\d+$/.test(name)).slice(0, MOST_PROCESSES);
  for (const name of pids) {
    if (Number(name) === without) continue;
    const text = await readFile(join(proc, name, 'cmdline'), 'utf8').catch(() => '');
    const command = commandOf(text);
    if (command !== '') yield { pid: Number(name), command };
  }
}

/** Arguments as one line. */
export function commandOf(cmdline: string): string {
  const line = cmdline.slice(0, COMMAND_LENGTH).replace(/\0+$/, '').replaceAll('\0', ' ');
  return line.replace(SECRET, '$1…').replace(LOGIN, '$1…@');
}

/** What a process uses; null when it is gone. */
export async function useOf(proc: string, pid: number): Promise<ProcessUse | null> {
  const stat = await readFile(join(proc, String(pid), 'stat'), 'utf8').catch(() => null);
  return stat === null ? null : readStat(stat);
}

/** Its name, in brackets, may hold anything: what counts comes after the last one. */
export function readStat(stat: string): ProcessUse | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // proc(5) counts from 1, and the state that comes first here is its field 3.
  const field = (number: number): number => Number(fields[number - 3]);
  const use = {
    cpuSeconds: (field(14) + field(15)) / TICKS,
    threads: field(20),
    started: field(22) / TICKS,
    residentBytes: field(24) * PAGE,
  };
  return Object.values(use).every(Number.isFinite) ? use : null;
}
