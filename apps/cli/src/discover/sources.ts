/** Where jobs and services are looked for on a machine. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ClientError } from '../client/client.ts';
import { readCompose } from './compose.ts';
import { readCrontab } from './crontab.ts';
import type { Proposals } from './proposal.ts';
import { readTimer } from './systemd.ts';

/** What is looked at; undefined = what the machine has. */
export interface Wanted {
  crontab: string | undefined;
  timers: string | undefined;
  compose: string | undefined;
}

/** Bytes; a longer file is none of these. */
const LONGEST_FILE = 4 * 1024 * 1024;
const SYSTEM_CRONTABS = ['/etc/crontab', '/etc/cron.d'];
const UNIT_FOLDERS = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];
const COMPOSE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** Everything that is proposed; with no source named, from all that the machine and this folder have. */
export async function discover(wanted: Wanted, now: number): Promise<Proposals> {
  const { crontab, timers, compose } = wanted;
  const all = crontab === undefined && timers === undefined && compose === undefined;
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const found: Proposals[] = [];
  for (const { text, source, withUser } of crontabs(crontab, all)) {
    found.push(readCrontab(text, { source, withUser, timeZone, now }));
  }
  for (const file of timerFiles(timers, all)) found.push(timerIn(file, timeZone, now));
  const file = compose ?? (all ? COMPOSE_FILES.find((name) => existsSync(name)) : undefined);
  if (file !== undefined) found.push(readCompose(await yamlOf(file), file, process.env));
  return {
    checks: found.flatMap(({ checks }) => checks),
    services: found.flatMap(({ services }) => services),
    skipped: found.flatMap(({ skipped }) => skipped),
  };
}

interface Crontab {
  text: string;
  source: string;
  withUser: boolean;
}

function crontabs(named: string | undefined, all: boolean): Crontab[] {
  if (named !== undefined)
    return [{ text: readText(named), source: named, withUser: isSystemCrontab(named) }];
  if (!all) return [];
  const system = SYSTEM_CRONTABS.filter((path) => existsSync(path)).flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((name) => /^[A-Za-z0-9_-]+$/.test(name))
          .map((name) => join(path, name))
      : [path],
  );
  const own = ownCrontab();
  return [
    ...(own === null ? [] : [{ text: own, source: 'crontab -l', withUser: false }]),
    ...system.map((path) => ({ text: readText(path), source: path, withUser: true })),
  ];
}

function isSystemCrontab(path: string): boolean {
  return (basename(path) === 'crontab' && dirname(path).endsWith('etc')) || dirname(path).endsWith('cron.d');
}

/** The crontab of whoever asks; null where there is none, or no cron. */
function ownCrontab(): string | null {
  try {
    return execFileSync('crontab', ['-l'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: LONGEST_FILE,
    });
  } catch {
    return null;
  }
}

/** Of a named folder all timers; of the machine those that are enabled. */
function timerFiles(named: string | undefined, all: boolean): string[] {
  if (named !== undefined) return timersOf(named, true);
  if (!all) return [];
  const files = UNIT_FOLDERS.flatMap((folder) => timersOf(join(folder, 'timers.target.wants'), false));
  // The first folder wins, as for systemd.
  return [...new Map(files.toReversed().map((file) => [basename(file), file])).values()].toReversed();
}

function timersOf(folder: string, mustExist: boolean): string[] {
  if (!mustExist && !existsSync(folder)) return [];
  return reading(folder, () => readdirSync(folder))
    .filter((name) => name.endsWith('.timer') && !name.endsWith('@.timer'))
    .sort()
    .map((name) => join(folder, name));
}

function timerIn(file: string, timeZone: string, now: number): Proposals {
  const folders = [dirname(file), dirname(realpathSync(file)), ...UNIT_FOLDERS];
  const unit = {
    name: basename(file),
    texts: textsOf(file, folders),
    serviceTexts: (name: string) => unitTexts(name, folders),
  };
  const outcome = readTimer(unit, timeZone, now);
  const found: Proposals = { checks: [], services: [], skipped: [] };
  if (typeof outcome === 'string') found.skipped.push({ source: unit.name, reason: outcome });
  else found.checks.push(outcome);
  return found;
}

function unitTexts(name: string, folders: readonly string[]): string[] | null {
  const file = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  return file === undefined ? null : textsOf(file, folders);
}

/** A unit and what is dropped in behind it. */
function textsOf(file: string, folders: readonly string[]): string[] {
  const dropIns = [...new Set(folders)]
    .map((folder) => join(folder, `${basename(file)}.d`))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.conf'))
        .sort()
        .map((name) => join(folder, name)),
    );
  return [file, ...dropIns].map(readText);
}

async function yamlOf(file: string): Promise<unknown> {
  const text = readText(file);
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  // Without the lines themselves, which may hold a password.
  const document = parseDocument(text, { merge: true, lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    throw new ClientError(`${file}:${lineCounter.linePos(error.pos[0]).line}: ${error.message}`);
  }
  return reading(file, () => document.toJS({ maxAliasCount: 1000 }));
}

function readText(file: string): string {
  return reading(file, () => {
    const { size } = statSync(file);
    if (size > LONGEST_FILE) throw new Error(`${size} bytes are more than ${LONGEST_FILE}`);
    return readFileSync(file, 'utf8');
  });
}

function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ClientError(`cannot read ${file}: ${error instanceof Error ? error.message : error}`);
  }
}
